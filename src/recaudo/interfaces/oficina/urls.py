"""Addresses of the door `oficina`: its own, and those of the rooms that `project.wiring` lists."""

from django.urls import URLPattern, URLResolver, include, path

from recaudo.interfaces.oficina.buscador import buscar
from recaudo.interfaces.oficina.inicio import inicio
from recaudo.interfaces.oficina.marco import direcciones_de_los_cuartos

app_name = "oficina"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inicio, name="inicio"),
    path("buscar/", buscar, name="buscar"),
    *(path(d.prefijo, include(d.modulo)) for d in direcciones_de_los_cuartos()),
]
