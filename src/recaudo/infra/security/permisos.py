"""One permission per act. Roles gather them; `policy.py` of each room decides per object."""

from enum import StrEnum


class Permiso(StrEnum):
    """Every act and every reading that is guarded. The value is what the audit trail stores."""

    # public employers' side
    EMPLEADOR_VER_LO_PROPIO = "empleador.ver_lo_propio"
    NOVEDADES_CARGAR = "novedades.cargar"
    COMPROBANTE_GENERAR = "comprobante.generar"
    COMPROBANTE_ANULAR = "comprobante.anular"
    NOTIFICACION_ACUSAR_RECIBO = "notificacion.acusar_recibo"
    # staff
    EMPLEADOR_VER = "empleador.ver"
    EMPLEADOR_REGISTRAR = "empleador.registrar"
    PLANILLAS_EMITIR = "planillas.emitir"
    PLANILLA_VER = "planilla.ver"
    CUENTA_BANCARIA_REGISTRAR = "cuenta_bancaria.registrar"
    EXTRACTO_IMPORTAR = "extracto.importar"
    EXTRACTO_CONFIRMAR = "extracto.confirmar"
    LINEA_DECLARAR_PROPIA = "linea.declarar_propia"
    CARGO_ACLARAR = "cargo.aclarar"
    CARGO_APROBAR = "cargo.aprobar"
    LOTE_RECONOCER = "lote.reconocer"
    AVISO_DESMENTIR = "aviso.desmentir"
    DESMENTIDO_APROBAR = "desmentido.aprobar"
    RECAUDACION_VER = "recaudacion.ver"
    VALOR_APLICAR = "valor_por_aplicar.aplicar"
    CREDITO_COMPENSAR = "credito_a_favor.compensar"
    CARTERA_VER = "cartera.ver"
    CARTERA_CERRAR_DIA = "cartera.cerrar_dia"
    GLOSA_EMITIR = "glosa.emitir"
    NOTIFICACION_ENVIAR = "notificacion.enviar"
    TASA_REGISTRAR = "tasa.registrar"
    TASA_APROBAR = "tasa.aprobar"
    LIBRO_VER = "libro.ver"
    LIBRO_SELLAR = "libro.sellar"
    AUDITORIA_EJECUTAR = "auditoria.ejecutar"
    USUARIOS_ADMINISTRAR = "usuarios.administrar"
