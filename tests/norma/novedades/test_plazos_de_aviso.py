"""Deadlines of events, window of files and open months (LSS 73, COA 158, R-NOV-05, R-NOV-06)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.avisos import Aviso, TipoNovedad, anexo
from recaudo.norma.novedades.plazos_de_aviso import (
    fecha_del_hecho,
    periodos_por_fecha,
    plazo_de_aviso,
    ultimo_dia_de_carga,
)
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario

PARAMETROS = cargar_parametros()
CALENDARIO = cargar_calendario()
DIAS = st.dates(min_value=date(2017, 1, 1), max_value=date(2030, 12, 31))


def _plazo(tipo: TipoNovedad, hecho: date, *cantones: str) -> date:
    return plazo_de_aviso(
        tipo=tipo,
        hecho=hecho,
        cantones=frozenset(cantones),
        calendario=CALENDARIO,
        parametros=PARAMETROS,
    ).fecha_limite


@pytest.mark.parametrize(
    ("tipo", "hecho", "limite"),
    [
        (TipoNovedad.ENT, date(2026, 6, 1), date(2026, 6, 16)),  # LSS 73: fifteen days
        (TipoNovedad.SAL, date(2026, 6, 5), date(2026, 6, 10)),  # Friday + 3 business days
        (TipoNovedad.MSU, date(2026, 6, 1), date(2026, 6, 4)),
        (TipoNovedad.SAL, date(2026, 12, 23), date(2026, 12, 29)),  # Christmas does not count
    ],
)
def test_golden_deadlines(tipo: TipoNovedad, hecho: date, limite: date) -> None:
    assert _plazo(tipo, hecho, "1701") == limite


def test_a_holiday_of_the_canton_of_the_sucursal_lengthens_the_termino() -> None:
    # 25 July is a holiday of Guayaquil; in 2025 it is a Friday.
    assert _plazo(TipoNovedad.SAL, date(2025, 7, 23), "0901") == date(2025, 7, 29)
    assert _plazo(TipoNovedad.SAL, date(2025, 7, 23), "1701") == date(2025, 7, 28)


def test_self_service_lasts_45_days_from_the_event() -> None:
    plazo = plazo_de_aviso(
        tipo=TipoNovedad.ENT,
        hecho=date(2026, 5, 2),
        cantones=frozenset(),
        calendario=CALENDARIO,
        parametros=PARAMETROS,
    )
    assert plazo.fecha_autoservicio == date(2026, 6, 16)
    assert plazo.norma == "LSS art. 73"


@given(st.sampled_from(TipoNovedad), DIAS)
def test_the_deadline_is_after_the_event_and_before_the_procedure(
    tipo: TipoNovedad, hecho: date
) -> None:
    assert hecho < _plazo(tipo, hecho) < hecho + timedelta(days=45)


@pytest.mark.parametrize(
    ("mes", "ultimo"),
    [
        (Periodo(2026, 6), date(2026, 6, 27)),
        (Periodo(2026, 5), date(2026, 5, 26)),  # the 29, Friday, is the last business day
        (Periodo(2026, 2), date(2026, 2, 24)),
    ],
)
def test_files_are_received_until_72_hours_before_the_last_business_day(
    mes: Periodo, ultimo: date
) -> None:
    assert ultimo_dia_de_carga(mes=mes, calendario=CALENDARIO, parametros=PARAMETROS) == ultimo


@given(DIAS)
def test_the_month_of_today_is_always_open_and_the_one_before_only_until_the_closing_day(
    hoy: date,
) -> None:
    abiertos = periodos_por_fecha(hoy=hoy, parametros=PARAMETROS)
    actual = Periodo.de_fecha(hoy)
    assert abiertos == ((actual.anterior(), actual) if hoy.day <= 4 else (actual,))


def test_the_day_of_an_event_without_a_date_of_its_own() -> None:
    comunes = {"sucursal": "0001", "identificacion": "2050019872", "periodo": Periodo(2026, 6)}
    sueldo = Aviso(tipo=TipoNovedad.MSU, **comunes)
    extras = Aviso(tipo=TipoNovedad.INS, **comunes)
    salida = Aviso(tipo=TipoNovedad.SAL, fecha=date(2026, 6, 9), **comunes)
    hoy = date(2026, 6, 16)
    assert fecha_del_hecho(sueldo, hoy=hoy) == date(2026, 6, 1)
    assert fecha_del_hecho(extras, hoy=hoy) == hoy
    assert fecha_del_hecho(extras, hoy=date(2026, 7, 2)) == date(2026, 6, 30)
    assert fecha_del_hecho(salida, hoy=hoy) == date(2026, 6, 9)


def test_the_annex_has_the_nine_causes_of_exit_and_only_o_for_extras() -> None:
    assert "".join(anexo("causa_salida")) == "TVBRSDIFA"
    assert tuple(anexo("causa_variacion")) == ("O",)
    assert tuple(anexo("jornada")) == ("1",)
