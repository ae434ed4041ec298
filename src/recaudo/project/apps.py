"""Django app of the project: wires reactions once everything is loaded."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Wiring."""

    name = "recaudo.project"
    label = "project"

    def ready(self) -> None:
        """Connect what `wiring` says, and watch over the connections of this process."""
        from recaudo.infra.mesas import vigilar_conexiones  # noqa: PLC0415 - Django must be ready
        from recaudo.project.wiring import conectar  # noqa: PLC0415 - models must exist

        conectar()
        vigilar_conexiones()
