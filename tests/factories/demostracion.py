"""A small honest book made by the real acts, in a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

from recaudo.interfaces.batch.demostracion.archivos import generados
from recaudo.interfaces.batch.demostracion.ciclo import Ciclo
from recaudo.interfaces.batch.demostracion.escenario import poblacion_pequena
from tests import servidor


@contextmanager
def base_aparte(apellido: str) -> Iterator[str]:
    """Work in a fresh copy of the migrated database while the block lasts; yield its URL."""
    url = environ["DATABASE_URL"]
    madre = str(connection.settings_dict["NAME"])
    copia = f"{madre}_{apellido}"
    connections.close_all()
    servidor.copy_database(url, madre, copia)
    connection.settings_dict["NAME"] = copia
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{copia}"))
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = madre
        servidor.drop_database(url, copia)


def correr_ciclo_pequeno() -> list[str]:
    """Run the whole cycle for eleven employers; return what it said."""
    dicho: list[str] = []
    Ciclo(poblacion_pequena(), fuente=generados).correr(dicho.append)
    return dicho
