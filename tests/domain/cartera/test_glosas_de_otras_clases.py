"""Whatever the class, the rubros and the debtor: a glosa when the data of the class says so."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.batches import factores_de_glosa
from recaudo.domain.cartera.batches.factores_de_glosa import clases_con_glosa, regla_de_la_clase
from recaudo.domain.cartera.documents.glosa_por_rubros import (
    FONDOS_DE_GLOSA,
    DatosPorRubros,
    bloques_por_rubros,
)
from recaudo.domain.cartera.documents.notificacion_de_glosa import NOTAS, NOTIFICACION_DE_GLOSA
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.cartera.queries import AVISOS, lista_de_glosas
from recaudo.domain.contabilidad.queries import asientos_de_origen
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones import catalogo
from recaudo.domain.obligaciones.catalogo import clase_de, clases, registrar_clase
from recaudo.domain.obligaciones.queries import deuda_exigible_a, obligacion
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.bloques import Encabezado
from recaudo.infra.documents.congelado import IDENTIDAD, nombre_de_provincia
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.plano import contenido_de
from recaudo.infra.documents.trazas import filas_de_traza
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion, rubros
from recaudo.norma.mora.reglas import Regla
from recaudo.norma.parametros import EstadoVerificacion
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.afiliacion import hacer_empleador, hacer_persona
from tests.factories.cartera import SISTEMA, hacer_obligacion, poner_tasa
from tests.factories.deudas import deber, deber_aportes, deber_costas, violaciones

pytestmark = pytest.mark.django_db
VENCE = date(2026, 9, 15)
DIA_31 = date(2026, 10, 16)


@pytest.fixture(autouse=True)
def _the_classes_of_the_house() -> Iterator[None]:
    antes = dict(catalogo._DE_LOS_CUARTOS)
    yield
    catalogo._DE_LOS_CUARTOS.clear()
    catalogo._DE_LOS_CUARTOS.update(antes)


def de_prueba(codigo: str, *, necesita_glosa: bool, **otros: object) -> str:
    """A class that a room brings, of two rubros of the catalogue."""
    datos: dict[str, object] = {
        "nombre": codigo.replace("_", " ").capitalize(), "materia": "prueba",
        "rubros": ("MULTA", "COSTAS"), "unicidad": ("materia", "version"),
        "estados": MappingProxyType(
            {"emitida": "PLANILLA", "en_mora": "PLANILLA", "en_glosa": "GLOSA"}
        ),
        "norma": "Prueba art. 1", "estado_verificacion": EstadoVerificacion.PROVISIONAL,
    }  # fmt: skip
    clase = ClaseDeObligacion(id=codigo, necesita_glosa=necesita_glosa, **(datos | otros))  # type: ignore[arg-type]
    registrar_clase(clase)
    return codigo


def emitir(el: date = DIA_31) -> int:
    entrar_en_mora(fecha=el, por=SISTEMA)
    return emitir_glosas(fecha=el, por=SISTEMA).emitidas


def deber_de(clase: str, n: int = 1, **de_quien: object) -> int:
    """A debt of a class of the catalogue: 10.01 of each of its rubros, to a fund it may go to."""
    rubros_suyos = [rubros()[r] for r in clase_de(clase).rubros]
    partes = {(r.id, (r.fondos or ("SALUD",))[0]): "10.01" for r in rubros_suyos}
    return deber(
        partes, clase=clase, vence=VENCE, materia=("prueba", n), periodo=Periodo(2026, 8),
        **de_quien,  # type: ignore[arg-type]
    )  # fmt: skip


def test_every_class_that_says_so_gets_its_glosa_and_no_other() -> None:
    """The catalogue and two classes of a room, of employers and of persons."""
    poner_tasa("2026-10", "8.99")
    de_prueba("CON_GLOSA", necesita_glosa=True, interes="MAXIMA_CONVENCIONAL")
    de_prueba("SIN_GLOSA", necesita_glosa=False, interes="MAXIMA_CONVENCIONAL")
    quienes = (("empleador", hacer_empleador), ("persona", hacer_persona))
    pares = [(clase, *quien) for clase in clases() for quien in quienes]
    deudas = {
        (clase, quien): deber_de(clase, n, **{quien: hacer()})
        for n, (clase, quien, hacer) in enumerate(pares)
    }
    vistas = [obligacion(n, alcance=TODA_LA_NACION) for n in deudas.values()]
    debido = deuda_exigible_a(vistas, corte=DIA_31)
    assert emitir() == len(Glosa.objects.all())
    glosas = {g.obligacion_id: g for g in Glosa.objects.all()}
    con = {deuda for (clase, _), deuda in deudas.items() if clase_de(clase).necesita_glosa}
    assert set(glosas) == con
    for deuda in con:
        g, d = glosas[deuda], debido[deuda]
        assert (g.capital, g.interes) == (d.capital, d.interes), d.obligacion.clase
        assert (g.empleador_id, g.persona_id) == (
            d.obligacion.empleador_id,
            d.obligacion.persona_id,
        )
        aviso = Notificacion.objects.get(materia_id=g.pk)
        assert (aviso.destinatario_tipo, aviso.destinatario_id) == d.obligacion.deudor
        assert (aviso.estado, g.estado) == (
            ("depositada", "en_espera_de_notificacion")
            if g.empleador_id
            else ("fallida", "no_notificada_electronicamente")
        )
        assert obligacion(deuda, alcance=TODA_LA_NACION).contable == "GLOSA"
    numeros = sorted(int(g.numero[-6:]) for g in glosas.values())
    assert numeros == list(range(1, len(numeros) + 1)), "no gap, no repetition"
    assert violaciones() == {}
    assert emitir() == 0


def test_the_glosa_of_who_has_no_inbox_waits_in_sight_for_another_channel() -> None:
    """Nothing is in an inbox that nobody has; no término runs; the office finds it and why."""
    poner_tasa("2026-10", "8.99")
    deuda = deber_de(de_prueba("CON_GLOSA", necesita_glosa=True), persona=hacer_persona())
    emitir()
    glosa, aviso = Glosa.objects.get(), Notificacion.objects.get()
    assert (aviso.estado, aviso.abrir_hasta) == ("fallida", None)
    assert aviso.motivo_fallo == "El destinatario no tiene casillero electrónico."
    assert not Plazo.objects.exists()
    vencer_sin_abrir(fecha=DIA_31 + timedelta(days=90), por=SISTEMA)
    lista = lista_de_glosas(TODA_LA_NACION)
    donde = {codigo: q for codigo, _, q in AVISOS}
    assert [g.pk for g in lista.filter(donde["no_enviada"])] == [glosa.pk]
    assert not lista.filter(donde["sin_abrir"]).exists()
    hechos = Hecho.objects.filter(
        tipo__in=["notificaciones_sin_casillero", "glosas_no_notificadas"]
    )
    assert [h.despues["cuantas"] for h in hechos.order_by("id")] == [1, 1]
    pagar_a_mano(50_000, deuda, DIA_31)
    assert Glosa.objects.get().estado == "cancelada"
    assert violaciones() == {}


def test_the_ledger_leaves_each_rubro_from_its_own_account_to_its_own() -> None:
    de_prueba("CON_GLOSA", necesita_glosa=True)
    deuda = deber(
        {
            ("MULTA", "GASTOS_ADM"): "30.00",
            ("MULTA", "SALUD"): "5.00",
            ("COSTAS", "COSTAS"): "7.50",
        },
        clase="CON_GLOSA", vence=VENCE,
    )  # fmt: skip
    emitir()
    legs = asientos_de_origen(origen=("glosa", Glosa.objects.get().pk))
    assert [(m.cuenta, str(m.debe), str(m.haber), m.obligacion_id) for m in legs] == [
        ("1232", "35.00", "0.00", deuda), ("1262", "7.50", "0.00", deuda),
        ("1231", "0.00", "35.00", deuda), ("1261", "0.00", "7.50", deuda),
    ]  # fmt: skip
    assert violaciones() == {}


def test_a_debt_of_aportes_without_sucursal_is_not_lost_nor_leaves_a_gap() -> None:
    """It was: the join with the sucursal dropped it after its number was taken."""
    poner_tasa("2026-10", "8.99")
    suelta = deber_aportes(empleador=hacer_empleador(con_matriz=False), vence=VENCE)
    hacer_obligacion(vence=VENCE)
    assert emitir() == 2
    assert sorted(Glosa.objects.values_list("numero", flat=True)) == [
        "17-2026-000001", "17-2026-000002",
    ]  # fmt: skip
    assert Glosa.objects.get(obligacion_id=suelta).interes == Dinero("11.03")


def test_what_was_paid_of_the_interest_before_is_not_asked_again() -> None:
    """A class that takes abonos before its glosa: interest from where it is settled."""
    for mes in ("2026-09", "2026-10"):
        poner_tasa(mes, "8.99")
    clase = de_prueba(
        "CON_ABONO", necesita_glosa=True, interes="LSS_89",
        estados=MappingProxyType({"emitida": "TITULO", "en_mora": "TITULO", "en_glosa": "GLOSA"}),
    )  # fmt: skip
    deudas = [
        deber({("MULTA", "SALUD"): "1000.00"}, clase=clase, vence=VENCE, materia=("prueba", n))
        for n in (1, 2)
    ]
    pagar_a_mano(50_000, deudas[0], date(2026, 9, 25))  # settles the interest until that day
    pagar_a_mano(100, deudas[1], date(2026, 9, 25))  # less than the interest: an abono of it
    vistas = [obligacion(n, alcance=TODA_LA_NACION) for n in deudas]
    debido = deuda_exigible_a(vistas, corte=DIA_31)
    assert emitir() == 2
    for g in Glosa.objects.all():
        assert g.interes == debido[g.obligacion_id].interes
    assert Glosa.objects.get(obligacion_id=deudas[1]).traza_interes[-2]["paso"] == (
        "Interés ya abonado"
    )
    assert violaciones() == {}


@pytest.mark.parametrize("de_persona", [False, True])
def test_the_set_freezes_byte_for_byte_the_blocks_of_the_scalar(de_persona: bool) -> None:
    poner_tasa("2026-10", "8.99")
    quien = hacer_persona() if de_persona else hacer_empleador(razon_social="Hacienda La Peña")
    nombre = quien.nombre if de_persona else "Hacienda La Peña"
    deuda = deber(
        {("RESPONSABILIDAD_PATRONAL", "SALUD"): "700.00",
         ("RESPONSABILIDAD_PATRONAL", "RIESGOS"): "300.00"},
        clase="RESPONSABILIDAD_PATRONAL", vence=VENCE, materia=("resolucion_rp", 9),
        **{"persona" if de_persona else "empleador": quien},
    )  # fmt: skip
    d = deuda_exigible_a([obligacion(deuda, alcance=TODA_LA_NACION)], corte=DIA_31)[deuda]
    emitir()
    g = Glosa.objects.get()
    fondos = {"SALUD": Dinero("700.00"), "RIESGOS": Dinero("300.00")}
    datos = DatosPorRubros(
        identificacion=quien.identificacion if de_persona else quien.ruc,
        nombre_del_deudor=nombre, representante="", tiene_representante=False,
        direccion="", tiene_direccion=False, sucursal="", tiene_sucursal=False,
        nombre="Responsabilidad patronal", norma="C.D. 677 DG 12.ª", deuda=deuda,
        periodo=Periodo(2000, 1), tiene_periodo=False,
        fecha_emision_deuda=date(2026, 9, 10), fecha_vencimiento=VENCE,
        rubros={
            r: (Dinero("1000.00") if r == "RESPONSABILIDAD_PATRONAL" else Dinero.CERO,
                r == "RESPONSABILIDAD_PATRONAL") for r in rubros()
        },
        fondos={f: (fondos.get(f, Dinero.CERO), f in fondos) for f, _ in FONDOS_DE_GLOSA},
        tiene_fondos=True, capital=Dinero("1000.00"), interes=Dinero("7.64"), tiene_interes=True,
        tasa=Tasa("8.99"), dias=31, interes_desde=date(2026, 9, 16), interes_hasta=DIA_31,
        total=Dinero("1007.64"), estado_verificacion="PROVISIONAL", nota=NOTAS["PROVISIONAL"],
        traza=filas_de_traza(d.traza.como_lista()),
    )  # fmt: skip
    esperado = contenido_de((
        Encabezado(
            institucion=IDENTIDAD["institucion"], unidad="Gestión de Cartera",
            provincia=nombre_de_provincia("17"), titulo=NOTIFICACION_DE_GLOSA.titulo,
            numero=g.numero, titular=nombre, lugar="Quito", fecha=DIA_31,
        ),
        *bloques_por_rubros(datos, de_persona=de_persona, dias_de_termino=8),
    ))  # fmt: skip
    assert Documento.objects.get(pk=g.documento_id).contenido == esperado


def test_a_month_without_rate_stops_only_the_classes_that_bear_interest() -> None:
    de_prueba("SIN_INTERES", necesita_glosa=True)
    deber({("MULTA", "SALUD"): "10.00"}, clase="SIN_INTERES", vence=VENCE)
    hacer_obligacion(vence=VENCE)
    entrar_en_mora(fecha=DIA_31, por=SISTEMA)
    hecho = emitir_glosas(fecha=DIA_31, por=SISTEMA)
    assert (hecho.emitidas, hecho.sin_tasa, hecho.interes) == (1, 1, Dinero.CERO)


def test_a_class_of_two_rules_of_interest_waits_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    de_prueba("DE_DOS_REGLAS", necesita_glosa=True)
    de_prueba("DE_UNA_REGLA", necesita_glosa=True)
    deber_de("DE_DOS_REGLAS", 1)
    deber_de("DE_UNA_REGLA", 2)
    de_verdad = factores_de_glosa.regla_de_interes

    def de_cada_rubro(*, clase: str, rubro: str, **lo_demas: object) -> Regla:
        if getattr(clase, "id", clase) == "DE_DOS_REGLAS":
            return Regla.LSS_89 if rubro == "MULTA" else Regla.MAXIMA_CONVENCIONAL
        return de_verdad(clase=clase, rubro=rubro, **lo_demas)  # type: ignore[arg-type]

    monkeypatch.setattr(factores_de_glosa, "regla_de_interes", de_cada_rubro)
    entrar_en_mora(fecha=DIA_31, por=SISTEMA)
    hecho = emitir_glosas(fecha=DIA_31, por=SISTEMA)
    assert (hecho.emitidas, hecho.sin_tasa) == (1, 1)
    dicho = Hecho.objects.get(tipo="glosas_sin_tasa").frase
    assert "reglas distintas" in dicho


def test_a_class_that_needs_a_glosa_says_where_its_receivable_stands_in_it() -> None:
    with pytest.raises(ValueError, match="MAL_DICHA"):
        de_prueba(
            "MAL_DICHA", necesita_glosa=True, estados=MappingProxyType({"emitida": "PLANILLA"})
        )


def test_every_class_that_needs_a_glosa_has_one_rule_of_interest() -> None:
    """Two rules under one glosa would need two factors: CUOTA_DE_ACUERDO has one and none."""
    for codigo in (*clases_con_glosa(), "CUOTA_DE_ACUERDO"):
        regla_de_la_clase(clase_de(codigo), corte=DIA_31)


def test_costs_never_get_a_glosa() -> None:
    deber_costas("10.00")
    assert emitir(date(2027, 3, 1)) == 0
