"""Load a register of employers and workers at once, from SELECTs: an installation or a rehearsal.

The register is empty before; nothing of it is reported, no act is opened and no fact is stated. Who
calls gives, per table, the SELECT of its columns over tables of its own, and its values.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

#: Columns that each SELECT yields, in order. `clave_orden` is `kernel.text.clave_de_orden`.
COLUMNAS: Final[Mapping[str, tuple[str, ...]]] = {
    "afiliacion_empleador": (
        "id", "ruc", "razon_social", "clave_orden", "tipo_empleador", "canton",
    ),
    "afiliacion_sucursal": ("id", "empleador_id", "codigo", "nombre", "canton", "provincia"),
    "afiliacion_persona": ("id", "identificacion", "nombre"),
    "afiliacion_relacionlaboral": (
        "id", "empleador_id", "sucursal_id", "persona_id", "vigencia", "sueldo", "sueldo_desde",
    ),
    "afiliacion_novedad": (
        "tipo", "empleador_id", "sucursal_id", "persona_id", "relacion_id", "periodo",
        "fecha_hecho", "valor", "dias",
    ),
}  # fmt: skip
#: What the other columns have in a register loaded this way.
_FIJAS: Final[Mapping[str, Mapping[str, str]]] = {
    "afiliacion_empleador": {
        "correo": "''", "telefono": "''", "direccion": "''", "representante": "''",
        "es_ficticio": "true", "registrado_en": "now()",
    },
    "afiliacion_relacionlaboral": {
        "relacion_trabajo": "'06'", "actividad_sectorial": "''", "cargo": "''",
        "origen_pago": "'P'", "causa_salida": "''",
    },
    "afiliacion_novedad": {
        "fecha_registro": "fecha_hecho", "fecha_limite": "fecha_hecho", "es_tardia": "false",
        "origen": "'BATCH'", "causa": "''", "estado": "'registrada'", "hecho_id": "1",
    },
}  # fmt: skip
_CON_CLAVE: Final = frozenset(COLUMNAS) - {"afiliacion_novedad"}


def cargar_padron(
    cursor: CursorWrapper, selecciones: Mapping[str, str], valores: Mapping[str, Any]
) -> None:
    """Fill the tables of an empty register from one SELECT each (`COLUMNAS`), low to high.

    Overlaps and foreign keys are true by construction of the SELECTs: those constraints are taken
    away for good, which makes millions of rows a matter of seconds. Keys go on after the last one.
    """
    _quitar_llaves(cursor)
    for tabla in (t for t in COLUMNAS if t in selecciones):
        columnas, fijas = COLUMNAS[tabla], _FIJAS.get(tabla, {})
        cursor.execute(
            f"INSERT INTO {tabla} ({', '.join((*columnas, *fijas))}) "  # noqa: S608 - own names
            f"SELECT {', '.join((*columnas, *fijas.values()))} "
            f"FROM ({selecciones[tabla]}) AS s ({', '.join(columnas)})",
            valores,
        )
        if tabla in _CON_CLAVE:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabla}', 'id'), max(id)) FROM {tabla}"  # noqa: S608 - own names
            )


def _quitar_llaves(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) "
        "FROM pg_constraint WHERE contype IN ('f', 'x') "
        "AND starts_with(conrelid::regclass::text, 'afiliacion_')"
    )
    for (orden,) in cursor.fetchall():
        cursor.execute(orden)
