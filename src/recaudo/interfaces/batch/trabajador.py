"""`recaudo trabajador`: attends the jobs in the background and keeps the daily close up to date."""

import importlib
from typing import Annotated, Final

import typer

from recaudo.infra.papeles import Papel
from recaudo.infra.postgres.places import default_root
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.arranque import base_propia, preparar_django
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.sitio import asegurar_secreto

TAREAS: Final = ("recaudo.infra.jobs.tareas", "recaudo.interfaces.batch.tareas")
app = Programa(help="Atiende los trabajos en segundo plano.", no_args_is_help=False)


@app.command()
@salida.responde_errores
def trabajador(
    *,
    una_vez: Annotated[
        bool, typer.Option("--una-vez", help="Atiende lo que está en cola y termina.")
    ] = False,
    concurrencia: Annotated[
        int, typer.Option("--concurrencia", min=1, max=16, help="Trabajos a la vez.")
    ] = 1,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON al terminar.")] = False,
) -> None:
    """Atiende los trabajos en segundo plano: dibuja documentos y cierra los días de cartera."""
    with base_propia():
        resultado = _atender(una_vez=una_vez, concurrencia=concurrencia)
    if json:
        salida.emitir_json(resultado)
    else:
        salida.mostrar_ficha("Trabajos", resultado)


def _atender(*, una_vez: bool, concurrencia: int) -> dict[str, int]:
    """Work until told to stop and return what was done; what it keeps has the seal of the site."""
    asegurar_secreto(default_root().parent, Papel.LOTES)
    preparar_django(Papel.LOTES)
    from django.db import connections  # noqa: PLC0415 - needs Django ready

    from recaudo.infra.jobs import trabajador as cola  # noqa: PLC0415
    from recaudo.reports.auditoria.huella.comparar import comprobar_base  # noqa: PLC0415

    for diferencia in comprobar_base():  # in production it refuses to begin
        salida.avisar(f"La base no es la que se instaló: {diferencia}.")
    for modulo in TAREAS:  # importing them is what tells the worker which tasks exist
        importlib.import_module(modulo)
    salida.avisar("Trabajando. Para terminar, Ctrl+C.")
    antes = cola.recuento()
    cola.trabajar(sin_esperar=una_vez, concurrencia=concurrencia)
    luego = cola.recuento()
    connections.close_all()
    return {
        "hechos": luego.hechos - antes.hechos,
        "fallidos": luego.fallidos - antes.fallidos,
        "pendientes": luego.pendientes,
    }
