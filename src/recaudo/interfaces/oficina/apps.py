"""Django app of the door."""

from django.apps import AppConfig


class OficinaConfig(AppConfig):
    """The door `oficina`."""

    name = "recaudo.interfaces.oficina"
    label = "oficina"
