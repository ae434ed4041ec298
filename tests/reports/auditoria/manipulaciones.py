"""The tampering list: what somebody with a hand in the database could try, and who sees it.

Each is tried twice: with the guards awake, as whoever has a role of the house, where it is refused
or seen by the audit; and as the owner, who puts the guards to sleep, changes the row and wakes them
again, where the full audit must name it. `ve` are the invariants that see the second; `razon`, why
nothing does, for the few that are so.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Manipulacion:
    """One tampering: what is changed, of which tables, how, who sees it, or why nobody does."""

    grupo: str
    que: str
    tablas: tuple[str, ...]
    orden: str
    ve: str = ""
    razon: str = ""

    @property
    def nombre(self) -> str:
        """What it is called in the page and in the tests."""
        return f"{self.grupo}: {self.que}"

    @property
    def se_rechaza(self) -> bool:
        """Whether the guards, awake, refuse it to the owner of everything, and so to anybody."""
        return self.nombre not in PASAN

    @property
    def la_web_puede(self) -> bool:
        """Whether the database lets the role that serves pages do it outside of any act."""
        return self.nombre in PASAN_A_LA_WEB


def _en(tabla: str, cambio: str, cual: str = "") -> str:
    """Write the UPDATE of the first row of a table that is like `cual`."""
    donde = f" WHERE {cual}" if cual else ""
    return (
        f"UPDATE {tabla} SET {cambio} WHERE ctid = "
        f"(SELECT ctid FROM {tabla}{donde} ORDER BY 1 LIMIT 1)"
    )


def _fila(
    grupo: str, que: str, tabla: str, cambio: str, ve: str = "D32", cual: str = "", razon: str = ""
) -> Manipulacion:
    return Manipulacion(grupo, que, (tabla,), _en(tabla, cambio, cual), ve, razon)


#: Why nothing sees a few: they are not what the law or the money hangs on.
_REPITE: Final = (
    "Solo repite lo que dice su hecho, que está sellado: nada se decide con esa columna."
)
_DERIVADA: Final = "Ya nadie la lee: lo que se pagó está en los pagos, que están sellados."
_EXTRACTO: Final = (
    "INSERT INTO recaudacion_extracto SELECT (jsonb_populate_record(e, jsonb_build_object("
    "'id', 999999, 'sha256', repeat('1', 64), 'nombre', 'a-mano.xml', 'numero', 'X', "
    "'identificacion', 'X'))).* "
    "FROM recaudacion_extracto e WHERE id = (SELECT max(id) FROM recaudacion_extracto)"
)
_O: Final = "obligaciones_obligacion"
_COMP: Final = "recaudacion_comprobante"
MANIPULACIONES: Final = (
    _fila(
        "Libro",
        "el importe de una partida",
        "contabilidad_partida_corriente",
        "debe = debe + 1",
        "D01",
        "debe > 0",
    ),
    _fila(
        "Libro",
        "la fecha de un asiento sellado",
        "contabilidad_asiento_corriente",
        "fecha = fecha - 1",
        "D12",
    ),
    _fila(
        "Libro",
        "la suma guardada de un tramo",
        "contabilidad_sumadetramo",
        "debe = debe + 1",
        "D27",
    ),
    _fila(
        "Libro",
        "un sello del libro",
        "contabilidad_sellolibro",
        "contenido = repeat('0', 64)",
        "D12",
    ),
    _fila(
        "Deudas",
        "lo que se debe",
        _O,
        "saldo_personal = saldo_personal - 1",
        "D03",
        "saldo_personal > 1",
    ),
    _fila(
        "Deudas",
        "lo emitido, repartido de otro modo",
        _O,
        "ivm = ivm - 1, salud = salud + 1",
        "D32",
        "ivm > 1",
    ),
    _fila("Deudas", "la fecha de vencimiento", _O, "fecha_vencimiento = fecha_vencimiento + 30"),
    _fila(
        "Deudas", "la provincia", _O, "provincia = CASE provincia WHEN '24' THEN '01' ELSE '24' END"
    ),
    _fila(
        "Deudas",
        "el deudor",
        _O,
        "empleador_id = (SELECT max(id) FROM afiliacion_empleador), sucursal_id = "
        "(SELECT min(id) FROM afiliacion_sucursal WHERE empleador_id = "
        "(SELECT max(id) FROM afiliacion_empleador)), version = 99",
    ),
    _fila(
        "Deudas",
        "el interés pagado",
        _O,
        "interes_abonado = interes_abonado + 1",
        "D22",
        "estado <> 'cancelada'",
    ),
    _fila(
        "Deudas",
        "el interés pagado de una deuda cancelada",
        _O,
        "interes_abonado = interes_abonado + 1",
        "",
        "estado = 'cancelada'",
        razon=_DERIVADA,
    ),
    _fila(
        "Planillas",
        "los trabajadores de una planilla",
        "planillas_planilla",
        "trabajadores = trabajadores + 1",
    ),
    _fila(
        "Planillas", "los días de una línea", "planillas_planillalinea_{lote}", "dias = dias - 1"
    ),
    _fila(
        "Planillas",
        "los residuos de una tarifa",
        "planillas_tarifaresiduo",
        "personal = personal + 1",
    ),
    _fila(
        "Sueldos",
        "el sueldo de un trabajador",
        "afiliacion_relacionlaboral",
        "sueldo = sueldo - 1",
        "D34",
    ),
    _fila(
        "Sueldos",
        "la fecha de salida de un trabajador",
        "afiliacion_relacionlaboral",
        "vigencia = daterange(lower(vigencia), lower(vigencia) + 40)",
        "D34",
        "upper_inf(vigencia)",
    ),
    _fila(
        "Sueldos",
        "el valor de una novedad",
        "afiliacion_novedad",
        "valor = valor + 1",
        "D32",
        "valor > 0",
    ),
    _fila(
        "Documentos",
        "el contenido",
        "documents_documento",
        "contenido = contenido || '{\"x\": 1}'",
        "S10",
    ),
    _fila(
        "Documentos",
        "el contenido y su huella",
        "documents_documento",
        "contenido = contenido || '{\"x\": 1}', contenido_sha256 = "
        "encode(sha256(convert_to((contenido || '{\"x\": 1}')::text, 'UTF8')), 'hex')",
    ),
    _fila(
        "Documentos", "el código de verificación", "documents_documento", "codigo = 'ABCDEFGHJKLM'"
    ),
    _fila(
        "Documentos",
        "el estado, de vigente a anulado",
        "documents_documento",
        "estado = 'anulado', dejo_de_valer_el = fecha_emision",
        "D34",
        "estado = 'vigente'",
    ),
    _fila(
        "Archivos",
        "los bytes de un archivo recibido",
        "files_piezadearchivo",
        "contenido = '\\x789c030000000001'",
        "S10",
    ),
    Manipulacion(
        "Archivos",
        "una pieza de más de un archivo recibido",
        ("files_piezadearchivo",),
        "INSERT INTO files_piezadearchivo SELECT archivo_id, 1 + max(orden), 'x' "
        "FROM files_piezadearchivo GROUP BY archivo_id ORDER BY 1 LIMIT 1",
        "S10",
    ),
    Manipulacion(
        "Archivos",
        "los bytes y la huella de un archivo recibido",
        ("files_archivo", "files_piezadearchivo"),
        "WITH otra AS (UPDATE files_archivo SET tamano = 0, sha256 = encode(sha256(''), 'hex') "
        "WHERE id = (SELECT min(id) FROM files_archivo) RETURNING id) "
        "UPDATE files_piezadearchivo p SET contenido = '\\x789c030000000001' "
        "FROM otra WHERE p.archivo_id = otra.id",
        "D32",
    ),
    _fila("Comprobantes", "el importe", _COMP, "importe = importe + 1, capital = capital + 1"),
    _fila("Comprobantes", "el estado", _COMP, "estado = 'anulado'", "P02", "estado = 'caducado'"),
    _fila(
        "Comprobantes",
        "lo abonado",
        _COMP,
        "abonado = abonado + 1",
        "D04",
        "estado = 'caducado' AND abonado = 0",
    ),
    _fila(
        "Comprobantes",
        "lo abonado de uno ya pagado",
        _COMP,
        "abonado = abonado + 1",
        "",
        "estado = 'depositado'",
        razon=_DERIVADA,
    ),
    _fila(
        "Comprobantes",
        "el interés de un detalle",
        "recaudacion_comprobantedetalle",
        "interes = interes + 1",
    ),
    _fila("Hechos", "quién actuó", "audit_hecho", "actor_nombre = 'Otra persona'"),
    Manipulacion(
        "Hechos",
        "un hecho borrado",
        ("audit_hecho",),
        "DELETE FROM audit_hecho WHERE id = (SELECT min(id) FROM audit_hecho)",
        "D32",
    ),
    Manipulacion(
        "Hechos",
        "un hecho añadido en el pasado",
        ("audit_hecho",),
        "UPDATE audit_hecho SET id = id - 1 WHERE id = (SELECT max(id) FROM audit_hecho h "
        "WHERE NOT EXISTS (SELECT 1 FROM audit_hecho a WHERE a.id = h.id - 1))",
        "D32",
    ),
    _fila(
        "Estados",
        "un paso que dio una cosa",
        "audit_cambioestado",
        "desde = 'emitida'",
        "D32",
        "desde <> ''",
    ),
    _fila(
        "Estados", "el estado de una deuda", _O, "estado = 'en_glosa'", "P02", "estado = 'en_mora'"
    ),
    _fila("Estados", "los pasos de una máquina", "audit_estadopaso", "norma = 'ninguna'", "S12"),
    _fila(
        "Estados", "el estado de un extracto", "recaudacion_extracto", "estado = 'rechazado'", "P02"
    ),
    _fila("Pagos", "el importe", "recaudacion_pago", "importe = importe - 1", "D06", "importe > 1"),
    _fila("Pagos", "la fecha", "recaudacion_pago", "fecha_pago = fecha_pago - 1"),
    _fila("Pagos", "de quién es", "recaudacion_pago", "empleador_id = empleador_id + 1"),
    _fila(
        "Pagos",
        "el fondo al que se aplicó",
        "recaudacion_aplicacion",
        "ivm = ivm - 1, salud = salud + 1",
        "D28",
        "ivm > 1",
    ),
    _fila(
        "Pagos",
        "un crédito a favor más grande",
        "recaudacion_creditoafavor",
        "importe = importe + 1, saldo = saldo + 1",
        "D06",
    ),
    _fila(
        "Pagos",
        "el saldo de un crédito a favor",
        "recaudacion_creditoafavor",
        "saldo = saldo - 1",
        "D04",
        "saldo > 1",
    ),
    _fila(
        "Pagos",
        "el importe de un valor por aplicar",
        "recaudacion_valorporaplicar",
        "importe = importe + 1",
        "D06",
    ),
    _fila(
        "Pagos",
        "la razón escrita de un valor por aplicar",
        "recaudacion_valorporaplicar",
        "razon = 'Otra'",
        "",
        razon=_REPITE,
    ),
    _fila(
        "Banco",
        "el importe de un movimiento",
        "recaudacion_lineaextracto",
        "importe = importe + 1, entrada = entrada + 1",
        "D06",
        "resultado = 'APLICADA'",
    ),
    _fila(
        "Banco",
        "la referencia de un movimiento",
        "recaudacion_lineaextracto",
        "referencia = 'OTRA'",
        "D32",
        "ocurrencia > 0",
    ),
    _fila(
        "Banco",
        "lo que pasó con un movimiento",
        "recaudacion_lineaextracto",
        "resultado = 'RECHAZADA', motivo = 'OTRO'",
        "D06",
        "resultado = 'APLICADA'",
    ),
    _fila(
        "Banco",
        "el saldo que dijo el banco",
        "recaudacion_extracto",
        "saldo_final = saldo_final + 1",
        "D26",
    ),
    _fila(
        "Banco",
        "el nombre de quien confirmó un extracto",
        "recaudacion_extracto",
        "importado_por = 'Otro'",
        "",
        razon=_REPITE,
    ),
    Manipulacion("Banco", "un extracto hecho a mano", ("recaudacion_extracto",), _EXTRACTO, "D10"),
    _fila(
        "Banco",
        "la cuenta del libro de una cuenta propia",
        "recaudacion_cuentabancaria",
        "canal = 'OTRO'",
    ),
    _fila("Tasas", "una tasa publicada", "parametros_tasapublicada", "tasa = tasa + 1"),
    _fila(
        "Tasas",
        "quién la aprobó",
        "parametros_tasapublicada",
        "aprobada_por = 999",
        "D34",
        "aprobada_por IS NOT NULL",
    ),
    _fila(
        "Plazos",
        "el último día de un término",
        "plazos_plazo",
        "vence = vence + 1, vence_min = vence_min + 1, vence_max = vence_max + 1",
        "P03",
    ),
    Manipulacion(
        "Plazos",
        "un término que ya nadie mira",
        ("plazos_plazopendiente",),
        "DELETE FROM plazos_plazopendiente WHERE plazo_id = "
        "(SELECT min(plazo_id) FROM plazos_plazopendiente)",
        "P19",
    ),
    _fila(
        "Pruebas",
        "el día en que se recibió",
        "notificaciones_notificacion",
        "recibida_el = recibida_el - 1",
        "P03",
        "estado = 'recibida'",
    ),
    _fila(
        "Pruebas",
        "la constancia",
        "notificaciones_notificacion",
        'prueba = prueba || \'{"quien": "Otro"}\'',
        "D34",
        "estado = 'recibida'",
    ),
    _fila(
        "Pruebas",
        "el instante de la recepción",
        "notificaciones_notificacion",
        "recibida_en = recibida_en - interval '1 day'",
        "",
        "estado = 'recibida'",
        razon=_REPITE,
    ),
    _fila("Pruebas", "a quién se notificó", "notificaciones_notificacion", "asunto = 'Otro'"),
    _fila("Glosas", "el interés", "cartera_glosa", "interes = interes + 1", "D20"),
    _fila("Días cerrados", "los sucesos de un día", "cartera_diacerrado", "eventos = '{\"x\": 1}'"),
    Manipulacion(
        "Días cerrados",
        "el último día, borrado",
        ("cartera_diacerrado",),
        "DELETE FROM cartera_diacerrado WHERE fecha = (SELECT max(fecha) FROM cartera_diacerrado)",
        "D32",
    ),
    _fila("Acceso", "la clave de una cuenta", "security_usuario", "password = 'otra'"),
    _fila("Acceso", "el correo de una cuenta", "security_usuario", "correo = 'otro@ejemplo.ec'"),
    _fila("Acceso", "una cuenta cerrada", "security_usuario", "is_active = NOT is_active"),
    _fila("Acceso", "un cargo de más provincias", "security_asignacion", "rol = 'DG'"),
    _fila(
        "Acceso",
        "un cargo terminado a escondidas",
        "security_asignacion",
        "hasta = desde + 9999",
        "D34",
    ),
    Manipulacion(
        "Acceso",
        "un cargo que nadie dio",
        ("security_asignacion",),
        "INSERT INTO security_asignacion (usuario_id, rol, provincia, desde, calidad, "
        "acto_documento, acto_numero, delegacion_norma) SELECT min(usuario_id), 'DG', '', "
        "'2020-01-01', 'TITULAR', '', '', '' FROM security_asignacion",
        "S16",
    ),
    _fila(
        "Representación",
        "por quién actúa",
        "afiliacion_representacion",
        "empleador_id = empleador_id + 1",
    ),
    _fila("Representación", "desde cuándo", "afiliacion_representacion", "desde = desde + 1"),
    Manipulacion(
        "Representación",
        "una que nadie registró",
        ("afiliacion_representacion",),
        "INSERT INTO afiliacion_representacion (usuario_id, empleador_id, calidad, desde) "
        "SELECT min(usuario_id), max(empleador_id), 'TERCERO', '2020-01-01' "
        "FROM afiliacion_representacion",
        "S16",
    ),
    _fila("Empleadores", "el nombre", "afiliacion_empleador", "razon_social = 'Otra'"),
    _fila("Empleadores", "el RUC", "afiliacion_empleador", "ruc = '9999999999001'"),
    _fila(
        "Numeración",
        "el último número de una serie",
        "documents_numeracion",
        "ultimo = ultimo + 5",
        "D33",
    ),
    _fila(
        "Numeración", "el número de una glosa", "cartera_glosa", "numero = '24-2026-999999'", "D33"
    ),
    Manipulacion(
        "Guardas",
        "una función cambiada",
        (),
        "CREATE OR REPLACE FUNCTION recaudo_solo_agregar() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
        "S12",
    ),
    Manipulacion(
        "Guardas",
        "un disparador dormido",
        (),
        "ALTER TABLE recaudacion_pago DISABLE TRIGGER pago_solo_agregar",
        "S12",
    ),
    Manipulacion(
        "Guardas",
        "un disparador quitado",
        (),
        "DROP TRIGGER pago_solo_agregar ON recaudacion_pago",
        "S12",
    ),
    Manipulacion(
        "Guardas", "un permiso de más", (), "GRANT UPDATE ON recaudacion_pago TO PUBLIC", "S12"
    ),
    Manipulacion(
        "Guardas",
        "una restricción quitada",
        (),
        "ALTER TABLE recaudacion_pago DROP CONSTRAINT {restriccion}",
        "S12",
    ),
    _fila(
        "Auditoría",
        "una auditoría sana que no hubo",
        "audit_hecho",
        "tipo = 'auditoria_ejecutada', "
        'despues = \'{"violaciones": 0, "hasta_hecho": 999999999}\'',
    ),
    _fila("Auditoría", "un sello de filas", "audit_sellodefilas", "contenido = repeat('0', 64)"),
    Manipulacion(
        "Auditoría",
        "los últimos sellos, borrados",
        ("audit_sellodefilas",),
        "DELETE FROM audit_sellodefilas WHERE id > (SELECT max(id) - 3 FROM audit_sellodefilas)",
        "S06",
    ),
)
#: What the guards let the owner do, awake: columns that acts change, and the guards themselves.
PASAN: Final = frozenset(
    {
        "Acceso: el correo de una cuenta",
        "Acceso: la clave de una cuenta",
        "Acceso: un cargo de más provincias",
        "Acceso: un cargo que nadie dio",
        "Acceso: un cargo terminado a escondidas",
        "Acceso: una cuenta cerrada",
        "Archivos: los bytes de un archivo recibido",
        "Archivos: los bytes y la huella de un archivo recibido",
        "Archivos: una pieza de más de un archivo recibido",
        "Comprobantes: lo abonado",
        "Comprobantes: lo abonado de uno ya pagado",
        "Deudas: el interés pagado",
        "Deudas: el interés pagado de una deuda cancelada",
        "Deudas: la provincia",
        "Deudas: lo que se debe",
        "Documentos: el estado, de vigente a anulado",
        "Empleadores: el RUC",
        "Empleadores: el nombre",
        "Estados: los pasos de una máquina",
        "Guardas: un disparador dormido",
        "Guardas: un disparador quitado",
        "Guardas: un permiso de más",
        "Guardas: una función cambiada",
        "Guardas: una restricción quitada",
        "Numeración: el último número de una serie",
        "Pagos: el saldo de un crédito a favor",
        "Pagos: la razón escrita de un valor por aplicar",
        "Planillas: los residuos de una tarifa",
        "Plazos: un término que ya nadie mira",
        "Representación: desde cuándo",
        "Representación: por quién actúa",
        "Representación: una que nadie registró",
        "Sueldos: el sueldo de un trabajador",
        "Sueldos: el valor de una novedad",
        "Sueldos: la fecha de salida de un trabajador",
    }
)

#: What the role that serves pages can do, because its acts do it too: the audit sees it.
PASAN_A_LA_WEB: Final = frozenset(
    {
        "Archivos: una pieza de más de un archivo recibido",
        "Comprobantes: lo abonado",
        "Comprobantes: lo abonado de uno ya pagado",
        "Deudas: el interés pagado",
        "Deudas: el interés pagado de una deuda cancelada",
        "Deudas: lo que se debe",
        "Documentos: el estado, de vigente a anulado",
        "Numeración: el último número de una serie",
        "Pagos: el saldo de un crédito a favor",
        "Pagos: la razón escrita de un valor por aplicar",
        "Sueldos: el sueldo de un trabajador",
        "Sueldos: la fecha de salida de un trabajador",
    }
)
