"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recaudo.project.settings")

application = get_wsgi_application()

from recaudo.project.calentar import calentar  # noqa: E402 - it needs Django ready

calentar()
