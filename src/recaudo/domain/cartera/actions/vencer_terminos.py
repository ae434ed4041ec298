"""Note that the término of a notified glosa ended."""

from django.db import connection

from recaudo.domain.cartera.facts import TerminosVencidos
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("vencer_terminos", None, TerminosVencidos)
_VENCIDAS = """
SELECT g.id FROM cartera_glosa g JOIN {tabla} v ON v.materia_tipo = 'glosa' AND v.materia_id = g.id
 WHERE g.estado = ANY(%s) ORDER BY g.id FOR NO KEY UPDATE OF g
"""
_MOVER = "UPDATE cartera_glosa SET estado = %s WHERE id = ANY(%s)"


def vencer_terminos(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `notificada_vencida` the glosas whose deadline ended (COA art. 158).

    It is what the end of *pagar o impugnar* causes: `tabla` has the deadlines that ended
    (materia_tipo, materia_id), `causa` the act that ended them. A glosa paid meanwhile stays as it
    is. Returns how many moved.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VENCIDAS.format(tabla=tabla), [list(MAQUINA.desde_de(ACTO.nombre))])
        vencidas = [fila[0] for fila in cursor.fetchall()]
        if not vencidas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 158") as a:
            cursor.execute(_MOVER, [EstadoGlosa.NOTIFICADA_VENCIDA.value, vencidas])
            a.declarar(TerminosVencidos(a.fecha, len(vencidas)))
    return len(vencidas)
