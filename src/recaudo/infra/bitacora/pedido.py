"""The short code of a request: on the page of an error, in its header and in the log."""

import secrets
from contextvars import ContextVar
from typing import Any, Final, cast

CABECERA: Final = "X-Codigo"
_EN_CURSO: Final[ContextVar[Any]] = ContextVar("pedido_en_curso", default=None)


def codigo_de(pedido: object) -> str:
    """Return the code of a request, eight signs, always the same; one that had none is given one.

    Any page may show it: whoever has it finds the line of the log, and nobody else learns a thing.
    """
    codigo = getattr(pedido, "id_pedido", "")
    if not codigo:
        codigo = secrets.token_hex(4)
        cast("Any", pedido).id_pedido = codigo
    return cast("str", codigo)


def empezar_pedido(pedido: object) -> None:
    """Make a request the one in course of this thread: what is logged from here on has its code."""
    codigo_de(pedido)
    _EN_CURSO.set(pedido)


def pedido_en_curso() -> Any:
    """Return the request that this thread answers, or that it answered last; None in a command."""
    return _EN_CURSO.get()
