"""Load the published series that ships with the law."""

from collections.abc import Iterable

from django.db.models.functions import Now

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.norma.mora.tasas import ESTADOS_FIRMES, FilaTasa, tasas_publicadas

_LARGO_FUENTE = 300


def cargar_tasas_publicadas() -> int:
    """This act will load the published months that are not in the table yet (LSS art. 89).

    Rows read in a source enter approved by the system with that source; PROVISIONAL ones wait
    for an officer. Idempotent: a date that already has a rate keeps it. Returns the rows added.
    """
    return _agregar(tasas_publicadas().filas)


def _agregar(filas: Iterable[FilaTasa]) -> int:
    ocupadas = list(TasaPublicada.en_la_serie().order_by("desde").values_list("desde", "hasta"))
    nuevas = [
        TasaPublicada(
            desde=fila.desde,
            hasta=fila.hasta,
            tasa=fila.tasa.porcentaje,
            fuente=fila.fuente[:_LARGO_FUENTE],
            estado_verificacion=fila.estado,
            registrada_en=Now(),
            aprobada_en=Now() if fila.estado in ESTADOS_FIRMES else None,
        )
        for fila in filas
        if not any(d < fila.hasta and fila.desde < h for d, h in ocupadas)
    ]
    TasaPublicada.objects.bulk_create(nuevas)
    return len(nuevas)
