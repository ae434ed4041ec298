"""`recaudo servir`: the portal and the office, on a database that is up to date."""

import os
from pathlib import Path
from typing import Annotated

import typer

from recaudo.infra.papeles import Papel, vestirse
from recaudo.infra.postgres.places import default_root
from recaudo.infra.produccion import AMBIENTE
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.arranque import base_propia, preparar_django
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.sitio import (
    PUERTO,
    asegurar_secreto,
    exigir_puerto_libre,
    servir_sitio,
)

app = Programa(help="Sirve el portal y la oficina.", no_args_is_help=False)


def carpeta_del_programa() -> Path:
    """Return the folder of what this installation keeps: `var` of the tree, or the user's own."""
    return default_root().parent


@app.command()
def servir(
    *,
    puerto: Annotated[
        int, typer.Option("--puerto", min=1, max=65535, help="Puerto en que responde.")
    ] = PUERTO,
) -> None:
    """Sirve el portal y la oficina hasta que se pulse Ctrl+C."""
    exigir_puerto_libre(puerto)
    if os.environ.get(AMBIENTE) == "prod":
        servir_en_produccion(puerto)
        return
    asegurar_secreto(carpeta_del_programa())
    with base_propia():
        preparar_django()
        poner_al_dia()
        servir_la_base(puerto)


def servir_en_produccion(puerto: int) -> None:
    """Serve what `recaudo base preparar` left ready: nothing here knows the owner of the database.

    Refuses BaseSinPreparar, BaseAlterada, and what `preparar_django` refuses.
    """
    asegurar_secreto(carpeta_del_programa(), Papel.WEB)
    preparar_django(Papel.WEB)
    from recaudo.project.puesta_a_punto import exigir_base_preparada  # noqa: PLC0415

    exigir_base_preparada()
    reunir_estaticos()
    servir_la_base(puerto)


def servir_la_base(puerto: int) -> None:
    """Serve the database that is ready, until Ctrl+C; a demonstration tells who may enter."""
    from django.db import connections  # noqa: PLC0415 - needs Django ready

    from recaudo.ensayo.demostracion.usuarios import anunciar_usuarios  # noqa: PLC0415
    from recaudo.infra import clock  # noqa: PLC0415

    if clock.fecha_simulada() is not None:
        anunciar_usuarios()
    connections.close_all()
    vestirse(Papel.WEB)  # what serves is not the owner, and does not know its password
    servir_sitio(
        puerto=puerto,
        al_responder=lambda url: salida.avisar(
            f"El sitio responde en {url} Para terminar, Ctrl+C."
        ),
    )
    salida.avisar("El sitio se detuvo.")


def poner_al_dia() -> None:
    """Migrate and load the catalogues, one process at a time; in production, gather statics."""
    from django.db import connection, connections  # noqa: PLC0415 - needs Django ready

    from recaudo.project.puesta_a_punto import preparar_base  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('recaudo.preparar', 0))")
        try:
            preparar_base()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('recaudo.preparar', 0))")
    reunir_estaticos()
    connections.close_all()


def reunir_estaticos() -> None:
    """Make the folder of the statics; in production, gather them there."""
    from django.conf import settings  # noqa: PLC0415 - needs Django ready
    from django.core.management import call_command  # noqa: PLC0415

    if settings.STATIC_ROOT is not None:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if settings.EN_PRODUCCION:
        call_command("collectstatic", interactive=False, verbosity=0)
