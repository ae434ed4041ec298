"""Comprobantes: choose, review, generate, see, download, annul."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from recaudo.domain.obligaciones.queries import obligaciones_de
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.generar_comprobante import (
    ObligacionEnOtroComprobante,
    generar_comprobante,
)
from recaudo.domain.recaudacion.queries import (
    ComprobanteNoExiste,
    ComprobanteVisto,
    comprobante,
    comprobantes_de,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.comprobantes.forms import (
    FormularioDeAnulacion,
    FormularioDeEleccion,
)
from recaudo.interfaces.portal.comprobantes.revision import revisar as revisar_eleccion
from recaudo.interfaces.portal.comprobantes.tablas import (
    FilaComprobante,
    TablaComprobantes,
    estado_visible,
)
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    empleador_actual,
    lo_propio,
    no_encontrado,
    no_es_posible,
    pagina,
)
from recaudo.interfaces.portal.deudas import deudas_de
from recaudo.interfaces.portal.documentos import ficha_de_documento, pdf
from recaudo.interfaces.portal.historia import historia_de
from recaudo.interfaces.portal.plazos import restantes
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.refusals import Rechazo

SECCION = "portal:comprobantes"


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion) -> HttpResponse:
    """List the comprobantes of the employer, newest first."""
    quien = empleador_actual(request)
    filas = [
        FilaComprobante.de(c, request.hoy)
        for c in comprobantes_de(quien.id, alcance=lo_propio(request))
    ]
    tabla = TablaComprobantes(filas)
    RequestConfig(request, paginate={"per_page": 25}).configure(tabla)
    contexto = {"tabla": tabla, "cuantos": len(filas)}
    return pagina(request, "portal/comprobantes/lista.html", contexto, de=quien, seccion=SECCION)


@exige(Permiso.COMPROBANTE_GENERAR)
@require_safe
def elegir(request: Peticion) -> HttpResponse:
    """Offer what the employer owes, to be chosen."""
    quien = empleador_actual(request)
    deudas = deudas_de(quien, hoy=request.hoy)
    marcadas = {int(x) for x in request.GET.getlist("obligacion") if x.isdecimal()}
    contexto = {"deudas": deudas, "marcadas": marcadas}
    return pagina(
        request, "portal/comprobantes/elegir.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(), Miga("Nuevo")],
    )  # fmt: skip


@exige(Permiso.COMPROBANTE_GENERAR)
@require_safe
def revisar(request: Peticion) -> HttpResponse:
    """Show what the chosen debts cost, with interest to the last valid day; nothing is written."""
    quien = empleador_actual(request)
    deudas = deudas_de(quien, hoy=request.hoy)
    form = FormularioDeEleccion(request.GET, libres=[d.id for d in deudas.libres])
    migas = [_miga(), Miga("Nuevo", reverse("portal:elegir")), Miga("Revise")]
    if not form.is_valid():
        contexto: dict[str, object] = {"deudas": deudas, "marcadas": set(), "form": form}
        return pagina(
            request, "portal/comprobantes/elegir.html", contexto, de=quien, seccion=SECCION,
            migas=migas[:2], status=422,
        )  # fmt: skip
    elegidas = [d for d in deudas.libres if d.id in form.cleaned_data["obligacion"]]
    try:
        revision = revisar_eleccion(elegidas, hoy=request.hoy)
    except Rechazo as rechazo:
        return _rechazado(request, rechazo)
    contexto = {
        "revision": revision,
        "restantes": restantes(revision.validez.hasta, hoy=request.hoy),
        "url_cambiar": f"{reverse('portal:elegir')}?{request.GET.urlencode()}",
    }
    return pagina(
        request,
        "portal/comprobantes/revisar.html",
        contexto,
        de=quien,
        seccion=SECCION,
        migas=migas,
    )


@exige(Permiso.COMPROBANTE_GENERAR)
@require_http_methods(["GET", "HEAD", "POST"])
def generar(request: Peticion) -> HttpResponse:
    """Generate the comprobante (POST); reached any other way, go back to choose."""
    if request.method != "POST":
        return redirect("portal:elegir")
    quien = empleador_actual(request)
    pedidas = [int(x) for x in request.POST.getlist("obligacion") if x.isdecimal()]
    try:
        nuevo = generar_comprobante(
            empleador_id=quien.id, obligaciones=pedidas, por=request.actor, hoy=request.hoy
        )
    except Rechazo as rechazo:
        return _rechazado(request, rechazo)
    return redirect("portal:comprobante_generado", numero=nuevo.numero)


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def generado(request: Peticion, numero: str) -> HttpResponse:
    """Close the act: number, what comes next with its date, the paper. Reload repeats nothing."""
    visto = _comprobante(request, numero)
    contexto = {"c": visto, "restantes": restantes(visto.valido_hasta, hoy=request.hoy)}
    return pagina(
        request, "portal/comprobantes/generado.html", contexto,
        de=empleador(request, visto.empleador_id), seccion=SECCION,
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, numero: str) -> HttpResponse:
    """Show one comprobante: its state, what it froze and why, its paper, its history."""
    visto = _comprobante(request, numero)
    quien = empleador(request, visto.empleador_id)
    obligaciones = {o.id: o for o in obligaciones_de(quien.id)}
    contexto = {
        "c": visto,
        "vigente": visto.esta_vigente(request.hoy),
        "restantes": restantes(visto.valido_hasta, hoy=request.hoy),
        "estado": estado_visible(visto, request.hoy),
        "filas": [
            Fila("Total a pagar", visto.importe.formato()),
            Fila("Aportes", visto.capital.formato()),
            Fila("Interés por mora", visto.interes.formato()),
            Fila("Generado", escribir_fecha(visto.fecha_emision)),
            Fila("Válido hasta", escribir_fecha(visto.valido_hasta)),
        ],
        "detalles": [(d, obligaciones[d.obligacion_id], legible(d.traza)) for d in visto.detalles],
        "documento": ficha_de_documento(visto.documento_id),
        "historia": historia_de("comprobante", visto.id),
        "puede_anular": "anular" in visto.actos and request.actor.puede(Permiso.COMPROBANTE_ANULAR),
    }
    return pagina(
        request, "portal/comprobantes/ficha.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(), Miga(visto.numero)],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar(request: Peticion, numero: str) -> HttpResponse:
    """Hand the paper of a comprobante."""
    visto = _comprobante(request, numero)
    if visto.documento_id is None:
        raise no_encontrado()
    return pdf(visto.documento_id, f"comprobante-{visto.numero}")


@exige(Permiso.COMPROBANTE_ANULAR)
@require_http_methods(["GET", "HEAD", "POST"])
def anular(request: Peticion, numero: str) -> HttpResponse:
    """Annul a comprobante that was not paid: its effect on the page, a reason required."""
    visto = _comprobante(request, numero)
    quien = empleador(request, visto.empleador_id)
    form = FormularioDeAnulacion(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            anular_comprobante(
                numero=visto.numero, por=request.actor, hoy=request.hoy,
                razon=form.cleaned_data["razon"],
            )  # fmt: skip
        except Rechazo as rechazo:
            return _rechazado(request, rechazo)
        messages.success(request, f"Anuló el comprobante {visto.numero}.")
        return redirect("portal:comprobante", numero=visto.numero)
    ruta = reverse("portal:comprobante", args=[visto.numero])
    contexto = {"c": visto, "form": form, "puede_anular": "anular" in visto.actos}
    return pagina(
        request, "portal/comprobantes/anular.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(), Miga(visto.numero, ruta), Miga("Anular")],
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _comprobante(request: Peticion, numero: str) -> ComprobanteVisto:
    try:
        return comprobante(numero, alcance=lo_propio(request))
    except ComprobanteNoExiste as falta:
        raise no_encontrado() from falta


def _miga() -> Miga:
    return Miga("Comprobantes", reverse("portal:comprobantes"))


def _rechazado(request: Peticion, rechazo: Rechazo) -> HttpResponse:
    salidas = [Enlace("Elegir otras obligaciones", reverse("portal:elegir"))]
    if isinstance(rechazo, ObligacionEnOtroComprobante):
        salidas.insert(0, Enlace("Ver los comprobantes", reverse("portal:comprobantes")))
    return no_es_posible(
        request, rechazo, titulo="No se generó el comprobante", salidas=salidas,
        de=empleador_actual(request), seccion=SECCION,
    )  # fmt: skip
