"""An entry that one message tells whole, and those that may be its pieces: for an officer to say.

The machine matches what is certain (`batches/agrupadas.py`); what is not, a person affirms. The
pieces are entries of the books, and then the whole is only another way of telling them; or they
are lines believed pieces and not entered, and then they say what the whole, in the books, paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from recaudo.domain.recaudacion.models import (
    LineaExtracto,
    LoteReconocido,
    PiezaContada,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries.conciliacion import (
    LineaNoExiste,
    LineaVista,
    vista_de_linea,
)
from recaudo.domain.recaudacion.states import EstadoValor
from recaudo.kernel.money import Dinero

_DUDOSA: Final = "AGRUPADA_DUDOSA"
_CABEN: Final = 200


@dataclass(frozen=True, slots=True)
class LoteVisto:
    """An entry told whole and what may be its pieces; `transacciones`: how many it says, 0 unknown.

    `movimiento_id`: the entry of the books that it is or repeats, whose money still waits.
    `en_el_libro`: the pieces are entries; otherwise, lines that did not enter.
    """

    entera: LineaVista
    importe: Dinero
    transacciones: int
    movimiento_id: int | None
    en_el_libro: bool
    candidatas: tuple[LineaVista, ...]
    impedimento: str


@dataclass(frozen=True, slots=True)
class ReconocimientoVisto:
    """Who affirmed the pieces of a batch, and why; `revertido`: another person said otherwise."""

    reconocido_por: str
    reconocido_por_id: int | None
    razon: str
    piezas: tuple[LineaVista, ...]
    revertido: bool


def lote_visto(linea_id: int) -> LoteVisto:
    """Return the batch that a line is, or may be a piece of; LineaNoExiste when there is none."""
    pedida = LineaExtracto.objects.filter(pk=linea_id).first()
    if pedida is None:
        raise LineaNoExiste
    entera = _la_entera(pedida)
    movimiento = _su_movimiento(entera)
    en_el_libro = not _son_lineas_que_no_entraron(entera)
    candidatas = _en_el_libro(entera, movimiento) if en_el_libro else _dudosas(entera)
    unas = tuple(vista_de_linea(x) for x in candidatas.order_by("id")[:_CABEN])
    return LoteVisto(
        vista_de_linea(entera), entera.entrada or Dinero.CERO, entera.transacciones,
        movimiento.pk if movimiento else None, en_el_libro, unas,
        _por_que_no(entera, movimiento, unas),
    )  # fmt: skip


def reconocimiento_de(linea_id: int) -> ReconocimientoVisto | None:
    """Return what was affirmed of the batch of a line, whole or piece; None when nothing was."""
    d = (
        LoteReconocido.objects.filter(Q(entera=linea_id) | Q(lineas__contains=[linea_id]))
        .order_by("id").last()
    )  # fmt: skip
    if d is None:
        return None
    piezas = LineaExtracto.objects.filter(pk__in=d.piezas).order_by("id")
    return ReconocimientoVisto(
        d.reconocido_por, d.reconocido_por_id, d.razon, tuple(vista_de_linea(x) for x in piezas),
        d.revertido_en is not None,
    )  # fmt: skip


def los_que_repiten(movimiento_id: int) -> Sequence[LineaExtracto]:
    """Return the lines that tell again a known entry, those of a doubt apart."""
    return list(
        LineaExtracto.objects.filter(duplica_a=movimiento_id)
        .exclude(motivo=_DUDOSA).select_related("extracto").order_by("id")
    )  # fmt: skip


def _la_entera(pedida: LineaExtracto) -> LineaExtracto:
    """Return the first line of the whole: of a doubtful piece, the larger entry it may be of."""
    primera = LineaExtracto.objects.select_related("extracto").get(
        pk=pedida.pk - max(pedida.parte - 1, 0)
    )
    if primera.motivo == _DUDOSA and primera.duplica_a is not None:
        otra = LineaExtracto.objects.select_related("extracto").get(pk=primera.duplica_a)
        if abs(otra.entrada or Dinero.CERO) > abs(primera.entrada or Dinero.CERO):
            return otra
    return primera


def _su_movimiento(entera: LineaExtracto) -> LineaExtracto | None:
    """Return the entry of the books that the whole is or repeats, while its money waits."""
    numero = entera.pk if entera.ocurrencia else entera.duplica_a
    if numero is None or (not entera.ocurrencia and entera.motivo == _DUDOSA):
        return None
    m = LineaExtracto.objects.select_related("extracto").get(pk=numero)
    espera = ValorPorAplicar.objects.filter(ingreso_id=m.pk, estado=EstadoValor.ABIERTO)
    return m if m.parte == 0 and (m.resultado == "CARGO" or espera.exists()) else None


def _son_lineas_que_no_entraron(entera: LineaExtracto) -> bool:
    return entera.ocurrencia > 0 and _dudosas(entera).exists()


def _del_dia(entera: LineaExtracto) -> QuerySet[LineaExtracto]:
    """Return the smaller entries of its account, day and sign."""
    importe = entera.entrada or Dinero.CERO
    menores = {"entrada__gt": 0, "entrada__lt": importe}
    if importe < Dinero.CERO:
        menores = {"entrada__lt": 0, "entrada__gt": importe}
    return LineaExtracto.objects.filter(
        cuenta_id=entera.cuenta_id, fecha_contable=entera.fecha_contable, parte__lte=1, **menores
    ).exclude(pk=entera.pk)


def _dudosas(entera: LineaExtracto) -> QuerySet[LineaExtracto]:
    return _del_dia(entera).filter(resultado="YA_VISTA", motivo=_DUDOSA)


def _en_el_libro(
    entera: LineaExtracto, movimiento: LineaExtracto | None
) -> QuerySet[LineaExtracto]:
    """Return the entries that may be its pieces: no statement told them, if one tells the whole."""
    unas = _del_dia(entera).filter(ocurrencia__gt=0).exclude(
        pk__in=PiezaContada.objects.values("movimiento")
    )  # fmt: skip
    quienes = [entera, *(los_que_repiten(movimiento.pk) if movimiento else ())]
    if any(x.extracto.formato == "camt053" for x in quienes):
        contadas = LineaExtracto.objects.filter(
            extracto__formato="camt053", cuenta_id=entera.cuenta_id, duplica_a__isnull=False,
            fecha_contable=entera.fecha_contable,
        ).exclude(motivo=_DUDOSA)  # fmt: skip
        unas = unas.exclude(extracto__formato="camt053").exclude(
            pk__in=contadas.values("duplica_a")
        )
    return unas


def _por_que_no(
    entera: LineaExtracto, movimiento: LineaExtracto | None, candidatas: Sequence[LineaVista]
) -> str:
    if LoteReconocido.objects.filter(entera=entera).exists():
        return "De esa línea ya se dijo cuáles son sus piezas: no se dice otra vez."
    if entera.parte or entera.resultado == "RECHAZADA":
        return "Esa línea no es un movimiento entero del banco: sus partes ya se conocen."
    dudosa = entera.resultado == "YA_VISTA" and entera.motivo == _DUDOSA
    if not dudosa and movimiento is None:
        return "Su dinero ya pagó o ya se aclaró: no espera a que se diga de qué piezas es."
    if len(candidatas) < 2:
        return "No hay movimientos de su cuenta, día y signo que puedan ser sus piezas."
    return ""
