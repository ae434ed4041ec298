"""What a command prints: one JSON object or a readable table on stdout, everything else on stderr.

Exit codes: 0 done, 1 refused by a rule, 2 wrong usage or unreadable input, 130 interrupted.
"""

import hashlib
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec

import typer

from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo

if TYPE_CHECKING:
    from rich.console import Console

HECHO: Final = 0
RECHAZADO: Final = 1
USO_INCORRECTO: Final = 2
INTERRUMPIDO: Final = 130
DEPURAR: Final = "RECAUDO_DEPURAR"
P = ParamSpec("P")

_registro = logging.getLogger("recaudo.orden")


class UsoIncorrecto(Exception):
    """An argument or a file cannot be read: one Spanish sentence, exit code 2."""


def emitir_json(objeto: Mapping[str, Any]) -> None:
    """Print one JSON object on stdout: the only thing a command with `--json` may print there.

    Every value must already be plain: text, integers, booleans, lists and dictionaries.
    """
    texto = json.dumps(objeto, ensure_ascii=False, default=_no_es_plano)
    try:
        sys.stdout.write(texto + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(HECHO) from error


def _no_es_plano(valor: object) -> str:
    msg = f"give JSON plain values, not {type(valor).__name__}: {valor!r}"
    raise TypeError(msg)


def consola() -> "Console":
    """Return the console for readable results (stdout); a reader that leaves early is no error."""
    from rich.console import Console  # noqa: PLC0415 - slow to load, and JSON never needs it

    class Consola(Console):
        def on_broken_pipe(self) -> None:
            try:
                super().on_broken_pipe()
            except SystemExit as fin:
                raise typer.Exit(HECHO) from fin

    return Consola(highlight=False)


def consola_de_avisos() -> "Console":
    """Return the console for progress and notices (stderr)."""
    from rich.console import Console  # noqa: PLC0415 - slow to load

    return Console(stderr=True, highlight=False)


def avisar(mensaje: str) -> None:
    """Write one line on stderr."""
    sys.stderr.write(mensaje + "\n")
    sys.stderr.flush()


def mostrar_ficha(titulo: str, datos: Mapping[str, object], traza: Traza | None = None) -> None:
    """Print a result as a table of names and values, and its reasons below."""
    from rich.markup import escape  # noqa: PLC0415 - slow to load
    from rich.table import Table  # noqa: PLC0415 - slow to load

    salida = consola()
    ficha = Table(show_header=False)
    ficha.add_column("Dato")
    ficha.add_column("Valor", justify="right")
    for nombre, valor in datos.items():
        ficha.add_row(escape(nombre), escape(str(valor)))
    salida.print(titulo, style="bold")
    salida.print(ficha)
    if traza:
        mostrar_filas(
            "Por qué", ("Paso", "Valor", "Norma"), [(p.paso, p.valor, p.norma) for p in traza]
        )


def mostrar_filas(titulo: str, columnas: Sequence[str], filas: Sequence[Sequence[object]]) -> None:
    """Print rows as a table."""
    from rich.markup import escape  # noqa: PLC0415 - slow to load
    from rich.table import Table  # noqa: PLC0415 - slow to load

    salida = consola()
    tabla = Table()
    for columna in columnas:
        tabla.add_column(columna)
    for fila in filas:
        tabla.add_row(*(escape(str(celda)) for celda in fila))
    salida.print(titulo, style="bold")
    salida.print(tabla)


@contextmanager
def progreso(descripcion: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr while the block runs, on a terminal only; yields `avanzar(pasos)`."""
    if not sys.stderr.isatty():
        yield lambda pasos: None
        return
    from rich.progress import (  # noqa: PLC0415 - slow to load
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columnas = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    barra = Progress(*columnas, TimeElapsedColumn(), console=consola_de_avisos(), transient=True)
    with barra:
        tarea = barra.add_task(descripcion, total=total)
        yield lambda pasos: barra.advance(tarea, pasos)


def avisar_ensayo(*, ejecutar: bool) -> None:
    """Say on stderr that nothing changed, when the command ran without `--ejecutar`."""
    if not ejecutar:
        avisar("Ensayo: no se cambió nada. Repita la orden con --ejecutar para hacerlo.")


def responder_a_error(error: BaseException, *, como_json: bool) -> int:
    """Print what went wrong in one line (or one JSON refusal) and return the exit code."""
    if isinstance(error, Rechazo):
        if como_json:
            emitir_json({"rechazo": error.como_dict()})
        else:
            avisar(error.mensaje + (f" ({error.norma})" if error.norma else ""))
        return RECHAZADO
    if isinstance(error, UsoIncorrecto) or type(error).__name__ in _DE_LA_INSTALACION:
        avisar(" ".join(str(error).split()))
        return USO_INCORRECTO
    if isinstance(error, KeyboardInterrupt):
        avisar("Interrumpido: lo que no se había confirmado no quedó hecho.")
        return INTERRUMPIDO
    return _inesperado(error)


#: What says in Spanish, by itself, what an installation lacks.
_DE_LA_INSTALACION: Final = frozenset(
    {"ProduccionIncompleta", "PapelConPoderes", "PapelesMalDichos"}
)
_CONOCIDOS: Final[Mapping[str, str]] = {
    "OperationalError": "No se pudo trabajar con la base de datos: revise DATABASE_URL y que el "
    "servidor responda.",
    "ServidorNoDisponible": "La base de datos del programa no arrancó.",
    "PermissionError": "No hay permiso para leer o escribir un archivo.",
    "FileNotFoundError": "No existe el archivo indicado.",
    "IsADirectoryError": "Se esperaba un archivo y se indicó una carpeta.",
}


def _inesperado(error: BaseException) -> int:
    """Name the failure with a short code that is the same every time, and keep the trace apart."""
    marcos = traceback.extract_tb(error.__traceback__)
    lugar = f"{type(error).__name__}:{marcos[-1].name if marcos else ''}"
    codigo = hashlib.sha256(lugar.encode()).hexdigest()[:6].upper()
    if os.environ.get(DEPURAR) == "1":
        _registro.error("%s", codigo, exc_info=error)
    frase = _CONOCIDOS.get(type(error).__name__, "La orden no pudo terminar.")
    archivo = getattr(error, "filename", None)
    detalle = f" Archivo: {archivo}." if archivo else ""
    avisar(f"{frase}{detalle} Código {codigo}; repita con {DEPURAR}=1 para ver el detalle.")
    return USO_INCORRECTO


def responde_errores(funcion: Callable[P, None]) -> Callable[P, None]:
    """Decorate a command so that it ends with its exit code also when it is run on its own.

    The command says `json: bool` among its keyword arguments. `recaudo` itself does the same for
    every command, decorated or not.
    """

    @wraps(funcion)
    def orden(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            funcion(*args, **kwargs)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            como_json = bool(kwargs.get("json", kwargs.get("como_json", False)))
            raise typer.Exit(responder_a_error(error, como_json=como_json)) from error

    return orden
