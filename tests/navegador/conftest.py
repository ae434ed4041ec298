"""A real browser before the real server, on copies of databases made once (`tests.moldes`)."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg.conninfo import make_conninfo

from herramientas.navegador import MISSING, find_browser
from recaudo.infra.papeles import Papel
from tests import moldes, servidor
from tests.moldes import Molde
from tests.navegador.comprobaciones import (
    errores_de_html,
    sin_guiones,
    sin_mensajes,
    soltar,
    vigia,
    vigilar,
)

pytest.register_assert_rewrite("tests.navegador.recorrido")
# Playwright keeps an event loop in this thread; the database is used beside it, not inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_HERE = os.path.dirname(__file__)  # noqa: PTH120 - compared as text with pytest's own
# As long as a busy machine may need; a test that passes never waits for them.
_START_SECONDS = 120
_PACIENCIA = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this directory, so that it can be left out."""
    for item in items:
        if str(item.path).startswith(_HERE):
            item.add_marker(pytest.mark.navegador)


@dataclass(frozen=True)
class Vista:
    """How a person sees the site: the width of the screen and whether scripts run."""

    ancho: int
    con_js: bool

    def __str__(self) -> str:
        return f"{self.ancho}px-{'con' if self.con_js else 'sin'}-js"


VISTAS = [Vista(ancho, con_js) for ancho in (320, 1366) for con_js in (True, False)]


@dataclass(frozen=True)
class Sitio:
    """The served site: where it is and which database it has."""

    url: str
    base: str
    blocker: Any

    def __truediv__(self, path: str) -> str:
        """Return the address of a page: ``sitio / "planillas/"``."""
        return f"{self.url}/{path.lstrip('/')}"

    @contextmanager
    def datos(self) -> Iterator[None]:
        """Use the site's database through the ORM inside the block; what is written stays.

        Not for a test marked ``django_db``: that one holds a transaction on another database.
        """
        from django.db import connection

        if connection.in_atomic_block:
            message = "a test marked django_db cannot use the data of the site: remove the mark"
            raise RuntimeError(message)
        with self.blocker.unblock(), moldes.conectados_a(self.base):
            yield


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """The browser: ``$CHROMIUM``, the system's or Playwright's own; CI fails without one."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-site-isolation-trials",
        "--disable-sync",
        "--no-first-run",
        # One process draws the pages of every context: to start another takes longer than a page.
        "--renderer-process-limit=1",
    ]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses root with it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def molde_de_sitio(nombre: str, llenar: Callable[[], None], *fuentes: str) -> Molde:
    """Return the mould of a site: the clean one, filled; `fuentes` as in `Molde`."""
    return Molde(f"sitio_{nombre}", llenar, fuentes, desde=moldes.LIMPIA)


@contextmanager
def servido(molde: Molde, blocker: Any, apellido: str = "") -> Iterator[Sitio]:
    """Serve the site with production's server, on a database of its own, while the block lasts."""
    from django.db import connection

    outer = os.environ["DATABASE_URL"]
    with blocker.unblock():
        base = f"{connection.settings_dict['NAME']}_{molde.que}{apellido}"
        molde.copiar(base)
    port = _free_port()
    site = Sitio(f"http://127.0.0.1:{port}", base, blocker)
    process = _serve(port, _with_database(outer, base))
    try:
        _wait_until_it_answers(site.url, process)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)
        servidor.drop_database(outer, base)


@pytest.fixture(scope="session")
def _sitios(django_db_setup: None) -> Iterator[tuple[ExitStack, dict[str, Sitio]]]:
    """The sites that this worker has opened: modules with the same preparation share one."""
    with ExitStack() as abiertos:
        yield abiertos, {}


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """What a module's site holds: the catalogues alone; a module overrides it with its own."""
    return moldes.LIMPIA


@pytest.fixture(scope="module")
def sitio(
    _sitios: tuple[ExitStack, dict[str, Sitio]], django_db_blocker: Any, preparacion: Molde
) -> Sitio:
    """The site of that preparation, which other modules change too.

    A module that must find it as it was prepared overrides this fixture with `servido`.
    """
    abiertos, por_nombre = _sitios
    if preparacion.que not in por_nombre:
        por_nombre[preparacion.que] = abiertos.enter_context(
            servido(preparacion, django_db_blocker)
        )
    return por_nombre[preparacion.que]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _with_database(url: str, name: str) -> str:
    return make_conninfo(url, dbname=name)


def _serve(port: int, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning"]
    return subprocess.Popen(
        [*command, "recaudo.project.wsgi:application"],
        cwd=servidor.ROOT,
        env=os.environ | {"DATABASE_URL": servidor.url_as(Papel.WEB, url), "RECAUDO_PAPEL": "web"},
        stdin=subprocess.DEVNULL,
    )


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"the server did not answer; exit code {process.poll()}"
    raise RuntimeError(message)


def nueva_pagina(navegador: Browser, vista: Vista) -> Page:
    """Open an empty page of that view, watched; `soltar` forgets it."""
    context = navegador.new_context(
        viewport={"width": vista.ancho, "height": 800},
        locale="es-EC",
        timezone_id="America/Guayaquil",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(_PACIENCIA)
    vigilar(page)
    if not vista.con_js:
        sin_guiones(page)
    return page


class Paginas:
    """The pages that a worker lends, one with scripts and one without: each comes back as new.

    To open another context, with its cache and its process, takes three times what a page takes.
    """

    def __init__(self, navegador: Browser) -> None:
        """Open none yet."""
        self._navegador = navegador
        self._libres: dict[bool, Page] = {}

    @contextmanager
    def prestada(self, vista: Vista) -> Iterator[Page]:
        """Lend an empty page of that view: nobody is logged in, nothing was heard in it."""
        page = self._libres.pop(vista.con_js, None) or nueva_pagina(self._navegador, vista)
        page.set_viewport_size({"width": vista.ancho, "height": 800})
        vigia(page).olvidar()
        try:
            yield page
        finally:
            page.unroute_all()
            page.emulate_media(media="null", reduced_motion="reduce")
            page.context.clear_cookies()
            page.goto("about:blank")
            if self._libres.setdefault(vista.con_js, page) is not page:
                soltar(page)
                page.context.close()


@pytest.fixture(scope="session")
def paginas_prestadas(navegador: Browser) -> Paginas:
    """The pages of this worker."""
    return Paginas(navegador)


@pytest.fixture(params=VISTAS, ids=str)
def pagina(request: pytest.FixtureRequest, paginas_prestadas: Paginas) -> Iterator[Page]:
    """An empty page, once per width and with and without scripts.

    A test that wants fewer says ``@pytest.mark.parametrize("pagina", [Vista(1366, True)],
    indirect=True)``. When the test ends, the page must have logged nothing and every HTML it
    received must have been valid.
    """
    with paginas_prestadas.prestada(request.param) as page:
        yield page
        sin_mensajes(page)
        wrong = {
            url: errors for url, html in vigia(page).respuestas if (errors := errores_de_html(html))
        }
        assert wrong == {}
