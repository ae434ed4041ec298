"""A hand in the database, behind its guards: what the audit must name."""

from django.db import connection

from tests.reports.auditoria.faltas import despertar, dormir


def poner_estado(tabla: str, fila: int, estado: str) -> None:
    """Put a row in a state as no act may; the guards sleep meanwhile."""
    with connection.cursor() as cursor:
        dormir(cursor, tabla)
        cursor.execute(f"UPDATE {tabla} SET estado = %s WHERE id = %s", [estado, fila])
        assert cursor.rowcount == 1, "nothing was there to tamper with"
        despertar(cursor)
