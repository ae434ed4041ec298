"""States of a glosa (rulebook cartera §2.8, the rows whose act exists)."""

from recaudo.kernel.states import PREVIO, Estado, Maquina, Paso, Tono, pasos


class EstadoGlosa(Estado):
    """Where the glosa stands."""

    EN_ESPERA_DE_NOTIFICACION = (
        "en_espera_de_notificacion",
        "En espera de notificación",
        Tono.AMARILLO,
    )
    NO_NOTIFICADA_ELECTRONICAMENTE = (
        "no_notificada_electronicamente",
        "No notificada electrónicamente",
        Tono.AMARILLO,
    )
    NOTIFICADA = "notificada", "Notificada", Tono.AZUL
    NOTIFICADA_VENCIDA = "notificada_vencida", "Notificada, término vencido", Tono.ROJO
    CANCELADA = "cancelada", "Pagada", Tono.VERDE  # paid


G = EstadoGlosa
_516 = "C.D. 516 art. 129"
#: States in which a glosa is alive: an obligation is in at most one.
VIVAS = (
    G.EN_ESPERA_DE_NOTIFICACION,
    G.NO_NOTIFICADA_ELECTRONICAMENTE,
    G.NOTIFICADA,
    G.NOTIFICADA_VENCIDA,
)
#: Nobody has proof yet that the debtor knows of it.
SIN_NOTIFICAR = (G.EN_ESPERA_DE_NOTIFICACION, G.NO_NOTIFICADA_ELECTRONICAMENTE)

MAQUINA = Maquina(
    nombre="glosa",
    pasos=(
        Paso("emitir_glosas", None, G.EN_ESPERA_DE_NOTIFICACION, _516, plazo="glosar"),
        Paso(
            "dar_por_no_notificadas",
            G.EN_ESPERA_DE_NOTIFICACION,
            G.NO_NOTIFICADA_ELECTRONICAMENTE,
            "COA art. 166",
            plazo="abrir_en_casillero",
        ),
        *pasos(["notificar_glosa"], SIN_NOTIFICAR, G.NOTIFICADA, "COA art. 164"),
        Paso(
            "vencer_terminos",
            G.NOTIFICADA,
            G.NOTIFICADA_VENCIDA,
            "COA art. 158",
            plazo="pagar_o_impugnar",
        ),
        *pasos(["cancelar_glosas"], VIVAS, G.CANCELADA, _516),
        Paso("revivir_glosas", G.CANCELADA, PREVIO, "R-REC-01"),
    ),
    inicial=G.EN_ESPERA_DE_NOTIFICACION,
)
