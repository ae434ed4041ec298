"""Django app of the room."""

from django.apps import AppConfig


class ParametrosConfig(AppConfig):
    """The room `parametros`."""

    name = "recaudo.domain.parametros"
    label = "parametros"
