"""What the lists of the office share: the employer of a row, provinces and cantons by name."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from recaudo.domain.afiliacion.queries import persona_de
from recaudo.domain.afiliacion.queries import visible_to as empleadores_visibles
from recaudo.domain.organizacion.queries import cantones, provincias
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.tablas import Columna, ColumnaCodigo


class ColumnaEmpleador(Columna):
    """The employer's name, linked to its page when it is within the actor's reach."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the name put by `con_empleador`; an employer out of reach has none."""
        kwargs.setdefault("verbose_name", "Empleador")
        kwargs.setdefault("corto", True)
        kwargs.setdefault("order_by", "empleador_orden")
        kwargs.setdefault("default", "De otra provincia")
        kwargs.setdefault("linkify", _del_deudor)
        super().__init__(**kwargs)


def _del_deudor(record: Any) -> str:
    """Where the debtor of a row is: the employer's page, or the person's."""
    if record.empleador_ruc:
        return direccion("empleador", record.empleador_ruc)
    return direccion("persona", record.persona_cedula)


class ColumnaRuc(ColumnaCodigo):
    """The RUC of the employer put by `con_empleador`: only the file has it."""

    def __init__(self, **kwargs: Any) -> None:
        """Hide it on the screen, where the name leads to it."""
        super().__init__("RUC", accessor="empleador_ruc", visible=False, **kwargs)


class ColumnaProvincia(Columna):
    """The name of a province from its code of two digits."""

    def __init__(self, verbose_name: str = "Provincia", **kwargs: Any) -> None:
        """Read the names when they are first needed."""
        super().__init__(verbose_name, palabra=_Nombres(nombres_de_provincias), **kwargs)


class ColumnaCanton(Columna):
    """Canton and province from the code of four digits: `Quito, Pichincha`."""

    def __init__(self, verbose_name: str = "Cantón", **kwargs: Any) -> None:
        """Read the names when they are first needed."""
        super().__init__(verbose_name, palabra=_Nombres(nombres_de_cantones), **kwargs)


class _Nombres:
    """The name of each code, read once for each list (a column is copied for each)."""

    def __init__(self, leer: Any) -> None:
        self.leer = leer
        self.nombres: dict[str, str] | None = None

    def __deepcopy__(self, _memoria: Any) -> "_Nombres":
        return _Nombres(self.leer)

    def __call__(self, codigo: str) -> str:
        if self.nombres is None:
            self.nombres = self.leer()
        return self.nombres.get(codigo, codigo)


def nombres_de_provincias() -> dict[str, str]:
    """Return the name of each province by its code."""
    return {p.codigo: p.nombre for p in provincias()}


def nombres_de_cantones() -> dict[str, str]:
    """Return `Cantón, Provincia` by the code of the canton."""
    return {c.codigo: f"{c.nombre}, {c.provincia_nombre}" for c in cantones()}


def provincias_al_alcance(alcance: Alcance) -> list[tuple[str, str]]:
    """Return code and name of the provinces within reach, for a filter."""
    return [(p.codigo, p.nombre) for p in provincias() if alcance.contiene(provincia=p.codigo)]


def con_empleador(filas: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Add to each row RUC, name and sorting key of its employer, when the actor may see it.

    Of a row whose debtor is a person, who was read within reach with it, its name and its cédula.
    """
    visibles = empleadores_visibles(actor.alcance(Permiso.EMPLEADOR_VER)).filter(
        pk=OuterRef("empleador_id")
    )
    anotadas: QuerySet[Any] = filas.annotate(
        empleador_ruc=Subquery(visibles.values("ruc")[:1]),
        persona_cedula=persona_de("persona_id", "identificacion"),
        empleador=Coalesce(
            Subquery(visibles.values("razon_social")[:1]),
            persona_de("persona_id", "nombre"),
            persona_de("persona_id", "identificacion"),
        ),
        empleador_orden=Coalesce(
            Subquery(visibles.values("clave_orden")[:1]), Lower(persona_de("persona_id", "nombre"))
        ),
    )
    return anotadas


__all__ = [
    "ColumnaCanton",
    "ColumnaEmpleador",
    "ColumnaProvincia",
    "ColumnaRuc",
    "con_empleador",
    "provincias_al_alcance",
]
