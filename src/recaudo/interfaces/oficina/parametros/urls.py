"""Addresses of the rates."""

from django.urls import path

from recaudo.interfaces.oficina.parametros import views

urlpatterns = [
    path("", views.lista, name="tasas"),
    path("registrar/", views.registrar, name="registrar_tasa"),
    path("decidir/", views.decidir_varias, name="decidir_tasas"),
    path("<int:tasa_id>/", views.ficha, name="tasa"),
    path("<int:tasa_id>/decidir/", views.decidir, name="decidir_tasa"),
]
