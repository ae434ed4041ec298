"""Which lines of a batch file enter and which come back (recaudacion §9.5, §2)."""

from datetime import date

import pytest

from recaudo.domain.afiliacion.models import FilaNovedades, Novedad, Persona, RelacionLaboral
from recaudo.domain.afiliacion.queries import archivo_de_resultado, filas_de
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from tests.domain.afiliacion.archivos import HOY, codigos, entrada, enviar, linea
from tests.factories.afiliacion import (
    cedula_sintetica,
    empleador_agricola,
    hacer_empleador,
    hacer_nomina,
    hacer_persona,
    hacer_relacion,
    hacer_sucursal,
    matriz_de,
)

pytestmark = pytest.mark.django_db
NUEVA = cedula_sintetica(800_001)
OTRA = cedula_sintetica(800_002)


def test_good_rows_enter_and_bad_rows_come_back_with_their_number() -> None:
    empleador = hacer_empleador()
    resultado = enviar(
        empleador, entrada(empleador, NUEVA), "basura", entrada(empleador, OTRA, sueldo="1,5")
    )
    assert (resultado.aceptadas, resultado.rechazadas) == (1, 2)
    assert codigos(resultado) == [
        ("ACEPTADA", ""),
        ("RECHAZADA", "NUMERO_DE_CAMPOS"),
        ("RECHAZADA", "IMPORTE_CON_COMA"),
    ]
    assert [fila.numero for fila in resultado.filas] == [1, 2, 3]
    assert RelacionLaboral.objects.filter(empleador=empleador).count() == 1
    assert filas_de(resultado.archivo_id, alcance=TODA_LA_NACION) == list(resultado.filas)


def test_the_result_file_has_each_line_with_its_outcome() -> None:
    empleador = hacer_empleador()
    buena, mala = entrada(empleador, NUEVA), "basura"
    resultado = enviar(empleador, buena, mala)
    lineas = (
        archivo_de_resultado(resultado.archivo_id, alcance=TODA_LA_NACION)
        .decode("utf-8")
        .split("\r\n")
    )
    assert lineas[0] == f"{buena};ACEPTADA;;"
    assert lineas[1].startswith("basura;RECHAZADA;NUMERO_DE_CAMPOS;")
    assert lineas[2] == ""


def test_an_entry_creates_the_person_and_an_open_employment() -> None:
    empleador = hacer_empleador()
    enviar(empleador, entrada(empleador, NUEVA, fecha="20260610", sueldo="0000000600.5"))
    relacion = RelacionLaboral.objects.get(persona__identificacion=NUEVA)
    assert relacion.persona.nombre == ""
    assert (relacion.vigencia.lower, relacion.vigencia.upper) == (date(2026, 6, 10), None)
    assert (relacion.sueldo, relacion.sueldo_desde) == (Dinero("600.50"), Periodo(2026, 6))
    assert (relacion.cargo, relacion.relacion_trabajo, relacion.origen_pago) == (
        "VENDEDOR",
        "06",
        "P",
    )
    novedad = Novedad.objects.get(relacion=relacion)
    assert (novedad.tipo, novedad.origen, novedad.fecha_hecho) == (
        "ENT",
        "BATCH",
        date(2026, 6, 10),
    )
    fila = FilaNovedades.objects.get(novedad_id=novedad.pk)
    assert fila.numero == 1


def test_a_known_person_keeps_the_name() -> None:
    empleador, persona = hacer_empleador(), hacer_persona(nombre="Ñacata Inés")
    enviar(empleador, entrada(empleador, persona.identificacion))
    assert Persona.objects.get(identificacion=persona.identificacion).nombre == "Ñacata Inés"


def test_who_is_already_active_in_the_sucursal_cannot_enter_again() -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    resultado = enviar(nomina.empleador, entrada(nomina.empleador, cedula))
    assert codigos(resultado) == [("RECHAZADA", "AFILIADO_YA_ACTIVO")]


def test_two_jobs_at_two_sucursales_are_two_employments() -> None:
    nomina = hacer_nomina(1)
    hacer_sucursal(empleador=nomina.empleador, codigo="0002", canton="0901")
    cedula = nomina.relaciones[0].persona.identificacion
    resultado = enviar(nomina.empleador, entrada(nomina.empleador, cedula, sucursal="0002"))
    assert resultado.aceptadas == 1


def test_who_left_may_enter_again_from_the_day_after_and_not_before() -> None:
    empleador = hacer_empleador()
    vuelve, cruza = hacer_persona(), hacer_persona()
    for persona in (vuelve, cruza):
        hacer_relacion(sucursal=matriz_de(empleador), persona=persona, hasta=date(2026, 6, 10))
    resultado = enviar(
        empleador,
        entrada(empleador, vuelve.identificacion, fecha="20260610"),
        entrada(empleador, cruza.identificacion, fecha="20260609"),
    )
    assert codigos(resultado) == [("ACEPTADA", ""), ("RECHAZADA", "AFILIADO_YA_ACTIVO")]


def test_an_exit_closes_the_employment_on_the_day_after_the_last_worked() -> None:
    nomina = hacer_nomina(1)
    relacion = nomina.relaciones[0]
    cedula = relacion.persona.identificacion
    resultado = enviar(
        nomina.empleador, linea(nomina.empleador, "SAL", cedula, "20260615", "V", "00000000")
    )
    assert codigos(resultado) == [("ACEPTADA", "")]
    relacion.refresh_from_db()
    assert relacion.vigencia.upper == date(2026, 6, 16)
    assert relacion.causa_salida == "V"


@pytest.mark.parametrize(
    ("resto", "codigo"),
    [
        (("20241231", "V", "00000000"), "EXTEMPORANEA"),
        (("20260701", "V", "00000000"), "FECHA_FUERA_DEL_PERIODO"),
        (("20260615", "F", "00000000"), "FECHA_DE_FALLECIMIENTO"),
        (("20260615", "V", "20260615"), "FECHA_DE_FALLECIMIENTO"),
        (("20260615", "F", "20260614"), "FECHA_DE_FALLECIMIENTO"),
        (("20260615", "F", "20260617"), "FECHA_DE_FALLECIMIENTO"),
    ],
)
def test_an_exit_that_cannot_be_comes_back(resto: tuple[str, ...], codigo: str) -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    resultado = enviar(nomina.empleador, linea(nomina.empleador, "SAL", cedula, *resto))
    assert codigos(resultado) == [("RECHAZADA", codigo)]
    assert RelacionLaboral.objects.get(pk=nomina.relaciones[0].pk).vigencia.upper is None


def test_an_exit_by_death_with_its_date_enters() -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    texto = linea(nomina.empleador, "SAL", cedula, "20260615", "F", "20260616")
    assert enviar(nomina.empleador, texto).aceptadas == 1


def test_an_exit_before_the_entry_comes_back() -> None:
    empleador = hacer_empleador()
    relacion = hacer_relacion(sucursal=matriz_de(empleador), desde=date(2026, 6, 10))
    cedula = relacion.persona.identificacion
    texto = linea(empleador, "SAL", cedula, "20260609", "V", "00000000")
    assert codigos(enviar(empleador, texto)) == [("RECHAZADA", "SALIDA_ANTES_DE_ENTRADA")]


@pytest.mark.parametrize(
    ("tipo", "resto"),
    [
        ("SAL", ("20260615", "V", "00000000")),
        ("MSU", ("700.00",)),
        ("INS", ("10.00", "O")),
        ("MND", ("20260610", "3")),
    ],
)
def test_nothing_is_reported_of_who_is_not_active_there(tipo: str, resto: tuple[str, ...]) -> None:
    nomina, ajena = hacer_nomina(0), hacer_nomina(1)
    cedula = ajena.relaciones[0].persona.identificacion
    resultado = enviar(nomina.empleador, linea(nomina.empleador, tipo, cedula, *resto))
    assert codigos(resultado) == [("RECHAZADA", "AFILIADO_NO_ACTIVO")]


def test_a_new_salary_keeps_the_old_one_and_rules_from_its_month() -> None:
    nomina = hacer_nomina(1, sueldo="600.00")
    relacion = nomina.relaciones[0]
    cedula = relacion.persona.identificacion
    enviar(nomina.empleador, linea(nomina.empleador, "MSU", cedula, "700.00"))
    relacion.refresh_from_db()
    assert (relacion.sueldo, relacion.sueldo_desde) == (Dinero("700.00"), Periodo(2026, 6))
    cambio = relacion.cambios_sueldo.get()
    assert (cambio.sueldo_anterior, cambio.sueldo_nuevo) == (Dinero("600.00"), Dinero("700.00"))
    assert cambio.periodo == Periodo(2026, 6)
    assert Novedad.objects.get(pk=cambio.novedad_id).valor == Dinero("700.00")


def test_a_salary_of_the_month_before_cannot_rewrite_a_later_one() -> None:
    empleador = hacer_empleador()
    relacion = hacer_relacion(sucursal=matriz_de(empleador), sueldo_desde=Periodo(2026, 6))
    cedula = relacion.persona.identificacion
    texto = linea(empleador, "MSU", cedula, "700.00", mes="05")
    resultado = enviar(empleador, texto, hoy=date(2026, 6, 2))
    assert codigos(resultado) == [("RECHAZADA", "SUELDO_POSTERIOR")]


@pytest.mark.parametrize(
    ("sueldo", "entra"), [("481.99", False), ("482.00", True), ("0.00", False)]
)
def test_no_salary_is_below_the_salario_basico_of_its_month(sueldo: str, entra: bool) -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    nuevo = enviar(nomina.empleador, linea(nomina.empleador, "MSU", cedula, sueldo))
    assert bool(nuevo.aceptadas) is entra
    ingreso = enviar(nomina.empleador, entrada(nomina.empleador, NUEVA, sueldo=sueldo))
    assert bool(ingreso.aceptadas) is entra
    if not entra:
        assert nuevo.filas[0].codigo == ingreso.filas[0].codigo == "SUELDO_BAJO_MINIMO"
        assert "482,00" in nuevo.filas[0].mensaje


def test_extras_are_one_amount_per_worker_and_month() -> None:
    nomina = hacer_nomina(2)
    uno, dos = (relacion.persona.identificacion for relacion in nomina.relaciones)
    resultado = enviar(
        nomina.empleador,
        linea(nomina.empleador, "INS", uno, "85.50", "O"),
        linea(nomina.empleador, "INS", uno, "10.00", "O"),
        linea(nomina.empleador, "INS", dos, "0.00", "O"),
    )
    assert codigos(resultado) == [
        ("ACEPTADA", ""),
        ("RECHAZADA", "AFILIADO_REPETIDO"),
        ("RECHAZADA", "VALOR_CERO"),
    ]
    novedad = Novedad.objects.get(tipo="INS")
    assert (novedad.valor, novedad.causa, novedad.periodo) == (
        Dinero("85.50"),
        "O",
        Periodo(2026, 6),
    )


def test_who_left_this_month_may_still_have_extras_of_it() -> None:
    empleador = hacer_empleador()
    se_fue = hacer_relacion(sucursal=matriz_de(empleador), hasta=date(2026, 6, 5))
    antes = hacer_relacion(sucursal=matriz_de(empleador), hasta=date(2026, 6, 1))
    resultado = enviar(
        empleador,
        linea(empleador, "INS", se_fue.persona.identificacion, "10.00", "O"),
        linea(empleador, "INS", antes.persona.identificacion, "10.00", "O"),
    )
    assert codigos(resultado) == [("ACEPTADA", ""), ("RECHAZADA", "AFILIADO_NO_ACTIVO")]


@pytest.mark.parametrize(
    ("inicio", "dias", "codigo"),
    [
        ("20260610", "21", ""),
        ("20260610", "22", "DIAS_FUERA_DEL_MES"),
        ("20260610", "0", "DIAS_FUERA_DEL_MES"),
        ("20260601", "30", "TARDIA"),
        ("20260601", "31", "DIAS_FUERA_DEL_MES"),
        ("20260531", "1", "FECHA_FUERA_DEL_PERIODO"),
        ("20260701", "1", "FECHA_FUERA_DEL_PERIODO"),
    ],
)
def test_days_not_worked_fit_in_a_month_of_thirty(inicio: str, dias: str, codigo: str) -> None:
    nomina = hacer_nomina(1)
    cedula = nomina.relaciones[0].persona.identificacion
    resultado = enviar(
        nomina.empleador,
        linea(nomina.empleador, "MND", cedula, inicio, dias),
        hoy=date(2026, 6, 11),
    )
    assert resultado.filas[0].codigo == codigo
    assert bool(resultado.aceptadas) is (codigo in {"", "TARDIA"})


def test_a_line_of_an_unknown_sucursal_or_of_a_closed_month_comes_back() -> None:
    empleador = hacer_empleador()
    resultado = enviar(
        empleador,
        entrada(empleador, NUEVA, sucursal="0009"),
        entrada(empleador, OTRA, mes="05"),
        entrada(empleador, OTRA, mes="07"),
    )
    assert [codigo for _, codigo in codigos(resultado)] == [
        "SUCURSAL_DESCONOCIDA",
        "PERIODO_NO_ABIERTO",
        "AFILIADO_REPETIDO",
    ]
    assert "2026-06" in resultado.filas[1].mensaje


def test_when_two_months_are_open_a_file_is_of_one() -> None:
    empleador = hacer_empleador()
    resultado = enviar(
        empleador,
        entrada(empleador, NUEVA, fecha="20260525", mes="05"),
        entrada(empleador, OTRA, fecha="20260602", mes="06"),
        hoy=date(2026, 6, 3),
    )
    assert codigos(resultado) == [("ACEPTADA", ""), ("RECHAZADA", "PERIODO_DISTINTO")]


def test_a_number_that_is_not_a_cedula_only_enters_if_the_person_is_known() -> None:
    empleador = hacer_empleador()
    hacer_persona(identificacion="9950019872", nombre="Marie Dupont")
    resultado = enviar(
        empleador, entrada(empleador, "9950019872"), entrada(empleador, "9950019873")
    )
    assert codigos(resultado) == [("ACEPTADA", ""), ("RECHAZADA", "CEDULA_INCORRECTA")]


def test_a_type_that_does_not_exist_comes_back_and_the_rest_enters() -> None:
    empleador = hacer_empleador()
    resultado = enviar(empleador, entrada(empleador, NUEVA), linea(empleador, "XYZ", OTRA, "1.00"))
    assert codigos(resultado) == [("ACEPTADA", ""), ("RECHAZADA", "TIPO_DESCONOCIDO")]


@pytest.mark.parametrize(
    ("ingreso", "hoy", "codigo"),
    [
        ("20260601", date(2026, 6, 16), ""),  # 15 days: LSS 73
        ("20260601", date(2026, 6, 17), "TARDIA"),
        ("20260502", date(2026, 6, 16), "TARDIA"),  # 45 days: R-NOV-05
        ("20260501", date(2026, 6, 16), "EXTEMPORANEA"),
    ],
)
def test_an_entry_is_in_time_late_or_by_the_procedure(ingreso: str, hoy: date, codigo: str) -> None:
    empleador = hacer_empleador()
    resultado = enviar(empleador, entrada(empleador, NUEVA, fecha=ingreso), hoy=hoy)
    fila = resultado.filas[0]
    assert fila.codigo == codigo
    if codigo == "TARDIA":
        novedad = Novedad.objects.get(persona__identificacion=NUEVA)
        assert novedad.es_tardia
        assert f"{novedad.fecha_limite:%d/%m/%Y}" in fila.mensaje
    if codigo == "EXTEMPORANEA":
        assert fila.estado == "RECHAZADA"
        assert "novedad extemporánea" in fila.mensaje


def test_an_exit_has_a_termino_of_three_business_days_not_calendar_days() -> None:
    # Friday 5 June: Monday 8, Tuesday 9, Wednesday 10 (COA 158); calendar days would end on the 8.
    for hoy, codigo in ((date(2026, 6, 10), ""), (date(2026, 6, 11), "TARDIA")):
        nomina = hacer_nomina(1)
        cedula = nomina.relaciones[0].persona.identificacion
        texto = linea(nomina.empleador, "SAL", cedula, "20260605", "V", "00000000")
        assert enviar(nomina.empleador, texto, hoy=hoy).filas[0].codigo == codigo


def test_an_agricultural_employer_has_no_deadline_for_entries() -> None:
    empleador = empleador_agricola()
    resultado = enviar(empleador, entrada(empleador, NUEVA, fecha="20260510"))
    assert codigos(resultado) == [("ACEPTADA", "")]
    comun = hacer_empleador()
    assert codigos(enviar(comun, entrada(comun, OTRA, fecha="20260510"))) == [
        ("ACEPTADA", "TARDIA")
    ]


def test_a_trailing_separator_and_a_delay_are_told_together() -> None:
    empleador = hacer_empleador()
    texto = f"{entrada(empleador, NUEVA, fecha='20260510')};"
    fila = enviar(empleador, texto, hoy=HOY).filas[0]
    assert (fila.estado, fila.codigo) == ("ACEPTADA", "TARDIA")
    assert "fuera de plazo" in fila.mensaje
    assert "termina en «;»" in fila.mensaje
