"""Django app of the room."""

from django.apps import AppConfig


class CopiasConfig(AppConfig):
    """The room `copias`."""

    name = "recaudo.domain.copias"
    label = "copias"
