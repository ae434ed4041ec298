"""Addresses of the door `oficina`."""

from django.urls import URLPattern, URLResolver, include, path

from recaudo.interfaces.oficina.buscador import buscar
from recaudo.interfaces.oficina.inicio import inicio

app_name = "oficina"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inicio, name="inicio"),
    path("buscar/", buscar, name="buscar"),
    path("recaudacion/", include("recaudo.interfaces.oficina.recaudacion.urls")),
    path("empleadores/", include("recaudo.interfaces.oficina.empleadores.urls")),
    path("", include("recaudo.interfaces.oficina.planillas.urls")),
    path("libro/", include("recaudo.interfaces.oficina.libro.urls")),
    path("cartera/", include("recaudo.interfaces.oficina.cartera.urls")),
    path("tasas/", include("recaudo.interfaces.oficina.parametros.urls")),
]
