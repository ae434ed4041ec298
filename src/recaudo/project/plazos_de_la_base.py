"""How long each kind of process waits for the database, and how many connections it keeps.

Environment: RECAUDO_PISCINA (set in the processes that serve pages), RECAUDO_HILOS_QUE_LEEN,
RECAUDO_HILOS_QUE_ESCRIBEN. Knows no Django: the settings read it.
"""

import os
from typing import Any, Final

#: What one process serves at a time. Who writes may wait for a locked row; who reads never does,
#: and has threads of its own.
HILOS_QUE_LEEN: Final = int(os.environ.get("RECAUDO_HILOS_QUE_LEEN", "8"))
HILOS_QUE_ESCRIBEN: Final = int(os.environ.get("RECAUDO_HILOS_QUE_ESCRIBEN", "12"))
#: A list as a file takes as long as hundreds of pages: they wait for each other, not for it.
HILOS_DE_ARCHIVOS: Final = 2
#: One connection for each thread; without a database the page that says so comes in seconds.
PISCINA: Final[dict[str, Any]] = {
    "min_size": 1,
    "max_size": HILOS_QUE_LEEN + HILOS_QUE_ESCRIBEN + HILOS_DE_ARCHIVOS,
    "timeout": 3,
    "reconnect_timeout": 5,
}
#: A page: who waits for a row is told within seconds, and nothing takes a thread for long.
DE_PAGINAS: Final = {
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "20s",
}
#: Everything else waits for others for minutes, works as long as it must, and is not left open.
DE_LOTES: Final = {"lock_timeout": "5min", "idle_in_transaction_session_timeout": "30min"}


def plazos_de_la_base() -> list[str]:
    """Return the options of a connection of this process, as PostgreSQL's command line has them."""
    plazos = DE_PAGINAS if os.environ.get("RECAUDO_PISCINA") else DE_LOTES
    return [f"-c {nombre}={valor}" for nombre, valor in plazos.items()]
