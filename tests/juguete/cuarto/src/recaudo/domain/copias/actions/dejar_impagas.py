"""Note that the término to pay some copies ended."""

from django.db import connection

from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.copias.facts import CopiasImpagas
from recaudo.domain.copias.states import MAQUINA, EstadoCopia
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("dejar_impagas", None, CopiasImpagas)
_VENCIDAS = """
SELECT c.id FROM copias_pedidodecopias c
 WHERE c.estado = ANY(%s)
   AND c.id IN (SELECT v.materia_id FROM {tabla} v WHERE v.materia_tipo = %s)
 ORDER BY c.id FOR NO KEY UPDATE OF c
"""
_MOVER = """
UPDATE copias_pedidodecopias c SET estado = %s, impaga_desde = %s
  FROM copia_elegida e WHERE e.id = c.id
"""


def dejar_impagas(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `impaga` the orders whose deadline ended (COA art. 158).

    `tabla` has the deadlines that ended, `causa` the act that ended them. Returns how many moved.
    """
    with connection.cursor() as cursor:
        valores = [list(MAQUINA.desde_de(ACTO.nombre)), MATERIA]
        cuantas = elegir(cursor, "copia_elegida", _VENCIDAS.format(tabla=tabla), valores)
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 158") as a:
            cursor.execute(_MOVER, [EstadoCopia.IMPAGA.value, a.fecha])
            a.declarar(CopiasImpagas(a.fecha, cuantas))
    return cuantas
