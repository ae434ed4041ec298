"""How many examples a property that goes through the database tries."""

import os
from typing import Final

#: Set by `--otra-version`: the run that looks only for what a version of PostgreSQL changes.
OTRA_VERSION: Final = "RECAUDO_PRUEBAS_OTRA_VERSION"


def ejemplos(cuantos: int) -> int:
    """Return the examples to try: all, or a few where only the version of PostgreSQL is new.

    The rule was proved with all of them on the first server; the statements that each example runs
    are the same on the second, and two examples already run them with different figures.
    """
    return max(2, cuantos // 6) if os.environ.get(OTRA_VERSION) else cuantos
