"""Apply by hand money that the machine could not place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
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
from recaudo.domain.recaudacion.batches.aplicar_a_elegidas import DineroElegido, aplicar_a_elegidas
from recaudo.domain.recaudacion.facts import DeudasPagadas, ValorAplicado
from recaudo.domain.recaudacion.models import Comprobante, Pago, ValorPorAplicar
from recaudo.domain.recaudacion.queries import (
    ComprobanteNoExiste,
    ValorNoExiste,
    comprobantes_vivos_con,
    fecha_del_ingreso,
)
from recaudo.domain.recaudacion.states import MAQUINA_VALOR, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("aplicar_valor", Permiso.VALOR_APLICAR, ValorAplicado, DeudasPagadas)

NORMA = "R-REC-03"
LARGO_RAZON = 400


class ValorYaResuelto(Rechazo):
    """Somebody decided about it before."""

    mensaje = "Ese valor ya está resuelto. Vuelva a la lista: no hace falta hacer nada más."
    norma = NORMA


class DecisionSinRazon(Rechazo):
    """Money is never placed without saying why."""

    mensaje = "Escriba la razón de la decisión, en 400 letras como máximo."
    norma = NORMA


class DestinoIncompleto(Rechazo):
    """A comprobante, or obligations of one debtor: one of the two."""

    mensaje = "Indique un comprobante, o el empleador y al menos una de sus obligaciones."


class ObligacionComprometida(Rechazo):
    """A live comprobante holds the debt: somebody may be paying it at a bank right now."""

    norma = "Reglas de comprobantes (R-COM-03)"


@dataclass(frozen=True, slots=True)
class _Destino:
    deudas: Sequence[ObligacionVista]
    comprobante: Comprobante | None


def aplicar_valor(
    *,
    valor_id: int,
    por: Actor,
    hoy: date,
    razon: str,
    comprobante_numero: str | None = None,
    empleador_id: int | None = None,
    obligaciones: Sequence[int] = (),
) -> Pago:
    """This act will apply an open value to a comprobante's debts or to chosen ones (R-REC-03).

    Interest runs to the channel's transaction date (R-VEN-04); the order is that of the norm;
    what is left over becomes a credit of the same debtor. Raises ValorNoExiste, ValorYaResuelto,
    DecisionSinRazon, DestinoIncompleto, ComprobanteNoExiste, ObligacionNoExiste,
    ObligacionComprometida, AbonoNoAdmitido, TasaSinDatos, SinPermiso.
    """
    por.exigir(Permiso.VALOR_APLICAR)
    if not 0 < len(razon.strip()) <= LARGO_RAZON:
        raise DecisionSinRazon
    with (
        acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a,
        connection.cursor() as cursor,
    ):
        destino = _destino(comprobante_numero, empleador_id, obligaciones)
        valor = ValorPorAplicar.objects.select_for_update(of=("self",)).filter(pk=valor_id).first()
        if valor is None:
            raise ValorNoExiste
        if ACTO.nombre not in MAQUINA_VALOR.actos_desde(valor.estado):
            raise ValorYaResuelto
        corte = fecha_del_ingreso(valor)
        deudas = deuda_exigible_a(destino.deudas, corte=corte)
        return _aplicar(cursor, a, valor, destino, [deudas[o.id] for o in destino.deudas], razon)


def _destino(numero: str | None, empleador_id: int | None, obligaciones: Sequence[int]) -> _Destino:
    """Lock the debts, low room first, and say whose they are."""
    comprobante = None
    pedidas = list(obligaciones)
    if numero:
        comprobante = Comprobante.objects.filter(numero=numero.strip()).first()
        if comprobante is None:
            raise ComprobanteNoExiste
        empleador_id = comprobante.empleador_id
        pedidas = list(
            comprobante.detalles.order_by("orden").values_list("obligacion_id", flat=True)
        )
    if not pedidas:
        raise DestinoIncompleto
    deudas = [o for o in bloquear(pedidas) if o.esta_viva]
    if len({o.deudor for o in deudas}) != 1:
        raise ObligacionNoExiste
    if empleador_id is not None and deudas[0].empleador_id != empleador_id:
        raise ObligacionNoExiste
    if comprobante is not None:
        comprobante = Comprobante.objects.select_for_update(of=("self",)).get(pk=comprobante.pk)
    propio = comprobante.numero if comprobante else ""
    ajenos = {n for n in comprobantes_vivos_con(o.id for o in deudas).values() if n != propio}
    if ajenos:
        msg = (
            f"Una de las obligaciones está en el comprobante vigente {', '.join(sorted(ajenos))}. "
            "Aplique el valor a ese comprobante, o espere a que se anule o caduque."
        )
        raise ObligacionComprometida(msg)
    return _Destino(deudas, comprobante)


def _aplicar(
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
        estado=EstadoValor.APLICADO, resuelto_por=a.por.id, resuelto_en=Now(), razon=razon.strip()
    )
    pago = Pago.objects.get(ingreso_id=valor.ingreso_id)
    a.declarar(
        ValorAplicado(
            valor.pk, pago.pk, pago.empleador_id, deudas[0].obligacion.provincia, valor.importe,
            tuple(sorted(pago.aplicaciones.values_list("obligacion_id", flat=True))),
            razon.strip(),
        )
    )  # fmt: skip
    aplicador.declarar()
    return pago
