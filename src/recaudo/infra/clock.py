"""The clock. Doors read it once and pass the date inwards; nothing below a door asks for "today".

A demonstration database may carry a simulated business date (`fijar_fecha_simulada`): then the
doors show that date, and say so on every page.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

ECUADOR = ZoneInfo("America/Guayaquil")


def ahora() -> datetime:
    """Return the present instant, aware, in continental Ecuador time."""
    return timezone.now().astimezone(ECUADOR)


def fecha_simulada() -> date | None:
    """Return the simulated business date of a demonstration database, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fecha_simulada FROM audit_reloj")
        fila = cursor.fetchone()
    return fila[0] if fila else None


def hoy() -> date:
    """Return the business date: the simulated one if there is one, else the date in Ecuador."""
    return fecha_simulada() or ahora().date()


def fijar_fecha_simulada(fecha: date | None) -> None:
    """Set (or clear) the simulated business date. Only the demonstration calls it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_reloj")
        if fecha is not None:
            cursor.execute(
                "INSERT INTO audit_reloj (unico, fecha_simulada) VALUES (true, %s)", [fecha]
            )
