"""The states of a debt. Accounting ones (planilla, glosa, título: C.D. 497 DG 7.ª) and ends.

Source: rulebook cartera y coactiva §1.1 and §1.2, rows 1-5. Títulos, agreements and challenges
come later and will add their own steps; until then nothing can reach them.
"""

from recaudo.kernel.states import Estado, Maquina, Paso, Tono, pasos


class EstadoObligacion(Estado):
    """Where the debt stands."""

    EMITIDA = "planilla_emitida", "Planilla emitida", Tono.AZUL
    EN_MORA = "planilla_en_mora", "Planilla en mora", Tono.ROJO
    EN_GLOSA = "en_glosa", "En glosa", Tono.ROJO
    CANCELADA = "cancelada", "Pagada", Tono.VERDE  # in this office: paid


E = EstadoObligacion
_LSS73 = "LSS art. 73"
_DG7 = "C.D. 497 DG 7.ª"

#: Acts through which money comes in and pays a debt.
COBRAN = ("importar_extracto", "aplicar_valor")

MAQUINA = Maquina(
    nombre="obligacion",
    pasos=(
        Paso("emitir_planillas", None, E.EMITIDA, "C.D. 497 DG 8.ª"),
        Paso("entrar_en_mora", E.EMITIDA, E.EN_MORA, _LSS73),
        Paso("emitir_glosas", E.EN_MORA, E.EN_GLOSA, _DG7, plazo="glosar"),
        *pasos(COBRAN, [E.EMITIDA], E.CANCELADA, _LSS73),
        *pasos(COBRAN, [E.EN_MORA], E.CANCELADA, "LSS art. 94"),
        *pasos(COBRAN, [E.EN_GLOSA], E.CANCELADA, "C.D. 516 art. 129"),
    ),
    inicial=E.EMITIDA,
    finales=frozenset({E.CANCELADA}),
)

#: States in which money is owed.
VIVAS = (E.EMITIDA, E.EN_MORA, E.EN_GLOSA)
#: Accounting state of the receivable for each state (C.D. 497 DG 7.ª).
ESTADO_CONTABLE = {E.EMITIDA: "planilla", E.EN_MORA: "planilla", E.EN_GLOSA: "glosa"}
