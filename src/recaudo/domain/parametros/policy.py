"""Who may approve a rate: an officer other than the one who entered it (four eyes)."""

from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.segregacion import exigir_otra_persona


class MismaPersona(SinPermiso):
    """The one who entered the rate may not approve it."""

    codigo = "MISMA_PERSONA"
    mensaje = "Quien registra una tasa no puede aprobarla. Pida la aprobación a otra persona."
    norma = "C.D. 497 art. 3, 3.5.1 m)"


def exigir_cuatro_ojos(*, registrada_por: int | None, por: Actor) -> None:
    """Refuse (`MismaPersona`) when whoever approves is whoever registered."""
    exigir_otra_persona(de=registrada_por, por=por, rechazo=MismaPersona)
