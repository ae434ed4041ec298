"""What a notice told and no statement with balances has: money of a day that the bank closed.

A statement that proves its entries with balances says all that was booked in its days. What came
by another message and none of those statements contains was not booked by the bank.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from recaudo.domain.recaudacion.models import (
    DesmentidoDeAviso,
    DineroDeclarado,
    Extracto,
    LineaExtracto,
    PiezaContada,
)
from recaudo.domain.recaudacion.queries.conciliacion import (
    LineaNoExiste,
    LineaVista,
    vista_de_linea,
)
from recaudo.domain.recaudacion.queries.extractos import lista_de_extractos
from recaudo.domain.recaudacion.queries.juicio import (
    Juicio,
    PrevisionDeLinea,
    juicios,
    prever_linea,
)
from recaudo.domain.recaudacion.states import EstadoAclaracion

_UN_DIA: Final = timedelta(days=1)
_ABIERTOS: Final = (EstadoAclaracion.PROPUESTA, EstadoAclaracion.APROBADA)


def _prueban(prefijo: str) -> Q:
    """Say which statements prove with balances all the entries that they have."""
    return Q(
        **{
            f"{prefijo}formato": "camt053", f"{prefijo}saldo_inicial__isnull": False,
            f"{prefijo}saldo_final__isnull": False, f"{prefijo}saldos_cuadran": True,
            f"{prefijo}ilegibles": 0,
        }
    )  # fmt: skip


PROBADO: Final = _prueban("extracto__")


@dataclass(frozen=True, slots=True)
class PropuestaDeDesmentido:
    """What an officer says of a notice, while another has not decided."""

    id: int
    razon: str
    propuesta_por: int
    propuesta_por_nombre: str


@dataclass(frozen=True, slots=True)
class AvisoVisto:
    """An entry that some message told, before the bank: whether it is denied, and what follows.

    `impedimento`: why it cannot be undone, in words; empty when the bank denies it.
    """

    linea: LineaVista
    banco: str
    cuenta: str
    cuenta_id: int
    prevision: PrevisionDeLinea | None
    propuesta: PropuestaDeDesmentido | None
    impedimento: str


def alcanzadas(juicio: Juicio, *, con_ilegibles: bool = False) -> QuerySet[LineaExtracto]:
    """Return the lines of days of which the last balance of the bank speaks."""
    dias = Q(fecha_contable__lt=juicio.fecha)
    if juicio.cierra_el_dia:
        dias |= Q(fecha_contable=juicio.fecha)
    if juicio.desde is not None:
        dias &= Q(fecha_contable__gte=juicio.desde)
    if con_ilegibles:
        dias |= Q(fecha_contable=None)
    return LineaExtracto.objects.filter(dias, cuenta_id=juicio.cuenta_id)


def sin_contar(juicio: Juicio) -> QuerySet[Any]:
    """Return the entries in the books, of days that the bank closed, that no proof contains.

    `declarada`: somebody said that it is money of its own.
    """
    declarada = Exists(DineroDeclarado.objects.filter(linea=OuterRef("pk")))
    filas: QuerySet[Any] = alcanzadas(juicio).filter(ocurrencia__gt=0)
    sueltas: QuerySet[Any] = filas.annotate(declarada=declarada).filter(_nadie_la_prueba())
    return sueltas


def _nadie_la_prueba() -> Any:
    repite = LineaExtracto.objects.filter(
        PROBADO & ~Q(motivo="AGRUPADA_DUDOSA"),
        Q(duplica_a=OuterRef("pk")) | Q(detalla_a=OuterRef("pk")),
    )
    pieza = PiezaContada.objects.filter(movimiento=OuterRef("pk")).filter(
        linea__extracto__formato="camt053", linea__extracto__saldo_inicial__isnull=False,
        linea__extracto__saldo_final__isnull=False,
    )  # fmt: skip
    return ~PROBADO & ~Exists(repite) & ~Exists(pieza)


def dias_contados(cuenta_id: int, dias: Collection[date]) -> frozenset[date]:
    """Return those days all of whose entries are told by statements that prove them.

    The days of a statement go from the day after the closing on which it opens (else from the
    first it names) to that of its balance; the first day of one that opens where no other closed
    may have had more, and is not proven by it, unless its period begins with that day.
    """
    if not dias:
        return frozenset()
    filas = list(
        lista_de_extractos(con_cuentas=False)
        .filter(_prueban(""), cuenta_id=cuenta_id, estado="confirmado", fecha_saldo__gte=min(dias))
        .order_by("id")
    )
    cierres = dict(
        Extracto.objects.filter(pk__in=[f.anterior_id for f in filas if f.anterior_id])
        .values_list("id", "fecha_saldo")
    )  # fmt: skip
    tramos = [_tramo(f, cierres.get(f.anterior_id)) for f in filas]
    return frozenset(d for d in dias if any(desde <= d <= hasta for desde, hasta in tramos))


def _tramo(f: Any, cierre_anterior: date | None) -> tuple[date, date]:
    hasta = f.fecha_saldo if f.cierra_el_dia else f.fecha_saldo - _UN_DIA
    desde = f.primer_dia or f.fecha_saldo
    if not f.encadena:
        return desde if _empieza_con_el_dia(f) else desde + _UN_DIA, hasta
    if cierre_anterior is not None:
        desde = min(desde, cierre_anterior + _UN_DIA)
    return desde, hasta


def _empieza_con_el_dia(f: Any) -> bool:
    """Say whether the bank declares a period that begins with its first day, at no later hour."""
    if f.desde is None or f.desde != f.primer_dia:
        return False
    return f.desde_instante is None or localtime(f.desde_instante).time() == time.min


def aviso(linea_id: int) -> AvisoVisto:
    """Return the entry of a line before its bank; LineaNoExiste when there is none."""
    pedida = LineaExtracto.objects.filter(pk=linea_id).first()
    if pedida is None:
        raise LineaNoExiste
    numero = pedida.pk - max(pedida.parte - 1, 0)
    f = LineaExtracto.objects.select_related("cuenta").get(pk=numero)
    prevision = prever_linea(f.pk, sale=True)
    return AvisoVisto(
        vista_de_linea(f), f.cuenta.banco, f.cuenta.numero, f.cuenta_id, prevision,
        _propuesta(f.pk), _por_que_no(f, prevision),
    )  # fmt: skip


def _propuesta(linea_id: int) -> PropuestaDeDesmentido | None:
    d = DesmentidoDeAviso.objects.filter(
        linea_id=linea_id, estado=EstadoAclaracion.PROPUESTA
    ).first()
    if d is None:
        return None
    return PropuestaDeDesmentido(d.pk, d.razon, d.propuesta_por, d.propuesta_por_nombre)


def _por_que_no(f: LineaExtracto, prevision: PrevisionDeLinea | None) -> str:
    """Say why the bank does not deny an entry; empty when it does."""
    if not f.ocurrencia:
        return "Esa línea no es dinero que esté en el libro: no hay nada que deshacer."
    if prevision is None:
        return "El banco aún no dijo su saldo de ese día: espere el extracto que lo cierra."
    fila = sin_contar(juicios(f.cuenta_id)[f.cuenta_id]).filter(pk=f.pk).first()
    if fila is None:
        return "El extracto del banco tiene ese movimiento: no se deshace como aviso."
    if fila.declarada:
        return "Se declaró dinero propio: revierta esa declaración."
    if f.fecha_contable not in dias_contados(f.cuenta_id, [f.fecha_contable or date.min]):
        return (
            "Falta el extracto de ese día, o el que hay no abre donde cerró el anterior: pídalo al "
            "banco antes de deshacer nada."
        )
    if not prevision.acerca:
        return (
            "Sin esta línea el libro quedaría más lejos del saldo del banco: no es lo que sobra. "
            "Busque la diferencia en otra línea."
        )
    return ""


def fue_contada_por_extracto(linea_id: int) -> bool:
    """Tell whether a statement booked the entry of a line: it opened it, or told it again.

    Money that is of no line of the bank was not.
    """
    linea = LineaExtracto.objects.filter(pk=linea_id).first()
    if linea is None:
        return False
    numero = linea.detalla_a or linea.pk - max(linea.parte - 1, 0)
    abrio = LineaExtracto.objects.filter(pk=numero, extracto__formato="camt053").exists()
    repite = LineaExtracto.objects.filter(
        Q(duplica_a=numero) | Q(detalla_a=numero), extracto__formato="camt053"
    ).exclude(motivo="AGRUPADA_DUDOSA")
    pieza = PiezaContada.objects.filter(movimiento=numero, linea__extracto__formato="camt053")
    return abrio or repite.exists() or pieza.exists()


def lineas_desmentidas(lineas: Sequence[int]) -> frozenset[int]:
    """Return which of those lines a proposal, open or approved, denies."""
    return frozenset(
        DesmentidoDeAviso.objects.filter(linea_id__in=lineas, estado__in=_ABIERTOS)
        .values_list("linea_id", flat=True)
    )  # fmt: skip
