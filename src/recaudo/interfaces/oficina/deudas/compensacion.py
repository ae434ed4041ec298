"""A credit in favour, and the act that pays debts of the same debtor with it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.obligaciones.queries import (
    ObligacionVista,
    obligacion,
    obligaciones_de,
    obligaciones_de_persona,
)
from recaudo.domain.recaudacion.actions._ensayo_de_pago import ensayar_compensacion
from recaudo.domain.recaudacion.actions.compensar import CreditoAgotado, compensar
from recaudo.domain.recaudacion.queries import CreditoVisto, Prevision, credito
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import (
    MAXIMO_DE_DEUDAS,
    PULSE,
    deudas,
    frase_de_pago,
    frases_de_orden,
    las_deudas,
)
from recaudo.interfaces.oficina.deudas.deudores import Deudor, deudor_de
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista.actos import (
    METODOS,
    Decision,
    Resultado,
    acto_de_pantalla,
)
from recaudo.interfaces.vista.campos import CampoRazon
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.interfaces.vista.piezas import Enlace, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.money import Dinero

NORMA = "un crédito a favor paga deudas del mismo deudor, lo vencido primero (C.D. 604)"
SIN_DINERO_NUEVO = (
    "No entra dinero: baja el crédito a favor, se reparte a los fondos y se asienta en el libro; "
    "no se deshace desde esta pantalla."
)
NADA_ELEGIDO = "Elija al menos una deuda de las que tienen saldo."


class FormularioDeCompensacion(Formulario):
    """Why the credit is used."""

    razon = CampoRazon(label="Razón", help_text="Quién lo pidió o por qué. Queda en la historia.")


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_credito(request: HttpRequest, credito_id: int) -> HttpResponse:
    """Ficha: one credit, what is left of it, and the debts of its debtor that it may pay."""
    pedido = de_la_puerta(request)
    visto = _credito(pedido, credito_id)
    deudor = deudor_de(visto.empleador_id, visto.persona_id, pedido.actor)
    puede = bool(visto.saldo) and pedido.actor.puede(Permiso.CREDITO_COMPENSAR)
    contexto = {
        "credito": visto,
        "deudor": deudor,
        "puede": puede,
        "deuda": deudas(_vivas(pedido, visto), hoy=pedido.hoy) if puede else None,
        "historia": historia_de_objeto(
            "credito_a_favor",
            visto.id,
            nacio=Suceso("Recibido de más", visto.fecha_pago),
        ),
    }
    return pagina(
        request, "deudas/credito.html", contexto, seccion="empleadores",
        migas=_migas(deudor, visto),
    )  # fmt: skip


@exige(Permiso.CREDITO_COMPENSAR)
@require_http_methods(METODOS)
def compensar_credito(request: HttpRequest, credito_id: int) -> HttpResponse:
    """Acto: pay chosen debts with a credit of the same debtor; what it will do is computed."""
    pedido = de_la_puerta(request)
    visto = _credito(pedido, credito_id)
    elegidas = _elegidas(pedido, visto)
    if not elegidas:
        messages.error(request, NADA_ELEGIDO)
        return redirect("oficina:credito", credito_id)
    deudor = deudor_de(visto.empleador_id, visto.persona_id, pedido.actor)
    numeros = [o.id for o in elegidas]

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        pago = compensar(
            credito_id=visto.id, obligaciones=numeros, por=pedido.actor,
            hoy=pedido.hoy, razon=datos["razon"],
        )  # fmt: skip
        return _resultado(visto, deudor, pago.importe)

    def prever() -> dict[str, Any]:
        previsto = ensayar_compensacion(
            credito_id=visto.id, obligaciones=numeros, por=pedido.actor, hoy=pedido.hoy
        )
        efecto = [] if previsto.impedimento else _efecto(visto, previsto)
        return {"efecto": efecto, "impedimento": previsto.impedimento}

    return acto_de_pantalla(
        request,
        titulo=f"Compensar con el crédito {visto.id}: quedan {visto.saldo.formato()}",
        form=FormularioDeCompensacion,
        decisiones=[Decision("compensar", "Compensar", hacer, pide_razon=True)],
        efecto=[
            f"El crédito {visto.id} pagará {las_deudas(elegidas)}, hasta donde alcance.",
            PULSE,
        ],
        impedimento="" if visto.saldo else CreditoAgotado.mensaje,
        preparar=prever,
        revisa=True,
        norma=NORMA,
        cancelar=direccion("credito", visto.id),
        identidad=deudor.identidad(),
        pintar=pagina,
        seccion="empleadores",
        migas=(*_migas(deudor, visto, con_enlace=True), Miga("Compensar")),
    )


def _credito(pedido: Pedido, credito_id: int) -> CreditoVisto:
    return o_no_existe(
        lambda: credito(credito_id, alcance=pedido.actor.alcance(Permiso.RECAUDACION_VER)),
        de=pedido,
        que="el crédito a favor",
        buscado=credito_id,
        lista="empleadores",
    )


def _vivas(pedido: Pedido, visto: CreditoVisto) -> list[ObligacionVista]:
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    if visto.empleador_id is not None:
        return obligaciones_de(visto.empleador_id, alcance=alcance, solo_vivas=True)
    return obligaciones_de_persona(visto.persona_id or 0, alcance=alcance, solo_vivas=True)


def _elegidas(pedido: Pedido, visto: CreditoVisto) -> list[ObligacionVista]:
    """Read from the address the chosen debts, paid ones too; refuses another debtor's (404)."""
    textos = pedido.GET.getlist("obligacion")[:MAXIMO_DE_DEUDAS]
    if not all(t.isascii() and t.isdigit() and len(t) < 19 for t in textos):
        raise Http404
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    numeros = list(dict.fromkeys(int(t) for t in textos))
    leidas = [o_no_existe(lambda n=n: obligacion(n, alcance=alcance)) for n in numeros]  # type: ignore[misc]
    titular = (visto.empleador_id, visto.persona_id)
    if any((o.empleador_id, o.persona_id) != titular for o in leidas):
        raise Http404
    return leidas


def _efecto(visto: CreditoVisto, previsto: Prevision) -> list[str]:
    usa = sum((pago.recibe for pago in previsto.pagos), Dinero.CERO)
    queda = (visto.saldo - usa).formato()
    return [
        f"Se usan {usa.formato()} del crédito {visto.id} y quedan {queda}.",
        *(frase_de_pago(pago) for pago in previsto.pagos),
        *frases_de_orden(previsto),
        SIN_DINERO_NUEVO,
    ]


def _resultado(visto: CreditoVisto, deudor: Deudor, usado: Dinero) -> Resultado:
    queda = visto.saldo - usado
    sigue = [Enlace("Ver las deudas de este deudor", deudor.url)] if deudor.url else []
    return Resultado(
        f"Se compensaron {usado.formato()} con el crédito {visto.id}",
        direccion("credito", visto.id),
        (f"Quedan {queda.formato()} del crédito.",),
        tuple(sigue),
    )


def _migas(deudor: Deudor, visto: CreditoVisto, *, con_enlace: bool = False) -> tuple[Miga, ...]:
    url = direccion("credito", visto.id) if con_enlace else ""
    return (Miga(deudor.nombre, deudor.url_creditos), Miga(f"Crédito {visto.id}", url))
