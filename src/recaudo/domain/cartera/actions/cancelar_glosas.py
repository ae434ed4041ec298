"""Cancel (pay off) the living glosas whose debt is no longer owed."""

from django.db import connection

from recaudo.domain.cartera.facts import GlosasCanceladas
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("cancelar_glosas", None, GlosasCanceladas)
NORMA = "C.D. 516 art. 129"
_PAGADAS = """
SELECT g.id FROM cartera_glosa g JOIN obligaciones_obligacion o ON o.id = g.obligacion_id
 WHERE o.estado = %s AND g.estado = ANY(%s) ORDER BY g.id FOR NO KEY UPDATE OF g
"""
_CANCELAR = "UPDATE cartera_glosa SET estado = %s WHERE id = ANY(%s)"


def cancelar_glosas(*, causa: ActoAbierto) -> int:
    """This act will move to `cancelada` every living glosa whose debt was paid in full (516, 129).

    It happens inside the act that brought the money, `causa`. Again, it changes nothing. Returns
    how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PAGADAS, ["cancelada", list(MAQUINA.desde_de(ACTO.nombre))])
        pagadas = [fila[0] for fila in cursor.fetchall()]
        if not pagadas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma=NORMA) as a:
            cursor.execute(_CANCELAR, [EstadoGlosa.CANCELADA.value, pagadas])
            a.declarar(GlosasCanceladas(a.fecha, len(pagadas)))
    return len(pagadas)
