"""A name that is registered can be drawn, or the refusal says which sign and where."""

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.letras import (
    RANGOS,
    LetraNoAdmitida,
    NombreMuyLargo,
    NombreSinLetras,
    nombre_registrable,
    se_dibuja,
)

ADMITTED = [
    ("  Ñusta   Ch'aska  ", "Ñusta Ch'aska"),
    ("Q\u02bcero K\u02bcanchay", "Q\u02bcero K\u02bcanchay"),
    ("O’Higgins «D'Ávila»", "O’Higgins «D'Ávila»"),
    ("Łukasz Žižek Őry Şahin", "Łukasz Žižek Őry Şahin"),
    ("Nguyễn Ngọc Trần", "Nguyễn Ngọc Trần"),
    ("Иван Петров", "Иван Петров"),
    ("Γιώργος", "Γιώργος"),
    ("Jose\u0301 Pen\u0303a", "José Peña"),
    ("Comercial #1 & Cía. $ @ [x] <b> \\ {y} S.A.", "Comercial #1 & Cía. $ @ [x] <b> \\ {y} S.A."),
    ("Cu\u00a0Bo", "Cu Bo"),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("typed", "kept"), ADMITTED)
def test_what_a_person_may_be_called_is_kept_composed(typed: str, kept: str) -> None:
    assert nombre_registrable(typed) == kept
    assert se_dibuja(kept)


REFUSED = [
    ("王小明", "«王» (U+738B)", 1),
    ("Ana محمد", "(U+0645)", 5),
    ("Rosa 📎", "(U+1F4CE)", 6),
    ("acuerdo\u202efdp", "(U+202E)", 8),
    ("a\u2066b", "(U+2066)", 2),
    ("a\u200bb", "(U+200B)", 2),
    ("a\x00b", "(U+0000)", 2),
    ("a\nb", "(U+000A)", 2),
    ("a\x1b[31m", "(U+001B)", 2),
    ("ab\ud800", "(U+D800)", 3),
    ("a\ue000", "(U+E000)", 2),
    ("a\u2028b", "(U+2028)", 2),
    ("\u0301a", "(U+0301)", 1),
    ("a b\u0302\u0304\u0306\u0308\u030a", "(U+0308)", 7),
]


@pytest.mark.parametrize(("typed", "sign", "place"), REFUSED)
def test_what_no_document_draws_is_refused_saying_which_sign_and_where(
    typed: str, sign: str, place: int
) -> None:
    with pytest.raises(LetraNoAdmitida) as refusal:
        nombre_registrable(typed, que="La razón social")
    message = refusal.value.mensaje
    assert message.startswith(f"La razón social tiene en el lugar {place} un signo")
    assert sign in message
    assert message.encode("utf-8"), "the refusal itself can be shown"


def test_a_name_of_signs_only_or_too_long_is_refused() -> None:
    with pytest.raises(NombreSinLetras):
        nombre_registrable("...")
    assert nombre_registrable("x" * 200, largo=200)
    with pytest.raises(NombreMuyLargo, match="201 letras y caben 200"):
        nombre_registrable("x" * 201, largo=200)


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_kept_drawable_or_refused(text: str) -> None:
    try:
        kept = nombre_registrable(text)
    except (LetraNoAdmitida, NombreSinLetras):
        return
    assert se_dibuja(kept)
    assert kept == nombre_registrable(kept), "registering again changes nothing"
    assert kept == unicodedata.normalize("NFC", kept)
    assert not {unicodedata.category(c) for c in kept} & {"Cc", "Cf", "Cs", "Co", "Cn"}


def test_every_latin_letter_of_the_common_blocks_has_its_place() -> None:
    for first, last in ((0x41, 0x24F), (0x1E00, 0x1EFF), (0x400, 0x52F)):
        for c in range(first, last + 1):
            if unicodedata.category(chr(c)).startswith("L"):
                assert nombre_registrable(f"A{chr(c)}"), hex(c)


def test_the_ranges_are_in_order_and_apart() -> None:
    for (first, last), (following, _) in pairwise(RANGOS):
        assert first <= last < following


@pytest.mark.parametrize(
    "name", json.loads((Path(__file__).parent / "muestras/nombres.json").read_text("utf-8"))
)
def test_the_odd_names_seen_outside_are_kept_or_refused_never_kept_undrawable(name: str) -> None:
    try:
        kept = nombre_registrable(name)
    except (LetraNoAdmitida, NombreSinLetras):
        return
    assert se_dibuja(kept)
