"""Debits of the bank: what is left to clear up of each, and what may explain it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Coalesce, ExtractDay, Greatest

from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    LineaExtracto,
    PiezaContada,
    ReversoBancario,
    ValorPorAplicar,
)  # fmt: skip
from recaudo.domain.recaudacion.queries.conciliacion import LineaVista, vista_de_linea
from recaudo.domain.recaudacion.states import EstadoAclaracion, EstadoValor
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_MAXIMO: Final = 20
_CON_DINERO: Final = ("APLICADA", "CREDITO_A_FAVOR", "POR_IDENTIFICAR")
#: Where a debit stands (code, words, tone).
SITUACIONES_DE_CARGO: Final = (
    ("propuesto", "Espera aprobación", "amarillo"),
    ("por_aclarar", "Por aclarar", "rojo"),
)


class CargoNoExiste(Rechazo):
    """There is no such debit."""

    mensaje = "No existe ese débito del banco. Vuelva a la lista y elija uno."


@dataclass(frozen=True, slots=True)
class CreditoPosible:
    """Money that may explain a debit: an open value, or a known entry of the account."""

    id: int
    importe: Dinero
    fecha: date | None
    dice: str


@dataclass(frozen=True, slots=True)
class Propuesta:
    """What an officer says that a debit was, while another has not decided."""

    id: int
    destino: str
    que_fue: str
    contra_id: int | None
    importe: Dinero
    razon: str
    propuesta_por: int
    propuesta_por_nombre: str


@dataclass(frozen=True, slots=True)
class CargoVisto:
    """A booked debit: what is left of it in the account to clear up, and what may explain it."""

    id: int
    extracto_id: int
    numero: int
    banco: str
    cuenta: str
    fecha: date | None
    importe: Dinero
    falta: Dinero
    referencia: str
    texto: str
    propuesta: Propuesta | None
    contrapartidas: tuple[CreditoPosible, ...]
    reversables: tuple[CreditoPosible, ...]


def lista_de_cargos(*, hoy: date) -> QuerySet[Any]:
    """Return the debits that are not cleared up, the oldest first.

    `falta` is what is left of each in the account to clear up; `edad`, in days since its booking.
    """
    propuesta = AclaracionDeCargo.objects.filter(
        cargo=OuterRef("pk"), estado=EstadoAclaracion.PROPUESTA
    )
    filas: QuerySet[Any] = (
        _con_lo_que_falta()
        .filter(falta__gt=0)
        .annotate(
            situacion=Case(
                When(Exists(propuesta), then=Value("propuesto")), default=Value("por_aclarar")
            ),
            edad=ExtractDay(
                ExpressionWrapper(
                    Value(hoy, output_field=DateField()) - F("fecha_contable"),
                    output_field=DurationField(),
                )
            ),
            banco=F("cuenta__banco"),
            cuenta_numero=F("cuenta__numero"),
        )
    )
    return filas.order_by("fecha_contable", "id")


def _con_lo_que_falta() -> QuerySet[Any]:
    vuelto = ReversoBancario.objects.filter(cargo=OuterRef("pk")).values("cargo")
    aclarado = (
        AclaracionDeCargo.objects.filter(cargo=OuterRef("pk"), estado=EstadoAclaracion.APROBADA)
        .exclude(destino=AclaracionDeCargo.Destino.REVERSO)
        .values("cargo")
    )
    filas: QuerySet[Any] = LineaExtracto.objects.filter(resultado="CARGO").annotate(
        falta=ExpressionWrapper(
            F("importe")
            - Coalesce(Subquery(vuelto.annotate(s=Sum("importe")).values("s")), 0)
            - Coalesce(Subquery(aclarado.annotate(s=Sum("importe")).values("s")), 0),
            output_field=DineroField(),
        )
    )
    return filas


def cargo(cargo_id: int) -> CargoVisto:
    """Return one debit with what may explain it; CargoNoExiste when there is none."""
    f = _con_lo_que_falta().select_related("cuenta").filter(pk=cargo_id).first()
    if f is None:
        raise CargoNoExiste
    return CargoVisto(
        id=f.pk, extracto_id=f.extracto_id, numero=f.numero, banco=f.cuenta.banco,
        cuenta=f.cuenta.numero, fecha=f.fecha_contable, importe=f.importe, falta=f.falta,
        referencia=f.referencia, texto=f.texto,
        propuesta=_propuesta(f.pk), contrapartidas=_contrapartidas(f), reversables=_reversables(f),
    )  # fmt: skip


def _propuesta(cargo_id: int) -> Propuesta | None:
    a = AclaracionDeCargo.objects.filter(
        cargo_id=cargo_id, estado=EstadoAclaracion.PROPUESTA
    ).first()
    if a is None:
        return None
    return Propuesta(
        a.pk, a.destino, str(AclaracionDeCargo.Destino(a.destino).label), a.contra_id, a.importe,
        a.razon, a.propuesta_por, a.propuesta_por_nombre,
    )  # fmt: skip


def _contrapartidas(f: Any) -> tuple[CreditoPosible, ...]:
    """Return the open values of the amount that is left: a transfer, or money given back."""
    valores = ValorPorAplicar.objects.filter(estado=EstadoValor.ABIERTO, importe=f.falta)
    hallados = list(valores.order_by("-id")[:_MAXIMO])
    lineas = LineaExtracto.objects.in_bulk([v.ingreso_id for v in hallados])
    return tuple(
        CreditoPosible(v.pk, v.importe, v.recibido_el, _dice(lineas.get(v.ingreso_id)))
        for v in hallados
    )


def _reversables(f: Any) -> tuple[CreditoPosible, ...]:
    """Return the entries of the account that the debit can have taken back, and how.

    By what was booked, by the gross, or by the gross and as much fee again; and, whatever it is
    over, those that it names by reference or comprobante.
    """
    entradas = {x.pk: x for x in _que_pueden_ser(f)}
    vueltos = set(ReversoBancario.objects.values_list("credito_id", flat=True).filter(
        credito__cuenta_id=f.cuenta_id))  # fmt: skip
    posibles = []
    for x in sorted(entradas.values(), key=lambda x: -x.pk)[:_MAXIMO]:
        dice = devolucion(x.pk, f.falta)
        if set(dinero_de_la_entrada(x.pk)) - vueltos and dice is not None:
            texto = f"{_dice(x)} ({dice.en_palabras})" if dice.en_palabras else _dice(x)
            posibles.append(CreditoPosible(x.pk, x.entrada or Dinero.CERO, x.fecha_contable, texto))
    return tuple(posibles)


def _que_pueden_ser(f: Any) -> Iterator[LineaExtracto]:
    abren = Q(ocurrencia__gt=0) | Q(pk__in=PiezaContada.objects.values("linea"))
    suyas = LineaExtracto.objects.filter(abren, cuenta_id=f.cuenta_id, parte__lte=1, entrada__gt=0)
    yield from suyas.filter(entrada=f.falta).order_by("-id")[:_MAXIMO]
    nombra = Q(pk=None)
    if f.referencia:
        nombra |= Q(referencia=f.referencia)
    if f.comprobante_numero:
        nombra |= Q(comprobante_numero=f.comprobante_numero)
    yield from suyas.filter(nombra, entrada__lt=f.falta).order_by("-id")[:_MAXIMO]
    con_comision = (
        LineaExtracto.objects.filter(
            cuenta_id=f.cuenta_id, comision__gt=0, entrada__gt=0, entrada__lt=f.falta
        )
        .annotate(primera=F("id") - Greatest(F("parte") - 1, 0))
        .values("primera", "entrada")
        .annotate(
            bruto=ExpressionWrapper(F("entrada") + Sum("comision"), output_field=DineroField()),
            con_otra=ExpressionWrapper(
                F("entrada") + Sum("comision") + Sum("comision"), output_field=DineroField()
            ),
        )
        .filter(Q(bruto=f.falta) | Q(con_otra=f.falta))
        .order_by("-primera")
    )
    numeros = [x["primera"] for x in con_comision[:_MAXIMO]]
    yield from suyas.filter(pk__in=numeros)


@dataclass(frozen=True, slots=True)
class Devolucion:
    """How a debit takes back an entry, in USD: its gross, its fee and what is left of the debit.

    `se_devuelve`: the debit is what had been booked, so the bank gives its fee back too.
    """

    bruto: Dinero
    comision: Dinero
    se_devuelve: bool
    sobra: Dinero

    @property
    def en_palabras(self) -> str:
        """What happens to the fee, and to what is left over; empty when there is neither."""
        dice = []
        if self.comision:
            hace = "el banco devuelve" if self.se_devuelve else "el banco se queda con"
            dice.append(f"{hace} su comisión de {self.comision.formato()}")
        if self.sobra:
            dice.append(f"sobran {self.sobra.formato()} por aclarar")
        return "; ".join(dice)


def devolucion(linea_id: int, debito: Dinero) -> Devolucion | None:
    """Return how a debit of that amount takes back an entry; None when it cannot.

    As it was booked, without its fee; or its gross, or more: then the fee stays an expense.
    """
    lineas = list(LineaExtracto.objects.filter(pk__in=dinero_de_la_entrada(linea_id)))
    bruto = sum((x.importe or Dinero.CERO for x in lineas), Dinero.CERO)
    comision = comision_de_la_entrada(linea_id, lineas)
    if debito == bruto - comision:
        return Devolucion(bruto, comision, bool(comision), Dinero.CERO)
    if debito < bruto:
        return None
    return Devolucion(bruto, comision, se_devuelve=False, sobra=debito - bruto)


def comision_de_la_entrada(linea_id: int, dinero: Sequence[LineaExtracto]) -> Dinero:
    """Return what the bank kept of an entry, as the books have it: of its whole, or of its parts.

    What a whole had in the books when it entered is not counted again in what details it.
    """
    entera = LineaExtracto.objects.get(pk=linea_id)
    if entera.parte == 0 and entera.comision and entera.ocurrencia:
        return Dinero(entera.comision)
    return sum((x.comision for x in dinero), Dinero.CERO)


def _dice(linea: LineaExtracto | None) -> str:
    if linea is None:
        return ""
    return " · ".join(t for t in (linea.referencia, linea.ordenante, linea.texto) if t)[:120]


def lineas_de_la_entrada(linea_id: int) -> tuple[LineaVista, ...]:
    """Return, as the doors see them, the lines whose money is that of an entry."""
    filas = LineaExtracto.objects.filter(pk__in=dinero_de_la_entrada(linea_id)).order_by("id")
    return tuple(vista_de_linea(f) for f in filas)


def dinero_de_la_entrada(linea_id: int) -> Sequence[int]:
    """Return the lines whose money is that of an entry: its parts, its details or its pieces.

    `linea_id` is the line that opened the entry, or that told several known ones whole.
    """
    piezas = list(
        PiezaContada.objects.filter(linea_id=linea_id).values_list("movimiento", flat=True)
    )
    lineas: list[int] = []
    for abre in LineaExtracto.objects.filter(pk__in=piezas or [linea_id]).order_by("id"):
        lineas += [parte.pk for parte in partes_de_la_entrada(abre)]
    lineas += LineaExtracto.objects.filter(detalla_a__in=lineas).values_list("id", flat=True)
    con_dinero = LineaExtracto.objects.filter(pk__in=lineas, resultado__in=_CON_DINERO).exclude(
        pk__in=ValorPorAplicar.objects.filter(estado=EstadoValor.DETALLADO).values("ingreso_id")
    )
    return tuple(con_dinero.order_by("id").values_list("id", flat=True))


def partes_de_la_entrada(primera: LineaExtracto) -> list[LineaExtracto]:
    """Return the lines of an entry: itself, or its parts, which follow one another."""
    if primera.parte == 0:
        return [primera]
    siguientes = LineaExtracto.objects.filter(
        extracto_id=primera.extracto_id, pk__gte=primera.pk, pk__lt=primera.pk + 50_000
    ).order_by("id")
    partes = []
    for orden, linea in enumerate(siguientes, start=1):
        if linea.parte != orden:
            break
        partes.append(linea)
    return partes
