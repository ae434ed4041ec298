"""The monthly emission: scalar rule = set result, to the cent; nothing half done; once each."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.domain.afiliacion.models import CierreNovedades, RelacionLaboral
from recaudo.domain.contabilidad.queries import asientos_de_origen, libro_cuadra
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.planillas.actions.emitir_planillas import (
    EmpleadorSinSucursal,
    PeriodoSinTerminar,
    emitir_planillas,
)
from recaudo.domain.planillas.batches import emitir_trozo
from recaudo.domain.planillas.batches.ley_de_emision import guardar_tarifas, ley_del_periodo
from recaudo.domain.planillas.models import EmisionLote, Planilla, PlanillaLinea
from recaudo.domain.planillas.plan_contable import HABERES, patas_de_emision
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from recaudo.norma.aportes import calcular_aporte, calcular_base, contribucion_ccc
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.catalogos import buscar_tipo_empleador
from recaudo.norma.parametros.cargador import cargar_parametros
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import (
    empleador_domestico,
    empleador_publico,
    hacer_empleador,
    hacer_nomina,
    hacer_relacion,
    hacer_sucursal,
    matriz_de,
)
from tests.factories.planillas import (
    HOY,
    PERIODO,
    cambio_de_sueldo,
    dias_no_laborados,
    emitir,
    extras,
)

pytestmark = pytest.mark.django_db


def _linea(relacion: RelacionLaboral) -> PlanillaLinea:
    return PlanillaLinea.objects.get(relacion_id=relacion.pk)


def _expected(relacion: RelacionLaboral, tipo: str, mnd: int, ins: Dinero, sueldo: Dinero) -> dict:
    """The line as the scalar law says it, through the public functions only."""
    parametros = cargar_parametros()
    salida = relacion.vigencia.upper
    dias = dias_del_periodo(
        periodo=PERIODO,
        parametros=parametros,
        entrada=relacion.vigencia.lower,
        salida=salida - timedelta(days=1) if salida else None,
    )
    base = calcular_base(sueldo=sueldo, dias=max(dias - mnd, 0), extras=ins, parametros=parametros)
    aporte = calcular_aporte(
        regimen=buscar_tipo_empleador(tipo).regimen,
        periodo=PERIODO,
        base=base.base,
        parametros=parametros,
        tipo_empleador=tipo,
    )
    return {
        "dias": base.dias,
        "base": base.base,
        "personal": aporte.personal,
        "total": aporte.total,
        **{seguro.lower(): parte for seguro, parte in aporte.distribucion.items()},
    }


def _actual(linea: PlanillaLinea, campos: dict) -> dict:
    return {campo: getattr(linea, campo) for campo in campos}


def test_half_a_month_of_the_basic_salary_owes_49_65_as_the_real_planilla_says() -> None:
    # R-BAS-20: 241.00 × 20.60 % = 49.65 in one rounding; two roundings would give 49.64.
    relacion = hacer_relacion(sueldo="482.00", desde=date(2026, 9, 16))
    emitir()
    linea = _linea(relacion)
    assert (linea.dias, linea.base, linea.total) == (15, Dinero("241.00"), Dinero("49.65"))


_CASO = st.tuples(
    st.sampled_from(["PRIV_SOCIEDAD", "DOMESTICO", "PUBLICO", "BANCA_PRIVADA", "ARTESANO_CALIF"]),
    st.integers(1, 5_000_000),  # salary, cents
    st.integers(-40, 29),  # entry, days from the first of the month
    st.integers(1, 40) | st.none(),  # exclusive end, days after the entry
    st.integers(0, 31),  # days not worked
    st.integers(0, 300_000) | st.none(),  # extras, cents
)


@pytest.fixture
def _tarifas() -> None:
    """Store the tariffs of the period once for all the examples of a test."""
    ley = ley_del_periodo(PERIODO)
    guardar_tarifas(ley, ley.tarifas)


@pytest.mark.usefixtures("_tarifas")
@settings(
    max_examples=ejemplos(25),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(casos=st.lists(_CASO, min_size=1, max_size=6), mass=st.booleans())
def test_the_set_gives_the_cents_of_the_scalar_rule(casos: list[tuple], mass: bool) -> None:
    with transaction.atomic():
        _compare(casos, mass=mass)
        transaction.set_rollback(True)


def _compare(casos: list[tuple], *, mass: bool) -> None:
    esperadas = []
    rucs = set()
    for tipo, sueldo, entra, dura, mnd, ins in casos:
        empleador = hacer_empleador(tipo_empleador=tipo)
        rucs.add(empleador.ruc)
        desde = PERIODO.primer_dia + timedelta(days=entra)
        relacion = hacer_relacion(
            sucursal=matriz_de(empleador),
            sueldo=str(Dinero.de_centavos(sueldo)),
            desde=desde,
            hasta=desde + timedelta(days=dura) if dura else None,
        )
        if mnd:
            dias_no_laborados(relacion, mnd)
        if ins:
            extras(relacion, str(Dinero.de_centavos(ins)))
        extra = Dinero.de_centavos(ins or 0)
        esperada = _expected(relacion, tipo, mnd, extra, Dinero.de_centavos(sueldo))
        esperadas.append((relacion, tipo, esperada))
    if mass:
        emitir(trozos=2)
    else:
        for ruc in rucs:
            emitir(ruc=ruc)
    for relacion, tipo, esperada in esperadas:
        outside = relacion.vigencia.upper and relacion.vigencia.upper <= PERIODO.primer_dia
        if outside or not esperada["total"]:  # a base of one or two cents owes nothing
            assert not PlanillaLinea.objects.filter(relacion_id=relacion.pk).exists()
            continue
        assert _actual(_linea(relacion), esperada) == esperada
        planilla = Planilla.objects.get(sucursal_id=relacion.sucursal_id)
        assert planilla.ccc == contribucion_ccc(
            masa_salarial=esperada["base"],
            periodo=PERIODO,
            tipo_empleador=tipo,
            parametros=cargar_parametros(),
        )


def test_a_few_thousand_lines_have_no_difference_with_the_scalar_rule() -> None:
    empleador = hacer_empleador()
    _thousands(matriz_de(empleador).pk, empleador.pk, 3_000)
    resultado = emitir()
    assert (resultado.lineas, resultado.diferencias) == (3_000, 0)
    assert resultado.muestra >= 200
    planilla = Planilla.objects.get()
    lineas = PlanillaLinea.objects.filter(planilla_id=planilla.pk)
    bases = [linea.base for linea in lineas]
    assert planilla.masa_salarial == sum(bases, Dinero.CERO)
    for linea in lineas.filter(relacion_id__gt=0)[:500]:
        aporte = calcular_aporte(
            regimen="PRIVADO", periodo=PERIODO, base=linea.base, parametros=cargar_parametros()
        )
        assert (linea.personal, linea.total) == (aporte.personal, aporte.total)


def _thousands(sucursal_id: int, empleador_id: int, cuantos: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH p AS (INSERT INTO afiliacion_persona (identificacion, nombre) "
            "SELECT '2059' || lpad(i::text, 6, '0'), 'Persona ' || i FROM generate_series(1, %s) i "
            "RETURNING id) INSERT INTO afiliacion_relacionlaboral (empleador_id, sucursal_id, "
            "persona_id, vigencia, sueldo, sueldo_desde, relacion_trabajo, actividad_sectorial, "
            "cargo, origen_pago, causa_salida) SELECT %s, %s, id, daterange('2024-01-01', NULL), "
            "48200 + id * 7919 %% 100003, 202401, '06', '', '', 'P', '' FROM p",
            [cuantos, empleador_id, sucursal_id],
        )


def test_a_wrong_table_of_the_law_is_caught_by_the_sample_and_nothing_is_emitted() -> None:
    # The failing twin of the sample: spoil the table that SQL joins, not the scalar rule.
    hacer_relacion(sueldo="482.01")
    emitir(ensayo=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE planillas_tarifaresiduo SET total = total + 1, ivm = ivm + 1")
    with pytest.raises(emitir_trozo.DiferenciasEnLaMuestra):
        emitir()
    assert not Planilla.objects.exists()
    assert not Obligacion.objects.exists()


def test_the_salary_in_force_in_the_period_is_used_whatever_changed_later() -> None:
    # R-NOV: a MSU of October does not touch September; two later changes: the first one counts.
    nomina = hacer_nomina(3)
    igual, despues, dos = nomina.relaciones
    cambio_de_sueldo(despues, desde=PERIODO.siguiente(), antes="500.00", nuevo="700.00")
    cambio_de_sueldo(dos, desde=PERIODO.mas(1), antes="510.00", nuevo="600.00")
    cambio_de_sueldo(dos, desde=PERIODO.mas(2), antes="600.00", nuevo="900.00")
    emitir()
    assert _linea(igual).sueldo == Dinero("600.00")
    assert _linea(despues).sueldo == Dinero("500.00")
    assert _linea(dos).sueldo == Dinero("510.00")


def test_an_annulled_event_does_not_count() -> None:
    relacion = hacer_relacion(sueldo="600.00")
    extras(relacion, "80.00", estado="anulada")
    extras(relacion, "20.00")
    extras(relacion, "1.50")
    emitir()
    assert _linea(relacion).extras == Dinero("21.50")


def test_a_planilla_is_born_with_its_debt_and_one_entry_of_the_same_amount() -> None:
    # D05; C.D. 497 DG 7.ª and 8.ª: the three in one transaction, by the fund of each seguro.
    for empleador in (hacer_empleador(), empleador_publico(), empleador_domestico()):
        hacer_nomina(4, empleador=empleador, sueldo="733.33")
    emitir()
    assert libro_cuadra()
    for planilla in Planilla.objects.all():
        _assert_one_birth(planilla)
    assert Planilla.objects.count() == 3


def _assert_one_birth(planilla: Planilla) -> None:
    obligacion = Obligacion.objects.get(pk=planilla.pk)
    patas = asientos_de_origen(origen=("planilla", planilla.pk), lote=planilla.lote)
    assert len({pata.asiento_id for pata in patas}) == 1
    importes = {
        columna: planilla.ccc if columna == "ccc" else getattr(obligacion, columna)
        for columna, _ in HABERES
    }
    esperadas = patas_de_emision(planilla.pk, importes)
    assert [(p.cuenta, p.debe, p.haber, p.obligacion_id) for p in patas] == [
        (p.cuenta, p.debe, p.haber, p.obligacion_id) for p in esperadas
    ]
    assert obligacion.capital_personal + obligacion.capital_patronal + obligacion.capital_ccc == (
        patas[0].debe
    )
    assert (obligacion.capital_ccc, obligacion.saldo_personal) == (planilla.ccc, planilla.personal)
    assert obligacion.estado == "emitida"
    assert obligacion.fecha_vencimiento == date(2026, 10, 15)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT x) FROM (SELECT xmin::text AS x FROM obligaciones_obligacion "
            "WHERE id = %(p)s UNION ALL SELECT xmin::text FROM planillas_planilla "
            "WHERE obligacion_id = %(p)s) t",
            {"p": planilla.pk},
        )
        assert cursor.fetchone()[0] == 1


def test_running_again_changes_nothing() -> None:
    hacer_nomina(3)
    primera = emitir()
    segunda = emitir()
    assert (segunda.planillas, segunda.lineas, segunda.emitido) == (
        primera.planillas,
        primera.lineas,
        primera.emitido,
    )
    assert (primera.nuevas, segunda.nuevas) == (1, 0)
    assert Planilla.objects.count() == Obligacion.objects.count() == 1


def test_a_late_employer_enters_as_ordinary_traffic() -> None:
    hacer_nomina(2)
    emitir()
    hacer_nomina(1)
    segunda = emitir()
    assert (segunda.planillas, segunda.nuevas) == (2, 1)
    assert sorted(Planilla.objects.values_list("lote", flat=True))[0] == 0


def test_an_annulled_planilla_is_emitted_again_as_another_version() -> None:
    nomina = hacer_nomina(1)
    emitir(ruc=nomina.empleador.ruc)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE obligaciones_obligacion DISABLE TRIGGER obligacion_estado")
        cursor.execute("UPDATE obligaciones_obligacion SET estado = 'anulada'")
        cursor.execute("ALTER TABLE obligaciones_obligacion ENABLE TRIGGER obligacion_estado")
    emitir(ruc=nomina.empleador.ruc)
    assert sorted(Obligacion.objects.values_list("version", "estado")) == [
        (1, "anulada"),
        (2, "emitida"),
    ]


def test_only_the_sucursal_asked_for_is_emitted() -> None:
    nomina = hacer_nomina(1)
    otra = hacer_sucursal(empleador=nomina.empleador, codigo="0002")
    hacer_relacion(sucursal=otra)
    resultado = emitir(ruc=nomina.empleador.ruc, sucursal="0002")
    assert resultado.planillas == 1
    assert Planilla.objects.get().sucursal_id == otra.pk


def test_an_employer_whose_rates_are_not_known_is_listed_and_the_others_go_on() -> None:
    hacer_nomina(1)
    bloqueado = hacer_empleador(tipo_empleador="BANCA_MUNI_DESC_NOTARIA")
    hacer_nomina(1, empleador=bloqueado)
    resultado = emitir()
    assert resultado.planillas == 1
    assert [b.ruc for b in resultado.bloqueadas] == [bloqueado.ruc]
    assert "CCC" in resultado.bloqueadas[0].motivo


def test_the_doubt_of_the_rules_travels_with_the_debt() -> None:
    hacer_nomina(1, empleador=hacer_empleador(tipo_empleador="PRIV_NATURAL"))
    emitir()
    assert Obligacion.objects.get().estado_verificacion == "PROVISIONAL"


def test_a_rehearsal_says_what_would_be_emitted_and_leaves_nothing() -> None:
    hacer_nomina(3)
    ensayo = emitir(ensayo=True)
    assert (Planilla.objects.count(), EmisionLote.objects.count()) == (0, 0)
    real = emitir()
    assert (ensayo.planillas, ensayo.lineas, ensayo.emitido) == (
        real.planillas,
        real.lineas,
        real.emitido,
    )


def test_each_batch_states_one_fact_with_its_sample() -> None:
    hacer_nomina(3)
    emitir()
    hecho = Hecho.objects.get(tipo="planillas_emitidas")
    assert (hecho.acto, hecho.despues["muestra"], hecho.despues["diferencias"]) == (
        "emitir_planillas",
        3,
        0,
    )
    assert hecho.frase.startswith("Emisión de septiembre de 2026: 1 planilla por ")


def test_a_month_that_has_not_ended_is_refused() -> None:
    with pytest.raises(PeriodoSinTerminar):
        emitir_planillas(
            periodo=PERIODO, por=Actor.sistema(), hoy=PERIODO.ultimo_dia, trabajadores=1
        )


def test_an_unknown_employer_is_refused() -> None:
    with pytest.raises(EmpleadorSinSucursal):
        emitir(ruc="1790000000001")


def test_whoever_may_not_emit_emits_nothing() -> None:
    hacer_nomina(1)
    auditora = Actor(id=9, nombre="Auditora", roles=frozenset({"AUD"}))
    with pytest.raises(SinPermiso):
        emitir_planillas(periodo=PERIODO, por=auditora, hoy=HOY, trabajadores=1)
    assert not Planilla.objects.exists()


def test_the_whole_emission_closes_the_month_to_events_and_a_rehearsal_does_not() -> None:
    hacer_nomina(1)
    emitir(ensayo=True)
    assert not CierreNovedades.objects.exists()
    emitir()
    assert CierreNovedades.objects.get().periodo == PERIODO


def test_a_base_of_one_cent_owes_nothing_and_makes_no_planilla() -> None:
    ruc = hacer_relacion(sueldo="0.01").empleador.ruc
    hacer_relacion(sueldo="600.00")
    assert emitir(ruc=ruc).planillas == 0
    resultado = emitir()
    assert (resultado.planillas, resultado.lineas, PlanillaLinea.objects.count()) == (1, 1, 1)
