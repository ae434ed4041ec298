"""One count for every deadline: golden cases of the rulebook and of the cases, and properties."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.plazo import (
    AmpliacionExcesiva,
    PlazoContado,
    Suspension,
    SuspensionInvalida,
    ampliar,
    contar_plazo,
    unir_suspensiones,
)
from recaudo.norma.plazos.reglas import Obligado, Unidad
from recaudo.norma.plazos.termino import contar_termino

NACIONAL: frozenset[str] = frozenset()
LEY = Suspension(date(2024, 12, 9), date(2025, 2, 28))
OTRA = Suspension(date(2025, 2, 15), date(2025, 3, 31))
UN_DIA = timedelta(days=1)
FECHAS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def contar(
    desde: date,
    cantidad: int,
    *suspensiones: Suspension,
    unidad: Unidad = Unidad.HABILES,
    obligado: Obligado = Obligado.DEUDOR,
    cantones: frozenset[str] = NACIONAL,
) -> PlazoContado:
    return contar_plazo(
        unidad=unidad,
        obligado=obligado,
        desde=desde,
        cantidad=cantidad,
        cantones=cantones,
        calendario=cargar_calendario(),
        suspensiones=suspensiones,
    )


@pytest.mark.parametrize(
    ("desde", "cantidad", "suspensiones", "vence"),
    [
        (date(2026, 4, 28), 8, (), date(2026, 5, 12)),  # §2.5
        (date(2024, 12, 2), 10, (LEY,), date(2025, 3, 12)),  # case C25
        (date(2024, 12, 2), 10, (LEY, OTRA), date(2025, 4, 8)),  # case C26: the union
        (date(2024, 12, 2), 10, (OTRA, LEY, OTRA), date(2025, 4, 8)),
        (
            date(2024, 12, 2),
            10,
            (Suspension(LEY.desde, date(2025, 2, 10)), OTRA),
            date(2025, 4, 2),
        ),  # C26: the first ends early
        (date(2024, 12, 2), 10, (Suspension(LEY.desde),), None),  # still open
        (date(2024, 12, 2), 4, (LEY,), date(2024, 12, 6)),  # over before it began
        (date(2024, 12, 2), 3, (Suspension(date(2024, 11, 1), date(2024, 11, 9)),),
         date(2024, 12, 5)),
        (date(2024, 12, 2), 2, (Suspension(date(2024, 11, 1), date(2024, 12, 4)),),
         date(2024, 12, 6)),
    ],
)  # fmt: skip
def test_a_termino_ends_where_the_case_says(
    desde: date, cantidad: int, suspensiones: tuple[Suspension, ...], vence: date | None
) -> None:
    contado = contar(desde, cantidad, *suspensiones)
    assert contado.vence == vence
    if vence is not None:
        assert (len(contado.habiles), contado.habiles[-1]) == (cantidad, vence)


@pytest.mark.parametrize(
    ("unidad", "desde", "cantidad", "suspensiones", "vence"),
    [
        # F03: the lawyer's 180 days and 90 more, on the unadjusted date.
        (Unidad.CALENDARIO, date(2026, 1, 1), 180, (), date(2026, 6, 30)),
        (Unidad.CALENDARIO, date(2026, 1, 1), 270, (), date(2026, 9, 28)),
        # C21: thirty calendar days end on a Sunday and do not move.
        (Unidad.CALENDARIO, date(2026, 5, 15), 30, (), date(2026, 6, 14)),
        # F04: 1-Dec to 31-Jan and 15-Dec to 28-Feb stop 90 days, not 138.
        (
            Unidad.CALENDARIO,
            date(2026, 11, 1),
            180,
            (
                Suspension(date(2026, 12, 1), date(2027, 1, 31)),
                Suspension(date(2026, 12, 15), date(2027, 2, 28)),
            ),
            date(2026, 11, 1) + timedelta(days=270),
        ),
        (Unidad.MESES, date(2026, 1, 31), 1, (), date(2026, 2, 28)),
        (Unidad.MESES, date(2026, 1, 31), 1, (Suspension(date(2026, 2, 10)),), None),
    ],
)
def test_days_and_months_running(
    unidad: Unidad, desde: date, cantidad: int, suspensiones: tuple[Suspension, ...], vence: date
) -> None:
    assert contar(desde, cantidad, *suspensiones, unidad=unidad).vence == vence


def test_the_doubt_favours_the_debtor_and_binds_the_office() -> None:
    """Santa Isabel: nobody knows its civic day."""
    lugar = frozenset({"0108"})
    deudor = contar(date(2026, 3, 2), 8, cantones=lugar)
    oficina = contar(date(2026, 3, 2), 8, cantones=lugar, obligado=Obligado.INSTITUCION)
    assert deudor.vence_min is not None
    assert deudor.vence_max is not None
    assert deudor.vence_min < deudor.vence_max
    assert (deudor.vence, oficina.vence) == (deudor.vence_max, deudor.vence_min)


def test_a_doubt_of_the_days_before_a_suspension_stays() -> None:
    """The list of 2019 was read in a secondary source; that of 2020, where it ends, is verified."""
    suspension = Suspension(date(2019, 12, 10), date(2020, 2, 10))
    assert contar(date(2020, 2, 10), 5).estado_verificacion is EstadoVerificacion.VERIFICADO
    contado = contar(date(2019, 12, 2), 10, suspension)
    assert contado.estado_verificacion is EstadoVerificacion.SECUNDARIO


@given(FECHAS, st.integers(1, 40))
def test_without_suspensions_it_is_the_termino_of_the_coa(desde: date, dias: int) -> None:
    termino = contar_termino(
        notificado=desde, dias=dias, cantones=NACIONAL, calendario=cargar_calendario()
    )
    contado = contar(desde, dias)
    assert (contado.vence_min, contado.vence_max) == (termino.vence_min, termino.vence_max)
    assert (contado.habiles, contado.inhabiles) == (termino.habiles, termino.inhabiles)


SUSPENSIONES = st.lists(
    st.tuples(st.integers(-20, 120), st.integers(0, 60)).map(
        lambda par: Suspension(
            date(2026, 2, 1) + UN_DIA * par[0], date(2026, 2, 1) + UN_DIA * sum(par)
        )
    ),
    max_size=4,
)


@given(st.integers(1, 30), SUSPENSIONES, st.sampled_from(Unidad))
def test_suspended_days_never_count_and_a_suspension_never_shortens(
    cantidad: int, suspensiones: list[Suspension], unidad: Unidad
) -> None:
    desde = date(2026, 2, 1)
    libre = contar(desde, cantidad, unidad=unidad)
    contado = contar(desde, cantidad, *suspensiones, unidad=unidad)
    assert libre.vence is not None
    assert contado.vence is not None
    assert contado.vence >= libre.vence
    assert contado == contar(desde, cantidad, *suspensiones, unidad=unidad)
    if unidad is Unidad.HABILES:
        dentro = [
            d for d in contado.habiles for s in suspensiones if s.desde <= d <= (s.hasta or d)
        ]
        assert dentro == []
        todos = sorted([*contado.habiles, *(d.fecha for d in contado.inhabiles)])
        assert todos == [desde + UN_DIA * n for n in range(1, len(todos) + 1)]
        calendario = cargar_calendario()
        a_mano = [
            desde + UN_DIA * n
            for n in range(1, 400)
            if calendario.motivo_inhabil(desde + UN_DIA * n, NACIONAL) is None
            and not any(
                s.desde <= desde + UN_DIA * n <= (s.hasta or date.max) for s in suspensiones
            )
        ]
        assert contado.vence == a_mano[cantidad - 1]


@given(SUSPENSIONES)
def test_the_union_has_the_same_days_and_no_two_touch(suspensiones: list[Suspension]) -> None:
    def dias(todas: list[Suspension]) -> set[date]:
        largos = [(s.desde, ((s.hasta or s.desde) - s.desde).days + 1) for s in todas]
        return {desde + UN_DIA * n for desde, largo in largos for n in range(largo)}

    unidas = list(unir_suspensiones(suspensiones))
    assert dias(unidas) == dias(suspensiones)
    for una, otra in pairwise(unidas):
        assert una.hasta is not None
        assert otra.desde > una.hasta + UN_DIA


def test_a_suspension_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SuspensionInvalida):
        contar(date(2026, 2, 1), 8, Suspension(date(2026, 2, 9), date(2026, 2, 8)))


@pytest.mark.parametrize(("cantidad", "extra", "cabe"), [(8, 4, True), (8, 5, False), (7, 3, True),
                                                         (7, 4, False), (8, 0, False)])  # fmt: skip
def test_a_termino_is_extended_by_up_to_half_coa_161(
    cantidad: int, extra: int, *, cabe: bool
) -> None:
    pedir = {"extra": extra, "en": date(2026, 4, 28), "parametros": cargar_parametros()}
    if cabe:
        assert ampliar(cantidad, **pedir) == cantidad + extra
    else:
        with pytest.raises(AmpliacionExcesiva):
            ampliar(cantidad, **pedir)


@pytest.mark.parametrize(("extra", "admite"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_termino_is_extended_by_one_day_at_least_and_by_half_at_most_coa_161(
    extra: int, admite: bool
) -> None:
    pedir = {"extra": extra, "en": date(2026, 11, 20), "parametros": cargar_parametros()}
    if admite:
        assert ampliar(8, **pedir) == 8 + extra  # type: ignore[arg-type]
        return
    with pytest.raises(AmpliacionExcesiva):
        ampliar(8, **pedir)  # type: ignore[arg-type]


def test_the_sure_end_of_a_doubtful_place_leaves_out_what_was_suspended_coa_162() -> None:
    """Santa Isabel, three business days suspended: the eighth that is sure is 17/03, not 12/03."""
    lugar = frozenset({"0108"})
    suspension = Suspension(date(2026, 3, 4), date(2026, 3, 6))
    pedir = {"obligado": Obligado.INSTITUCION, "cantones": lugar}
    assert contar(date(2026, 3, 2), 8, **pedir).vence_min == date(2026, 3, 12)  # type: ignore[arg-type]
    contado = contar(date(2026, 3, 2), 8, suspension, **pedir)  # type: ignore[arg-type]
    assert contado.vence_min == date(2026, 3, 17)
