"""Due dates of planillas, validity of comprobantes, and the day of the glosa."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.period import Periodo
from recaudo.norma.glosas.plazos_de_glosa import fecha_de_glosa, termino_de_glosa
from recaudo.norma.parametros import EstadoVerificacion, Parametros, SinDatos, cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.comprobante import validez_de_comprobante
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla
from tests.norma.plazos import oraculo


def _vence(periodo: Periodo) -> date:
    return vencimiento_de_planilla(periodo, cargar_calendario(), cargar_parametros()).fecha


@pytest.mark.parametrize(
    ("periodo", "esperado"),
    [
        (Periodo(2026, 5), date(2026, 6, 15)),  # Monday
        (Periodo(2026, 7), date(2026, 8, 17)),  # 15-ago is Saturday
        (Periodo(2026, 10), date(2026, 11, 16)),  # 15-nov is Sunday
        (Periodo(2026, 12), date(2027, 1, 15)),  # another year
        (Periodo(2021, 1), date(2021, 2, 17)),  # 15 and 16-feb are Carnival
        (Periodo(2009, 1), date(2009, 2, 16)),  # before the 2016 law, 15-feb is Sunday
    ],
)
def test_a_planilla_is_due_on_day_15_or_the_next_business_day(
    periodo: Periodo, esperado: date
) -> None:
    """LSS art. 73."""
    assert _vence(periodo) == esperado


@given(anio=st.integers(2002, 2059), mes=st.integers(1, 12))
def test_the_due_date_is_the_first_business_day_from_the_15th(anio: int, mes: int) -> None:
    quince = Periodo(anio, mes).siguiente().primer_dia.replace(day=15)
    vispera = quince - timedelta(days=1)
    assert _vence(Periodo(anio, mes)) == oraculo.vence(vispera, 1, frozenset())


def _con_prorrogas(*filas: dict[str, object]) -> Parametros:
    parametros = cargar_parametros()
    (actual,) = parametros.historia("planilla.prorrogas")
    comunes = {"alcanza": ("PUBLICO", "PRIVADO"), "estado": "SECUNDARIO", "fuente": "Prueba"}
    valor = tuple({**comunes, **fila} for fila in filas)
    return parametros.con("planilla.prorrogas", [replace(actual, valor=valor)])


MAYO = Periodo(2026, 5)
NACIONAL = {"periodo": "2026-05", "ambito": "NACIONAL", "provincia": "", "fecha": date(2026, 6, 30)}
GUAYAS = {**NACIONAL, "ambito": "PROVINCIA", "provincia": "09", "fecha": date(2026, 7, 10)}


@pytest.mark.parametrize(
    ("provincia", "codsec", "fecha"),
    [
        (None, None, date(2026, 6, 30)),
        ("17", "R", date(2026, 6, 30)),
        ("09", "R", date(2026, 7, 10)),  # of two, the latest
        ("09", "V", date(2026, 6, 15)),  # it did not reach voluntary affiliates
        ("09", "S", date(2026, 6, 15)),  # nobody knows that sector: nothing is given to it
    ],
)
def test_an_extension_is_the_due_date_of_whom_it_reaches(
    provincia: str | None, codsec: str | None, fecha: date
) -> None:
    parametros = _con_prorrogas(NACIONAL, GUAYAS)
    vencimiento = vencimiento_de_planilla(
        MAYO, cargar_calendario(), parametros, provincia=provincia, codsec=codsec
    )
    assert (vencimiento.fecha, vencimiento.ordinaria) == (fecha, date(2026, 6, 15))
    assert (vencimiento.prorroga is None) == (fecha == date(2026, 6, 15))
    otro = vencimiento_de_planilla(
        MAYO.siguiente(), cargar_calendario(), parametros, provincia=provincia, codsec=codsec
    )
    assert otro.prorroga is None


def test_the_trace_says_the_extension_and_how_sure_it_is() -> None:
    imbabura = vencimiento_de_planilla(
        Periodo(2025, 10), cargar_calendario(), cargar_parametros(), provincia="10"
    )
    assert any(paso.paso == "Prórroga para la provincia 10" for paso in imbabura.traza)
    assert imbabura.estado_verificacion is EstadoVerificacion.SECUNDARIO


def test_a_period_before_the_law_has_no_due_date() -> None:
    with pytest.raises(SinDatos):
        _vence(Periodo(2001, 5))


def test_a_comprobante_without_arrears_holds_until_its_first_due_date() -> None:
    validez = validez_de_comprobante(
        generado=date(2026, 6, 3),
        vencimientos=[date(2026, 6, 15), date(2026, 7, 15)],
        parametros=cargar_parametros(),
    )
    assert validez.hasta == date(2026, 6, 15)


@pytest.mark.parametrize("otro", [date(2026, 6, 15), date(2026, 5, 15)])
def test_a_comprobante_with_interest_holds_the_same_day(otro: date) -> None:
    validez = validez_de_comprobante(
        generado=date(2026, 6, 3),
        vencimientos=[date(2026, 4, 15), otro],
        parametros=cargar_parametros(),
    )
    assert validez.hasta == date(2026, 6, 3)


def test_on_the_due_date_itself_there_is_no_interest_yet() -> None:
    validez = validez_de_comprobante(
        generado=date(2026, 6, 15),
        vencimientos=[date(2026, 6, 15)],
        parametros=cargar_parametros(),
    )
    assert validez.hasta == date(2026, 6, 15)
    assert "Contiene intereses" not in str(validez.traza)


def test_the_glosa_is_issued_on_the_thirty_first_day_of_arrears() -> None:
    """Day 1 of arrears is the day after the due date; LSS 94 gives thirty."""
    vencimiento = date(2026, 6, 15)
    assert fecha_de_glosa(vencimiento, cargar_parametros()) == date(2026, 7, 16)
    dias_de_mora = (fecha_de_glosa(vencimiento, cargar_parametros()) - vencimiento).days
    assert dias_de_mora == 31


def test_a_glosa_opens_eight_business_days() -> None:
    termino = termino_de_glosa(
        notificado=date(2026, 4, 28),
        cantones=frozenset(),
        calendario=cargar_calendario(),
        parametros=cargar_parametros(),
    )
    assert (termino.dias, termino.vence) == (8, date(2026, 5, 12))
