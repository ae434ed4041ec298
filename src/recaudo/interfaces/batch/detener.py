"""`recaudo detener`: stops our own PostgreSQL, which a command leaves on for the next one."""

import os

from recaudo.infra.postgres import detener as detener_servidor
from recaudo.infra.postgres import en_uso
from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.refusals import Rechazo

app = Programa(help="Detiene la base de datos propia.", no_args_is_help=False)


class BaseAjena(Rechazo):
    """The server that DATABASE_URL names is not ours."""

    mensaje = "DATABASE_URL nombra un servidor que no es propio: deténgalo con su administrador."


class BaseEnUso(Rechazo):
    """Some process of ours still uses it."""

    mensaje = (
        "Otro proceso usa la base de datos: termine antes «recaudo demo», «recaudo servir» o "
        "«recaudo trabajador»."
    )


@app.command()
@salida.responde_errores
def detener() -> None:
    """Detiene la base de datos que el programa enciende solo, si nadie la usa."""
    if os.environ.get("DATABASE_URL"):
        raise BaseAjena
    if en_uso():
        raise BaseEnUso
    detener_servidor()
    salida.avisar("La base de datos está detenida. Se enciende sola cuando hace falta.")
