"""Where the officer wants to put money that has no owner, and what would happen, computed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404

from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion
from recaudo.domain.recaudacion.actions._colocar_valor import Pedido
from recaudo.domain.recaudacion.actions._ensayo_de_pago import ValorAEnsayar, ensayar_valores
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.queries import (
    ComprobanteVisto,
    Prevision,
    ValorVisto,
    comprobante,
    comprobante_citado,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import (
    MAXIMO_DE_DEUDAS,
    PULSE,
    frase_de_pago,
    frases_de_orden,
    las_deudas,
)
from recaudo.interfaces.oficina.deudas.deudores import Deudor, deudor_de
from recaudo.interfaces.oficina.identidad import empleador_o_nada
from recaudo.interfaces.oficina.marco import Pedido as PedidoDePuerta
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.piezas import Fila
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.kernel.ids import limpiar
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import contar


class NadaElegido(Rechazo):
    """The officer chose neither a comprobante nor a debt."""

    mensaje = "Elija un comprobante, o busque al deudor y marque al menos una obligación."


@dataclass(frozen=True, slots=True)
class Destino:
    """A comprobante's debts, or chosen ones, with what the money would do there."""

    deudor: Deudor
    comprobante: ComprobanteVisto | None
    obligaciones: tuple[ObligacionVista, ...]
    prevision: Prevision | None
    #: What the bank's line says of another employer, to be looked at and confirmed.
    advertencia: str = ""

    @property
    def nombre(self) -> str:
        """The destination in words, with its article."""
        if self.comprobante is not None:
            return f"el comprobante {self.comprobante.numero}"
        return las_deudas(self.obligaciones)

    @property
    def impedimento(self) -> str:
        """Why the act refuses it now, in its own words; empty when it does not."""
        return self.prevision.impedimento if self.prevision else ""

    def identidad(self) -> list[Fila]:
        """Whose debts they are, when the officer may know it."""
        return self.deudor.identidad()

    def efecto_por_ver(self, visto: ValorVisto) -> list[str]:
        """Where the money would go and since when, before seeing what it would do there."""
        return [
            f"Los {visto.importe.formato()} se aplicarán {_a(self.nombre)}.",
            _frase_de_fecha(fecha_de(visto)),
            PULSE,
        ]

    def efecto(self) -> list[str]:
        """What will happen, line by line."""
        previsto = self.prevision
        if previsto is None or previsto.impedimento:
            return []
        lineas = [_frase_de_fecha(previsto.fecha_pago)]
        lineas += [frase_de_pago(pago) for pago in previsto.pagos]
        lineas += [
            f"{o.denominacion}: ya está {palabra_de_estado(o.estado).lower()} y no recibe nada."
            for o in self.obligaciones
            if not o.esta_viva and o.id not in {p.obligacion.id for p in previsto.pagos}
        ]
        if previsto.excedente:
            lineas.append(
                f"Sobran {previsto.excedente.formato()}: serán un crédito a favor del mismo deudor."
            )
        elif not any(pago.quedara for pago in previsto.pagos):
            lineas.append("No sobra nada.")
        lineas += frases_de_orden(previsto)
        lineas += self._frase_de_comprobante(previsto)
        return [
            *lineas,
            "Se reparte a los fondos y se asienta en el libro; no se deshace desde esta pantalla.",
        ]

    def _frase_de_comprobante(self, previsto: Prevision) -> list[str]:
        """The state in which the act leaves the comprobante: an abono leaves it as it is."""
        elegido, queda = self.comprobante, previsto.comprobante
        if elegido is None or queda is None or queda == elegido.estado:
            return []
        return [f"El comprobante {elegido.numero} quedará {palabra_de_estado(queda).lower()}."]

    def resumen(self) -> str:
        """The effect in one line, for a list; only where it goes, before seeing it."""
        previsto = self.prevision
        if previsto is None:
            return f"{_mayuscula(self.nombre)}."
        faltan = [pago.quedara for pago in previsto.pagos if pago.quedara]
        fin = f"; sobran {previsto.excedente.formato()}" if previsto.excedente else ""
        if faltan:
            fin = f"; quedan debiendo {sum(faltan[1:], faltan[0]).formato()}"
        pagadas = len(previsto.pagos) - len(faltan)
        for frase in frases_de_orden(previsto):
            fin += f". {frase.removesuffix('.')}"
        de_cuantas = contar(len(previsto.pagos), "deuda pagada", "deudas pagadas")
        return f"{_mayuscula(self.nombre)}: {pagadas} de {de_cuantas}{fin}."

    @property
    def pedido(self) -> Pedido:
        """What the act is asked, the same in the review and when it is done."""
        elegido = self.comprobante
        return Pedido(
            comprobante=elegido.numero if elegido else None,
            empleador_id=None if elegido else self.obligaciones[0].empleador_id,
            obligaciones=() if elegido else tuple(o.id for o in self.obligaciones),
            cita_de_otro=bool(self.advertencia),
        )

    def aplicar(
        self, puerta: PedidoDePuerta, visto: ValorVisto, razon: str, *, confirma: bool = False
    ) -> tuple[str, Dinero]:
        """Do the act; return what was done, and what was left over as a credit, in USD."""
        pedido = self.pedido
        pago = aplicar_valor(
            valor_id=visto.id,
            por=puerta.actor,
            hoy=puerta.hoy,
            razon=razon,
            comprobante_numero=pedido.comprobante,
            empleador_id=pedido.empleador_id,
            obligaciones=pedido.obligaciones,
            cita_de_otro=confirma,
        )
        hecho = f"Se aplicaron {visto.importe.formato()} del valor {visto.id} {_a(self.nombre)}."
        credito = getattr(pago, "creditoafavor", None)
        return hecho, credito.importe if credito else Dinero.CERO


def _a(nombre: str) -> str:
    return f"a {nombre}".replace("a el ", "al ", 1)


def _frase_de_fecha(fecha: date) -> str:
    return f"El dinero cuenta como pagado el {escribir_fecha(fecha)}, la fecha de la transacción."


def _mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]


def destino_de_comprobante(pedido: PedidoDePuerta, visto: ValorVisto, escrito: str) -> Destino:
    """Return the destination a comprobante gives; refuses one that does not exist."""
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    elegido = comprobante(limpiar(escrito), alcance=alcance)
    return _destino(pedido, visto, [d.obligacion_id for d in elegido.detalles], elegido)


def destino_de_la_direccion(pedido: PedidoDePuerta, visto: ValorVisto) -> Destino:
    """Read from the address where the money would go; refuses what does not exist."""
    if pedido.GET.get("comprobante", "").strip():
        return destino_de_comprobante(pedido, visto, pedido.GET["comprobante"])
    textos = pedido.GET.getlist("obligacion")[:MAXIMO_DE_DEUDAS]
    if not all(t.isascii() and t.isdigit() and len(t) < 19 for t in textos):
        raise Http404
    return _destino(pedido, visto, list(dict.fromkeys(int(t) for t in textos)), None)


def con_prevision(
    pedido: PedidoDePuerta, casos: Sequence[tuple[ValorVisto, Destino]]
) -> list[Destino]:
    """Return each destination with what the act would do there, one after another."""
    previstas = ensayar_valores(
        [ValorAEnsayar(visto.id, fecha_de(visto), destino.pedido) for visto, destino in casos],
        por=pedido.actor,
        hoy=pedido.hoy,
    )
    return [replace(destino, prevision=previstas[visto.id]) for visto, destino in casos]


def fecha_de(visto: ValorVisto) -> date:
    """The day on which the money counts as paid."""
    return visto.linea.fecha_transaccion or visto.recibido_el


def _destino(
    pedido: PedidoDePuerta,
    visto: ValorVisto,
    elegidas: Sequence[int],
    elegido: ComprobanteVisto | None,
) -> Destino:
    if not elegidas:
        raise NadaElegido
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    obligaciones = tuple(obligacion(numero, alcance=alcance) for numero in elegidas)
    duenos = {o.empleador_id for o in obligaciones}
    return Destino(
        deudor=deudor_de(obligaciones[0].empleador_id, obligaciones[0].persona_id, pedido.actor),
        comprobante=elegido,
        obligaciones=obligaciones,
        prevision=None,
        advertencia=_advertencia(pedido, visto, duenos),
    )


def _advertencia(pedido: PedidoDePuerta, visto: ValorVisto, duenos: Collection[int | None]) -> str:
    """What the line says of another employer, named as far as the officer may know it."""
    citado = comprobante_citado(visto.linea.id)
    if citado is None or duenos == {citado.empleador_id}:
        return ""
    suyo = empleador_o_nada(citado.empleador_id, pedido.actor)
    de_quien = f"{suyo.razon_social}, RUC {suyo.ruc}" if suyo else "un empleador de otra provincia"
    dice = " ".join(filter(None, (visto.linea.ordenante, visto.linea.texto)))
    pagador = f" El banco dice del pagador: «{dice}»." if dice else ""
    return f"La línea cita el comprobante {citado.numero}, de {de_quien}.{pagador}"
