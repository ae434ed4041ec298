"""Scalar, table of residues and numpy give the same cents as an independent slow reading."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaudo.kernel.money import Dinero, repartir
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes import (
    COLUMNAS,
    SEGUROS,
    Tarifa,
    aporte_en_centavos,
    calcular_aporte,
    tabla_de_residuos,
    tarifa_vigente,
    tarifas_del_periodo,
)
from recaudo.norma.aportes.vectorial import aportes_de_muchos
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros
from tests.norma import oraculo_aportes

PARAMETROS = cargar_parametros()
PERIODOS = [
    Periodo(2014, 5), Periodo(2015, 10), Periodo(2015, 11), Periodo(2016, 1), Periodo(2017, 1),
    Periodo(2018, 1), Periodo(2019, 1), Periodo(2020, 12), Periodo(2021, 1), Periodo(2026, 6),
]  # fmt: skip
VIGENTES = [
    tarifa
    for periodo in PERIODOS
    for tarifa in tarifas_del_periodo(periodo, PARAMETROS, exigir_distribucion=False)
]
BASES = st.integers(min_value=0, max_value=10**11)


@st.composite
def tarifas_posibles(draw):
    """Any tariff whose distribution closes, not only those of the law so far."""
    seguros = draw(
        st.lists(st.integers(0, 2_000), min_size=len(SEGUROS), max_size=len(SEGUROS)).filter(any)
    )
    total = sum(seguros)
    return Tarifa(
        regimen="HIPOTETICO",
        paga_ccc=True,
        personal=draw(st.integers(0, total)),
        total=total,
        ccc=draw(st.integers(0, 500)),
        seguros=tuple(seguros),
        distribuida=True,
        estado_verificacion=EstadoVerificacion.PROVISIONAL,
        citas=("Decisión de diseño",),
    )


TARIFAS = st.one_of(st.sampled_from(VIGENTES), tarifas_posibles())


def _por_la_tabla(base, tabla, tarifa):
    """The way SQL does it: join on the residue, multiply the quotient by the rates, add."""
    cociente, residuo = divmod(base, 10_000)
    fila = tabla[residuo]
    assert fila[0] == residuo
    return tuple(
        parte + cociente * tasa for parte, tasa in zip(fila[1:], tarifa.tasas, strict=True)
    )


@given(BASES, TARIFAS)
def test_the_core_equals_the_slow_reading_to_the_cent(base, tarifa):
    assert tuple(aporte_en_centavos(base, tarifa)) == oraculo_aportes.aporte(base, tarifa)


@settings(max_examples=25)
@given(TARIFAS, st.lists(BASES, max_size=40))
def test_residues_and_numpy_equal_the_core_to_the_cent(tarifa, bases):
    tabla = tabla_de_residuos(tarifa)
    muchos = aportes_de_muchos(np.array(bases, dtype=np.int64), tarifa)
    assert muchos.shape == (len(bases), len(COLUMNAS))
    for base, fila in zip(bases, muchos.tolist(), strict=True):
        esperado = oraculo_aportes.aporte(base, tarifa)
        assert _por_la_tabla(base, tabla, tarifa) == esperado
        assert tuple(fila) == esperado


@pytest.mark.parametrize("tarifa", VIGENTES[-8:], ids=lambda t: f"{t.regimen}-{t.paga_ccc}")
def test_every_residue_of_the_tariffs_in_force_equals_the_slow_reading(tarifa):
    for fila in tabla_de_residuos(tarifa)[::7]:
        assert fila[1:] == oraculo_aportes.aporte(fila[0], tarifa)


@given(BASES, TARIFAS)
def test_the_parts_of_a_contribution_always_add_up(base, tarifa):
    aporte = aporte_en_centavos(base, tarifa)
    assert aporte.personal + aporte.patronal == aporte.total
    assert aporte.patronal >= 0
    if tarifa.distribuida:
        assert sum(aporte.seguros) == aporte.total
        assert all(
            parte == 0
            for parte, tasa in zip(aporte.seguros, tarifa.seguros, strict=True)
            if tasa == 0
        )


@given(BASES, BASES, TARIFAS)
def test_a_higher_base_never_pays_less(una, otra, tarifa):
    menor, mayor = sorted((una, otra))
    assert aporte_en_centavos(menor, tarifa).total <= aporte_en_centavos(mayor, tarifa).total
    assert aporte_en_centavos(menor, tarifa).ccc <= aporte_en_centavos(mayor, tarifa).ccc


@given(BASES, st.sampled_from(["PRIVADO", "BANCARIO_MUNICIPAL", "PUBLICO", "SRD_VOLUNTARIO"]))
def test_the_explained_amount_is_the_core_in_dollars(centavos, regimen):
    periodo = Periodo(2026, 6)
    base = Dinero.de_centavos(centavos)
    aporte = calcular_aporte(regimen=regimen, periodo=periodo, base=base, parametros=PARAMETROS)
    tarifa = tarifa_vigente(regimen=regimen, periodo=periodo, parametros=PARAMETROS)
    nucleo = aporte_en_centavos(centavos, tarifa)
    assert (aporte.personal.centavos, aporte.total.centavos) == (nucleo.personal, nucleo.total)
    assert aporte.patronal == aporte.total - aporte.personal
    pesos = dict(zip(SEGUROS, tarifa.seguros, strict=True))
    assert aporte.distribucion == repartir(aporte.total, pesos)
    assert str(aporte.total) in {paso.valor for paso in aporte.traza}
    assert all(paso.norma for paso in aporte.traza)


def test_sql_joins_the_residues_and_gets_the_same_cents():
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    bases = [0, 1, 9_999, 10_000, 24_100, 47_000, 48_200, 123_456_789]
    base_de_datos = sqlite3.connect(":memory:")
    base_de_datos.execute("create table residuo (residuo integer primary key, personal, total)")
    base_de_datos.executemany(
        "insert into residuo values (?, ?, ?)", [fila[:3] for fila in tabla_de_residuos(tarifa)]
    )
    base_de_datos.execute("create table linea (base integer)")
    base_de_datos.executemany("insert into linea values (?)", [(base,) for base in bases])
    filas = base_de_datos.execute(
        "select base, personal + base / 10000 * ?, total + base / 10000 * ?"
        " from linea join residuo on residuo = base % 10000",
        (tarifa.personal, tarifa.total),
    ).fetchall()
    base_de_datos.close()
    assert len(filas) == len(bases)
    for base, personal, total in filas:
        assert (personal, total) == aporte_en_centavos(base, tarifa)[:2]


def test_the_slow_reading_would_notice_two_roundings_or_a_careless_split():
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    base = 24_100
    esperado = oraculo_aportes.aporte(base, tarifa)
    dos_vueltas = oraculo_aportes.redondear(Fraction(base * tarifa.personal, 10_000))
    dos_vueltas += oraculo_aportes.redondear(Fraction(base * tarifa.patronal, 10_000))
    assert dos_vueltas != esperado[1]
    truncado = [esperado[1] * tasa // tarifa.total for tasa in tarifa.seguros]
    assert sum(truncado) != esperado[1]


def test_equal_rates_share_a_key_and_different_rates_do_not():
    junio, julio, publico = (
        tarifa_vigente(regimen=regimen, periodo=Periodo(2026, mes), parametros=PARAMETROS)
        for regimen, mes in (("PRIVADO", 6), ("PRIVADO", 7), ("PUBLICO", 6))
    )
    assert junio.clave == julio.clave
    assert junio.clave != publico.clave
    assert replace(junio, personal=944).clave != junio.clave
    assert len(junio.clave) == 12


@pytest.mark.parametrize(
    "cambio",
    [
        {"personal": 2_061},
        {"personal": -1},
        {"ccc": -1},
        {"total": 2_061},
        {"seguros": (2_060,)},
        {"distribuida": False},
        {"seguros": (0,) * 8},
    ],
)
def test_a_tariff_that_does_not_close_cannot_be_built(cambio):
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    assert replace(tarifa) == tarifa
    with pytest.raises(ValueError, match="PRIVADO"):
        replace(tarifa, **cambio)


@pytest.mark.parametrize(
    ("bases", "falla"),
    [
        (np.array([-1], dtype=np.int64), ValueError),
        (np.array([2**62], dtype=np.int64), ValueError),
        (np.array([1.5]), TypeError),
        (np.array([1], dtype=np.int32), TypeError),
    ],
)
def test_arrays_that_would_lose_exactness_are_refused(bases, falla):
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    with pytest.raises(falla):
        aportes_de_muchos(bases, tarifa)


def test_the_largest_base_is_the_last_whose_cents_fit_in_64_bits():
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    maxima = 2**62 // 10_000  # a rate is of ten-thousandths: the product must stay below 2**62
    (fila,) = aportes_de_muchos(np.array([maxima], dtype=np.int64), tarifa).tolist()
    assert tuple(fila) == oraculo_aportes.aporte(maxima, tarifa)
    with pytest.raises(ValueError, match="beyond exact"):
        aportes_de_muchos(np.array([maxima + 1], dtype=np.int64), tarifa)


def test_a_negative_base_never_reaches_the_core():
    tarifa = tarifa_vigente(regimen="PRIVADO", periodo=Periodo(2026, 6), parametros=PARAMETROS)
    with pytest.raises(ValueError, match="negative"):
        aporte_en_centavos(-1, tarifa)


def test_importing_the_contributions_loads_neither_numpy_nor_django():
    codigo = (
        "import sys, recaudo.norma.aportes;"
        "sys.exit(1 if {'numpy', 'django'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", codigo], check=False).returncode == 0
