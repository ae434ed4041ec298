"""The golden cases of contributions: each is an amount a jurist can redo with its article."""

import ast
import operator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from recaudo.kernel.money import Dinero, Tasa, dividir_redondeando
from recaudo.kernel.period import Periodo
from recaudo.norma import aportes
from recaudo.norma.aportes.jornada_parcial import base_jornada_parcial, salud_tiempo_parcial
from recaudo.norma.aportes.seguro_campesino import calcular_aporte_campesino
from recaudo.norma.aportes.voluntario import calcular_tnrh
from recaudo.norma.instrumentos import instrumento_citado
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.yaml_exacto import leer_yaml

CASOS = leer_yaml(Path(__file__).parent / "golden" / "aportes.yaml")
RUBROS = {
    "aporte": aportes.calcular_aporte,
    "voluntario": aportes.calcular_voluntario,
    "extension_conyuge": aportes.calcular_extension_conyuge,
    "tnrh": calcular_tnrh,
    "seguro_campesino": calcular_aporte_campesino,
    "base": aportes.calcular_base,
    "fondo_reserva": aportes.calcular_fondo_reserva,
    "base_jornada_parcial": base_jornada_parcial,
    "salud_tiempo_parcial": salud_tiempo_parcial,
    "ccc": aportes.contribucion_ccc,
}
OPERADORES = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _cuenta(texto):
    """Work out an arithmetic text exactly, reading decimals as written."""

    def valor(nodo):
        if isinstance(nodo, ast.BinOp):
            return OPERADORES[type(nodo.op)](valor(nodo.left), valor(nodo.right))
        return Fraction(ast.get_source_segment(texto, nodo))

    return valor(ast.parse(texto, mode="eval").body)


def _entrada(clave, valor):
    if clave == "periodo":
        return Periodo.de_texto(valor)
    if isinstance(valor, (date, int, bool)) or clave in {"regimen", "tipo_empleador", "nivel"}:
        return valor
    return Dinero(valor)


def _obtenido(resultado, rubro):
    if isinstance(resultado, Dinero):
        return resultado
    reparto = getattr(resultado, "distribucion", {})
    return reparto[rubro] if rubro in reparto else getattr(resultado, rubro)


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["nombre"])
def test_golden_case_of_contributions(caso):
    entrada = {clave: _entrada(clave, valor) for clave, valor in caso["entrada"].items()}
    parametros = cargar_parametros(caso.get("perfil", ""))
    resultado = RUBROS[caso["rubro"]](**entrada, parametros=parametros)
    for rubro, esperado in caso["esperado"].items():
        if rubro == "estado_verificacion":
            assert resultado.estado_verificacion == esperado
            continue
        cuenta = _cuenta(esperado["cuenta"]) * 100
        assert dividir_redondeando(cuenta.numerator, cuenta.denominator) == int(
            Dinero(esperado["importe"]).centavos
        ), f"{rubro}: the arithmetic does not give the amount written beside it"
        assert _obtenido(resultado, rubro) == Dinero(esperado["importe"]), rubro
    for paso in getattr(resultado, "traza", ()):
        for cita in paso.norma.split("; "):
            assert instrumento_citado(cita), f"{paso.paso}: {cita!r} is not on file"


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["nombre"])
def test_every_golden_case_names_an_instrument_on_file(caso):
    for cita in caso["articulo"].split(";"):
        assert instrumento_citado(cita.strip().partition(",")[0]), cita


def test_two_roundings_would_not_give_the_planilla_of_241():
    base = Dinero("241.00")
    por_separado = Tasa("9.45").aplicar(base) + Tasa("11.15").aplicar(base)
    assert por_separado == Dinero("49.64")  # what the rule R-BAS-20 exists to avoid
    periodo = Periodo(2026, 3)
    aporte = aportes.calcular_aporte(
        regimen="PRIVADO", periodo=periodo, base=base, parametros=cargar_parametros()
    )
    assert aporte.total == Dinero("49.65")


def test_the_published_patronal_of_2025_is_the_separate_rounding_not_a_third_part():
    assert Tasa("11.15").aplicar(Dinero(470)) == Dinero("52.41")
    assert Dinero("44.42") + Dinero("52.41") != Dinero("96.82")
