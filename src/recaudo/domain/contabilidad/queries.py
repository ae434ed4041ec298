"""Reads of the ledger. Amounts leave as `Dinero`; raw SQL counts in cents."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import connection
from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.models import SelloLibro
from recaudo.kernel.money import Dinero

#: Digest of one stretch of entries of one lote: how many, their debit, the SHA-256 of the text of
#: each with its legs, in order. Reads by index only the stretch, whatever the size of the ledger.
_CONTENIDO = """
SELECT count(*), coalesce(sum(p.debe), 0)::bigint,
       encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', a.lote, a.id,
           to_char(a.fecha, 'YYYY-MM-DD'), a.concepto, a.origen_tipo, a.origen_id, a.provincia,
           a.hecho_id, coalesce(a.revierte_id, 0), p.patas), chr(10) ORDER BY a.id), ''),
           'UTF8')), 'hex')
  FROM contabilidad_asiento a,
       LATERAL (SELECT sum(p.debe) AS debe,
                       string_agg(concat_ws(',', p.linea, c.codigo, p.debe, p.haber,
                                            coalesce(p.obligacion_id, 0)), ';'
                                  ORDER BY p.linea) AS patas
                  FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
                 WHERE p.lote = %(lote)s AND p.asiento_id = a.id) p
 WHERE a.lote = %(lote)s AND a.id BETWEEN %(desde)s AND %(hasta)s
"""


@dataclass(frozen=True, slots=True)
class SaldoDeCuenta:
    """The balance of one account at a date, in USD."""

    codigo: str
    nombre: str
    fondo: str
    debe: Dinero
    haber: Dinero
    saldo: Dinero


@dataclass(frozen=True, slots=True)
class Movimiento:
    """One leg seen from its obligation."""

    lote: int
    asiento_id: int
    linea: int
    fecha: date
    concepto: str
    cuenta: str
    nombre: str
    debe: Dinero
    haber: Dinero
    obligacion_id: int | None
    hecho_id: int
    revierte_id: int | None


@dataclass(frozen=True, slots=True)
class SelloRoto:
    """A stretch whose live digest, or whose link, is not the sealed one."""

    sello_id: int
    lote: int
    desde_id: int
    hasta_id: int
    motivo: str


#: What each account moved on each date: the sums kept of every stretch, and the tail of ordinary
#: traffic posted after the last of them (a mass lot keeps its sums when it is born).
SUMAS = """
SELECT s.cuenta_id, s.fecha, s.debe, s.haber FROM contabilidad_sumadetramo s
UNION ALL
SELECT p.cuenta_id, a.fecha, p.debe, p.haber
  FROM contabilidad_asiento a JOIN contabilidad_partida p ON p.lote = a.lote AND p.asiento_id = a.id
 WHERE a.lote = 0
   AND a.id > coalesce((SELECT max(hasta_id) FROM contabilidad_tramosumado WHERE lote = 0), 0)
"""
_SALDOS = f"""
SELECT c.codigo, c.nombre, c.fondo, c.naturaleza, coalesce(m.debe, 0)::bigint,
       coalesce(m.haber, 0)::bigint
  FROM contabilidad_cuenta c
  LEFT JOIN (SELECT cuenta_id, sum(debe) AS debe, sum(haber) AS haber FROM ({SUMAS}) s
              WHERE %(hasta)s::date IS NULL OR fecha <= %(hasta)s
              GROUP BY cuenta_id) m ON m.cuenta_id = c.id
 ORDER BY c.codigo
"""  # noqa: S608 - own text
_CUANTOS = """
SELECT coalesce((SELECT sum(asientos) FROM contabilidad_tramosumado), 0)::bigint
       + (SELECT count(*) FROM contabilidad_asiento WHERE lote = 0 AND id > coalesce(
             (SELECT max(hasta_id) FROM contabilidad_tramosumado WHERE lote = 0), 0))
"""
_CONCEPTOS = """
SELECT jsonb_array_elements_text(conceptos) AS concepto FROM contabilidad_tramosumado
UNION
SELECT concepto FROM contabilidad_asiento WHERE lote = 0 AND id > coalesce(
       (SELECT max(hasta_id) FROM contabilidad_tramosumado WHERE lote = 0), 0)
 ORDER BY concepto
"""


def saldos_por_cuenta(*, hasta: date | None = None) -> list[SaldoDeCuenta]:
    """Return every account with its debit, credit and balance (by its nature) up to a date.

    Reads the sums kept by stretch and the tail not sealed yet: its cost does not grow with the
    entries (D27 proves the sums).
    """
    with connection.cursor() as cursor:
        cursor.execute(_SALDOS, {"hasta": hasta})
        return [
            SaldoDeCuenta(
                codigo,
                nombre,
                fondo,
                Dinero.de_centavos(debe),
                Dinero.de_centavos(haber),
                Dinero.de_centavos(debe - haber if naturaleza == "DEUDORA" else haber - debe),
            )
            for codigo, nombre, fondo, naturaleza, debe, haber in cursor.fetchall()
        ]


def libro_cuadra() -> bool:
    """Say whether debit equals credit on each accounting date, by the sums kept and the tail.

    The audit asks the same of every leg (D02), and that the sums are those of the legs (D27).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM ({SUMAS}) s GROUP BY fecha HAVING sum(debe) <> sum(haber) LIMIT 1"  # noqa: S608 - own text
        )
        return cursor.fetchone() is None


def conceptos_del_libro() -> list[str]:
    """Return the concepts that the ledger has used, in order: of its stretches and the tail."""
    with connection.cursor() as cursor:
        cursor.execute(_CONCEPTOS)
        return [fila[0] for fila in cursor.fetchall()]


def cuantos_asientos() -> int:
    """Return how many entries the ledger has, without counting them one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_CUANTOS)
        return int(cursor.fetchone()[0])


def movimientos_de(*, obligacion_id: int, lote: int) -> list[Movimiento]:
    """Return the legs that name an obligation, oldest first.

    `lote` is the obligation's own: its emission is posted there, everything after in lote 0.
    """
    return _movimientos("p.obligacion_id = %s AND p.lote IN (0, %s)", [obligacion_id, lote])


def asientos_de_origen(*, origen: tuple[str, int], lote: int = 0) -> list[Movimiento]:
    """Return every leg of the entries that an object caused, in lote 0 or the one given."""
    return _movimientos(
        "a.origen_tipo = %s AND a.origen_id = %s AND a.lote IN (0, %s)", [*origen, lote]
    )


def _movimientos(condicion: str, valores: list[int | str]) -> list[Movimiento]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.lote, p.asiento_id, p.linea, a.fecha, a.concepto, c.codigo, c.nombre, "  # noqa: S608
            "p.debe, p.haber, p.obligacion_id, a.hecho_id, a.revierte_id "
            "FROM contabilidad_partida p "
            "JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id "
            "JOIN contabilidad_cuenta c ON c.id = p.cuenta_id "
            f"WHERE {condicion} ORDER BY a.fecha, p.asiento_id, p.linea",
            valores,
        )
        return [
            Movimiento(
                lote=f[0],
                asiento_id=f[1],
                linea=f[2],
                fecha=f[3],
                concepto=f[4],
                cuenta=f[5],
                nombre=f[6],
                debe=Dinero.de_centavos(f[7]),
                haber=Dinero.de_centavos(f[8]),
                obligacion_id=f[9],
                hecho_id=f[10],
                revierte_id=f[11],
            )
            for f in cursor.fetchall()
        ]


def cuentas_por_codigo() -> dict[str, int]:
    """Return the id of each account of the chart, for the set-based rooms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT codigo, id FROM contabilidad_cuenta")
        return dict(cursor.fetchall())


def contenido_del_tramo(
    cursor: CursorWrapper, *, lote: int, desde: int, hasta: int
) -> tuple[int, Dinero, str]:
    """Return how many entries a stretch of ids has, their debit, and their digest (SHA-256)."""
    cursor.execute(_CONTENIDO, {"lote": lote, "desde": desde, "hasta": hasta})
    asientos, debe, contenido = cursor.fetchone()
    return asientos, Dinero.de_centavos(debe), contenido


def encadenar(anterior: str, contenido: str) -> str:
    """Return the link: SHA-256 of the previous link and the digest of the stretch."""
    return sha256(f"{anterior}:{contenido}".encode()).hexdigest()


def verificar_sellos(cursor: CursorWrapper) -> list[SelloRoto]:
    """Recompute every seal from the living ledger and return those that do not agree (D12)."""
    rotos = []
    cadena = ""
    for sello in SelloLibro.objects.order_by("id"):
        _, _, vivo = contenido_del_tramo(
            cursor, lote=sello.lote, desde=sello.desde_id, hasta=sello.hasta_id
        )
        motivo = ""
        if vivo != sello.contenido:
            motivo = "los asientos del tramo no son los que se sellaron"
        elif sello.anterior != cadena or sello.huella != encadenar(cadena, sello.contenido):
            motivo = "el eslabón no sigue al anterior"
        if motivo:
            rotos.append(SelloRoto(sello.pk, sello.lote, sello.desde_id, sello.hasta_id, motivo))
        cadena = sello.huella
    return rotos
