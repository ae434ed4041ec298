"""Django app of the project: wires reactions once everything is loaded."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Wiring."""

    name = "recaudo.project"
    label = "project"

    def ready(self) -> None:
        """Connect what `wiring` says."""
        from recaudo.project.wiring import conectar  # noqa: PLC0415 - models must exist

        conectar()
