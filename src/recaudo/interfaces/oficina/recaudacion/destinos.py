"""Where the officer wants to put money that has no owner, and what would happen, computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.queries import (
    ComprobanteVisto,
    Prevision,
    ValorVisto,
    comprobante,
    comprobantes_vivos_con,
    prever_aplicacion,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import MAXIMO_DE_DEUDAS, frase_de_pago
from recaudo.interfaces.oficina.deudas.deudores import Deudor, deudor_de
from recaudo.interfaces.oficina.marco import Pedido
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.piezas import Fila
from recaudo.kernel.ids import limpiar
from recaudo.kernel.refusals import Rechazo


class NadaElegido(Rechazo):
    """The officer chose neither a comprobante nor a debt."""

    mensaje = "Elija un comprobante, o busque al deudor y marque al menos una obligación."


class NadaPorPagar(Rechazo):
    """The comprobante's debts are paid: there is nothing to apply the money to."""

    mensaje = (
        "Las obligaciones de ese comprobante ya están pagadas. Busque al empleador por su RUC y "
        "elija otra obligación."
    )


@dataclass(frozen=True, slots=True)
class Destino:
    """A comprobante's debts, or chosen ones, with what the money would do there."""

    deudor: Deudor
    comprobante: ComprobanteVisto | None
    obligaciones: tuple[ObligacionVista, ...]
    prevision: Prevision

    @property
    def nombre(self) -> str:
        """The destination in words."""
        if self.comprobante is not None:
            return f"comprobante {self.comprobante.numero}"
        return ", ".join(
            f"{'planilla' if o.es_planilla else 'deuda'} {o.id}" for o in self.obligaciones
        )

    @property
    def impedimento(self) -> str:
        """Why the money cannot go there now; empty when it can."""
        if self.prevision.impedimento:
            return self.prevision.impedimento
        propio = self.comprobante.numero if self.comprobante else ""
        vivos = comprobantes_vivos_con([o.id for o in self.obligaciones])
        ajenos = sorted({n for n in vivos.values() if n != propio})
        if not ajenos:
            return ""
        return (
            f"Una de las obligaciones está en el comprobante vigente {', '.join(ajenos)}: aplique "
            "el valor a ese comprobante, o espere a que se anule o caduque."
        )

    def identidad(self) -> list[Fila]:
        """Whose debts they are, when the officer may know it."""
        return self.deudor.identidad()

    def efecto(self) -> list[str]:
        """What will happen, line by line."""
        previsto = self.prevision
        fecha = escribir_fecha(previsto.fecha_pago)
        lineas = [f"El dinero cuenta como pagado el {fecha}, la fecha de la transacción."]
        lineas += [frase_de_pago(pago) for pago in previsto.pagos]
        if previsto.excedente:
            lineas.append(
                f"Sobran {previsto.excedente.formato()}: serán un crédito a favor del mismo deudor."
            )
        elif not any(pago.quedara for pago in previsto.pagos):
            lineas.append("No sobra nada.")
        if self.comprobante is not None and self.comprobante.estado == "generado":
            lineas.append(f"El comprobante {self.comprobante.numero} quedará pagado.")
        return [
            *lineas,
            "Se reparte a los fondos y se asienta en el libro; no se deshace desde esta pantalla.",
        ]

    def resumen(self) -> str:
        """The effect in one line, for a list."""
        previsto = self.prevision
        faltan = [pago.quedara for pago in previsto.pagos if pago.quedara]
        fin = f"; sobran {previsto.excedente.formato()}" if previsto.excedente else ""
        if faltan:
            fin = f"; quedan debiendo {sum(faltan[1:], faltan[0]).formato()}"
        pagadas = len(previsto.pagos) - len(faltan)
        return f"Al {self.nombre}: {pagadas} de {len(previsto.pagos)} deudas pagadas{fin}."

    def aplicar(self, pedido: Pedido, visto: ValorVisto, razon: str) -> str:
        """Do the act; return what was done."""
        elegido = self.comprobante
        aplicar_valor(
            valor_id=visto.id,
            por=pedido.actor,
            hoy=pedido.hoy,
            razon=razon,
            comprobante_numero=elegido.numero if elegido else None,
            empleador_id=None if elegido else self.obligaciones[0].empleador_id,
            obligaciones=() if elegido else tuple(o.id for o in self.obligaciones),
        )
        return f"Se aplicaron {visto.importe.formato()} del valor {visto.id} al {self.nombre}."


def destino_de_comprobante(pedido: Pedido, visto: ValorVisto, escrito: str) -> Destino:
    """Return the destination a comprobante gives; refuses what does not exist or owes nothing."""
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    elegido = comprobante(limpiar(escrito), alcance=alcance)
    return _destino(pedido, visto, [d.obligacion_id for d in elegido.detalles], elegido)


def destino_de_la_direccion(pedido: Pedido, visto: ValorVisto) -> Destino:
    """Read from the address where the money would go; refuses what does not exist."""
    if pedido.GET.get("comprobante", "").strip():
        return destino_de_comprobante(pedido, visto, pedido.GET["comprobante"])
    textos = pedido.GET.getlist("obligacion")[:MAXIMO_DE_DEUDAS]
    if not all(t.isascii() and t.isdigit() and len(t) < 19 for t in textos):
        raise Http404
    return _destino(pedido, visto, list(dict.fromkeys(int(t) for t in textos)), None)


def _destino(
    pedido: Pedido, visto: ValorVisto, elegidas: Sequence[int], elegido: ComprobanteVisto | None
) -> Destino:
    if not elegidas:
        raise NadaElegido
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    leidas = (obligacion(numero, alcance=alcance) for numero in elegidas)
    obligaciones = tuple(o for o in leidas if o.esta_viva)
    if not obligaciones:
        raise NadaPorPagar
    fecha = visto.linea.fecha_transaccion or visto.recibido_el
    return Destino(
        deudor=deudor_de(obligaciones[0].empleador_id, obligaciones[0].persona_id, pedido.actor),
        comprobante=elegido,
        obligaciones=obligaciones,
        prevision=prever_aplicacion(visto.importe, obligaciones, fecha_pago=fecha),
    )
