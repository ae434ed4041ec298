"""Where money that waited goes: what a decision and the order of dates share. Not an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import VALORES_POR_APLICAR
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.queries import (
    DeudaALaFecha,
    ObligacionNoExiste,
    ObligacionVista,
    bloquear,
    deuda_exigible_a,
)
from recaudo.domain.recaudacion.actions.reimputar_pagos import reimputar_pagos
from recaudo.domain.recaudacion.batches.aplicar_a_elegidas import (
    DineroElegido,
    aplicar_a_elegidas,
    raiz_del_dinero,
)
from recaudo.domain.recaudacion.batches.pasos_de_reverso import bloquear_en_juego
from recaudo.domain.recaudacion.facts import ValorAplicado
from recaudo.domain.recaudacion.models import Comprobante, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import (
    ComprobanteNoExiste,
    ValorNoExiste,
    comprobante_citado,
    comprobantes_vivos_con,
    fecha_del_ingreso,
)
from recaudo.domain.recaudacion.states import MAQUINA_VALOR, EstadoValor
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.refusals import Rechazo

NORMA = "R-REC-03"


class ValorYaResuelto(Rechazo):
    """Somebody decided about it before."""

    mensaje = "Ese valor ya está resuelto. Vuelva a la lista: no hace falta hacer nada más."
    norma = NORMA


class DestinoIncompleto(Rechazo):
    """A comprobante, or obligations of one debtor: one of the two."""

    mensaje = "Indique un comprobante, o el empleador y al menos una de sus obligaciones."


class DeudoresDistintos(Rechazo):
    """The chosen debts are of several debtors: the money of a value is of one."""

    mensaje = (
        "Las obligaciones elegidas son de deudores distintos. Elija las de uno solo: el dinero de "
        "un valor es de un solo pagador."
    )


class NadaPorPagar(Rechazo):
    """The debts are paid: there is nothing to apply the money to."""

    mensaje = (
        "Esas obligaciones ya están pagadas. Busque al empleador por su RUC y elija otra "
        "obligación."
    )


class CitaDeOtro(Rechazo):
    """The line of the money cites a comprobante of another employer (R-REC-03)."""

    norma = NORMA


class ObligacionComprometida(Rechazo):
    """A live comprobante holds the debt: somebody may be paying it at a bank right now."""

    norma = "Reglas de comprobantes (R-COM-03)"


@dataclass(frozen=True, slots=True)
class Pedido:
    """What somebody wants to pay with the money: a comprobante, or chosen debts of an employer."""

    comprobante: str | None = None
    empleador_id: int | None = None
    obligaciones: Sequence[int] = ()
    #: Whoever decides saw that the line cites a comprobante of another employer, and goes on.
    cita_de_otro: bool = False


@dataclass(frozen=True, slots=True)
class _Destino:
    deudas: Sequence[ObligacionVista]
    comprobante: Comprobante | None


def colocar_valor(
    cursor: CursorWrapper, a: ActoAbierto, valor_id: int, pedido: Pedido, razon: str
) -> Pago:
    """Apply an open value, in the open act, from the day the channel received it (R-VEN-04).

    What was paid on those debts with a later date is imputed again behind it. Raises what
    `aplicar_valor` says.
    """
    leido = ValorPorAplicar.objects.filter(pk=valor_id).first()
    if leido is None:
        raise ValorNoExiste
    corte = fecha_del_ingreso(leido)
    comprobante, pedidas = _pedidas(pedido.comprobante, pedido.obligaciones)
    puesto = raiz_del_dinero(cursor, leido.ingreso_id)
    bloquear_en_juego(cursor, pedidas, corte, puesto)
    valor = ValorPorAplicar.objects.select_for_update(of=("self",)).get(pk=valor_id)
    if a.acto.nombre not in MAQUINA_VALOR.actos_desde(valor.estado):
        raise ValorYaResuelto

    def aplicar() -> Pago:
        destino = _destino(comprobante, pedido.empleador_id, pedidas)
        if not pedido.cita_de_otro:
            _exigir_su_cita(valor, destino.deudas[0])
        deudas = deuda_exigible_a(destino.deudas, corte=corte)
        return _escribir(cursor, a, valor, destino, [deudas[o.id] for o in destino.deudas], razon)

    return reimputar_pagos(
        causa=a, cursor=cursor, deudas=pedidas, desde=corte, ingreso=puesto, aplicar=aplicar
    )


def _pedidas(
    numero: str | None, obligaciones: Sequence[int]
) -> tuple[Comprobante | None, list[int]]:
    """Return the comprobante, if it is one, and the debts asked for."""
    if not numero:
        if not obligaciones:
            raise DestinoIncompleto
        return None, list(obligaciones)
    comprobante = Comprobante.objects.filter(numero=numero.strip()).first()
    if comprobante is None:
        raise ComprobanteNoExiste
    detalles = comprobante.detalles.order_by("orden").values_list("obligacion_id", flat=True)
    return comprobante, list(detalles)


def _exigir_su_cita(valor: ValorPorAplicar, deuda: ObligacionVista) -> None:
    citado = comprobante_citado(valor.ingreso_id)
    if citado is not None and citado.empleador_id != deuda.empleador_id:
        msg = (
            f"La línea del banco cita el comprobante {citado.numero}, de otro empleador. Confirme "
            "que lo vio y escriba con qué respaldo se sabe que el dinero es de este."
        )
        raise CitaDeOtro(msg)


def _destino(
    comprobante: Comprobante | None, empleador_id: int | None, pedidas: Sequence[int]
) -> _Destino:
    """Say which debts are owed, locked as they are now, and whose they are."""
    deudas = [o for o in bloquear(pedidas) if o.esta_viva]
    if len({o.deudor for o in deudas}) > 1:
        raise DeudoresDistintos
    if not deudas:
        raise NadaPorPagar
    if comprobante is not None:
        empleador_id = comprobante.empleador_id
        comprobante = Comprobante.objects.select_for_update(of=("self",)).get(pk=comprobante.pk)
    if empleador_id is not None and deudas[0].empleador_id != empleador_id:
        raise ObligacionNoExiste
    propio = comprobante.numero if comprobante else ""
    ajenos = {n for n in comprobantes_vivos_con(o.id for o in deudas).values() if n != propio}
    if ajenos:
        msg = (
            f"Una de las obligaciones está en el comprobante vigente {', '.join(sorted(ajenos))}. "
            "Aplique el valor a ese comprobante, o espere a que se anule o caduque."
        )
        raise ObligacionComprometida(msg)
    return _Destino(deudas, comprobante)


def _escribir(
    cursor: CursorWrapper,
    a: ActoAbierto,
    valor: ValorPorAplicar,
    destino: _Destino,
    deudas: Sequence[DeudaALaFecha],
    razon: str,
) -> Pago:
    aplicador = aplicar_a_elegidas(
        cursor,
        a,
        DineroElegido(
            ingreso_id=valor.ingreso_id,
            importe=valor.importe,
            cuenta_debe=cuentas_por_codigo()[VALORES_POR_APLICAR],
            deudas=deudas,
            comprobante_id=destino.comprobante.pk if destino.comprobante else None,
            concepto="valor aplicado",
        ),
    )
    ValorPorAplicar.objects.filter(pk=valor.pk).update(
        estado=EstadoValor.APLICADO,
        resuelto_por=a.por.id or 0,
        resuelto_en=Now(),
        razon=razon.strip(),
    )
    pago = Pago.objects.get(ingreso_id=valor.ingreso_id)
    pagadas = tuple(sorted(pago.aplicaciones.values_list("obligacion_id", flat=True)))
    nombres = {d.obligacion.id: d.obligacion.denominacion for d in deudas}
    a.declarar(
        ValorAplicado(
            valor.pk, pago.pk, pago.empleador_id, deudas[0].obligacion.provincia, valor.importe,
            pagadas, tuple(nombres[deuda] for deuda in pagadas), razon.strip(),
        )
    )  # fmt: skip
    aplicador.declarar()
    return pago
