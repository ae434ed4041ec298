"""Django app of the room."""

from django.apps import AppConfig


class PlanillasConfig(AppConfig):
    """The room `planillas`."""

    name = "recaudo.domain.planillas"
    label = "planillas"
