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


def saldos_por_cuenta(*, hasta: date | None = None) -> list[SaldoDeCuenta]:
    """Return every account with its debit, credit and balance (by its nature) up to a date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.codigo, c.nombre, c.fondo, c.naturaleza, coalesce(m.debe, 0)::bigint, "
            "coalesce(m.haber, 0)::bigint FROM contabilidad_cuenta c LEFT JOIN ("
            " SELECT p.cuenta_id, sum(p.debe) AS debe, sum(p.haber) AS haber"
            " FROM contabilidad_partida p"
            " LEFT JOIN contabilidad_asiento a"
            "   ON %(hasta)s::date IS NOT NULL AND a.lote = p.lote AND a.id = p.asiento_id"
            " WHERE %(hasta)s::date IS NULL OR a.fecha <= %(hasta)s"
            " GROUP BY p.cuenta_id) m ON m.cuenta_id = c.id ORDER BY c.codigo",
            {"hasta": hasta},
        )
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
    """Say whether debit equals credit in the whole ledger and on each accounting date (D02)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM contabilidad_partida p "
            "LEFT JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id "
            "GROUP BY a.fecha HAVING sum(p.debe) <> sum(p.haber) OR a.fecha IS NULL LIMIT 1"
        )
        return cursor.fetchone() is None


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
