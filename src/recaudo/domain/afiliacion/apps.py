"""Django app of the room."""

from django.apps import AppConfig


class AfiliacionConfig(AppConfig):
    """The room `afiliacion`."""

    name = "recaudo.domain.afiliacion"
    label = "afiliacion"
