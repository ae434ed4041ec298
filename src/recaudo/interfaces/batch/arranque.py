"""Django only when a command needs the database: pure commands never pay for it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never


@contextmanager
def base_propia() -> Iterator[None]:
    """Leave our own PostgreSQL as it was found: the last command that lasts stops it at its end.

    Also when it is told to end (SIGTERM) before it has anything else to end. A server that
    DATABASE_URL names is not ours and is never touched.
    """
    antes = signal.signal(signal.SIGTERM, _terminar)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, antes)
        from recaudo.infra.postgres import soltar_servidor  # noqa: PLC0415

        if soltar_servidor():
            from recaudo.interfaces.batch import salida  # noqa: PLC0415

            salida.avisar("La base de datos se detuvo: nadie más la usaba.")


def _terminar(_senal: int, _marco: FrameType | None) -> Never:
    raise SystemExit(128 + signal.SIGTERM)


def preparar_django() -> None:
    """Start our own PostgreSQL unless DATABASE_URL names one, and load the settings, once."""
    import django  # noqa: PLC0415 - loading Django takes longer than a pure command may
    from django.apps import apps  # noqa: PLC0415

    from recaudo.infra.produccion import exigir_produccion  # noqa: PLC0415

    if apps.ready:
        return
    exigir_produccion(os.environ)
    if not os.environ.get("DATABASE_URL"):
        from recaudo.infra.papeles import Papel, variable_de  # noqa: PLC0415
        from recaudo.infra.postgres import asegurar_servidor, url_de_papel  # noqa: PLC0415

        os.environ["DATABASE_URL"] = asegurar_servidor()
        for papel in Papel:
            os.environ.setdefault(variable_de(papel), url_de_papel(papel))
    _el_secreto_de_siempre()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")
    django.setup()


def _el_secreto_de_siempre() -> None:
    """Give every command the same key: what one signs outside the database, another verifies."""
    from recaudo.infra.postgres.places import default_root  # noqa: PLC0415
    from recaudo.interfaces.batch.sitio import asegurar_secreto  # noqa: PLC0415

    if os.environ.get("RECAUDO_AMBIENTE") != "prod":
        asegurar_secreto(default_root().parent)
