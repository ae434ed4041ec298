"""Statements: the list, the import, one statement with its reconciliation and its lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.contabilidad.queries import asientos_de_origen
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.queries import (
    ExtractoVisto,
    LineaVista,
    cuenta_bancaria,
    extracto,
    extractos,
    lineas_de,
    lineas_por_aclarar,
)
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.listas import lista
from recaudo.interfaces.oficina.marco import (
    Pedido,
    de_la_puerta,
    direccion,
    o_no_existe,
    pagina,
)
from recaudo.interfaces.oficina.recaudacion.actos_de_extracto import por_que_no
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeExtracto
from recaudo.interfaces.oficina.recaudacion.tablas import (
    RESULTADOS,
    FiltroExtractos,
    FiltroLineas,
    FiltroPorAclarar,
    TablaExtractos,
    TablaLineas,
    TablaPorAclarar,
)
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.filtros import Filas
from recaudo.interfaces.vista.piezas import Enlace, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

MAXIMO = 5_000
POR_PAGINA = 100
POR_LECTURA = 5_000
RECAUDADO = "2201."


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista_de_extractos(request: HttpRequest) -> HttpResponseBase:
    """Lista: the statements imported."""
    actor = de_la_puerta(request).actor
    filtro = FiltroExtractos(request.GET or None, Filas(extractos(limite=MAXIMO)))
    return lista(
        request,
        "recaudacion/extractos.html",
        filtro=filtro,
        tabla=TablaExtractos(filtro.qs),
        nombre="extractos",
        singular="extracto",
        plural="extractos",
        seccion="extractos",
        puede_importar=actor.puede(Permiso.EXTRACTO_IMPORTAR),
    )


@exige(Permiso.EXTRACTO_IMPORTAR)
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
            _avisar(request, len(recibidos))
            return redirect("oficina:extracto", recibidos[0])
    migas = (Miga("Extractos", direccion("extractos")), Miga("Importar"))
    return pagina(
        request,
        "recaudacion/importar.html",
        {"form": form},
        seccion="extractos",
        migas=migas,
        estado=422 if es_post else 200,
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_extracto(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Ficha: one statement: whether it reconciles, what became of its lines, which funds got it."""
    actor = de_la_puerta(request).actor
    visto = o_no_existe(lambda: extracto(extracto_id))
    fondos = _fondos(extracto_id)
    estado = EstadoExtracto(visto.estado)
    contexto = {
        "extracto": visto,
        "estado": (estado.palabra, estado.tono),
        "actos": _actos(actor, visto),
        "por_que_no": por_que_no(actor, visto),
        "sin_declarar": all(p.esperado is None for p in visto.conciliacion[:2]),
        "cuenta": cuenta_bancaria(visto.cuenta_id) if visto.cuenta_id else None,
        "resultados": _particion(visto),
        "fondos": fondos,
        "distribuido": sum((f["importe"] for f in fondos), Dinero.CERO),
        "historia": historia_de_objeto("extracto", extracto_id),
    }
    migas = (Miga("Extractos", direccion("extractos")), Miga(visto.nombre))
    return pagina(request, "recaudacion/extracto.html", contexto, seccion="extractos", migas=migas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lineas(request: HttpRequest, extracto_id: int) -> HttpResponseBase:
    """Lista: lines of a statement by outcome, from one line on (a statement may have 300 000)."""
    visto = o_no_existe(lambda: extracto(extracto_id))
    filtro = FiltroLineas(request.GET or None, Filas())
    elegidos = filtro.form.cleaned_data if filtro.is_bound and filtro.form.is_valid() else {}
    resultado = elegidos.get("resultado", "")
    if request.GET.get("formato") == "csv":
        todas = TablaLineas(Filas(_todas(extracto_id, resultado)))
        nombre = f"lineas-extracto-{extracto_id}"
        return hojas.archivo(hojas.CSV, todas.encabezados(), todas.valores(), nombre=nombre)
    desde = _entero(request.GET.get("desde", ""))
    hallados = lineas_de(extracto_id, resultado=resultado, desde=desde, limite=POR_PAGINA + 1)
    tabla = TablaLineas(Filas(hallados[:POR_PAGINA]))
    consulta = f"resultado={resultado}&" if resultado else ""
    contexto = {
        "extracto": visto,
        "filtro": filtro,
        "tabla": tabla,
        "cuantos": _cuantas(visto, resultado),
        "exportar": [Enlace("CSV", f"?{consulta}formato=csv")],
        "desde": desde,
        "primera": f"?{consulta}" if desde else "",
        "siguiente": f"?{consulta}desde={hallados[POR_PAGINA - 1].numero}"
        if len(hallados) > POR_PAGINA
        else "",
    }
    migas = (
        Miga("Extractos", direccion("extractos")),
        Miga(visto.nombre, direccion("extracto", extracto_id)),
        Miga("Líneas"),
    )
    return pagina(request, "recaudacion/lineas.html", contexto, seccion="extractos", migas=migas)


@exige(Permiso.RECAUDACION_VER)
@require_safe
def por_aclarar(request: HttpRequest) -> HttpResponseBase:
    """Lista: what the bank must explain: reversals, other amounts, what cannot be read."""
    filtro = FiltroPorAclarar(request.GET or None, Filas(lineas_por_aclarar(limite=MAXIMO)))
    return lista(
        request,
        "recaudacion/aclarar.html",
        filtro=filtro,
        tabla=TablaPorAclarar(filtro.qs),
        nombre="lineas-por-aclarar",
        singular="línea por aclarar",
        plural="líneas por aclarar",
        seccion="extractos",
        migas=(Miga("Extractos", direccion("extractos")), Miga("Por aclarar")),
    )


def _actos(actor: Actor, visto: ExtractoVisto) -> list[Enlace]:
    """The acts that this statement admits and this person may do now."""
    if not actor.puede(Permiso.EXTRACTO_CONFIRMAR):
        return []
    posibles = []
    if not por_que_no(actor, visto):
        posibles.append(Enlace("Confirmar el extracto", direccion("confirmar_extracto", visto.id)))
    if "rechazar_extracto" in visto.actos:
        posibles.append(Enlace("Rechazarlo", direccion("rechazar_extracto", visto.id)))
    return posibles


def _recibir(pedido: Pedido, datos: dict[str, Any]) -> Sequence[int]:
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


def _avisar(request: HttpRequest, cuantos: int) -> None:
    frase = "Se recibió el extracto" if cuantos == 1 else f"Se recibieron {cuantos} extractos"
    messages.success(
        request, f"{frase}. Falta que otra persona lo confirme para que entre al libro."
    )


def _particion(visto: ExtractoVisto) -> list[dict[str, Any]]:
    return [
        {"codigo": codigo, "texto": texto, "cuantas": getattr(visto, campo)}
        for codigo, texto, campo in RESULTADOS
    ]


def _cuantas(visto: ExtractoVisto, resultado: str) -> int:
    cuentas: dict[str, int] = {codigo: getattr(visto, campo) for codigo, _, campo in RESULTADOS}
    return cuentas.get(resultado, visto.lineas)


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


def _todas(extracto_id: int, resultado: str) -> Iterator[LineaVista]:
    desde = 0
    while grupo := lineas_de(extracto_id, resultado=resultado, desde=desde, limite=POR_LECTURA):
        yield from grupo
        desde = grupo[-1].numero


def _entero(texto: str) -> int:
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else 0
