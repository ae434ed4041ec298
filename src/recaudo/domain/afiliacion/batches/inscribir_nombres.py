"""Load the names of persons, as the Registro Civil would give them: batch files bring none."""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper

_INSCRIBIR = """
INSERT INTO afiliacion_persona (identificacion, nombre)
SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""


def inscribir_nombres(cursor: CursorWrapper, nombres: Mapping[str, str]) -> int:
    """Add each person who is not there, with its name, by its identification; return how many.

    For an installation or a rehearsal: no act is opened and no fact is stated.
    """
    cursor.execute(_INSCRIBIR, [list(nombres), list(nombres.values())])
    return int(cursor.rowcount)
