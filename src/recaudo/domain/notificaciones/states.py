"""States of a legal notice."""

from recaudo.kernel.states import Estado, Maquina, Paso, Tono


class EstadoNotificacion(Estado):
    """Life of a notice in the electronic inbox of the employer."""

    DEPOSITADA = "depositada", "Depositada", Tono.VERDE
    RECIBIDA = "recibida", "Recibida", Tono.AZUL
    NO_ABIERTA = "no_abierta", "No abierta", Tono.AMARILLO


N = EstadoNotificacion
MAQUINA = Maquina(
    nombre="notificacion",
    pasos=(
        *(
            Paso(acto, None, N.DEPOSITADA, "COA art. 164")
            for acto in ("depositar_en_casillero", "depositar_notificaciones")
        ),
        Paso("acusar_recibo", N.DEPOSITADA, N.RECIBIDA, "COA art. 164"),
        Paso(
            "vencer_sin_abrir",
            N.DEPOSITADA,
            N.NO_ABIERTA,
            "COA art. 166",
            plazo="abrir_en_casillero",
        ),
        Paso("acusar_recibo", N.NO_ABIERTA, N.RECIBIDA, "COA art. 164"),
    ),
    inicial=N.DEPOSITADA,
    finales=frozenset({N.RECIBIDA}),
)
