"""Named statements out of a `.sql` file: each starts with a line `-- paso: nombre`."""

import re
from functools import cache
from pathlib import Path

_PASO = re.compile(r"^-- paso: (\w+)$", re.MULTILINE)


@cache
def leer_pasos(nombre: str) -> dict[str, str]:
    """Return the statements of a file of this folder, by name."""
    texto = (Path(__file__).parent / nombre).read_text(encoding="utf-8")
    _, *partes = _PASO.split(texto)
    return dict(zip(partes[::2], partes[1::2], strict=True))
