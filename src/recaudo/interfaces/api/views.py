"""The page that lists the operations, in the look of the site: no script from anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from recaudo.interfaces.api.operaciones import api
from recaudo.interfaces.vista.piezas import Miga
from recaudo.interfaces.vista.puertas import publica

SIGNIFICADO = {
    HTTPStatus.OK: "La respuesta.",
    HTTPStatus.BAD_REQUEST: "Falta un parámetro o no se puede leer.",
    HTTPStatus.NOT_FOUND: "No existe.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "La norma no lo permite o falta un dato.",
}


@dataclass(frozen=True, slots=True)
class Parametro:
    """One parameter of an operation."""

    nombre: str
    es_obligatorio: bool
    descripcion: str


@dataclass(frozen=True, slots=True)
class Operacion:
    """One operation: how it is asked, with what, and what it may answer."""

    id: str
    titulo: str
    descripcion: str
    direccion: str
    parametros: tuple[Parametro, ...]
    estados: tuple[tuple[str, str], ...]


@publica
@require_safe
def indice(request: HttpRequest) -> HttpResponse:
    """List the operations; programs read `openapi.json`."""
    contexto = {
        "operaciones": list(operaciones()),
        "contrato": reverse("api:openapi-json"),
        "migas": [Miga("Inicio", reverse("inicio")), Miga("Para programas")],
    }
    return render(request, "api/indice.html", contexto)


def operaciones() -> Iterator[Operacion]:
    """Yield the operations as the contract declares them."""
    for direccion, metodos in api.get_openapi_schema()["paths"].items():
        for metodo, datos in metodos.items():
            yield Operacion(
                id=datos["operationId"].replace("_", "-"),
                titulo=datos["summary"],
                descripcion=datos["description"].replace("`", ""),
                direccion=f"{metodo.upper()} {direccion}",
                parametros=tuple(_parametro(p) for p in datos["parameters"]),
                estados=tuple((str(e), SIGNIFICADO[HTTPStatus(e)]) for e in datos["responses"]),
            )


def _parametro(datos: dict[str, Any]) -> Parametro:
    descripcion = datos.get("description") or datos["schema"].get("description", "")
    return Parametro(datos["name"], bool(datos["required"]), descripcion)
