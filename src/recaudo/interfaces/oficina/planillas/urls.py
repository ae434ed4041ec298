"""Addresses of planillas and comprobantes."""

from django.urls import path

from recaudo.interfaces.oficina.planillas import views

urlpatterns = [
    path("planillas/<int:planilla_id>/", views.ficha_de_planilla, name="planilla"),
    path(
        "planillas/<int:planilla_id>/lineas/<int:relacion_id>/",
        views.ficha_de_linea,
        name="linea",
    ),
    path("comprobantes/<str:numero>/", views.ficha_de_comprobante, name="comprobante"),
    path(
        "comprobantes/<str:numero>/comprobante.pdf",
        views.documento_de_comprobante,
        name="documento_de_comprobante",
    ),
]
