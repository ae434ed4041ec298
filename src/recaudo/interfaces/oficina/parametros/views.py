"""Rates: the list, register one, approve one. Who registers does not approve."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.parametros.queries import TasaVista, tasas
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.listas import lista
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.parametros.forms import FormularioDeTasa
from recaudo.interfaces.oficina.parametros.tablas import FiltroTasas, TablaTasas, escribir_tasa
from recaudo.interfaces.vista.filtros import Filas
from recaudo.interfaces.vista.piezas import Fila, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.refusals import Rechazo


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista_de_tasas(request: HttpRequest) -> HttpResponseBase:
    """Lista: every published rate, with its source and its doubt."""
    actor = de_la_puerta(request).actor
    filtro = FiltroTasas(request.GET or None, Filas(tasas()))
    tabla = TablaTasas(filtro.qs, puede_aprobar=actor.puede(Permiso.TASA_APROBAR))
    return lista(
        request,
        "parametros/tasas.html",
        filtro=filtro,
        tabla=tabla,
        nombre="tasas",
        singular="tasa",
        plural="tasas",
        seccion="tasas",
        puede_registrar=actor.puede(Permiso.TASA_REGISTRAR),
    )


@exige(Permiso.TASA_REGISTRAR)
@require_http_methods(["GET", "HEAD", "POST"])
def registrar(request: HttpRequest) -> HttpResponse:
    """Acto: register the rate of a month; it waits for another officer's approval."""
    pedido = de_la_puerta(request)
    form = FormularioDeTasa(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        datos = form.cleaned_data
        try:
            registrar_tasa(
                periodo=datos["periodo"],
                hasta=datos["hasta"],
                tasa=datos["tasa"],
                fuente=datos["fuente"],
                estado_verificacion=datos["estado_verificacion"],
                por=pedido.actor,
                hoy=pedido.hoy,
            )
        except Rechazo as rechazo:
            form.add_error(None, rechazo.mensaje)
        else:
            messages.success(request, "Tasa registrada. Rige cuando otra persona la apruebe.")
            return redirect("oficina:tasas")
    migas = (Miga("Tasas", direccion("tasas")), Miga("Registrar una tasa"))
    estado = 422 if form.is_bound else 200
    return pagina(
        request,
        "parametros/registrar_tasa.html",
        {"form": form},
        seccion="tasas",
        migas=migas,
        estado=estado,
    )


@exige(Permiso.TASA_APROBAR)
@require_http_methods(["GET", "HEAD", "POST"])
def aprobar(request: HttpRequest, tasa_id: int) -> HttpResponse:
    """Acto: put in force a rate that somebody else registered."""
    pedido = de_la_puerta(request)
    tasa = o_no_existe(lambda: next((t for t in tasas(pendientes=True) if t.id == tasa_id), None))
    error = ""
    if request.method == "POST":
        try:
            aprobar_tasa(tasa_id=tasa_id, por=pedido.actor, hoy=pedido.hoy)
        except Rechazo as rechazo:
            error = rechazo.mensaje
        else:
            messages.success(request, f"Tasa de {escribir_tasa(tasa.tasa)} aprobada: ya rige.")
            return redirect("oficina:tasas")
    migas = (Miga("Tasas", direccion("tasas")), Miga("Aprobar una tasa"))
    contexto = {
        "filas": _resumen(tasa),
        "error": error,
        "es_suya": tasa.registrada_por == pedido.actor.id,
    }
    return pagina(
        request,
        "parametros/aprobar_tasa.html",
        contexto,
        seccion="tasas",
        migas=migas,
        estado=422 if error else 200,
    )


def _resumen(tasa: TasaVista) -> list[Fila]:
    ultimo = tasa.hasta.fromordinal(tasa.hasta.toordinal() - 1)
    return [
        Fila("Tasa activa máxima convencional", f"{escribir_tasa(tasa.tasa)} anual"),
        Fila("Rige", f"del {tasa.desde:%d/%m/%Y} al {ultimo:%d/%m/%Y}"),
        Fila("Fuente", tasa.fuente),
        Fila("Verificación", tasa.estado_verificacion.capitalize()),
    ]
