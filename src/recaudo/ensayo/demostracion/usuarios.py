"""The people of the demonstration, and the actor each one is. Nobody real; one printed password."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.organizacion.actions.abrir_cuenta import abrir_cuenta
from recaudo.ensayo.demostracion.escenario import ANA, CARLA
from recaudo.ensayo.demostracion.poblacion import Empleador, cedula_ficticia
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Usuario

#: Printed on purpose: it opens nothing but a demonstration.
CLAVE: Final = "demostracion-2026"
DESDE: Final = date(2025, 1, 1)
_SERIE: Final = 950_000


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who logs in: with which number, as what, and where."""

    clave: str
    nombre: str
    identificacion: str
    hace: str
    rol: str = ""
    provincias: tuple[str, ...] = ()
    empleador: int | None = None


def _persona(orden: int, clave: str, nombre: str, hace: str, **otros: object) -> Persona:
    return Persona(clave, nombre, cedula_ficticia(_SERIE + orden), hace, **otros)  # type: ignore[arg-type]


PERSONAS: Final = (
    _persona(1, "ana", "Ana Capulí Mirlo", "empleadora, en el portal", empleador=ANA),
    _persona(2, "bruno", "Bruno Molle Quinde", "recaudador: extractos y valores", rol="UREC"),
    _persona(3, "carla", "Carla Taxo Tangara", "otra empleadora, con glosas", empleador=CARLA),
    _persona(4, "diego", "Diego Ortiga Hornero", "registra las tasas publicadas", rol="DNRC"),
    _persona(5, "elena", "Elena Tocte Colibrí", "aprueba tasas, cierra días", rol="UCGC"),
    _persona(
        6, "fabian", "Fabián Yagual Piquero", "jefe de cartera de Pichincha y Carchi", rol="JC",
        provincias=("17", "04"),
    ),
    _persona(7, "gloria", "Gloria Uvilla Tucán", "auditora: mira y no cambia nada", rol="AUD"),
    _persona(
        8, "hugo", "Hugo Chilca Solitaria", "afiliación: registra y emite desde la consola",
        rol="DNAC",
    ),
    _persona(9, "irene", "Irene Sauco Zamarrito", "recaudadora: confirma extractos", rol="UREC"),
    _persona(10, "julia", "Julia Arrayán Mirlo", "registra las cuentas del banco", rol="DNGF"),
)  # fmt: skip


def anunciar_usuarios() -> None:
    """Put in the environment who may enter, for the home page of the processes that will serve.

    The page shows them only over a database with a simulated date.
    """
    os.environ["RECAUDO_USUARIOS_DEMO"] = json.dumps(
        [[p.identificacion, CLAVE, f"{p.nombre}, {p.hace}"] for p in PERSONAS], ensure_ascii=False
    )


def crear_usuarios() -> dict[str, Actor]:
    """Create the people who are not there yet, and return the officers as actors, by short name."""
    actores = {}
    for persona in PERSONAS:
        usuario = Usuario.objects.filter(identificacion=persona.identificacion).first()
        if usuario is None:
            usuario = abrir_cuenta(
                identificacion=persona.identificacion, nombre=persona.nombre, clave=CLAVE,
                rol=persona.rol, provincias=persona.provincias,
                por=Actor.sistema("Demostración"), hoy=DESDE,
            )  # fmt: skip
        if persona.rol:
            actores[persona.clave] = Actor(
                id=usuario.pk, nombre=persona.nombre, roles=frozenset({persona.rol}),
                provincias=frozenset(persona.provincias),
            )  # fmt: skip
    return actores


def representantes(empleadores: Iterable[Empleador]) -> dict[int, Actor]:
    """Return who acts for each employer, by its place in the population.

    Whoever has no login of the demonstration is created without a password: cannot enter, but
    every act has its natural person.
    """
    con_clave = {p.empleador: p for p in PERSONAS if p.empleador is not None}
    faltan = [
        Usuario(identificacion=e.cedula_representante, nombre=e.representante, password="!")  # noqa: S106 - no password opens it
        for e in empleadores
        if e.indice not in con_clave
    ]
    Usuario.objects.bulk_create(faltan, ignore_conflicts=True)
    numeros = dict(Usuario.objects.values_list("identificacion", "pk"))
    return {e.indice: _representante(e, con_clave.get(e.indice), numeros) for e in empleadores}


def _representante(
    empleador: Empleador, persona: Persona | None, numeros: Mapping[str, int]
) -> Actor:
    identificacion = persona.identificacion if persona else empleador.cedula_representante
    nombre = persona.nombre if persona else empleador.representante
    return Actor(id=numeros[identificacion], nombre=nombre, roles=frozenset({"EMP"}))


def en_nombre_de(actor: Actor, empleador_id: int) -> Actor:
    """Return the same person acting for an employer."""
    return Actor(
        id=actor.id, nombre=actor.nombre, roles=actor.roles, empleadores=frozenset({empleador_id})
    )
