"""One statement of one account, from the stage to the books: identity, money, ledger, reversals."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.batches.asentar_seleccion import (
    asentar_seleccion,
    reservar_asientos,
)
from recaudo.domain.contabilidad.plan_contable import (
    DEBITOS_BANCARIOS,
    VALORES_POR_APLICAR,
    cuenta_de_banco,
)
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL, AplicadorDeIngresos
from recaudo.domain.recaudacion.batches.contradiccion import Contradiccion, contradiccion
from recaudo.domain.recaudacion.batches.reconocer_movimientos import reconocer_movimientos
from recaudo.domain.recaudacion.models import CuentaBancaria, Extracto, primer_dia_de
from recaudo.domain.recaudacion.plan_contable import patas_de_apertura, patas_de_comision
from recaudo.domain.recaudacion.states import EstadoComprobante, EstadoExtracto
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.formatos.camt import ExtractoLeido
from recaudo.kernel.money import Dinero

#: Outcome of a whole reading, in the order of the step `lineas`.
CLASES = (
    "aplicadas", "credito_a_favor", "por_identificar", "duplicadas", "cargos", "rechazadas",
    "detalladas",
)  # fmt: skip
_BOOKED = "camt053"


def pasos_de_extracto(cursor: CursorWrapper) -> PasosSql:
    """Return the steps that read a file of statements and post each of them."""
    aqui = Path(__file__)
    return PasosSql(
        cursor,
        aqui.with_name("importar_extracto.sql"),
        otros=[aqui.with_name("reconocer_movimientos.sql")],
    )


class AsientoDeExtracto:
    """A statement being posted: `decidir` and then `guardar`, in the transaction of its act."""

    def __init__(
        self, pasos: PasosSql, a: ActoAbierto, *, formato: str, cuenta: CuentaBancaria, ventana: int
    ) -> None:
        """`pasos`: of importar_extracto.sql, with the lines in `e_linea`; `ventana`: days apart."""
        cuentas = cuentas_por_codigo()
        self._pasos = pasos
        self._acto = a
        self._formato = formato
        self._cuenta = cuenta
        self._banco = cuenta_de_banco(cuenta.pk)
        self._primera: date | None = None
        self._ultima: date | None = None
        pasos.valores |= {
            "cuenta": cuenta.pk,
            "banco": cuentas[self._banco],
            "por_aplicar": cuentas[VALORES_POR_APLICAR],
            "debitos": cuentas[DEBITOS_BANCARIOS],
            "formato": formato,
            "ventana": ventana,
            "actor": a.por.id or 0,
        }
        deposito = formato == _BOOKED  # a notice proves the collection, not the deposit
        self._aplicador = AplicadorDeIngresos(
            pasos.cursor, a,
            cobrado=EstadoComprobante.DEPOSITADO if deposito else EstadoComprobante.PAGADO,
        )  # fmt: skip

    def decidir(self, leido: ExtractoLeido) -> None:
        """Say which lines are new money, and have the payment core decide about them."""
        pasos = self._pasos
        pasos.valores["base_linea"] = pasos.reservar("recaudacion_ingreso", leido.lineas)
        self._primera, self._ultima = reconocer_movimientos(
            pasos, leido, formato=self._formato, cuenta=self._cuenta
        )
        pasos("ingresos", "cargos")
        self._aplicador.decidir()

    def contradiccion(self, leido: ExtractoLeido) -> Contradiccion | None:
        """Say what the bank says against it, once it is decided; None when it may enter."""
        return contradiccion(self._pasos, leido, cuenta_id=self._cuenta.pk)

    def guardar(self, fila: Extracto, leido: ExtractoLeido) -> None:
        """Post the money, then the statement, its lines, payments and queue."""
        pasos = self._pasos
        pasos.valores["extracto"] = fila.pk
        asentado = self._aplicador.asentar_pagos(origen=("extracto", fila.pk))
        self._asentar_cargos()
        previa = Extracto.objects.filter(cuenta=self._cuenta, es_apertura=True).first()
        pasos.valores["inicio"] = previa.primer_dia if previa else None
        # The lines hang from the stretch of keys of their statement.
        Extracto.objects.filter(pk=fila.pk).update(base_linea=pasos.valores["base_linea"])
        *totales, dentro = pasos.fila("lineas")
        cifras = self._cifras(leido, totales, asentado)
        apertura, es_apertura = self._abrir(fila, previa, Dinero.de_centavos(dentro))
        Extracto.objects.filter(pk=fila.pk).update(
            cuenta=self._cuenta, canal=self._cuenta.canal, estado=EstadoExtracto.CONFIRMADO,
            retencion="", primera_fecha=self._primera, ultima_fecha=self._ultima,
            apertura=apertura, es_apertura=es_apertura,
            fecha_importacion=self._acto.fecha, importado_por=self._acto.por.nombre,
            hecho_id=self._acto.hecho_id, **cifras,
        )  # fmt: skip
        pasos("piezas_contadas", "valores_detallados")
        self._aplicador.guardar()
        if self._formato == _BOOKED:
            pasos("depositar_anteriores")
        else:
            pasos("depositar_detalles")
        fila.refresh_from_db()

    def declarar(self) -> None:
        """State what was paid, for the rooms above."""
        self._aplicador.declarar()

    @property
    def hay_posteriores(self) -> bool:
        """Say whether a line pays a debt with a payment of a later date."""
        return self._aplicador.posteriores > 0

    def hay_reversos(self) -> bool:
        """Leave in `e_reverso` the credits of the account that the bank took back, if any."""
        pasos = self._pasos
        if not pasos.fila("hay_reversos")[0]:
            return False
        pasos("reversos")
        if pasos.fila("hay_reversos_netos")[0]:
            pasos("reversos_netos")
        pasos.cursor.execute("SELECT EXISTS (SELECT 1 FROM e_reverso)")
        return bool(pasos.cursor.fetchone()[0])

    def guardar_reversos(self) -> None:
        """Remember which debit took back which credit."""
        self._pasos.valores |= {"hoy": self._acto.fecha, "hecho": self._acto.hecho_id}
        self._pasos("guardar_reversos", "comisiones_devueltas")
        for cargo, comision in self._pasos.cursor.fetchall():
            asentar(
                acto=self._acto, concepto="comisión devuelta", origen=("linea_extracto", cargo),
                provincia=NACIONAL,
                patas=patas_de_comision(
                    banco=DEBITOS_BANCARIOS, importe=Dinero.de_centavos(comision)
                ),
            )  # fmt: skip

    def _asentar_cargos(self) -> None:
        pasos = self._pasos
        pasos.cursor.execute("SELECT count(*) FROM e_cargo")
        cuantos = int(pasos.cursor.fetchone()[0])
        if cuantos:
            pasos.valores["base_cargo"] = reservar_asientos(pasos.cursor, cuantos) - 1
            asentar_seleccion(
                pasos.cursor, hecho_id=self._acto.hecho_id, fecha=self._acto.fecha,
                asientos=pasos.texto("asientos_de_cargos"),
                partidas=pasos.texto("partidas_de_cargos"),
            )  # fmt: skip

    def _cifras(
        self, leido: ExtractoLeido, totales: Sequence[int], asentado: int
    ) -> dict[str, Any]:
        """Return the figures of the outcome."""
        *conteos, entrado, visto, apartado, movido, bruto = totales
        d = Dinero.de_centavos
        sumado = entrado + visto + apartado
        return {
            **dict(zip(CLASES, conteos, strict=True)),
            "total": d(entrado), "total_duplicado": d(visto), "total_rechazado": d(apartado),
            "movido": d(movido), "asentado": d(asentado),
            "cuadra": leido.totales_cuadran and leido.saldos_cuadran
            and asentado == bruto and sumado == leido.total_creditos,
        }  # fmt: skip

    def _abrir(
        self, fila: Extracto, previa: Extracto | None, dentro: Dinero
    ) -> tuple[Dinero, bool]:
        """Post the opening balance of the account, or what this statement corrects of it.

        The first statement with balances opens the account, on its first day (`primer_dia`); what
        the books had from before is inside that balance, and so is what comes later from before.
        One of earlier days opens it anew: what the books had from its days is no longer inside.
        `previa`: the one that opened it; `dentro`: what is new here and older than that.
        """
        primer_dia = primer_dia_de(fila.desde, self._primera, fila.fecha_saldo)
        if fila.saldo_inicial is None or primer_dia is None:
            return self._corregir(fila, dentro), False
        valores = self._pasos.valores
        if previa is None:
            valores |= {"inicio": date.min, "fin": primer_dia}
            (antes,) = self._pasos.fila("conocido_entre")
            importe = fila.saldo_inicial - Dinero.de_centavos(antes)
        elif self._abre_antes(fila, primer_dia, previa):
            valores |= {"inicio": primer_dia, "fin": previa.primer_dia}
            (entre,) = self._pasos.fila("conocido_entre")
            importe = fila.saldo_inicial - (previa.saldo_inicial or Dinero.CERO)
            importe += Dinero.de_centavos(entre)
            Extracto.objects.filter(pk=previa.pk).update(es_apertura=False)
        else:
            return self._corregir(fila, dentro), False
        self._asentar_apertura(fila.pk, importe)
        return importe, True

    def _abre_antes(self, fila: Extracto, primer_dia: date, previa: Extracto) -> bool:
        """Say whether this statement comes before the one that opened the account.

        Of the same day, it does when it closes on that opening and does not follow from its close;
        unless both say their hours.
        """
        abierta = previa.primer_dia
        if abierta is None or primer_dia != abierta:
            return abierta is not None and primer_dia < abierta
        antes = (
            fila.hasta_instante is not None and previa.desde_instante is not None
            and fila.hasta_instante <= previa.desde_instante
        )  # fmt: skip
        return (
            fila.saldo_final == previa.saldo_inicial
            and (antes or fila.saldo_inicial != previa.saldo_final)
            and (self._ultima or primer_dia) <= abierta
        )  # fmt: skip

    def _corregir(self, fila: Extracto, dentro: Dinero) -> Dinero:
        """Take off the opening balance what is new here and older: it is inside it."""
        self._asentar_apertura(fila.pk, -dentro)
        return -dentro

    def _asentar_apertura(self, extracto_id: int, importe: Dinero) -> None:
        if not importe:
            return
        asentar(
            acto=self._acto, concepto="saldo de apertura", origen=("extracto", extracto_id),
            provincia=NACIONAL, patas=patas_de_apertura(banco=self._banco, importe=importe),
        )  # fmt: skip
