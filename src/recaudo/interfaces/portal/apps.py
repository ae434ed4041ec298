"""Django app of the door."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The door `portal`."""

    name = "recaudo.interfaces.portal"
    label = "portal"
