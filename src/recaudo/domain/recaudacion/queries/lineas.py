"""Lines of statements as lists: one statement's, and those to clear up; all of it in SQL."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)  # fmt: skip

from recaudo.domain.recaudacion.models import Extracto, LineaExtracto, ReversoBancario
from recaudo.domain.recaudacion.models.banco import POR_ACLARAR
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero


def lista_de_lineas(extracto_id: int) -> QuerySet[Any]:
    """Return the lines of a statement in the order of the file: a stretch of keys.

    `movido` is the amount with its sign (a debit is negative); `repite_linea` and `repite_extracto`
    say which line it is believed to repeat.
    """
    tramo = Extracto.objects.filter(pk=extracto_id).values_list("base_linea", "lineas").first()
    base, cuantas = tramo or (0, 0)
    filas = LineaExtracto.objects.filter(id__gt=base, id__lte=base + cuantas)
    return _con_lo_que_se_ve(filas).order_by("id")


@dataclass(frozen=True, slots=True)
class Desenlace:
    """What became of the lines of a statement that share an outcome and its reason; USD."""

    resultado: str
    motivo: str
    cuantas: int
    importe: Dinero


def desenlace_de_extracto(extracto_id: int) -> tuple[Desenlace, ...]:
    """Return what became of the lines of a statement, by outcome and reason.

    A debit that took back a known credit has the reason DESHIZO. Asked inside a transaction that is
    undone, it says what confirming the statement would do: the same act, and the same rows.
    """
    deshizo = ReversoBancario.objects.filter(cargo=OuterRef("pk"))
    filas = (
        lista_de_lineas(extracto_id)
        .order_by()
        .annotate(por_que=Case(When(Exists(deshizo), then=Value("DESHIZO")), default=F("motivo")))
        .values("resultado", "por_que")
        .annotate(cuantas=Count("id"), suma=Sum("importe"))
        .order_by("resultado", "por_que")
    )
    return tuple(
        Desenlace(f["resultado"], f["por_que"], f["cuantas"], f["suma"] or Dinero.CERO)
        for f in filas
    )


def lineas_por_aclarar() -> QuerySet[Any]:
    """Return what a person or the bank must clear up, newest first (as `lista_de_lineas`)."""
    reversado = ReversoBancario.objects.filter(cargo=OuterRef("pk"))
    filas = LineaExtracto.objects.filter(POR_ACLARAR).filter(~Exists(reversado))
    return _con_lo_que_se_ve(filas).order_by("-id")


def _con_lo_que_se_ve(filas: QuerySet[Any]) -> QuerySet[Any]:
    repetida = LineaExtracto.objects.filter(pk=OuterRef("duplica_a"))
    vistas: QuerySet[Any] = filas.annotate(
        movido=Case(
            When(entrada__lt=0, then=ExpressionWrapper(-F("importe"), output_field=DineroField())),
            default=F("importe"),
            output_field=DineroField(),
        ),
        repite_linea=Subquery(repetida.values("numero")[:1]),
        repite_extracto=Subquery(repetida.values("extracto_id")[:1]),
    )
    return vistas
