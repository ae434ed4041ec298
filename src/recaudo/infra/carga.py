"""Loads and reserved keys: the few tools with which a set-based step talks to the database.

    pasos = PasosSql(cursor, Path(__file__).with_name("importar.sql"), {"hoy": hoy})
    tabla_temporal(cursor, "i_orden (fecha date, rubro text)", filas)
    primero = reservar(cursor, "recaudacion_pago", 300_000)
    pasos("citados", "detalles")

Names of tables and columns are texts of our own rooms, never of a user; values travel apart. A key
that each row of a SELECT takes for itself is `nextval(...)` in that SELECT; a stretch of keys known
beforehand is `reservar`.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

_PASO: Final = re.compile(r"^-- paso: (\w+)\n", re.MULTILINE)


def reservar(cursor: CursorWrapper, tabla: str, n: int) -> int:
    """Reserve `n` consecutive keys of the column `id` of a table and return the first; n ≥ 1.

    Safe against who inserts one row at a time meanwhile: the stretch is nobody else's.
    """
    cursor.execute("SELECT recaudo_reservar(%s, %s)", [tabla, n])
    return int(cursor.fetchone()[0])


def copiar(
    cursor: CursorWrapper,
    tabla: str,
    columnas: Sequence[str],
    filas: Iterable[Sequence[object]],
) -> None:
    """Add rows to a table with COPY; no constraint may turn one back without undoing them all."""
    with cursor.copy(f"COPY {tabla} ({', '.join(columnas)}) FROM STDIN") as copia:
        for fila in filas:
            copia.write_row(fila)


@contextmanager
def naciendo(cursor: CursorWrapper, acto: str, *, fecha: date) -> Iterator[None]:
    """Let rows of a machine be born as `acto` makes them, without opening it nor stating a fact.

    Only for a load (a rehearsal, a measure) and for the factories of tests: a test lists who calls
    it. The database otherwise refuses a birth outside an act (ADR 0009). Nothing may change of
    state inside it: no fact is behind.
    """
    cursor.execute("SELECT recaudo_nacer(%s, %s)", [acto, fecha])
    yield
    cursor.execute("SELECT recaudo_cerrar_acto()")


def tabla_temporal(
    cursor: CursorWrapper, forma: str, filas: Iterable[Sequence[object]] = ()
) -> None:
    """Make a temporary table, `nombre (columna tipo, …)`, of this transaction, and fill it.

    One of that name that was there before goes away. The planner is told how many rows it has.
    """
    nombre = forma.split(maxsplit=1)[0]
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{nombre}")
    cursor.execute(f"CREATE TEMP TABLE {forma} ON COMMIT DROP")
    with cursor.copy(f"COPY pg_temp.{nombre} FROM STDIN") as copia:
        for fila in filas:
            copia.write_row(fila)
    cursor.execute(f"ANALYZE pg_temp.{nombre}")


def elegir(cursor: CursorWrapper, nombre: str, consulta: str, valores: Sequence[Any] = ()) -> int:
    """Keep the rows of a SELECT in a temporary table of this transaction and return how many.

    What an act chose and locked stays in the server: a million keys never travel as a list. One of
    that name that was there before goes away. The planner is told how many rows it has.
    """
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{nombre}")
    cursor.execute(f"CREATE TEMP TABLE {nombre} ON COMMIT DROP AS {consulta}", list(valores))
    elegidas = int(cursor.rowcount)
    cursor.execute(f"ANALYZE pg_temp.{nombre}")
    return elegidas


class PasosSql:
    """The named statements of a `.sql` file (`-- paso: nombre`), with the same values, which grow.

    `%(valor)s` are values; with `nombres`, `{nombre}` are names of our own tables, written in.
    """

    def __init__(
        self,
        cursor: CursorWrapper,
        archivo: Path,
        valores: Mapping[str, Any] | None = None,
        nombres: Mapping[str, str] | None = None,
        *,
        otros: Sequence[Path] = (),
    ) -> None:
        """Read the files once for all; they lie beside the module that runs them."""
        self.cursor = cursor
        self.valores: dict[str, Any] = dict(valores or {})
        self.nombres: dict[str, str] = dict(nombres or {})
        self._textos = dict(ChainMap(*(dict(leer_pasos(uno)) for uno in (archivo, *otros))))

    def __call__(self, *nombres: str) -> None:
        """Run the steps, in this order."""
        for nombre in nombres:
            self.cursor.execute(self._texto(nombre), self.valores)

    def fila(self, nombre: str) -> tuple[Any, ...]:
        """Run a step and return its one row."""
        self(nombre)
        fila: tuple[Any, ...] = self.cursor.fetchone()
        return fila

    def texto(self, nombre: str, **textos: str) -> str:
        """Return a SELECT with its numbers and `textos` written in: none comes from a user."""
        numeros = {c: v for c, v in self.valores.items() if isinstance(v, int)}
        return self._texto(nombre) % {**numeros, **textos}

    def analizar(self, *tablas: str) -> None:
        """Tell the planner how many rows these temporary tables have."""
        self.cursor.execute(f"ANALYZE {', '.join(tablas)}")

    def reservar(self, tabla: str, n: int) -> int:
        """Reserve n consecutive keys (none: one is spent); return the one before the first."""
        return reservar(self.cursor, tabla, max(n, 1)) - 1

    def _texto(self, nombre: str) -> str:
        texto = self._textos[nombre]
        return texto.format(**self.nombres) if self.nombres else texto


@cache
def leer_pasos(archivo: Path) -> Mapping[str, str]:
    """Return the statements of a file, by name, without their final semicolon."""
    _, *partes = _PASO.split(archivo.read_text(encoding="utf-8"))
    return {
        nombre: cuerpo.strip().removesuffix(";")
        for nombre, cuerpo in zip(partes[::2], partes[1::2], strict=True)
    }


__all__ = [
    "PasosSql",
    "copiar",
    "elegir",
    "leer_pasos",
    "naciendo",
    "reservar",
    "tabla_temporal",
]
