"""Statements: the list, the import, one statement with its reconciliation and its lines."""

from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.contabilidad.queries import asientos_de_origen
from recaudo.domain.recaudacion.actions.recibir_extracto import Recibidos, recibir_extracto
from recaudo.domain.recaudacion.queries import (
    ExtractoVisto,
    cuenta_bancaria,
    extracto,
    lineas_por_aclarar,
    lista_de_extractos,
    lista_de_lineas,
)
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.marco import (
    Pedido,
    de_la_puerta,
    direccion,
    o_no_existe,
    pagina,
)
from recaudo.interfaces.oficina.recaudacion.actos_de_extracto import por_que_no
from recaudo.interfaces.oficina.recaudacion.forms import TAMANO_MAXIMO, FormularioDeExtracto
from recaudo.interfaces.oficina.recaudacion.tablas import (
    RESULTADOS,
    TablaExtractos,
    TablaLineas,
    TablaPorAclarar,
)
from recaudo.interfaces.vista import listas
from recaudo.interfaces.vista.piezas import Enlace, Miga
from recaudo.interfaces.vista.puertas import exige, recibe_hasta
from recaudo.interfaces.vista.repeticion import recordar, testigo_nuevo
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

RECAUDADO = "2201."


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista(request: HttpRequest) -> HttpResponseBase:
    """Lista: the statements, those to decide first."""
    importa = de_la_puerta(request).actor.puede(Permiso.EXTRACTO_IMPORTAR)
    return listas.lista(
        request,
        TablaExtractos,
        lista_de_extractos(),
        pintar=pagina,
        plantilla="recaudacion/extractos.html",
        actos=[Enlace("Importar un extracto", direccion("importar_extracto"))] if importa else [],
        seccion="extractos",
    )


@exige(Permiso.EXTRACTO_IMPORTAR)
@recibe_hasta(TAMANO_MAXIMO)
@require_http_methods(["GET", "HEAD", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    """Acto: import a statement whole, or nothing of it."""
    pedido = de_la_puerta(request)
    es_post = request.method == "POST"
    form = FormularioDeExtracto(*((request.POST, request.FILES) if es_post else ()))
    if es_post and form.is_valid():
        try:
            recibidos = _recibir(pedido, form.cleaned_data)
        except Rechazo as rechazo:
            form.add_error(None, rechazo.mensaje)
        else:
            aviso = _lo_que_paso(recibidos)
            destino = direccion("extracto", recibidos.extractos[0])
            recordar(request, destino, aviso)
            messages.success(request, aviso)
            return redirect(destino)
    migas = (Miga("Extractos", direccion("extractos")), Miga("Importar"))
    return pagina(
        request,
        "recaudacion/importar.html",
        {"form": form, "testigo": testigo_nuevo()},
        seccion="extractos",
        migas=migas,
        estado=422 if es_post else 200,
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_extracto(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Ficha: one statement: whether it reconciles, what became of its lines, which funds got it."""
    actor = de_la_puerta(request).actor
    visto = o_no_existe(lambda: extracto(extracto_id), **_falta(request, extracto_id))
    fondos, impedimento = _fondos(extracto_id), por_que_no(actor, visto)
    estado = EstadoExtracto(visto.estado)
    cuenta = cuenta_bancaria(visto.cuenta_id) if visto.cuenta_id else None
    es_el_juez = cuenta is not None and cuenta.extracto_id == visto.id
    contexto = {
        "extracto": visto,
        "cuenta": cuenta,
        "es_el_juez": es_el_juez,
        "cuadra": visto.cuadra and (cuenta is None or not es_el_juez or cuenta.cuadra),
        "estado": (estado.palabra, estado.tono),
        "url_registrar": _registrar_su_cuenta(actor, visto),
        "actos": _actos(actor, visto),
        "por_que_no": impedimento,
        "tipo_del_acto": "secundario" if impedimento else "",
        "sin_declarar": all(p.esperado is None for p in visto.conciliacion[:2]),
        "resultados": _particion(visto),
        "fondos": fondos,
        "sin_reparto": _sin_reparto(visto),
        "distribuido": sum((f["importe"] for f in fondos), Dinero.CERO),
        "historia": historia_de_objeto("extracto", extracto_id),
    }
    migas = (Miga("Extractos", direccion("extractos")), Miga(visto.nombre))
    return pagina(request, "recaudacion/extracto.html", contexto, seccion="extractos", migas=migas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lineas(request: HttpRequest, extracto_id: int) -> HttpResponseBase:
    """Lista: the lines of a statement, by outcome and by what is looked for."""
    visto = o_no_existe(lambda: extracto(extracto_id), **_falta(request, extracto_id))
    return listas.lista(
        request,
        TablaLineas,
        lista_de_lineas(extracto_id),
        pintar=pagina,
        plantilla="recaudacion/lineas.html",
        nombre=f"lineas-del-extracto-{extracto_id}",
        contexto={"extracto": visto},
        seccion="extractos",
        migas=(
            Miga("Extractos", direccion("extractos")),
            Miga(visto.nombre, direccion("extracto", extracto_id)),
            Miga("Líneas"),
        ),
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def por_aclarar(request: HttpRequest) -> HttpResponseBase:
    """Lista: what the bank must explain: reversals, what is believed seen, what cannot be read."""
    return listas.lista(
        request,
        TablaPorAclarar,
        lineas_por_aclarar(),
        pintar=pagina,
        seccion="extractos",
        migas=(Miga("Extractos", direccion("extractos")), Miga("Por aclarar")),
    )


def _falta(request: HttpRequest, extracto_id: int) -> dict[str, Any]:
    """What the absent page says of a statement that is not there."""
    return {"de": request, "que": "el extracto", "buscado": extracto_id, "lista": "extractos"}


def _actos(actor: Actor, visto: ExtractoVisto) -> list[Enlace]:
    """The acts that this statement admits and this person may do now."""
    if not actor.puede(Permiso.EXTRACTO_CONFIRMAR):
        return []
    if not por_que_no(actor, visto):
        return [Enlace("Confirmar o rechazar", direccion("confirmar_extracto", visto.id))]
    enlaces = []
    if "liberar_extracto" in visto.actos and actor.id != visto.recibido_por_id:
        enlaces.append(Enlace("Volver a evaluar", direccion("liberar_extracto", visto.id)))
    if "rechazar_extracto" in visto.actos:
        enlaces.append(Enlace("Rechazar el extracto", direccion("rechazar_extracto", visto.id)))
    return enlaces


def _registrar_su_cuenta(actor: Actor, visto: ExtractoVisto) -> str:
    """The address where the account of a held statement is registered, for who may."""
    falta = visto.retencion == "CUENTA_DESCONOCIDA"
    if not falta or not actor.puede(Permiso.CUENTA_BANCARIA_REGISTRAR):
        return ""
    return f"{direccion('registrar_cuenta')}?{urlencode({'numero': visto.cuenta})}"


def _recibir(pedido: Pedido, datos: dict[str, Any]) -> Recibidos:
    archivo = datos["archivo"]
    en_disco = isinstance(archivo, TemporaryUploadedFile)
    return recibir_extracto(
        nombre=archivo.name,
        formato=datos["formato"],
        por=pedido.actor,
        hoy=pedido.hoy,
        ruta=Path(archivo.temporary_file_path()) if en_disco else None,
        contenido=None if en_disco else archivo.read(),
    )


#: What a statement waits for, by its state.
_QUE_FALTA: Final = {
    EstadoExtracto.POR_CONFIRMAR: "Falta que otra persona lo confirme para que entre al libro.",
    EstadoExtracto.RETENIDO: "Está retenido: nada de él entra al libro hasta que se resuelva.",
    EstadoExtracto.CONFIRMADO: "Ya está en el libro.",
    EstadoExtracto.RECHAZADO: "Está rechazado: nada de él entra al libro.",
}


def _lo_que_paso(recibidos: Recibidos) -> str:
    """Say what became of the file: whether it is new, and where each of its statements stands."""
    estados = [EstadoExtracto(extracto(e).estado) for e in recibidos.extractos]
    if recibidos.ya_estaban:
        frase = "Ese archivo ya se había recibido: no cambió nada."
    elif len(estados) == 1:
        frase = "Se recibió el extracto."
    else:
        frase = f"Se recibieron {len(estados)} extractos."
    if len(estados) == 1:
        return f"{frase} {_QUE_FALTA[estados[0]]}"
    cuantos = ", ".join(f"{e.palabra.lower()} {n}" for e, n in Counter(estados).items())
    return f"{frase} En cada estado: {cuantos}."


def _particion(visto: ExtractoVisto) -> list[dict[str, Any]]:
    return [
        {"codigo": codigo, "texto": texto, "cuantas": getattr(visto, campo)}
        for codigo, texto, campo in RESULTADOS
    ]


def _sin_reparto(visto: ExtractoVisto) -> str:
    """Why a statement that entered gave nothing to the funds, by what became of its lines."""
    if visto.aplicadas or visto.credito_a_favor:
        return "Sus líneas pagaron solo interés de mora, que no se reparte a los fondos."
    if visto.por_identificar:
        return (
            "Ninguna de sus líneas pagó una deuda al entrar. Lo que espera por identificar se "
            "reparte cuando se aplica, en el asiento de cada decisión."
        )
    return "Ninguna de sus líneas pagó una deuda al entrar: no hay nada que repartir."


def _fondos(extracto_id: int) -> list[dict[str, Any]]:
    """What the statement's distribution gave each fund, from the ledger itself."""
    return [
        {
            "cuenta": m.cuenta,
            "nombre": m.nombre,
            "importe": m.haber,
            "asiento": (m.lote, m.asiento_id),
        }
        for m in asientos_de_origen(origen=("extracto", extracto_id))
        if m.cuenta.startswith(RECAUDADO)
    ]
