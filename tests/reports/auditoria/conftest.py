"""The honest book every fault is planted on: built once, each test undoes what it planted."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.demostracion import base_aparte, correr_ciclo_pequeno


@pytest.fixture(scope="module")
def libro(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database in which one small cycle was run, while the module lasts; its URL."""
    with django_db_blocker.unblock(), base_aparte("libro") as url:
        correr_ciclo_pequeno()
        yield url
