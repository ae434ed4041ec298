"""Addresses of the door `api`. All of it is public: it has no session and reads no one's data."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from recaudo.interfaces.api.operaciones import api
from recaudo.interfaces.api.views import indice
from recaudo.interfaces.vista.puertas import publica

# The name by which the library looks for the beginning of every address of the contract.
RAIZ = "api-root"


def publicas(direcciones: list[Any]) -> list[URLPattern | URLResolver]:
    """Declare the door of what the library made, except its own home page: ours takes its place."""
    propias = [una for una in direcciones if una.name != RAIZ]
    for una in propias:
        publica(una.callback)
    return propias


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", indice, name=RAIZ),
    *publicas(api.urls[0]),
]
