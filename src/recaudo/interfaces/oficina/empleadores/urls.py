"""Addresses of the registry."""

from django.urls import path

from recaudo.interfaces.oficina.empleadores import views

urlpatterns = [
    path("", views.lista_de_empleadores, name="empleadores"),
    path("<str:ruc>/", views.deuda, name="empleador"),
    path("<str:ruc>/deudas/", views.deudas, name="deudas_de_empleador"),
    path("<str:ruc>/creditos/", views.creditos, name="creditos_de_empleador"),
    path("<str:ruc>/comprobantes/", views.comprobantes, name="comprobantes_de_empleador"),
    path("<str:ruc>/glosas/", views.glosas_del_empleador, name="glosas_de_empleador"),
    path("<str:ruc>/historia/", views.historia, name="historia_de_empleador"),
]
