"""The queue of unidentified money as a list: each value with what decides, all of it in SQL."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, ExtractDay, Trim

from recaudo.domain.afiliacion.queries import id_de_ruc
from recaudo.domain.recaudacion.models import (
    Comprobante,
    CuentaBancaria,
    Ingreso,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.orm import DineroField

MAXIMO = 20
#: Why a comprobante is suggested (code, words).
POR_QUE = (
    ("cita", "La línea lo cita"),
    ("ruc", "El texto trae el RUC de su empleador, y es el importe"),
)


class _RucDelTexto(Func):
    """The first run of exactly thirteen digits of a text: a RUC, perhaps."""

    function = "substring"
    template = "%(function)s(%(expressions)s from '(?<![0-9])([0-9]{13})(?![0-9])')"
    output_field = TextField()


def cola_de_valores(*, hoy: date) -> QuerySet[Any]:
    """Return the open values, the oldest first, each with what the officer needs to decide.

    `edad` in days; `canal`, `referencia`, `ordenante` and `texto` of the bank's line; the
    comprobante it cites (`cita`, `cita_estado`); the one suggested (`sugerido`, `por_que`, with
    what is left to pay with it and the `diferencia` of the money with it).
    """
    linea = LineaExtracto.objects.filter(pk=OuterRef("ingreso_id"))
    directo = Ingreso.objects.filter(pk=OuterRef("ingreso_id"))
    dice = {
        campo: Coalesce(Subquery(linea.values(origen)[:1]), Value(""))
        for campo, origen in _DE_LA_LINEA.items()
    }
    canal = Coalesce(
        Subquery(linea.values("cuenta__canal")[:1]), Subquery(directo.values("tipo")[:1]), Value("")
    )
    edad = ExpressionWrapper(
        Value(hoy, output_field=DateField()) - F("recibido_el"), output_field=DurationField()
    )
    filas = ValorPorAplicar.objects.filter(estado="abierto").annotate(
        canal=canal, edad=ExtractDay(edad), **dice
    )
    dicho = Trim(Concat("ordenante", Value("  "), "texto", output_field=TextField()))
    return _con_sugerencia(filas.annotate(dice=dicho)).order_by("recibido_el", "id")


_DE_LA_LINEA = {
    "referencia": "referencia",
    "ordenante": "ordenante",
    "texto": "texto",
    "cita": "comprobante_numero",
}


def _con_sugerencia(filas: QuerySet[Any]) -> QuerySet[Any]:
    citado = Comprobante.objects.filter(numero=OuterRef("cita"))
    vivos = Comprobante.objects.filter(estado=EstadoComprobante.GENERADO)
    por_ruc = vivos.filter(
        empleador_id=OuterRef("de_ruc"), importe=F("abonado") + OuterRef("importe")
    )
    sugerido = Comprobante.objects.filter(numero=OuterRef("sugerido"))
    falta = ExpressionWrapper(F("importe") - F("abonado"), output_field=DineroField())
    texto = Concat("texto", Value(" "), "ordenante", output_field=TextField())
    con: QuerySet[Any] = (
        filas.alias(ruc_del_texto=_RucDelTexto(texto))
        .alias(de_ruc=id_de_ruc("ruc_del_texto"))
        .alias(
            por_cita=Subquery(citado.values("numero")[:1]),
            por_ruc=Subquery(por_ruc.order_by("id").values("numero")[:1]),
        )
        .annotate(
            cita_estado=Coalesce(Subquery(citado.values("estado")[:1]), Value("")),
            sugerido=Coalesce("por_cita", "por_ruc", Value("")),
            por_que=Case(
                When(por_cita__isnull=False, then=Value("cita")),
                When(por_ruc__isnull=False, then=Value("ruc")),
                default=Value(""),
            ),
        )
        .annotate(sugerido_importe=Subquery(sugerido.annotate(falta=falta).values("falta")[:1]))
        .annotate(
            diferencia=ExpressionWrapper(
                F("importe") - F("sugerido_importe"), output_field=DineroField()
            )
        )
    )
    return con


#: Where a value stands as to its suggestion (code, words, condition over `cola_de_valores`).
SITUACIONES_DE_VALOR = (
    ("exacto", "Con sugerencia por el mismo importe", Q(diferencia=0)),
    ("de_mas", "La sugerencia es menor", Q(diferencia__gt=0)),
    ("de_menos", "La sugerencia es mayor", Q(diferencia__lt=0)),
    ("sin", "Sin sugerencia", Q(sugerido="")),
)


@dataclass(frozen=True, slots=True)
class LineaReferida:
    """A line of a statement found by the bank's reference."""

    referencia: str
    extracto_id: int
    numero: int
    resultado: str


def lineas_por_referencia(referencia: str) -> list[LineaReferida]:
    """Return the entries with exactly that reference of the bank, in any account, newest first."""
    filas = LineaExtracto.objects.filter(referencia=referencia.strip(), ocurrencia__gt=0)
    return [
        LineaReferida(f.referencia, f.extracto_id, f.numero, f.resultado)
        for f in filas.order_by("-id")[:MAXIMO]
    ]


def canales() -> list[str]:
    """Return the channels from which money has come, in order."""
    return list(CuentaBancaria.objects.order_by("canal").values_list("canal", flat=True).distinct())


__all__ = ["POR_QUE", "SITUACIONES_DE_VALOR", "canales", "cola_de_valores"]
