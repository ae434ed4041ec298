"""The corridor of the rooms as a contract of imports: its order is read from the wiring.

`project/wiring.py` says what rooms there are; their order is said there too, once, so that a room
that is added needs no line in `.importlinter`. The wiring is read, not imported: no Django here.
"""

import ast
from pathlib import Path
from typing import Any, Final

from importlinter.contracts.layers import LayersContract

RAIZ: Final = Path(__file__).resolve().parent.parent
CABLEADO: Final = RAIZ / "src/recaudo/project/wiring.py"
_NOMBRE: Final = "CORREDOR"


def corredor(cableado: Path = CABLEADO) -> tuple[str, ...]:
    """Return the layers of the corridor as the wiring writes them, highest first.

    Raises `LookupError` if the wiring declares none, `ValueError` if they are not plain texts.
    """
    for linea in ast.parse(cableado.read_text(encoding="utf-8")).body:
        if (
            isinstance(linea, ast.AnnAssign)
            and isinstance(linea.target, ast.Name)
            and linea.target.id == _NOMBRE
            and linea.value is not None
        ):
            return tuple(str(capa) for capa in ast.literal_eval(linea.value))
    msg = f"{cableado.name} declares no {_NOMBRE}"
    raise LookupError(msg)


def profundidad(capas: tuple[str, ...]) -> dict[str, int]:
    """Return how deep each room is: 0 is the highest; rooms of one layer are side by side.

    A room in brackets, which is not built yet, keeps them in its name.
    """
    return {
        cuarto.strip(): hondo for hondo, capa in enumerate(capas) for cuarto in capa.split("|")
    }  # fmt: skip


class Corredor(LayersContract):
    """Layers whose order is the corridor of the wiring (`type = corredor` in `.importlinter`)."""

    def __init__(
        self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]
    ) -> None:
        """Take the options of the contract and add the layers to them."""
        super().__init__(name, session_options, {**contract_options, "layers": list(corredor())})
