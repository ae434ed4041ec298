"""Batch files of events: list, send, result row by row, result file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import cargar_archivo_novedades
from recaudo.domain.afiliacion.queries import (
    FichaEmpleador,
    archivo_de_resultado,
    archivos_visibles,
    filas_de,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    lo_propio,
    no_hallado,
    pagina,
)
from recaudo.interfaces.portal.novedades.forms import FormularioDeArchivo
from recaudo.interfaces.portal.novedades.guia import TIPOS
from recaudo.interfaces.portal.novedades.tablas import TablaArchivos
from recaudo.interfaces.vista.piezas import Entrada, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.refusals import Rechazo

SECCION = "portal:novedades"
POR_PAGINA = 50


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion, ruc: str) -> HttpResponse:
    """List the files the employer sent, newest first."""
    quien = empleador(request, ruc)
    archivos = _archivos(request, quien)
    tabla = TablaArchivos(archivos, ruc=quien.ruc)
    RequestConfig(request, paginate={"per_page": 25}).configure(tabla)
    contexto = {"tabla": tabla, "cuantos": tabla.paginator.count}
    return pagina(request, "portal/novedades/lista.html", contexto, de=quien, seccion=SECCION)


@exige(Permiso.NOVEDADES_CARGAR)
@require_http_methods(["GET", "HEAD", "POST"])
def cargar(request: Peticion, ruc: str) -> HttpResponse:
    """Receive one file: good rows enter, bad rows come back with their reason."""
    quien = empleador(request, ruc)
    es_envio = request.method == "POST"
    form = FormularioDeArchivo(request.POST, request.FILES) if es_envio else FormularioDeArchivo()
    if form.is_bound and form.is_valid():
        archivo = form.cleaned_data["archivo"]
        try:
            resultado = cargar_archivo_novedades(
                contenido=archivo.read(), nombre=archivo.name, empleador_id=quien.id,
                por=request.actor, hoy=request.hoy,
            )  # fmt: skip
        except Rechazo as rechazo:
            form.add_error("archivo", rechazo.mensaje)
        else:
            return redirect("portal:archivo", ruc=quien.ruc, archivo_id=resultado.archivo_id)
    return pagina(
        request, "portal/novedades/cargar.html", {"form": form, "tipos": TIPOS}, de=quien,
        seccion=SECCION, migas=[_miga(quien), Miga("Cargar un archivo")],
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def resultado(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Show what became of each row; first the ones that came back."""
    quien = empleador(request, ruc)
    archivo = _archivo(request, quien, archivo_id)
    ver_todas = request.GET.get("ver") == "todas" or not archivo.rechazadas
    filas = filas_de(archivo.pk, alcance=lo_propio(request))
    vistas = filas if ver_todas else [f for f in filas if f.estado == "RECHAZADA"]
    hoja = Paginator(vistas, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "archivo": archivo,
        "filas": hoja,
        "total": len(filas),
        "pestanas": [
            Entrada(f"Rechazadas ({archivo.rechazadas})", "?", es_actual=not ver_todas),
            Entrada(f"Todas ({len(filas)})", "?ver=todas", es_actual=ver_todas),
        ],
    }
    return pagina(
        request, "portal/novedades/resultado.html", contexto,
        de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(archivo.nombre)],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar_resultado(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Hand the same file with state, code and message after each row."""
    quien = empleador(request, ruc)
    archivo = _archivo(request, quien, archivo_id)
    respuesta = HttpResponse(
        archivo_de_resultado(archivo.pk, alcance=lo_propio(request)),
        content_type="text/plain; charset=utf-8",
    )
    respuesta["Content-Disposition"] = f'attachment; filename="resultado-{archivo.pk}.txt"'
    return respuesta


def _archivos(request: Peticion, quien: FichaEmpleador) -> Any:
    return archivos_visibles(lo_propio(request)).filter(empleador_id=quien.id)


def _archivo(request: Peticion, quien: FichaEmpleador, archivo_id: int) -> Any:
    """Return a file of the employer; missing and another's are the same miss."""
    archivo = _archivos(request, quien).filter(pk=archivo_id).first()
    if archivo is None:
        que = "ese archivo de novedades"
        raise no_hallado(
            que, "", de=quien, entre="los archivos", seccion=SECCION,
            consejo="Elija el archivo en la lista de los que envió.",
        )  # fmt: skip
    return archivo


def _miga(quien: FichaEmpleador) -> Miga:
    return Miga("Novedades", reverse(SECCION, args=[quien.ruc]))
