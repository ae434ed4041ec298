"""Reads of the published rates: what `norma` is handed, and what the office sees."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.kernel.money import Tasa
from recaudo.norma.mora.tasas import FilaTasa, TablaTasas, tasas_publicadas
from recaudo.norma.parametros import EstadoVerificacion

#: Of every value of every row, 64 bits each: three times cheaper than their text.
_HUELLA: Final = (
    "SELECT count(*), coalesce(sum(hash_record_extended(t, 0)), 0) FROM parametros_tasapublicada t"
)
_GUARDADAS: dict[tuple[int, int], TablaTasas] = {}


#: Where a rate stands (code, words, condition over `lista_de_tasas`).
SITUACIONES: Final = (
    ("pendiente", "Por aprobar", Q(situacion="pendiente")),
    ("vigente", "Aprobada", Q(situacion="vigente")),
    ("devuelta", "Devuelta", Q(situacion="devuelta")),
)


@dataclass(frozen=True, slots=True)
class TasaVista:
    """A rate as a page shows it; `hasta` is the first day when it no longer rules."""

    id: int
    desde: date
    hasta: date
    tasa: Tasa
    fuente: str
    estado_verificacion: str
    situacion: str
    registrada_por: int | None
    razon_devolucion: str

    @property
    def ultimo_dia(self) -> date:
        """The last day when it rules."""
        return self.hasta - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Vecindad:
    """A rate beside the approved ones before and after it, in percentage points a year.

    `salto` is the greatest change from its neighbours; `mayor_salto`, the greatest of the approved
    series from one row to the next. None where there is nothing to compare with.
    """

    anterior: Tasa | None
    siguiente: Tasa | None
    salto: Decimal | None
    mayor_salto: Decimal | None

    @property
    def es_rara(self) -> bool:
        """Tell whether it changes more than the series ever did: a comma may be out of place."""
        return (
            self.salto is not None
            and self.mayor_salto is not None
            and self.salto > self.mayor_salto
        )


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
        for fila in TasaPublicada.en_la_serie().order_by("desde")
    )


def lista_de_tasas() -> QuerySet[TasaPublicada]:
    """Return every rate with its `situacion` and its `ultimo_dia`: first those to decide."""
    situacion = Case(
        When(devuelta_en__isnull=False, then=Value("devuelta")),
        When(aprobada_en__isnull=False, then=Value("vigente")),
        default=Value("pendiente"),
    )
    ultimo = Cast(F("hasta") - Value(timedelta(days=1)), DateField())
    primero = Case(When(situacion="pendiente", then=Value(0)), default=Value(1))
    filas = TasaPublicada.objects.annotate(situacion=situacion, ultimo_dia=ultimo)
    return filas.order_by(primero, "-desde")


def anios_con_tasa() -> list[int]:
    """Return the years in which some rate begins, the newest first."""
    dias = TasaPublicada.objects.dates("desde", "year", order="DESC")
    return [dia.year for dia in dias]


def tasa_publicada(tasa_id: int) -> TasaVista | None:
    """Return one rate, or None."""
    fila = lista_de_tasas().filter(pk=tasa_id).first()
    return None if fila is None else _vista(fila)


def hay_tasa_para(en: date) -> bool:
    """Tell whether some rate, approved or waiting, covers a day."""
    return TasaPublicada.en_la_serie().filter(desde__lte=en, hasta__gt=en).exists()


def vecindad(*, desde: date, hasta: date, tasa: Tasa) -> Vecindad:
    """Compare a rate that would rule over [desde, hasta) with the approved series."""
    aprobadas = TasaPublicada.objects.filter(aprobada_en__isnull=False)
    antes = aprobadas.filter(hasta__lte=desde).order_by("-hasta").values_list("tasa", flat=True)
    luego = aprobadas.filter(desde__gte=hasta).order_by("desde").values_list("tasa", flat=True)
    anterior, siguiente = antes.first(), luego.first()
    saltos = [abs(tasa.porcentaje - v) for v in (anterior, siguiente) if v is not None]
    with connection.cursor() as cursor:
        cursor.execute(_MAYOR_SALTO)
        (mayor,) = cursor.fetchone()
    return Vecindad(
        None if anterior is None else Tasa(anterior.normalize()),
        None if siguiente is None else Tasa(siguiente.normalize()),
        max(saltos) if saltos else None,
        mayor,
    )


_MAYOR_SALTO: Final = (
    "SELECT max(abs(tasa - anterior)) FROM "
    "(SELECT tasa, lag(tasa) OVER (ORDER BY desde) AS anterior "
    "FROM parametros_tasapublicada WHERE aprobada_en IS NOT NULL) s"
)


def _vista(f: TasaPublicada) -> TasaVista:
    fila: Any = f
    return TasaVista(
        id=f.pk,
        desde=f.desde,
        hasta=f.hasta,
        tasa=Tasa(f.tasa.normalize()),
        fuente=f.fuente,
        estado_verificacion=f.estado_verificacion,
        situacion=fila.situacion,
        registrada_por=f.registrada_por,
        razon_devolucion=f.razon_devolucion,
    )


def _estado(fila: TasaPublicada) -> EstadoVerificacion:
    if fila.aprobada_en is None:
        return EstadoVerificacion.PROVISIONAL
    return EstadoVerificacion(fila.estado_verificacion)
