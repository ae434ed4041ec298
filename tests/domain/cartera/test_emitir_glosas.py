"""The glosa: its number, its amount, its document, its notice and its entry, all in one go."""

from datetime import date, timedelta

import pytest

from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTAS,
    NOTIFICACION_DE_GLOSA,
    DatosDeGlosa,
    bloques_de_notificacion,
)
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.cartera.queries import glosa as ver_glosa
from recaudo.domain.cartera.queries import glosas_de, lista_de_glosas
from recaudo.domain.cartera.states import MAQUINA
from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.contabilidad.queries import asientos_de_origen
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.bloques import Encabezado
from recaudo.infra.documents.canonico import huella
from recaudo.infra.documents.congelado import IDENTIDAD, nombre_de_provincia
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.plano import contenido_de
from recaudo.infra.documents.trazas import filas_de_traza
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.parametros import cargar_parametros
from tests.domain.estados import steps_of, steps_the_database_allows
from tests.domain.guardas import passes_without, refused
from tests.factories.actos import nace_por
from tests.factories.afiliacion import GUAYAQUIL, QUITO, hacer_empleador, hacer_sucursal
from tests.factories.alcances import ve
from tests.factories.cartera import (
    PRUEBA,
    SISTEMA,
    glosa_en_casillero,
    hacer_obligacion,
    pagar_del_todo,
    poner_tasa,
)

pytestmark = pytest.mark.django_db
VENCE = date(2026, 9, 15)
DIA_31 = date(2026, 10, 16)
TABLA = "cartera_glosa"


def emit(on: date = DIA_31) -> None:
    entrar_en_mora(fecha=on, por=SISTEMA)
    emitir_glosas(fecha=on, por=SISTEMA)


def test_the_golden_glosa_lss_89() -> None:
    """216.00 USD, 31 days at 8.99 + 4 = 12.99 %: 216 × 0.1299 × 31 / 365 = 2.383 → 2.38."""
    o = hacer_obligacion(vence=VENCE, personal="94.50", patronal="111.50", ccc="10.00")
    poner_tasa("2026-10", "8.99")
    emit()
    g = Glosa.objects.get()
    assert (g.obligacion_id, g.numero, g.estado) == (
        o.pk,
        "17-2026-000001",
        "en_espera_de_notificacion",
    )
    assert (g.capital, g.interes) == (Dinero("216.00"), Dinero("2.38"))
    assert Hecho.objects.get(pk=g.hecho_id).norma == "C.D. 516 art. 129"


def test_the_set_gives_the_cent_and_the_reasons_of_the_scalar() -> None:
    poner_tasa("2026-10", "8.99")
    for n, amount in enumerate(["0.01", "0.49", "1.00", "33.33", "99.99", "1234567.89", "4.53"]):
        hacer_obligacion(
            vence=VENCE - n * timedelta(days=n),
            personal=amount,
            patronal="0.00",
            ccc="0.00",
            emitida=date(2026, 7, 1),
        )
    emit()
    assert Glosa.objects.count() == 7
    for g in Glosa.objects.all():
        o = Obligacion.objects.get(pk=g.obligacion_id)
        law = calcular_interes(
            capital=g.capital,
            vencimiento=o.fecha_vencimiento,
            corte=DIA_31,
            parametros=cargar_parametros(),
            tasas=tabla_de_tasas(),
        )
        assert g.interes == law.interes
        assert g.traza_interes == law.traza.como_lista()


def test_the_set_freezes_byte_for_byte_the_blocks_of_the_scalar() -> None:
    empleador = hacer_empleador(
        razon_social="Hacienda La Peña",
        canton=QUITO,
        direccion="Av. «Quito» y \\ 'Loja' \"#1\"",
    )
    o = hacer_obligacion(empleador=empleador, vence=VENCE)
    poner_tasa("2026-10", "8.99")
    emit()
    g = Glosa.objects.get()
    d = Documento.objects.get(pk=g.documento_id)
    law = calcular_interes(
        capital=g.capital,
        vencimiento=VENCE,
        corte=DIA_31,
        parametros=cargar_parametros(),
        tasas=tabla_de_tasas(),
    )
    propio = DatosDeGlosa(
        ruc=empleador.ruc,
        razon_social="Hacienda La Peña",
        representante="",
        tiene_representante=False,
        direccion="Av. «Quito» y \\ 'Loja' \"#1\"",
        tiene_direccion=True,
        sucursal="0001 · Matriz",
        nombre="Aportes",
        planilla=f"2026-08-{o.pk}",
        periodo=Periodo(2026, 8),
        fecha_emision_planilla=date(2026, 9, 1),
        fecha_vencimiento=VENCE,
        personal=Dinero("94.50"),
        patronal=Dinero("111.50"),
        ccc=Dinero("10.00"),
        tiene_ccc=True,
        aportes=Dinero("206.00"),
        capital=Dinero("216.00"),
        fondos={codigo: (getattr(o, codigo.lower()), True) for codigo, _ in FONDOS},
        tiene_fondos=True,
        interes=Dinero("2.38"),
        tasa=Tasa("12.99"),
        dias=31,
        interes_desde=date(2026, 9, 16),
        interes_hasta=DIA_31,
        total=Dinero("218.38"),
        estado_verificacion="PROVISIONAL",
        nota=NOTAS["PROVISIONAL"],
        traza=filas_de_traza(law.traza.como_lista()),
    )
    expected = contenido_de((
        Encabezado(
            institucion=IDENTIDAD["institucion"], unidad="Gestión de Cartera",
            provincia=nombre_de_provincia("17"), titulo=NOTIFICACION_DE_GLOSA.titulo,
            numero=g.numero, titular="Hacienda La Peña", lugar="Quito", fecha=DIA_31,
        ),
        *bloques_de_notificacion(propio, dias_de_termino=8),
    ))  # fmt: skip
    assert d.contenido == expected
    assert d.contenido_sha256 == huella(expected)
    assert (d.numero, d.titular, d.tipo) == (g.numero, "Hacienda La Peña", "NOTIFICACION_DE_GLOSA")


def test_the_receivable_moves_from_planilla_to_glosa_dg_7() -> None:
    o = hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    emit()
    g = Glosa.objects.get()
    legs = asientos_de_origen(origen=("glosa", g.pk))
    assert [(m.cuenta, m.debe, m.haber, m.obligacion_id) for m in legs] == [
        ("1202", Dinero("216.00"), Dinero.CERO, o.pk),
        ("1201", Dinero.CERO, Dinero("216.00"), o.pk),
    ]
    assert {m.fecha for m in legs} == {DIA_31}


def test_a_debt_paid_in_part_is_assessed_for_what_is_left() -> None:
    o = hacer_obligacion(vence=VENCE)
    Obligacion.objects.filter(pk=o.pk).update(saldo_personal=Dinero.CERO)
    poner_tasa("2026-10", "8.99")
    emit()
    assert Glosa.objects.get().capital == Dinero("121.50")
    (cobra,) = (
        b for b in Documento.objects.get().contenido["bloques"] if b.get("titulo") == "Qué se cobra"
    )
    assert cobra["bloques"][3]["filas"][0][1] == "0.00"


def test_numbers_have_no_gap_in_each_province_and_start_again_each_year() -> None:
    for canton in (QUITO, GUAYAQUIL, QUITO):
        hacer_obligacion(empleador=hacer_empleador(canton=canton), vence=VENCE)
    hacer_obligacion(vence=date(2026, 12, 1), emitida=date(2026, 11, 1), periodo="2026-10")
    poner_tasa("2026-10", "8.99")
    poner_tasa("2027-01", "8.99")
    emit()
    emit(date(2027, 1, 1))
    assert sorted(Glosa.objects.values_list("numero", flat=True)) == [
        "09-2026-000001",
        "17-2026-000001",
        "17-2026-000002",
        "17-2027-000001",
    ]


def test_emitting_again_changes_nothing() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    emit()
    before = (Glosa.objects.count(), Documento.objects.count(), Hecho.objects.count())
    emit()
    assert (Glosa.objects.count(), Documento.objects.count(), Hecho.objects.count()) == before


def test_only_the_days_without_a_rate_wait() -> None:
    """September has no rate and October has: by the liquidation date, only the date counts."""
    hacer_obligacion(vence=VENCE)
    result = emitir_glosas(fecha=DIA_31, por=SISTEMA)
    assert result.sin_tasa == 0  # not in arrears yet: nothing to assess
    entrar_en_mora(fecha=DIA_31, por=SISTEMA)
    waiting = emitir_glosas(fecha=DIA_31, por=SISTEMA)
    assert (waiting.emitidas, waiting.sin_tasa) == (0, 1)
    assert "2026-10" in Hecho.objects.get(tipo="glosas_sin_tasa").frase


def test_who_may_not_emit_is_refused() -> None:
    hacer_obligacion(vence=VENCE)
    poner_tasa("2026-10", "8.99")
    entrar_en_mora(fecha=DIA_31, por=SISTEMA)
    auditor = Actor(id=5, nombre="Carla", roles=frozenset({"AUD"}))
    with pytest.raises(SinPermiso):
        emitir_glosas(fecha=DIA_31, por=auditor)


def test_the_jurisdictions_are_the_debtors_canton_and_the_offices() -> None:
    empleador = hacer_empleador(canton="1704", con_matriz=False)  # lives in Cayambe
    hacer_sucursal(empleador=empleador, canton=GUAYAQUIL)
    hacer_obligacion(empleador=empleador, vence=VENCE)
    poner_tasa("2026-10", "8.99")
    emit()
    assert Notificacion.objects.get().cantones == ["0901", "1704"]


def test_paying_the_debt_cancels_its_glosa_in_any_living_state() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    pagar_del_todo(Obligacion.objects.get(), fecha=date(2026, 4, 29))
    assert Glosa.objects.get().estado == "cancelada"
    assert Hecho.objects.get(tipo="glosas_canceladas").despues["cuantas"] == 1


def test_opening_the_notice_of_a_paid_glosa_keeps_it_paid() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    pagar_del_todo(Obligacion.objects.get(), fecha=date(2026, 4, 27))
    acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    assert Glosa.objects.get().estado == "cancelada"
    assert Plazo.objects.count() == 1


def test_the_debtor_sees_what_can_be_done_now_and_what_will_come() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    paga = ve(ana, Permiso.COMPROBANTE_GENERAR)
    numero = Glosa.objects.get().numero
    ficha = ver_glosa(ve(ana), numero=numero, hoy=date(2026, 4, 27), paga=paga)
    assert ficha is not None
    assert [o.clave for o in ficha.puede_hoy] == ["acusar_recibo", "pagar"]
    assert [o.clave for o in ficha.vendra] == ["impugnar", "acuerdo"]
    assert ficha.termino is None
    acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    ficha = ver_glosa(ve(ana), numero=numero, hoy=date(2026, 5, 12), paga=paga)
    assert ficha is not None
    assert ficha.termino is not None
    assert ficha.termino.restantes == 1
    assert [o.clave for o in ficha.puede_hoy] == ["pagar"]
    pagar_del_todo(Obligacion.objects.get(), fecha=date(2026, 5, 12))
    ficha = ver_glosa(ve(ana), numero=numero, hoy=date(2026, 5, 12), paga=paga)
    assert ficha is not None
    assert (ficha.puede_hoy, ficha.vendra) == ((), ())


def test_each_one_sees_only_what_is_theirs() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    numero = Glosa.objects.get().numero
    carla = Actor(id=9, nombre="Carla", roles=frozenset({"EMP"}), empleadores=frozenset({0}))
    quito = Actor(id=8, nombre="Bruno", roles=frozenset({"AC"}), provincias=frozenset({"17"}))
    guayas = Actor(id=7, nombre="Otra", roles=frozenset({"AC"}), provincias=frozenset({"09"}))
    nacional = Actor(id=6, nombre="Mira", roles=frozenset({"DNRC"}))
    hoy = date(2026, 4, 28)
    sees = {
        a.nombre: ver_glosa(ve(a), numero=numero, hoy=hoy) is not None
        for a in (ana, carla, quito, guayas, nacional)
    }
    assert sees == {ana.nombre: True, "Carla": False, "Bruno": True, "Otra": False, "Mira": True}
    assert glosas_de(ve(carla), empleador_id=n.empleador_id) == []
    suyas = lista_de_glosas(ve(quito))
    assert [g.numero for g in suyas.filter(estado="en_espera_de_notificacion")] == [numero]
    assert not suyas.filter(estado="anulada").exists()
    assert not lista_de_glosas(ve(guayas)).exists()
    assert lista_de_glosas(ve(nacional)).count() == 1
    oficina = ver_glosa(ve(quito), numero=numero, hoy=hoy)
    assert oficina is not None
    assert oficina.puede_hoy == ()


@pytest.mark.parametrize(
    ("trigger", "sql"),
    [
        ("glosa_fija", f"UPDATE {TABLA} SET capital = capital - 1"),
        ("glosa_fija", f"UPDATE {TABLA} SET interes = 0"),
        ("glosa_fija", f"UPDATE {TABLA} SET numero = 'otro'"),
        ("glosa_fija", f"DELETE FROM {TABLA}"),
        ("glosa_sin_vaciar", f"TRUNCATE {TABLA}"),
        ("glosa_estado", f"UPDATE {TABLA} SET estado = 'notificada_vencida'"),
        ("glosa_estado", f"UPDATE {TABLA} SET estado = 'notificada'"),  # a step, but no act
    ],
)
def test_the_database_keeps_a_glosa_as_it_was_emitted(trigger: str, sql: str) -> None:
    glosa_en_casillero(el=date(2026, 4, 27))
    assert refused(sql)
    assert passes_without(trigger, TABLA, sql)


def test_a_debt_has_one_living_glosa_at_most() -> None:
    glosa_en_casillero(el=date(2026, 4, 27))
    second = (
        f"INSERT INTO {TABLA} (numero, obligacion_id, empleador_id, provincia, fecha_emision,"
        " capital, interes, traza_interes, estado, estado_verificacion, hecho_id)"
        " SELECT 'otra', obligacion_id, empleador_id, provincia, fecha_emision, capital, interes,"
        f" traza_interes, 'en_espera_de_notificacion', estado_verificacion, 1 FROM {TABLA}"
    )
    assert refused(second)
    pagar_del_todo(Obligacion.objects.get(), fecha=date(2026, 4, 27))
    assert refused(second), "outside an act nothing is born"
    with nace_por("emitir_glosas"):
        assert not refused(second)


def test_python_and_the_database_allow_the_same_steps() -> None:
    glosa_en_casillero(el=date(2026, 4, 27))
    assert steps_the_database_allows(MAQUINA, TABLA, Glosa.objects.get().pk) == steps_of(MAQUINA)
