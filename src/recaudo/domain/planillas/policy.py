"""Who may see a planilla. Missing and forbidden answer the same."""

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso


def puede_ver(actor: Actor, *, empleador_id: int, provincia: str) -> bool:
    """Its employer, or an officer of its province (or of the whole country)."""
    if actor.ve_lo_propio_de(empleador_id):
        return True
    return actor.puede(Permiso.PLANILLA_VER) and (
        actor.es_nacional or provincia in actor.provincias
    )
