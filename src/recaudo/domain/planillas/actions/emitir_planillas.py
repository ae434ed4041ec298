"""Emit the planillas of a period: all of them in chunks, or those of one employer."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import OperationalError, connection, transaction

from recaudo.domain.afiliacion.actions.cerrar_novedades import cerrar_novedades
from recaudo.domain.planillas.batches.emitir_trozo import (
    CLASE,
    NORMA,
    Alcance,
    Trozo,
    TrozoEmitido,
)
from recaudo.domain.planillas.batches.ley_de_emision import (
    LeyDelPeriodo,
    guardar_tarifas,
    ley_del_periodo,
)
from recaudo.domain.planillas.facts import PlanillasEmitidas
from recaudo.domain.planillas.models import EmisionLote
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.orm import PeriodoField
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("emitir_planillas", Permiso.PLANILLAS_EMITIR, PlanillasEmitidas)
#: Employments of one chunk, about: what one worker keeps under 300 MB.
RELACIONES_POR_TROZO = 1_000_000
_SIN_DIVIDIR = 20_000
_ESPERA = "30s"

Avance = Callable[[int, int], None]


class PeriodoSinTerminar(Rechazo):
    """The month of work has not ended yet."""

    mensaje = "El período todavía no termina: emita sus planillas desde el mes siguiente."
    norma = "LSS art. 73"


class EmisionEnCurso(Rechazo):
    """Somebody else is emitting the same period."""

    mensaje = "Otra emisión del mismo período está en curso: espere a que termine."
    norma = "C.D. 497 DG 8.ª"


class EmpleadorSinSucursal(Rechazo):
    """There is no such employer or sucursal."""

    mensaje = "No existe ese empleador o esa sucursal: revise el RUC y los cuatro dígitos."


@dataclass(frozen=True, slots=True)
class PlanillaBloqueada:
    """An employer whose planilla cannot be computed, and why."""

    ruc: str
    tipo_empleador: str
    motivo: str


@dataclass(frozen=True, slots=True)
class ResultadoEmision:
    """What stands emitted of the period after the run, and what this run added.

    `emitido` in USD. `diferencias` are sampled lines that the scalar rule computes otherwise.
    """

    periodo: Periodo
    planillas: int
    lineas: int
    emitido: Dinero
    diferencias: int
    segundos: Decimal
    lotes: tuple[int, ...]
    nuevas: int
    muestra: int
    bloqueadas: tuple[PlanillaBloqueada, ...]


def emitir_planillas(
    *,
    periodo: Periodo,
    por: Actor,
    hoy: date,
    trabajadores: int = 2,
    ruc: str | None = None,
    sucursal: str | None = None,
    trozos: int | None = None,
    ensayo: bool = False,
    avance: Avance | None = None,
) -> ResultadoEmision:
    """This act will emit every planilla of `periodo` that is missing, with debt and entry.

    Without `ruc`, employers are split in chunks (`trozos`), each one transaction, worked by
    `trabajadores` at a time; those already emitted are skipped, so that running again after a fall
    ends with the same totals; it closes the month to events. With `ruc` (and `sucursal`, four
    digits) only that employer. A rehearsal (`ensayo`) does everything and undoes it. Dated `hoy`.
    Employers whose rates are not known come back in `bloqueadas`; the others go on. Refuses
    PeriodoSinTerminar, EmisionEnCurso, EmpleadorSinSucursal, SinPermiso. (LSS art. 73; C.D. 497
    DG 7.ª and 8.ª)
    """
    por.exigir(Permiso.PLANILLAS_EMITIR)
    if hoy <= periodo.ultimo_dia:
        raise PeriodoSinTerminar
    inicio = time.monotonic_ns()
    ley = ley_del_periodo(periodo)
    solo = None if ruc is None else _alcance_de(ruc, sucursal)
    with transaction.atomic():
        tarifas = guardar_tarifas(ley, _tipos(solo))
    corrida = _Corrida(ley, tarifas, por, hoy, ensayo)
    with _candado(periodo, compartido=solo is not None):
        if solo is not None:
            hechos = [corrida.emitir(solo)]
        else:
            if not ensayo:
                cerrar_novedades(periodo=periodo, por=por, hoy=hoy)
            hechos = corrida.emitir_todo(trabajadores=trabajadores, trozos=trozos, avance=avance)
        planillas, lineas, emitido = _totales(ley, solo, hechos if ensayo else ())
    return ResultadoEmision(
        periodo=periodo,
        planillas=planillas,
        lineas=lineas,
        emitido=Dinero.de_centavos(emitido),
        diferencias=sum(h.diferencias for h in hechos),
        segundos=Decimal((time.monotonic_ns() - inicio) // 1_000_000) / 1_000,
        lotes=tuple(h.lote for h in hechos),
        nuevas=sum(h.planillas for h in hechos),
        muestra=sum(h.muestra for h in hechos),
        bloqueadas=_bloqueadas(ley, solo),
    )


class _Ensayo(Exception):
    """Undo the chunk on purpose: it was only a rehearsal."""

    def __init__(self, trozo: TrozoEmitido) -> None:
        super().__init__()
        self.trozo = trozo


@dataclass(frozen=True, slots=True)
class _Corrida:
    """One run: what every chunk shares."""

    ley: LeyDelPeriodo
    tarifas: dict[str, int]
    por: Actor
    hoy: date
    ensayo: bool

    def emitir(self, alcance: Alcance) -> TrozoEmitido:
        """Emit one chunk in this thread's connection: one transaction, one fact.

        A rehearsal does everything and undoes it. Refuses DiferenciasEnLaMuestra.
        """
        try:
            with acto(ACTO, por=self.por, fecha=self.hoy, norma=NORMA) as abierto:
                emitido = Trozo(self.ley, self.tarifas, alcance, abierto).emitir()
                if self.ensayo:
                    raise _Ensayo(emitido)
        except _Ensayo as deshecho:
            return deshecho.trozo
        return emitido

    def emitir_aparte(self, alcance: Alcance) -> TrozoEmitido:
        """Emit one chunk in a connection of its own, closed at the end."""
        try:
            return self.emitir(alcance)
        finally:
            connection.close()

    def emitir_todo(
        self, *, trabajadores: int, trozos: int | None, avance: Avance | None
    ) -> list[TrozoEmitido]:
        """Emit the chunks that are missing; when none is, what came late, as ordinary traffic."""
        pendientes = _trozos_pendientes(self.ley.periodo, trabajadores, trozos)
        if not pendientes:
            return [self.emitir(Alcance(masivo=False))]
        if trabajadores == 1 or len(pendientes) == 1:
            hechos = []
            for numero, alcance in enumerate(pendientes, start=1):
                hechos.append(self.emitir(alcance))
                _avisar(avance, numero, len(pendientes))
            return hechos
        with ThreadPoolExecutor(max_workers=trabajadores) as grupo:
            futuros = [grupo.submit(self.emitir_aparte, alcance) for alcance in pendientes]
            for numero, _ in enumerate(as_completed(futuros), start=1):
                _avisar(avance, numero, len(pendientes))
        return [futuro.result() for futuro in futuros]


def _avisar(avance: Avance | None, hechos: int, total: int) -> None:
    if avance is not None:
        avance(hechos, total)


def _trozos_pendientes(periodo: Periodo, trabajadores: int, trozos: int | None) -> list[Alcance]:
    """Return the chunks not done yet. A run that continues another keeps its division."""
    hechos = list(
        EmisionLote.objects.filter(periodo=periodo, clase=CLASE).values_list("trozo", "trozos")
    )
    total = hechos[0][1] if hechos else trozos or _division(trabajadores)
    listos = {trozo for trozo, _ in hechos}
    return [Alcance(trozo=n, trozos=total) for n in range(total) if n not in listos]


def _division(trabajadores: int) -> int:
    """Return in how many chunks to split, by the size of the registry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM afiliacion_relacionlaboral")
        relaciones = cursor.fetchone()[0]
    if relaciones < _SIN_DIVIDIR:
        return 1
    rondas = -(-relaciones // (trabajadores * RELACIONES_POR_TROZO))
    return int(trabajadores * rondas)


def _alcance_de(ruc: str, sucursal: str | None) -> Alcance:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.empleador_id, s.id FROM afiliacion_sucursal s "
            "JOIN afiliacion_empleador e ON e.id = s.empleador_id "
            "WHERE e.ruc = %s AND (%s::text IS NULL OR s.codigo = %s) ORDER BY s.codigo LIMIT 1",
            [ruc, sucursal, sucursal],
        )
        fila = cursor.fetchone()
    if fila is None:
        raise EmpleadorSinSucursal
    return Alcance(empleador_id=fila[0], sucursal_id=fila[1] if sucursal else None, masivo=False)


def _tipos(solo: Alcance | None) -> list[str]:
    """Return the kinds of employer to be billed: all there are, or one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tipo_empleador FROM afiliacion_empleador "
            "WHERE %(empleador)s::bigint IS NULL OR id = %(empleador)s",
            {"empleador": solo.empleador_id if solo else None},
        )
        return [fila[0] for fila in cursor.fetchall()]


@contextmanager
def _candado(periodo: Periodo, *, compartido: bool) -> Iterator[None]:
    """Hold the period: one mass emission at a time; single ones share it among them.

    EmisionEnCurso when somebody else holds it for longer than the wait.
    """
    forma = "_shared" if compartido else ""
    claves = [PeriodoField().get_prep_value(periodo)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [_ESPERA])
        try:
            cursor.execute(
                f"SELECT pg_advisory_lock{forma}(hashtext('recaudo.emision'), %s)", claves
            )
        except OperationalError as error:
            raise EmisionEnCurso from error
        finally:
            if connection.connection is not None and not connection.needs_rollback:
                cursor.execute("SELECT set_config('lock_timeout', '0', false)")
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute(
                    f"SELECT pg_advisory_unlock{forma}(hashtext('recaudo.emision'), %s)", claves
                )


def _totales(
    ley: LeyDelPeriodo, solo: Alcance | None, ensayados: list[TrozoEmitido] | tuple[()]
) -> tuple[int, int, int]:
    """Add up what stands emitted of the period, plus what was only rehearsed."""
    if solo is None:
        consulta = (
            "SELECT sum(planillas), sum(lineas), sum(emitido) FROM ("
            " SELECT planillas, lineas, emitido FROM planillas_emisionlote"
            "  WHERE periodo = %(periodo)s AND clase = %(clase)s"
            " UNION ALL SELECT 1, trabajadores, personal + patronal + ccc FROM planillas_planilla"
            "  WHERE periodo = %(periodo)s AND lote = 0) t"
        )
    else:
        consulta = (
            "SELECT count(*), sum(trabajadores), sum(personal + patronal + ccc)"
            " FROM planillas_planilla WHERE empleador_id = %(empleador)s AND periodo = %(periodo)s"
            " AND (%(sucursal)s::bigint IS NULL OR sucursal_id = %(sucursal)s)"
        )
    valores: dict[str, Any] = {
        "periodo": ley.valores["periodo"],
        "clase": CLASE,
        "empleador": solo.empleador_id if solo else None,
        "sucursal": solo.sucursal_id if solo else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(consulta, valores)
        planillas, lineas, emitido = (int(valor or 0) for valor in cursor.fetchone())
    return (
        planillas + sum(t.planillas for t in ensayados),
        lineas + sum(t.lineas for t in ensayados),
        emitido + sum(t.emitido.centavos for t in ensayados),
    )


def _bloqueadas(ley: LeyDelPeriodo, solo: Alcance | None) -> tuple[PlanillaBloqueada, ...]:
    """List the employers with workers in the period whose kind has no tariff."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.ruc, e.tipo_empleador FROM afiliacion_empleador e "
            "WHERE e.tipo_empleador <> ALL(%(con_tarifa)s) "
            "AND (%(empleador)s::bigint IS NULL OR e.id = %(empleador)s) "
            "AND EXISTS (SELECT 1 FROM afiliacion_relacionlaboral l WHERE l.empleador_id = e.id "
            "AND l.vigencia && daterange(%(primero)s, %(siguiente)s)) ORDER BY e.ruc",
            {
                **ley.valores,
                "con_tarifa": list(ley.tarifas),
                "empleador": solo.empleador_id if solo else None,
            },
        )
        return tuple(
            PlanillaBloqueada(ruc, tipo, ley.bloqueos.get(tipo, "Tipo de empleador desconocido."))
            for ruc, tipo in cursor.fetchall()
        )
