"""Apply by hand money that the machine could not place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import POR_COBRAR_GLOSA, POR_COBRAR_PLANILLA
from recaudo.domain.obligaciones.batches.aplicar_pagos import aplicar_pagos
from recaudo.domain.obligaciones.queries import ObligacionNoExiste, ObligacionVista, bloquear
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.domain.recaudacion.facts import ValorAplicado
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    Comprobante,
    CreditoAFavor,
    Pago,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import (
    FONDOS_Y_TERCEROS,
    Cobro,
    patas_de_distribucion,
    patas_de_valor_aplicado,
)
from recaudo.domain.recaudacion.queries import (
    AbonoNoAdmitido,
    ComprobanteNoExiste,
    InteresALaFecha,
    ValorNoExiste,
    comprobantes_vivos_con,
    estado_contable,
    fecha_del_ingreso,
    fondos_por_recaudar,
    imputar_en,
    interes_a_la_fecha,
)
from recaudo.domain.recaudacion.states import MAQUINA_VALOR, EstadoComprobante, EstadoValor
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero, repartir
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros import cargar_parametros

ACTO = Acto("aplicar_valor", Permiso.VALOR_APLICAR, ValorAplicado)

NORMA = "R-REC-03"
LARGO_RAZON = 400
NACIONAL = "00"
_CUENTAS = {"PLANILLA": POR_COBRAR_PLANILLA, "GLOSA": POR_COBRAR_GLOSA}


class ValorYaResuelto(Rechazo):
    """Somebody decided about it before."""

    mensaje = "Ese valor ya está resuelto. Vuelva a la lista: no hace falta hacer nada más."
    norma = NORMA


class DecisionSinRazon(Rechazo):
    """Money is never placed without saying why."""

    mensaje = "Escriba la razón de la decisión, en 400 letras como máximo."
    norma = NORMA


class DestinoIncompleto(Rechazo):
    """A comprobante, or an employer and obligations: one of the two."""

    mensaje = "Indique un comprobante, o el empleador y al menos una de sus obligaciones."


class ObligacionComprometida(Rechazo):
    """A live comprobante holds the debt: somebody may be paying it at a bank right now."""

    norma = "Reglas de comprobantes (R-COM-03)"


@dataclass(frozen=True, slots=True)
class _Destino:
    empleador_id: int
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
    what is left over becomes a credit of the same employer. Raises ValorNoExiste,
    ValorYaResuelto, DecisionSinRazon, DestinoIncompleto, ComprobanteNoExiste,
    ObligacionNoExiste, ObligacionComprometida, AbonoNoAdmitido, TasaSinDatos, SinPermiso.
    """
    por.exigir(Permiso.VALOR_APLICAR)
    if not 0 < len(razon.strip()) <= LARGO_RAZON:
        raise DecisionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        destino = _destino(comprobante_numero, empleador_id, obligaciones)
        valor = ValorPorAplicar.objects.select_for_update(of=("self",)).filter(pk=valor_id).first()
        if valor is None:
            raise ValorNoExiste
        if ACTO.nombre not in MAQUINA_VALOR.actos_desde(valor.estado):
            raise ValorYaResuelto
        fecha_pago = fecha_del_ingreso(valor)
        intereses = interes_a_la_fecha(
            destino.deudas, corte=fecha_pago, tasas=tabla_de_tasas(), parametros=cargar_parametros()
        )
        return _aplicar(a, valor, destino, intereses, fecha_pago, razon.strip())


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
    if empleador_id is None or not pedidas:
        raise DestinoIncompleto
    deudas = [o for o in bloquear(pedidas) if o.esta_viva]
    if not deudas or any(o.empleador_id != empleador_id for o in deudas):
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
    return _Destino(empleador_id, deudas, comprobante)


def _aplicar(
    a: ActoAbierto,
    valor: ValorPorAplicar,
    destino: _Destino,
    intereses: Mapping[int, InteresALaFecha],
    fecha_pago: date,
    razon: str,
) -> Pago:
    pagado, excedente = imputar_en(valor.importe, destino.deudas, intereses, fecha_pago)
    pago = Pago.objects.create(
        ingreso_id=valor.ingreso_id,
        comprobante_id=destino.comprobante.pk if destino.comprobante else None,
        empleador_id=destino.empleador_id, importe=valor.importe, fecha_pago=fecha_pago,
        aplicado_por=a.por.id, aplicado_en=Now(), hecho_id=a.hecho_id,
    )  # fmt: skip
    aplicaciones = [
        _aplicacion(pago, o, pagado[o.id], intereses[o.id]) for o in destino.deudas if pagado[o.id]
    ]
    Aplicacion.objects.bulk_create(aplicaciones)
    if excedente:
        CreditoAFavor.objects.create(
            pago=pago, empleador_id=destino.empleador_id, importe=excedente, saldo=excedente
        )
    _asentar(a, pago, valor, destino.deudas, aplicaciones, excedente)
    _descontar(aplicaciones)
    vigente = destino.comprobante
    if vigente is not None and vigente.estado == EstadoComprobante.GENERADO:
        Comprobante.objects.filter(pk=vigente.pk).update(estado=EstadoComprobante.PAGADO)
    ValorPorAplicar.objects.filter(pk=valor.pk).update(
        estado=EstadoValor.APLICADO, resuelto_por=a.por.id, resuelto_en=Now(), razon=razon
    )
    a.declarar(
        ValorAplicado(
            valor.pk, pago.pk, destino.empleador_id, destino.deudas[0].provincia, valor.importe,
            tuple(x.obligacion_id for x in aplicaciones), razon,
        )
    )  # fmt: skip
    return pago


def _aplicacion(
    pago: Pago, o: ObligacionVista, rubros: Mapping[str, Dinero], interes: InteresALaFecha
) -> Aplicacion:
    personal = rubros.get("APORTE_PERSONAL", Dinero.CERO)
    patronal = rubros.get("APORTE_PATRONAL", Dinero.CERO)
    queda = fondos_por_recaudar(o.id)
    capital = personal + patronal
    pesos = {fondo: valor.centavos for fondo, valor in queda.items()}
    fondos = repartir(capital, pesos) if capital else dict.fromkeys(pesos, Dinero.CERO)
    return Aplicacion(
        pago=pago, obligacion_id=o.id, interes=rubros.get("INTERES", Dinero.CERO),
        interes_liquidado=interes.interes, interes_hasta=interes.corte,
        personal=personal, patronal=patronal, ccc=rubros.get("CCC", Dinero.CERO),
        **{fondo.lower(): valor for fondo, valor in fondos.items()},
    )  # fmt: skip


def _asentar(
    a: ActoAbierto,
    pago: Pago,
    valor: ValorPorAplicar,
    deudas: Sequence[ObligacionVista],
    aplicaciones: Sequence[Aplicacion],
    excedente: Dinero,
) -> None:
    cuentas = {o.id: _CUENTAS[estado_contable(o)] for o in deudas}
    cobros = [
        Cobro(x.obligacion_id, cuentas[x.obligacion_id], x.interes, x.personal + x.patronal + x.ccc)
        for x in aplicaciones
    ]
    asentar(
        acto=a, concepto="valor aplicado", origen=("pago", pago.pk), provincia=deudas[0].provincia,
        patas=patas_de_valor_aplicado(importe=valor.importe, cobros=cobros, excedente=excedente),
    )  # fmt: skip
    por_fondo = {
        fondo: sum((getattr(x, fondo.lower()) for x in aplicaciones), Dinero.CERO)
        for fondo in FONDOS_Y_TERCEROS
    }
    if patas := patas_de_distribucion(por_fondo):
        asentar(
            acto=a,
            concepto="distribución",
            origen=("pago", pago.pk),
            provincia=NACIONAL,
            patas=patas,
        )


def _descontar(aplicaciones: Sequence[Aplicacion]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS recaudo_valor_aplicado "
            "(obligacion_id bigint, personal bigint, patronal bigint, ccc bigint) ON COMMIT DROP"
        )
        cursor.execute("DELETE FROM recaudo_valor_aplicado")
        cursor.executemany(
            "INSERT INTO recaudo_valor_aplicado VALUES (%s, %s, %s, %s)",
            [
                (x.obligacion_id, x.personal.centavos, x.patronal.centavos, x.ccc.centavos)
                for x in aplicaciones
                if x.personal + x.patronal + x.ccc
            ],
        )
        aplicar_pagos(cursor, "recaudo_valor_aplicado")


__all__ = ["AbonoNoAdmitido", "aplicar_valor"]
