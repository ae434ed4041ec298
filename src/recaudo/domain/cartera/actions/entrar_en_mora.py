"""Put in arrears what was not paid on its last day."""

from datetime import date

from django.db import connection

from recaudo.domain.cartera.facts import ObligacionesEnMora
from recaudo.domain.obligaciones.batches.cambiar_estado import entrar_en_mora as mover_a_mora
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("entrar_en_mora", Permiso.CARTERA_CERRAR_DIA, ObligacionesEnMora)
_HAY = """
SELECT EXISTS (SELECT 1 FROM obligaciones_obligacion
                WHERE estado = 'emitida' AND fecha_vencimiento < %s)
"""


def entrar_en_mora(*, fecha: date, por: Actor) -> int:
    """This act will put in arrears what was due before `fecha`, the date that closes (LSS 73).

    A planilla due on day 15 is in arrears from day 16 (LSS art. 73): the close of day 15 does not
    touch it, the close of day 16 does. Interest is computed to a date and never stored here.
    Running it again changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAY, [fecha])
        if not cursor.fetchone()[0]:
            return 0
        with acto(ACTO, por=por, fecha=fecha, norma="LSS art. 73") as a:
            cuantas = mover_a_mora(cursor, fecha)
            a.declarar(ObligacionesEnMora(fecha, cuantas))
    return cuantas
