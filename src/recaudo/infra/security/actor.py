"""The actor of an act: a natural person with roles held now, or the system itself."""

from dataclasses import dataclass, field

from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES, Ambito
from recaudo.kernel.refusals import Rechazo


class SinPermiso(Rechazo):
    """The actor does not hold the permission, or not for that object."""

    codigo = "SIN_PERMISO"
    mensaje = "No tiene permiso para hacer esto. Pídalo al administrador de su unidad."
    norma = "C.D. 497 art. 3, 3.5.1 m)"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `provincias` is empty for national roles; `empleadores` are the ids represented."""

    id: int | None
    nombre: str
    roles: frozenset[str] = frozenset()
    provincias: frozenset[str] = frozenset()
    empleadores: frozenset[int] = frozenset()
    es_sistema: bool = False
    permisos: frozenset[Permiso] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the permissions of the roles held."""
        permisos = (
            PERMISOS_DEL_SISTEMA
            if self.es_sistema
            else frozenset(permiso for rol in self.roles for permiso in ROLES[rol].permisos)
        )
        object.__setattr__(self, "permisos", permisos)

    @staticmethod
    def sistema(nombre: str = "Sistema") -> "Actor":
        """Return the system as actor, for acts started by the clock or by an operator's command."""
        return Actor(id=None, nombre=nombre, es_sistema=True)

    @property
    def es_nacional(self) -> bool:
        """True when some role reaches every province (the system does)."""
        return self.es_sistema or any(ROLES[r].ambito is Ambito.NACIONAL for r in self.roles)

    @property
    def rol(self) -> str:
        """The roles as text, for the audit trail."""
        return "SISTEMA" if self.es_sistema else ",".join(sorted(self.roles))

    def puede(self, permiso: Permiso) -> bool:
        """Tell whether some role held carries the permission."""
        return permiso in self.permisos

    def ve_lo_propio_de(self, empleador_id: int) -> bool:
        """Tell whether the actor represents that employer and may see what is its own."""
        return empleador_id in self.empleadores and self.puede(Permiso.EMPLEADOR_VER_LO_PROPIO)

    def exigir(self, permiso: Permiso) -> None:
        """Refuse (`SinPermiso`) when the permission is not held."""
        if not self.puede(permiso):
            raise SinPermiso
