"""`recaudo base`: what is installed in the database, against what was signed outside it."""

from typing import Annotated

import typer

from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa

app = Programa(help="Revisa lo que está instalado en la base de datos.")


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("huella")
@salida.responde_errores
def huella(
    *,
    firmar: Annotated[
        bool, typer.Option("--firmar", help="Da por bueno lo que hay: lo firma como está.")
    ] = False,
    ejecutar: Annotated[bool, typer.Option("--ejecutar", help="Firma de verdad.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Dice qué de la base no es como se instaló y se firmó; termina con 1 si algo difiere."""
    from django.db import connection, transaction  # noqa: PLC0415 - needs Django ready

    from recaudo.infra.firmas import libreta  # noqa: PLC0415
    from recaudo.project.puesta_a_punto import programa  # noqa: PLC0415
    from recaudo.reports.auditoria.huella import comparar  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        halladas = comparar.diferencias(cursor)
        cosas = len(comparar.leer_huella().cosas)
    if firmar and ejecutar:
        comparar.firmar_huella(programa=programa(), a_mano=True)
    firma = firmar and ejecutar
    if json:
        salida.emitir_json(
            {
                "cosas": cosas,
                "diferencias": [{"cosa": d.cosa, "motivo": d.motivo} for d in halladas],
                "firmada": firma,
                "libreta": str(libreta.ruta()),
            }
        )
    else:
        salida.mostrar_filas(
            f"Lo instalado: {cosas} cosas, comparadas con {libreta.ruta()}",
            ("Qué", "En qué difiere"),
            [(d.cosa, d.motivo) for d in halladas],
        )
    if firmar:
        salida.avisar_ensayo(ejecutar=ejecutar)
    if halladas and not firma:
        raise typer.Exit(salida.RECHAZADO)
