"""Django app of the room."""

from django.apps import AppConfig


class CarteraConfig(AppConfig):
    """The room `cartera`."""

    name = "recaudo.domain.cartera"
    label = "cartera"
