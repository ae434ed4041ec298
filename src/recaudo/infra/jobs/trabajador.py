"""Run the worker."""

import asyncio
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


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
        trabajando.run_worker(
            wait=not sin_esperar, concurrency=concurrencia, install_signal_handlers=True
        )
    _soltar_conexiones()


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
