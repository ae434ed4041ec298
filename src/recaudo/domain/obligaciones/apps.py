"""Django app of the room."""

from django.apps import AppConfig


class ObligacionesConfig(AppConfig):
    """The room `obligaciones`."""

    name = "recaudo.domain.obligaciones"
    label = "obligaciones"
