"""Let the copies that were paid be taken."""

from django.db import connection

from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.copias.facts import CopiasEntregables
from recaudo.domain.copias.states import NORMA, POR_PAGAR, EstadoCopia
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("entregar_copias", None, CopiasEntregables)
_PAGADAS = """
SELECT c.id FROM {tabla} t
  JOIN obligaciones_obligacion o ON o.id = t.obligacion_id AND o.materia_tipo = %s AND o.estado = %s
  JOIN copias_pedidodecopias c ON c.id = o.materia_id AND c.estado = ANY(%s)
 ORDER BY c.id FOR NO KEY UPDATE OF c
"""
_MOVER = "UPDATE copias_pedidodecopias SET estado = %s WHERE id = ANY(%s)"


def entregar_copias(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `entregable` the orders whose debt of `tabla` is paid in full.

    It happens inside the act that brought the money, `causa`. Returns how many moved.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _PAGADAS.format(tabla=tabla),
            [MATERIA, EstadoObligacion.CANCELADA.value, [e.value for e in POR_PAGAR]],
        )
        pagadas = sorted({fila[0] for fila in cursor.fetchall()})
        if not pagadas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            cursor.execute(_MOVER, [EstadoCopia.ENTREGABLE.value, pagadas])
            a.declarar(CopiasEntregables(a.fecha, len(pagadas)))
    return len(pagadas)
