"""Django app of the room."""

from django.apps import AppConfig


class RecaudacionConfig(AppConfig):
    """The room `recaudacion`."""

    name = "recaudo.domain.recaudacion"
    label = "recaudacion"
