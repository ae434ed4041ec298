"""Note on the glosas that their electronic notice was not opened in time."""

from django.db import connection

from recaudo.domain.cartera.facts import GlosasNoNotificadas
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("dar_por_no_notificadas", None, GlosasNoNotificadas)
_SIN_ABRIR = """
SELECT g.id FROM cartera_glosa g
  JOIN notificaciones_notificacion n ON n.materia_tipo = 'glosa' AND n.materia_id = g.id
 WHERE n.estado = 'no_abierta' AND g.estado = ANY(%s) ORDER BY g.id FOR NO KEY UPDATE OF g
"""
_MOVER = "UPDATE cartera_glosa SET estado = %s WHERE id = ANY(%s)"


def dar_por_no_notificadas(*, causa: ActoAbierto) -> int:
    """This act will move to `no_notificada_electronicamente` the glosas nobody opened (COA 166).

    Notice in person or by boletas is due; no término runs. It happens inside the act that saw the
    notices wait in vain, `causa`. Again, it changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIN_ABRIR, [list(MAQUINA.desde_de(ACTO.nombre))])
        cuales = [fila[0] for fila in cursor.fetchall()]
        if not cuales:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 166") as a:
            cursor.execute(_MOVER, [EstadoGlosa.NO_NOTIFICADA_ELECTRONICAMENTE.value, cuales])
            a.declarar(GlosasNoNotificadas(a.fecha, len(cuales)))
    return len(cuales)
