"""The settings that the shared look needs, for `recaudo.project.settings` to import.

Kept beside the templates because they break together: see the note on loaders below.
"""

from __future__ import annotations

from typing import Any

FORM_RENDERER = "recaudo.interfaces.vista.renderer.RenderizadorRecaudo"
FORMAT_MODULE_PATH = ["recaudo.interfaces.vista.formats"]
DJANGO_TABLES2_TEMPLATE = "vista/tabla.html"
FILTERS_EMPTY_CHOICE_LABEL = "Todos"

# Nothing from outside, nothing inline, nothing evaluated. `img-src data:` is not needed: the QR
# is inline SVG and its colours are attributes.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "recaudo.interfaces.vista.estaticos.AlmacenEstatico"},
}


def sin_huellas() -> dict[str, dict[str, Any]]:
    """Return STORAGES for demo and tests: static files under their own names, no collectstatic."""
    plano = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return {**STORAGES, "staticfiles": plano}


def plantillas(
    *, context_processors_extra: list[str] | None = None, en_cache: bool = True
) -> list[dict[str, Any]]:
    """Return TEMPLATES with the loaders in the one order in which components and fragments work.

    The partials loader must wrap the cotton loader, and both apps must use `SimpleAppConfig`.
    `en_cache` keeps compiled templates; switch it off only while editing them.
    """
    internos: list[Any] = [
        "django_cotton.cotton_loader.Loader",
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    if en_cache:
        internos = [("django.template.loaders.cached.Loader", internos)]
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [],
            "OPTIONS": {
                "loaders": [("template_partials.loader.Loader", internos)],
                "builtins": [
                    "django_cotton.templatetags.cotton",
                    "template_partials.templatetags.partials",
                    "django.templatetags.static",
                    "recaudo.interfaces.vista.templatetags.vista",
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "recaudo.interfaces.vista.contexto.identidad",
                    *(context_processors_extra or []),
                ],
            },
        }
    ]
