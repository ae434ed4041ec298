"""States of a comprobante and of a value. Never call an annulled one *cancelado* (R-COM-01)."""

from recaudo.kernel.states import Estado, Maquina, Paso, Tono, pasos

#: Acts that bring the entries of a bank statement into the books.
ASIENTAN = ("importar_extracto", "confirmar_extracto")
#: Acts that say what the bank booked and what it details: the import, and who knows a batch.
_CUENTAN = (*ASIENTAN, "reconocer_lote")
#: Acts after which a payment never was.
_NUNCA_FUE = ("aprobar_desmentido", "revertir_lote")


class EstadoComprobante(Estado):
    """Life of a payment voucher (rulebook recaudación §5.6)."""

    GENERADO = "generado", "Generado", Tono.AZUL
    PAGADO = "pagado", "Pagado", Tono.VERDE
    DEPOSITADO = "depositado", "Depositado", Tono.VERDE
    ANULADO = "anulado", "Anulado"
    CADUCADO = "caducado", "Caducado"
    REVERSADO = "reversado", "Reversado", Tono.ROJO


C = EstadoComprobante
_R = "Reglas de comprobantes (R-COM-01 a R-COM-03)"
#: Acts that place money which waited.
_COLOCAN = ("aplicar_valor", "aplicar_en_su_fecha", "pagar_con_lo_que_espera")
#: Acts that impute payments again from the date of each.
_REIMPUTAN = ("reversar_pagos", "reimputar_pagos")
_DEPOSITO = "C.D. 497 2.3.2.1 e)"
#: The channel took the money before the comprobante expired; its file came after the nightly close.
_EN_VIGENCIA = "R-VEN-04: fecha de la transacción del canal"

MAQUINA = Maquina(
    nombre="comprobante",
    pasos=(
        Paso("generar_comprobante", None, C.GENERADO, _R),
        Paso("anular_comprobante", C.GENERADO, C.ANULADO, "R-ANU-02"),
        *pasos(["caducar_comprobantes", "generar_comprobante"], [C.GENERADO], C.CADUCADO, _R),
        *pasos([*_CUENTAN, *_COLOCAN, *_REIMPUTAN], [C.GENERADO], C.PAGADO, _R),
        *pasos(_CUENTAN, [C.CADUCADO], C.PAGADO, _EN_VIGENCIA),
        # What a statement booked proves the deposit, whoever places the money and whenever.
        *pasos([*_CUENTAN, *_COLOCAN, *_REIMPUTAN], [C.GENERADO], C.DEPOSITADO, _DEPOSITO),
        *pasos(_CUENTAN, [C.CADUCADO], C.DEPOSITADO, _EN_VIGENCIA),
        *pasos(_CUENTAN, [C.PAGADO], C.DEPOSITADO, _DEPOSITO),
        *pasos(["reversar_pagos"], [C.PAGADO, C.DEPOSITADO], C.REVERSADO, "R-REC-01"),
        Paso("revertir_lote", C.DEPOSITADO, C.PAGADO, _DEPOSITO),
        # What its notice told never was: nobody paid it, and its own money may be waiting.
        *pasos(_NUNCA_FUE, [C.REVERSADO], C.GENERADO, _DEPOSITO),
        *pasos(_NUNCA_FUE, [C.REVERSADO], C.CADUCADO, _DEPOSITO),
        Paso("pagar_con_lo_que_espera", C.CADUCADO, C.PAGADO, _EN_VIGENCIA),
        Paso("pagar_con_lo_que_espera", C.CADUCADO, C.DEPOSITADO, _EN_VIGENCIA),
    ),
    inicial=C.GENERADO,
    finales=frozenset({C.ANULADO}),
)


class EstadoValor(Estado):
    """Life of money that could not be applied (R-REC-03): a liability until someone decides."""

    ABIERTO = "abierto", "Abierto", Tono.AMARILLO
    APLICADO = "aplicado", "Aplicado", Tono.VERDE
    DETALLADO = "detallado", "Detallado por el banco", Tono.VERDE
    REVERSADO = "reversado", "Reversado", Tono.ROJO
    CRUZADO = "cruzado", "Cruzado con un débito", Tono.VERDE


V = EstadoValor
MAQUINA_VALOR = Maquina(
    nombre="valor_por_aplicar",
    pasos=(
        Paso("importar_extracto", None, V.ABIERTO, "R-REC-03"),
        Paso("confirmar_extracto", None, V.ABIERTO, "R-REC-03"),
        Paso("declarar_linea_propia", None, V.ABIERTO, "R-REC-03"),
        *pasos(_COLOCAN, [V.ABIERTO], V.APLICADO, "R-REC-03"),
        Paso("reconocer_lote", None, V.ABIERTO, "R-REC-03"),
        *pasos(_CUENTAN, [V.ABIERTO], V.DETALLADO, "R-REC-03"),
        *pasos(["revertir_lote"], [V.DETALLADO, V.REVERSADO], V.ABIERTO, "R-REC-03"),
        *(Paso(acto, None, V.ABIERTO, "R-REC-03") for acto in _REIMPUTAN),
        *pasos(["reversar_pagos"], [V.ABIERTO, V.APLICADO], V.REVERSADO, "R-REC-01"),
        Paso("aprobar_aclaracion", V.ABIERTO, V.CRUZADO, "C.D. 497 2.3.2.1"),
    ),
    inicial=V.ABIERTO,
    finales=frozenset({V.CRUZADO}),
)


class EstadoExtracto(Estado):
    """Life of a statement of an own account, from the file to the books."""

    POR_CONFIRMAR = "por_confirmar", "Por confirmar", Tono.AMARILLO
    RETENIDO = "retenido", "Retenido", Tono.ROJO
    CONFIRMADO = "confirmado", "En el libro", Tono.VERDE
    RECHAZADO = "rechazado", "Rechazado"


X = EstadoExtracto
_CUATRO_OJOS = "C.D. 497 2.3.2.1"
_LIBERAN = ("registrar_cuenta_bancaria", "importar_extracto", "liberar_extracto")
MAQUINA_EXTRACTO = Maquina(
    nombre="extracto",
    pasos=(
        Paso("recibir_extracto", None, X.POR_CONFIRMAR, _CUATRO_OJOS),
        Paso("importar_extracto", None, X.POR_CONFIRMAR, _CUATRO_OJOS),
        Paso("recibir_extracto", None, X.RETENIDO, _CUATRO_OJOS),
        Paso("importar_extracto", None, X.RETENIDO, _CUATRO_OJOS),
        *pasos(_LIBERAN, [X.RETENIDO], X.POR_CONFIRMAR, _CUATRO_OJOS),
        *pasos(ASIENTAN, [X.POR_CONFIRMAR], X.CONFIRMADO, _CUATRO_OJOS),
        *pasos(ASIENTAN, [X.POR_CONFIRMAR], X.RETENIDO, _CUATRO_OJOS),
        *pasos(["rechazar_extracto"], [X.POR_CONFIRMAR, X.RETENIDO], X.RECHAZADO, _CUATRO_OJOS),
    ),
    inicial=X.POR_CONFIRMAR,
    finales=frozenset({X.CONFIRMADO, X.RECHAZADO}),
)


class EstadoAclaracion(Estado):
    """Life of what an officer proposes of a line of the bank, for another to decide."""

    PROPUESTA = "propuesta", "Espera aprobación", Tono.AMARILLO
    APROBADA = "aprobada", "Aprobada", Tono.VERDE
    DEVUELTA = "devuelta", "Devuelta"


A = EstadoAclaracion
MAQUINA_ACLARACION = Maquina(
    nombre="aclaracion_de_cargo",
    pasos=(
        Paso("proponer_aclaracion", None, A.PROPUESTA, _CUATRO_OJOS),
        Paso("aprobar_aclaracion", A.PROPUESTA, A.APROBADA, _CUATRO_OJOS),
        Paso("devolver_aclaracion", A.PROPUESTA, A.DEVUELTA, _CUATRO_OJOS),
    ),
    inicial=A.PROPUESTA,
    finales=frozenset({A.APROBADA, A.DEVUELTA}),
)

MAQUINA_DESMENTIDO = Maquina(
    nombre="desmentido_de_aviso",
    pasos=(
        Paso("desmentir_aviso", None, A.PROPUESTA, _CUATRO_OJOS),
        Paso("aprobar_desmentido", A.PROPUESTA, A.APROBADA, _CUATRO_OJOS),
        Paso("devolver_desmentido", A.PROPUESTA, A.DEVUELTA, _CUATRO_OJOS),
    ),
    inicial=A.PROPUESTA,
    finales=frozenset({A.APROBADA, A.DEVUELTA}),
)
