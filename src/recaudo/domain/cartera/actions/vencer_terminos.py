"""Note that the término of a notified glosa ended."""

from django.db import connection

from recaudo.domain.cartera.batches.elegidas import ELEGIDAS, mover_elegidas
from recaudo.domain.cartera.facts import TerminosVencidos
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("vencer_terminos", None, TerminosVencidos)
_VENCIDAS = """
SELECT g.id FROM cartera_glosa g
 WHERE g.estado = ANY(%s)
   AND g.id IN (SELECT v.materia_id FROM {tabla} v WHERE v.materia_tipo = 'glosa')
 ORDER BY g.id FOR NO KEY UPDATE OF g
"""


def vencer_terminos(*, tabla: str, causa: ActoAbierto) -> int:
    """This act will move to `notificada_vencida` the glosas whose deadline ended (COA art. 158).

    It is what the end of *pagar o impugnar* causes: `tabla` has the deadlines that ended
    (materia_tipo, materia_id), `causa` the act that ended them. A glosa paid meanwhile stays as it
    is. Returns how many moved.
    """
    with connection.cursor() as cursor:
        estados = list(MAQUINA.desde_de(ACTO.nombre))
        cuantas = elegir(cursor, ELEGIDAS, _VENCIDAS.format(tabla=tabla), [estados])
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 158") as a:
            mover_elegidas(cursor, EstadoGlosa.NOTIFICADA_VENCIDA)
            a.declarar(TerminosVencidos(a.fecha, cuantas))
    return cuantas
