"""Expire the comprobantes whose validity went by, as part of the close."""

from datetime import date

from django.db import connection

from recaudo.domain.recaudacion.batches.caducar_comprobantes import (
    caducar_comprobantes as caducar,
)
from recaudo.domain.recaudacion.facts import ComprobantesCaducados
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("caducar_comprobantes", Permiso.CARTERA_CERRAR_DIA, ComprobantesCaducados)
_HAY = """
SELECT EXISTS (SELECT 1 FROM recaudacion_comprobante
                WHERE estado = 'generado' AND valido_hasta < %s)
"""


def caducar_comprobantes(*, fecha: date, por: Actor) -> int:
    """This act will expire what was valid until before `fecha`, the date that closes (LSS 89).

    Running it again changes nothing. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAY, [fecha])
        if not cursor.fetchone()[0]:
            return 0
        with acto(ACTO, por=por, fecha=fecha, norma="LSS art. 89") as a:
            cuantos = caducar(cursor, fecha)
            a.declarar(ComprobantesCaducados(fecha, cuantos))
    return cuantos
