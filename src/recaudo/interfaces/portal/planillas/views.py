"""Planillas: the list; one with its lines, on the page or as a file; the why of one line."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.planillas.queries import (
    PlanillaNoExiste,
    PlanillaVista,
    linea,
    lineas_de,
    planilla,
    porque,
    porque_ccc,
)
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    lo_propio,
    no_hallado,
    pagina,
)
from recaudo.interfaces.portal.deudas import intereses_o_aviso
from recaudo.interfaces.portal.glosas import glosa_de_cada_deuda
from recaudo.interfaces.portal.historia import historia_de
from recaudo.interfaces.portal.planillas.archivo import TITULOS, valores_de_lineas
from recaudo.interfaces.portal.planillas.renglones import filas_de_lineas
from recaudo.interfaces.portal.planillas.tablas import TablaPlanillas, planillas_de, poner_plazos
from recaudo.interfaces.portal.plazos import restantes
from recaudo.interfaces.portal.seguros import SEGUROS
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.formatos import escribir_periodo
from recaudo.interfaces.vista.listas import FORMATO, direccion_con
from recaudo.interfaces.vista.listas import lista as en_lista
from recaudo.interfaces.vista.piezas import Enlace, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.trazas import legible

SECCION = "portal:planillas"
POR_PAGINA = 25


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion, ruc: str) -> HttpResponseBase:
    """List the planillas of the employer, what is owed first; or hand them as a file."""
    quien = empleador(request, ruc)
    return en_lista(
        request,
        TablaPlanillas,
        planillas_de(quien, alcance=lo_propio(request)),
        pintar=pagina,
        excluir=() if len(quien.sucursales) > 1 else ("codigo_sucursal",),
        completar=lambda filas: poner_plazos(request, quien, filas),
        de=quien,
        seccion=SECCION,
    )


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, ruc: str, planilla_id: int) -> HttpResponseBase:
    """Show one planilla: what it asks and why, what is left today, its lines, its history.

    Its lines, those that the search leaves, are a file when the address asks `formato=csv|xlsx`.
    """
    quien = empleador(request, ruc)
    vista = _planilla(request, quien, planilla_id)
    texto = request.GET.get("buscar", "").strip()[:80]
    formato = request.GET.get(FORMATO, "")
    if formato in hojas.FORMATOS:
        nombre = f"planilla-{vista.periodo}-{vista.id}"
        valores = valores_de_lineas(vista, busca=texto)
        return hojas.archivo(request, formato, TITULOS, valores, nombre=nombre)
    debe = vista.obligacion
    intereses, aviso = intereses_o_aviso([debe] if debe.esta_viva else [], corte=request.hoy)
    hoja = lineas_de(
        vista, pagina=_numero(request.GET.get("pagina")), por_pagina=POR_PAGINA, busca=texto
    )
    contexto = {
        "p": vista,
        "o": debe,
        "sucursal": next((s.codigo for s in quien.sucursales if s.id == vista.sucursal_id), ""),
        "restantes": restantes(debe.fecha_vencimiento, hoy=request.hoy),
        "interes": intereses.get(debe.id),
        "total_hoy": intereses[debe.id].total if debe.id in intereses else None,
        "pasos_interes": legible(intereses[debe.id].traza) if debe.id in intereses else [],
        "aviso": aviso,
        "pasos_ccc": legible(porque_ccc(vista)),
        "reparto": [(SEGUROS[s], v) for s, v in vista.fondos.items() if v],
        "comprobante": comprobantes_vivos_con([debe.id]).get(debe.id, ""),
        "glosa": glosa_de_cada_deuda(request, quien, [debe.id]).get(debe.id),
        "lineas": filas_de_lineas(
            hoja.lineas, base=reverse("portal:planilla", args=[quien.ruc, vista.id])
        ),
        "cuantas": hoja.total,
        "paginas": Paginator(range(hoja.total), POR_PAGINA).get_page(hoja.numero),
        "buscar": texto,
        "sumas": hoja.sumas,
        "exportar": [
            Enlace(palabra, direccion_con(request, **{FORMATO: cual}))
            for cual, palabra in hojas.FORMATOS.items()
        ],
        "historia": historia_de(
            "obligacion", debe.id, primero=Suceso("Emitida", debe.fecha_emision, "Sistema")
        ),
    }
    return pagina(
        request, "portal/planillas/ficha.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(f"Planilla de {escribir_periodo(vista.periodo)}")],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def una_linea(request: Peticion, ruc: str, planilla_id: int, relacion_id: int) -> HttpResponse:
    """Show the why of every amount of one worker in one planilla."""
    quien = empleador(request, ruc)
    vista = _planilla(request, quien, planilla_id)
    try:
        suya = linea(vista, relacion_id)
    except PlanillaNoExiste as falta:
        raise _no_hallada(quien) from falta
    ruta = reverse("portal:planilla", args=[ruc, vista.id])
    contexto = {
        "p": vista,
        "x": suya,
        "pasos": legible(porque(suya)),
        "reparto": [(SEGUROS[s], v) for s, v in suya.fondos.items() if v],
    }
    return pagina(
        request, "portal/planillas/linea.html", contexto,
        de=quien, seccion=SECCION,
        migas=[
            _miga(quien),
            Miga(f"Planilla de {escribir_periodo(vista.periodo)}", ruta),
            Miga(suya.nombre or suya.identificacion),
        ],
    )  # fmt: skip


def _planilla(request: Peticion, quien: FichaEmpleador, planilla_id: int) -> PlanillaVista:
    """Return a planilla of that employer; missing and another's are the same miss."""
    try:
        vista = planilla(planilla_id, alcance=lo_propio(request))
    except PlanillaNoExiste as falta:
        raise _no_hallada(quien) from falta
    if vista.empleador_id != quien.id:
        raise _no_hallada(quien)
    return vista


def _no_hallada(quien: FichaEmpleador) -> NoHallado:
    return no_hallado(
        "esa planilla", "", de=quien, entre="las planillas", seccion=SECCION,
        consejo="Elija la planilla por su mes en la lista.",
    )  # fmt: skip


def _numero(texto: str | None) -> int:
    """Return a page number typed in the address; the first when it is none."""
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) <= 6 else 1


def _miga(quien: FichaEmpleador) -> Miga:
    return Miga("Planillas", reverse(SECCION, args=[quien.ruc]))
