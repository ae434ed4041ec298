"""Django app of the door."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The door `api`."""

    name = "recaudo.interfaces.api"
    label = "api"
