"""Lines of statements as lists: one statement's, and those to clear up; all of it in SQL."""

from typing import Any

from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, When

from recaudo.domain.recaudacion.models import Extracto, LineaExtracto, ReversoBancario
from recaudo.domain.recaudacion.models.banco import POR_ACLARAR
from recaudo.infra.orm import DineroField


def lista_de_lineas(extracto_id: int) -> QuerySet[Any]:
    """Return the lines of a statement in the order of the file: a stretch of keys.

    `movido` is the amount with its sign (a debit is negative); `repite_linea` and `repite_extracto`
    say which line it is believed to repeat.
    """
    tramo = Extracto.objects.filter(pk=extracto_id).values_list("base_linea", "lineas").first()
    base, cuantas = tramo or (0, 0)
    filas = LineaExtracto.objects.filter(id__gt=base, id__lte=base + cuantas)
    return _con_lo_que_se_ve(filas).order_by("id")


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
