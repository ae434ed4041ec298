"""Note on the glosas that they were not notified electronically."""

from django.db import connection

from recaudo.domain.cartera.batches.elegidas import ELEGIDAS, mover_elegidas
from recaudo.domain.cartera.facts import GlosasNoNotificadas
from recaudo.domain.cartera.policy import MATERIA
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import elegir

ACTO = Acto("dar_por_no_notificadas", None, GlosasNoNotificadas)
_SIN_ABRIR = f"""
SELECT g.id FROM cartera_glosa g
 WHERE g.estado = ANY(%s)
   AND g.id IN (SELECT n.materia_id FROM notificaciones_notificacion n
                 WHERE n.fallo_hecho_id = %s AND n.materia_tipo = '{MATERIA}')
 ORDER BY g.id FOR NO KEY UPDATE OF g
"""  # noqa: S608 - our own text


def dar_por_no_notificadas(*, aviso: int, causa: ActoAbierto) -> int:
    """This act will move to `no_notificada_electronicamente` glosas that nobody read (COA 166).

    Nobody opened their notice in time, or the debtor has no inbox. `aviso` is the fact that closed
    their notices: only those are looked at. Notice in person or by boletas is due; no término runs.
    It happens inside the act that saw them fail, `causa`. Again, it changes nothing. Returns how
    many.
    """
    with connection.cursor() as cursor:
        valores = [list(MAQUINA.desde_de(ACTO.nombre)), aviso]
        cuantas = elegir(cursor, ELEGIDAS, _SIN_ABRIR, valores)
        if not cuantas:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 166") as a:
            mover_elegidas(cursor, EstadoGlosa.NO_NOTIFICADA_ELECTRONICAMENTE)
            a.declarar(GlosasNoNotificadas(a.fecha, cuantas))
    return cuantas
