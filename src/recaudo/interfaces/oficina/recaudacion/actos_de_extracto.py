"""What is decided about a statement (confirm, reject) and about a line believed seen (declare)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.rechazar_extracto import rechazar_extracto
from recaudo.domain.recaudacion.queries import ExtractoVisto, extracto, linea
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeRazon
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Enlace, Miga
from recaudo.interfaces.vista.puertas import exige

NORMA = "C.D. 497 2.3.2.1; una persona importa y otra confirma"
_YA_NO = "Ya se decidió sobre este extracto: no hay nada que hacer."


def por_que_no(actor: Actor, visto: ExtractoVisto) -> str:
    """Say why this person cannot confirm the statement now; empty when it can."""
    if "confirmar_extracto" not in visto.actos:
        return visto.por_que_se_retiene or _YA_NO
    if actor.id == visto.recibido_por_id:
        return "Lo importó usted: lo confirma otra persona de la unidad."
    return ""


@exige(Permiso.EXTRACTO_CONFIRMAR)
@require_http_methods(METODOS)
def confirmar(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Acto: what another person received enters the books."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(lambda: extracto(extracto_id))

    def hacer(_datos: Any) -> Resultado:
        hecho = confirmar_extracto(extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy)
        return Resultado(
            f"El extracto {hecho.nombre} entró al libro: {hecho.total.formato()}",
            direccion("extracto", extracto_id),
            detalles=(
                (
                    f"Aplicadas: {hecho.aplicadas + hecho.credito_a_favor}. Por identificar: "
                    f"{hecho.por_identificar}. Ya vistas: {hecho.duplicadas}."
                ),
            ),
            sigue=(Enlace("Trabajar lo que quedó por identificar", direccion("valores")),)
            if hecho.por_identificar
            else (),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Confirmar el extracto {visto.nombre}",
        decisiones=[Decision("confirmar", "Confirmar y asentar", hacer)],
        efecto=[
            (
                f"Entran al libro {visto.total_creditos.formato()} en créditos y "
                f"{visto.total_debitos.formato()} en débitos, de "
                f"{contar(visto.lineas, 'línea', 'líneas')}, salvo lo que ya se hubiera visto."
            ),
            "Cada crédito paga el comprobante que cita o espera a una persona en la cola.",
        ],
        impedimento=por_que_no(pedido.actor, visto),
        norma=NORMA,
        propuso=visto.recibido_por,
        cancelar=direccion("extracto", extracto_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Confirmar"),
    )


@exige(Permiso.EXTRACTO_CONFIRMAR)
@require_http_methods(METODOS)
def rechazar(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Acto: a statement that has not entered is put aside, with its reason."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(lambda: extracto(extracto_id))

    def hacer(datos: Any) -> Resultado:
        rechazar_extracto(
            extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"El extracto {visto.nombre} quedó rechazado",
            direccion("extracto", extracto_id),
            detalles=("No entró nada al libro. Pida al banco otro archivo.",),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Rechazar el extracto {visto.nombre}",
        form=FormularioDeRazon,
        decisiones=[Decision("rechazar", "Rechazar", hacer, pide_razon=True, tipo="peligro")],
        efecto=["Nada de él entra al libro, y el mismo archivo no se vuelve a recibir."],
        impedimento="" if "rechazar_extracto" in visto.actos else _YA_NO,
        norma=NORMA,
        propuso=visto.recibido_por,
        cancelar=direccion("extracto", extracto_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Rechazar"),
    )


@exige(Permiso.LINEA_DECLARAR_PROPIA)
@require_http_methods(METODOS)
def declarar(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: a line believed seen is money of its own, with a reason."""
    pedido = de_la_puerta(request)
    vista = o_no_existe(lambda: linea(linea_id))
    visto = extracto(vista.extracto_id)
    importe = vista.importe.formato() if vista.importe else "sin importe"

    def hacer(datos: Any) -> Resultado:
        declarar_linea_propia(
            linea_id=linea_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"La línea {vista.numero}, por {importe}, entró como dinero propio",
            direccion("valores"),
            detalles=("Espera en la cola a que se diga de quién es.",),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Declarar dinero propio la línea {vista.numero}: {importe}",
        form=FormularioDeRazon,
        decisiones=[Decision("declarar", "Es dinero aparte", hacer, pide_razon=True)],
        efecto=[
            f"El banco y los valores por identificar suben {importe}.",
            "El mismo extracto otra vez la encontrará ya vista.",
        ],
        avisos=[f"Se cree repetida: {vista.explicacion.lower()} (línea {vista.duplica_a})."],
        impedimento="" if vista.resultado == "YA_VISTA" else "Ya no está entre las vistas.",
        norma="D11: un movimiento del banco es dinero una sola vez",
        cancelar=direccion("aclarar"),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, f"Línea {vista.numero}"),
    )


def _migas(visto: ExtractoVisto, ultima: str) -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga(visto.nombre, direccion("extracto", visto.id)),
        Miga(ultima),
    )
