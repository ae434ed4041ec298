"""Working tables where no passing table may be made: the same statements, another way (ADR 0018).

A step of a batch says `CREATE TEMP TABLE x ON COMMIT DROP AS SELECT …`. Who may make passing tables
does just that. For the role that serves pages, which may not, the connection asks the owner's
function for a table of those columns, by their names and types, and fills it with the same SELECT:
no text of a statement is run with more rights than whoever sends it has.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from recaudo.infra.papeles import CON_TABLAS_DE_PASO, papel_de_este_proceso

Ejecutar = Callable[[str, Any, bool, dict[str, Any]], Any]
_NOMBRE: Final = r"(?:pg_temp\.)?(\w+)"
_ANTES: Final = r"(?:\s|--[^\n]*\n)*"
_CREAR: Final = re.compile(
    rf"{_ANTES}CREATE TEMP TABLE (IF NOT EXISTS )?{_NOMBRE}\s*"
    r"(?:\((?P<forma>[^()]*(?:\(\d+\)[^()]*)*)\)\s*)?(?:ON COMMIT DROP\s*)?"
    r"(?:AS\s+(?P<consulta>.*))?\Z",
    re.DOTALL,
)
_VALE: Final = re.compile(r"\bDEFAULT (\d+)")
_RESTO: Final = re.compile(r"\s+(NOT NULL|PRIMARY KEY|DEFAULT).*", re.DOTALL)
_QUITAR: Final = re.compile(
    _ANTES + r"DROP TABLE (?:IF EXISTS )?(?P<nombres>[\w\s,.]+)\Z", re.DOTALL
)
_MEDIR: Final = re.compile(_ANTES + r"ANALYZE (?P<nombres>[\w\s,.]+)\Z", re.DOTALL)
_RENOMBRAR: Final = re.compile(rf"{_ANTES}ALTER TABLE {_NOMBRE} RENAME TO (\w+)\s*\Z")


def poner_mesas(ejecutar: Ejecutar, sql: Any, valores: Any, muchos: bool, contexto: Any) -> Any:  # noqa: FBT001 - Django's own
    """Wrap each statement of a connection that may make no passing table."""
    if not isinstance(sql, str) or muchos:
        return ejecutar(sql, valores, muchos, contexto)

    def pedir(otra: str, suyos: Any) -> Any:
        return ejecutar(otra, suyos, False, contexto)  # noqa: FBT003 - Django's own

    if crear := _CREAR.match(sql):
        return _crear(pedir, contexto["cursor"], crear, valores)
    if quitar := _QUITAR.match(sql):
        return pedir("SELECT recaudo_quitar_mesas(%s)", [_nombres(quitar)])
    if medir := _MEDIR.match(sql):
        return pedir("SELECT recaudo_medir_mesas(%s)", [_nombres(medir)])
    if renombrar := _RENOMBRAR.match(sql):
        return pedir("SELECT recaudo_renombrar_mesa(%s, %s)", list(renombrar.groups()))
    return ejecutar(sql, valores, muchos, contexto)


def _crear(
    pedir: Callable[[str, Any], Any], cursor: Any, crear: "re.Match[str]", valores: Any
) -> Any:
    """Ask for the table, and fill it with its SELECT if it has one."""
    si_no_esta, nombre = crear[1], crear[2]
    if si_no_esta:
        pedir(
            "SELECT 1 WHERE has_table_privilege(to_regclass(%s), 'INSERT')", [f"pg_temp.{nombre}"]
        )
        if cursor.fetchone():
            return None
    if crear["consulta"] is None:
        forma = [nombre, *_de_la_forma(crear["forma"])]
        return pedir("SELECT recaudo_mesa(%s, %s, %s::regtype[], %s::int[])", forma)
    pedir(f"SELECT * FROM ({crear['consulta']}) q LIMIT 0", valores)  # noqa: S608 - of our own rooms
    descritas = cast("Sequence[Any]", cursor.description)
    columnas, tipos = [c.name for c in descritas], [c.type_code for c in descritas]
    pedir("SELECT recaudo_mesa(%s, %s, %s::oid[]::regtype[])", [nombre, columnas, tipos])
    return pedir(f"INSERT INTO pg_temp.{nombre} {crear['consulta']}", valores)


def _de_la_forma(forma: str) -> tuple[list[str], list[str], list[int | None]]:
    """Return the names, types and default numbers of `a bigint, b smallint DEFAULT 1`."""
    partes = [parte.split(maxsplit=1) for parte in forma.split(",")]
    valen = [_VALE.search(p[1]) for p in partes]
    return (
        [p[0] for p in partes],
        [_RESTO.sub("", p[1]).strip() for p in partes],
        [int(vale[1]) if vale else None for vale in valen],
    )


def _nombres(hallado: "re.Match[str]") -> list[str]:
    return [n.strip().removeprefix("pg_temp.") for n in hallado["nombres"].split(",")]


def _al_conectar(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    papel = papel_de_este_proceso()
    if papel is not None and papel not in CON_TABLAS_DE_PASO:
        sin_tablas_de_paso(connection)


def sin_tablas_de_paso(connection: BaseDatabaseWrapper) -> None:
    """Let a connection ask for its working tables from here on."""
    if poner_mesas not in connection.execute_wrappers:
        connection.execute_wrappers.append(poner_mesas)


def vigilar_conexiones() -> None:
    """Do it with each connection of a process whose role makes no passing tables."""
    connection_created.connect(_al_conectar, dispatch_uid="recaudo.mesas")


__all__ = ["poner_mesas", "sin_tablas_de_paso", "vigilar_conexiones"]
