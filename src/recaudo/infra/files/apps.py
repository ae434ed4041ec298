"""Django app of received files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Received files."""

    name = "recaudo.infra.files"
    label = "files"
    verbose_name = "Archivos"
