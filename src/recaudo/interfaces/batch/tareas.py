"""Acts that the clock starts. A task here reads the clock once, like any other door."""

from procrastinate.contrib.django import app

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="cartera.ponerse_al_dia",
    queue="cartera",
    lock="cartera.ponerse_al_dia",
    queueing_lock="cartera.ponerse_al_dia",
)
def ponerse_al_dia(timestamp: int) -> None:
    """Close every business date that came and is not closed; when all are, do nothing.

    It goes by dates, not by alarms: after hours or days of silence the next run catches up.
    """
    del timestamp
    hoy = clock.hoy()
    cerrar_dia(fecha=hoy, por=Actor.sistema("Reloj"), hoy=hoy)
