"""What every test gets: a server of its own, no way out of the machine, a shuffled order."""

import asyncio
import gc
import importlib.util
import os
import random
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings as django_settings
from django.db import connections
from hypothesis import HealthCheck, settings

from tests import carriles, moldes, servidor
from tests.ejemplos import OTRA_VERSION, ejemplos

_THERE_ARE_SETTINGS = importlib.util.find_spec("recaudo.project") is not None and (
    importlib.util.find_spec("recaudo.project.settings") is not None
)
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun by a script in the background, which ignores Ctrl+C: what the tests start must not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
_PRESENCE = servidor.enter()
os.environ["RECAUDO_AMBIENTE"] = "test"
os.environ.setdefault("RECAUDO_SECRETO", "solo-para-las-pruebas")
if _THERE_ARE_SETTINGS:
    os.environ["DJANGO_SETTINGS_MODULE"] = "recaudo.project.settings"
    django.setup()
    # Playwright keeps an event loop in the main thread, and Django would then keep a second set
    # of connections for it, which nobody closes. Tests know threads, not tasks: one set each.
    vars(connections)["_connections"] = threading.local()
    django_settings.MIDDLEWARE = ["tests.papeles.ComoLaWeb", *django_settings.MIDDLEWARE]
    papeles = importlib.import_module("tests.papeles")
    cli = importlib.import_module("recaudo.project.cli")
    vars(cli)["ejecutar"] = papeles.como_su_papel(vars(cli)["ejecutar"])

settings.register_profile("local", deadline=None, max_examples=60)
settings.register_profile(
    "ci", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def _seed() -> str:
    """The seed of the order: the caller's, else this run's, the same in all its workers."""
    return os.environ.get("RECAUDO_SEMILLA") or servidor.run_name()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--carril", default="", help="only the tests of one lane (tests/carriles.py)")
    parser.addoption(
        "--otra-version",
        action="store_true",
        help="only what another version of PostgreSQL could change",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say it before any test is read: how many examples each property tries hangs on it."""
    if config.getoption("--otra-version"):
        os.environ[OTRA_VERSION] = "1"
        settings.register_profile("otra_version", parent=settings(), max_examples=ejemplos(60))
        settings.load_profile("otra_version")


def pytest_report_header() -> list[str]:
    if os.environ["DATABASE_URL"] == servidor.SIN_BASE:
        return ["sin base de datos", f"orden: RECAUDO_SEMILLA={_seed()}"]
    version = servidor.server_version(os.environ["DATABASE_URL"])
    where = os.environ.get("RECAUDO_PG_BIN", "del paquete de Python" if _PRESENCE else "externo")
    return [f"PostgreSQL {version} ({where})", f"orden: RECAUDO_SEMILLA={_seed()}"]


def pytest_unconfigure() -> None:
    if _PRESENCE is not None:
        servidor.leave(_PRESENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the modules, the longest first, and the tests in each.

    pytest-django then groups them by their use of the database.
    """
    lane = config.getoption("--carril")
    if lane:
        _keep(config, items, lambda item: _lane(item) == lane)
    if config.getoption("--otra-version"):
        _keep(config, items, _another_version_could_change_it)
    order = random.Random(_seed())
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.nodeid.split("::", maxsplit=1)[0], []).append(item)
    groups = list(modules.values())
    order.shuffle(groups)
    groups.sort(key=_weight)
    for group in groups:
        order.shuffle(group)
    items[:] = [item for group in groups for item in group]


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among what was imported: it lives to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _keep(
    config: pytest.Config, items: list[pytest.Item], wanted: Callable[[pytest.Item], bool]
) -> None:
    """Leave only the tests that are wanted, and say how many were not."""
    unwanted = [item for item in items if not wanted(item)]
    config.hook.pytest_deselected(items=unwanted)
    items[:] = [item for item in items if wanted(item)]


def _lane(item: pytest.Item) -> str | None:
    path = item.path.relative_to(config_root(item)).as_posix()
    return carriles.carril_de(path)


def _weight(group: list[pytest.Item]) -> int:
    path = group[0].path.relative_to(config_root(group[0])).as_posix()
    return carriles.LARGOS.index(path) if path in carriles.LARGOS else len(carriles.LARGOS)


def config_root(item: pytest.Item) -> Path:
    """Return the folder that every path of a test starts from."""
    return Path(item.config.rootpath)


def _another_version_could_change_it(item: pytest.Item) -> bool:
    """Whether a second version of PostgreSQL could change the outcome of this test.

    What a major version may change is written by hand: SQL, triggers, partitions and migrations,
    all in the rooms, `infra` and `reports`, and the stories that go through them. A door reaches
    the database only through them and through the ORM, whose own project answers for every version
    it supports; pages are the same HTML over the same rows. A test elsewhere joins with the mark
    `otra_version`; one whose statements another test here runs leaves with `una_version`.
    """
    if item.get_closest_marker("una_version"):
        return False
    if item.get_closest_marker("otra_version"):
        return True
    if not carriles.OTRO_SERVIDOR.es_suya(item.path.relative_to(config_root(item)).as_posix()):
        return False
    names = getattr(item, "fixturenames", ())
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("servidor")
    return bool(marked) or not {"db", "transactional_db"}.isdisjoint(names)


@pytest.fixture(autouse=True)
def _no_loop_is_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the browser driver's event loop from the tests that do not use the browser.

    The driver keeps its loop marked as running in this process from its first test on; whoever
    runs a loop of its own (the jobs worker, the load) must not depend on the order of the tests.
    """
    loop = asyncio._get_running_loop()
    if loop is None or request.node.get_closest_marker("navegador"):
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _the_catalogue_of_documents_is_the_house_s() -> Iterator[None]:
    """Take out of the catalogue the kinds of document that a test put in it."""
    from recaudo.infra.documents import tipos

    before = dict(tipos._TIPOS)
    yield
    tipos._TIPOS.clear()
    tipos._TIPOS.update(before)


@pytest.fixture(scope="session", autouse=True)
def _nothing_leaves_the_machine() -> Iterator[None]:
    """Refuse every connection that is not to this machine."""
    patch = pytest.MonkeyPatch()
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            message = f"a test tried to reach {address}: tests stay on this machine"
            raise ConnectionRefusedError(message)
        real(self, address)

    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


if _THERE_ARE_SETTINGS:

    @pytest.fixture(scope="session")
    def django_db_setup(
        request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
    ) -> Iterator[None]:
        """Make this worker's database, a copy of the mould; its name says of which run it is.

        It is made whenever something asks for it: a run of browser tests alone uses it without
        the mark of pytest-django, which wraps a test in a transaction.
        """
        from django.conf import settings as django_settings

        worker = getattr(request.config, "workerinput", {}).get("workerid", "")
        name = "_".join(filter(None, ("test_recaudo", servidor.run_name(), worker)))
        with django_db_blocker.unblock():
            moldes.LIMPIA.copiar(name)
            own = connections["default"].settings_dict
            before, own["NAME"] = own["NAME"], name
            django_settings.DATABASES["default"]["NAME"] = name
        yield
        connections.close_all()
        own["NAME"] = before
        servidor.drop_database(os.environ["DATABASE_URL"], name)

    @pytest.fixture(scope="session", autouse=True)
    def _committed_tests_restore_the_database() -> Iterator[None]:
        """After a test that commits, put the migrated database back from its mould.

        Django would empty the tables, but this house forbids TRUNCATE on its books, and an
        emptied table would also lose what the migrations loaded.
        """
        from django.test import TransactionTestCase

        patch = pytest.MonkeyPatch()

        def teardown(_self: object) -> None:
            name = str(connections["default"].settings_dict["NAME"])
            connections.close_all()
            moldes.LIMPIA.copiar(name)

        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda _cls: None))
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
        patch.undo()
