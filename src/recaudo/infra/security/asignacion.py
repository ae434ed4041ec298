"""An assignment held today, as the actor of an act carries it: which office, where, how."""

from dataclasses import dataclass

from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.infra.security.matriz import Ambito
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class AsignacionVigente:
    """A role and its territory; nothing of it passes to another role of the same person.

    `delegante` is who delegates, when it is held by delegation (COA art. 73): empty otherwise.
    """

    rol: str
    delegante: str = ""
    provincias: frozenset[str] = frozenset()
    empleadores: frozenset[int] = frozenset()
    causas: frozenset[int] = frozenset()

    @property
    def territorio(self) -> Alcance:
        """Where it is held, whatever it allows."""
        if ROLES[self.rol].ambito is Ambito.NACIONAL:
            return TODA_LA_NACION
        return Alcance(provincias=self.provincias, empleadores=self.empleadores, causas=self.causas)

    def alcance(self, permiso: Permiso) -> Alcance:
        """Return how far that permission reaches by this assignment alone (matrix, §8.3)."""
        ambito = ROLES[self.rol].alcances.get(permiso)
        if ambito is None:
            return NADA
        if ambito is Ambito.NACIONAL:
            return TODA_LA_NACION
        if ambito is Ambito.CAUSAS:
            return Alcance(causas=self.causas)
        if ambito is Ambito.PROPIO:
            return Alcance(empleadores=self.empleadores)
        return Alcance(provincias=self.provincias)
