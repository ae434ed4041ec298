"""Where the site is served, with which secret, and until when (`servidor` is what serves it)."""

import multiprocessing
import os
import secrets
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

from recaudo.infra.papeles import Papel
from recaudo.infra.produccion import exigir_produccion
from recaudo.interfaces.batch.salida import UsoIncorrecto

DIRECCION: Final = "RECAUDO_DIRECCION"
SECRETO: Final = "RECAUDO_SECRETO"
APLICACION: Final = "recaudo.project.wsgi:sitio"
PUERTO: Final = 8000
_PUERTOS: Final = 100
_PLAZO: Final = 120
_PAUSA: Final = 0.1


def direccion() -> str:
    """Return the address to listen on: only this machine, unless RECAUDO_DIRECCION says another."""
    return os.environ.get(DIRECCION, "127.0.0.1")


def exigir_puerto_libre(puerto: int) -> None:
    """Refuse, with one sentence, a port that somebody else holds or that may not be taken."""
    with socket.socket(socket.AF_INET6 if ":" in direccion() else socket.AF_INET) as prueba:
        prueba.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prueba.bind((direccion(), puerto))
        except PermissionError as error:
            msg = f"No hay permiso para usar el puerto {puerto}. Elija otro con --puerto."
            raise UsoIncorrecto(msg) from error
        except OSError as error:
            msg = f"El puerto {puerto} está ocupado. Elija otro con --puerto."
            raise UsoIncorrecto(msg) from error


def primer_puerto_libre() -> int:
    """Return `PUERTO`, or the first that is free of those after it; refuse when none is."""
    for puerto in range(PUERTO, PUERTO + _PUERTOS):
        try:
            exigir_puerto_libre(puerto)
        except UsoIncorrecto:
            continue
        return puerto
    msg = f"Los puertos {PUERTO} a {PUERTO + _PUERTOS - 1} están ocupados. Elija uno con --puerto."
    raise UsoIncorrecto(msg)


def asegurar_secreto(carpeta: Path, papel: Papel | None = None) -> None:
    """Put in the environment the key that signs sessions, the same for every process and restart.

    Outside production it is made once and kept in `carpeta`, readable only by its owner.
    A production that lacks it, or anything else that the role `papel` needs, does not start:
    ProduccionIncompleta.
    """
    exigir_produccion(os.environ, papel)
    if os.environ.get(SECRETO):
        return
    archivo = carpeta / "secreto"
    carpeta.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(archivo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        guardado = archivo.read_text(encoding="ascii").strip()
    else:
        guardado = secrets.token_urlsafe(48)
        with os.fdopen(descriptor, "w", encoding="ascii") as salida:
            salida.write(guardado)
    os.environ[SECRETO] = guardado or secrets.token_urlsafe(48)


def servir_sitio(*, puerto: int, al_responder: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or SIGTERM. `al_responder(url)` is called once the site answers.

    The processes inherit DATABASE_URL and the secret from the environment; each keeps a small pool
    of connections.
    """
    from recaudo.interfaces.batch.servidor import servidor_de  # noqa: PLC0415 - who serves pays

    exigir_puerto_libre(puerto)
    url = direccion_del_sitio(puerto)
    os.environ.setdefault("RECAUDO_PISCINA", "1")
    os.environ.setdefault("RECAUDO_URL_PUBLICA", url.rstrip("/"))
    # Each process starts clean: it reads the settings anew and shares no connection with this one.
    multiprocessing.set_start_method("spawn", force=True)
    servidor = servidor_de(APLICACION, direccion(), puerto)
    vigia = threading.Thread(target=_esperar, args=(url, al_responder), daemon=True)
    servidor.on_startup(vigia.start)
    servidor.serve()


def direccion_del_sitio(puerto: int) -> str:
    """Return the URL to visit: this machine's when the site listens on every address."""
    elegida = direccion()
    if elegida in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        elegida = "127.0.0.1"
    anfitrion = f"[{elegida}]" if ":" in elegida else elegida
    return f"http://{anfitrion}:{puerto}/"


def _esperar(url: str, al_responder: Callable[[str], None]) -> None:
    limite = time.monotonic() + _PLAZO
    while time.monotonic() < limite:
        if _responde(url):
            al_responder(url)
            return
        time.sleep(_PAUSA)


def _responde(url: str) -> bool:
    """Say whether the site gives any page, even a redirection or an error of its own."""
    directo = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with directo.open(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
