"""States of a legal notice: one attempt, by one channel, to one addressee."""

from recaudo.kernel.states import Estado, Maquina, Paso, Tono


class EstadoNotificacion(Estado):
    """Life of an attempt. `depositada`: sent, in the inbox or in the hands of who delivers it.

    `por_surtir`: its proof is there and the law holds it notified on a day that has not come.
    """

    DEPOSITADA = "depositada", "Depositada", Tono.VERDE
    POR_SURTIR = "por_surtir", "Por surtir efecto", Tono.AMARILLO
    RECIBIDA = "recibida", "Recibida", Tono.AZUL
    NO_ABIERTA = "no_abierta", "No abierta", Tono.AMARILLO
    FALLIDA = "fallida", "Fallida", Tono.ROJO


N = EstadoNotificacion
MAQUINA = Maquina(
    nombre="notificacion",
    pasos=(
        Paso("enviar_notificacion", None, N.DEPOSITADA, "COA art. 164"),
        Paso("enviar_notificaciones", None, N.DEPOSITADA, "COA art. 164"),
        Paso("enviar_notificacion", None, N.FALLIDA, "COA art. 166"),
        Paso("enviar_notificaciones", None, N.FALLIDA, "COA art. 166"),
        Paso("acusar_recibo", N.DEPOSITADA, N.RECIBIDA, "COA art. 164"),
        Paso("acusar_recibo", N.NO_ABIERTA, N.RECIBIDA, "COA art. 164"),
        Paso("registrar_recepcion", N.DEPOSITADA, N.RECIBIDA, "COA arts. 165 a 168"),
        Paso("registrar_recepcion", N.DEPOSITADA, N.POR_SURTIR, "COA art. 168"),
        Paso("surtir_efecto", N.POR_SURTIR, N.RECIBIDA, "COA art. 168"),
        Paso("registrar_fallo", N.DEPOSITADA, N.FALLIDA, "COA art. 166"),
        Paso(
            "vencer_sin_abrir",
            N.DEPOSITADA,
            N.NO_ABIERTA,
            "COA art. 166",
            plazo="abrir_en_casillero",
        ),
    ),
    inicial=N.DEPOSITADA,
    finales=frozenset({N.RECIBIDA, N.FALLIDA}),
)
