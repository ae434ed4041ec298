"""`recaudo base`: make it, bring it up to date, compare it with what was signed outside it."""

import os
from typing import Annotated, Final

import typer

from recaudo.infra.papeles import Papel, variable_de
from recaudo.infra.postgres.papeles import PapelesMalDichos, crear_papeles, leer_instalacion
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.text import contar

ADMINISTRADOR: Final = "RECAUDO_BASE_ADMINISTRADOR"

app = Programa(help="Crea, prepara y revisa la base de datos.")


@app.callback()
def _raiz() -> None:
    """Keep it a group, whatever it holds."""


@app.command("preparar")
@salida.responde_errores
def preparar(
    *,
    ejecutar: Annotated[bool, typer.Option("--ejecutar", help="Prepara de verdad.")] = False,
) -> None:
    """Pone la base al día con este programa: tablas, guardas, catálogos y permisos."""
    from django.db import connection  # noqa: PLC0415 - needs Django ready
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    from recaudo.project.servir import poner_al_dia  # noqa: PLC0415

    cargador = MigrationLoader(connection)
    faltan = sum(clave not in cargador.applied_migrations for clave in cargador.graph.nodes)
    connection.close()
    salida.avisar(contar(faltan, "migración por correr", "migraciones por correr") + ".")
    if ejecutar:
        poner_al_dia()
        salida.avisar("La base está al día.")
    salida.avisar_ensayo(ejecutar=ejecutar)


@app.command("papeles")
@salida.responde_errores
def papeles(
    *,
    ejecutar: Annotated[bool, typer.Option("--ejecutar", help="Los crea de verdad.")] = False,
) -> None:
    """Crea en un servidor propio de la institución la base, su dueño y los cuatro papeles.

    Lee las direcciones del ambiente (DATABASE_URL y RECAUDO_BASE_WEB, _LOTES, _INFORMES, _AUDITOR,
    cada una con su clave) y entra con RECAUDO_BASE_ADMINISTRADOR. Repetirla deja lo mismo.
    """
    instalacion = leer_instalacion(
        os.environ.get("DATABASE_URL", ""),
        {papel: os.environ.get(variable_de(papel), "") for papel in Papel},
    )
    administrador = os.environ.get(ADMINISTRADOR, "")
    if not administrador:
        mensaje = f"Falta {ADMINISTRADOR}: la dirección de quien puede crear bases y papeles."
        raise PapelesMalDichos(mensaje)
    salida.avisar(
        f"Base {instalacion.base}, dueño {instalacion.dueno}; papeles "
        f"{', '.join(instalacion.claves)}."
    )
    if ejecutar:
        for hecho in crear_papeles(administrador, instalacion):
            salida.avisar(f"{hecho[0].upper()}{hecho[1:]}.")
    salida.avisar_ensayo(ejecutar=ejecutar)


@app.command("huella")
@salida.responde_errores
def huella(
    *,
    firmar: Annotated[
        bool, typer.Option("--firmar", help="Da por bueno lo que hay: lo firma como está.")
    ] = False,
    base_restaurada: Annotated[
        bool,
        typer.Option(
            "--base-restaurada",
            help="Con --firmar: la base volvió a un momento anterior; olvida lo firmado después.",
        ),
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
        comparar.firmar_huella(programa=programa(), a_mano=True, de_nuevo=base_restaurada)
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
