"""Run the worker."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

#: A worker says that it lives every ten seconds. Silent for this long, it is taken for dead; and
#: how often the others look: a job of the dead goes on within both.
SEGUNDOS_SIN_LATIDO: Final = 30
SEGUNDOS_DE_VIGIA: Final = 10
_BITACORA: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecuentoDeTrabajos:
    """How many jobs ended well, how many failed for good and how many wait, in the whole queue."""

    hechos: int
    fallidos: int
    pendientes: int


def trabajar(*, sin_esperar: bool = False, concurrencia: int = 1) -> None:
    """Work on jobs until told to stop; with `sin_esperar`, until none is left.

    It keeps its own connections: a job that queues another does it through Django's, inside the
    transaction of its act.
    """
    trabajando = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    _soltar_conexiones()
    with trabajando.open():
        asyncio.run(_atender(trabajando, sin_esperar=sin_esperar, concurrencia=concurrencia))
    _soltar_conexiones()


async def _atender(trabajando: Any, *, sin_esperar: bool, concurrencia: int) -> None:
    """Work, and meanwhile take up again what other workers left when they died."""
    async with trabajando.open_async():
        vigia = asyncio.create_task(_vigilar(trabajando.job_manager))
        try:
            await trabajando.run_worker_async(
                wait=not sin_esperar, concurrency=concurrencia, install_signal_handlers=True
            )
        finally:
            vigia.cancel()
            with suppress(asyncio.CancelledError):
                await vigia


async def _vigilar(gestor: Any) -> None:
    while True:
        try:
            await recuperar_detenidos(gestor)
        except ConnectorException:  # the database is away: it is asked again
            _BITACORA.warning("No se pudo mirar si hay trabajos detenidos")
        await asyncio.sleep(SEGUNDOS_DE_VIGIA)


async def recuperar_detenidos(gestor: Any) -> int:
    """Queue again the jobs whose worker died in the middle; return how many."""
    detenidos = list(await gestor.get_stalled_jobs(seconds_since_heartbeat=SEGUNDOS_SIN_LATIDO))
    for trabajo in detenidos:
        await gestor.retry_job(trabajo)
    return len(detenidos)


def _soltar_conexiones() -> None:
    """Close what the thread of the synchronous calls kept: a connection the server ended stays
    there as if it lived, and the next worker of this process would stop at its first query.
    """
    asyncio.run(sync_to_async(connections.close_all)())


def recuento() -> RecuentoDeTrabajos:
    """Count the jobs of the queue by how they ended."""
    trabajos = ProcrastinateJob.objects
    return RecuentoDeTrabajos(
        hechos=trabajos.filter(status="succeeded").count(),
        fallidos=trabajos.filter(status="failed").count(),
        pendientes=trabajos.filter(status__in=("todo", "doing")).count(),
    )
