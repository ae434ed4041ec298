"""A request is whole before a thread of Python sees it: read by the loop, within sizes and times.

Nothing here knows Django. What a client sends slowly, or never ends, holds a few bytes of the loop
and no thread; beyond `EN_MEMORIA` it waits in a file without a name.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from io import BytesIO
from typing import IO, Any, Final, cast

#: What anybody may send, known or not: a form. More, only where the view says so.
PEQUENO: Final = 64_000
#: In the environment of a request: its body was not taken, `(status, limit in bytes)`.
NEGADO: Final = "recaudo.negado"
EN_MEMORIA: Final = 64 * 1024
#: Seconds without a byte; and seconds in all for a form, or for each stretch of a larger body.
SIN_BYTES: Final = 10.0
EN_TOTAL: Final = 30.0
#: A larger body must come at least this fast, or it is cut.
BYTES_POR_SEGUNDO: Final = 64 * 1024
#: Bodies begun and not ended that one process holds, and how many of those may be large.
SIN_TERMINAR: Final = 1_024
GRANDES: Final = 8
#: What was refused is read and thrown away this long, so that the answer is read.
SEGUNDOS_DE_DESCARTE: Final = 5.0
DESCARTE: Final = 8 * 1024 * 1024


class Ido(Exception):
    """Who was sending is gone: there is nobody to answer."""


class Cuerpo:
    """What a request sends, as it comes: the server lets it be read once."""

    def __init__(self, protocolo: Any) -> None:
        """Begin at the beginning."""
        self._trozos = aiter(protocolo)

    def __aiter__(self) -> "Cuerpo":
        """Go on where it was left."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next piece; `Ido` when who sent it is gone."""
        try:
            return cast("bytes", await anext(self._trozos))
        except RuntimeError as ido:
            raise Ido from ido


class Negado(Exception):
    """The body is not taken: the status to answer and, of a 413, the limit in bytes."""

    def __init__(self, estado: int, limite: int = 0) -> None:
        """Keep what to answer."""
        super().__init__(estado)
        self.estado, self.limite = estado, limite


class Lector:
    """Read the bodies of one process, each within its limit and all within what can be held."""

    def __init__(self) -> None:
        """Begin with none."""
        self._abiertos = self._grandes = 0

    async def leer(
        self, cuerpo: Cuerpo, declarado: int | None, permitir: Callable[[], Awaitable[int]]
    ) -> IO[bytes]:
        """Return the whole body, at its beginning; `Negado` when it is too large, slow or many.

        `declarado` is its Content-Length, None when it does not say. `permitir` tells how many
        bytes this request may send; it is asked only of what is larger than a form, and before more
        than a form of it was read.
        """
        with self._uno():
            if declarado is not None and declarado <= PEQUENO:
                return await self._formulario(cuerpo, declarado)
            if declarado is not None:
                return await self._grande(cuerpo, [], declarado, await permitir(), declarado)
            return await self._sin_decir(cuerpo, permitir)

    async def _formulario(self, cuerpo: Cuerpo, declarado: int) -> IO[bytes]:
        trozos: list[bytes] = []
        reloj = _Plazo(EN_TOTAL)
        async with reloj.corriendo():
            async for trozo in cuerpo:
                trozos.append(trozo)
                reloj.llego(0)
        entero = b"".join(trozos)
        if len(entero) != declarado:
            raise Negado(400)
        return BytesIO(entero)

    async def _sin_decir(self, cuerpo: Cuerpo, permitir: Callable[[], Awaitable[int]]) -> IO[bytes]:
        """Read a body that does not say its length: as a form while it is no larger than one."""
        trozos: list[bytes] = []
        leido, reloj = 0, _Plazo(EN_TOTAL)
        async with reloj.corriendo():
            async for trozo in cuerpo:
                trozos.append(trozo)
                leido += len(trozo)
                reloj.llego(0)
                if leido > PEQUENO:
                    break
            else:
                return BytesIO(b"".join(trozos))
        limite = await permitir()
        return await self._grande(cuerpo, trozos, leido, limite, None)

    async def _grande(
        self, cuerpo: Cuerpo, trozos: list[bytes], visto: int, limite: int, declarado: int | None
    ) -> IO[bytes]:
        """Go on reading into a file without a name, at most `limite` bytes."""
        if visto > limite:
            raise Negado(413, limite)
        if self._grandes >= GRANDES:
            raise Negado(503)
        self._grandes += 1
        archivo = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA))  # noqa: SIM115 - closed by who serves it
        try:
            await _copiar(cuerpo, trozos, archivo, limite, declarado)
        except BaseException:
            archivo.close()
            raise
        finally:
            self._grandes -= 1
        archivo.seek(0)
        return archivo

    @contextmanager
    def _uno(self) -> Iterator[None]:
        if self._abiertos >= SIN_TERMINAR:
            raise Negado(503)
        self._abiertos += 1
        try:
            yield
        finally:
            self._abiertos -= 1


async def _copiar(
    cuerpo: Cuerpo, trozos: list[bytes], archivo: IO[bytes], limite: int, declarado: int | None
) -> None:
    leido, reloj = 0, _Plazo(EN_TOTAL)
    for trozo in trozos:
        leido += len(trozo)
        archivo.write(trozo)
    async with reloj.corriendo():
        async for trozo in cuerpo:
            leido += len(trozo)
            if leido > limite:
                raise Negado(413, limite)
            archivo.write(trozo)
            reloj.llego(leido)
    if declarado is not None and leido != declarado:
        raise Negado(400)


class _Plazo:
    """The time limit of one body: idle, and in all, which grows with what came."""

    def __init__(self, total: float) -> None:
        self._inicio, self._total = time.monotonic(), total
        self._reloj: asyncio.Timeout | None = None

    @asynccontextmanager
    async def corriendo(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(SIN_BYTES) as self._reloj:
                yield
        except TimeoutError as tarde:
            raise Negado(408) from tarde

    def llego(self, leido: int) -> None:
        """Something came: `leido` bytes so far, of a large body."""
        ahora = time.monotonic()
        fin = self._inicio + self._total + leido / BYTES_POR_SEGUNDO
        if self._reloj is not None:
            self._reloj.reschedule(asyncio.get_running_loop().time() + min(SIN_BYTES, fin - ahora))


async def descartar(cuerpo: Cuerpo) -> None:
    """Read on for a moment what was refused: who still sends would not read the answer."""
    quedan = DESCARTE
    try:
        async with asyncio.timeout(SEGUNDOS_DE_DESCARTE):
            async for trozo in cuerpo:
                quedan -= len(trozo)
                if quedan < 0:
                    return
    except (TimeoutError, Ido):
        return
