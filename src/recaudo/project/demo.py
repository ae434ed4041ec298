"""`recaudo demo`: a database with one whole cycle of collection, and the site that shows it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated, Any

import typer

from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.arranque import base_propia, preparar_django
from recaudo.interfaces.batch.programa import Programa
from recaudo.interfaces.batch.sitio import (
    PUERTO,
    asegurar_secreto,
    direccion_del_sitio,
    exigir_puerto_libre,
    primer_puerto_libre,
)
from recaudo.kernel.refusals import Rechazo
from recaudo.project.servir import carpeta_del_programa, poner_al_dia, servir_la_base

app = Programa(help="Prepara y muestra un ciclo completo.", no_args_is_help=False)


class DemostracionEnProduccion(Rechazo):
    """A demonstration never touches a production database."""

    mensaje = "La demostración no se ejecuta con RECAUDO_AMBIENTE=prod: use otra base de datos."


class BaseEnUso(Rechazo):
    """The database holds work that is no demonstration."""

    mensaje = (
        "La base de datos ya tiene registros que no son de la demostración: no se tocó nada. "
        "Indique en DATABASE_URL una base vacía."
    )


@app.command()
@salida.responde_errores
def demo(
    *,
    puerto: Annotated[
        int | None,
        typer.Option(
            "--puerto",
            min=1,
            max=65535,
            help=f"Puerto en que responde el sitio; sin él, {PUERTO} o el primero libre que siga.",
        ),
    ] = None,
    sin_servidor: Annotated[
        bool,
        typer.Option("--sin-servidor", help="Prepara el ciclo y termina, sin servir el sitio."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un objeto JSON.")] = False,
) -> None:
    """Prepara una población ficticia, corre un ciclo de recaudación y sirve el sitio."""
    if os.environ.get("RECAUDO_AMBIENTE") == "prod":
        raise DemostracionEnProduccion
    if puerto is None:
        puerto = PUERTO if sin_servidor else _primer_puerto_libre()
    elif not sin_servidor:
        exigir_puerto_libre(puerto)
    asegurar_secreto(carpeta_del_programa())
    with nullcontext() if sin_servidor else base_propia():
        preparar_django()
        poner_al_dia()
        with _a_solas():
            _exigir_base_de_demostracion()
            _correr_lo_que_falta()
        _contar(direccion_del_sitio(puerto), como_json=json, se_sirve=not sin_servidor)
        if not sin_servidor:
            servir_la_base(puerto)


def _primer_puerto_libre() -> int:
    """Return the usual port, or the first free one of those that follow it, saying so."""
    puerto = primer_puerto_libre()
    if puerto != PUERTO:
        salida.avisar(f"El puerto {PUERTO} está ocupado: el sitio responderá en el {puerto}.")
    return puerto


@contextmanager
def _a_solas() -> Iterator[None]:
    """Wait for whoever is preparing the same demonstration."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('recaudo.demo', 0))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('recaudo.demo', 0))")


def _exigir_base_de_demostracion() -> None:
    """Refuse (`BaseEnUso`) a database with facts and no simulated date, or with real employers."""
    from recaudo.domain.afiliacion.queries import visible_to  # noqa: PLC0415
    from recaudo.infra import clock  # noqa: PLC0415
    from recaudo.infra.audit.models import Hecho  # noqa: PLC0415
    from recaudo.infra.security.alcance import TODA_LA_NACION  # noqa: PLC0415

    es_nueva = not Hecho.objects.exists()
    if clock.fecha_simulada() is None and not es_nueva:
        raise BaseEnUso
    if visible_to(TODA_LA_NACION).filter(es_ficticio=False).exists():
        raise BaseEnUso


def _correr_lo_que_falta() -> None:
    """Run the cycle, or the rest of it; a finished one is left as it is."""
    from recaudo.ensayo.demostracion.ciclo import (  # noqa: PLC0415
        Ciclo,
        esta_terminado,
    )
    from recaudo.ensayo.demostracion.poblacion import (  # noqa: PLC0415
        generar_poblacion,
    )

    if esta_terminado():
        salida.avisar("La demostración ya está preparada: se usa como está.")
        return
    ciclo = Ciclo(generar_poblacion())
    with salida.progreso("Demostración", total=ciclo.cuantos_pasos()) as avanzar:

        def al_empezar(titulo: str) -> None:
            salida.avisar(titulo)
            avanzar(1)

        ciclo.correr(al_empezar)


def _contar(url: str, *, como_json: bool, se_sirve: bool) -> None:
    """Print what there is: the object of the contract, or tables for a person."""
    from recaudo.ensayo.demostracion.relato import (  # noqa: PLC0415
        como_objeto,
        mostrar_relato,
    )
    from recaudo.reports.resumen.totales import totales  # noqa: PLC0415

    leidos = totales()
    if como_json:
        objeto: dict[str, Any] = como_objeto(leidos, url=url)
        salida.emitir_json(objeto)
    else:
        mostrar_relato(leidos, url=url if se_sirve else "")
