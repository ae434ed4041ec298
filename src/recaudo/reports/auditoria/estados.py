"""P02: the states of every machine of the house, in whatever table a room keeps them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from recaudo.infra.audit.cargar_maquinas import maquinas_declaradas

_CONSULTA: Final = (Path(__file__).parent / "sql" / "P02.sql").read_text(encoding="utf-8")
#: The guard of states says of which machine the states of its table are.
_TABLAS: Final = r"""
SELECT split_part(encode(t.tgargs, 'escape'), '\000', 1), t.tgrelid::regclass::text
  FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
 WHERE f.proname = 'recaudo_guardar_estado' AND NOT t.tgisinternal ORDER BY 1, 2
"""


def estados_sin_su_paso(cursor: Any, desde: int) -> Sequence[Mapping[str, Any]]:
    """P02: rows whose state is not where their last passage left them; machines without a guard.

    Nobody lists the tables: each is found by the guard of its states, and a machine of the house
    that guards none is a violation itself.
    """
    del desde  # a state is of now
    cursor.execute(_TABLAS)
    tablas = cursor.fetchall()
    sin_guarda = sorted(set(maquinas_declaradas()) - {maquina for maquina, _ in tablas})
    vivos = " UNION ALL ".join(
        f"SELECT '{maquina}' AS maquina, id, estado FROM {tabla}"  # noqa: S608 - names of the catalogue
        for maquina, tabla in tablas
    )
    filas: list[Mapping[str, Any]] = [{"maquina": m, "sin_guarda": True} for m in sin_guarda]
    if vivos:
        cursor.execute(_CONSULTA.format(vivos=vivos))
        columnas = [c.name for c in cursor.description]
        filas += [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]
    return filas
