"""Django app of the room."""

from django.apps import AppConfig


class PlazosConfig(AppConfig):
    """The room `plazos`."""

    name = "recaudo.domain.plazos"
    label = "plazos"
