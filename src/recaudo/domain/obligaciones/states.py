"""The states of a debt and how it goes from one to another (C.D. 497 DG 7.ª).

Source: rulebook cartera y coactiva §1.2. Here are the steps whose act exists; the others come with
the room that brings their act, and docs/adr/0006 says where each row of §1.2 goes. A step to PREVIO
returns the debt to the state it came from, which the database keeps and checks.
"""

from recaudo.kernel.states import PREVIO, Estado, Maquina, Paso, Tono, pasos


class EstadoObligacion(Estado):
    """Where the debt stands. Which accounting state that is, its class says."""

    EMITIDA = "emitida", "Emitida", Tono.AZUL
    EN_MORA = "en_mora", "En mora", Tono.ROJO
    EN_GLOSA = "en_glosa", "En glosa", Tono.ROJO
    CANCELADA = "cancelada", "Pagada", Tono.VERDE  # in this office: paid


E = EstadoObligacion
_LSS73 = "LSS art. 73"
_DG7 = "C.D. 497 DG 7.ª"
_DG8 = "C.D. 497 DG 8.ª"

#: States in which money is owed.
VIVAS = (E.EMITIDA, E.EN_MORA, E.EN_GLOSA)
#: Acts that impute payments again, from the date of each: behind one undone, or behind older money.
REIMPUTAN = ("reversar_pagos", "reimputar_pagos")
#: Acts through which money pays a debt.
COBRAN = (
    "importar_extracto",
    "confirmar_extracto",
    "aplicar_valor",
    "aplicar_en_su_fecha",
    "pagar_con_lo_que_espera",
    "reconocer_lote",
    "compensar",
    *REIMPUTAN,
)

MAQUINA = Maquina(
    nombre="obligacion",
    pasos=(
        Paso("emitir_planillas", None, E.EMITIDA, _DG8),
        Paso("registrar_obligacion", None, E.EMITIDA, _DG8),
        Paso("entrar_en_mora", E.EMITIDA, E.EN_MORA, _LSS73),
        Paso("emitir_glosas", E.EN_MORA, E.EN_GLOSA, _DG7, plazo="glosar"),
        *pasos(COBRAN, [E.EMITIDA], E.CANCELADA, _LSS73),
        *pasos(COBRAN, [E.EN_MORA], E.CANCELADA, "LSS art. 94"),
        *pasos(COBRAN, [E.EN_GLOSA], E.CANCELADA, "C.D. 516 art. 129"),
        # The bank took the money back, or older money comes before it: the debt lives where it was.
        Paso("reversar_pagos", E.CANCELADA, PREVIO, "R-REC-01"),
        Paso("reimputar_pagos", E.CANCELADA, PREVIO, "R-VEN-04"),
    ),
    inicial=E.EMITIDA,
)
