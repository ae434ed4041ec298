"""Who may do what to which notice."""

from collections.abc import Callable
from typing import Final

from recaudo.domain.notificaciones.materias import Destinatario
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso

#: Given an actor and the id of an addressee of some kind: does he answer for it today?
RespondePor = Callable[[Actor, int], bool]


def _representa_al_empleador(actor: Actor, empleador_id: int) -> bool:
    alcance = actor.alcance(Permiso.NOTIFICACION_ACUSAR_RECIBO)
    return alcance.contiene(empleador_id=empleador_id)


_RESPONDE: Final[dict[str, RespondePor]] = {Destinatario.EMPLEADOR: _representa_al_empleador}


def conectar_destinatario(tipo: Destinatario, responde: RespondePor) -> None:
    """Let a kind of addressee acknowledge by itself; the room that knows it says who answers.

    Only wiring calls it. Until then nobody acknowledges for that kind.
    """
    _RESPONDE[tipo] = responde


def tienen_casillero() -> tuple[str, ...]:
    """Return the kinds of addressee that open what is put in their inbox; no other has one."""
    return tuple(sorted(_RESPONDE))


def puede_acusar_recibo(actor: Actor, notificacion: Notificacion) -> bool:
    """Only who answers for the addressee today: nobody is notified by another's hand."""
    responde = _RESPONDE.get(notificacion.destinatario_tipo)
    return (
        responde is not None
        and actor.puede(Permiso.NOTIFICACION_ACUSAR_RECIBO)
        and responde(actor, notificacion.destinatario_id)
    )


def puede_registrar(actor: Actor, notificacion: Notificacion) -> bool:
    """Whoever may send notices in the province of this one registers what became of it."""
    alcance = actor.alcance(Permiso.NOTIFICACION_ENVIAR)
    return alcance.contiene(provincia=notificacion.provincia)


def exigir(*, permitido: bool) -> None:
    """Refuse (`SinPermiso`) when a question of this module answered no."""
    if not permitido:
        raise SinPermiso
