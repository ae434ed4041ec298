"""The tasks of this floor. Each is idempotent: at least once, and twice is the same as once."""

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from recaudo.infra import clock
from recaudo.infra.documents.congelado import COLA, TAREA_GUARDAR
from recaudo.infra.documents.dibujo import guardar_dibujo
from recaudo.infra.security import entrada
from recaudo.infra.security.sesiones import SessionStore

INTENTOS: Final = 6


@app.task(
    name=TAREA_GUARDAR,
    queue=COLA,
    retry=RetryStrategy(max_attempts=INTENTOS, exponential_wait=3),
)
def guardar_documento(documento_id: int) -> None:
    """Keep the bytes of a document that an act gave to somebody, unless they are kept."""
    guardar_dibujo(documento_id)


@app.periodic(cron="30 3 * * *")
@app.task(name="accesos.olvidar", queueing_lock="accesos.olvidar")
def olvidar_accesos(timestamp: int) -> None:
    """Every night: delete the sessions that ended and the attempts to enter of long ago."""
    del timestamp
    SessionStore.clear_expired()
    entrada.olvidar(clock.ahora())
