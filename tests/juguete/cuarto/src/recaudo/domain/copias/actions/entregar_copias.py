"""Let the copies that were paid be taken."""

from django.db import connection

from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.copias.facts import CopiasEntregables
from recaudo.domain.copias.states import NORMA, POR_PAGAR, EstadoCopia
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("entregar_copias", None, CopiasEntregables)
_PAGADAS = """
SELECT c.id FROM (SELECT DISTINCT obligacion_id FROM {tabla}) t
  JOIN obligaciones_obligacion o ON o.id = t.obligacion_id AND o.materia_tipo = %s AND o.estado = %s
  JOIN copias_pedidodecopias c ON c.id = o.materia_id AND c.estado = ANY(%s)
 ORDER BY c.id FOR NO KEY UPDATE OF c
"""
_MOVER = """
UPDATE copias_pedidodecopias c SET estado = %s FROM copia_elegida e WHERE e.id = c.id
"""


def entregar_copias(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `entregable` the orders whose debt of `tabla` is paid in full.

    It happens inside the act that brought the money, `causa`. Returns how many moved.
    """
    with connection.cursor() as cursor:
        valores = [MATERIA, EstadoObligacion.CANCELADA.value, [e.value for e in POR_PAGAR]]
        cuantas = elegir(cursor, "copia_elegida", _PAGADAS.format(tabla=tabla), valores)
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            cursor.execute(_MOVER, [EstadoCopia.ENTREGABLE.value])
            a.declarar(CopiasEntregables(a.fecha, cuantas))
    return cuantas
