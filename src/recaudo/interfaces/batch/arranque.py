"""Django only when a command needs the database: pure commands never pay for it."""

import os


def preparar_django() -> None:
    """Start our own PostgreSQL unless DATABASE_URL names one, and load the settings, once."""
    import django  # noqa: PLC0415 - loading Django takes longer than a pure command may
    from django.apps import apps  # noqa: PLC0415

    if apps.ready:
        return
    if not os.environ.get("DATABASE_URL"):
        from recaudo.infra.postgres import asegurar_servidor  # noqa: PLC0415

        os.environ["DATABASE_URL"] = asegurar_servidor()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")
    django.setup()
