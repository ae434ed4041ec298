"""What is decided about a line of a statement: it is money of its own, or after all it is not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.revertir_declaracion import revertir_declaracion
from recaudo.domain.recaudacion.queries import (
    DeclaracionVista,
    ExtractoVisto,
    LineaVista,
    PrevisionDeLinea,
    declaracion_de,
    extracto,
    linea,
    lineas_por_aclarar,
    prever_linea,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import (
    FormularioDeDeclaracion,
    FormularioDeReversion,
)
from recaudo.interfaces.vista.actos import ENSAYO, METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige

_YA_NO_SE_CREE = "Ya no está entre las que se creen vistas: no hay nada que declarar."
_AUN_NO_LO_DICE = (
    "El banco aún no dijo su saldo de ese día: si no es dinero aparte, la cuenta dejará de cuadrar "
    "cuando lo diga."
)


@exige(Permiso.LINEA_DECLARAR_PROPIA)
@require_http_methods(METODOS)
def declarar(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: a line believed seen is money of its own, with a reason."""
    pedido = de_la_puerta(request)
    vista = o_no_existe(
        lambda: linea(linea_id), de=request, que="la línea", buscado=linea_id, lista="extractos"
    )
    visto = extracto(vista.extracto_id)
    importe = vista.importe.formato() if vista.importe else "sin importe"
    es_credito = vista.es_credito

    def hacer(datos: Any) -> Resultado:
        declarar_linea_propia(
            linea_id=linea_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"La línea {vista.numero}, por {importe}, entró como dinero aparte",
            direccion("aclarar"),
            detalles=_despues_de_declarar(vista),
            sigue=(Enlace("Decir de quién es", direccion("valores")),) if es_credito else (),
        )

    def ensayar() -> tuple[str, ...]:
        declarar_linea_propia(linea_id=linea_id, por=pedido.actor, hoy=pedido.hoy, razon=ENSAYO)
        return (f"La línea {vista.numero} deja de creerse repetida.",)

    return acto_de_pantalla(
        request,
        titulo=f"Declarar dinero propio: línea {vista.numero}, {importe}",
        form=FormularioDeDeclaracion,
        decisiones=[
            Decision("declarar", "Es dinero aparte", hacer, pide_razon=True, ensayo=ensayar)
        ],
        efecto=[
            f"La cuenta de {visto.banco} y los valores por identificar suben {importe}."
            if es_credito
            else f"La cuenta de {visto.banco} baja {importe}, como débito del banco.",
            *_ante_el_banco(prever_linea(linea_id)),
            "El mismo extracto otra vez la encontrará ya vista.",
        ],
        avisos=[_por_que_se_cree(vista)],
        filas=(
            Fila("Referencia del banco", vista.referencia or "Sin referencia"),
            Fila("Ordenante", vista.ordenante or "No lo dice"),
            Fila("Lo que dice la línea", vista.texto or "Nada"),
            Fila("Comprobante que cita", vista.comprobante_numero or "Ninguno"),
        ),
        impedimento="" if vista.resultado == "YA_VISTA" else _YA_NO_SE_CREE,
        norma="C.D. 497 2.3.2.1; un movimiento del banco es dinero una sola vez",
        cancelar=direccion("aclarar"),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, f"Línea {vista.numero}"),
    )


@exige(Permiso.LINEA_DECLARAR_PROPIA)
@require_http_methods(METODOS)
def revertir(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: what was declared money of its own leaves the books, by another person."""
    pedido = de_la_puerta(request)
    vista = o_no_existe(
        lambda: linea(linea_id), de=request, que="la línea", buscado=linea_id, lista="extractos"
    )
    visto = extracto(vista.extracto_id)
    importe = vista.importe.formato() if vista.importe else "sin importe"
    hecha = declaracion_de(linea_id)

    def hacer(datos: Any) -> Resultado:
        revertir_declaracion(
            linea_id=linea_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"La línea {vista.numero}, por {importe}, salió del libro",
            direccion("cuentas_bancarias"),
            ("Vuelve a creerse repetida.",),
        )

    def ensayar() -> tuple[str, ...]:
        revertir_declaracion(linea_id=linea_id, por=pedido.actor, hoy=pedido.hoy, razon=ENSAYO)
        return (f"La línea {vista.numero} vuelve a creerse repetida.",)

    return acto_de_pantalla(
        request,
        titulo=f"Revertir la declaración de la línea {vista.numero}: {importe}",
        form=FormularioDeReversion,
        decisiones=[
            Decision("revertir", "No es dinero aparte", hacer, pide_razon=True, ensayo=ensayar)
        ],
        efecto=[
            f"La cuenta de {visto.banco} baja {importe}; lo que se pagó con él se vuelve a deber."
            if vista.es_credito
            else f"La cuenta de {visto.banco} sube {importe}: el débito sale de los por aclarar.",
            *_ante_el_banco(prever_linea(linea_id, sale=True)),
        ],
        filas=(Fila("Se declaró porque", hecha.razon),) if hecha else (),
        impedimento=_no_se_revierte(pedido, hecha),
        propuso=hecha.declarado_por if hecha else "",
        norma="C.D. 497 2.3.2.1; una persona declara y otra revierte",
        cancelar=direccion("lineas", visto.id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, f"Línea {vista.numero}"),
    )


def _no_se_revierte(pedido: Pedido, hecha: DeclaracionVista | None) -> str:
    if hecha is None:
        return "La línea no está declarada como dinero propio: no hay nada que revertir."
    if pedido.actor.id == hecha.declarado_por_id:
        return "La declaró usted: la revierte otra persona de la unidad."
    return ""


def _ante_el_banco(prevision: PrevisionDeLinea | None) -> tuple[str, ...]:
    """Say what the bank closed with, and the difference that would be left."""
    if prevision is None:
        return (_AUN_NO_LO_DICE,)
    antes, despues = (d.formato() for d in (prevision.antes, prevision.despues))
    efecto = (
        f"El banco cerró el {prevision.fecha:%d/%m/%Y} (extracto {prevision.extracto_id}): la "
        f"diferencia del libro con el banco pasa de {antes} a {despues}."
    )
    return (efecto,)


def _por_que_se_cree(vista: LineaVista) -> str:
    if vista.duplica_a is None:
        return f"Se cree repetida: {vista.explicacion.lower()}."
    otra = linea(vista.duplica_a)
    return (
        f"Se cree repetida: {vista.explicacion.lower()} (la línea {otra.numero} del extracto "
        f"{otra.extracto_id})."
    )


def _despues_de_declarar(vista: LineaVista) -> tuple[str, ...]:
    quedan = lineas_por_aclarar().count()
    espera = ("Espera en la cola a que se diga de quién es.",) if vista.es_credito else ()
    return (
        *espera,
        f"Quedan {contar(quedan, 'línea por aclarar', 'líneas por aclarar')}.",
    )


def _migas(visto: ExtractoVisto, ultima: str) -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga(visto.nombre, direccion("extracto", visto.id)),
        Miga(ultima),
    )
