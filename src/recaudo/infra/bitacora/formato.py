"""One line for each thing that is logged, and nothing in it that must not be kept.

Of a request it says its code, its method, its address and the number of its user. Numbers as long
as a cédula are covered, also in the words of an error; so are passwords and keys, of this process
and of the form that was being answered.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from recaudo.infra.bitacora.pedido import codigo_de, pedido_en_curso

_TAPADO: Final = "***"
_NUMERO: Final = re.compile(r"\d{9,}")
_CORREO: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CON_CREDENCIAL: Final = re.compile(r"(?<=://)[^/\s@]+@")
#: Fields of a form, whose value is never told, by a part of their name.
_CAMPOS_SECRETOS: Final = ("clave", "password", "contras", "token", "secreto")
_LARGO_MINIMO: Final = 4
_MARCOS: Final = 40
_LARGO: Final = 4_000


def tapar(texto: str, secretos: Iterable[str] = ()) -> str:
    """Return a text without secrets, long numbers, mail addresses or credentials of an address."""
    for secreto in sorted(filter(None, secretos), key=len, reverse=True):
        if len(secreto) >= _LARGO_MINIMO:
            texto = texto.replace(secreto, _TAPADO)
    texto = _CON_CREDENCIAL.sub(f"{_TAPADO}@", texto)
    return _CORREO.sub(_TAPADO, _NUMERO.sub(lambda n: f"{_TAPADO}{n.group()[-3:]}", texto))


def en_una_linea(datos: Mapping[str, object]) -> str:
    """Return those data as one line of JSON, whatever line ends they have inside."""
    return json.dumps(datos, ensure_ascii=False, default=str)


class UnaLinea(logging.Formatter):
    """Writes each record as a JSON object; `secretos` are those of this process."""

    def __init__(self, secretos: Iterable[str] = ()) -> None:
        """Keep what is never written."""
        super().__init__()
        self.secretos = tuple(s for s in secretos if s)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        pedido = getattr(record, "request", None)
        pedido = pedido if hasattr(pedido, "META") else pedido_en_curso()
        secretos = (*self.secretos, *_del_formulario(pedido))
        datos: dict[str, object] = {
            "en": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "de": record.name,
            "mensaje": tapar(record.getMessage(), secretos)[:_LARGO],
            **_del_pedido(pedido, secretos),
        }
        estado = getattr(record, "status_code", None)
        if estado is not None:
            datos["estado"] = estado
        if record.exc_info and record.exc_info[1] is not None:
            datos["falla"] = [tapar(t, secretos) for t in _cadena(record.exc_info[1])]
        return en_una_linea(datos)


def _del_formulario(pedido: Any) -> list[str]:
    """Return the secrets of the form being answered, if it was read."""
    enviado = getattr(pedido, "_post", None)
    if enviado is None:
        return []
    return [
        valor
        for campo in enviado
        if any(parte in campo.lower() for parte in _CAMPOS_SECRETOS)
        for valor in enviado.getlist(campo)
    ]


def _del_pedido(pedido: Any, secretos: Iterable[str]) -> dict[str, object]:
    """Return what a line says of a request; no parameter of its address is told."""
    if pedido is None:
        return {}
    actor = getattr(pedido, "actor", None)
    return {
        "codigo": codigo_de(pedido),
        "metodo": pedido.method,
        "direccion": tapar(pedido.path, secretos),
        "usuario": getattr(actor, "id", None),
    }


def _cadena(error: BaseException) -> list[str]:
    """Return each error of a chain, the first cause first: what it says, and its places."""
    partes: list[str] = []
    visto: set[int] = set()
    actual: BaseException | None = error
    while actual is not None and id(actual) not in visto:
        visto.add(id(actual))
        marcos = traceback.extract_tb(actual.__traceback__)[-_MARCOS:]
        lugares = " < ".join(f"{m.filename}:{m.lineno} {m.name}" for m in reversed(marcos))
        partes.insert(0, f"{type(actual).__name__}: {str(actual)[:_LARGO]} [{lugares}]")
        actual = actual.__cause__ or (None if actual.__suppress_context__ else actual.__context__)
    return partes
