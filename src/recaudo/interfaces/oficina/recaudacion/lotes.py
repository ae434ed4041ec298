"""The pieces of a batch: affirming which they are, and reverting what another person affirmed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from recaudo.domain.recaudacion.actions.reconocer_lote import reconocer_lote
from recaudo.domain.recaudacion.actions.revertir_lote import revertir_lote
from recaudo.domain.recaudacion.queries import (
    LoteVisto,
    ReconocimientoVisto,
    lote_visto,
    reconocimiento_de,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeLote, FormularioDeReversion
from recaudo.interfaces.vista.actos import ENSAYO, METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Fila, Miga
from recaudo.interfaces.vista.puertas import exige

NORMA = "C.D. 497 2.3.2.1; un movimiento del banco es dinero una sola vez"


@exige(Permiso.LOTE_RECONOCER)
@require_http_methods(METODOS)
def reconocer(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: which entries are the pieces of one that another message told whole, with a reason."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, linea_id)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        hecho = reconocer_lote(
            linea_id=linea_id, piezas=datos["piezas"], razon=datos["razon"], por=pedido.actor,
            hoy=pedido.hoy,
        )  # fmt: skip
        son = contar(len(hecho.piezas), "pieza", "piezas")
        return Resultado(
            f"La línea {visto.entera.numero}, por {_importe(visto)}, se reconoció en {son}",
            direccion("aclarar"),
            ("Si no eran esas, otra persona lo revierte desde la línea.",),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Decir cuáles son las piezas de un lote de {_importe(visto)}",
        form=partial(FormularioDeLote, visto=visto),
        decisiones=[Decision("reconocer", "Son sus piezas", hacer, pide_razon=True)],
        efecto=_efecto(visto),
        filas=_filas(visto),
        impedimento=visto.impedimento,
        norma=NORMA,
        cancelar=direccion("aclarar"),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Piezas de un lote"),
    )


@exige(Permiso.LOTE_RECONOCER)
@require_http_methods(METODOS)
def revertir(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: what was affirmed of a batch is not so, by another person."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, linea_id)
    hecho = reconocimiento_de(linea_id)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        revertir_lote(linea_id=linea_id, razon=datos["razon"], por=pedido.actor, hoy=pedido.hoy)
        return Resultado(
            f"Se revirtió lo reconocido de un lote de {_importe(visto)}",
            direccion("aclarar"),
            ("Vuelve a estar en duda: no se reconoce dos veces.",),
        )

    def ensayar() -> tuple[str, ...]:
        revertir_lote(linea_id=linea_id, razon=ENSAYO, por=pedido.actor, hoy=pedido.hoy)
        return ("Vuelve a estar en duda: no se reconoce dos veces.",)

    return acto_de_pantalla(
        request,
        titulo=f"Revertir lo reconocido de un lote de {_importe(visto)}",
        form=FormularioDeReversion,
        decisiones=[
            Decision("revertir", "No eran sus piezas", hacer, pide_razon=True, ensayo=ensayar)
        ],
        efecto=[
            "Lo que había salido del libro vuelve a él y espera en la cola.",
            "Lo que se pagó con el dinero del lote se debe otra vez, y el lote espera entero.",
            "Los comprobantes que se daban por depositados vuelven a pagados.",
        ],
        filas=(*_filas(visto), *_lo_reconocido(hecho)),
        impedimento=_no_se_revierte(pedido, hecho),
        propuso=hecho.reconocido_por if hecho else "",
        norma="C.D. 497 2.3.2.1; una persona reconoce y otra revierte",
        cancelar=direccion("aclarar"),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Revertir un lote"),
    )


def _buscado(request: HttpRequest, linea_id: int) -> LoteVisto:
    return o_no_existe(
        lambda: lote_visto(linea_id),
        de=request,
        que="la línea",
        buscado=linea_id,
        lista="extractos",
    )


def _importe(visto: LoteVisto) -> str:
    return abs(visto.importe).formato()


def _filas(visto: LoteVisto) -> tuple[Fila, ...]:
    entera = visto.entera
    dice = contar(visto.transacciones, "transacción", "transacciones")
    return (
        Fila("Movimiento entero", f"Línea {entera.numero} del extracto {entera.extracto_id}"),
        Fila("Importe", _importe(visto)),
        Fila("Dice que trae", dice if visto.transacciones > 1 else "No lo dice"),
        Fila(
            "Fecha contable", f"{entera.fecha_contable:%d/%m/%Y}" if entera.fecha_contable else "—"
        ),
        Fila("Referencia del banco", entera.referencia or "Sin referencia"),
        Fila("Lo que dice la línea", entera.texto or "Nada"),
    )


def _efecto(visto: LoteVisto) -> list[str]:
    """What affirming does: it depends on where the money is."""
    if not visto.en_el_libro:
        return [
            f"Los {_importe(visto)} del lote, que esperan en la cola, pagan lo que ellas citan.",
            "Lo que una pieza no cite sigue en la cola, con su importe.",
        ]
    if visto.movimiento_id is None:
        return [
            "El movimiento entero se da por visto en sus piezas: no entra dinero nuevo.",
            "Si lo dice un extracto, los comprobantes que pagaron las piezas quedan depositados.",
        ]
    return [
        f"Los {_importe(visto)} del lote salen del libro: su dinero es el de sus piezas.",
        "Si lo dice un extracto, los comprobantes que pagaron las piezas quedan depositados.",
    ]


def _lo_reconocido(hecho: ReconocimientoVisto | None) -> tuple[Fila, ...]:
    if hecho is None:
        return ()
    piezas = "; ".join(
        f"línea {x.numero} del extracto {x.extracto_id}, {x.importe.formato()}"
        for x in hecho.piezas if x.importe
    )  # fmt: skip
    return (Fila("Se reconoció porque", hecho.razon), Fila("Piezas", piezas))


def _no_se_revierte(pedido: Pedido, hecho: ReconocimientoVisto | None) -> str:
    if hecho is None:
        return "De esa línea nadie reconoció piezas: no hay nada que revertir."
    if hecho.revertido:
        return "Lo reconocido de esa línea ya se revirtió."
    if pedido.actor.id == hecho.reconocido_por_id:
        return "Lo reconoció usted: lo revierte otra persona de la unidad."
    return ""


def _migas(visto: LoteVisto, ultima: str) -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga(
            f"Extracto {visto.entera.extracto_id}",
            direccion("extracto", visto.entera.extracto_id),
        ),
        Miga(ultima),
    )
