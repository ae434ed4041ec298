"""The calendar is a value: same content, same version; what it does not reach it refuses."""

import inspect
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.norma.catalogos.dpa import CantonDesconocido, canton, cantones
from recaudo.norma.citas import regla_de
from recaudo.norma.parametros import EstadoVerificacion
from recaudo.norma.plazos.calendario import (
    Calendario,
    FechaFueraDeCalendario,
    cargar_calendario,
)
from recaudo.norma.plazos.feriados import Ambito, Clase, Feriado
from recaudo.norma.plazos.locales import lugares_con_dia_propio

GUAYAQUIL = frozenset({"0901"})
NADIE: frozenset[str] = frozenset()


def suspension(fecha: date, codigo: str = "") -> Feriado:
    return Feriado(
        fecha_nominal=None,
        nombre="Suspensión de prueba",
        fecha_descanso=fecha,
        clase=Clase.SUSPENSION,
        ambito=Ambito.CANTON if codigo else Ambito.NACIONAL,
        codigo_dpa=codigo,
        norma="Decreto de prueba",
        fuente="prueba",
        estado=EstadoVerificacion.SECUNDARIO,
    )


def test_the_version_names_the_content_whatever_the_order() -> None:
    calendario = cargar_calendario()
    revuelto = Calendario.de_feriados(reversed(calendario.feriados))
    assert revuelto.version == calendario.version
    assert calendario.con(suspension(date(2026, 3, 3))).version != calendario.version


def test_adding_a_holiday_makes_another_calendar_and_leaves_this_one_alone() -> None:
    calendario = cargar_calendario()
    nuevo = calendario.con(suspension(date(2026, 3, 3)))
    assert calendario.es_habil(date(2026, 3, 3))
    assert not nuevo.es_habil(date(2026, 3, 3))


def test_the_published_calendar_of_2026_is_the_one_of_the_rulebook() -> None:
    calendario = cargar_calendario()
    entre_semana = [
        dia
        for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
        if (dia := date.fromordinal(n)).weekday() < 5 and not calendario.es_habil(dia)
    ]
    assert entre_semana == [
        date(2026, mes, dia)
        for mes, dia in (
            (1, 1), (1, 2), (2, 16), (2, 17), (4, 3), (4, 30), (5, 1), (5, 25), (8, 10),
            (10, 9), (11, 2), (11, 3), (12, 25),
        )
    ]  # fmt: skip


def test_a_local_holiday_counts_only_where_it_is_celebrated() -> None:
    calendario = cargar_calendario()
    viernes = date(2026, 7, 24)
    assert calendario.es_habil(viernes, NADIE)
    assert calendario.es_habil(viernes, frozenset({"1701"}))
    assert not calendario.es_habil(viernes, GUAYAQUIL)
    assert not calendario.es_habil(viernes, GUAYAQUIL | {"1701"})


def test_a_canton_rests_on_the_holiday_of_its_province() -> None:
    calendario = cargar_calendario()
    assert not calendario.es_habil(date(2024, 11, 11), frozenset({"1802"}))  # Tungurahua, 12-nov
    assert calendario.es_habil(date(2024, 11, 12), frozenset({"1802"}))


def test_the_reason_says_the_name_and_the_day_it_comes_from() -> None:
    calendario = cargar_calendario()
    motivo = calendario.motivo_inhabil(date(2026, 5, 25))
    assert motivo == "Feriado: Batalla de Pichincha (trasladado del 2026-05-24)"
    assert calendario.motivo_inhabil(date(2026, 4, 30)) == "Suspensión jornada"
    assert calendario.motivo_inhabil(date(2026, 5, 2)) == "Sábado"
    assert calendario.motivo_inhabil(date(2026, 5, 4)) is None


@given(fecha=st.dates(date(1999, 1, 1), date(2065, 1, 1)))
def test_a_day_has_a_reason_exactly_when_it_does_not_count(fecha: date) -> None:
    calendario = cargar_calendario()
    assert calendario.es_habil(fecha, GUAYAQUIL) == (
        calendario.motivo_inhabil(fecha, GUAYAQUIL) is None
    )


@given(fecha=st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_the_next_business_day_is_the_nearest_one(fecha: date) -> None:
    calendario = cargar_calendario()
    siguiente = calendario.dia_habil_siguiente(fecha, GUAYAQUIL)
    assert siguiente > fecha
    assert calendario.es_habil(siguiente, GUAYAQUIL)
    entre = range(fecha.toordinal() + 1, siguiente.toordinal())
    assert not any(calendario.es_habil(date.fromordinal(n), GUAYAQUIL) for n in entre)


@pytest.mark.parametrize("fecha", [date(1984, 12, 31), date(2071, 1, 1)])
def test_a_day_beyond_the_calendar_is_refused_not_guessed(fecha: date) -> None:
    with pytest.raises(FechaFueraDeCalendario, match="1985 a 2070"):
        cargar_calendario().es_habil(fecha)


def test_every_local_holiday_belongs_to_a_canton_or_province_that_exists() -> None:
    provincias = {uno.codigo_provincia for uno in cantones().values()}
    assert lugares_con_dia_propio() <= cantones().keys() | provincias
    assert len(cantones()) == 224


def test_a_canton_that_does_not_exist_is_refused_with_an_example() -> None:
    with pytest.raises(CantonDesconocido, match="No existe el cantón 9999"):
        canton("9999")


def test_whatever_counts_a_day_cites_the_calendar_of_coa_159() -> None:
    cuentan = [
        f
        for n, f in vars(Calendario).items()
        if inspect.isfunction(f)
        and not n.startswith("_")
        and n != "con"  # it adds days to the calendar: it counts none
    ]
    assert len(cuentan) >= 7
    for funcion in (*cuentan, inspect.unwrap(cargar_calendario)):
        regla = regla_de(funcion)
        assert regla is not None, funcion
        assert "COA art. 159" in regla.citas, funcion


@pytest.mark.parametrize(
    "cambio",
    [
        {"fecha_nominal": date(2026, 3, 4)},
        {"codigo_dpa": "0901"},
        {"clase": Clase.FERIADO},
        {"nombre": "Otro"},
        {"norma": "Otra"},
        {"estado": EstadoVerificacion.PROVISIONAL},
        {"duda": "Quizá no"},
        {"salvo": frozenset({"1701"})},
    ],
)
def test_whatever_changes_of_a_holiday_is_another_version(cambio: dict[str, object]) -> None:
    una = suspension(date(2026, 3, 3))
    otra = replace(una, **cambio)  # type: ignore[arg-type]
    calendario = cargar_calendario()
    assert calendario.con(una).version != calendario.con(otra).version
