"""Each limit of an event, on both sides of it: LSS art. 73, practices R-NOV-05 and R-BAS-03."""

from datetime import date, timedelta
from typing import Any

import pytest

from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.aceptacion import Empleo, Registrada, Reglas, Situacion, juzgar
from recaudo.norma.novedades.avisos import Aviso, TipoNovedad
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from tests.norma.novedades.test_aceptacion import HOY, JUNIO, REGLAS

UN_DIA = timedelta(days=1)
UNO = date(2026, 6, 1)
MINIMO = REGLAS.minimo(JUNIO)
DESDE = date(2026, 6, 5)


def empleo(desde: date = DESDE, hasta: date | None = None, mes: Periodo = JUNIO) -> Empleo:
    return Empleo(1, desde, hasta, Dinero("600.00"), mes)


def dice(
    tipo: str, *empleos: Empleo, ya: Registrada | None = None, conocida: bool = True, **aviso: Any
) -> str:
    """Return the code of the refusal, or nothing when it enters."""
    dado = {"sucursal": "0001", "identificacion": "2050019872", "periodo": JUNIO} | aviso
    situacion = Situacion(
        empleos=empleos, registradas={1: (ya,)} if ya else {}, persona_conocida=conocida
    )
    rechazo = juzgar(Aviso(tipo=TipoNovedad(tipo), **dado), situacion, REGLAS).rechazo
    return rechazo.codigo if rechazo else ""


def test_what_an_event_says_by_itself() -> None:
    entra = {"fecha": UNO, "valor": MINIMO}
    assert dice("ENT", **entra) == ""
    assert dice("ENT", **entra | {"sucursal": "0003"}) == "SUCURSAL_DESCONOCIDA"
    assert dice("ENT", **entra | {"periodo": JUNIO.siguiente()}) == "PERIODO_NO_ABIERTO"
    assert dice("ENT", **entra, motivo_cedula="Revise la cédula.") == ""
    assert dice("ENT", **entra, motivo_cedula="Revise.", conocida=False) == "CEDULA_INCORRECTA"
    assert dice("ENT", **entra | {"fecha": JUNIO.ultimo_dia}) == ""
    assert dice("ENT", **entra | {"fecha": JUNIO.ultimo_dia + UN_DIA}) == "FECHA_FUERA_DEL_PERIODO"
    assert dice("ENT", **entra | {"fecha": REGLAS.primer_hecho}) == ""
    assert dice("ENT", **entra | {"fecha": REGLAS.primer_hecho - UN_DIA}) == "EXTEMPORANEA"
    assert dice("ENT", **entra | {"valor": MINIMO - Dinero("0.01")}) == "SUELDO_BAJO_MINIMO"


def test_an_entry_waits_until_the_employment_before_has_ended() -> None:
    entra = {"fecha": date(2026, 6, 10), "valor": MINIMO}
    assert dice("ENT", empleo(UNO, date(2026, 6, 10)), **entra) == ""
    assert dice("ENT", empleo(UNO, date(2026, 6, 11)), **entra) == "AFILIADO_YA_ACTIVO"
    assert dice("ENT", empleo(UNO), **entra) == "AFILIADO_YA_ACTIVO"
    assert dice("ENT", empleo(date(2026, 5, 1), UNO), valor=MINIMO) == ""
    assert dice("ENT", empleo(date(2026, 5, 1), UNO + UN_DIA), valor=MINIMO) != ""


def test_an_exit_is_of_somebody_who_is_in_and_not_before_the_entry() -> None:
    assert dice("SAL", fecha=DESDE, causa="V") == "AFILIADO_NO_ACTIVO"
    assert dice("SAL", empleo(DESDE, HOY), fecha=DESDE, causa="V") == "AFILIADO_NO_ACTIVO"
    assert dice("SAL", empleo(), fecha=DESDE, causa="V") == ""
    assert dice("SAL", empleo(), fecha=DESDE - UN_DIA, causa="V") == "SALIDA_ANTES_DE_ENTRADA"
    assert dice("SAL", empleo(JUNIO.ultimo_dia), fecha=JUNIO.ultimo_dia, causa="V") == ""
    tarde = empleo(JUNIO.ultimo_dia + UN_DIA)
    assert dice("SAL", tarde, fecha=JUNIO.ultimo_dia, causa="V") == "AFILIADO_NO_ACTIVO"


@pytest.mark.parametrize(
    ("causa", "muerte", "codigo"),
    [
        ("F", None, "FECHA_DE_FALLECIMIENTO"),
        ("V", DESDE, "FECHA_DE_FALLECIMIENTO"),
        ("F", DESDE - UN_DIA, "FECHA_DE_FALLECIMIENTO"),
        ("F", DESDE, ""),
        ("F", HOY, ""),
        ("F", HOY + UN_DIA, "FECHA_DE_FALLECIMIENTO"),
    ],
)
def test_a_death_is_neither_before_the_last_day_nor_to_come(
    causa: str, muerte: date | None, codigo: str
) -> None:
    assert dice("SAL", empleo(), fecha=DESDE, causa=causa, fallecimiento=muerte) == codigo


def test_a_new_salary_never_goes_behind_the_one_that_is_registered() -> None:
    assert dice("MSU", valor=MINIMO) == "AFILIADO_NO_ACTIVO"
    assert dice("MSU", empleo(), valor=MINIMO) == ""
    assert dice("MSU", empleo(mes=JUNIO.siguiente()), valor=MINIMO) == "SUELDO_POSTERIOR"
    assert dice("MSU", empleo(), valor=MINIMO - Dinero("0.01")) == "SUELDO_BAJO_MINIMO"


def test_the_extras_of_a_month_are_one_value_of_who_worked_in_it() -> None:
    un_centavo = Dinero("0.01")
    assert dice("INS", empleo(), valor=un_centavo) == ""
    assert dice("INS", empleo(), valor=Dinero.CERO) == "VALOR_CERO"
    assert dice("INS", empleo(), valor=un_centavo, ya=Registrada(JUNIO, UNO, None)) != ""
    mayo = Registrada(JUNIO.anterior(), UNO - UN_DIA, None)
    assert dice("INS", empleo(), valor=un_centavo, ya=mayo) == ""
    mayo_1, ultimo = date(2026, 5, 1), JUNIO.ultimo_dia
    assert dice("INS", empleo(mayo_1, UNO), valor=un_centavo) == "AFILIADO_NO_ACTIVO"
    assert dice("INS", empleo(mayo_1, UNO + UN_DIA), valor=un_centavo) == ""
    assert dice("INS", empleo(ultimo), valor=un_centavo) == ""
    assert dice("INS", empleo(ultimo + UN_DIA), valor=un_centavo) == "AFILIADO_NO_ACTIVO"


@pytest.mark.parametrize(
    ("dia", "dias", "codigo"),
    [
        (1, 30, ""),
        (1, 31, "DIAS_FUERA_DEL_MES"),
        (10, 21, ""),
        (10, 22, "DIAS_FUERA_DEL_MES"),
        (30, 1, ""),
        (30, 2, "DIAS_FUERA_DEL_MES"),
        (10, 0, "DIAS_FUERA_DEL_MES"),
        (10, None, "DIAS_FUERA_DEL_MES"),
    ],
)
def test_days_not_worked_fit_in_a_month_of_thirty(dia: int, dias: int | None, codigo: str) -> None:
    quien = empleo(date(2026, 5, 1))
    assert dice("MND", quien, fecha=date(2026, 6, dia), dias=dias) == codigo


def test_days_not_worked_begin_in_their_month() -> None:
    quien = empleo(date(2026, 5, 1))
    assert dice("MND", quien, fecha=UNO - UN_DIA, dias=1) == "FECHA_FUERA_DEL_PERIODO"
    assert dice("MND", quien, dias=1) == "FECHA_FUERA_DEL_PERIODO"
    assert dice("MND", empleo(), fecha=DESDE - UN_DIA, dias=1) == "AFILIADO_NO_ACTIVO"


@pytest.mark.parametrize(
    ("dia", "dias", "ya_dias", "entra"),
    [
        (5, 3, 5, True), (5, 5, 5, True), (5, 6, 5, False), (14, 1, 5, False), (15, 1, 5, True),
        (10, 1, None, True), (9, 2, None, False),
    ],
)  # fmt: skip
def test_a_day_is_not_worked_once(dia: int, dias: int, ya_dias: int | None, entra: bool) -> None:
    """From the 10th, five days are registered already, or none is said."""
    quien, fecha = empleo(date(2026, 5, 1)), date(2026, 6, dia)
    ya = Registrada(JUNIO, date(2026, 6, 10), ya_dias)
    codigo = "" if entra else "NOVEDAD_YA_REGISTRADA"
    assert dice("MND", quien, fecha=fecha, dias=dias, ya=ya) == codigo
    otro_mes = Registrada(JUNIO.anterior(), date(2026, 5, 10), ya_dias)
    assert dice("MND", quien, fecha=fecha, dias=dias, ya=otro_mes) == ""


def reglas(hoy: date, **otras: Any) -> Reglas:
    return Reglas(
        hoy=hoy, periodos=(JUNIO,), parametros=cargar_parametros(), calendario=cargar_calendario(),
        **{"cantones": {"0001": "1701"}} | otras,
    )  # fmt: skip


@pytest.mark.parametrize("tipo", ["ENT", "SAL", "MSU"])
def test_it_is_late_the_day_after_its_last_one_unless_the_employer_owes_no_notice(
    tipo: str,
) -> None:
    aviso = Aviso(
        tipo=TipoNovedad(tipo), sucursal="0001", identificacion="2050019872", periodo=JUNIO,
        fecha=None if tipo == "MSU" else UNO, valor=MINIMO, causa="V",
    )  # fmt: skip
    situacion = Situacion(empleos=() if tipo == "ENT" else (empleo(UNO),), persona_conocida=True)
    plazo = juzgar(aviso, situacion, reglas(UNO)).plazo
    assert plazo is not None
    for hoy, tarde in ((plazo.fecha_limite, False), (plazo.fecha_limite + UN_DIA, True)):
        assert juzgar(aviso, situacion, reglas(hoy)).es_tardia is tarde, hoy
    despues = reglas(plazo.fecha_limite + UN_DIA, exime_avisos=True)
    assert juzgar(aviso, situacion, despues).es_tardia is (tipo == "MSU")


def test_an_unknown_sucursal_is_answered_with_ten_that_are_known() -> None:
    cantones = {f"{n:04d}": "1701" for n in range(1, 12)}
    aviso = Aviso(tipo=TipoNovedad.ENT, sucursal="9999", identificacion="1", periodo=JUNIO)
    rechazo = juzgar(aviso, Situacion(), reglas(HOY, cantones=cantones)).rechazo
    assert rechazo is not None
    assert rechazo.mensaje.endswith("0009, 0010.")
