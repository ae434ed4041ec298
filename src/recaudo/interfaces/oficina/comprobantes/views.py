"""One comprobante, to read: what it froze, what became of it, its paper, its history."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.obligaciones.queries import obligaciones_de
from recaudo.domain.recaudacion.queries import ComprobanteVisto, comprobante, siguen_pendientes
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deudas.deudores import deudor_de
from recaudo.interfaces.oficina.historia import pasajes
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, o_no_existe, pagina
from recaudo.interfaces.vista.documentos import ficha_de_documento, marca_de
from recaudo.interfaces.vista.piezas import Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.respuestas import pdf
from recaudo.interfaces.vista.trazas import legible

#: States in which nobody pays with it: its debts may be owed, or paid in another way.
_SIN_USO = {"generado", "caducado", "reversado", "anulado"}


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_comprobante(request: HttpRequest, numero: str) -> HttpResponse:
    """Ficha: one comprobante: what it froze and what became of it."""
    pedido = de_la_puerta(request)
    visto = _comprobante(pedido, numero)
    deudor = deudor_de(visto.empleador_id, None, pedido.actor)
    contexto = {
        "comprobante": visto,
        "deudor": deudor,
        "esta_vigente": visto.esta_vigente(pedido.hoy),
        "debe": visto.estado in _SIN_USO and siguen_pendientes(visto.id),
        "restantes": (visto.valido_hasta - pedido.hoy).days,
        "detalles": _detalles(visto, pedido),
        "documento": ficha_de_documento(visto.documento_id),
        "marca_de_impresion": marca_de(visto.estado),
        "historia": pasajes(
            "comprobante",
            visto.id,
            actor=pedido.actor,
            nacio=Suceso("Generado", visto.fecha_emision, "El empleador, en el portal"),
        ),
    }
    migas = (*deudor.migas, Miga(f"Comprobante {visto.numero}"))
    return pagina(
        request, "comprobantes/comprobante.html", contexto, seccion="empleadores", migas=migas
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def documento_de_comprobante(request: HttpRequest, numero: str) -> HttpResponse:
    """Give the PDF of a comprobante, the very bytes that the employer has."""
    pedido = de_la_puerta(request)
    visto = _comprobante(pedido, numero)
    documento_id = o_no_existe(lambda: visto.documento_id)
    return pdf(documento_id, f"comprobante-{visto.numero}", hoy=pedido.hoy)


def _comprobante(pedido: Pedido, numero: str) -> ComprobanteVisto:
    return o_no_existe(
        lambda: comprobante(numero, alcance=pedido.alcance),
        de=pedido,
        que="el comprobante",
        buscado=numero,
        lista="empleadores",
    )


def _detalles(visto: ComprobanteVisto, pedido: Pedido) -> list[dict[str, object]]:
    """The debts a comprobante froze, each with what it is, as far as who looks reaches."""
    suyas = obligaciones_de(visto.empleador_id, alcance=pedido.actor.alcance(Permiso.PLANILLA_VER))
    nombres = {o.id: o.concepto for o in suyas}
    return [
        {
            "detalle": d,
            "concepto": nombres.get(d.obligacion_id, "Deuda fuera de su alcance"),
            "a_la_vista": d.obligacion_id in nombres,
            "pasos": legible(d.traza),
        }
        for d in visto.detalles
    ]
