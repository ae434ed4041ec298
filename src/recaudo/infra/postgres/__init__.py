"""The PostgreSQL server that this program starts for itself when nobody names one.

It serves the demo, the tests and a small office: UNIX socket only, password always, data
under one private directory. Production names its own server in ``DATABASE_URL``, which
always wins. See ``cluster`` for what lies in the directory and ``account`` for who runs it.
"""

from recaudo.infra.postgres.errors import ServidorNoDisponible
from recaudo.infra.postgres.launcher import (
    asegurar_servidor,
    detener,
    directorio_de_datos,
    en_uso,
    soltar_servidor,
    url_de_papel,
)

__all__ = [
    "ServidorNoDisponible",
    "asegurar_servidor",
    "detener",
    "directorio_de_datos",
    "en_uso",
    "soltar_servidor",
    "url_de_papel",
]
