"""What every page knows: who is here, on what business date, whether this is a demonstration."""

from typing import Any

from django.http import HttpRequest


def puerta(request: HttpRequest) -> dict[str, Any]:
    """Give templates the actor and the date that the door read (`project.umbral`)."""
    return {
        "actor": getattr(request, "actor", None),
        "hoy": getattr(request, "hoy", None),
        "es_demostracion": getattr(request, "es_demostracion", False),
    }
