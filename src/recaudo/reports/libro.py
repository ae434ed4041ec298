"""The journal as a reader sees it: entries, one entry with its legs, the seals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Concat

from recaudo.domain.contabilidad.models import Asiento, Partida, SelloLibro
from recaudo.domain.contabilidad.queries import conceptos_del_libro, cuantos_asientos
from recaudo.infra.corriente import en_corriente
from recaudo.kernel.money import Dinero

#: Province of the entries that belong to no province.
NACIONAL = "00"


@dataclass(frozen=True, slots=True)
class PartidaVista:
    """One leg; amounts in USD."""

    linea: int
    cuenta: str
    nombre: str
    fondo: str
    debe: Dinero
    haber: Dinero
    obligacion_id: int | None


@dataclass(frozen=True, slots=True)
class AsientoVisto:
    """One entry with its legs."""

    lote: int
    id: int
    fecha: date
    concepto: str
    origen_tipo: str
    origen_id: int
    provincia: str
    hecho_id: int
    revierte_id: int | None
    sello_id: int | None
    huella: str
    partidas: tuple[PartidaVista, ...]

    @property
    def debe(self) -> Dinero:
        """Sum of the debit side."""
        return sum((p.debe for p in self.partidas), Dinero.CERO)

    @property
    def haber(self) -> Dinero:
        """Sum of the credit side."""
        return sum((p.haber for p in self.partidas), Dinero.CERO)


@dataclass(frozen=True, slots=True)
class EstadoDelSello:
    """How far the ledger is sealed."""

    sellos: int
    asientos_sellados: int
    asientos: int
    ultima_huella: str


def asientos() -> QuerySet[Asiento]:
    """Return the journal, newest first, each entry with its `debe`, `haber` and `origen`."""
    patas = Partida.objects.filter(lote=OuterRef("lote"), asiento_id=OuterRef("id"))
    sumas = {
        lado: Subquery(patas.order_by().values("asiento_id").annotate(n=Sum(lado)).values("n"))
        for lado in ("debe", "haber")
    }
    origen = Concat("origen_tipo", Value(" "), Cast("origen_id", CharField()))
    return Asiento.objects.annotate(origen=origen, **sumas).order_by("-id", "-lote")


#: Columns of the file of the journal, in order.
COLUMNAS_DEL_DIARIO = (
    "id", "fecha", "concepto", "origen", "provincia", "lote", "debe", "haber",
)  # fmt: skip
_DIARIO = """
SELECT a.id, a.fecha, a.concepto, a.origen_tipo || ' ' || a.origen_id, a.provincia, a.lote,
       s.debe, s.haber
  FROM ({asientos}) a (id, lote, fecha, concepto, origen_tipo, origen_id, provincia)
  JOIN {sumas} ON true
 ORDER BY a.id DESC, a.lote DESC
"""
_UNA_POR_UNA = """LATERAL (
       SELECT sum(p.debe)::bigint AS debe, sum(p.haber)::bigint AS haber
         FROM contabilidad_partida p WHERE p.lote = a.lote AND p.asiento_id = a.id) s"""
_TODAS = """(
       SELECT p.lote, p.asiento_id, sum(p.debe)::bigint AS debe, sum(p.haber)::bigint AS haber
         FROM contabilidad_partida p GROUP BY p.lote, p.asiento_id) s
    ON s.lote = a.lote AND s.asiento_id = a.id"""
_POR_PARTICION = ("enable_partitionwise_aggregate = on", "enable_partitionwise_join = on")


def filas_del_diario(filas: QuerySet[Asiento]) -> Iterator[tuple[Any, ...]]:
    """Give every entry of a filtered journal for a file, read as a stream: `COLUMNAS_DEL_DIARIO`.

    The whole journal adds its legs in one reading of each partition; a filtered one, by entry.
    """
    campos = ("id", "lote", "fecha", "concepto", "origen_tipo", "origen_id", "provincia")
    consulta = filas.order_by().values_list(*campos)
    asientos, valores = consulta.query.sql_with_params()
    entero = not filas.query.where
    sentencia = _DIARIO.format(asientos=asientos, sumas=_TODAS if entero else _UNA_POR_UNA)
    if entero:
        sentencia = sentencia.replace(" ON true", "")
    for fila in en_corriente(sentencia, valores, ajustes=_POR_PARTICION):
        *resto, debe, haber = fila
        yield (*resto, Dinero.de_centavos(debe), Dinero.de_centavos(haber))


def conceptos() -> list[str]:
    """Return the concepts that the ledger has used, in order."""
    return conceptos_del_libro()


def asiento(*, lote: int, asiento_id: int) -> AsientoVisto | None:
    """Return one entry with its legs and the seal that covers it, or None."""
    fila = Asiento.objects.filter(lote=lote, pk=asiento_id).first()
    if fila is None:
        return None
    sello = SelloLibro.objects.filter(
        lote=lote, desde_id__lte=asiento_id, hasta_id__gte=asiento_id
    ).first()
    return AsientoVisto(
        lote=lote,
        id=fila.pk,
        fecha=fila.fecha,
        concepto=fila.concepto,
        origen_tipo=fila.origen_tipo,
        origen_id=fila.origen_id,
        provincia=fila.provincia,
        hecho_id=fila.hecho_id,
        revierte_id=fila.revierte_id,
        sello_id=sello.pk if sello else None,
        huella=sello.huella if sello else "",
        partidas=_partidas(lote, asiento_id),
    )


def sellos() -> QuerySet[SelloLibro]:
    """Return the seals, newest first."""
    return SelloLibro.objects.order_by("-id")


def estado_del_sello() -> EstadoDelSello:
    """Return how many entries there are, how many are sealed, and the last link of the chain."""
    sumas = SelloLibro.objects.aggregate(n=Sum("asientos"))
    ultimo = SelloLibro.objects.order_by("-id").first()
    return EstadoDelSello(
        sellos=SelloLibro.objects.count(),
        asientos_sellados=sumas["n"] or 0,
        asientos=cuantos_asientos(),
        ultima_huella=ultimo.huella if ultimo else "",
    )


def _partidas(lote: int, asiento_id: int) -> tuple[PartidaVista, ...]:
    filas = Partida.objects.filter(lote=lote, asiento_id=asiento_id).select_related("cuenta")
    return tuple(
        PartidaVista(
            p.linea,
            p.cuenta.codigo,
            p.cuenta.nombre,
            p.cuenta.fondo,
            p.debe,
            p.haber,
            p.obligacion_id,
        )
        for p in filas.order_by("linea")
    )
