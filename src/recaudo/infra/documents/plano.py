"""Blocks as plain JSON: what is frozen, hashed and given to the style.

Each block is an object whose key `bloque` says its kind. Blanks, conditions and sums stay in place
for `en_masa`; `contenido_de` refuses them (`ContenidoNoAdmitido`), for one document has none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from recaudo.infra.documents.blancos import Blanco, Si, Suma
from recaudo.infra.documents.bloques import Bloques, Columna, Fila, Seccion, Tabla
from recaudo.infra.documents.canonico import simplificar

#: The style that draws what is frozen today: `plantillas/estilo_1.typ`. Another look is another
#: file, and what was frozen for the old one keeps it.
ESTILO: Final = "estilo_1"
_NO_SE_CONGELA: Final = frozenset({"cuadra_con", "por_comprobar", "rotulo_total"})


def modelo_de(bloques: Bloques) -> dict[str, Any]:
    """Return the content of a document, or its model when it has blanks."""
    return {"estilo": ESTILO, "bloques": _lista(bloques)}


def contenido_de(bloques: Bloques) -> dict[str, Any]:
    """Return the content of one document as plain JSON. Raises ContenidoNoAdmitido."""
    plano: dict[str, Any] = simplificar(modelo_de(bloques))
    return plano


def comprobaciones(
    bloques: Iterable[Any], condicion: Blanco | None = None
) -> list[tuple[Suma, Any, Blanco | None]]:
    """Return the sums of a model that only SQL can compare with what they must be, and when."""
    pendientes: list[tuple[Suma, Any, Blanco | None]] = []
    for bloque in bloques:
        dentro, cuando = (
            (bloque.contenido, bloque.condicion) if isinstance(bloque, Si) else (bloque, condicion)
        )
        if isinstance(dentro, Seccion):
            pendientes += comprobaciones(dentro.bloques, cuando)
        elif isinstance(dentro, Tabla):
            pendientes += [(suma, debe, cuando) for suma, debe in dentro.por_comprobar]
    return pendientes


def _plano(valor: Any) -> Any:
    if isinstance(valor, Blanco | Suma):
        return valor
    if isinstance(valor, Si):
        return Si(valor.condicion, _plano(valor.contenido))
    if isinstance(valor, Fila):
        celdas = _lista(valor.celdas)
        return {"subtotal": celdas} if valor.subtotal else celdas
    if isinstance(valor, Columna):
        return _campos(valor)
    if hasattr(valor, "__dataclass_fields__") and not isinstance(valor, Mapping):
        return {"bloque": type(valor).__name__.lower(), **_campos(valor)}
    if isinstance(valor, tuple | list):
        return _lista(valor)
    return valor


def _lista(valores: Iterable[Any]) -> list[Any]:
    return [_plano(v) for v in valores]


def _campos(bloque: Any) -> dict[str, Any]:
    return {
        campo.name: _plano(getattr(bloque, campo.name))
        for campo in fields(bloque)
        if campo.name not in _NO_SE_CONGELA
    }


__all__ = ["ESTILO", "comprobaciones", "contenido_de", "modelo_de"]
