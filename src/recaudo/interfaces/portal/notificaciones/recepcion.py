"""What receiving a notice does, told before it is done (COA art. 164)."""

from datetime import date

from recaudo.domain.notificaciones.queries import NotificacionVista, vence_si_se_recibe
from recaudo.interfaces.vista.formatos import escribir_fecha


def efecto_de_recibir(
    aviso: NotificacionVista, *, quien: str, por: str, hoy: date, saldada: str = ""
) -> tuple[str, ...]:
    """Return what would happen if that person received it on `hoy`, its last day computed.

    `saldada` says what became of its matter when it asks for nothing any more: no day is told.
    """
    vence = None if saldada else vence_si_se_recibe(aviso, hoy=hoy)
    termino = (
        "Desde el siguiente día hábil corre su término para pagar o impugnar. Si acusa recibo hoy, "
        f"su último día es el {escribir_fecha(vence)}; la página siguiente lo cuenta día por día."
    )
    return (
        (
            "Abrir esta notificación es un acto legal: queda constancia de que usted la recibió "
            f"hoy, {escribir_fecha(hoy)}."
        ),
        *((termino,) if vence is not None else ()),
        *((f"{saldada} Abrir la notificación no le pide nada más.",) if saldada else ()),
        (
            f"Se guarda quién la abrió ({quien}, por {por}), cuándo y desde qué dirección, como "
            "prueba de la notificación."
        ),
        "Desde entonces puede leerla y descargar su documento.",
    )
