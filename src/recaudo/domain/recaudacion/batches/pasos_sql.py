"""Named statements out of a `.sql` file of this folder: each starts with `-- paso: nombre`."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

_PASO = re.compile(r"^-- paso: (\w+)\n", re.MULTILINE)


class PasosSql:
    """The steps of one file, run by name with the same named values, which may grow."""

    def __init__(self, cursor: CursorWrapper, archivo: str, valores: dict[str, Any]) -> None:
        self.cursor = cursor
        self.valores = valores
        self._textos = _textos(archivo)

    def __call__(self, *nombres: str) -> None:
        """Run the steps, in this order."""
        for nombre in nombres:
            self.cursor.execute(self._textos[nombre], self.valores)

    def fila(self, nombre: str) -> tuple[Any, ...]:
        """Run a step and return its one row."""
        self(nombre)
        fila: tuple[Any, ...] = self.cursor.fetchone()
        return fila

    def texto(self, nombre: str, **textos: str) -> str:
        """Return a SELECT with its numbers and `textos` written in: none comes from a user."""
        numeros = {c: v for c, v in self.valores.items() if isinstance(v, int)}
        return self._textos[nombre] % {**numeros, **textos}

    def analizar(self, *tablas: str) -> None:
        """Tell the planner how many rows these temporary tables have."""
        self.cursor.execute(f"ANALYZE {', '.join(tablas)}")

    def reservar(self, tabla: str, n: int) -> int:
        """Reserve n consecutive keys and return the one before the first (takers queue up)."""
        secuencia = f"pg_get_serial_sequence('{tabla}', 'id')"
        self.cursor.execute(
            f"SELECT setval({secuencia}, nextval({secuencia}) + %s) - %s", [max(n, 1), max(n, 1)]
        )
        return int(self.cursor.fetchone()[0])


@cache
def _textos(archivo: str) -> dict[str, str]:
    texto = (Path(__file__).parent / archivo).read_text(encoding="utf-8")
    _, *partes = _PASO.split(texto)
    return {
        nombre: cuerpo.strip().removesuffix(";")
        for nombre, cuerpo in zip(partes[::2], partes[1::2], strict=True)
    }
