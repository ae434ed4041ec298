"""Django app of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Facts, transitions and the simulated clock."""

    name = "recaudo.infra.audit"
    label = "audit"
    verbose_name = "Hechos"
