"""`make docs`: writes the pages that the documentation takes from the code."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")


def main() -> None:
    """Write every generated page and say which."""
    django.setup()
    from herramientas import estados  # noqa: PLC0415 - the tables need the settings

    estados.main()


if __name__ == "__main__":
    main()
