"""The command itself."""

import os
import pkgutil
from importlib import import_module
from random import Random
from typing import Annotated, Any

import typer

from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa

app = Programa(help="Mata procesos a propósito y compara las cuentas.", no_args_is_help=False)


@app.command()
@salida.responde_errores
def caidas(
    *,
    muertes: Annotated[
        int, typer.Option("--muertes", min=1, max=5000, help="Cuántas, entre todos los escenarios.")
    ] = 100,
    solo: Annotated[str, typer.Option("--solo", help="Un escenario; sin ella, todos.")] = "",
    semilla: Annotated[
        int, typer.Option("--semilla", help="La misma semilla mata en los mismos momentos.")
    ] = 497,
    gemela: Annotated[
        bool,
        typer.Option("--gemela", help="La base confirma sin guardar: lo confirmado debe perderse."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Mata la emisión, el importador, la base, el sitio y el trabajador, y compara las cuentas.

    Usa una base propia, aparte, que se borra al final: nunca la que está en uso.
    """
    hechos = _probar(muertes, solo, semilla, gemela=gemela)
    if json:
        salida.emitir_json({"semilla": semilla, "escenarios": hechos})
    else:
        salida.mostrar_filas(
            f"Caídas (semilla {semilla})",
            ("Escenario", "Muertes", "Confirmadas", "Perdidas", "Dobles", "Distintas", "Vuelve en"),
            [
                (
                    nombre, r["muertes"], r["confirmadas"], r["perdidas"], r["dobles"],
                    len(r["distintas"]) + len(r["invariantes_rotas"]),
                    f"{r['segundos_en_volver']} s",
                )
                for nombre, r in hechos.items()
            ],
        )  # fmt: skip
    malos = [nombre for nombre, r in hechos.items() if not r["bien"]]
    for nombre in malos:
        salida.avisar(
            f"{nombre}: {hechos[nombre]['distintas'] + hechos[nombre]['invariantes_rotas']}"
        )
    if malos:
        raise typer.Exit(salida.RECHAZADO)


def _probar(muertes: int, solo: str, semilla: int, *, gemela: bool) -> dict[str, dict[str, Any]]:
    """Prepare the server, let Django see it, and run the scenarios one after another."""
    import django  # noqa: PLC0415 - Django is loaded when its database is there

    from recaudo.ensayo.caidas.servidor import servidor_de_prueba  # noqa: PLC0415
    from recaudo.infra.papeles import Papel, variable_de  # noqa: PLC0415
    from recaudo.infra.postgres import url_de_papel  # noqa: PLC0415

    with servidor_de_prueba() as servidor:
        if gemela:
            servidor.descuidar()
        os.environ["DATABASE_URL"] = servidor.url
        for papel in Papel:
            os.environ[variable_de(papel)] = url_de_papel(papel, servidor.datos)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")
        django.setup()
        from django.db import connections  # noqa: PLC0415

        from recaudo.ensayo import caidas as paquete  # noqa: PLC0415
        from recaudo.ensayo.caidas.registro import ESCENARIOS  # noqa: PLC0415

        for modulo in pkgutil.iter_modules(paquete.__path__):
            import_module(f"{paquete.__name__}.{modulo.name}")
        if solo and solo not in ESCENARIOS:
            msg = f"No existe el escenario «{solo}»: use {', '.join(sorted(ESCENARIOS))}."
            raise salida.UsoIncorrecto(msg)
        elegidos = [solo] if solo else sorted(ESCENARIOS)
        hechos = {}
        for orden, nombre in enumerate(elegidos):
            cuantas = muertes // len(elegidos) + (orden < muertes % len(elegidos))
            with salida.progreso(f"Caídas: {nombre}"):
                resultado = ESCENARIOS[nombre](servidor, Random(f"{semilla}/{nombre}"), cuantas)  # noqa: S311 - a rehearsal
            hechos[nombre] = {**resultado.plano(), "bien": resultado.bien}
        connections.close_all()
    return hechos
