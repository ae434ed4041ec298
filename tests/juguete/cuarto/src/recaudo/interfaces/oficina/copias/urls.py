"""Addresses of the copies."""

from django.urls import path

from recaudo.interfaces.oficina.copias import views

urlpatterns = [
    path("", views.lista, name="copias"),
    path("liquidar/", views.liquidar, name="liquidar_copias"),
    path("<int:pedido_id>/", views.ficha, name="pedido_de_copias"),
    path("<int:pedido_id>/retirar/", views.retirar, name="retirar_copias"),
]
