"""Django app of users and roles."""

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """Users and role assignments."""

    name = "recaudo.infra.security"
    label = "security"
    verbose_name = "Seguridad"
