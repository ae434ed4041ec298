"""A debt of any class is born with its rubros, its split by fund and its receivable."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.domain.obligaciones.actions.registrar_obligacion import (
    DeudaMalFormada,
    DeudaRepetida,
)
from recaudo.domain.obligaciones.catalogo import registrar_clase
from recaudo.domain.obligaciones.models import SaldoRubro
from recaudo.domain.obligaciones.queries import (
    deuda_a,
    obligacion,
    obligaciones_de_materia,
    obligaciones_de_persona,
)
from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion, ClaseDesconocida
from recaudo.norma.parametros import EstadoVerificacion
from tests.factories.actos import nace_por
from tests.factories.afiliacion import hacer_empleador, hacer_persona
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import HOY, deber, deber_aportes, deber_costas, violaciones
from tests.factories.parametros import APRUEBA, REGISTRA

pytestmark = pytest.mark.django_db


def test_costs_of_a_case_have_no_planilla_no_sucursal_and_no_period() -> None:
    empleador = hacer_empleador(con_matriz=False)
    numero = deber_costas("120.00", empleador=empleador)
    vista = obligacion(numero, alcance=TODA_LA_NACION)
    assert (vista.deudor, vista.sucursal_id, vista.periodo) == (
        ("EMPLEADOR", empleador.pk), None, None,
    )  # fmt: skip
    assert (vista.saldo, vista.contable, vista.concepto) == (
        Dinero("120.00"), "TITULO", f"Costas y gastos de cobranza N.º {numero}",
    )  # fmt: skip
    assert [(r.rubro, r.saldo, r.fondos) for r in vista.rubros] == [
        ("COSTAS", Dinero("120.00"), (("COSTAS", Dinero("120.00")),))
    ]
    assert [o.id for o in obligaciones_de_materia(vista.materia_tipo, vista.materia_id)] == [numero]
    assert Hecho.objects.get(tipo="obligacion_registrada").frase == (
        "Se registró una deuda de costas y gastos de cobranza por $ 120,00."
    )
    assert violaciones() == {}


def test_no_interest_runs_on_costs_however_late() -> None:
    numero = deber_costas()
    deuda = deuda_a(
        [obligacion(numero, alcance=TODA_LA_NACION)], corte=date(2030, 1, 1)
    )  # no rate of that month is loaded
    assert (deuda.interes, deuda.total, deuda.impedimento) == (
        Dinero.CERO, Dinero("120.00"), None,
    )  # fmt: skip


def test_rp_bears_the_maximum_rate_without_the_four_points() -> None:
    """C.D. 677 DG 12.ª; aportes of the same day and capital bear LSS 89."""
    poner_tasa("2026-06", "7.99")
    vence, corte = date(2026, 4, 15), date(2026, 6, 24)  # 70 days
    rp = deber(
        {("RESPONSABILIDAD_PATRONAL", "SALUD"): "1000.00"},
        clase="RESPONSABILIDAD_PATRONAL", vence=vence, materia=("resolucion_rp", 1),
    )  # fmt: skip
    aportes = deber_aportes(empleador=hacer_empleador(), vence=vence)
    lineas = deuda_a(
        [obligacion(rp, alcance=TODA_LA_NACION), obligacion(aportes, alcance=TODA_LA_NACION)],
        corte=corte,
    ).lineas
    assert [d.normas_del_interes for d in lineas] == [("C.D. 677 DG 12.ª",), ("LSS art. 89",)]
    # 1000 x 0.0799 x 70/365 = 15.323...; 1000 x 0.1199 x 70/365 = 22.994...
    assert [d.interes for d in lineas] == [Dinero("15.32"), Dinero("22.99")]


def test_an_rp_of_before_october_2024_waits_for_its_month_and_computes_when_it_is_registered() -> (
    None
):
    """C.D. 517 DG 5.ª; the refusal says which screen, and what is registered there is enough."""
    rp = deber(
        {("RESPONSABILIDAD_PATRONAL", "SALUD"): "1000.00"},
        clase="RESPONSABILIDAD_PATRONAL", vence=date(2024, 1, 5), materia=("resolucion_rp", 2),
    )  # fmt: skip
    vista, corte = obligacion(rp, alcance=TODA_LA_NACION), date(2024, 3, 15)  # 70 days
    falta = deuda_a([vista], corte=corte)
    assert (falta.interes, falta.total) == (None, None)
    assert falta.impedimento is not None
    for dice in ("2024-03", "«Tasas»", "Registrar una tasa", "la aprueba otra persona"):
        assert dice in falta.impedimento.mensaje
    nueva = registrar_tasa(
        periodo=Periodo(2024, 3), tasa=Tasa("9.00"), fuente="BCE, boletín de marzo de 2024",
        por=REGISTRA, hoy=HOY,
    )  # fmt: skip
    esperando = deuda_a([vista], corte=corte).impedimento
    assert esperando is not None
    assert "quien no la registró" in esperando.mensaje
    aprobar_tasa(tasa_id=nueva.pk, por=APRUEBA, hoy=HOY)
    (linea,) = deuda_a([vista], corte=corte).lineas
    assert linea.interes == Dinero("17.26")  # 1000 x 0.09 x 70/365 = 17.2602…
    assert linea.estado_verificacion == "PROVISIONAL"


def test_no_interest_runs_on_the_interest_of_an_agreement() -> None:
    poner_tasa("2026-10", "8.00")
    cuota = deber(
        {
            ("CUOTA_CAPITAL", "IVM"): "97.91",
            ("INTERES_ACUERDO", "GASTOS_ADM"): "7.59",
            ("INTERES_ANTERIOR", "GASTOS_ADM"): "4.80",
        },
        clase="CUOTA_DE_ACUERDO", vence=date(2026, 10, 12), materia=("acuerdo", 7),
        periodo=Periodo(2026, 10),
    )  # fmt: skip
    deuda = deuda_a([obligacion(cuota, alcance=TODA_LA_NACION)], corte=date(2026, 10, 20)).lineas[0]
    # 97.91 x 0.12 x 8/365 = 0.2575; on 110.30 it would be 0.29 (C04).
    assert (deuda.interes, deuda.total) == (Dinero("0.26"), Dinero("110.56"))


def test_a_person_owes_as_an_employer_does() -> None:
    persona = hacer_persona()
    numero = deber_costas("33.33", persona=persona)
    assert obligacion(numero, alcance=TODA_LA_NACION).deudor == ("PERSONA", persona.pk)
    assert [
        o.id for o in obligaciones_de_persona(persona.pk, alcance=TODA_LA_NACION, solo_vivas=True)
    ] == [numero]
    assert violaciones() == {}


def test_what_makes_a_debt_unique_belongs_to_its_class() -> None:
    empleador = hacer_empleador()
    deber({("COSTAS", "COSTAS"): "1.00"}, empleador=empleador, materia=("juicio", 5))
    deber({("COSTAS", "COSTAS"): "1.00"}, empleador=empleador, materia=("juicio", 6))
    with pytest.raises(DeudaRepetida):
        deber({("COSTAS", "COSTAS"): "9.00"}, empleador=empleador, materia=("juicio", 5))
    for mes in (10, 11):  # two instalments of one agreement differ by their month
        deber(
            {("CUOTA_CAPITAL", "IVM"): "1.00"}, clase="CUOTA_DE_ACUERDO", empleador=empleador,
            materia=("acuerdo", 5), periodo=Periodo(2026, mes),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("partes", "clase", "rechazo"),
    [
        ({}, "COSTAS", DeudaMalFormada),
        ({("COSTAS", "COSTAS"): "0.00"}, "COSTAS", DeudaMalFormada),
        ({("MULTA", "GASTOS_ADM"): "1.00"}, "COSTAS", DeudaMalFormada),
        ({("COSTAS", "IVM"): "1.00"}, "COSTAS", DeudaMalFormada),
        ({("COSTAS", "COSTAS"): "1.00"}, "INVENTADA", ClaseDesconocida),
    ],
)
def test_a_debt_that_its_class_does_not_admit_is_refused(
    partes: dict[tuple[str, str], str], clase: str, rechazo: type[Rechazo]
) -> None:
    with pytest.raises(rechazo):
        deber(partes, clase=clase)


@pytest.mark.parametrize(
    "cambio",
    [
        "UPDATE obligaciones_saldorubro SET saldo = saldo - 1",
        "UPDATE obligaciones_obligacion SET saldo_otros = saldo_otros - 1",
    ],
)
def test_rubros_that_do_not_add_up_to_their_debt_are_refused_by_the_database(cambio: str) -> None:
    deber_costas()
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(cambio)
        with pytest.raises(DatabaseError, match="no suman"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_a_debtor_that_does_not_exist_is_refused_by_the_database() -> None:
    numero = deber_costas()
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="deudor que no existe"),
        nace_por("registrar_obligacion"),
    ):
        cursor.execute(
            "INSERT INTO obligaciones_obligacion SELECT (o).* FROM (SELECT jsonb_populate_record("
            "o, jsonb_build_object('id', o.id + 1000, 'clave', 'otra', 'empleador_id', 0)) AS o "
            "FROM obligaciones_obligacion o WHERE id = %s) x",
            [numero],
        )


def test_a_room_brings_its_class_and_nothing_else_is_told() -> None:
    registrar_clase(
        ClaseDeObligacion(
            id="PEAJE_DE_PRUEBA", nombre="Peaje", materia="peaje", rubros=("MULTA",),
            unicidad=("materia", "version"), necesita_glosa=False,
            estados={"emitida": "PLANILLA", "en_mora": "PLANILLA"}, norma="Prueba",
            estado_verificacion=EstadoVerificacion.PROVISIONAL,
        )
    )  # fmt: skip
    numero = deber({("MULTA", "GASTOS_ADM"): "10.00"}, clase="PEAJE_DE_PRUEBA")
    vista = obligacion(numero, alcance=TODA_LA_NACION)
    assert (vista.naturaleza, vista.nombre_de_clase) == ("SANCION", "Peaje")
    assert deuda_a([vista], corte=date(2031, 1, 1)).interes == Dinero.CERO
    assert SaldoRubro.objects.get().saldo == Dinero("10.00")
    assert violaciones() == {}
    assert vista.fecha_emision == HOY
