"""The honest book every fault is planted on: built once, each test undoes what it planted."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.demostracion import libro_aparte


@pytest.fixture(scope="module")
def libro(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database in which one small cycle was run, while the module lasts; its URL."""
    with django_db_blocker.unblock(), libro_aparte("auditado") as url:
        yield url
