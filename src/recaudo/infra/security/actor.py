"""The actor of an act: a natural person with assignments held now, or the system itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recaudo.infra.bitacora.seguridad import anotar
from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.infra.security.asignacion import AsignacionVigente
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES, Territorio
from recaudo.kernel.refusals import Rechazo


class SinPermiso(Rechazo):
    """The actor does not hold the permission, or not for that object."""

    codigo = "SIN_PERMISO"
    mensaje = "No tiene permiso para hacer esto. Pídalo al administrador de su unidad."
    norma = "C.D. 497 art. 3, 3.5.1 m)"


@dataclass(frozen=True, slots=True, init=False)
class Actor:
    """Who acts. What may be done, and how far, comes from each assignment on its own."""

    id: int | None
    nombre: str
    asignaciones: tuple[AsignacionVigente, ...]
    es_sistema: bool
    permisos: frozenset[Permiso] = field(compare=False)

    def __init__(
        self,
        *,
        id: int | None,
        nombre: str,
        roles: Iterable[str] = (),
        provincias: frozenset[str] = frozenset(),
        empleadores: frozenset[int] = frozenset(),
        asignaciones: Iterable[AsignacionVigente] = (),
        es_sistema: bool = False,
    ) -> None:
        """Gather the assignments and their permissions.

        `roles` is the short form: each role becomes an assignment with the territory of its kind
        (provincial ones, `provincias`; that of the employer, `empleadores`).
        """
        todas = (*asignaciones, *(_asignar(r, provincias, empleadores) for r in sorted(roles)))
        permisos = (
            PERMISOS_DEL_SISTEMA
            if es_sistema
            else frozenset(permiso for a in todas for permiso in ROLES[a.rol].alcances)
        )
        for campo, valor in (
            ("id", id), ("nombre", nombre), ("asignaciones", todas), ("es_sistema", es_sistema),
            ("permisos", permisos),
        ):  # fmt: skip
            object.__setattr__(self, campo, valor)

    @staticmethod
    def sistema(nombre: str = "Sistema") -> "Actor":
        """Return the system as actor, for acts started by the clock or by an operator's command."""
        return Actor(id=None, nombre=nombre, es_sistema=True)

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles held."""
        return frozenset(a.rol for a in self.asignaciones)

    @property
    def territorio(self) -> Alcance:
        """Where the assignments are held, whatever they allow: to be shown, never to filter."""
        todo = NADA
        for asignacion in self.asignaciones:
            todo |= asignacion.territorio
        return todo

    @property
    def representados(self) -> frozenset[int]:
        """The ids of the employers whose own data this person sees."""
        return self.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO).empleadores

    @property
    def rol(self) -> str:
        """The roles as text, for the audit trail."""
        return "SISTEMA" if self.es_sistema else ",".join(sorted(self.roles))

    def alcance(self, *permisos: Permiso) -> Alcance:
        """Return how far the permissions reach together, each by the assignments that give it."""
        if self.es_sistema:
            return TODA_LA_NACION if any(p in self.permisos for p in permisos) else NADA
        todo = NADA
        for asignacion in self.asignaciones:
            for permiso in permisos:
                parte = asignacion.alcance(permiso)
                if parte is not NADA:
                    todo = parte if todo is NADA else todo | parte
        return todo

    def roles_con(self, permiso: Permiso) -> frozenset[str]:
        """Return the roles that give the permission: those used in an act that demands it."""
        return frozenset(r for r in self.roles if permiso in ROLES[r].alcances)

    def rol_para(self, permiso: Permiso) -> str:
        """Return the role that gives the permission, for the audit trail; all, when several do."""
        return "SISTEMA" if self.es_sistema else ",".join(sorted(self.roles_con(permiso)))

    def delegantes(self, rol: str) -> list[str]:
        """Return who delegated a role that is held by delegation (COA art. 73), by name."""
        return sorted({a.delegante for a in self.asignaciones if a.rol == rol and a.delegante})

    def puede(self, permiso: Permiso) -> bool:
        """Tell whether some role held carries the permission."""
        return permiso in self.permisos

    def ve_lo_propio_de(self, empleador_id: int) -> bool:
        """Tell whether the actor represents that employer and may see what is its own."""
        propio = self.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO)
        return propio.contiene(empleador_id=empleador_id)

    def exigir(self, permiso: Permiso) -> None:
        """Refuse (`SinPermiso`) when the permission is not held."""
        if not self.puede(permiso):
            anotar("permiso_negado", usuario=self.id, permiso=permiso.name)
            raise SinPermiso


def _asignar(
    rol: str, provincias: frozenset[str], empleadores: frozenset[int]
) -> AsignacionVigente:
    """Return the assignment of a role with the territory of its kind."""
    es_externo = ROLES[rol].es_externo
    con_provincia = ROLES[rol].territorio is not Territorio.SIN_PROVINCIA
    return AsignacionVigente(
        rol=rol,
        provincias=frozenset(provincias) if con_provincia else frozenset(),
        empleadores=frozenset(empleadores) if es_externo else frozenset(),
    )
