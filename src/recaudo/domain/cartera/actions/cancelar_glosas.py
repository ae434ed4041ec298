"""Cancel (pay off) the living glosas of the debts that a payment paid."""

from django.db import connection

from recaudo.domain.cartera.batches.elegidas import ELEGIDAS, mover_elegidas
from recaudo.domain.cartera.facts import GlosasCanceladas
from recaudo.domain.cartera.states import VIVAS, EstadoGlosa
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("cancelar_glosas", None, GlosasCanceladas)
NORMA = "C.D. 516 art. 129"
_VIVAS = ", ".join(f"'{estado}'" for estado in VIVAS)
#: By the debts that the fact names, never all the glosas: the index of the living ones finds them.
PAGADAS = f"""
SELECT g.id FROM (SELECT DISTINCT obligacion_id FROM {{tabla}}) t
  JOIN cartera_glosa g ON g.obligacion_id = t.obligacion_id AND g.estado IN ({_VIVAS})
  JOIN obligaciones_obligacion o
    ON o.id = t.obligacion_id AND o.estado = '{EstadoObligacion.CANCELADA}'
 ORDER BY g.id FOR NO KEY UPDATE OF g
"""  # noqa: S608 - our own text


def cancelar_glosas(*, causa: ActoAbierto, tabla: str) -> int:
    """This act will move to `cancelada` the living glosas of the debts of `tabla` now paid.

    C.D. 516 art. 129. `tabla` (obligacion_id) is the temporary table that the fact of the payment
    names. It happens inside the act that brought the money, `causa`. Again, it changes nothing.
    Returns how many.
    """
    with connection.cursor() as cursor:
        cuantas = elegir(cursor, ELEGIDAS, PAGADAS.format(tabla=tabla))
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            mover_elegidas(cursor, EstadoGlosa.CANCELADA)
            a.declarar(GlosasCanceladas(a.fecha, cuantas))
    return cuantas
