"""What the contribution rules refuse, leave open and explain."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes import (
    base_minima,
    calcular_aporte,
    calcular_base,
    calcular_fondo_reserva,
    calcular_voluntario,
    contribucion_ccc,
    salario_basico,
    tarifa_vigente,
    tarifas_del_periodo,
)
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.aportes.jornada_parcial import dias_jornada_parcial, salud_tiempo_parcial
from recaudo.norma.aportes.seguro_campesino import calcular_aporte_campesino
from recaudo.norma.aportes.voluntario import calcular_tnrh
from recaudo.norma.catalogos import regimenes, tipos_empleador
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros

P = cargar_parametros()
JUNIO = Periodo(2026, 6)


def _aporte(**cambios):
    return calcular_aporte(
        **{
            "regimen": "PRIVADO",
            "periodo": JUNIO,
            "base": Dinero(482),
            "parametros": P,
            **cambios,
        }
    )


@pytest.mark.parametrize(
    ("cambios", "codigo", "dice"),
    [
        ({"regimen": "AZUCARERA_TEMPORAL"}, "SIN_DATOS", "aportes.tasas.azucarera_temporal"),
        ({"regimen": "CLERO_SECULAR"}, "SIN_DATOS", "aportes.tasas.clero_secular"),
        ({"regimen": "PRIVADO", "periodo": Periodo(2005, 1)}, "SIN_DATOS", "2005"),
        ({"regimen": "PUBLICO", "periodo": Periodo(2013, 12)}, "SIN_DATOS", "31/12/2013"),
        ({"regimen": "TNRH", "periodo": Periodo(2015, 8)}, "SIN_DATOS", "tnrh"),
        ({"regimen": "GRAFICOS"}, "REGIMEN_DESCONOCIDO", "PRIVADO"),
        ({"base": Dinero("-0.01")}, "BASE_NEGATIVA", "negativa"),
        ({"tipo_empleador": "OTRO"}, "TIPO_EMPLEADOR_DESCONOCIDO", "DOMESTICO"),
        ({"tipo_empleador": "PUBLICO"}, "TIPO_EMPLEADOR_NO_CORRESPONDE", "Magisterio fiscal"),
        (
            {"regimen": "BANCARIO_MUNICIPAL", "tipo_empleador": "BANCA_MUNI_DESC_NOTARIA"},
            "NATURALEZA_SIN_DEFINIR",
            "BANCA_PRIVADA",
        ),
        (
            {"regimen": "MAGISTERIO_FISCAL", "exigir_distribucion": True},
            "SIN_DATOS",
            "aportes.distribucion.magisterio_fiscal",
        ),
    ],
)
def test_what_is_not_known_or_does_not_fit_is_refused_by_name(cambios, codigo, dice):
    with pytest.raises(Rechazo) as rechazo:
        _aporte(**cambios)
    assert rechazo.value.codigo == codigo
    assert dice in rechazo.value.mensaje


def test_a_regime_without_distribution_still_gives_its_total_and_says_what_is_missing():
    aporte = _aporte(regimen="MAGISTERIO_FISCAL")
    assert aporte.distribucion == {}
    assert aporte.total == Dinero("98.81")
    assert any("SIN_DATOS" in paso.valor for paso in aporte.traza)
    completo = _aporte()
    assert not any("SIN_DATOS" in paso.valor for paso in completo.traza)


def test_a_private_employer_of_no_named_kind_is_supposed_a_company_and_the_trace_says_so():
    aporte = _aporte()
    assert aporte.ccc == Dinero("4.82")
    assert any("que se supone" in paso.paso for paso in aporte.traza)
    dicho = _aporte(tipo_empleador="PRIV_SOCIEDAD")
    assert dicho.ccc == aporte.ccc
    assert not any("que se supone" in paso.paso for paso in dicho.traza)
    assert _aporte(tipo_empleador="DOMESTICO").ccc == Dinero.CERO


def test_without_kind_of_employer_no_other_regime_is_charged_the_ccc_and_the_trace_says_so():
    aporte = _aporte(regimen="BANCARIO_MUNICIPAL")
    assert aporte.ccc == Dinero.CERO
    assert any("sin tipo de empleador" in paso.paso for paso in aporte.traza)


def test_an_employer_kind_never_adds_ccc_to_who_has_no_employer():
    aporte = _aporte(regimen="SRD_VOLUNTARIO", tipo_empleador="PRIV_SOCIEDAD")
    assert aporte.ccc == Dinero.CERO


def test_the_doubt_of_the_worst_ingredient_reaches_the_result():
    assert _aporte().estado_verificacion is EstadoVerificacion.SECUNDARIO
    exterior = _aporte(regimen="SERVICIO_EXTERIOR")
    assert exterior.estado_verificacion is EstadoVerificacion.RECONSTRUIDO
    conyuge = _aporte(regimen="EXT_CONYUGE")
    assert conyuge.estado_verificacion is EstadoVerificacion.PROVISIONAL


def test_the_trace_can_be_followed_with_a_pencil():
    pasos = {paso.paso: paso.valor for paso in _aporte(tipo_empleador="PRIV_SOCIEDAD").traza}
    assert pasos["Base de aportación"] == "482.00"
    assert pasos["Régimen PRIVADO, período 2026-06: tasa total"] == "20.60 %"
    assert pasos["Total = 482.00 × 20.60 %, redondeado una sola vez"] == "99.29"
    assert pasos["Aporte personal = 482.00 × 9.45 %"] == "45.55"
    assert pasos["Aporte patronal = total − personal"] == "53.74"
    assert pasos["Distribución a SALUD: 5.16 puntos"] == "24.87"
    assert pasos["Contribución CCC de PRIV_SOCIEDAD: 1.00 %"] == "4.82"


def test_the_frontier_of_2015_says_which_table_was_taken():
    pasos = _aporte(periodo=Periodo(2015, 10)).traza
    assert any(p.paso.startswith("Frontera") and "31/10/2015" in p.valor for p in pasos)
    pasos = _aporte(periodo=Periodo(2015, 10), pago_oportuno=date(2015, 11, 10)).traza
    assert any(p.paso.startswith("Frontera") and "30/11/2015" in p.valor for p in pasos)
    assert not any(p.paso.startswith("Frontera") for p in _aporte().traza)


def test_an_on_time_payment_in_october_keeps_the_old_table():
    def salud(**cambios):
        return _aporte(periodo=Periodo(2015, 10), base=Dinero(1000), **cambios).distribucion[
            "SALUD"
        ]

    assert salud(pago_oportuno=date(2015, 10, 31)) == Dinero("57.10")
    assert salud(pago_oportuno=date(2015, 11, 1)) == Dinero("99.40")


def test_beyond_its_frontier_the_day_of_the_payment_changes_no_table():
    """C.D. 501: the table is that of the month of the work; the frontier is one month."""
    for periodo in (Periodo(2015, 9), Periodo(2015, 11), Periodo(2018, 1), JUNIO):
        sin, con = (
            _aporte(periodo=periodo, pago_oportuno=dia)
            for dia in (None, periodo.siguiente().primer_dia)
        )
        assert (sin.total, sin.distribucion) == (con.total, con.distribucion), periodo


def test_each_step_of_a_contribution_cites_the_table_that_it_used():
    citas = {p.paso.split(" a ")[0].split(" de ")[0]: p.norma for p in _aporte().traza}
    for paso, clave in (
        ("Aporte personal = 482.00 × 9.45 %", "aportes.tasas.privado"),
        ("Distribución", "aportes.distribucion.privado"),
        ("Contribución CCC", "aportes.ccc"),
    ):
        assert citas[paso] == P.vigente(clave, en=JUNIO.ultimo_dia).norma


def test_the_contribution_of_the_ssc_tells_its_doubt_where_there_is_one():
    """Q9 of the rulebook: since 2023 the formula and the published figures disagree."""
    for periodo, dudoso in ((Periodo(2022, 12), False), (Periodo(2023, 1), True), (JUNIO, True)):
        aporte = calcular_aporte_campesino(periodo=periodo, parametros=P)
        assert (aporte.estado_verificacion is EstadoVerificacion.PROVISIONAL) is dudoso, periodo
        assert any(paso.paso == "Duda" for paso in aporte.traza) is dudoso, periodo


def test_only_usable_tariffs_are_offered_for_emission():
    tarifas = tarifas_del_periodo(JUNIO, P)
    assert {t.regimen for t in tarifas} == {
        "PRIVADO",
        "BANCARIO_MUNICIPAL",
        "PUBLICO",
        "SERVICIO_EXTERIOR",
        "SRD_VOLUNTARIO",
        "EXT_CONYUGE",
    }
    assert all(t.distribuida for t in tarifas)
    assert {t.regimen for t in tarifas if t.paga_ccc} == {"PRIVADO", "BANCARIO_MUNICIPAL"}
    sin_exigir = tarifas_del_periodo(JUNIO, P, exigir_distribucion=False)
    assert {"TNRH", "MAGISTERIO_FISCAL"} <= {t.regimen for t in sin_exigir}


@pytest.mark.parametrize("periodo", [Periodo(2015, 11), Periodo(2021, 4), JUNIO])
def test_the_tariffs_of_emission_are_those_of_each_regime_asked_alone(periodo):
    for tarifa in tarifas_del_periodo(periodo, P, exigir_distribucion=False):
        tipo = None
        if tarifa.paga_ccc:
            tipo = {"PRIVADO": "PRIV_SOCIEDAD", "BANCARIO_MUNICIPAL": "BANCA_PRIVADA"}[
                tarifa.regimen
            ]
        sola = tarifa_vigente(
            regimen=tarifa.regimen, periodo=periodo, parametros=P, tipo_empleador=tipo
        )
        assert tarifa == sola


@pytest.mark.parametrize(
    ("clave", "cambio", "dice"),
    [
        ("tasas", {"patronal": Decimal("11.16")}, "do not add up to total"),
        ("distribucion", {"IVM": (Decimal("6.65"), Decimal("4.31"))}, "personal parts"),
        ("distribucion", {"OTRO": (Decimal("0.00"), Decimal("0.00"))}, "the seguros are"),
        ("distribucion", {"IVM": (Decimal("6.64"), Decimal("4.33"))}, "distribution adds to"),
    ],
)
def test_tables_that_do_not_close_never_reach_an_amount(clave, cambio, dice):
    completa = f"aportes.{clave}.privado"
    ultima = P.historia(completa)[-1]
    rota = replace(ultima, valor={**ultima.tabla, **cambio})
    assert _aporte(parametros=P.con(completa, [ultima])).total == Dinero("99.29")
    with pytest.raises(ValueError, match=dice):
        _aporte(parametros=P.con(completa, [rota]))


def test_every_kind_of_employer_with_a_known_nature_gets_a_tariff_for_its_regime():
    for tipo in tipos_empleador().values():
        assert {tipo.regimen, *tipo.otros_regimenes} <= regimenes().keys()
        if tipo.paga_ccc is None:
            continue
        tarifa = tarifa_vigente(
            regimen=tipo.regimen, periodo=JUNIO, parametros=P, tipo_empleador=tipo.id
        )
        assert (tarifa.ccc > 0) == tipo.paga_ccc


def test_the_ccc_of_a_planilla_is_rounded_once_on_the_sum_not_line_by_line():
    base, lineas = Dinero("482.49"), 10
    por_linea = _aporte(base=base, tipo_empleador="PRIV_SOCIEDAD").ccc * lineas
    de_la_planilla = contribucion_ccc(
        masa_salarial=base * lineas, periodo=JUNIO, tipo_empleador="PRIV_SOCIEDAD", parametros=P
    )
    assert (por_linea, de_la_planilla) == (Dinero("48.20"), Dinero("48.25"))


@pytest.mark.parametrize("anio", range(2000, 2027))
def test_the_salario_basico_of_every_year_is_known_and_sourced(anio):
    sbu = salario_basico(periodo=Periodo(anio, 7), parametros=P)
    assert sbu.dinero > Dinero.CERO
    assert sbu.fuente


@pytest.mark.parametrize("periodo", [Periodo(1999, 12), Periodo(2027, 1)])
def test_a_year_without_salario_basico_is_refused_naming_the_table(periodo):
    with pytest.raises(Rechazo, match="sbu"):
        salario_basico(periodo=periodo, parametros=P)


@pytest.mark.parametrize(("dias", "importe"), [(0, "0.00"), (1, "16.07"), (30, "482.00")])
def test_the_base_is_the_salary_of_thirty_days_in_proportion(dias, importe):
    assert calcular_base(sueldo=Dinero(482), dias=dias, parametros=P).base == Dinero(importe)


@pytest.mark.parametrize(
    "cambios", [{"dias": 31}, {"dias": -1}, {"sueldo": Dinero(-1)}, {"extras": Dinero(-1)}]
)
def test_days_and_amounts_out_of_range_are_refused(cambios):
    with pytest.raises(Rechazo) as rechazo:
        calcular_base(**{"sueldo": Dinero(482), "parametros": P, **cambios})
    assert rechazo.value.codigo in {"DIAS_FUERA_DE_RANGO", "SUELDO_NEGATIVO"}


@pytest.mark.parametrize(
    ("periodo", "entrada", "salida", "dias"),
    [
        (JUNIO, None, None, 30),
        (JUNIO, date(2026, 6, 1), None, 30),
        (JUNIO, date(2026, 6, 26), None, 5),
        (JUNIO, date(2026, 6, 30), None, 1),
        (Periodo(2026, 7), date(2026, 7, 31), None, 1),
        (JUNIO, None, date(2026, 6, 10), 10),
        (Periodo(2026, 7), None, date(2026, 7, 31), 30),
        (JUNIO, date(2026, 6, 10), date(2026, 6, 10), 1),
        (JUNIO, date(2026, 6, 10), date(2026, 6, 19), 10),
        (JUNIO, date(2026, 5, 20), date(2026, 7, 2), 30),
        (JUNIO, date(2026, 7, 1), None, 0),
        (JUNIO, None, date(2026, 5, 31), 0),
        (Periodo(2026, 2), date(2026, 2, 15), None, 16),
    ],
)
def test_days_of_entry_and_exit_follow_the_month_of_thirty(periodo, entrada, salida, dias):
    assert dias_del_periodo(periodo=periodo, entrada=entrada, salida=salida, parametros=P) == dias


def test_an_exit_before_the_entry_is_refused():
    with pytest.raises(Rechazo, match="anterior"):
        dias_del_periodo(
            periodo=JUNIO, entrada=date(2026, 6, 2), salida=date(2026, 6, 1), parametros=P
        )


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 900))
def test_days_of_a_period_stay_between_none_and_thirty(entrada, duracion):
    salida = date.fromordinal(entrada.toordinal() + duracion)
    for periodo in (Periodo.de_fecha(entrada), Periodo.de_fecha(salida), JUNIO):
        dias = dias_del_periodo(periodo=periodo, entrada=entrada, salida=salida, parametros=P)
        assert 0 <= dias <= 30
    inicio = Periodo.de_fecha(entrada)
    assert dias_del_periodo(periodo=inicio, entrada=entrada, salida=salida, parametros=P) >= 1


def test_the_least_base_is_the_greater_of_sbu_and_sectoral_in_proportion():
    assert base_minima(periodo=JUNIO, parametros=P).base == Dinero(482)
    assert base_minima(periodo=JUNIO, parametros=P, dias=15).base == Dinero(241)
    sectorial = base_minima(periodo=JUNIO, parametros=P, minimo_sectorial=Dinero("520.00"))
    assert sectorial.base == Dinero(520)
    bajo = base_minima(periodo=JUNIO, parametros=P, minimo_sectorial=Dinero("400.00"))
    assert bajo.base == Dinero(482)


@pytest.mark.parametrize(
    ("cumple", "dias"),
    [
        (None, 30),
        (date(2026, 5, 31), 30),
        (date(2026, 6, 1), 29),
        (date(2026, 6, 29), 1),
        (date(2026, 6, 30), 0),
        (date(2026, 7, 1), 0),
    ],
)
def test_the_fondo_de_reserva_starts_the_day_after_the_year(cumple, dias):
    fondo = calcular_fondo_reserva(
        base=Dinero(3000), periodo=JUNIO, cumple_anio_en=cumple, parametros=P
    )
    assert fondo.dias == dias
    assert fondo.base == Dinero(100) * dias
    assert bool(fondo.fondo_reserva) == (dias > 0)


def test_completing_the_year_on_the_last_day_of_february_leaves_nothing_for_that_month():
    fondo = calcular_fondo_reserva(
        base=Dinero(3000),
        periodo=Periodo(2026, 2),
        cumple_anio_en=date(2026, 2, 28),
        parametros=P,
    )
    assert (fondo.dias, fondo.fondo_reserva) == (0, Dinero.CERO)


def test_before_the_monthly_deposit_existed_there_is_no_fondo_de_reserva_amount():
    with pytest.raises(Rechazo, match="Fondo de reserva"):
        calcular_fondo_reserva(base=Dinero(100), periodo=Periodo(2009, 6), parametros=P)


@pytest.mark.parametrize(
    ("horas", "dias"), [(4, 15), (5, 18), (6, 22), (7, 26), (8, 30), (Decimal("4.5"), 16)]
)
def test_part_time_days_are_the_whole_part(horas, dias):
    assert dias_jornada_parcial(horas_diarias=horas, parametros=P) == dias


@pytest.mark.parametrize("horas", [0, -1, 9, Decimal("8.01")])
def test_hours_outside_a_working_day_are_refused(horas):
    with pytest.raises(Rechazo, match="horas diarias"):
        dias_jornada_parcial(horas_diarias=horas, parametros=P)


def test_part_time_health_is_never_negative_and_uses_the_category_minimum():
    def importe(base, **cambios):
        return salud_tiempo_parcial(
            base_real=Dinero(base),
            periodo=JUNIO,
            parametros=P,
            tiene_jornada_completa_en_otro_empleador=False,
            **cambios,
        ).importe

    assert importe(482) == importe(900) == Dinero.CERO
    assert importe(241, minimo_categoria=Dinero(541)) == Dinero("13.23")  # 300 × 4,41 %
    assert importe(241, minimo_categoria=Dinero(100)) == Dinero("10.63")


def test_a_voluntary_income_under_the_sbu_is_raised_and_the_trace_says_so():
    aporte = calcular_voluntario(ingreso=Dinero(100), periodo=JUNIO, parametros=P)
    assert aporte.base == Dinero(482)
    assert any("Sube al salario básico" in paso.paso for paso in aporte.traza)
    alto = calcular_voluntario(ingreso=Dinero(600), periodo=JUNIO, parametros=P)
    assert not any("Sube al salario básico" in paso.paso for paso in alto.traza)


def test_the_levels_of_unpaid_work_at_home_are_reconstructed_and_closed():
    aporte = calcular_tnrh(nivel="NIVEL_2", periodo=JUNIO, parametros=P)
    assert aporte.base == Dinero(241)
    assert aporte.estado_verificacion is EstadoVerificacion.RECONSTRUIDO
    with pytest.raises(Rechazo, match="NIVEL_1"):
        calcular_tnrh(nivel="NIVEL_5", periodo=JUNIO, parametros=P)
