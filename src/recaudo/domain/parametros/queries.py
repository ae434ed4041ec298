"""Reads of the published rates: what `norma` is handed, and what the office sees."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.db import connection

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.kernel.money import Tasa
from recaudo.norma.mora.tasas import FilaTasa, TablaTasas, tasas_publicadas
from recaudo.norma.parametros import EstadoVerificacion

#: Of every value of every row, 64 bits each: three times cheaper than their text.
_HUELLA: Final = (
    "SELECT count(*), coalesce(sum(hash_record_extended(t, 0)), 0) FROM parametros_tasapublicada t"
)
_GUARDADAS: dict[tuple[int, int], TablaTasas] = {}


@dataclass(frozen=True, slots=True)
class TasaVista:
    """A rate as the office lists it."""

    id: int
    desde: date
    hasta: date
    tasa: Tasa
    fuente: str
    estado_verificacion: str
    esta_aprobada: bool
    registrada_por: int | None


def tabla_de_tasas() -> TablaTasas:
    """Return the table `norma` computes interest with (LSS art. 89).

    A row nobody approved enters as PROVISIONAL, so that the rule refuses it by name
    (TASA_PROVISIONAL) instead of treating the month as unknown; a month without any row is
    refused as TASA_SIN_DATOS. Rows of a demonstration keep their state DEMO.

    The table built last is kept in the process under the digest of every row: one short query
    tells whether it is still the same, so that a page does not build hundreds of objects.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HUELLA)
        cuantas, suma = cursor.fetchone()
    huella = (int(cuantas), int(suma))
    tabla = _GUARDADAS.get(huella)
    if tabla is None:
        _GUARDADAS.clear()
        tabla = _GUARDADAS[huella] = _construir()
    return tabla


def tasas_para_calcular() -> TablaTasas:
    """Return the table of a calculation that anybody may ask for: the one the office charges with.

    In the months of which the office has no row, the published series of the norm answers; a row
    nobody approved is refused here as it is in a comprobante.
    """
    return _con_publicadas(tabla_de_tasas())


@lru_cache(maxsize=2)
def _con_publicadas(oficina: TablaTasas) -> TablaTasas:
    ocupados = [(fila.desde, fila.hasta) for fila in oficina.filas]
    libres = (
        fila
        for fila in tasas_publicadas().filas
        if not any(desde < fila.hasta and fila.desde < hasta for desde, hasta in ocupados)
    )
    return TablaTasas.de_filas([*oficina.filas, *libres])


def _construir() -> TablaTasas:
    return TablaTasas.de_filas(
        FilaTasa(
            desde=fila.desde,
            hasta=fila.hasta,
            tasa=Tasa(fila.tasa.normalize()),
            estado=_estado(fila),
            fuente=fila.fuente,
            aprobada=fila.aprobada_en is not None,
        )
        for fila in TasaPublicada.objects.order_by("desde")
    )


def tasas(*, pendientes: bool = False) -> tuple[TasaVista, ...]:
    """Return every rate, newest first; with `pendientes`, only those that wait for approval."""
    filas = TasaPublicada.objects.order_by("-desde")
    if pendientes:
        filas = filas.filter(aprobada_en__isnull=True)
    return tuple(
        TasaVista(
            id=f.pk,
            desde=f.desde,
            hasta=f.hasta,
            tasa=Tasa(f.tasa.normalize()),
            fuente=f.fuente,
            estado_verificacion=f.estado_verificacion,
            esta_aprobada=f.aprobada_en is not None,
            registrada_por=f.registrada_por,
        )
        for f in filas
    )


def hay_tasas_de_demostracion() -> bool:
    """Tell whether some rate in force is a marked demonstration value: the screens must say so."""
    return TasaPublicada.objects.filter(
        estado_verificacion=EstadoVerificacion.DEMO, aprobada_en__isnull=False
    ).exists()


def _estado(fila: TasaPublicada) -> EstadoVerificacion:
    if fila.aprobada_en is None:
        return EstadoVerificacion.PROVISIONAL
    return EstadoVerificacion(fila.estado_verificacion)
