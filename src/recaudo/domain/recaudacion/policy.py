"""Who may do which act on which object. Missing and forbidden answer the same."""

from typing import Final

from recaudo.domain.notificaciones.materias import Materia
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

#: What `notificaciones` needs to know of a payment that the bank undid: it opens no término.
NOTICIA_DE_REVERSO: Final = Materia(
    tipo="pago_reversado", nombre="reverso de pago", permiso_ver=Permiso.RECAUDACION_VER
)


def puede_generar(actor: Actor, empleador_id: int) -> bool:
    """Only who represents the employer makes comprobantes for it."""
    return actor.alcance(Permiso.COMPROBANTE_GENERAR).contiene(empleador_id=empleador_id)


def puede_anular(actor: Actor, empleador_id: int) -> bool:
    """Only who represents the employer annuls its comprobantes (R-ANU-02)."""
    return actor.alcance(Permiso.COMPROBANTE_ANULAR).contiene(empleador_id=empleador_id)


def es_otra_persona(actor: Actor, primera_id: int | None) -> bool:
    """Four eyes (S03): who decides is a person, and not the one who began."""
    return actor.id is not None and actor.id != primera_id
