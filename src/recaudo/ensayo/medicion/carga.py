"""Bounded load on a site of this machine: a fixed rate of requests, each timed from its turn.

Run as a program (`python -m …medir.carga`) it reads one order in JSON and writes what it saw. It
stops by itself: after the last request, or when the load takes several times longer than it should
(what was not sent by then is missing from the answers). A request that had to wait for a free
connection counts that wait: the rate never yields to a slow server.
"""

import asyncio
import ipaddress
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Final

#: As many browsers at once; fewer would fall unevenly on the processes that serve.
CONEXIONES: Final = 256
ESPERA: Final = 10
#: How many times longer than planned a load may take before it is given up.
PACIENCIA: Final = 3
#: Status noted for a request that got no answer.
SIN_RESPUESTA: Final = 0
_FIN_DE_CABECERA: Final = b"\r\n\r\n"
_LARGO: Final = b"content-length:"


@dataclass(frozen=True, slots=True)
class Orden:
    """What to ask for: `total` requests at `por_segundo`, taking `pedidos` (address, cookie)."""

    direccion: str
    puerto: int
    por_segundo: int
    total: int
    pedidos: Sequence[tuple[str, str]]
    conexiones: int = CONEXIONES

    def como_json(self) -> str:
        """Return it as the program reads it."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Respuesta:
    """One request: which one, its status, microseconds from its turn, and to its end from zero."""

    pedido: int
    estado: int
    tardo_us: int
    termino_us: int


class _Conexion(asyncio.Protocol):
    """A kept-alive connection with one request at a time."""

    def __init__(self) -> None:
        """Start with nothing received."""
        self._recibido = bytearray()
        self._espera: asyncio.Future[int] | None = None
        self._salida: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        if isinstance(transport, asyncio.Transport):
            self._salida = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that there will be no answer."""
        del exc
        self._salida = None
        self._contestar(SIN_RESPUESTA)

    def data_received(self, data: bytes) -> None:
        """Put the pieces together until the announced length."""
        self._recibido += data
        fin = self._recibido.find(_FIN_DE_CABECERA)
        if fin < 0:
            return
        cabecera = bytes(self._recibido[:fin])
        if len(self._recibido) >= fin + len(_FIN_DE_CABECERA) + _largo(cabecera):
            self._recibido.clear()
            self._contestar(int(cabecera.split(b" ", 2)[1]))

    async def pedir(self, texto: bytes) -> int:
        """Send one request and return the status of its answer."""
        if self._salida is None:
            return SIN_RESPUESTA
        self._espera = asyncio.get_running_loop().create_future()
        self._salida.write(texto)
        return await self._espera

    def cerrar(self) -> None:
        """Let the connection go."""
        if self._salida is not None:
            self._salida.abort()

    def _contestar(self, estado: int) -> None:
        if self._espera is not None and not self._espera.done():
            self._espera.set_result(estado)


def _largo(cabecera: bytes) -> int:
    """Return the announced length of the body; 0 when there is none."""
    for linea in cabecera.lower().split(b"\r\n"):
        if linea.startswith(_LARGO):
            return int(linea[len(_LARGO) :])
    return 0


async def cargar(orden: Orden) -> list[Respuesta]:
    """Send what the order says, at its rate, and return every answer in the order they ended.

    Only an address of this machine is accepted: ValueError for any other.
    """
    if not ipaddress.ip_address(orden.direccion).is_loopback:
        msg = f"{orden.direccion} is not this machine"
        raise ValueError(msg)
    textos = [_texto(orden, ruta, galleta) for ruta, galleta in orden.pedidos]
    respuestas: list[Respuesta] = []
    turnos = count()
    conexiones = [await _conectar(orden) for _ in range(orden.conexiones)]
    cero = asyncio.get_running_loop().time()
    try:
        await asyncio.gather(
            *(_atender(c, orden, textos, turnos, cero, respuestas) for c in conexiones)
        )
    finally:
        for conexion in conexiones:
            conexion.cerrar()
    return respuestas


async def _conectar(orden: Orden) -> _Conexion:
    lazo = asyncio.get_running_loop()
    _, conexion = await lazo.create_connection(_Conexion, orden.direccion, orden.puerto)
    return conexion


async def _atender(
    conexion: _Conexion,
    orden: Orden,
    textos: Sequence[bytes],
    turnos: Iterator[int],
    cero: float,
    respuestas: list[Respuesta],
) -> None:
    """Take turns until there are none, each at its moment."""
    reloj = asyncio.get_running_loop().time
    limite = cero + ESPERA + PACIENCIA * orden.total / orden.por_segundo
    for turno in turnos:
        if turno >= orden.total or reloj() > limite:
            return
        previsto = cero + turno / orden.por_segundo
        await asyncio.sleep(max(0, previsto - reloj()))
        pedido = turno % len(textos)
        try:
            estado = await asyncio.wait_for(conexion.pedir(textos[pedido]), ESPERA)
        except TimeoutError:
            conexion.cerrar()
            estado = SIN_RESPUESTA
        ahora = reloj()
        respuestas.append(
            Respuesta(
                pedido, estado, round((ahora - previsto) * 1_000_000),
                round((ahora - cero) * 1_000_000),
            )
        )  # fmt: skip
        if estado == SIN_RESPUESTA:
            conexion = await _conectar(orden)


def _texto(orden: Orden, ruta: str, galleta: str) -> bytes:
    cabeceras = [
        f"GET {ruta} HTTP/1.1",
        f"Host: {orden.direccion}:{orden.puerto}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
        "User-Agent: recaudo-medir",
        *([f"Cookie: {galleta}"] if galleta else []),
    ]
    return ("\r\n".join(cabeceras) + "\r\n\r\n").encode("ascii")


def main() -> None:
    """Read an order from the input and write the answers to the output, both in JSON."""
    orden = Orden(**json.load(sys.stdin))
    json.dump([(*asdict(r).values(),) for r in asyncio.run(cargar(orden))], sys.stdout)


if __name__ == "__main__":
    main()
