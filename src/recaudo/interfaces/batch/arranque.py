"""Django only when a command needs the database: pure commands never pay for it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never

from recaudo.infra.papeles import Papel, variable_de, vestirse


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


def preparar_django(papel: Papel | None = None) -> None:
    """Start our own PostgreSQL unless the environment names one, and load the settings, once.

    `papel` is the role of the database that this process is; without it, the owner. An environment
    that has no URL for that role leaves it as the owner, but in production: ProduccionIncompleta.
    A role that may do more than a role of its kind is told of, and in production refused:
    PapelConPoderes.
    """
    import django  # noqa: PLC0415 - loading Django takes longer than a pure command may
    from django.apps import apps  # noqa: PLC0415

    from recaudo.infra.produccion import BASES, exigir_produccion  # noqa: PLC0415

    if apps.ready:
        return
    exigir_produccion(os.environ, papel)
    if not any(os.environ.get(nombre) for nombre in BASES):
        from recaudo.infra.postgres import asegurar_servidor, url_de_papel  # noqa: PLC0415

        os.environ["DATABASE_URL"] = asegurar_servidor()
        for otro in Papel:
            os.environ.setdefault(variable_de(otro), url_de_papel(otro))
    viste = papel is not None and vestirse(papel)
    _el_secreto_de_siempre()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")
    django.setup()
    if viste:
        exigir_papel_sin_poderes(str(os.environ["DATABASE_URL"]))


def exigir_papel_sin_poderes(url: str) -> None:
    """Refuse, in production, a role that may do more than it says: PapelConPoderes; else tell."""
    from recaudo.infra.papeles_del_servidor import PapelConPoderes, poderes_de_mas  # noqa: PLC0415
    from recaudo.interfaces.batch import salida  # noqa: PLC0415

    if de_mas := poderes_de_mas(url):
        mensaje = f"El papel con que se entra a la base {'; '.join(de_mas)}."
        if os.environ.get("RECAUDO_AMBIENTE") == "prod":
            raise PapelConPoderes(mensaje)
        salida.avisar(mensaje)


def _el_secreto_de_siempre() -> None:
    """Give every command the same key: what one signs outside the database, another verifies."""
    from recaudo.infra.postgres.places import default_root  # noqa: PLC0415
    from recaudo.interfaces.batch.sitio import asegurar_secreto  # noqa: PLC0415

    if os.environ.get("RECAUDO_AMBIENTE") != "prod":
        asegurar_secreto(default_root().parent)
