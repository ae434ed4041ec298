"""Where the log of security goes: a syslog of the network or of the machine, or a file.

`syslog://host:514` (UDP), `syslog+tcp://host:601`, `syslog:///dev/log` (socket of the machine),
`file:///var/log/recaudo/seguridad.log`. A syslog gets each line as RFC 5424 says.
"""

import os
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

_PLAZO: Final = 2.0
_PUERTO: Final = 514
#: Facility 10 (security), severity 6 (information): RFC 5424 §6.2.1.
_PRIORIDAD: Final = 10 * 8 + 6


class DestinoIlegible(ValueError):
    """RAISED when an address of the log cannot be understood; its text says what is understood."""


class Destino(Protocol):
    """Something that takes lines, or raises OSError."""

    def escribir(self, linea: str) -> None:
        """Deliver one line."""
        ...

    def cerrar(self) -> None:
        """Let go of what is open."""
        ...


def destino_de(direccion: str) -> Destino:
    """Return the destination of an address; DestinoIlegible when it cannot be understood."""
    partes = urlsplit(direccion)
    try:
        puerto = partes.port or _PUERTO
    except ValueError:
        puerto = 0
    if partes.scheme == "file" and partes.path.startswith("/") and not partes.netloc:
        return Archivo(Path(partes.path))
    if partes.scheme == "syslog" and partes.path not in {"", "/"} and not partes.netloc:
        return Syslog(socket.AF_UNIX, socket.SOCK_DGRAM, partes.path)
    tipos = {"syslog": socket.SOCK_DGRAM, "syslog+tcp": socket.SOCK_STREAM}
    if partes.scheme in tipos and partes.hostname and puerto:
        return Syslog(socket.AF_UNSPEC, tipos[partes.scheme], (partes.hostname, puerto))
    mensaje = (
        f"no se entiende «{direccion}»: se espera syslog://servidor:514, "
        "syslog+tcp://servidor:601, syslog:///dev/log o file:///ruta/del/archivo"
    )
    raise DestinoIlegible(mensaje)


@dataclass
class Archivo:
    """A file that only grows; one that was moved away (rotation) is begun again."""

    ruta: Path

    def escribir(self, linea: str) -> None:
        """Add one line, whole: several processes may write the same file."""
        descriptor = os.open(self.ruta, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(descriptor, f"{linea}\n".encode())
        finally:
            os.close(descriptor)

    def cerrar(self) -> None:
        """Nothing stays open."""


@dataclass
class Syslog:
    """A receiver of syslog, by network (UDP or TCP) or by the socket of the machine."""

    familia: int
    tipo: int
    lugar: str | tuple[str, int]
    _socket: socket.socket | None = field(default=None, init=False)

    def escribir(self, linea: str) -> None:
        """Send one line; OSError when there is nobody to take it."""
        try:
            self._abierto().sendall(self._trama(linea))
        except OSError:
            self.cerrar()
            raise

    def cerrar(self) -> None:
        """Close the connection, if there is one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _abierto(self) -> socket.socket:
        if self._socket is None:
            self._socket = self._conectar()
        return self._socket

    def _conectar(self) -> socket.socket:
        if isinstance(self.lugar, str):
            conexion = socket.socket(socket.AF_UNIX, self.tipo)
            lugar: str | tuple[str, int] = self.lugar
        else:
            familia, *_, lugar = socket.getaddrinfo(*self.lugar, type=self.tipo)[0]  # type: ignore[assignment]
            conexion = socket.socket(familia, self.tipo)
        conexion.settimeout(_PLAZO)
        try:
            conexion.connect(lugar)
        except OSError:
            conexion.close()
            raise
        return conexion

    def _trama(self, linea: str) -> bytes:
        equipo = socket.gethostname() or "-"
        texto = f"<{_PRIORIDAD}>1 - {equipo} recaudo {os.getpid()} seguridad - {linea}"
        return texto.encode() + (b"\n" if self.tipo == socket.SOCK_STREAM else b"")
