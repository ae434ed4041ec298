"""Run the invariants over one read-only snapshot of the primary."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from recaudo.reports.auditoria.invariantes import INVARIANTES, Invariante

_MUESTRA = 20


@dataclass(frozen=True, slots=True)
class ResultadoInvariante:
    """What one invariant found: number of violations, the first rows, seconds."""

    id: str
    titulo: str
    severidad: str
    violaciones: int
    muestra: tuple[dict[str, Any], ...]
    segundos: Decimal


def auditar(*, desde_hecho: int = 0, ids: Sequence[str] = ()) -> tuple[ResultadoInvariante, ...]:
    """Run every invariant (or those in `ids`) and return what each found.

    `desde_hecho` restricts the ones that can be restricted to what was written from that fact on
    (incremental run); 0 is the full audit. A check that cannot run raises: it is never skipped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.in_atomic_block or len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return tuple(
            _ejecutar(cursor, inv, desde_hecho) for inv in INVARIANTES if not ids or inv.id in ids
        )


def _ejecutar(cursor: Any, invariante: Invariante, desde: int) -> ResultadoInvariante:
    inicio = time.perf_counter_ns()
    if isinstance(invariante.consulta, str):
        cursor.execute(invariante.consulta, {"desde": desde})
        columnas = [c.name for c in cursor.description]
        filas = [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]
    else:
        filas = [dict(fila) for fila in invariante.consulta(cursor, desde)]
    milisegundos = (time.perf_counter_ns() - inicio) // 1_000_000
    muestra = tuple({k: _texto(v) for k, v in fila.items()} for fila in filas[:_MUESTRA])
    return ResultadoInvariante(
        invariante.id, invariante.titulo, invariante.severidad, len(filas), muestra,
        Decimal(milisegundos) / 1000,
    )


def _texto(valor: Any) -> Any:
    return valor.isoformat() if isinstance(valor, date) else (str(valor) if isinstance(valor, Decimal) else valor)
