"""Addresses of glosas and of the daily close."""

from django.urls import path

from recaudo.interfaces.oficina.cartera import views

urlpatterns = [
    path("glosas/", views.glosas, name="glosas"),
    path("glosas/<str:numero>/", views.ficha_de_glosa, name="glosa"),
    path("glosas/<str:numero>/glosa.pdf", views.documento_de_glosa, name="documento_de_glosa"),
    path("dias/", views.dias, name="dias"),
    path("dias/cerrar/", views.cerrar, name="cerrar_dia"),
]
