"""Note that the término to pay some copies ended."""

from django.db import connection

from recaudo.domain.copias.catalogo import MATERIA
from recaudo.domain.copias.facts import CopiasImpagas
from recaudo.domain.copias.states import MAQUINA, EstadoCopia
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("dejar_impagas", None, CopiasImpagas)
_VENCIDAS = """
SELECT c.id FROM copias_pedidodecopias c
  JOIN {tabla} v ON v.materia_tipo = %s AND v.materia_id = c.id
 WHERE c.estado = ANY(%s) ORDER BY c.id FOR NO KEY UPDATE OF c
"""
_MOVER = "UPDATE copias_pedidodecopias SET estado = %s, impaga_desde = %s WHERE id = ANY(%s)"


def dejar_impagas(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `impaga` the orders whose deadline ended (COA art. 158).

    `tabla` has the deadlines that ended, `causa` the act that ended them. Returns how many moved.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _VENCIDAS.format(tabla=tabla), [MATERIA, list(MAQUINA.desde_de(ACTO.nombre))]
        )
        vencidas = [fila[0] for fila in cursor.fetchall()]
        if not vencidas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 158") as a:
            cursor.execute(_MOVER, [EstadoCopia.IMPAGA.value, a.fecha, vencidas])
            a.declarar(CopiasImpagas(a.fecha, len(vencidas)))
    return len(vencidas)
