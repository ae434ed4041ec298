"""The queue of money nobody could apply: the list, one value, the act that gives it an owner."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador, empleador_por_ruc
from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion, obligaciones_de
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.queries import (
    ComprobanteVisto,
    ValorVisto,
    comprobante,
    valor,
    valores_abiertos,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import DeudaConsolidada, deudas
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.identidad import empleador_o_nada
from recaudo.interfaces.oficina.listas import lista
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeRazon
from recaudo.interfaces.oficina.recaudacion.tablas import FiltroValores, TablaValores
from recaudo.interfaces.vista.filtros import Filas
from recaudo.interfaces.vista.piezas import Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.ids import limpiar
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

MAXIMO = 20_000


@dataclass(frozen=True, slots=True)
class Destino:
    """Where the officer wants to put the money: a comprobante's debts, or chosen ones."""

    empleador: FichaEmpleador | None
    comprobante: ComprobanteVisto | None
    deuda: DeudaConsolidada
    obligaciones: tuple[int, ...]
    importe: Dinero

    @property
    def sobra(self) -> Dinero:
        """What would become a credit of the employer, in USD."""
        total = self.deuda.total
        return max(Dinero.CERO, self.importe - total) if total is not None else Dinero.CERO

    @property
    def falta(self) -> Dinero:
        """What the debts would still owe, in USD."""
        total = self.deuda.total
        return max(Dinero.CERO, total - self.importe) if total is not None else Dinero.CERO


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista_de_valores(request: HttpRequest) -> HttpResponseBase:
    """Lista: the open queue, oldest first."""
    abiertos = valores_abiertos(hoy=de_la_puerta(request).hoy, limite=MAXIMO)
    filtro = FiltroValores(request.GET or None, Filas(abiertos))
    suma = sum((v.importe for v in filtro.qs), Dinero.CERO)
    return lista(
        request,
        "recaudacion/valores.html",
        filtro=filtro,
        tabla=TablaValores(filtro.qs),
        nombre="valores-por-identificar",
        singular="valor abierto",
        plural="valores abiertos",
        seccion="valores",
        suma=suma,
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_valor(request: HttpRequest, valor_id: int) -> HttpResponse:
    """Ficha: one value, what its line says, the comprobantes that may explain it and why."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(lambda: valor(valor_id, hoy=pedido.hoy))
    contexto = {
        "valor": visto,
        "sugerencias": [
            (s, empleador_o_nada(s.empleador_id, pedido.actor)) for s in visto.sugerencias
        ],
        "puede_aplicar": _puede_aplicar(pedido.actor, visto),
        "historia": historia_de_objeto("valor_por_aplicar", valor_id),
        **_busqueda(pedido, visto),
    }
    migas = (Miga("Por identificar", direccion("valores")), Miga(f"Valor {valor_id}"))
    return pagina(request, "recaudacion/valor.html", contexto, seccion="valores", migas=migas)


@exige(Permiso.VALOR_APLICAR)
@require_http_methods(["GET", "HEAD", "POST"])
def aplicar(request: HttpRequest, valor_id: int) -> HttpResponse:
    """Acto: apply the value to a comprobante, or to chosen debts; consequences are shown before."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(lambda: valor(valor_id, hoy=pedido.hoy))
    if not _puede_aplicar(pedido.actor, visto):
        return redirect("oficina:valor", valor_id)
    try:
        destino = _destino(pedido, visto)
    except Rechazo as rechazo:
        messages.error(request, rechazo.mensaje)
        return redirect("oficina:valor", valor_id)
    form = FormularioDeRazon(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _aplicar(pedido, visto, destino, form.cleaned_data["razon"])
        except Rechazo as rechazo:
            form.add_error(None, rechazo.mensaje)
        else:
            messages.success(request, f"Se aplicaron {visto.importe.formato()}.")
            return redirect("oficina:valor", valor_id)
    contexto = {"form": form, "valor": visto, "destino": destino, "deuda": destino.deuda}
    migas = (
        Miga("Por identificar", direccion("valores")),
        Miga(f"Valor {valor_id}", direccion("valor", valor_id)),
        Miga("Aplicar"),
    )
    return pagina(
        request,
        "recaudacion/aplicar.html",
        contexto,
        seccion="valores",
        migas=migas,
        estado=422 if form.is_bound else 200,
    )


def _puede_aplicar(actor: Actor, visto: ValorVisto) -> bool:
    """The button exists when the table of states and the actor's permission both allow it."""
    return "aplicar_valor" in visto.actos and actor.puede(Permiso.VALOR_APLICAR)


def _busqueda(pedido: Pedido, visto: ValorVisto) -> dict[str, Any]:
    """What the officer looked for: an employer by RUC, and its debts to choose from."""
    ruc = limpiar(pedido.GET.get("ruc", ""))
    nada = {"ruc": ruc, "error_ruc": "", "deuda": None}
    if not ruc:
        return nada
    try:
        empleador = empleador_por_ruc(ruc, alcance=pedido.actor.alcance(Permiso.EMPLEADOR_VER))
    except Rechazo as rechazo:
        return {**nada, "error_ruc": rechazo.mensaje}
    vivas = obligaciones_de(empleador.id, solo_vivas=True)
    fecha = visto.linea.fecha_transaccion or visto.recibido_el
    return {**nada, "empleador": empleador, "deuda": deudas(vivas, hoy=fecha)}


def _destino(pedido: Pedido, visto: ValorVisto) -> Destino:
    """Read from the URL where the money would go; refuses what does not exist."""
    numero = limpiar(pedido.GET.get("comprobante", ""))
    elegidas = _elegidas(pedido)
    elegido = None
    if numero:
        elegido = comprobante(numero, alcance=pedido.actor.alcance(Permiso.RECAUDACION_VER))
        elegidas = tuple(d.obligacion_id for d in elegido.detalles)
    if not elegidas:
        raise NadaElegido
    obligaciones = [o for o in map(obligacion, elegidas) if o.esta_viva]
    if not obligaciones:
        raise NadaPorPagar
    fecha = visto.linea.fecha_transaccion or visto.recibido_el
    return Destino(
        empleador=empleador_o_nada(obligaciones[0].empleador_id, pedido.actor),
        comprobante=elegido,
        deuda=deudas(obligaciones, hoy=fecha),
        obligaciones=tuple(o.id for o in obligaciones),
        importe=visto.importe,
    )


def _elegidas(pedido: Pedido) -> tuple[int, ...]:
    textos = pedido.GET.getlist("obligacion")[:MAXIMO_DE_DEUDAS]
    if not all(t.isascii() and t.isdigit() and len(t) < 19 for t in textos):
        raise Http404
    return tuple(dict.fromkeys(int(t) for t in textos))


def _aplicar(pedido: Pedido, visto: ValorVisto, destino: Destino, razon: str) -> None:
    if destino.comprobante is not None:
        aplicar_valor(
            valor_id=visto.id,
            por=pedido.actor,
            hoy=pedido.hoy,
            razon=razon,
            comprobante_numero=destino.comprobante.numero,
        )
        return
    primera: ObligacionVista = destino.deuda.lineas[0].obligacion
    aplicar_valor(
        valor_id=visto.id,
        por=pedido.actor,
        hoy=pedido.hoy,
        razon=razon,
        empleador_id=primera.empleador_id,
        obligaciones=destino.obligaciones,
    )


MAXIMO_DE_DEUDAS = 60


class NadaElegido(Rechazo):
    """The officer chose neither a comprobante nor a debt."""

    mensaje = "Elija un comprobante, o busque al empleador y marque al menos una obligación."


class NadaPorPagar(Rechazo):
    """The comprobante's debts are paid: there is nothing to apply the money to."""

    mensaje = (
        "Las obligaciones de ese comprobante ya están pagadas. Busque al empleador por su RUC y "
        "elija otra obligación."
    )
