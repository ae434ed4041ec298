"""Seals over what never changes: stretches of the fixed columns of any table, in one chain.

A table is declared once with the columns that may change (`declarar_selladas`); all the others are
fixed from the moment a row is kept. A seal has the digest of a stretch of keys, the columns it
covers, and the link to the seal before it, of whatever table. Stretches of a table follow one
another without gaps, so a row added in the past is noticed too. All of it is set-based: one
statement for each table that has something new, one for each table that is verified.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.infra.audit.models import SelloDeFilas
from recaudo.infra.firmas import libreta

#: Keys of one stretch: small enough to point at a fault.
TRAMO: Final = 1_000
#: How long a seal waits for those who were writing before it; what they write is sealed next time.
_ESPERA_SEGUNDOS: Final = 5
_PAUSA_SEGUNDOS: Final = 0.05
_COLUMNAS: Final = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname COLLATE "C")
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s) GROUP BY c.relname
"""
#: Who has begun to write in this database, and has not ended.
_ESCRIBEN: Final = """
SELECT l.transactionid::text FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
   AND a.datname = current_database() AND l.pid <> pg_backend_pid()
"""
#: Texts of a row never hang on the settings of who reads it.
_TEXTO: Final = """
SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
       set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true),
       set_config('extra_float_digits', '1', true)
"""
_RESUMEN: Final = (
    "count(*), encode(sha256(convert_to(string_agg(fila, E'\\n' "
    "ORDER BY k, fila COLLATE \"C\"), 'UTF8')), 'hex')"
)
#: Entry of the signed notebook that has the last link.
SELLOS: Final = "sellos"
_NADA: Final = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Sellada:
    """A table whose fixed columns are sealed.

    `mudables` may change; `clave` is the whole number that puts its rows in stretches. `como` names
    another table whose last key is also the last of this one, when no index of its own tells it.
    """

    tabla: str
    mudables: frozenset[str] = frozenset()
    clave: str = "id"
    como: str = ""


@dataclass(frozen=True, slots=True)
class TramoRoto:
    """A stretch whose rows, or whose link, are not those that were sealed."""

    sello_id: int
    tabla: str
    desde: int
    hasta: int
    motivo: str


_SELLADAS: dict[str, Sellada] = {}


def declarar_selladas(selladas: Iterable[Sellada]) -> None:
    """Say which tables are sealed. Only `project.wiring` does."""
    _SELLADAS.clear()
    _SELLADAS.update((s.tabla, s) for s in selladas)


def selladas() -> tuple[Sellada, ...]:
    """Return the tables that are sealed."""
    return tuple(_SELLADAS.values())


def sellar_lo_nuevo(cursor: CursorWrapper, *, hecho_id: int) -> tuple[int, int, str]:
    """Seal what each table has since its last seal; return how many seals, rows, and the last link.

    It waits a few seconds, holding nothing, for those who were writing; if they go on, nothing is
    sealed this time. Must run inside a transaction, under the lock of who seals.
    """
    ultimo = SelloDeFilas.objects.order_by("-id").first()
    anterior = ultimo.huella if ultimo else ""
    hasta = _horizontes(cursor)
    if not _terminaron(cursor):
        return 0, 0, anterior
    cursor.execute(_TEXTO)
    desde = _sellado_hasta(cursor)
    nuevas = [t for t in _SELLADAS if hasta[t] > desde.get(t, 0)]
    columnas = _columnas_fijas(cursor, nuevas)
    sellos: list[SelloDeFilas] = []
    for tabla in nuevas:
        tramos = _resumir(cursor, tabla, columnas[tabla], desde.get(tabla, 0), hasta[tabla])
        for uno, otro, filas, contenido in tramos:
            sello = SelloDeFilas(
                tabla=tabla, desde=uno, hasta=otro, columnas=columnas[tabla], filas=filas,
                contenido=contenido, anterior=anterior, sellado_en=Now(), hecho_id=hecho_id,
            )  # fmt: skip
            sello.huella = anterior = _eslabon(sello)
            sellos.append(sello)
    SelloDeFilas.objects.bulk_create(sellos)
    return len(sellos), sum(s.filas for s in sellos), anterior


def _horizontes(cursor: CursorWrapper) -> dict[str, int]:
    """Return the last key of each table, in one question."""
    propias = [s for s in _SELLADAS.values() if not s.como]
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT '{s.tabla}', coalesce(max({s.clave}), 0) FROM {s.tabla}"  # noqa: S608 - declared
            for s in propias
        )
    )
    ultimas = {tabla: int(clave) for tabla, clave in cursor.fetchall()}
    return ultimas | {s.tabla: ultimas[s.como] for s in _SELLADAS.values() if s.como}


def _terminaron(cursor: CursorWrapper) -> bool:
    """Wait for those who were writing when the last keys were read: theirs may be smaller."""
    cursor.execute(_ESCRIBEN)
    escribian = {fila[0] for fila in cursor.fetchall()}
    limite = time.monotonic() + _ESPERA_SEGUNDOS
    while escribian:
        cursor.execute(_ESCRIBEN)
        escribian &= {fila[0] for fila in cursor.fetchall()}
        if escribian and time.monotonic() > limite:
            return False
        if escribian:
            time.sleep(_PAUSA_SEGUNDOS)
    return True


def _sellado_hasta(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("SELECT tabla, max(hasta) FROM audit_sellodefilas GROUP BY tabla")
    return dict(cursor.fetchall())


def _columnas_fijas(cursor: CursorWrapper, tablas: Sequence[str]) -> dict[str, str]:
    cursor.execute(_COLUMNAS, [list(tablas)])
    return {
        tabla: ",".join(c for c in columnas if c not in _SELLADAS[tabla].mudables)
        for tabla, columnas in cursor.fetchall()
    }


def _filas_de(tabla: str, columnas: str) -> str:
    """Return the SELECT of a table's rows between two keys, as the number and the text of each."""
    clave = _SELLADAS[tabla].clave if tabla in _SELLADAS else "id"
    nombres = ", ".join(f'"{c}"' for c in columnas.split(","))
    return (
        f"SELECT ({clave})::bigint AS k, ROW({nombres})::text AS fila FROM {tabla} "  # noqa: S608 - names of the catalogue
        f"WHERE ({clave}) BETWEEN %s AND %s"
    )


def _resumir(
    cursor: CursorWrapper, tabla: str, columnas: str, desde: int, hasta: int
) -> Iterator[tuple[int, int, int, str]]:
    """Yield each stretch with rows after `desde`, up to `hasta`, without gaps between them."""
    cursor.execute(
        f"SELECT (k - 1) / {TRAMO} AS tramo, {_RESUMEN} FROM ({_filas_de(tabla, columnas)}) x "  # noqa: S608 - own text
        "GROUP BY tramo ORDER BY tramo",
        [desde + 1, hasta],
    )
    for tramo, filas, contenido in cursor.fetchall():
        fin = min((tramo + 1) * TRAMO, hasta)
        yield desde + 1, fin, filas, contenido
        desde = fin


def _eslabon(sello: SelloDeFilas) -> str:
    """Return the link: SHA-256 of the previous one and of all that the seal says."""
    dicho = (
        sello.anterior, sello.tabla, sello.desde, sello.hasta, sello.columnas, sello.filas,
        sello.contenido, sello.hecho_id,
    )  # fmt: skip
    return hashlib.sha256("|".join(map(str, dicho)).encode()).hexdigest()


def verificar_filas(cursor: CursorWrapper, *, desde_hecho: int = 0) -> list[TramoRoto]:
    """Compute again the seals put after a fact (0: all), and return those that do not agree."""
    cursor.execute(_TEXTO)
    rotos: list[TramoRoto] = []
    por_tabla: dict[tuple[str, str], list[SelloDeFilas]] = defaultdict(list)
    cadena, siguiente = "", defaultdict[str, int](lambda: 1)
    for sello in SelloDeFilas.objects.order_by("id"):
        if sello.anterior != cadena or sello.huella != _eslabon(sello):
            rotos.append(_roto(sello, "el eslabón no sigue al anterior"))
        elif sello.desde != siguiente[sello.tabla]:
            rotos.append(_roto(sello, "no sigue al tramo anterior de su tabla"))
        cadena, siguiente[sello.tabla] = sello.huella, sello.hasta + 1
        if sello.hecho_id > desde_hecho:
            por_tabla[sello.tabla, sello.columnas].append(sello)
    for (tabla, columnas), sellos in por_tabla.items():
        try:
            with transaction.atomic():
                rotos.extend(_comparar(cursor, tabla, columnas, sellos))
        except DatabaseError as error:  # a table or a column that is not there any more
            rotos.append(_roto(sellos[0], f"no se puede leer: {error}".splitlines()[0]))
    return rotos


def _comparar(
    cursor: CursorWrapper, tabla: str, columnas: str, sellos: Sequence[SelloDeFilas]
) -> Iterator[TramoRoto]:
    """Read the sealed stretches of a table once, and yield those whose rows are others."""
    cursor.execute(
        f"SELECT width_bucket(k, %s::bigint[]) AS tramo, {_RESUMEN} "  # noqa: S608 - own text
        f"FROM ({_filas_de(tabla, columnas)}) x GROUP BY tramo",
        [[s.desde for s in sellos], sellos[0].desde, sellos[-1].hasta],
    )
    vivos = {tramo: (filas, contenido) for tramo, filas, contenido in cursor.fetchall()}
    for numero, sello in enumerate(sellos, start=1):
        filas, contenido = vivos.get(numero, (0, _NADA))
        if filas != sello.filas:
            yield _roto(sello, f"tiene {filas} filas y se sellaron {sello.filas}")
        elif contenido != sello.contenido:
            yield _roto(sello, "sus filas no dicen lo que se selló")


def firmar_ultimo() -> None:
    """Sign the last link outside the database; nothing if there is none, or no notebook to believe.

    A notebook that is missing or lies is told by the audit (S12), not by the close of a day.
    """
    ultimo = SelloDeFilas.objects.order_by("-id").first()
    if ultimo is None:
        return
    try:
        libreta.leer()
    except (libreta.LibretaPerdida, libreta.LibretaFalsa):
        return
    libreta.anotar(SELLOS, {"sello": ultimo.pk, "huella": ultimo.huella})


def firmado_que_falta() -> str:
    """Say which link was signed outside and is not in the database; empty when it is, or none was.

    A seal that is not the one signed, or is not there: rows were put back or sealed again.
    """
    try:
        firmado = libreta.leer().get(SELLOS)
    except (libreta.LibretaPerdida, libreta.LibretaFalsa):
        return ""
    if (
        firmado is None
        or SelloDeFilas.objects.filter(pk=firmado["sello"], huella=firmado["huella"]).exists()
    ):
        return ""
    return f"el sello de filas {firmado['sello']}"


def _roto(sello: SelloDeFilas, motivo: str) -> TramoRoto:
    return TramoRoto(sello.pk, sello.tabla, sello.desde, sello.hasta, motivo)
