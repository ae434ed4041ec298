"""Every query that returns rows takes a reach, and only `infra/security` compares territories."""

import pytest

from recaudo.infra.security.matriz import Ambito
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from tests.architecture import reglas_de_alcance as reglas

CATALOGO = "A catalogue: it is nobody's."
DE_LA_NACION = "A book of the nation, of no province: what opens it is national in every cell."
YA_LEIDO = "It works on rows that were read within reach."
INTERNA = "For acts and batches; no page calls it."
PUBLICA = "Public verification by the code of a document: no name, no amount of anybody."
DE_LA_MATERIA = "Of a matter that its room read within reach."
DE_LA_CONSOLA = "For the console of the machine."
R, C = "domain/recaudacion/queries", "domain/contabilidad/queries"
DEUDAS = "domain/obligaciones/queries"
#: Each with its reason. A new function takes `alcance`; this list grows only with a reason.
SIN_ALCANCE = {
    "domain/afiliacion/queries.empleadores_representados": INTERNA,
    "domain/afiliacion/queries.codigo_de_sucursal": "It gives a column of rows read within reach.",
    "domain/afiliacion/queries.id_de_ruc": "It gives a column of rows that were read within reach.",
    "domain/afiliacion/queries.que_coinciden": "It narrows rows that were read within reach.",
    "domain/afiliacion/queries.ficha_de_persona": "Of a debt or a credit read within reach.",
    "domain/afiliacion/queries.persona_de": "A column of rows that were read within reach.",
    "domain/afiliacion/queries.persona_por_identificacion": (
        "A person is of no province: its page is there when what it owes is within reach."
    ),
    "domain/cartera/queries.dias_cerrados": DE_LA_NACION,
    "domain/cartera/queries.glosa_de_documento": PUBLICA,
    "domain/cartera/queries.ultimo_dia_cerrado": DE_LA_NACION,
    "domain/cartera/queries.vistas": YA_LEIDO,
    f"{R}/conciliacion.comprobante_citado": YA_LEIDO,
    f"{C}.asientos_de_origen": DE_LA_NACION,
    f"{C}.contenido_del_tramo": INTERNA,
    f"{C}.cuentas_por_codigo": CATALOGO,
    f"{C}.encadenar": INTERNA,
    f"{C}.conceptos_del_libro": DE_LA_NACION,
    f"{C}.cuantos_asientos": DE_LA_NACION,
    f"{C}.libro_cuadra": DE_LA_NACION,
    f"{C}.movimientos_de": DE_LA_NACION,
    f"{C}.saldos_por_cuenta": DE_LA_NACION,
    f"{C}.verificar_sellos": INTERNA,
    "domain/notificaciones/queries.estado_del_aviso": DE_LA_MATERIA,
    "domain/notificaciones/queries.con_aviso": DE_LA_MATERIA,
    "domain/cartera/queries.con_la_glosa_del_aviso": DE_LA_MATERIA,
    "domain/cartera/queries.con_la_glosa_de_la_deuda": DE_LA_MATERIA,
    "domain/plazos/queries.historia_de_plazo": DE_LA_MATERIA,
    "domain/plazos/queries.plazo_abierto_por": DE_LA_MATERIA,
    "domain/plazos/queries.plazo_de": DE_LA_MATERIA,
    "domain/plazos/queries.ultimo_dia_del_plazo": DE_LA_MATERIA,
    "domain/plazos/queries.ultimo_dia_del_origen": DE_LA_MATERIA,
    "domain/notificaciones/queries.intentos_de": DE_LA_MATERIA,
    "domain/notificaciones/queries.el_que_cuenta": YA_LEIDO,
    "domain/notificaciones/queries.vence_si_se_recibe": YA_LEIDO,
    "domain/plazos/queries.plazos_de_origen": DE_LA_MATERIA,
    "domain/notificaciones/queries.terminos_de_avisos": DE_LA_MATERIA,
    "domain/notificaciones/queries.vistas": YA_LEIDO,
    f"{DEUDAS}/deuda.deuda_a": YA_LEIDO,
    f"{DEUDAS}/deuda.deuda_exigible_a": YA_LEIDO,
    f"{DEUDAS}/obligaciones.bloquear": INTERNA,
    f"{DEUDAS}/obligaciones.cuantas_devengan": "A count of the nation: rates are national.",
    f"{DEUDAS}/obligaciones.cuantas_entran_en_mora": DE_LA_NACION,
    f"{DEUDAS}/obligaciones.queda_alguna_viva": YA_LEIDO,
    f"{DEUDAS}/obligaciones.obligaciones_de_materia": DE_LA_MATERIA,
    f"{DEUDAS}/obligaciones.vencidas_de": INTERNA,
    "domain/organizacion/queries.canton": CATALOGO,
    "domain/organizacion/queries.cantones": CATALOGO,
    "domain/organizacion/queries.cuenta_de": DE_LA_CONSOLA,
    "domain/organizacion/queries.provincias": CATALOGO,
    "domain/parametros/queries.tabla_de_tasas": CATALOGO,
    "domain/parametros/queries.hay_tasa_para": CATALOGO,
    "domain/parametros/queries.anios_con_tasa": CATALOGO,
    "domain/parametros/queries.lista_de_tasas": CATALOGO,
    "domain/parametros/queries.tasa_publicada": CATALOGO,
    "domain/parametros/queries.vecindad": CATALOGO,
    "domain/parametros/queries.tasas_para_calcular": CATALOGO,
    "domain/planillas/queries.linea": YA_LEIDO,
    "domain/planillas/queries.lineas_de": YA_LEIDO,
    "domain/planillas/queries.porque": YA_LEIDO,
    "domain/planillas/queries.porque_ccc": YA_LEIDO,
    f"{R}/cola.canales": CATALOGO,
    f"{R}/cola.cola_de_valores": DE_LA_NACION,
    f"{R}/cola.lineas_por_referencia": DE_LA_NACION,
    f"{R}/comprobantes.comprobantes_vivos_con": YA_LEIDO,
    f"{R}/comprobantes.siguen_pendientes": YA_LEIDO,
    f"{R}/comprobantes.cuantos_caducan": DE_LA_NACION,
    f"{R}/comprobantes.comprobante_de_documento": PUBLICA,
    f"{R}/extractos.extracto": DE_LA_NACION,
    f"{R}/extractos.lista_de_extractos": DE_LA_NACION,
    f"{R}/cuentas.cuenta_bancaria": DE_LA_NACION,
    f"{R}/cuentas.cuentas_bancarias": DE_LA_NACION,
    f"{R}/cuentas.lista_de_cuentas": DE_LA_NACION,
    f"{R}/lineas.desenlace_de_extracto": DE_LA_NACION,
    f"{R}/extractos.anterior": YA_LEIDO,
    f"{R}/extractos.salto": YA_LEIDO,
    f"{R}/extractos.salto_del_extracto": DE_LA_NACION,
    f"{R}/juicio.juicios": DE_LA_NACION,
    f"{R}/juicio.extractos_en_falta": DE_LA_NACION,
    f"{R}/juicio.prever_linea": DE_LA_NACION,
    f"{R}/juicio.declaracion_de": DE_LA_NACION,
    f"{R}/avisos.aviso": DE_LA_NACION,
    f"{R}/lotes.lote_visto": DE_LA_NACION,
    f"{R}/lotes.reconocimiento_de": DE_LA_NACION,
    f"{R}/lotes.los_que_repiten": YA_LEIDO,
    f"{R}/avisos.alcanzadas": DE_LA_NACION,
    f"{R}/avisos.sin_contar": DE_LA_NACION,
    f"{R}/avisos.dias_contados": DE_LA_NACION,
    f"{R}/avisos.fue_contada_por_extracto": YA_LEIDO,
    f"{R}/avisos.lineas_desmentidas": YA_LEIDO,
    f"{R}/sospechosas.sospechosas": YA_LEIDO,
    f"{R}/sospechosas.que_suman": YA_LEIDO,
    f"{R}/cargos.cargo": DE_LA_NACION,
    f"{R}/cargos.lista_de_cargos": DE_LA_NACION,
    f"{R}/cargos.lineas_de_la_entrada": YA_LEIDO,
    f"{R}/cargos.partes_de_la_entrada": YA_LEIDO,
    f"{R}/cargos.devolucion": YA_LEIDO,
    f"{R}/cargos.comision_de_la_entrada": YA_LEIDO,
    f"{R}/cargos.dinero_de_la_entrada": INTERNA,
    f"{R}/conciliacion.fecha_del_ingreso": YA_LEIDO,
    f"{R}/conciliacion.linea": DE_LA_NACION,
    f"{R}/lineas.lista_de_lineas": DE_LA_NACION,
    f"{R}/conciliacion.explicar": YA_LEIDO,
    f"{R}/conciliacion.vista_de_linea": YA_LEIDO,
    f"{R}/lineas.lineas_por_aclarar": DE_LA_NACION,
    f"{R}/conciliacion.obligaciones_pagadas_por": INTERNA,
    f"{R}/conciliacion.valor": DE_LA_NACION,
    f"{R}/conciliacion.valores_abiertos": DE_LA_NACION,
    f"{R}/creditos.exigir_lo_vencido_primero": YA_LEIDO,
    f"{R}/pagos.abonos_de_comprobante": YA_LEIDO,
    f"{R}/pagos.pagos_de_deuda": YA_LEIDO,
    f"{R}/prevision.imputar_en": YA_LEIDO,
    "reports/libro.asiento": DE_LA_NACION,
    "reports/libro.asientos": DE_LA_NACION,
    "reports/libro.conceptos": DE_LA_NACION,
    "reports/libro.estado_del_sello": DE_LA_NACION,
    "reports/libro.filas_del_diario": DE_LA_NACION,
    "reports/libro.sellos": DE_LA_NACION,
    "reports/resumen/totales.totales": DE_LA_CONSOLA,
}


def test_every_query_that_returns_rows_takes_a_reach(house: dict[str, str]) -> None:
    sin = reglas.functions_without_reach(house)
    assert sin - set(SIN_ALCANCE) == set(), "take `alcance`, or say here why not"
    assert set(SIN_ALCANCE) - sin == set(), "these take it, or are gone: take them off the list"


def test_the_rule_catches_a_query_without_reach() -> None:
    rows = "def filas(*, hoy): ...\ndef _interna(): ..."
    for address in (
        "src/recaudo/domain/x/queries.py", "src/recaudo/domain/x/queries/y.py",
        "src/recaudo/reports/x.py", "src/recaudo/reports/x/y.py",
    ):  # fmt: skip
        assert len(reglas.functions_without_reach({address: rows})) == 1, address
        within = {address: "def filas(alcance, *, hoy): ...\ndef otras(*, alcance): ..."}
        assert reglas.functions_without_reach(within) == set()
    assert reglas.functions_without_reach({"src/recaudo/domain/x/actions/y.py": rows}) == set()


def test_what_opens_a_book_of_the_nation_is_national_in_every_cell() -> None:
    for permiso in (Permiso.LIBRO_VER, Permiso.RECAUDACION_VER, Permiso.VALOR_APLICAR):
        alcances = {r.alcances[permiso] for r in ROLES.values() if permiso in r.alcances}
        assert alcances == {Ambito.NACIONAL}, permiso


def test_nobody_compares_territories_outside_security(house: dict[str, str]) -> None:
    assert reglas.comparisons_of_territory(house) == []


@pytest.mark.parametrize(
    "bad",
    [
        "x in actor.provincias",
        "request.actor.empleadores",
        "por.es_nacional",
        "pedido.alcance.provincias",
        "actor.alcance(P.X).empleadores",
        "actor.territorio.provincias",
        "Q(provincia__in=alcance.provincias)",
        "[a.rol for a in por.asignaciones]",
    ],
)
def test_the_rule_of_territories_catches(bad: str) -> None:
    assert len(reglas.comparisons_of_territory({"src/recaudo/interfaces/x.py": bad})) == 1
    assert reglas.comparisons_of_territory({"src/recaudo/infra/security/x.py": bad}) == []


def test_asking_the_reach_is_no_comparison() -> None:
    good = "alcance.contiene(provincia=x)\nalcance.q()\npersona.provincias\nactor.representados"
    assert reglas.comparisons_of_territory({"src/recaudo/interfaces/x.py": good}) == []


def test_only_the_console_has_the_nation_at_hand(house: dict[str, str]) -> None:
    assert reglas.nations_at_hand(house) == ["src/recaudo/project/demo.py"]


def test_the_rule_of_the_nation_catches() -> None:
    bad = "from recaudo.infra.security.alcance import TODA_LA_NACION"
    assert reglas.nations_at_hand({"src/recaudo/interfaces/oficina/x.py": bad}) != []
    assert reglas.nations_at_hand({"src/recaudo/domain/x/queries.py": bad}) != []
    assert reglas.nations_at_hand({"src/recaudo/interfaces/batch/x.py": bad}) == []
