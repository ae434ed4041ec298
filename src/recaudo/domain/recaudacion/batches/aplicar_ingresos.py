"""The one payment core: money that entered goes to what it pays, to a credit or to the queue.

Set-based: the import of a statement, the hand of an officer and any other door leave their money in
the temporary table `i_ingreso` and call it inside their open act:

    numero int          order in which the money came
    ingreso_id bigint   key of the money (of its statement line)
    importe bigint      USD cents: what the payer is credited with
    comision bigint     of it, what the bank kept: an expense, it never reached the account
    cuenta_debe bigint  ledger account where the money is: of the bank account, of the queue…
    fecha_pago date     date of the transaction in the channel: interest runs until it (R-VEN-04)
    comprobante text    number of the comprobante it cites, or ''
    motivo text         why it cannot be applied (ValorPorAplicar.Motivo), when known before, or ''

`decidir` leaves `i_resultado` (numero, ingreso_id, resultado, motivo…): for each APLICADA,
CREDITO_A_FAVOR or POR_IDENTIFICAR. `asentar_pagos` posts it and `guardar` writes payments, credits
and queue.
"""

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
    POR_COBRAR_GLOSA,
    POR_COBRAR_PLANILLA,
    VALORES_POR_APLICAR,
)
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.aplicar_pagos import restar_pagos
from recaudo.domain.obligaciones.states import ESTADO_CONTABLE, VIVAS
from recaudo.domain.recaudacion.plan_contable import FONDOS_Y_TERCEROS, patas_de_distribucion
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql, tabla_temporal
from recaudo.kernel.money import Dinero
from recaudo.norma.imputacion.pagos import admite_abono, tabla_de_orden
from recaudo.norma.parametros import cargar_parametros

RESPONSABLE = "Unidad de Recaudación"
NACIONAL = "00"


class AplicadorDeIngresos:
    """One application in course: the temporary tables of one transaction, step by step."""

    def __init__(
        self, cursor: CursorWrapper, a: ActoAbierto, *, cobrado: EstadoComprobante
    ) -> None:
        """`cobrado`: the state that this money gives to the comprobante it pays."""
        cuentas = cuentas_por_codigo()
        self._cursor = cursor
        self._acto = a
        self._pasos = PasosSql(
            cursor,
            Path(__file__).with_name("aplicar_ingresos.sql"),
            {
                "hecho": a.hecho_id,
                "actor": a.por.id,
                "hoy": a.fecha,
                "vivas": [str(e) for e in VIVAS],
                "responsable": RESPONSABLE,
                "nacional": NACIONAL,
                "cobrado": cobrado.value,
                "comisiones": cuentas[COMISIONES_BANCARIAS],
                "mora": cuentas[INTERES_DE_MORA],
                "credito": cuentas[CREDITO_A_FAVOR],
                "por_aplicar": cuentas[VALORES_POR_APLICAR],
            },
        )

    def decidir(self) -> None:
        """Lock what the money cites, debts first, and give each ingreso its outcome."""
        pasos = self._pasos
        pasos.analizar("i_ingreso")
        pasos("limpiar", "citados")
        pasos.analizar("i_citado")
        pasos("detalles")
        self._tablas_de_la_norma()
        pasos.analizar("i_detalle")
        pasos("agrupar_en_orden", "comprobantes", "agrupar_como_siempre")
        pasos.analizar("i_comprobante")
        (hay_caducados,) = pasos.fila("hay_caducados")
        if hay_caducados:
            pasos("caducados")
        pasos("resultados")
        pasos.analizar("i_resultado")
        pasos("insuficientes")
        if hay_caducados:
            pasos("disputadas")
        self._repartir()

    def _repartir(self) -> None:
        """Say what each payment pays of each debt, by rubro and fund."""
        pasos = self._pasos
        pasos("segundas")
        self._cursor.execute("SELECT count(*) FROM i_ingreso")
        pasos.valores["base_pago"] = pasos.reservar(
            "recaudacion_pago", int(self._cursor.fetchone()[0])
        )
        pasos("elegidas", "por_identificar")
        pasos.analizar("i_pago")
        pasos("abonos")
        pasos.analizar("i_abonado")
        pasos("aplicaciones")
        pasos.analizar("i_aplicacion")
        pasos("distribucion_parcial")
        # As many entry numbers as there are entries, in a row: checked much faster.
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
            asientos=pasos.texto("asientos", nacional=f"'{NACIONAL}'"),
            partidas=pasos.texto("partidas"),
        )
        fondos = [Dinero.de_centavos(c) for c in pasos.fila("fondos")]
        if patas := patas_de_distribucion(dict(zip(FONDOS_Y_TERCEROS, fondos, strict=True))):
            asentar(
                acto=self._acto, concepto="distribución", origen=origen, provincia=NACIONAL,
                patas=patas,
            )  # fmt: skip
        return int(pasos.fila("asentado")[0])

    def guardar(self) -> None:
        """Write payments, applications, credits and queue; take them off the debts."""
        self._pasos("pagos", "guardar_aplicaciones", "creditos", "valores")
        restar_pagos(self._cursor, self._pasos.texto("pagos_de_obligaciones"))
        self._pasos("cobrar_comprobantes")

    def _tablas_de_la_norma(self) -> None:
        """Order of imputation and admission of partial payments, per date of the money."""
        parametros = cargar_parametros()
        self._cursor.execute("SELECT DISTINCT fecha_pago FROM i_ingreso")
        fechas = [fila[0] for fila in self._cursor.fetchall()]
        estados = [(str(e), contable.upper()) for e, contable in ESTADO_CONTABLE.items()]
        ordenes = [
            (fecha, estado, orden.rubro, orden.ordinal)
            for fecha in fechas
            for orden in tabla_de_orden(fecha, parametros)
            for estado, contable in estados
            if orden.estado == contable
        ]
        abonos = [
            (fecha, estado, admite_abono(estado=contable, en=fecha, parametros=parametros))
            for fecha in fechas
            for estado, contable in estados
        ]
        tabla_temporal(
            self._cursor, "i_orden (fecha date, estado text, rubro text, ordinal int)", ordenes
        )
        tabla_temporal(self._cursor, "i_abono (fecha date, estado text, admite boolean)", abonos)
        cuentas = cuentas_por_codigo()
        codigos = {"planilla": POR_COBRAR_PLANILLA, "glosa": POR_COBRAR_GLOSA}
        tabla_temporal(
            self._cursor,
            "i_cuenta (estado text, cuenta_id bigint)",
            [(str(e), cuentas[codigos[c]]) for e, c in ESTADO_CONTABLE.items()],
        )
