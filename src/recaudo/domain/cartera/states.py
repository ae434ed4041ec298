"""States of a glosa (rulebook cartera §2.8, the rows that exist so far)."""

from enum import StrEnum

from recaudo.kernel.states import Maquina, Paso


class EstadoGlosa(StrEnum):
    """Where the glosa stands."""

    EN_ESPERA_DE_NOTIFICACION = "en_espera_de_notificacion"
    NOTIFICADA = "notificada"
    NOTIFICADA_VENCIDA = "notificada_vencida"
    CANCELADA = "cancelada"  # paid
    ANULADA = "anulada"


G = EstadoGlosa
_516 = "C.D. 516 art. 129"
MAQUINA = Maquina(
    nombre="glosa",
    pasos=(
        Paso("emitir", None, G.EN_ESPERA_DE_NOTIFICACION, _516, plazo="31.er día de mora"),
        Paso(
            "notificar",
            G.EN_ESPERA_DE_NOTIFICACION,
            G.NOTIFICADA,
            "COA art. 164",
            plazo="término de 8 días",
        ),
        Paso("vencer_termino", G.NOTIFICADA, G.NOTIFICADA_VENCIDA, "COA art. 158"),
        Paso("pagar", G.EN_ESPERA_DE_NOTIFICACION, G.CANCELADA, _516),
        Paso("pagar", G.NOTIFICADA, G.CANCELADA, _516),
        Paso("pagar", G.NOTIFICADA_VENCIDA, G.CANCELADA, _516),
        Paso("anular", G.EN_ESPERA_DE_NOTIFICACION, G.ANULADA, _516),
        Paso("anular", G.NOTIFICADA, G.ANULADA, _516),
        Paso("anular", G.NOTIFICADA_VENCIDA, G.ANULADA, _516),
    ),
    inicial=G.EN_ESPERA_DE_NOTIFICACION,
    finales=frozenset({G.CANCELADA, G.ANULADA}),
)
#: States in which a glosa is alive: an obligation is in at most one.
VIVAS = (G.EN_ESPERA_DE_NOTIFICACION, G.NOTIFICADA, G.NOTIFICADA_VENCIDA)
