"""Django's card of the shared look."""

from django.apps import AppConfig


class VistaConfig(AppConfig):
    """Templates, static files and template tags of every door."""

    name = "recaudo.interfaces.vista"
    label = "vista"
    verbose_name = "Vista común"
