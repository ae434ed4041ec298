"""A list told in parts is the whole list in its order: page by page, with nothing twice or lost."""

import pytest
from django.db.models import Case, F, IntegerField, Q, Value, When
from hypothesis import given, settings
from hypothesis import strategies as st

from recaudo.domain.cartera.queries import TRAMOS_DE_GLOSAS, lista_de_glosas
from recaudo.domain.cartera.states import EstadoGlosa
from recaudo.domain.organizacion.models import Canton
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.interfaces.oficina.cartera.tablas import TablaGlosas
from recaudo.interfaces.vista.tramos import EnTramos, Tramo, contar_tramos
from tests.interfaces.oficina.escena import montar

PARTES: tuple[Tramo, ...] = (
    (Q(provincia="17"), (F("nombre").desc(nulls_last=True), "-codigo")),
    (Q(provincia__in=["01", "09"]), ("-codigo",)),
    (Q(provincia="zz"), ("-codigo",)),
    (~Q(provincia__in=["17", "01", "09", "zz"]), ("-codigo",)),
)


def _en_tramos(filas: object, tramos: tuple[Tramo, ...]) -> EnTramos:
    cuantas = filas.order_by().aggregate(**contar_tramos(tramos))  # type: ignore[attr-defined]
    return EnTramos(filas, tramos, list(cuantas.values()))  # type: ignore[arg-type]


@pytest.mark.django_db
@settings(max_examples=60)
@given(desde=st.integers(0, 240), cuantas=st.integers(1, 120))
def test_any_cut_is_the_cut_of_the_whole_order(desde: int, cuantas: int) -> None:
    turno = Case(
        *(When(q, then=Value(n)) for n, (q, _) in enumerate(PARTES)), output_field=IntegerField()
    )
    nombre = Case(When(provincia="17", then=F("nombre")))
    entera = list(Canton.objects.order_by(turno, nombre.desc(nulls_last=True), "-codigo"))
    filas = _en_tramos(Canton.objects.all(), PARTES)
    assert filas.count() == len(entera) > 200
    assert filas[desde : desde + cuantas] == entera[desde : desde + cuantas]


@pytest.mark.django_db
def test_each_state_of_a_glosa_is_in_one_part() -> None:
    for estado in EstadoGlosa:
        en = [n for n, (q, _) in enumerate(TRAMOS_DE_GLOSAS) if q.check({"estado": estado.value})]
        assert len(en) == 1, estado


@pytest.mark.django_db
def test_the_list_of_glosas_reads_by_parts_what_its_order_says() -> None:
    montar()
    entera = lista_de_glosas(TODA_LA_NACION)
    filas = _en_tramos(entera, TablaGlosas.tramos)  # type: ignore[arg-type]
    assert filas.count() > 1
    assert filas[0 : filas.count()] == list(entera)
