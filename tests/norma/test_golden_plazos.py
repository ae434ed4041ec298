"""The golden cases of due dates, days and términos: each with the article a jurist can open."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.instrumentos import instrumento_citado
from recaudo.norma.parametros import Parametros, cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import contar_termino
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla
from recaudo.norma.yaml_exacto import leer_yaml

CASOS = leer_yaml(Path(__file__).parent / "golden" / "plazos.yaml")
Datos = Mapping[str, Any]


def vencimiento(d: Datos, parametros: Parametros) -> dict[str, object]:
    r = vencimiento_de_planilla(
        Periodo.de_texto(d["periodo"]), cargar_calendario(), parametros,
        provincia=d.get("provincia"),
    )  # fmt: skip
    return {"vence": r.fecha, "ordinario": r.ordinaria}


def dias(d: Datos, parametros: Parametros) -> dict[str, object]:
    return {
        "dias": dias_del_periodo(
            periodo=Periodo.de_texto(d["periodo"]),
            parametros=parametros,
            entrada=d.get("entrada"),
            salida=d.get("salida"),
        )
    }


def termino(d: Datos, _parametros: Parametros) -> dict[str, object]:
    r = contar_termino(
        notificado=d["notificado"], dias=d["dias"], cantones=frozenset(d["cantones"]),
        calendario=cargar_calendario(),
    )  # fmt: skip
    return {"vence_min": r.vence_min, "vence_max": r.vence_max}


RUBROS: Mapping[str, Callable[[Datos, Parametros], dict[str, object]]] = {
    "vencimiento": vencimiento,
    "dias": dias,
    "termino": termino,
}


@pytest.mark.parametrize("caso", CASOS, ids=[c["nombre"] for c in CASOS])
def test_each_case_gives_what_its_article_says(caso: Datos) -> None:
    assert instrumento_citado(caso["articulo"]) is not None
    assert RUBROS[caso["rubro"]](caso["entrada"], cargar_parametros()) == caso["esperado"]


def test_the_cases_catch_a_rule_that_is_wrong() -> None:
    """Failing twins: an extension forgotten, and the other reading of 28 february."""
    sin_prorrogas = _con(cargar_parametros(), "planilla.prorrogas", ())
    por_dia = _con(cargar_parametros(), "aportes.fin_de_febrero", "DIA_CALENDARIO")
    assert _fallan(sin_prorrogas) == {"Octubre de 2025 en Imbabura, prorrogado"}
    assert _fallan(por_dia) == {
        "Febrero completo y sale el 28, treinta días",
        "Febrero bisiesto completo y sale el 29",
    }


def _con(parametros: Parametros, clave: str, valor: object) -> Parametros:
    from dataclasses import replace

    return parametros.con(clave, [replace(parametros.historia(clave)[0], valor=valor)])


def _fallan(parametros: Parametros) -> set[str]:
    return {
        c["nombre"] for c in CASOS if RUBROS[c["rubro"]](c["entrada"], parametros) != c["esperado"]
    }
