"""Keep a large file without holding it: what somebody reads is compressed aside as it is read.

    sha256, tamano = huella_de(abrir)
    with Copia(abrir, sha256=sha256, tamano=tamano) as copia:
        for linea in leer(copia.abrir()): ...
        archivo = copia.guardar("extracto.xml")

One reading for who reads and for what is kept: the same bytes, and those of the digest.
"""

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import BinaryIO, Final, Self, cast

from recaudo.infra.files.almacen import EN_MEMORIA, NIVEL_ZLIB, PIEZA, guardar_piezas
from recaudo.kernel.refusals import Rechazo

_TROZO: Final = 1 << 20
#: Pieces that wait to be compressed: who reads waits when they are all there.
_EN_ESPERA: Final = 4
Abrir = Callable[[], BinaryIO]


class ArchivoCambiado(Rechazo):
    """The file is not what it was when it began to be read: somebody is still writing it."""

    mensaje = (
        "El archivo cambió mientras se leía. No se importó nada: espere a que termine de copiarse "
        "e impórtelo otra vez."
    )


def huella_de(abrir: Abrir) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size in bytes of a source, read by pieces."""
    resumen, tamano = hashlib.sha256(), 0
    with abrir() as fuente:
        while trozo := fuente.read(_TROZO):
            resumen.update(trozo)
            tamano += len(trozo)
    return resumen.hexdigest(), tamano


class Copia:
    """A source that is read once, and compressed aside meanwhile into a file without a name.

    zlib and the digest leave the interpreter free. At most some MB wait for them.
    """

    def __init__(self, abrir: Abrir, *, sha256: str, tamano: int) -> None:
        """Nothing is opened yet. `sha256`, `tamano`: what `huella_de` said of the source."""
        self._abrir = abrir
        self._esperado = (sha256, tamano)
        self._cola: Queue[bytes | None] = Queue(_EN_ESPERA)
        self._deposito = SpooledTemporaryFile(EN_MEMORIA)  # noqa: SIM115 - closed by `__exit__`
        self._aparte = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        """Begin to compress what will be read."""
        self._fuente = _Leida(self._abrir(), self._cola)
        self._hecha = self._aparte.submit(self._comprimir)
        return self

    def __exit__(
        self, clase: type[BaseException] | None, falla: BaseException | None,
        rastro: TracebackType | None,
    ) -> None:  # fmt: skip
        """Forget the copy, kept or not."""
        self._fuente.terminar()
        self._aparte.shutdown()
        self._deposito.close()

    def abrir(self) -> BinaryIO:
        """Return the source. It is read once, to its end."""
        return cast("BinaryIO", self._fuente)

    def guardar(self, nombre: str) -> int:
        """Keep what was read, once per content, and return the id of the file.

        Raises ArchivoCambiado when it is not what the digest said.
        """
        self._fuente.terminar()
        sha256, tamano = self._hecha.result()
        if (sha256, tamano) != self._esperado:
            raise ArchivoCambiado
        return guardar_piezas(nombre, self._piezas(), sha256=sha256, tamano=tamano)

    def _piezas(self) -> Iterator[bytes]:
        self._deposito.seek(0)
        while pieza := self._deposito.read(PIEZA):
            yield pieza

    def _comprimir(self) -> tuple[str, int]:
        """Compress what comes until its end; return the digest and the size of what came."""
        maquina, resumen, tamano = zlib.compressobj(NIVEL_ZLIB), hashlib.sha256(), 0
        try:
            while trozo := self._cola.get():
                resumen.update(trozo)
                tamano += len(trozo)
                self._deposito.write(maquina.compress(trozo))
            self._deposito.write(maquina.flush())
        except BaseException:  # a full disk: who reads must not wait for ever
            while self._cola.get():
                pass
            raise
        return resumen.hexdigest(), tamano


class _Leida(io.RawIOBase):
    """A source that also gives to a queue what is read of it, joined in larger pieces."""

    def __init__(self, fuente: BinaryIO, cola: "Queue[bytes | None]") -> None:
        self._fuente = fuente
        self._cola = cola
        self._junto: list[bytes] = []
        self._juntos = 0
        self._fin = False

    def read(self, tamano: int = -1, /) -> bytes:
        trozo = self._fuente.read(tamano)
        self._junto.append(trozo)
        self._juntos += len(trozo)
        if self._juntos >= _TROZO:
            self._entregar()
        return trozo

    def terminar(self) -> None:
        """Give what is left, and say that there is no more."""
        if not self._fin:
            self._fin = True
            self._entregar()
            self._cola.put(None)
            self._fuente.close()

    def _entregar(self) -> None:
        if self._juntos:
            self._cola.put(b"".join(self._junto))
        self._junto, self._juntos = [], 0
