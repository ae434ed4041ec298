"""Addresses of the rates."""

from django.urls import path

from recaudo.interfaces.oficina.parametros import views

urlpatterns = [
    path("", views.lista_de_tasas, name="tasas"),
    path("registrar/", views.registrar, name="registrar_tasa"),
    path("<int:tasa_id>/aprobar/", views.aprobar, name="aprobar_tasa"),
]
