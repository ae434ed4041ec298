"""Whether a database was made by the migrations that this program has.

Before the first production load the migrations of the house are rewritten in place: a database
that ran others believes it is up to date, and its pages would fail one by one. So a start leaves in
the database, beside Django's own list, the fingerprint of each migration before it runs them, and
the next one compares those that ran.
"""

import hashlib
import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from recaudo.infra.postgres.places import default_root
from recaudo.kernel.refusals import Rechazo

Clave = tuple[str, str]
_CASA: Final = "recaudo."
_SQL: Final = re.compile(r"[\w/]+\.sql")
_LEER: Final = "SELECT obj_description('django_migrations'::regclass, 'pg_class')"
_COLUMNAS: Final = """
SELECT c.relname, a.attname FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relnamespace = current_schema()::regnamespace
"""


class BaseDeOtraVersion(Rechazo):
    """The database was made by other migrations than those of this program."""

    def __init__(self, cambios: str) -> None:
        """Say what differs, and what to do with it."""
        super().__init__(
            f"La base de datos se creó con otra versión del programa ({cambios}) y con esta no se "
            f"puede usar: no se tocó nada. Si es la de la demostración, borre la carpeta "
            f"{default_root()} y vuelva a ejecutar el programa: se crea otra. Si sus datos "
            "importan, siga con la versión que la creó, o indique en DATABASE_URL una base vacía."
        )


def exigir_la_misma_version(cargador: MigrationLoader) -> None:
    """Refuse (BaseDeOtraVersion) a database that other migrations made; an empty one is fine."""
    try:
        cargador.check_consistent_history(connection)
    except InconsistentMigrationHistory as error:
        cambios = "su historia de migraciones es otra"
        raise BaseDeOtraVersion(cambios) from error
    corridas = {c for c in cargador.applied_migrations if c[0] in _de_la_casa()}
    if not corridas:
        return
    if ajenas := corridas - cargador.disk_migrations.keys():
        raise BaseDeOtraVersion(_nombres(ajenas))
    guardadas = huellas_guardadas()
    if guardadas is None:
        if falta := _lo_que_falta():
            raise BaseDeOtraVersion(falta)
        return
    ahora = huellas(cargador)
    if otras := {c for c in corridas if guardadas.get(".".join(c)) != ahora[c]}:
        raise BaseDeOtraVersion(_nombres(otras))


def anotar_version(cargador: MigrationLoader) -> None:
    """Leave in the database the fingerprint of each migration, also of those yet to run."""
    MigrationRecorder(connection).ensure_schema()
    dicho = json.dumps(huellas_por_nombre(cargador))
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_literal(%s)", [dicho])
        (literal,) = cursor.fetchone()
        cursor.execute(f"COMMENT ON TABLE django_migrations IS {literal}")


def huellas(cargador: MigrationLoader) -> dict[Clave, str]:
    """Return the fingerprint of each migration of the house: its text and that of its SQL."""
    return {
        clave: _huella(Path(inspect.getfile(type(migracion))))
        for clave, migracion in cargador.disk_migrations.items()
        if clave[0] in _de_la_casa()
    }


def _huella(archivo: Path) -> str:
    texto = archivo.read_text(encoding="utf-8")
    suma = hashlib.sha256(texto.encode())
    for nombre in sorted(set(_SQL.findall(texto))):
        escrito = archivo.parent / "sql" / Path(nombre).name
        if escrito.is_file():
            suma.update(escrito.read_bytes())
    return suma.hexdigest()[:16]


def huellas_por_nombre(cargador: MigrationLoader) -> dict[str, str]:
    """Return the fingerprints as they are kept."""
    return {".".join(c): h for c, h in sorted(huellas(cargador).items())}


def huellas_guardadas() -> Mapping[str, str] | None:
    """Return the fingerprints that the database has; None when it has none."""
    with connection.cursor() as cursor:
        cursor.execute(_LEER)
        (dicho,) = cursor.fetchone()
    return json.loads(dicho) if dicho else None


def _lo_que_falta() -> str:
    """Name the first table or column that the models have and the database does not."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNAS)
        hay = set(cursor.fetchall())
    tablas = {tabla for tabla, _ in hay}
    for modelo in apps.get_models():
        tabla = modelo._meta.db_table  # noqa: SLF001 - documented API
        if tabla not in tablas:
            return f"le falta la tabla {tabla}"
        for campo in modelo._meta.concrete_fields:  # noqa: SLF001 - documented API
            if campo.column and (tabla, campo.column) not in hay:
                return f"le falta la columna {campo.column} de {tabla}"
    return ""


def _de_la_casa() -> set[str]:
    return {una.label for una in apps.get_app_configs() if una.name.startswith(_CASA)}


def _nombres(claves: set[Clave]) -> str:
    return "cambió " + ", ".join(".".join(clave) for clave in sorted(claves))
