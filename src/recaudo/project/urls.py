"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("recaudo.interfaces.portal.urls")),
    path("api/v1/", include("recaudo.interfaces.api.urls")),
    path("oficina/", include("recaudo.interfaces.oficina.urls")),
    path("", include("recaudo.interfaces.vista.urls")),
]

handler400 = "recaudo.project.errores.error_400"
handler403 = "recaudo.interfaces.vista.views.error_403"
handler404 = "recaudo.project.errores.error_404"
handler500 = "recaudo.project.errores.error_500"
