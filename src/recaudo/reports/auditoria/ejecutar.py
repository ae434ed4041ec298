"""Run the invariants over one read-only snapshot of the primary."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import DatabaseError, connection, transaction

from recaudo.infra.audit.models import Hecho
from recaudo.kernel.refusals import Rechazo
from recaudo.reports.auditoria.facts import AuditoriaEjecutada
from recaudo.reports.auditoria.invariantes import INVARIANTES, Invariante

_MUESTRA: Final = 20


@dataclass(frozen=True, slots=True)
class ResultadoInvariante:
    """What one invariant found: number of violations, the first rows, seconds.

    `fallo` says why it could not be asked; then it counts as one violation.
    """

    id: str
    titulo: str
    severidad: str
    violaciones: int
    muestra: tuple[dict[str, Any], ...]
    segundos: Decimal
    fallo: str = ""


@dataclass(frozen=True, slots=True)
class Auditoria:
    """One run: the facts it covers, (desde, hasta], and what each invariant found."""

    desde_hecho: int
    hasta_hecho: int
    resultados: tuple[ResultadoInvariante, ...]

    @property
    def violaciones(self) -> int:
        """How many rows break some invariant."""
        return sum(r.violaciones for r in self.resultados)


@dataclass(frozen=True, slots=True)
class UltimaAuditoria:
    """What the last run found: its date, and each invariant with whether it was broken then."""

    fecha: date
    frase: str
    invariantes: tuple[tuple[Invariante, bool], ...]


def ultima_auditoria() -> UltimaAuditoria | None:
    """Return what the last run stated, or None before the first."""
    fila = Hecho.objects.filter(tipo=AuditoriaEjecutada.tipo).order_by("-id").first()
    if fila is None:
        return None
    rotos = set(fila.despues.get("rotos", ()))
    return UltimaAuditoria(fila.fecha, fila.frase, tuple((i, i.id in rotos) for i in INVARIANTES))


def auditar(
    *,
    desde_hecho: int = 0,
    ids: Sequence[str] = (),
    al_terminar: Callable[[str], None] = lambda _: None,
) -> Auditoria:
    """Run every invariant (or those in `ids`) over one snapshot and return what each found.

    `desde_hecho` restricts those that can be restricted to what was written after that fact; 0 is
    the full audit. A check that cannot run is a failure with its name, never skipped.
    """
    with _instantanea() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM audit_hecho")
        hasta = int(cursor.fetchone()[0])
        resultados = []
        for invariante in INVARIANTES:
            if not ids or invariante.id in ids:
                resultados.append(_preguntar(cursor, invariante, desde_hecho))
                al_terminar(invariante.id)
    return Auditoria(desde_hecho, hasta, tuple(resultados))


@contextmanager
def _instantanea() -> Iterator[Any]:
    """Open one read-only snapshot; inside a transaction already begun (a test), that one serves."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _preguntar(cursor: Any, invariante: Invariante, desde: int) -> ResultadoInvariante:
    inicio = time.perf_counter_ns()
    filas: list[dict[str, Any]] = []
    fallo = ""
    try:
        with transaction.atomic():
            filas = _filas(cursor, invariante, desde)
    except (DatabaseError, Rechazo, LookupError, ValueError, TypeError) as error:
        fallo = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        filas = [{"no_se_pudo_comprobar": fallo}]
    milisegundos = (time.perf_counter_ns() - inicio) // 1_000_000
    muestra = tuple({k: _texto(v) for k, v in fila.items()} for fila in filas[:_MUESTRA])
    return ResultadoInvariante(
        invariante.id, invariante.titulo, invariante.severidad, len(filas), muestra,
        Decimal(milisegundos) / 1000, fallo,
    )  # fmt: skip


def _filas(cursor: Any, invariante: Invariante, desde: int) -> list[dict[str, Any]]:
    if not isinstance(invariante.consulta, str):
        return [dict(fila) for fila in invariante.consulta(cursor, desde)]
    cursor.execute(invariante.consulta, {"desde": desde})
    columnas = [c.name for c in cursor.description]
    return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]


def _texto(valor: Any) -> Any:
    if isinstance(valor, date):
        return valor.isoformat()
    return valor if isinstance(valor, (str, int, bool, list, type(None))) else str(valor)
