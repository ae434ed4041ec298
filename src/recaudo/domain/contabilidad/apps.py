"""Django app of the room."""

from django.apps import AppConfig


class ContabilidadConfig(AppConfig):
    """The room `contabilidad`."""

    name = "recaudo.domain.contabilidad"
    label = "contabilidad"
