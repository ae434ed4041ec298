"""The smallest site that can show the shared look: no database, no other app of the project."""

from recaudo.interfaces.vista.ajustes import (
    CONTENT_SECURITY_POLICY,
    DJANGO_TABLES2_TEMPLATE,
    FILTERS_EMPTY_CHOICE_LABEL,
    FORM_RENDERER,
    FORMAT_MODULE_PATH,
    PERMISSIONS_POLICY,
    plantillas,
    sin_huellas,
)

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "DJANGO_TABLES2_TEMPLATE",
    "FILTERS_EMPTY_CHOICE_LABEL",
    "FORMAT_MODULE_PATH",
    "FORM_RENDERER",
    "PERMISSIONS_POLICY",
]

SECRET_KEY = "prueba"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.interfaces.vista.urls_de_prueba"
INSTALLED_APPS = [
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "recaudo.interfaces.vista",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = plantillas()
STORAGES = sin_huellas()
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LANGUAGE_CODE = "es-ec"
TIME_ZONE = "America/Guayaquil"
USE_TZ = True
