"""The WSGI application that granian serves."""

import os
import signal
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")

if parent_process() is not None:
    # Ctrl+C reaches every process of the terminal. Whoever started this one will tell it to stop,
    # and told twice granian waits until it is killed.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

application = get_wsgi_application()

from recaudo.project.calentar import calentar  # noqa: E402 - it needs Django ready

calentar()
