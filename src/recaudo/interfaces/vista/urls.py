"""Addresses of the shared pages: gallery, accessibility statement and privacy notice."""

from django.urls import path

from recaudo.interfaces.vista import views

app_name = "vista"
urlpatterns = [
    path("vista/galeria/", views.galeria, name="galeria"),
    path("vista/galeria/oficina/", views.galeria_oficina, name="galeria_oficina"),
    path("vista/galeria/lista/", views.galeria_lista, name="galeria_lista"),
    path("vista/galeria/confirmacion/", views.galeria_confirmacion, name="galeria_confirmacion"),
    path("accesibilidad/", views.accesibilidad, name="accesibilidad"),
    path("privacidad/", views.privacidad, name="privacidad"),
]
