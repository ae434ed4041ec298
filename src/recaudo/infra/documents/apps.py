"""Django app of frozen documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents and their numbering."""

    name = "recaudo.infra.documents"
    label = "documents"
    verbose_name = "Documentos"
