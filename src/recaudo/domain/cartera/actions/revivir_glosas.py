"""Revive the glosas that a payment, now undone, had cancelled."""

from django.db import connection

from recaudo.domain.cartera.facts import GlosasRevividas
from recaudo.domain.cartera.states import VIVAS, EstadoGlosa
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("revivir_glosas", None, GlosasRevividas)
NORMA = "R-REC-01"
_VIVAS = ", ".join(f"'{estado}'" for estado in VIVAS)
#: The last glosa of each debt that is in glosa again and has none alive.
_MUERTAS = f"""
SELECT max(g.id) FROM {{tabla}} t
  JOIN obligaciones_obligacion o
    ON o.id = t.obligacion_id AND o.estado = '{EstadoObligacion.EN_GLOSA}'
  JOIN cartera_glosa g ON g.obligacion_id = t.obligacion_id
 GROUP BY t.obligacion_id
HAVING NOT bool_or(g.estado IN ({_VIVAS}))
"""  # noqa: S608 - our own text
_REVIVIR = """
UPDATE cartera_glosa SET estado = recaudo_estado_previo('glosa', id, estado)
 WHERE id = ANY(%s) AND estado = %s
"""


def revivir_glosas(*, causa: ActoAbierto, tabla: str) -> int:
    """This act will return to where they were the glosas of the debts of `tabla` (R-REC-01).

    Those that the undone payment had cancelled: the debt is in glosa again. It happens inside the
    act that undid the payment, `causa`. Again, it changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MUERTAS.format(tabla=tabla))
        muertas = sorted(fila[0] for fila in cursor.fetchall())
        if not muertas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            cursor.execute(_REVIVIR, [muertas, EstadoGlosa.CANCELADA.value])
            a.declarar(GlosasRevividas(a.fecha, len(muertas)))
    return len(muertas)
