"""An act done and undone, to say what it would do: there is no second rule that could differ."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

_R = TypeVar("_R")


def en_seco(hacer: Callable[[], _R]) -> _R:
    """Return what `hacer` reads of what it does; nothing of it is kept.

    A refusal of the act comes out as it is. It writes while it lasts, so it is never called from a
    page that is only read.
    """
    with transaction.atomic():
        leido = hacer()
        transaction.set_rollback(True)
    return leido
