"""One planilla and one comprobante, to read: the debt, its reasons, its money, its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from recaudo.domain.cartera.queries import glosas_de_una_deuda
from recaudo.domain.contabilidad.queries import movimientos_de
from recaudo.domain.obligaciones.queries import ObligacionVista, obligacion, obligaciones_de
from recaudo.domain.planillas.queries import linea, planilla, porque
from recaudo.domain.recaudacion.queries import ComprobanteVisto, comprobante
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import deudas
from recaudo.interfaces.oficina.historia import pasajes
from recaudo.interfaces.oficina.identidad import empleador_o_nada
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.planillas.lineas import lineas_de_planilla, por_fondo
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.documentos import ficha_de_documento, marca_de
from recaudo.interfaces.vista.piezas import Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.respuestas import pdf
from recaudo.interfaces.vista.trazas import legible


@exige(Permiso.PLANILLA_VER)
@require_safe
def ficha_de_planilla(request: HttpRequest, planilla_id: int) -> HttpResponseBase:
    """Ficha: one planilla: what it asks, what is left with interest today, where its money went."""
    pedido = de_la_puerta(request)
    debe = o_no_existe(
        lambda: obligacion(planilla_id, alcance=pedido.alcance),
        de=request,
        que="la planilla",
        buscado=planilla_id,
        lista="empleadores",
    )
    empleador = empleador_o_nada(debe.empleador_id, pedido.actor)
    ve_libro = pedido.actor.puede(Permiso.LIBRO_VER)
    lineas = lineas_de_planilla(pedido, planilla_id)
    formato = request.GET.get("formato", "")
    if lineas is not None and formato in hojas.FORMATOS:
        nombre = f"planilla-{debe.periodo}-{debe.id}"
        return hojas.archivo(formato, lineas.titulos, lineas.como_valores(), nombre=nombre)
    contexto: dict[str, Any] = {
        "lineas": lineas,
        "obligacion": debe,
        "titulo": titulo_de_deuda(debe),
        "empleador": empleador,
        "deuda": deudas([debe] if debe.esta_viva else [], hoy=pedido.hoy),
        "restantes": (debe.fecha_vencimiento - pedido.hoy).days,
        "glosas": glosas_de_una_deuda(
            pedido.actor.alcance(Permiso.CARTERA_VER), obligacion_id=debe.id
        ),
        "movimientos": movimientos_de(obligacion_id=debe.id, lote=debe.lote) if ve_libro else [],
        "ve_libro": ve_libro,
        "historia": pasajes(
            "obligacion",
            debe.id,
            actor=pedido.actor,
            nacio=Suceso(
                "Emitida" if debe.es_planilla else "Registrada",
                debe.fecha_emision,
                "Emisión del mes" if debe.es_planilla else "Sistema",
            ),
        ),
    }
    migas = [Miga("Empleadores", direccion("empleadores"))]
    if empleador:
        url = direccion("planillas_de_empleador", empleador.ruc)
        migas.append(Miga(empleador.razon_social, url))
    migas.append(Miga(contexto["titulo"]))
    return pagina(
        request,
        "planillas/planilla.html",
        contexto,
        seccion="empleadores",
        migas=tuple(migas),
    )


@exige(Permiso.PLANILLA_VER)
@require_safe
def ficha_de_linea(request: HttpRequest, planilla_id: int, relacion_id: int) -> HttpResponse:
    """Ficha: one worker in one planilla: the why of each amount, and how it goes to the funds."""
    pedido = de_la_puerta(request)
    vista = o_no_existe(
        lambda: planilla(planilla_id, alcance=pedido.alcance),
        de=request,
        que="la planilla",
        buscado=planilla_id,
        lista="empleadores",
    )
    suya = o_no_existe(lambda: linea(vista, relacion_id))
    contexto = {
        "vista": vista,
        "linea": suya,
        "pasos": legible(porque(suya)),
        "fondos": por_fondo(suya.fondos),
        "empleador": empleador_o_nada(vista.empleador_id, pedido.actor),
    }
    migas = (
        Miga("Empleadores", direccion("empleadores")),
        Miga(f"Planilla {planilla_id}", direccion("planilla", planilla_id)),
        Miga(suya.nombre),
    )
    return pagina(request, "planillas/linea.html", contexto, seccion="empleadores", migas=migas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_comprobante(request: HttpRequest, numero: str) -> HttpResponse:
    """Ficha: one comprobante: what it froze and what became of it."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(
        lambda: comprobante(numero, alcance=pedido.alcance),
        de=request,
        que="el comprobante",
        buscado=numero,
        lista="empleadores",
    )
    contexto = {
        "comprobante": visto,
        "empleador": empleador_o_nada(visto.empleador_id, pedido.actor),
        "esta_vigente": visto.esta_vigente(pedido.hoy),
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
    migas = (Miga("Empleadores", direccion("empleadores")), Miga(f"Comprobante {numero}"))
    return pagina(
        request, "planillas/comprobante.html", contexto, seccion="empleadores", migas=migas
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def documento_de_comprobante(request: HttpRequest, numero: str) -> HttpResponse:
    """Give the PDF of a comprobante, the very bytes that the employer has."""
    pedido: Pedido = de_la_puerta(request)
    visto = o_no_existe(
        lambda: comprobante(numero, alcance=pedido.alcance),
        de=request,
        que="el comprobante",
        buscado=numero,
        lista="empleadores",
    )
    documento_id = o_no_existe(lambda: visto.documento_id)
    return pdf(documento_id, f"comprobante-{visto.numero}", hoy=pedido.hoy)


def titulo_de_deuda(debe: ObligacionVista) -> str:
    """Return how the office calls a debt: its planilla by number and month, else what it is."""
    if debe.es_planilla and debe.periodo:
        return f"Planilla {debe.id}, {debe.periodo.en_palabras}"
    return debe.concepto


def _detalles(visto: ComprobanteVisto, pedido: Pedido) -> list[dict[str, object]]:
    """The debts a comprobante froze, each with what it is, as far as who looks reaches."""
    suyas = obligaciones_de(visto.empleador_id, alcance=pedido.actor.alcance(Permiso.PLANILLA_VER))
    nombres = {o.id: o.concepto for o in suyas}
    return [
        {
            "detalle": d,
            "concepto": nombres.get(d.obligacion_id, f"Obligación {d.obligacion_id}"),
            "a_la_vista": d.obligacion_id in nombres,
            "pasos": legible(d.traza),
        }
        for d in visto.detalles
    ]
