"""Django app of the room."""

from django.apps import AppConfig


class OrganizacionConfig(AppConfig):
    """The room `organizacion`."""

    name = "recaudo.domain.organizacion"
    label = "organizacion"
