"""Interest on arrears, LSS 89: golden amounts, an exact oracle, and what must be refused."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo, Vigencia
from recaudo.norma.mora.factores import FactorMora, tabla_de_factores
from recaudo.norma.mora.interes import (
    CapitalNegativo,
    ConceptoSinInteres,
    Interes,
    calcular_interes,
    regimen_de_mora,
)
from recaudo.norma.mora.reglas import Regla, norma_de_la_regla
from recaudo.norma.mora.tasas import (
    FilaTasa,
    TablaTasas,
    TasaProvisional,
    TasaSinDatos,
    tasas_publicadas,
)
from recaudo.norma.parametros import (
    EstadoVerificacion,
    Parametros,
    SinDatos,
    ValorVigente,
    cargar_parametros,
)

PARAMETROS = cargar_parametros()
CORTE = date(2026, 7, 15)
MIL = Dinero("1000.00")


def _con_base(dias: int) -> Parametros:
    """The same law with another day count (Q3)."""
    original = PARAMETROS.vigente("mora.base_dias", en=CORTE)
    campos = {nombre: getattr(original, nombre) for nombre in ValorVigente.__slots__}
    return PARAMETROS.con("mora.base_dias", [ValorVigente(**{**campos, "valor": dias})])


def _interes(
    *,
    dias: int = 30,
    maxima: str | None = "9.33",
    capital: Dinero = MIL,
    corte: date = CORTE,
    parametros: Parametros = PARAMETROS,
    **otros: object,
) -> Interes:
    return calcular_interes(
        capital=capital,
        vencimiento=corte - timedelta(days=dias),
        corte=corte,
        tasa_maxima=None if maxima is None else Tasa(maxima),
        parametros=parametros,
        **otros,  # type: ignore[arg-type]
    )


def _fila(desde: date, hasta: date, tasa: str, **otros: object) -> FilaTasa:
    estado = EstadoVerificacion.VERIFICADO
    campos = {"estado": estado, "fuente": "prueba", **otros}
    return FilaTasa(desde=desde, hasta=hasta, tasa=Tasa(tasa), **campos)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("maxima", "base", "esperado", "tasa"),
    [
        ("9.33", 365, "10.96", "13.33"),
        ("9.33", 360, "11.11", "13.33"),
        ("8.86", 365, "10.57", "12.86"),
        ("8.86", 360, "10.72", "12.86"),
        ("7.99", 365, "9.85", "11.99"),
        ("7.99", 360, "9.99", "11.99"),
    ],
)
def test_thirty_days_on_a_thousand_dollars(
    maxima: str, base: int, esperado: str, tasa: str
) -> None:
    """LSS art. 89, golden amounts of the rulebook, section 7.1."""
    resultado = _interes(maxima=maxima, parametros=_con_base(base))
    assert (str(resultado.interes), str(resultado.tasa), resultado.dias) == (esperado, tasa, 30)


def test_one_full_year_bears_the_annual_rate() -> None:
    assert _interes(dias=365).interes == Dinero("133.30")


def test_it_runs_from_the_day_after_the_due_date() -> None:
    assert _interes(dias=0).interes == Dinero.CERO
    assert _interes(dias=0).tasa is None
    assert _interes(dias=-5).dias == 0
    assert _interes(dias=1).dias == 1
    assert _interes(dias=1).interes == Dinero("0.37")  # 1000 x 13.33 % / 365 = 0.3652


def test_half_a_cent_goes_up() -> None:
    # 36.50 at 10 % for 5 days: exactly 0.05; at 1 day 0.01; 18.25 for 1 day is exactly 0.005
    assert _interes(dias=1, maxima="6", capital=Dinero("18.25")).interes == Dinero("0.01")
    assert _interes(dias=1, maxima="6", capital=Dinero("18.24")).interes == Dinero("0.00")


@pytest.mark.parametrize(
    ("corte", "esperada"),
    [
        (date(2026, 6, 30), "11.99"),
        (date(2022, 7, 4), "12.86"),
        (date(2018, 12, 31), "13.33"),
        (date(2002, 12, 15), "25.83"),
        (date(2003, 12, 1), "21.70"),
        (date(2006, 12, 15), "17.83"),
        (date(2007, 12, 15), "16.28"),
    ],
)
def test_the_published_month_gives_the_rate_of_the_liquidation_date(
    corte: date, esperada: str
) -> None:
    assert str(_interes(corte=corte, maxima=None).tasa) == esperada


@pytest.mark.parametrize("corte", [date(2026, 7, 1), date(2021, 3, 9), date(2005, 9, 30)])
def test_a_month_without_data_is_refused_by_name(corte: date) -> None:
    with pytest.raises(TasaSinDatos) as rechazo:
        _interes(corte=corte, maxima=None)
    assert rechazo.value.codigo == "TASA_SIN_DATOS"
    assert str(Periodo.de_fecha(corte)) in rechazo.value.mensaje
    assert "en «Tasas», botón «Registrar una tasa»" in rechazo.value.mensaje


def test_a_reconstructed_month_needs_an_officer() -> None:
    corte = date(2015, 3, 20)
    with pytest.raises(TasaProvisional, match="2015-03"):
        _interes(corte=corte, maxima=None)
    regimen = regimen_de_mora(corte=corte, parametros=PARAMETROS)
    with pytest.raises(TasaProvisional):
        regimen.tramos(date(2015, 3, 15))
    with pytest.raises(TasaProvisional):
        tabla_de_factores(corte=corte, vencimientos=[date(2015, 3, 15)], parametros=PARAMETROS)
    admitido = _interes(corte=corte, maxima=None, admitir_provisional=True)
    assert str(admitido.tasa) == "13.33"
    assert admitido.estado_verificacion is EstadoVerificacion.PROVISIONAL


def test_a_provisional_row_that_an_officer_approved_is_used() -> None:
    fila = _fila(
        date(2026, 7, 1),
        date(2026, 8, 1),
        "7.80",
        estado=EstadoVerificacion.PROVISIONAL,
        aprobada=True,
    )
    assert str(_interes(maxima=None, tasas=TablaTasas.de_filas([fila])).tasa) == "11.80"


def test_no_published_month_is_ever_carried_into_another() -> None:
    """Failing twin of the gap: the months with a row are exactly those of the file."""
    tabla = tasas_publicadas()
    con_datos = set()
    for indice in range(12 * 27):
        mes = Periodo(2000, 1).mas(indice)
        try:
            tabla.vigente(mes.primer_dia, admitir_provisional=True)
            tabla.vigente(mes.ultimo_dia, admitir_provisional=True)
        except TasaSinDatos:
            continue
        con_datos.add(mes)
    assert con_datos == {Periodo.de_fecha(fila.desde) for fila in tabla.filas}
    assert {m for m in con_datos if m.anio in {2021, 2023, 2024, 2025}} == set()
    assert {m.mes for m in con_datos if m.anio == 2022} == {1, 7}
    assert {m.mes for m in con_datos if m.anio == 2026} == {6}


def test_rows_of_rates_cannot_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        TablaTasas.de_filas(
            [
                _fila(date(2026, 1, 1), date(2026, 3, 1), "8"),
                _fila(date(2026, 2, 1), date(2026, 4, 1), "9"),
            ]
        )


TRES_MESES = TablaTasas.de_filas(
    [
        _fila(date(2026, 1, 1), date(2026, 2, 1), "8"),
        _fila(date(2026, 2, 1), date(2026, 3, 1), "9"),
        _fila(date(2026, 3, 1), date(2026, 4, 1), "10"),
    ]
)


def test_by_segments_each_day_bears_the_rate_of_its_month() -> None:
    """From 16-jan to 10-mar: 16 days at 12 %, 28 at 13 %, 10 at 14 %, rounded once."""
    resultado = calcular_interes(
        capital=MIL,
        vencimiento=date(2026, 1, 15),
        corte=date(2026, 3, 10),
        tasas=TRES_MESES,
        modo="POR_TRAMOS",
        parametros=PARAMETROS,
    )
    assert [tramo.dias for tramo in resultado.tramos] == [16, 28, 10]
    assert resultado.interes == Dinero("19.07")  # 1000 x (16x12 + 28x13 + 10x14) / 36500 = 19.068
    literal = calcular_interes(
        capital=MIL,
        vencimiento=date(2026, 1, 15),
        corte=date(2026, 3, 10),
        tasas=TRES_MESES,
        parametros=PARAMETROS,
    )
    assert literal.interes == Dinero("20.71")  # 54 days at 14 %: 20.712
    assert literal.modo == "TASA_A_LA_LIQUIDACION"


def test_by_segments_a_gap_in_the_middle_is_refused() -> None:
    con_hueco = TablaTasas.de_filas([TRES_MESES.filas[0], TRES_MESES.filas[2]])
    with pytest.raises(TasaSinDatos, match="2026-02"):
        calcular_interes(
            capital=MIL,
            vencimiento=date(2026, 1, 15),
            corte=date(2026, 3, 10),
            tasas=con_hueco,
            modo="POR_TRAMOS",
            parametros=PARAMETROS,
        )


def test_a_rate_read_from_a_column_of_three_decimals_prints_as_it_was_published() -> None:
    fila = _fila(date(2026, 7, 1), date(2026, 8, 1), "7.990")
    resultado = _interes(maxima=None, tasas=TablaTasas.de_filas([fila]))
    assert str(resultado.tasa) == "11.99"
    assert "7.99 % + 4" in str(resultado.traza)


def test_segments_at_one_rate_equal_the_single_rate() -> None:
    for dias in (1, 45, 800):
        assert (
            _interes(dias=dias, modo="POR_TRAMOS").interes
            == _interes(dias=dias, modo="TASA_A_LA_LIQUIDACION").interes
        )


@pytest.mark.parametrize("concepto", ["APORTES", "FONDO_RESERVA", "DESCUENTO_PRESTAMO"])
def test_the_obligations_of_the_article_bear_interest(concepto: str) -> None:
    assert _interes(concepto=concepto).interes == Dinero("10.96")


def test_other_obligations_do_not_bear_this_interest() -> None:
    with pytest.raises(ConceptoSinInteres, match="RESPONSABILIDAD_PATRONAL no causa"):
        _interes(concepto="RESPONSABILIDAD_PATRONAL")


def test_a_negative_capital_is_refused() -> None:
    with pytest.raises(CapitalNegativo):
        _interes(capital=Dinero("-0.01"))


def test_before_the_law_there_is_no_rule() -> None:
    with pytest.raises(SinDatos):
        _interes(corte=date(2001, 6, 15))


def test_the_trace_tells_the_whole_sum() -> None:
    pasos = [(p.paso, p.valor) for p in _interes().traza]
    assert ("Tasa: máxima convencional 9.33 % + 4 puntos", "13.33 %") in pasos
    assert ("Días del año", "365") in pasos
    assert pasos[-1] == ("Interés, redondeado una vez al centavo", "10.96")


# --- scalar = set = exact oracle -------------------------------------------------------------

capitales = st.integers(0, 10**11).map(Dinero.de_centavos)
vencimientos = st.dates(date(2005, 1, 1), date(2026, 12, 31))
maximas = st.integers(1, 3500).map(lambda n: Tasa(Decimal(n).scaleb(-2)))


def _oraculo(capital: Dinero, vencimiento: date, corte: date, maxima: Tasa) -> int:
    """Cents, day by day in exact fractions, rounded half up at the end."""
    dia, suma = vencimiento + timedelta(days=1), Fraction(0)
    diario = Fraction(maxima.porcentaje + 4) / 100 / 365
    while dia <= corte:
        suma += diario
        dia += timedelta(days=1)
    exacto = capital.centavos * suma
    entero = exacto.numerator // exacto.denominator
    return entero + (1 if exacto - entero >= Fraction(1, 2) else 0)


def _en_sql(capital: Dinero, factor: FactorMora) -> int:
    """What the batch writes: integers only."""
    doble = 2 * factor.denominador
    return (capital.centavos * factor.numerador * 2 + factor.denominador) // doble


@given(
    capital=capitales,
    vencimiento=vencimientos,
    dias=st.integers(-10, 1500),
    maxima=maximas,
    modo=st.sampled_from(["TASA_A_LA_LIQUIDACION", "POR_TRAMOS"]),
)
def test_scalar_set_and_oracle_agree_to_the_cent(
    capital: Dinero, vencimiento: date, dias: int, maxima: Tasa, modo: str
) -> None:
    corte = vencimiento + timedelta(days=dias)
    escalar = calcular_interes(
        capital=capital,
        vencimiento=vencimiento,
        corte=corte,
        tasa_maxima=maxima,
        modo=modo,
        parametros=PARAMETROS,
    )
    (factor,) = tabla_de_factores(
        corte=corte,
        vencimientos=[vencimiento, vencimiento],
        tasa_maxima=maxima,
        modo=modo,
        parametros=PARAMETROS,
    )
    esperado = _oraculo(capital, vencimiento, corte, maxima)
    assert escalar.interes.centavos == esperado
    assert _en_sql(capital, factor) == esperado
    assert (factor.dias, factor.tasa) == (escalar.dias, escalar.tasa)


@given(
    capital=capitales,
    desde=st.integers(0, 85),
    hasta=st.integers(0, 89),
    tasas=st.lists(st.integers(100, 3000), min_size=3, max_size=3),
)
def test_by_segments_scalar_set_and_oracle_agree(
    capital: Dinero, desde: int, hasta: int, tasas: list[int]
) -> None:
    inicio = date(2026, 1, 1)
    vencimiento, corte = inicio + timedelta(days=desde), inicio + timedelta(days=hasta)
    assume(corte >= vencimiento)
    meses = [Periodo(2026, mes) for mes in (1, 2, 3)]
    tabla = TablaTasas.de_filas(
        _fila(m.primer_dia, m.siguiente().primer_dia, str(Tasa(Decimal(t).scaleb(-2))))
        for m, t in zip(meses, tasas, strict=True)
    )
    escalar = calcular_interes(
        capital=capital,
        vencimiento=vencimiento,
        corte=corte,
        tasas=tabla,
        modo="POR_TRAMOS",
        parametros=PARAMETROS,
    )
    (factor,) = tabla_de_factores(
        corte=corte,
        vencimientos=[vencimiento],
        tasas=tabla,
        modo="POR_TRAMOS",
        parametros=PARAMETROS,
    )
    puntos = sum(
        Fraction(tasas[(vencimiento + timedelta(days=n)).month - 1] + 400, 10000)
        for n in range(1, (corte - vencimiento).days + 1)
    )
    exacto = capital.centavos * Fraction(puntos) / 365
    esperado = int(exacto + Fraction(1, 2))
    assert escalar.interes.centavos == esperado
    assert _en_sql(capital, factor) == esperado


def test_the_oracle_catches_one_day_too_many() -> None:
    """Failing twin: counting the due date itself changes the golden amount."""
    assert _interes(dias=31).interes != Dinero("10.96")
    assert _oraculo(MIL, CORTE - timedelta(days=31), CORTE, Tasa("9.33")) == 1132


@given(capital=capitales, vencimiento=vencimientos, dias=st.integers(0, 900), maxima=maximas)
def test_more_days_never_cost_less(
    capital: Dinero, vencimiento: date, dias: int, maxima: Tasa
) -> None:
    uno, otro = (
        calcular_interes(
            capital=capital,
            vencimiento=vencimiento,
            corte=vencimiento + timedelta(days=n),
            tasa_maxima=maxima,
            parametros=PARAMETROS,
        ).interes
        for n in (dias, dias + 1)
    )
    assert uno <= otro


def test_the_table_of_factors_has_one_row_per_due_date_in_order() -> None:
    fechas = [date(2026, 6, 15), date(2026, 3, 16), date(2026, 6, 15), date(2026, 8, 17)]
    filas = tabla_de_factores(
        corte=CORTE, vencimientos=fechas, tasa_maxima=Tasa("9.33"), parametros=PARAMETROS
    )
    assert [f.vencimiento for f in filas] == sorted(set(fechas))
    assert filas[-1].numerador == 0
    assert all(f.denominador > 0 for f in filas)


def test_thirty_years_of_factors_fit_in_sixty_four_bits_for_a_million_dollars() -> None:
    (factor,) = tabla_de_factores(
        corte=CORTE,
        vencimientos=[date(1996, 7, 15)],
        tasa_maxima=Tasa("33.33"),
        parametros=PARAMETROS,
    )
    assert 10**8 * factor.numerador * 2 + factor.denominador < 2**63


def _rp(corte: date, parametros: Parametros = PARAMETROS) -> Interes:
    return _interes(
        maxima="8.00", corte=corte, regla=Regla.MAXIMA_CONVENCIONAL, parametros=parametros
    )


@pytest.mark.parametrize(
    ("corte", "duda"),
    [
        (date(2016, 3, 30), EstadoVerificacion.PROVISIONAL),
        (date(2024, 10, 1), EstadoVerificacion.PROVISIONAL),
        (date(2024, 10, 2), EstadoVerificacion.VERIFICADO),
    ],
)
def test_the_rp_bears_no_points_since_cd_517_and_says_how_sure_it_is(
    corte: date, duda: EstadoVerificacion
) -> None:
    """C.D. 517 DG 5.ª orders the interest without saying which; C.D. 677 DG 12.ª says it."""
    rp = _rp(corte)
    assert rp.tasa == Tasa("8.00")
    cita = "C.D. 517 DG 5.ª" if corte < date(2024, 10, 2) else "C.D. 677 DG 12.ª"
    regla = Regla.MAXIMA_CONVENCIONAL
    assert norma_de_la_regla(regla, en=corte, parametros=PARAMETROS) == cita
    assert norma_de_la_regla(Regla.LSS_89, en=corte, parametros=PARAMETROS) == "LSS art. 89"
    assert PARAMETROS.vigente("mora.puntos_rp", en=corte).estado_verificacion is duda


def test_before_cd_517_the_rp_is_refused_saying_what_is_missing_and_how_to_go_on() -> None:
    corte = date(2016, 3, 29)
    with pytest.raises(SinDatos) as falta:
        _rp(corte)
    for dice in (
        "C.D. 517",
        "norma/parametros/mora/puntos_rp.yaml",
        "liquide a una fecha posterior",
    ):
        assert dice in falta.value.mensaje
    leida = PARAMETROS.vigente("mora.puntos_rp", en=date(2016, 3, 30))
    campos = {nombre: getattr(leida, nombre) for nombre in ValorVigente.__slots__}
    desde = Vigencia.de_fechas_inclusivas(date(2001, 11, 30), None)
    registrada = ValorVigente(**{**campos, "valor": "2", "vigencia": desde})
    assert _rp(corte, PARAMETROS.con("mora.puntos_rp", [registrada])).tasa == Tasa("10.00")
