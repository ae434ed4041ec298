"""A large statement in bounded memory: read, imported, received and confirmed, each in a process.

What is told is the peak of the resident memory of that process, with the interpreter and the house
in it, and apart that of its PostgreSQL backends (private).
"""

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

from django.db import connections
from lxml import etree

from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.importar_extracto import importar_extracto
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.queries import lista_de_extractos
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de, preparar_casa
from recaudo.ensayo.medicion.extracto import (
    CANAL,
    COLA,
    CUENTA,
    EMITIDO,
    PAGADO,
    cabeza_del_extracto,
    entrada_del_extracto,
)
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.files.formatos.camt import LectorCamt
from recaudo.infra.security.actor import Actor

BYTES: Final = 500_000_000
_FORMATO: Final = "camt053"
_DIA: Final = PAGADO + timedelta(days=1)
_CENTAVOS: Final = 1_234
_PICO: Final = "VmHWM:"


class Gasto(NamedTuple):
    """What a piece of work took: its peak of resident memory (MB), its seconds."""

    mb: int
    segundos: float
    servidor_mb: int


@medicion("memoria", escala=0.2)
def medir_memoria(escala: float) -> Medida:
    """Memoria de un extracto grande: leer, importar, recibir y confirmar; 500 MB en escala 1.

    Floor: the same file through the XML parser without looking at it.
    """
    with (
        base_de_medida(clave_de("memoria"), _preparar) as url,
        tempfile.TemporaryDirectory() as carpeta,
    ):
        uno, otro = Path(carpeta) / "uno.xml", Path(carpeta) / "otro.xml"
        lineas = escribir_extracto(uno, "UNO", round(BYTES * escala))
        escribir_extracto(otro, "OTRO", round(BYTES * escala))
        gastos = {
            "leer": gastar(lambda: leer(uno)),
            "importar": gastar(lambda: importar(uno), url=url),
            "recibir": gastar(lambda: recibir(otro), url=url),
            "confirmar": gastar(confirmar, url=url),
        }
        inicio = time.perf_counter()
        for _, entrada in etree.iterparse(str(uno), tag="{*}Ntry"):
            entrada.clear()
        piso = time.perf_counter() - inicio
    return Medida(
        filas=lineas,
        segundos=gastos["importar"].segundos,
        piso_segundos=piso,
        detalle={
            "mb_del_archivo": round(BYTES * escala / 1e6),
            "memoria_pico_mb": {que: gasto.mb for que, gasto in gastos.items()},
            "memoria_del_servidor_mb": {que: gasto.servidor_mb for que, gasto in gastos.items()},
            "segundos_de": {que: f"{gasto.segundos:.1f}" for que, gasto in gastos.items()},
        },
    )


def escribir_extracto(archivo: Path, mensaje: str, octetos: int) -> int:
    """Write a statement of about so many bytes; return how many payments it has.

    Each cites nothing; those of two messages are the same.
    """
    largo = len(entrada_del_extracto(_referencia(0), _CENTAVOS, "SIN DATOS"))
    lineas = max(1, octetos // largo)
    with archivo.open("w", encoding="utf-8") as sale:
        sale.write(cabeza_del_extracto(mensaje, lineas, lineas * _CENTAVOS))
        sale.writelines(_entradas(lineas))
        sale.write(COLA)
    return lineas


def _entradas(lineas: int) -> Iterator[str]:
    for n in range(lineas):
        yield entrada_del_extracto(_referencia(n), _CENTAVOS, "SIN DATOS")


def _referencia(n: int) -> str:
    return f"R{n:010d}"


def leer(archivo: Path) -> None:
    """Read a statement, and keep nothing of it."""
    with archivo.open("rb") as fuente:
        deque(LectorCamt(fuente, formato=_FORMATO), maxlen=0)


def importar(archivo: Path) -> None:
    """Import it at once, as the console does."""
    importar_extracto(
        ruta=archivo, nombre=archivo.name, formato=_FORMATO, por=Actor.sistema("Medición"), hoy=_DIA
    )


def recibir(archivo: Path) -> None:
    """Receive it as the office does, for another to confirm."""
    recibir_extracto(ruta=archivo, nombre=archivo.name, formato=_FORMATO, por=_persona(1), hoy=_DIA)


def confirmar() -> None:
    """Confirm what is waiting, as another person."""
    for extracto in lista_de_extractos().filter(estado=EstadoExtracto.POR_CONFIRMAR):
        confirmar_extracto(extracto_id=extracto.pk, por=_persona(2), hoy=_DIA)


def gastar(trabajo: Callable[[], None], *, url: str | None = None) -> Gasto:
    """Do a piece of work in a process of its own (Linux) and tell what it took.

    `url`: the database whose backends are watched too. Raises RuntimeError when it fails.
    """
    connections.close_all()  # a fork would share the socket
    recibe, envia = get_context("fork").Pipe(duplex=False)
    proceso = get_context("fork").Process(target=_trabajar, args=(trabajo, envia))
    with observar(url, yo=False) as visto:
        proceso.start()
        envia.close()
        try:
            kb, segundos = recibe.recv()
        except EOFError:
            msg = "the work that was measured failed"
            raise RuntimeError(msg) from None
        finally:
            proceso.join()
    return Gasto(kb // 1024, segundos, visto.pico_kb // 1024)


def _trabajar(trabajo: Callable[[], None], envia: Connection) -> None:
    """In the child: forget the peak of the parent, work, and tell the peak."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    inicio = time.perf_counter()
    trabajo()
    connections.close_all()
    estado = Path("/proc/self/status").read_text(encoding="ascii")
    pico = next(linea for linea in estado.splitlines() if linea.startswith(_PICO))
    envia.send((int(pico.split()[1]), time.perf_counter() - inicio))


def _preparar() -> None:
    """Make the house, with the account of the statements."""
    preparar_casa()
    registrar_cuenta_bancaria(
        numero=CUENTA, banco="Banco de la medición", canal=CANAL, por=Actor.sistema("Medición"),
        hoy=EMITIDO,
    )  # fmt: skip


def _persona(cual: int) -> Actor:
    return Actor(id=cual, nombre=f"Medición {cual}", roles={"UREC"})
