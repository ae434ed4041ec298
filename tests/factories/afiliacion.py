"""Employers, sucursales, persons and employments for tests: synthetic people, valid numbers.

Plain functions. Each takes only what the test cares about; the rest is ordinary. Numbers come
from a counter, so two calls never collide inside a test run.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from recaudo.domain.afiliacion.models import Empleador, Persona, RelacionLaboral, Sucursal
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.text import clave_de_orden

QUITO = "1701"
GUAYAQUIL = "0901"
_CUENTA = count(1)
_ALTA = datetime(2020, 1, 2, 15, 0, tzinfo=UTC)


def cedula_sintetica(numero: int) -> str:
    """Return a valid cédula of the unused series 205… (0 ≤ numero < 1 000 000)."""
    nueve = f"205{numero:06d}"
    suma = 0
    for posicion, digito in enumerate(map(int, nueve)):
        doble = digito * (2 - posicion % 2)
        suma += doble - 9 if doble > 9 else doble
    return f"{nueve}{-suma % 10}"


def ruc_de_sociedad(numero: int) -> str:
    """Return a RUC of a company, in a series nobody uses, whose old check digit also fits."""
    for intento in range(numero * 2, numero * 2 + 50):
        nueve = f"209{intento:06d}"
        suma = sum(int(d) * c for d, c in zip(nueve, (4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
        digito = -suma % 11
        if digito < 10:
            return f"{nueve}{digito}001"
    raise AssertionError(numero)


def hacer_empleador(
    *,
    ruc: str | None = None,
    razon_social: str | None = None,
    tipo_empleador: str = "PRIV_SOCIEDAD",
    canton: str = QUITO,
    correo: str = "nomina@ejemplo.ec",
    con_matriz: bool = True,
    direccion: str = "",
) -> Empleador:
    """Create an employer (a private company in Quito) with its matriz `0001`."""
    numero = next(_CUENTA)
    nombre = razon_social or f"Comercial Ñandú {numero} S.A."
    empleador = Empleador.objects.create(
        ruc=ruc or ruc_de_sociedad(numero),
        razon_social=nombre,
        clave_orden=clave_de_orden(nombre),
        tipo_empleador=tipo_empleador,
        direccion=direccion,
        correo=correo,
        canton=canton,
        es_ficticio=True,
        registrado_en=_ALTA,
    )
    if con_matriz:
        hacer_sucursal(empleador=empleador, canton=canton)
    return empleador


def empleador_publico(**otros: Any) -> Empleador:
    """Trait: a public body."""
    return hacer_empleador(tipo_empleador="PUBLICO", razon_social="Ministerio de Prueba", **otros)


def empleador_domestico(**otros: Any) -> Empleador:
    """Trait: a home, registered with the cédula of its head followed by 001."""
    ruc = f"{cedula_sintetica(900_000 + next(_CUENTA))}001"
    return hacer_empleador(
        ruc=ruc, tipo_empleador="DOMESTICO", razon_social="Zambrano Ibáñez María Belén", **otros
    )


def empleador_agricola(**otros: Any) -> Empleador:
    """Trait: agricultural, without duty of entry and exit notices (LSS art. 73)."""
    return hacer_empleador(
        tipo_empleador="AGRICOLA", razon_social="Hacienda La Peña Cía. Ltda.", **otros
    )


def hacer_sucursal(
    *, empleador: Empleador | None = None, codigo: str = "0001", canton: str = QUITO
) -> Sucursal:
    """Create a sucursal; without an employer, of a new one."""
    return Sucursal.objects.create(
        empleador=empleador or hacer_empleador(con_matriz=False),
        codigo=codigo,
        nombre="Matriz" if codigo == "0001" else f"Sucursal {codigo}",
        canton=canton,
        provincia=canton[:2],
    )


def matriz_de(empleador: Empleador) -> Sucursal:
    """Return the sucursal `0001` of an employer."""
    return Sucursal.objects.get(empleador=empleador, codigo="0001")


def hacer_persona(*, identificacion: str | None = None, nombre: str | None = None) -> Persona:
    """Create a worker with a synthetic cédula."""
    numero = next(_CUENTA)
    return Persona.objects.create(
        identificacion=identificacion or cedula_sintetica(numero),
        nombre=nombre or f"Quishpe Ñacato José {numero}",
    )


def hacer_relacion(
    *,
    sucursal: Sucursal | None = None,
    persona: Persona | None = None,
    desde: date = date(2025, 1, 1),
    hasta: date | None = None,
    sueldo: str = "600.00",
    sueldo_desde: Periodo | None = None,
    relacion_trabajo: str = "06",
) -> RelacionLaboral:
    """Create an employment over [desde, hasta) with a monthly salary in USD."""
    donde = sucursal or matriz_de(hacer_empleador())
    return RelacionLaboral.objects.create(
        empleador_id=donde.empleador_id,
        sucursal=donde,
        persona=persona or hacer_persona(),
        vigencia=DateRange(desde, hasta),
        sueldo=Dinero(sueldo),
        sueldo_desde=sueldo_desde or Periodo.de_fecha(desde),
        relacion_trabajo=relacion_trabajo,
    )


@dataclass(frozen=True)
class Nomina:
    """An employer, its matriz and its employments."""

    empleador: Empleador
    matriz: Sucursal
    relaciones: list[RelacionLaboral]


def hacer_nomina(
    trabajadores: int = 3, *, sueldo: str = "600.00", empleador: Empleador | None = None
) -> Nomina:
    """Create an employer with so many active workers at its matriz."""
    patrono = empleador or hacer_empleador()
    matriz = matriz_de(patrono)
    relaciones = [hacer_relacion(sucursal=matriz, sueldo=sueldo) for _ in range(trabajadores)]
    return Nomina(patrono, matriz, relaciones)


def actor_empleador(empleador: Empleador) -> Actor:
    """Return the employer's own representative."""
    return Actor(
        id=1, nombre="Titular", roles=frozenset({"EMP"}), empleadores=frozenset({empleador.pk})
    )


def actor_de_afiliacion() -> Actor:
    """Return an officer who registers employers (DNAC, national)."""
    return Actor(id=2, nombre="Funcionaria DNAC", roles=frozenset({"DNAC"}))


def actor_provincial(*provincias: str) -> Actor:
    """Return an analyst of some provinces (AC)."""
    return Actor(id=3, nombre="Analista", roles=frozenset({"AC"}), provincias=frozenset(provincias))
