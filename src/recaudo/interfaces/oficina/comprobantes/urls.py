"""Addresses of comprobantes."""

from django.urls import path

from recaudo.interfaces.oficina.comprobantes import views

urlpatterns = [
    path("<str:numero>/", views.ficha_de_comprobante, name="comprobante"),
    path(
        "<str:numero>/comprobante.pdf", views.documento_de_comprobante,
        name="documento_de_comprobante",
    ),
]  # fmt: skip
