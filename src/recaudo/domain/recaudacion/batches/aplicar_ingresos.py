"""The one payment core: money that entered goes to what it pays, to a credit or to the queue.

Set-based: the import of a statement, the hand of an officer, a compensation and any other door
leave their money in the temporary table `i_ingreso` and call it inside their open act:

    numero int          order in which the money came
    ingreso_id bigint   key of the money: of its statement line, or of its row of `Ingreso`
    importe bigint      USD cents: what the payer is credited with
    comision bigint     of it, what the bank kept: an expense, it never reached the account
    cuenta_debe bigint  ledger account where the money is: of the bank account, of the queue…
    fecha_pago date     date of the transaction in the channel: interest runs until it (R-VEN-04)
    comprobante text    number of the comprobante it cites, the destino of its chosen debts, or ''
    motivo text         why it cannot be applied (ValorPorAplicar.Motivo), when known before, or ''

Money for debts that someone chose names a destino of its own ('#1') and the caller leaves those
debts, locked and liquidated to the date of the money, with `elegir`.

`decidir` leaves `i_resultado` (numero, ingreso_id, resultado, motivo…): for each APLICADA,
CREDITO_A_FAVOR or POR_IDENTIFICAR. `asentar_pagos` posts it, `guardar` writes payments, credits and
queue, and `declarar` states what was paid, with the ids of the debts for the rooms above.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.batches.asentar_seleccion import (
    asentar_seleccion,
    reservar_asientos,
)
from recaudo.domain.contabilidad.plan_contable import (
    COMISIONES_BANCARIAS,
    CREDITO_A_FAVOR,
    INTERES_DE_MORA,
    VALORES_POR_APLICAR,
)
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.aplicar_pagos import restar_pagos, restar_rubros
from recaudo.domain.obligaciones.catalogo import clases
from recaudo.domain.obligaciones.plan_contable import cuenta_por_cobrar
from recaudo.domain.obligaciones.queries import DeudaALaFecha
from recaudo.domain.obligaciones.states import VIVAS
from recaudo.domain.recaudacion.facts import DeudasPagadas
from recaudo.domain.recaudacion.plan_contable import FONDOS_Y_TERCEROS, patas_de_distribucion
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql, tabla_temporal
from recaudo.kernel.money import Dinero
from recaudo.norma.imputacion.pagos import admite_abono, tabla_de_orden
from recaudo.norma.parametros import cargar_parametros

RESPONSABLE = "Unidad de Recaudación"
NACIONAL = "00"
_ARCHIVO = Path(__file__).with_name("aplicar_ingresos.sql")
#: What was applied, until the transaction ends: (obligacion_id, …). The fact names it.
APLICADO = "i_aplicacion"
#: A fact writes the debts it paid when they are few; many are in the table it names.
_POCAS = 50
#: Payments of so many debts that they are not even looked at: the fact names their table.
_MUCHOS = 5_000


class AplicadorDeIngresos:
    """One application in course: the temporary tables of one transaction, step by step."""

    def __init__(
        self,
        cursor: CursorWrapper,
        a: ActoAbierto,
        *,
        cobrado: EstadoComprobante,
        cobrables: Sequence[EstadoComprobante] = (
            EstadoComprobante.GENERADO,
            EstadoComprobante.CADUCADO,
        ),
        concepto: str = "pago",
        abona: bool = True,
    ) -> None:
        """`cobrado`: the state that this money gives to the comprobante it pays (`cobrables`).

        With `abona` false what pays only a part of a comprobante is not added to what it has: it
        was there before.
        """
        cuentas = cuentas_por_codigo()
        self._cursor = cursor
        self._acto = a
        self._concepto = concepto
        self._abona = abona
        self._ultimo_turno = 0
        #: Ingresos that wait because a payment of a later date was applied before them.
        self.posteriores = 0
        self._pasos = PasosSql(
            cursor,
            _ARCHIVO,
            {
                "hecho": a.hecho_id,
                "actor": a.por.id,
                "hoy": a.fecha,
                "vivas": [str(e) for e in VIVAS],
                "responsable": RESPONSABLE,
                "nacional": NACIONAL,
                "cobrado": cobrado.value,
                "cobrables": [e.value for e in cobrables],
                "comisiones": cuentas[COMISIONES_BANCARIAS],
                "mora": cuentas[INTERES_DE_MORA],
                "credito": cuentas[CREDITO_A_FAVOR],
                "por_aplicar": cuentas[VALORES_POR_APLICAR],
                "hay_interes": True,
                "hay_comision": True,
                "hay_excedente": True,
            },
            otros=[_ARCHIVO.with_name("guardar_ingresos.sql")],
        )

    def decidir(self) -> None:
        """Lock what the money cites, debts first, and give each ingreso its outcome."""
        pasos = self._pasos
        pasos.analizar("i_ingreso")
        pasos("limpiar", "sin_elegidas", "citados", "elegidas_a_mano")
        pasos.analizar("i_citado")
        if pasos.fila("hay_restos")[0]:
            pasos("restos")
        pasos("en_orden", "detalles")
        self._tablas_de_la_norma()
        pasos.analizar("i_detalle")
        pasos("destinos", "como_siempre", "destinos_a_mano")
        pasos.analizar("i_destino")
        hay_caducados, hay_tocadas = pasos.fila("que_destinos")
        if hay_caducados:
            pasos("caducados")
        pasos("resultados")
        pasos.analizar("i_resultado")
        pasos("insuficientes")
        if hay_tocadas:
            pasos("posteriores")
            self.posteriores = self._cursor.rowcount
        if hay_caducados:
            pasos("disputadas")
        pasos("turnos")
        self._repartir()

    def _repartir(self) -> None:
        """Say what each payment pays of each debt, by rubro and fund."""
        pasos = self._pasos
        self._cursor.execute("SELECT count(*) FROM i_ingreso")
        pasos.valores["base_pago"] = pasos.reservar(
            "recaudacion_pago", int(self._cursor.fetchone()[0])
        )
        pasos("elegidas", "por_identificar")
        pasos.analizar("i_pago")
        pasos("abonos")
        pasos.analizar("i_abonado")
        pasos("aplicaciones", "crear_rubros")
        pasos.analizar("i_aplicacion")
        hay_rubros, hay_partes, pasos.valores["hay_interes"] = pasos.fila("que_aplicaciones")
        self._ultimo_turno, *hay = pasos.fila("que_pagos")
        pasos.valores["hay_comision"], pasos.valores["hay_excedente"] = hay
        for turno in range(1, max(self._ultimo_turno, 1) + 1):
            pasos.valores["turno"] = turno
            if hay_partes:
                pasos("distribucion_parcial")
            if hay_rubros:
                pasos("rubros")
        self.numerar_asientos()

    def recordar_elegidas(self, deudas: Sequence[int]) -> None:
        """Write in the payment the debts it is for, which it may not reach today."""
        self._cursor.execute("UPDATE i_pago SET elegidas = %s", [sorted(deudas)])

    def numerar_asientos(self) -> None:
        """Take as many entry numbers as there are entries, in a row: checked much faster."""
        pasos = self._pasos
        asientos = int(pasos.fila("cuantos_asientos")[0])
        base = reservar_asientos(self._cursor, max(asientos, 1)) - 1
        pasos.valores |= {"asientos": asientos, "base_asiento": base}

    def asentar_pagos(self, *, origen: tuple[str, int]) -> int:
        """Post the money; return how many cents the ledger shows as received because of it.

        `origen` is what the entry of the distribution among funds comes from.
        """
        pasos = self._pasos
        asentar_seleccion(
            self._cursor,
            hecho_id=self._acto.hecho_id,
            fecha=self._acto.fecha,
            asientos=pasos.texto(
                "asientos", nacional=f"'{NACIONAL}'", concepto=f"'{self._concepto}'"
            ),
            partidas=pasos.texto("partidas"),
        )
        fondos = dict(zip(FONDOS_Y_TERCEROS, pasos.fila("fondos"), strict=False))
        pasos("fondos_de_rubros")
        for fondo, centavos in self._cursor.fetchall():
            fondos[fondo] = fondos.get(fondo, 0) + centavos
        por_fondo = {fondo: Dinero.de_centavos(c) for fondo, c in fondos.items()}
        if patas := patas_de_distribucion(por_fondo):
            asentar(
                acto=self._acto, concepto="distribución", origen=origen, provincia=NACIONAL,
                patas=patas,
            )  # fmt: skip
        return int(pasos.fila("asentado")[0])

    def asentar_contrarios(self, *, origen: tuple[str, int]) -> None:
        """Post and write payments of the contrary sign that the caller left in the tables i_*."""
        self._tabla_de_cuentas()
        self.numerar_asientos()
        self.asentar_pagos(origen=origen)
        self._pasos("pagos", "guardar_aplicaciones", "guardar_rubros")

    def guardar(self) -> None:
        """Write payments, applications, credits and queue; take them off the debts."""
        pasos = self._pasos
        pasos("pagos", "guardar_aplicaciones", "guardar_rubros", "creditos", "valores")
        restar_pagos(
            self._cursor,
            pasos.texto(
                "pagos_de_obligaciones_por_turnos"
                if self._ultimo_turno > 1
                else "pagos_de_obligaciones"
            ),
        )
        restar_rubros(self._cursor, pasos.texto("rubros_de_obligaciones"))
        pasos("cobrar_comprobantes")
        if self._ultimo_turno and self._abona:
            pasos("abonar_comprobantes")

    def declarar(self) -> None:
        """State which debts were paid: what a glosa or a case learns of its payment from."""
        self._cursor.execute("SELECT count(*), coalesce(sum(importe), 0)::bigint FROM i_pago")
        pagos, importe = self._cursor.fetchone()
        if not pagos:
            return
        deudas: tuple[int, ...] = ()
        if pagos <= _MUCHOS:
            self._cursor.execute(
                f"SELECT DISTINCT obligacion_id FROM {APLICADO} ORDER BY 1 LIMIT %s",  # noqa: S608
                [_POCAS + 1],
            )
            deudas = tuple(fila[0] for fila in self._cursor.fetchall())
        self._acto.declarar(
            DeudasPagadas(
                self._acto.hecho_id, pagos, Dinero.de_centavos(importe),
                deudas if len(deudas) <= _POCAS else (), APLICADO,
            )
        )  # fmt: skip

    def _tablas_de_la_norma(self) -> None:
        """Accounting state, order of imputation, admission of partial payments; per date."""
        parametros = cargar_parametros()
        self._cursor.execute("SELECT DISTINCT fecha_pago FROM i_ingreso")
        fechas = [fila[0] for fila in self._cursor.fetchall()]
        ordenes = [
            (fecha, orden.estado, orden.rubro, orden.ordinal)
            for fecha in fechas
            for orden in tabla_de_orden(fecha, parametros)
        ]
        contables = [
            (
                fecha, clase, estado, contable,
                admite_abono(estado=contable, en=fecha, parametros=parametros),
            )
            for fecha in fechas
            for clase, estado, contable in _estados_contables()
        ]  # fmt: skip
        tabla_temporal(
            self._cursor, "i_orden (fecha date, estado text, rubro text, ordinal int)", ordenes
        )
        tabla_temporal(
            self._cursor,
            "i_contable (fecha date, clase text, estado text, contable text, admite boolean)",
            contables,
        )
        self._tabla_de_cuentas()

    def _tabla_de_cuentas(self) -> None:
        """Receivable account of each rubro, by class and state of the debt (C.D. 497 DG 7.ª)."""
        cuentas = cuentas_por_codigo()
        tabla_temporal(
            self._cursor,
            "i_cuenta (clase text, estado text, rubro text, cuenta_id bigint)",
            [
                (clase, estado, rubro, cuentas[cuenta_por_cobrar(rubro, contable)])
                for clase, estado, contable in _estados_contables()
                for rubro in clases()[clase].rubros
            ],
        )


def _estados_contables() -> list[tuple[str, str, str]]:
    """Every (class, state, accounting state) of the catalogue."""
    return [
        (clase.id, estado, contable)
        for clase in clases().values()
        for estado, contable in clase.estados.items()
    ]


def elegir(
    cursor: CursorWrapper,
    destino: str,
    deudas: Iterable[DeudaALaFecha],
    *,
    comprobante_id: int | None = None,
) -> None:
    """Leave chosen debts in `i_elegida`: locked by the caller, liquidated to the money's date.

    `destino` is what their money names in `i_ingreso.comprobante`; with `comprobante_id` the
    payment is of that comprobante, though its debts are liquidated again.
    """
    PasosSql(cursor, _ARCHIVO, {})("sin_elegidas")
    cursor.execute("DELETE FROM i_elegida WHERE destino = %s", [destino])
    filas = [
        (
            destino, comprobante_id, d.obligacion.id, orden, (d.interes or Dinero.CERO).centavos,
            d.obligacion.saldo_personal.centavos, d.obligacion.saldo_patronal.centavos,
            d.obligacion.saldo_ccc.centavos, d.obligacion.saldo_otros.centavos, d.corte,
        )
        for orden, d in enumerate(deudas, start=1)
    ]  # fmt: skip
    cursor.executemany(
        "INSERT INTO i_elegida VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", filas
    )


def un_ingreso(
    cursor: CursorWrapper,
    *,
    ingreso_id: int,
    importe: Dinero,
    cuenta_debe: int,
    fecha_pago: date,
    destino: str,
) -> None:
    """Leave one ingreso in `i_ingreso`: the core with a set of one."""
    cursor.execute("DROP TABLE IF EXISTS i_ingreso")
    cursor.execute(
        "CREATE TEMP TABLE i_ingreso ON COMMIT DROP AS SELECT 1 AS numero, "
        "%s::bigint AS ingreso_id, %s::bigint AS importe, 0::bigint AS comision, "
        "%s::bigint AS cuenta_debe, "
        "%s::date AS fecha_pago, %s::text AS comprobante, ''::text AS motivo",
        [ingreso_id, importe.centavos, cuenta_debe, fecha_pago, destino],
    )
