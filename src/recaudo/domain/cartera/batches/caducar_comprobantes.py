"""Expire the comprobantes whose validity went by, as part of the close."""

from datetime import date

from django.db import connection

from recaudo.domain.cartera.facts import ComprobantesCaducados
from recaudo.domain.recaudacion.batches.caducar_comprobantes import (
    caducar_comprobantes as caducar,
)
from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

_HAY = """
SELECT EXISTS (SELECT 1 FROM recaudacion_comprobante
                WHERE estado = 'generado' AND valido_hasta < %s)
"""


def caducar_comprobantes(*, fecha: date, por: Actor) -> int:
    """Expire what was valid until before `fecha`, the date that closes; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_HAY, [fecha])
        if not cursor.fetchone()[0]:
            return 0
        with acto(Permiso.CARTERA_CERRAR_DIA, por=por, fecha=fecha, norma="LSS art. 89") as a:
            cuantos = caducar(cursor, fecha)
            a.declarar(ComprobantesCaducados(fecha, cuantos))
    return cuantos
