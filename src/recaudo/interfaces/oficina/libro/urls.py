"""Addresses of the ledger."""

from django.urls import path

from recaudo.interfaces.oficina.libro import views

urlpatterns = [
    path("", views.balance, name="libro"),
    path("diario/", views.diario, name="diario"),
    path("diario/<int:lote>/<int:asiento_id>/", views.asiento, name="asiento"),
    path("sellos/", views.sellos, name="sellos"),
]
