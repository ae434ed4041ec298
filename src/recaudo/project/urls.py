"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("recaudo.interfaces.portal.urls")),
    path("oficina/", include("recaudo.interfaces.oficina.urls")),
    path("", include("recaudo.interfaces.vista.urls")),
]
