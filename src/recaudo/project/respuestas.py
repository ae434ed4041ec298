"""An answer is whole before it is sent: the thread that made it is free before the client reads.

What is small goes at once. What is not waits in a file without a name and is sent by the loop,
piece by piece, while the client reads: who does not read is cut.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, Final

#: What goes at once, from the thread itself: the system takes it whatever the client does.
DE_UNA_VEZ: Final = 128 * 1024
PIEZA: Final = 64 * 1024
#: Seconds that a client may take in reading one piece.
SIN_LEER: Final = 20.0

Aplicacion = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Cabeceras = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Respuesta:
    """What is still to be sent."""

    estado: int
    cabeceras: Cabeceras
    cuerpo: IO[bytes]


class _Comienzo:
    """`start_response`: the status and the headers."""

    __slots__ = ("cabeceras", "estado")

    def __init__(self) -> None:
        self.estado = 500
        self.cabeceras: Cabeceras = []

    def __call__(self, estado: str, cabeceras: Cabeceras, _falla: object = None) -> None:
        self.estado, self.cabeceras = int(estado[:3]), cabeceras


def correr(aplicacion: Aplicacion, ambiente: dict[str, Any], proto: Any) -> Respuesta | None:
    """Run the application in this thread and send its answer if it is small; else return it."""
    comienzo = _Comienzo()
    partes = aplicacion(ambiente, comienzo)
    try:
        trozos, largo, archivo = [], 0, None
        for parte in partes:
            if archivo is not None:
                archivo.write(parte)
                continue
            trozos.append(parte)
            largo += len(parte)
            if largo > DE_UNA_VEZ:
                archivo = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
                archivo.writelines(trozos)
        if archivo is None:
            proto.response_bytes(comienzo.estado, comienzo.cabeceras, b"".join(trozos))
            return None
    finally:
        getattr(partes, "close", _nada)()
        ambiente["wsgi.input"].close()
    largo = archivo.tell()
    archivo.seek(0)
    if not any(nombre.lower() == "content-length" for nombre, _ in comienzo.cabeceras):
        comienzo.cabeceras.append(("Content-Length", str(largo)))
    return Respuesta(comienzo.estado, comienzo.cabeceras, archivo)


async def enviar(proto: Any, respuesta: Respuesta) -> None:
    """Send it while it is read; leave it unfinished, which ends the connection, when it is not."""
    with respuesta.cuerpo as cuerpo:
        transporte = proto.response_stream(respuesta.estado, respuesta.cabeceras)
        try:
            while pieza := cuerpo.read(PIEZA):
                async with asyncio.timeout(SIN_LEER):
                    await transporte.send_bytes(pieza)
        except (TimeoutError, RuntimeError):
            return


def _nada() -> None:
    """Do nothing."""
