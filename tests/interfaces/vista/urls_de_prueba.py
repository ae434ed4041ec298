"""The addresses of the smallest site."""

from django.urls import include, path

urlpatterns = [path("", include("recaudo.interfaces.vista.urls"))]
handler404 = "recaudo.interfaces.vista.views.error_404"
handler500 = "recaudo.interfaces.vista.views.error_500"
