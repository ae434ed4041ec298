"""Note on the glosas that their electronic notice was not opened in time."""

from django.db import connection

from recaudo.domain.cartera.facts import GlosasNoNotificadas
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.domain.notificaciones.queries import sin_abrir_de
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("dar_por_no_notificadas", None, GlosasNoNotificadas)
_SIN_ABRIR = """
SELECT id FROM cartera_glosa WHERE id = ANY(%s) AND estado = ANY(%s)
 ORDER BY id FOR NO KEY UPDATE
"""
_MOVER = "UPDATE cartera_glosa SET estado = %s WHERE id = ANY(%s)"


def dar_por_no_notificadas(*, aviso: int, causa: ActoAbierto) -> int:
    """This act will move to `no_notificada_electronicamente` the glosas nobody opened (COA 166).

    `aviso` is the fact that closed their notices: only those are looked at. Notice in person or by
    boletas is due; no término runs. It happens inside the act that saw them wait in vain, `causa`.
    Again, it changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIN_ABRIR, [sin_abrir_de(aviso), list(MAQUINA.desde_de(ACTO.nombre))])
        cuales = [fila[0] for fila in cursor.fetchall()]
        if not cuales:
            return 0
        with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 166") as a:
            cursor.execute(_MOVER, [EstadoGlosa.NO_NOTIFICADA_ELECTRONICAMENTE.value, cuales])
            a.declarar(GlosasNoNotificadas(a.fecha, len(cuales)))
    return len(cuales)
