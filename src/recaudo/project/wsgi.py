"""The WSGI application, and the site that granian serves with it (`rsgi`)."""

import atexit
import os
import signal
import sys
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

from recaudo.infra.papeles import Papel, papel_de_este_proceso
from recaudo.infra.produccion import AMBIENTE, ProduccionIncompleta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")


def _terminar() -> None:
    """End the process at once, when all that it had to do at its end is done.

    A thread of the server that asks for the interpreter while it is taken down brings the process
    down with a panic.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if parent_process() is not None:
    # Ctrl+C reaches every process of the terminal. Whoever started this one will tell it to stop,
    # and told twice granian waits until it is killed.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    atexit.register(_terminar)

if os.environ.get(AMBIENTE) == "prod" and papel_de_este_proceso() is not Papel.WEB:
    sin_papel = "En producción las páginas entran a la base como recaudo_web: use recaudo servir."
    raise ProduccionIncompleta(sin_papel)

application = get_wsgi_application()

from recaudo.project.calentar import calentar  # noqa: E402 - it needs Django ready
from recaudo.project.limites import permitido, pide_archivo  # noqa: E402
from recaudo.project.rsgi import Sitio  # noqa: E402

calentar()
sitio = Sitio(application, permitido, pide_archivo)
