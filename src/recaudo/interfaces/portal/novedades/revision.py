"""A file that was looked at and not yet registered: what it would do, and its correction.

What is kept between the look and the confirmation is the file, for some days and apart from what is
registered; which file and of whom travels in the address, signed. Each look judges it again, so
that it is always of today.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core import signing

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import (
    ResultadoArchivo,
    cargar_archivo_novedades,
)
from recaudo.domain.afiliacion.queries import FichaEmpleador, ResultadoFila
from recaudo.infra.files.de_paso import DIAS, de_paso, dejar_de_paso
from recaudo.infra.files.formatos.iess_batch import leer_archivo
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.vista.formatos import contar

_SAL: Final = "portal.novedades.revision"
CORREGIBLES: Final = 200


@dataclass(frozen=True, slots=True)
class Enviado:
    """A file sent to be looked at."""

    nombre: str
    contenido: bytes

    def juzgar(
        self, quien: FichaEmpleador, *, por: Actor, hoy: date, ensayo: bool
    ) -> ResultadoArchivo:
        """Look at it, or register it: the same judgement. Raises the refusals of the act."""
        return cargar_archivo_novedades(
            contenido=self.contenido, nombre=self.nombre, empleador_id=quien.id, por=por, hoy=hoy,
            ensayo=ensayo,
        )  # fmt: skip

    def textos(self) -> dict[int, str]:
        """Return each line as it came, by its number."""
        return {linea.numero: linea.texto for linea in leer_archivo(self.contenido).lineas}


def guardar(enviado: Enviado, quien: FichaEmpleador, *, hoy: date) -> str:
    """Keep a file that was looked at; return the part of the address that finds it again.

    For two weeks: then the close of a day deletes it, and what it registered stays.
    """
    numero = dejar_de_paso(
        dueno=quien.id, nombre=enviado.nombre, contenido=enviado.contenido, hoy=hoy
    )
    return signing.dumps({"e": quien.id, "a": numero}, salt=_SAL, compress=True)


def recuperar(vale: str, quien: FichaEmpleador) -> Enviado | None:
    """Return the file of that address; None when it is old, altered or of another employer."""
    try:
        dicho: dict[str, Any] = signing.loads(vale, salt=_SAL, max_age=DIAS)
    except (signing.BadSignature, ValueError):
        return None
    if dicho.get("e") != quien.id:
        return None
    dejado = de_paso(dicho["a"], dueno=quien.id)
    return None if dejado is None else Enviado(*dejado)


def corregido(enviado: Enviado | None, filas: Sequence[ResultadoFila], lineas: str) -> bytes:
    """Return the file with what was typed in the place of what it gave back."""
    quedan: Collection[str] = ()
    if enviado is not None:
        textos = enviado.textos()
        quedan = [textos[f.numero] for f in filas if f.estado != "RECHAZADA"]
    return en_archivo([*quedan, *lineas.splitlines()])


def en_archivo(lineas: Sequence[str]) -> bytes:
    """Return lines as a file ready to be sent again."""
    return "".join(f"{linea}\r\n" for linea in lineas).encode()


def efecto_de_registrar(dicho: ResultadoArchivo) -> tuple[str, ...]:
    """Return what would happen if the file were registered now."""
    listas = contar(dicho.aceptadas, "línea está lista", "líneas están listas")
    malas = contar(
        dicho.rechazadas,
        "línea no entra: corríjala abajo o envíela después",
        "líneas no entran: corríjalas abajo o envíelas después",
    )
    ya_estaban = contar(
        dicho.repetidas, "línea ya estaba registrada", "líneas ya estaban registradas"
    )
    return (
        "Todavía no se registró nada: se registra cuando usted lo confirme.",
        (
            f"{listas} para registrarse."
            if dicho.aceptadas
            else "Ninguna línea nueva puede registrarse."
        ),
        *((f"{malas}.",) if dicho.rechazadas else ()),
        *((f"{ya_estaban}: no cambia nada.",) if dicho.repetidas else ()),
    )


@dataclass(frozen=True, slots=True)
class LineaRevisada:
    """A line on the page: what it says and what becomes of it."""

    numero: int
    texto: str
    estado: str
    mensaje: str


def lineas_revisadas(
    resultado: ResultadoArchivo, textos: dict[int, str]
) -> tuple[LineaRevisada, ...]:
    """Return the lines with their outcome."""
    return tuple(
        LineaRevisada(f.numero, textos.get(f.numero, ""), f.estado, f.mensaje)
        for f in resultado.filas
    )
