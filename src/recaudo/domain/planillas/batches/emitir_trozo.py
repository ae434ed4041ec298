"""The set-based steps of one chunk of an emission, inside its open act; whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.batches.asentar_seleccion import (
    asentar_seleccion,
    reservar_asientos,
)
from recaudo.domain.contabilidad.batches.particion_masiva import (
    abrir_particion,
    adjuntar_particion,
    indexar_particion,
    llenar_particion,
)
from recaudo.domain.contabilidad.plan_contable import POR_COBRAR_PLANILLA
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.crear_obligaciones import FONDOS, crear_obligaciones
from recaudo.domain.planillas.batches.comparar_muestra import comparar_muestra
from recaudo.domain.planillas.batches.ley_de_emision import (
    LeyDelPeriodo,
    cargar_tarifas,
    vencimientos_de,
)
from recaudo.domain.planillas.facts import PlanillasEmitidas
from recaudo.domain.planillas.models import EmisionLote
from recaudo.domain.planillas.plan_contable import CONCEPTO, HABERES, ORIGEN
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

CLASE = "APORTES"
NORMA = "C.D. 497 DG 8.ª; LSS art. 73"
_LINEAS = "planillas_planillalinea"
_SQL = Path(__file__).with_name("emitir_planillas.sql")
_TEMPORALES = ("tarifa", "novedad", "cambio", "sucursal", "cabecera", "linea")


class DiferenciasEnLaMuestra(Rechazo):
    """The rule, applied one by one, gives other cents than the set: nothing of the chunk stays."""

    mensaje = "La emisión no coincide con la norma: no se emitió nada de este lote."
    norma = NORMA


@dataclass(frozen=True, slots=True)
class Alcance:
    """Whose planillas: a chunk of all the employers (mass) or one employer or sucursal."""

    trozo: int = 0
    trozos: int = 1
    empleador_id: int | None = None
    sucursal_id: int | None = None
    masivo: bool = True

    def filtros(self) -> tuple[dict[str, str], dict[str, int]]:
        """Return the conditions of the statements and their values."""
        if self.empleador_id is None:
            return self._filtros_del_trozo()
        una = {
            "de_sucursal": "s.empleador_id = %(empleador)s",
            "de_relacion": "l.empleador_id = %(empleador)s",
            "de_novedad": "n.relacion_id IN (SELECT id FROM afiliacion_relacionlaboral "
            "WHERE empleador_id = %(empleador)s)",
            "de_cambio": "c.relacion_id IN (SELECT id FROM afiliacion_relacionlaboral "
            "WHERE empleador_id = %(empleador)s)",
        }
        valores = {"empleador": self.empleador_id}
        if self.sucursal_id is not None:
            una["de_sucursal"] += " AND s.id = %(sucursal)s"
            valores["sucursal"] = self.sucursal_id
        return una, valores

    def _filtros_del_trozo(self) -> tuple[dict[str, str], dict[str, int]]:
        if self.trozos == 1:
            return dict.fromkeys(
                ("de_sucursal", "de_relacion", "de_novedad", "de_cambio"), "true"
            ), {}
        suyo = "mod({}.empleador_id, %(trozos)s) = %(trozo)s"
        filtros = {
            "de_sucursal": suyo.format("s"),
            "de_relacion": "true",  # its sucursales already choose, and the planner knows how many
            "de_novedad": suyo.format("n"),
            "de_cambio": "true",
        }
        return filtros, {"trozo": self.trozo, "trozos": self.trozos}


@dataclass(frozen=True, slots=True)
class TrozoEmitido:
    """What one chunk emitted; `lote` is 0 in ordinary traffic."""

    lote: int
    planillas: int
    lineas: int
    emitido: Dinero
    muestra: int
    diferencias: int


class Trozo:
    """The work of one chunk, inside its open act (C.D. 497 DG 8.ª)."""

    def __init__(
        self, ley: LeyDelPeriodo, tarifas: dict[str, int], alcance: Alcance, abierto: ActoAbierto
    ) -> None:
        """Take the chunk. `tarifas` are the ids of the tariffs by kind of employer."""
        self.ley = ley
        self.tarifas = tarifas
        self.alcance = alcance
        self.abierto = abierto
        self.lote = self._abrir_lote() if alcance.masivo else 0
        self.lineas = f"{_LINEAS}_{self.lote}" if self.lote else "emision_linea"
        filtros, valores = alcance.filtros()
        vencimientos = vencimientos_de(ley, tarifas)
        self.valores = {
            **ley.valores, **vencimientos, **valores, "clase": CLASE, "lote": self.lote
        }  # fmt: skip
        self.nombres = {"lineas": self.lineas, **filtros}

    def emitir(self) -> TrozoEmitido:
        """Do everything in its order and state the fact. Refuses DiferenciasEnLaMuestra."""
        with connection.cursor() as cursor:
            self._preparar(cursor)
            pasos = PasosSql(cursor, _SQL, self.valores, self.nombres)
            for paso in ("novedad", "cambio", "sucursal"):
                pasos(paso)
                pasos.analizar(f"emision_{paso}")
            self._lineas(pasos)
            pasos("cabecera")
            pasos.analizar("emision_cabecera")
            planillas, lineas, emitido, en_cero = pasos.fila("totales")
            if en_cero:
                pasos("lineas_de_nadie")
            if self.lote:
                cursor.execute("SELECT recaudo_indexar_particion(%s, %s)", [_LINEAS, self.lote])
            if planillas:
                self._asentar(pasos, planillas)
            muestra, diferencias = comparar_muestra(cursor, self.ley, self.lineas, lineas)
            if self.lote:
                self._cerrar_lote(cursor, vacio=not planillas)
        hecho = TrozoEmitido(
            self.lote, planillas, lineas, Dinero.de_centavos(emitido), muestra, diferencias
        )
        self._declarar(hecho)
        return hecho

    def _abrir_lote(self) -> int:
        """Take the chunk: whoever else wants it waits here until this transaction ends."""
        lote = EmisionLote.objects.create(
            periodo=self.ley.periodo,
            clase=CLASE,
            trozo=self.alcance.trozo,
            trozos=self.alcance.trozos,
            emitido=Dinero.CERO,
            hecho_id=self.abierto.hecho_id,
            emitido_en=Now(),
        )
        return int(lote.pk)

    def _preparar(self, cursor: CursorWrapper) -> None:
        """Fit the session for one worker of a set-based task, and bring the law."""
        for ajuste in (
            "work_mem = '64MB'",
            "maintenance_work_mem = '96MB'",
            "max_parallel_workers_per_gather = 0",
            "max_parallel_maintenance_workers = 0",
            "jit = off",
            "client_connection_check_interval = '2s'",
        ):
            cursor.execute(f"SET LOCAL {ajuste}")
        tablas = ", ".join(f"emision_{nombre}" for nombre in _TEMPORALES)
        cursor.execute(f"DROP TABLE IF EXISTS {tablas}")
        cargar_tarifas(cursor, self.ley, self.tarifas)

    def _lineas(self, pasos: PasosSql) -> None:
        """Write the lines in a bare table: the future partition, or a temporary one."""
        cursor = pasos.cursor
        if self.lote:
            cursor.execute("SELECT recaudo_abrir_particion(%s, %s)", [_LINEAS, self.lote])
        else:
            cursor.execute(
                f"CREATE TEMP TABLE {self.lineas} (LIKE {_LINEAS} INCLUDING DEFAULTS "
                "INCLUDING CONSTRAINTS, CHECK (lote = 0)) ON COMMIT DROP"
            )
        pasos("lineas")

    def _asentar(self, pasos: PasosSql, planillas: int) -> None:
        """Write debts, headers and entries: all of them or none (C.D. 497 DG 8.ª)."""
        cursor = pasos.cursor
        fecha = self.abierto.fecha
        crear_obligaciones(
            cursor,
            "SELECT planilla_id, empleador_id, sucursal_id, provincia, "  # noqa: S608 - own tables
            f"'{CLASE}', {self.valores['periodo']}, version, {self.lote}, DATE '{fecha}', "
            "vence, personal, patronal, ccc, estado_verificacion, "
            f"{', '.join(FONDOS)} FROM emision_cabecera",
        )
        pasos("planilla")
        primero = reservar_asientos(cursor, planillas)
        asientos = (
            f"SELECT {primero} + orden, '{CONCEPTO}', '{ORIGEN}', planilla_id, provincia "  # noqa: S608
            "FROM emision_cabecera"
        )
        partidas = _seleccion_de_patas(primero)
        hecho = self.abierto.hecho_id
        if self.lote:
            abrir_particion(cursor, self.lote)
            llenar_particion(
                cursor, self.lote, hecho_id=hecho, fecha=fecha, asientos=asientos, partidas=partidas
            )
            indexar_particion(cursor, self.lote)
        else:
            pasos("lineas_corrientes")
            asentar_seleccion(
                cursor, hecho_id=hecho, fecha=fecha, asientos=asientos, partidas=partidas
            )

    def _cerrar_lote(self, cursor: CursorWrapper, *, vacio: bool) -> None:
        """Join the partitions to their parents. Last of all: here chunks wait for one another.

        A chunk with nothing to emit leaves no lot: it may have something tomorrow.
        """
        if vacio:
            cursor.execute("SELECT recaudo_dejar_particion(%s, %s)", [_LINEAS, self.lote])
            EmisionLote.objects.filter(pk=self.lote).delete()
            self.lote = 0
            return
        adjuntar_particion(cursor, self.lote)
        cursor.execute("SELECT recaudo_cerrar_lote_de_lineas(%s)", [self.lote])

    def _declarar(self, hecho: TrozoEmitido) -> None:
        if hecho.diferencias:
            msg = (
                f"{hecho.diferencias} de {hecho.muestra} líneas no coinciden con la norma: "
                "no se emitió nada de este lote."
            )
            raise DiferenciasEnLaMuestra(msg)
        if self.lote:
            EmisionLote.objects.filter(pk=self.lote).update(
                planillas=hecho.planillas,
                lineas=hecho.lineas,
                emitido=hecho.emitido,
                muestra=hecho.muestra,
            )
        self.abierto.declarar(
            PlanillasEmitidas(
                periodo=str(self.ley.periodo),
                lote=self.lote,
                planillas=hecho.planillas,
                lineas=hecho.lineas,
                emitido=str(hecho.emitido),
                muestra=hecho.muestra,
                diferencias=hecho.diferencias,
                empleador_id=self.alcance.empleador_id,
            )
        )


def _seleccion_de_patas(primero: int) -> str:
    """Return the SELECT of the legs of every header: `plan_contable.patas_de_emision` as a set."""
    cuentas = cuentas_por_codigo()
    total = " + ".join(f"c.{columna}" for columna, _ in HABERES)
    filas = [
        f"(1::smallint, {cuentas[POR_COBRAR_PLANILLA]}::bigint, {total}, 0::bigint, c.planilla_id)"
    ]
    filas += [
        f"({linea}, {cuentas[cuenta]}, 0, c.{columna}, NULL)"
        for linea, (columna, cuenta) in enumerate(HABERES, start=2)
    ]
    return (
        f"SELECT {primero} + c.orden, p.linea, p.cuenta_id, p.debe, p.haber, p.obligacion_id "  # noqa: S608
        f"FROM emision_cabecera c, LATERAL (VALUES {', '.join(filas)}) "
        "AS p (linea, cuenta_id, debe, haber, obligacion_id) WHERE p.debe <> 0 OR p.haber <> 0"
    )
