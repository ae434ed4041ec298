"""Batch files of events: look, mend, register; what became of each line."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import MAXIMO_DE_BYTES
from recaudo.domain.afiliacion.queries import (
    FichaEmpleador,
    archivo_de_resultado,
    filas_de,
    lineas_devueltas,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    lo_propio,
    no_es_posible,
    no_hallado,
    pagina,
    pagina_de_acto,
)
from recaudo.interfaces.portal.novedades.forms import (
    FormularioDeArchivo,
    FormularioDeCorreccion,
)
from recaudo.interfaces.portal.novedades.guia import TIPOS
from recaudo.interfaces.portal.novedades.revision import (
    CORREGIBLES,
    Enviado,
    corregido,
    efecto_de_registrar,
    en_archivo,
    guardar,
    lineas_revisadas,
    recuperar,
)
from recaudo.interfaces.portal.novedades.tablas import TablaArchivos, archivos_de
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.interfaces.vista.listas import lista as en_lista
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.interfaces.vista.puertas import exige, recibe_hasta
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.novedades.avisos import TipoNovedad

SECCION = "portal:novedades"
POR_PAGINA = 50


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion, ruc: str) -> HttpResponseBase:
    """List the files the employer sent, newest first; or hand the list as a file."""
    quien = empleador(request, ruc)
    puede = request.actor.puede(Permiso.NOVEDADES_CARGAR)
    cargar = Enlace("Cargar un archivo", reverse("portal:cargar", args=[quien.ruc]))
    return en_lista(
        request,
        TablaArchivos,
        archivos_de(quien, alcance=lo_propio(request)),
        pintar=pagina,
        actos=[cargar] if puede else [],
        de=quien,
        seccion=SECCION,
    )


@exige(Permiso.NOVEDADES_CARGAR)
@recibe_hasta(MAXIMO_DE_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def cargar(request: Peticion, ruc: str) -> HttpResponse:
    """Receive one file to be looked at; nothing of it is registered yet."""
    quien = empleador(request, ruc)
    es_envio = request.method == "POST"
    form = FormularioDeArchivo(request.POST, request.FILES) if es_envio else FormularioDeArchivo()
    if form.is_bound and form.is_valid():
        archivo = form.cleaned_data["archivo"]
        respuesta = _revisar(request, quien, Enviado(archivo.name, archivo.read()), form, "archivo")
        if respuesta is not None:
            return respuesta
    return pagina(
        request, "portal/novedades/cargar.html", {"form": form, "tipos": TIPOS}, de=quien,
        seccion=SECCION, migas=[_miga(quien), Miga("Cargar un archivo")],
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@exige(Permiso.NOVEDADES_CARGAR)
@require_http_methods(METODOS)
def revision(request: Peticion, ruc: str, vale: str) -> HttpResponse:
    """Acto: what a file would do (GET), and register it (POST). Twice is once."""
    quien = empleador(request, ruc)
    return _acto_de_registrar(request, quien, vale, _enviado(quien, vale))


def _acto_de_registrar(
    request: Peticion, quien: FichaEmpleador, vale: str, enviado: Enviado,
    *, correccion: FormularioDeCorreccion | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer with the page of the act, or its end; a file that enters no more says why."""
    try:
        return acto_de_pantalla(
            request,
            titulo=f"Revise el archivo {enviado.nombre}",
            decisiones=[_decision(request, quien, enviado, "Registrar")],
            cancelar=reverse("portal:cargar", args=[quien.ruc]),
            pintar=pagina_de_acto,
            plantilla="portal/novedades/revision.html",
            norma="Ley de Seguridad Social, art. 73",
            contexto={"nombre": enviado.nombre, "vale": vale},
            preparar=lambda: _lo_que_haria(request, quien, enviado, correccion),
            devuelta=correccion is not None,
            de=quien,
            seccion=SECCION,
            migas=[_miga(quien), Miga("Revise el archivo")],
        )
    except Rechazo as rechazo:
        return _rechazado(request, quien, rechazo)


def _decision(request: Peticion, quien: FichaEmpleador, enviado: Enviado, boton: str) -> Decision:
    return Decision("registrar", boton, lambda _dicho: _registrar(request, quien, enviado))


def _registrar(request: Peticion, quien: FichaEmpleador, enviado: Enviado) -> Resultado:
    """Do it; the page of the file closes the act: what became of each line."""
    dicho = enviado.juzgar(quien, por=request.actor, hoy=request.hoy, ensayo=False)
    return Resultado("", reverse("portal:archivo", args=[quien.ruc, dicho.archivo_id]))


def _lo_que_haria(
    request: Peticion, quien: FichaEmpleador, enviado: Enviado,
    correccion: FormularioDeCorreccion | None,
) -> dict[str, object]:  # fmt: skip
    """Judge the file again, which writes nothing, and return what its page shows."""
    dicho = enviado.juzgar(quien, por=request.actor, hoy=request.hoy, ensayo=True)
    todas = lineas_revisadas(dicho, enviado.textos())
    malas = [x.texto for x in todas if x.estado == "RECHAZADA"]
    efecto = efecto_de_registrar(dicho)
    boton = f"Registrar {contar(dicho.aceptadas, 'línea', 'líneas')}"
    return {
        "efecto": efecto,
        "decisiones": [_decision(request, quien, enviado, boton)],
        "impedimento": "" if dicho.aceptadas else " ".join(efecto),
        "dicho": dicho,
        "tipo": TipoNovedad(dicho.tipo).nombre,
        **_hoja(request, todas, dicho.rechazadas),
        **_correccion(malas, correccion),
    }


@exige(Permiso.NOVEDADES_CARGAR)
@require_POST
def corregir(request: Peticion, ruc: str, vale: str) -> HttpResponse:
    """Look again at a file with the lines mended on the page; its good lines stay."""
    quien = empleador(request, ruc)
    enviado = _enviado(quien, vale)
    form = FormularioDeCorreccion(request.POST)
    if form.is_valid():
        try:
            dicho = enviado.juzgar(quien, por=request.actor, hoy=request.hoy, ensayo=True)
        except Rechazo as rechazo:
            return _rechazado(request, quien, rechazo)
        nuevo = Enviado(
            enviado.nombre, corregido(enviado, dicho.filas, form.cleaned_data["lineas"])
        )
        respuesta = _revisar(request, quien, nuevo, form, "lineas")
        if respuesta is not None:
            return respuesta
    return _acto_de_registrar(request, quien, vale, enviado, correccion=form)


@exige(Permiso.NOVEDADES_CARGAR)
@require_POST
def continuar(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Look at the lines that a registered file gave back, mended on the page."""
    quien = empleador(request, ruc)
    archivo = _archivo(request, quien, archivo_id)
    form = FormularioDeCorreccion(request.POST)
    if form.is_valid():
        nuevo = Enviado(archivo.nombre, corregido(None, (), form.cleaned_data["lineas"]))
        respuesta = _revisar(request, quien, nuevo, form, "lineas")
        if respuesta is not None:
            return respuesta
    return _pagina_de_resultado(request, quien, archivo, form=form)


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def resultado(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Show what became of each line; first the ones that came back."""
    quien = empleador(request, ruc)
    return _pagina_de_resultado(request, quien, _archivo(request, quien, archivo_id))


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar_resultado(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Hand the same file with state, code and message after each line."""
    archivo = _archivo(request, empleador(request, ruc), archivo_id)
    contenido = archivo_de_resultado(archivo.pk, alcance=lo_propio(request))
    return _texto(contenido, f"resultado-{archivo.pk}.txt")


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar_devueltas(request: Peticion, ruc: str, archivo_id: int) -> HttpResponse:
    """Hand only the lines that came back, as they came, to be mended and sent again."""
    archivo = _archivo(request, empleador(request, ruc), archivo_id)
    lineas = lineas_devueltas(archivo.pk, alcance=lo_propio(request))
    return _texto(en_archivo(lineas), f"devueltas-{archivo.pk}.txt")


@exige(Permiso.NOVEDADES_CARGAR)
@require_safe
def descargar_fallas(request: Peticion, ruc: str, vale: str) -> HttpResponse:
    """Hand only the lines that would come back of a file not yet registered."""
    quien = empleador(request, ruc)
    enviado = _enviado(quien, vale)
    try:
        dicho = enviado.juzgar(quien, por=request.actor, hoy=request.hoy, ensayo=True)
    except Rechazo as rechazo:
        return _rechazado(request, quien, rechazo)
    textos = enviado.textos()
    malas = [textos[f.numero] for f in dicho.filas if f.estado == "RECHAZADA"]
    return _texto(en_archivo(malas), "lineas-por-corregir.txt")


def _revisar(
    request: Peticion, quien: FichaEmpleador, enviado: Enviado, form: Formulario, campo: str
) -> HttpResponse | None:
    """Look at a file and go to its page; None, with the refusal beside the field, when it is no."""
    try:
        enviado.juzgar(quien, por=request.actor, hoy=request.hoy, ensayo=True)
    except Rechazo as rechazo:
        form.add_error(campo, rechazo.mensaje)
        return None
    return redirect("portal:revision", ruc=quien.ruc, vale=guardar(enviado, quien, hoy=request.hoy))


def _pagina_de_resultado(
    request: Peticion, quien: FichaEmpleador, archivo: Any,
    *, form: FormularioDeCorreccion | None = None,
) -> HttpResponse:  # fmt: skip
    filas = filas_de(archivo.pk, alcance=lo_propio(request))
    devueltas = lineas_devueltas(archivo.pk, alcance=lo_propio(request))
    contexto = {
        "archivo": archivo,
        "tipo": TipoNovedad(archivo.tipo).nombre,
        **_hoja(request, filas, archivo.rechazadas),
        **_correccion(devueltas, form),
    }
    return pagina(
        request, "portal/novedades/resultado.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(archivo.nombre)], status=422 if form is not None else 200,
    )  # fmt: skip


def _hoja(request: Peticion, filas: Sequence[Any], rechazadas: int) -> dict[str, object]:
    """Return the page of lines to show, those that came back first, and its tabs."""
    ver_todas = request.GET.get("ver") == "todas" or not rechazadas
    vistas = filas if ver_todas else [f for f in filas if f.estado == "RECHAZADA"]
    return {
        "lineas": Paginator(vistas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "total": len(filas),
        "pestanas": [
            Entrada(f"Por corregir ({rechazadas})", "?", es_actual=not ver_todas),
            Entrada(f"Todas ({len(filas)})", "?ver=todas", es_actual=ver_todas),
        ],
    }


def _correccion(
    malas: Sequence[str], form: FormularioDeCorreccion | None
) -> dict[str, FormularioDeCorreccion | None]:
    """Return the form that mends on the page, while they are few enough to be read."""
    if form is not None:
        return {"correccion": form}
    if not 0 < len(malas) <= CORREGIBLES:
        return {"correccion": None}
    return {"correccion": FormularioDeCorreccion(initial={"lineas": "\n".join(malas)})}


def _texto(contenido: bytes, nombre: str) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type="text/plain; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


def _enviado(quien: FichaEmpleador, vale: str) -> Enviado:
    enviado = recuperar(vale, quien)
    if enviado is None:
        que = "esa revisión"
        raise no_hallado(
            que, "", de=quien, entre="los archivos enviados a revisar", seccion=SECCION,
            consejo="Pudo vencer: vuelva a cargar el archivo. Nada de él quedó registrado.",
        )  # fmt: skip
    return enviado


def _rechazado(request: Peticion, quien: FichaEmpleador, rechazo: Rechazo) -> HttpResponse:
    return no_es_posible(
        request, rechazo, titulo="No se registró el archivo", de=quien, seccion=SECCION,
        salidas=[
            Enlace("Cargar otro archivo", reverse("portal:cargar", args=[quien.ruc])),
            Enlace("Ver los archivos que envió", reverse(SECCION, args=[quien.ruc])),
        ],
    )  # fmt: skip


def _archivo(request: Peticion, quien: FichaEmpleador, archivo_id: int) -> Any:
    """Return a file of the employer; missing and another's are the same miss."""
    archivo = archivos_de(quien, alcance=lo_propio(request)).consulta.filter(pk=archivo_id).first()
    if archivo is None:
        que = "ese archivo de novedades"
        raise no_hallado(
            que, "", de=quien, entre="los archivos", seccion=SECCION,
            consejo="Elija el archivo en la lista de los que envió.",
        )  # fmt: skip
    return archivo


def _miga(quien: FichaEmpleador) -> Miga:
    return Miga("Novedades", reverse(SECCION, args=[quien.ruc]))
