"""What is sealed: every table that matters, and the columns of each that an act may change.

Whatever is not named as changeable is fixed from the moment a row is kept, and the audit proves it
(`infra/audit/sellos.py`). A new room says it beside its model (`mudables`). The ledger has seals of
its own (D12).
"""

from typing import Final

from django.apps import apps

from recaudo.infra.audit.sellos import Sellada

_RESUELTA: Final = frozenset(
    {"estado", "resuelta_por", "resuelta_el", "razon_devolucion", "importe", "hecho_id"}
)
#: One that is held may be read again, and what became of it is written as it enters: sums prove it.
_DEL_EXTRACTO: Final = (
    "cuenta_id cuenta_numero canal identificacion numero secuencia desde hasta desde_instante "
    "hasta_instante primera_fecha ultima_fecha declarado_lineas declarado_total "
    "declarado_debitos saldo_inicial saldo_final fecha_saldo total_creditos total_debitos "
    "ilegibles lineas base_linea estado retencion razon aplicadas credito_a_favor "
    "por_identificar duplicadas cargos rechazadas detalladas total total_duplicado "
    "total_rechazado movido apertura es_apertura asentado totales_cuadran saldos_cuadran "
    "cierra_el_dia contradice_a contradice_por cuadra fecha_importacion importado_en "
    "importado_por hecho_id"
)
_SALDOS: Final = frozenset(
    {"saldo_personal", "saldo_patronal", "saldo_ccc", "saldo_otros", "interes_hasta",
     "interes_abonado", "estado"}
)  # fmt: skip

SELLADAS: Final = (
    # Who did what, and each change of state.
    Sellada("audit_hecho"),
    Sellada("audit_cambioestado"),
    # Who may do what.
    Sellada("security_usuario", frozenset({"last_login"})),
    Sellada("security_asignacion", frozenset({"hasta"})),
    Sellada("afiliacion_representacion"),
    # Documents and what came from outside; their bytes are proved by their digests (S10).
    Sellada("documents_documento", frozenset({"estado", "dejo_de_valer_el", "contenido"})),
    Sellada("documents_dibujo", frozenset({"bytes"})),
    Sellada("files_archivo"),
    # Employers, persons and their wages.
    Sellada("afiliacion_empleador"),
    Sellada("afiliacion_sucursal"),
    Sellada("afiliacion_persona"),
    Sellada("afiliacion_relacionlaboral", frozenset(
        {"vigencia", "sueldo", "sueldo_desde", "causa_salida"})),
    Sellada("afiliacion_cambiosueldo"),
    Sellada("afiliacion_archivonovedades"),
    Sellada("afiliacion_filanovedades"),
    Sellada("afiliacion_novedad"),
    Sellada("afiliacion_cierrenovedades"),
    # What is owed, and of what it is made.
    Sellada("planillas_tarifa"),
    Sellada("planillas_tarifaresiduo", clave="tarifa_id"),
    Sellada("planillas_emisionlote"),
    Sellada("planillas_planilla", clave="obligacion_id"),
    Sellada("planillas_planillalinea", clave="planilla_id", como="planillas_planilla"),
    Sellada("obligaciones_obligacion", _SALDOS),
    Sellada("obligaciones_saldorubro", frozenset({"saldo"})),
    Sellada("cartera_glosa", frozenset({"estado"})),
    Sellada("cartera_diacerrado", clave="fecha - DATE '1970-01-01'"),
    # Money.
    Sellada("contabilidad_tramosumado"),
    Sellada("contabilidad_sumadetramo"),
    Sellada("contabilidad_sellolibro"),
    Sellada("recaudacion_comprobante", frozenset({"estado", "abonado"})),
    Sellada("recaudacion_comprobantedetalle"),
    Sellada("recaudacion_cuentabancaria"),
    Sellada("recaudacion_extracto", frozenset(_DEL_EXTRACTO.split())),
    Sellada("recaudacion_lineaextracto", frozenset(
        {"resultado", "motivo", "ocurrencia", "duplica_a", "detalla_a"})),
    Sellada("recaudacion_ingreso"),
    Sellada("recaudacion_pago"),
    Sellada("recaudacion_aplicacion", clave="pago_id", como="recaudacion_pago"),
    Sellada("recaudacion_aplicacionrubro", clave="pago_id", como="recaudacion_pago"),
    Sellada("recaudacion_creditoafavor", frozenset({"saldo"})),
    Sellada("recaudacion_valorporaplicar", frozenset(
        {"estado", "resuelto_por", "resuelto_en", "razon"})),
    Sellada("recaudacion_reversobancario", clave="hecho_id"),
    Sellada("recaudacion_dinerodeclarado", clave="hecho_id"),
    Sellada("recaudacion_declaracionrevertida", clave="hecho_id"),
    Sellada("recaudacion_aclaraciondecargo", _RESUELTA),
    Sellada("recaudacion_desmentidodeaviso", _RESUELTA),
    Sellada("recaudacion_lotereconocido", frozenset(
        {"razon_reversion", "revertido_por", "revertido_por_id", "revertido_en", "hecho_id"})),
    # Notices, deadlines and rates.
    Sellada("notificaciones_notificacion", frozenset(
        {"estado", "recibida_el", "surtira_el", "recibida_en", "recibida_por", "surte_efecto",
         "motivo_fallo", "prueba", "fallo_hecho_id"})),
    Sellada("parametros_tasapublicada", frozenset(
        {"aprobada_por", "aprobada_en", "devuelta_por", "devuelta_en", "razon_devolucion"})),
    Sellada("plazos_plazo"),
    Sellada("plazos_eventodeplazo"),
)  # fmt: skip


def tablas_selladas() -> tuple[Sellada, ...]:
    """Return the tables that are sealed: these, and those of a model that says its `mudables`.

    A new room says beside its model which columns an act may change, and touches no other file.
    """
    dichas = {s.tabla for s in SELLADAS}
    modelos = (m for m in apps.get_models() if isinstance(getattr(m, "mudables", None), frozenset))
    propias = (Sellada(m._meta.db_table, vars(m)["mudables"]) for m in modelos)  # noqa: SLF001 - documented API
    return (*SELLADAS, *(s for s in propias if s.tabla not in dichas))
