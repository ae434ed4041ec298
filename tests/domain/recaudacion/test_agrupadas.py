"""Entries told whole by one message and in pieces by the other: certain, doubtful, or neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.domain.recaudacion.batches.agrupadas import Entera, Pieza, repartir_piezas


def piezas(*centavos: int, mensaje: int = 1, desde: int = 1) -> list[Pieza]:
    return [Pieza(n, c, 1, mensaje) for n, c in enumerate(centavos, start=desde)]


@pytest.mark.parametrize(
    ("entera", "unas", "ciertas"),
    [
        (Entera(9, 60, 3), piezas(10, 20, 30), (1, 2, 3)),
        (Entera(9, 60, 3), piezas(10, 55, 20, 30), (1, 3, 4)),
        (Entera(9, 60, 0), piezas(10, 20, 30), (1, 2, 3)),
        (Entera(9, 60, 3), [*piezas(10, 20, 30), *piezas(15, 22, 23, mensaje=2, desde=4)], None),
        (Entera(9, 60, 2), piezas(10, 20, 30), None),
        (Entera(9, 60, 0), piezas(10, 20, 30, 40), None),
        (Entera(9, 60, 3), piezas(20, 20, 20, 20), None),
        (Entera(9, 61, 3), piezas(10, 20, 30), None),
        (Entera(9, 60, 1), piezas(60), None),
    ],
)
def test_a_whole_takes_the_one_choice_that_is_its_sum_and_its_count(
    entera: Entera, unas: list[Pieza], ciertas: tuple[int, ...] | None
) -> None:
    assert repartir_piezas([entera], unas).ciertas.get(9) == ciertas


def test_what_may_be_its_pieces_in_several_ways_is_doubtful_and_what_cannot_is_not() -> None:
    assert repartir_piezas([Entera(9, 60, 3)], piezas(20, 20, 20, 20)).dudosas == {9: (1, 2, 3, 4)}
    assert repartir_piezas([Entera(9, 61, 3)], piezas(10, 20, 30)).dudosas == {}
    muchas = piezas(*range(100, 130))
    assert 9 in repartir_piezas([Entera(9, 346, 3)], muchas).dudosas
    assert repartir_piezas([Entera(9, 90, 3)], muchas).dudosas == {}


def test_two_wholes_that_want_the_same_piece_are_both_doubtful() -> None:
    r = repartir_piezas([Entera(8, 30, 2), Entera(9, 30, 2)], piezas(10, 20, 25))
    assert (r.ciertas, set(r.dudosas)) == ({}, {8, 9})


def test_of_many_pieces_those_in_a_row_are_tried() -> None:
    r = repartir_piezas([Entera(9, 1 + 2 + 3, 3)], piezas(*range(50, 70), 1, 2, 3, *range(70, 90)))
    assert r.ciertas == {9: (21, 22, 23)}


@given(st.lists(st.lists(st.integers(1, 40), min_size=2, max_size=4), max_size=3), st.data())
def test_no_piece_is_of_two_wholes_and_each_certain_whole_is_the_sum_of_its_own(
    lotes: list[list[int]], data: st.DataObject
) -> None:
    enteras = [Entera(100 + n, sum(lote), len(lote)) for n, lote in enumerate(lotes)]
    revueltas = data.draw(st.permutations([c for lote in lotes for c in lote]))
    unas = piezas(*revueltas)
    r = repartir_piezas(enteras, unas)
    tomadas = [p for suyas in r.ciertas.values() for p in suyas]
    assert len(tomadas) == len(set(tomadas))
    for e in enteras:
        suyas = r.ciertas.get(e.id)
        assert e.id in r.ciertas or e.id in r.dudosas, "its pieces are there: never neither"
        if suyas:
            assert (sum(unas[p - 1].centavos for p in suyas), len(suyas)) == (
                e.centavos, e.transacciones,
            )  # fmt: skip
