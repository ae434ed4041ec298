"""Which interest runs on which rubro of which class (LSS art. 89; C.D. 677 DG 12.ª)."""

from dataclasses import replace
from datetime import date

import pytest

from recaudo.norma.catalogos.obligaciones import clases_de_obligacion
from recaudo.norma.mora.reglas import Regla, regla_de_interes
from recaudo.norma.parametros import cargar_parametros

CLASES = clases_de_obligacion()
HOY = date(2026, 11, 20)


def regla(clase: str, rubro: str, **cambios: str) -> Regla:
    return regla_de_interes(
        clase=replace(CLASES["APORTES"], id=clase, **cambios), rubro=rubro, en=HOY,
        parametros=cargar_parametros(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clase", "rubro", "esperada"),
    [
        ("APORTES", "APORTE_PATRONAL", Regla.LSS_89),
        ("RESPONSABILIDAD_PATRONAL", "CUALQUIERA", Regla.MAXIMA_CONVENCIONAL),
        ("COSTAS", "COSTAS", Regla.NINGUNA),
        ("CUOTA_DE_ACUERDO", "CUOTA_CAPITAL", Regla.LSS_89),
        ("CUOTA_DE_ACUERDO", "INTERES_ACUERDO", Regla.NINGUNA),
    ],
)
def test_the_rule_is_that_of_the_rubro_or_that_of_its_class(
    clase: str, rubro: str, esperada: Regla
) -> None:
    assert regla(clase, rubro) is esperada


@pytest.mark.parametrize("propia", list(Regla))
def test_a_class_that_the_parameter_does_not_name_brings_its_own(propia: Regla) -> None:
    assert regla("DE_OTRO_CUARTO", "*", interes=str(propia)) is propia
