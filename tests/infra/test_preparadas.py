"""Queries compiled once: the rows of the ORM for any value, and nothing that would not be seen."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import CharField, F, QuerySet

from recaudo.domain.afiliacion.models import Sucursal
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.infra.documents.models import Documento
from recaudo.infra.preparadas import Hueco, ListaPreparada, Preparada, mostrado
from tests.factories.afiliacion import hacer_empleador, hacer_sucursal
from tests.factories.recaudacion import hacer_deuda

pytestmark = pytest.mark.django_db


def test_the_rows_are_those_of_the_orm_for_each_value() -> None:
    deudas = [hacer_deuda(), hacer_deuda()]
    preparada = Preparada(lambda una: Obligacion.objects.filter(pk=una))
    for deuda in deudas:
        (hallada,) = preparada.filas(una=deuda.pk)
        de_siempre = Obligacion.objects.get(pk=deuda.pk)
        for campo in Obligacion._meta.concrete_fields:
            assert getattr(hallada, campo.attname) == getattr(de_siempre, campo.attname)
    assert preparada.filas(una=0) == []
    assert preparada.primera(una=0) is None


def test_a_list_of_values_may_have_any_length_and_none() -> None:
    deudas = [hacer_deuda() for _ in range(3)]
    preparada = Preparada(lambda unas: Obligacion.objects.filter(pk=unas.alguno).order_by("-pk"))
    for cuantas in range(4):
        pedidas = [d.pk for d in deudas[:cuantas]]
        assert [d.pk for d in preparada.filas(unas=pedidas)] == sorted(pedidas, reverse=True)


def test_the_order_and_the_limit_are_kept() -> None:
    empleador = hacer_empleador()
    for codigo in ("0005", "0003", "0004"):
        hacer_sucursal(empleador=empleador, codigo=codigo)
    preparada = Preparada(
        lambda empleador: Sucursal.objects.filter(empleador_id=empleador).order_by("-codigo")
    )
    assert [s.codigo for s in preparada.filas(empleador=empleador.pk, limite=2)] == ["0005", "0004"]
    primera = preparada.primera(empleador=empleador.pk)
    assert primera is not None
    assert primera.codigo == "0005"


def test_what_is_annotated_comes_with_the_row() -> None:
    sucursal = hacer_sucursal(empleador=hacer_empleador(), codigo="0002")
    preparada = Preparada(
        lambda una: Sucursal.objects.filter(pk=una).annotate(ruc=F("empleador__ruc"))
    )
    (hallada,) = preparada.filas(una=sucursal.pk)
    assert hallada.ruc == sucursal.empleador.ruc  # type: ignore[attr-defined]


def test_a_deferred_field_is_not_read() -> None:
    preparada = Preparada(lambda uno: Documento.objects.filter(pk=uno).defer("contenido"))
    assert preparada.filas(uno=0) == []
    assert "bytes" not in preparada._compilar()[1].campos


def test_a_value_that_is_not_given_is_noticed() -> None:
    preparada = Preparada(lambda una: Obligacion.objects.filter(pk=una))
    with pytest.raises(KeyError, match="una"):
        preparada.filas()


@pytest.mark.parametrize(
    "cambiada",
    [
        lambda q: q[:5],
        lambda q: q.select_for_update(),
        lambda q: q.select_related("empleador"),
        lambda q: q.values("codigo"),
        lambda q: q.values_list("codigo"),
    ],
)
def test_what_would_change_what_is_read_is_refused(cambiada: Any) -> None:
    def armar(una: Hueco) -> QuerySet[Sucursal]:
        consulta: QuerySet[Sucursal] = cambiada(Sucursal.objects.filter(pk=una).order_by("pk"))
        return consulta

    with pytest.raises(TypeError, match="Sucursal"):
        Preparada(armar).filas(una=1)


def test_a_prepared_list_is_the_same_rows_at_once_and_as_a_queryset() -> None:
    uno, otro = hacer_empleador(), hacer_empleador()
    for empleador in (uno, otro):
        for codigo in ("0005", "0003", "0004"):
            hacer_sucursal(empleador=empleador, codigo=codigo)
    lista = ListaPreparada(
        lambda empleador, ruc: (
            Sucursal.objects.filter(empleador_id=empleador)
            .annotate(ruc=mostrado(ruc, CharField()))
            .order_by("canton")
        )
    )
    for empleador in (uno, otro, uno):
        pedida = lista.de(empleador=empleador.pk, ruc=empleador.ruc)
        assert pedida.primeras(9) == list(pedida.consulta)  # all of one canton: the newest first
        assert {s.ruc for s in pedida.primeras(9)} == {empleador.ruc}  # type: ignore[attr-defined]
        assert {s.empleador_id for s in pedida.primeras(9)} == {empleador.pk}
        assert pedida.primeras(1) == list(pedida.consulta)[:1]


def test_the_template_of_a_prepared_list_cannot_be_read() -> None:
    lista = ListaPreparada(lambda una: Sucursal.objects.filter(pk=una))
    with pytest.raises(ProgrammingError), transaction.atomic():
        list(lista.de(una=1).plantilla)
