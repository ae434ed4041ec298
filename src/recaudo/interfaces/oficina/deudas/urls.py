"""Addresses of debts, credits and the persons who have them."""

from django.urls import path

from recaudo.interfaces.oficina.deudas import compensacion, lineas, personas, views

urlpatterns = [
    path("<int:obligacion_id>/", views.ficha_de_deuda, name="deuda"),
    path("<int:obligacion_id>/lineas/<int:relacion_id>/", lineas.ficha_de_linea, name="linea"),
    path("personas/<str:identificacion>/", personas.deudas, name="persona"),
    path("personas/<str:identificacion>/creditos/", personas.creditos, name="creditos_de_persona"),
    path("creditos/<int:credito_id>/", compensacion.ficha_de_credito, name="credito"),
    path("creditos/<int:credito_id>/compensar/", compensacion.compensar_credito, name="compensar"),
]
