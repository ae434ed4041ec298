"""The honest book every fault is planted on: built once, each test undoes what it planted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recaudo.infra.firmas import libreta
from tests.factories.demostracion import libro_aparte


@pytest.fixture(scope="module")
def libro(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database in which one small cycle was run, while the module lasts; its URL."""
    with django_db_blocker.unblock(), libro_aparte("auditado") as url:
        yield url


@pytest.fixture
def cuaderno(libro: str, tmp_path: Path, settings: Any) -> Path:
    """A copy of the notebook, so that each test may spoil it; its path."""
    original = libreta.ruta()
    settings.FIRMAS = tmp_path
    for archivo in (original, original.with_suffix(".bitacora")):
        (tmp_path / archivo.name).write_bytes(archivo.read_bytes())
    return libreta.ruta()
