"""How far a permission reaches: the one predicate that decides which rows somebody sees.

An `Alcance` is a union: the whole nation, some provinces, some employers, some cases, or nothing.
It comes from the assignments held today (`Actor.alcance`), each with its own territory, so that
the permission of one role never borrows the reach of another. `q` filters in the database and
`contiene` answers about one object: nothing else in the house compares a province or an employer
with those of somebody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

#: How a table tells the provinces of a row: the name of its column, or the condition to be built.
PorProvincia = str | Callable[[frozenset[str]], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alcance:
    """How far a permission reaches; `provincias` are 2-digit codes, the others are ids."""

    nacion: bool = False
    provincias: frozenset[str] = frozenset()
    empleadores: frozenset[int] = frozenset()
    causas: frozenset[int] = frozenset()

    @classmethod
    def de_un_empleador(cls, empleador_id: int | None) -> "Alcance":
        """Return the reach of who represents that employer and nobody else; of None, nothing's."""
        return cls() if empleador_id is None else cls(empleadores=frozenset({empleador_id}))

    @property
    def vacio(self) -> bool:
        """Tell whether it reaches nothing."""
        return not (self.nacion or self.provincias or self.empleadores or self.causas)

    def __or__(self, otro: "Alcance") -> "Alcance":
        """Return what either of the two reaches."""
        return Alcance(
            nacion=self.nacion or otro.nacion,
            provincias=self.provincias | otro.provincias,
            empleadores=self.empleadores | otro.empleadores,
            causas=self.causas | otro.causas,
        )

    def q(
        self,
        *,
        provincia: PorProvincia = "provincia",
        empleador: str = "empleador_id",
        causa: str = "",
    ) -> Q:
        """Return the condition on a table: the rows within reach, and no other.

        Each argument says how the table tells it; an empty text, that the table does not (then
        that part of the reach sees nothing of it). With no reach at all, no row passes. It is
        never the empty `Q`, which is lost when it is joined to another by «or».
        """
        if self.nacion:
            return ~Q(pk__in=())
        dentro = Q()
        if self.provincias and provincia:
            dentro |= (
                provincia(self.provincias)
                if callable(provincia)
                else Q(**{f"{provincia}__in": self.provincias})
            )
        if self.empleadores and empleador:
            dentro |= _uno_de(empleador, self.empleadores)
        if self.causas and causa:
            dentro |= Q(**{f"{causa}__in": self.causas})
        return dentro or Q(pk__in=())

    def contiene(
        self,
        *,
        provincia: str | Iterable[str] = "",
        empleador_id: int | None = None,
        causa_id: int | None = None,
    ) -> bool:
        """Tell whether an object is within reach; it may be of several provinces at once."""
        lugares = (provincia,) if isinstance(provincia, str) else provincia
        return (
            self.nacion
            or empleador_id in self.empleadores
            or causa_id in self.causas
            or any(lugar in self.provincias for lugar in lugares)
        )


def _uno_de(columna: str, ids: frozenset[int]) -> Q:
    """One id is compared, which may be the place of one in a prepared query; several are listed."""
    return Q(**({columna: next(iter(ids))} if len(ids) == 1 else {f"{columna}__in": ids}))


NADA: Final = Alcance()
TODA_LA_NACION: Final = Alcance(nacion=True)
