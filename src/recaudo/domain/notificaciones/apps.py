"""Django app of the room."""

from django.apps import AppConfig


class NotificacionesConfig(AppConfig):
    """The room `notificaciones`."""

    name = "recaudo.domain.notificaciones"
    label = "notificaciones"
