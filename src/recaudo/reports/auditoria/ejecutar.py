"""Run the invariants over one read-only snapshot of the primary, and state that it was done."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.db import DatabaseError, connection, transaction

from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.reports.auditoria.invariantes import INVARIANTES, Invariante

_MUESTRA: Final = 20
NORMA: Final = "C.D. 497 DG 7.ª y 8.ª"


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


@dataclass(frozen=True, slots=True)
class AuditoriaEjecutada:
    """The audit ran: how far it saw and what it found."""

    tipo: ClassVar[str] = "auditoria_ejecutada"
    objeto_tipo: ClassVar[str] = "libro"
    desde_hecho: int
    hasta_hecho: int
    invariantes: int
    violaciones: int
    rotos: tuple[str, ...]

    @property
    def objeto_id(self) -> int:
        """The last fact it saw."""
        return self.hasta_hecho

    def frase(self) -> str:
        """Say it to a person."""
        if not self.violaciones:
            return f"Se comprobaron {self.invariantes} invariantes: ninguno está roto."
        return (
            f"Se comprobaron {self.invariantes} invariantes: {self.violaciones} violaciones en "
            f"{', '.join(self.rotos)}."
        )


ACTO: Final = Acto("auditar_y_anotar", Permiso.AUDITORIA_EJECUTAR, AuditoriaEjecutada)


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


def auditar_y_anotar(
    *,
    incremental: bool,
    por: Actor,
    hoy: date,
    al_terminar: Callable[[str], None] = lambda _: None,
) -> Auditoria:
    """Run the audit and leave its result in the history, with how far it saw.

    `incremental` starts after the last fact seen by an audit that found nothing. Refuses
    SinPermiso (C.D. 497 DG 7.ª and 8.ª: every receivable with its entry).
    """
    por.exigir(Permiso.AUDITORIA_EJECUTAR)
    desde = ultimo_hecho_sano() if incremental else 0
    auditoria = auditar(desde_hecho=desde, al_terminar=al_terminar)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        a.declarar(
            AuditoriaEjecutada(
                auditoria.desde_hecho,
                auditoria.hasta_hecho,
                len(auditoria.resultados),
                auditoria.violaciones,
                tuple(r.id for r in auditoria.resultados if r.violaciones),
            )
        )
    return auditoria


def ultimo_hecho_sano() -> int:
    """Return the last fact covered by an audit that found nothing; 0 when there is none."""
    previa = (
        Hecho.objects.filter(tipo=AuditoriaEjecutada.tipo, despues__violaciones=0)
        .order_by("-id")
        .first()
    )
    return 0 if previa is None else int(previa.despues["hasta_hecho"])


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
