"""Comprobantes: choose, review, generate, see, download, annul."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.obligaciones.queries import ObligacionVista, obligaciones_de
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.generar_comprobante import (
    ObligacionEnOtroComprobante,
    generar_comprobante,
)
from recaudo.domain.recaudacion.queries import (
    ComprobanteNoExiste,
    ComprobanteVisto,
    DetalleVisto,
    abonos_de_comprobante,
    comprobante,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.comprobantes.anulacion import (
    efecto_de_anular,
    por_que_no_se_anula,
    quedan_por_pagar,
)
from recaudo.interfaces.portal.comprobantes.forms import (
    FormularioDeAnulacion,
    FormularioDeEleccion,
)
from recaudo.interfaces.portal.comprobantes.revision import efecto_de_generar, norma_de
from recaudo.interfaces.portal.comprobantes.revision import revisar as revisar_eleccion
from recaudo.interfaces.portal.comprobantes.tablas import (
    TablaComprobantes,
    comprobantes_del,
    estado_visible,
)
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    lo_propio,
    no_es_posible,
    no_hallado,
    pagina,
    pagina_de_acto,
)
from recaudo.interfaces.portal.deudas import deudas_de, direccion_de_deuda
from recaudo.interfaces.portal.glosas import GlosaEnBandeja, glosa_de_cada_deuda
from recaudo.interfaces.portal.historia import historia_de
from recaudo.interfaces.portal.plazos import restantes
from recaudo.interfaces.vista.actos import (
    METODOS,
    Decision,
    Resultado,
    acto_de_pantalla,
    numeros_de,
)
from recaudo.interfaces.vista.documentos import ficha_de_documento, marca_de
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.listas import lista as en_lista
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.respuestas import pdf
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.ids import limpiar
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

SECCION = "portal:comprobantes"
#: Parts of the capital of a line: what is not of the monthly mass goes together.
RUBROS = (
    ("Aporte personal", "personal"),
    ("Aporte patronal", "patronal"),
    ("CCC", "ccc"),
    ("Capital", "otros"),
)


@dataclass(frozen=True, slots=True)
class LineaDeComprobante:
    """One debt of a comprobante as its page shows it."""

    detalle: DetalleVisto
    obligacion: ObligacionVista
    url: str
    pasos: list[dict[str, str]]
    rubros: list[tuple[str, Dinero]]


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion, ruc: str) -> HttpResponseBase:
    """List the comprobantes of the employer, newest first; or hand them as a file."""
    quien = empleador(request, ruc)
    nuevo = Enlace("Generar un comprobante de pago", reverse("portal:elegir", args=[quien.ruc]))
    return en_lista(
        request,
        TablaComprobantes,
        comprobantes_del(quien, alcance=lo_propio(request), hoy=request.hoy),
        pintar=pagina,
        actos=[nuevo],
        de=quien,
        seccion=SECCION,
    )


@exige(Permiso.COMPROBANTE_GENERAR)
@require_safe
def elegir(request: Peticion, ruc: str) -> HttpResponse:
    """Offer what the employer owes, to be chosen."""
    quien = empleador(request, ruc)
    deudas = deudas_de(quien, alcance=lo_propio(request), hoy=request.hoy)
    marcadas = set(numeros_de(request.GET.getlist("obligacion")))
    contexto = {"deudas": deudas, "marcadas": marcadas}
    return pagina(
        request, "portal/comprobantes/elegir.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga("Nuevo")],
    )  # fmt: skip


@exige(Permiso.COMPROBANTE_GENERAR)
@require_http_methods(METODOS)
def revisar(request: Peticion, ruc: str) -> HttpResponse:
    """Acto: what the chosen debts cost, with interest to the last valid day; generate it (POST).

    What was chosen is in the address: the same page shows it and does it.
    """
    quien = empleador(request, ruc)
    deudas = deudas_de(quien, alcance=lo_propio(request), hoy=request.hoy)
    form = FormularioDeEleccion(request.GET, libres=[d.id for d in deudas.libres])
    elegir = reverse("portal:elegir", args=[quien.ruc])
    migas = [_miga(quien), Miga("Nuevo", elegir), Miga("Revise")]
    if not form.is_valid():
        if request.method == "POST":
            return _lo_que_ya_no_esta_libre(request, quien)
        contexto: dict[str, object] = {"deudas": deudas, "marcadas": set(), "form": form}
        return pagina(
            request, "portal/comprobantes/elegir.html", contexto, de=quien, seccion=SECCION,
            migas=migas[:2], status=422,
        )  # fmt: skip
    elegidas = [d for d in deudas.libres if d.id in form.cleaned_data["obligacion"]]
    try:
        revision = revisar_eleccion(elegidas, hoy=request.hoy)
    except Rechazo as rechazo:
        return _rechazado(request, quien, rechazo)
    return acto_de_pantalla(
        request,
        titulo="Revise antes de generar el comprobante",
        decisiones=[
            Decision(
                "generar",
                "Generar comprobante",
                lambda _dicho: _generar(request, quien, [d.id for d in elegidas]),
            )
        ],
        cancelar=f"{elegir}?{request.GET.urlencode()}",
        pintar=pagina_de_acto,
        plantilla="portal/comprobantes/revisar.html",
        efecto=efecto_de_generar(revision),
        norma=norma_de(revision),
        contexto={
            "revision": revision,
            "restantes": restantes(revision.validez.hasta, hoy=request.hoy),
        },
        de=quien,
        seccion=SECCION,
        migas=migas,
    )


def _lo_que_ya_no_esta_libre(request: Peticion, quien: FichaEmpleador) -> HttpResponse:
    """Let the act itself say why what was reviewed cannot be generated: it was, a moment ago."""
    pedidas = numeros_de(request.GET.getlist("obligacion"))
    try:
        return redirect(_generar(request, quien, pedidas).volver)
    except Rechazo as rechazo:
        return _rechazado(request, quien, rechazo)


def _generar(request: Peticion, quien: FichaEmpleador, obligaciones: list[int]) -> Resultado:
    """Do it; its own page closes the act: number, what comes next, the paper."""
    nuevo = generar_comprobante(
        empleador_id=quien.id, obligaciones=obligaciones, por=request.actor, hoy=request.hoy
    )
    return Resultado("", reverse("portal:comprobante_generado", args=[quien.ruc, nuevo.numero]))


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def generado(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Close the act: number, what comes next with its date, the paper. Reload repeats nothing."""
    quien = empleador(request, ruc)
    visto = _comprobante(request, quien, numero)
    contexto = {"c": visto, "restantes": restantes(visto.valido_hasta, hoy=request.hoy)}
    return pagina(
        request, "portal/comprobantes/generado.html", contexto,
        de=quien, seccion=SECCION,
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Show one comprobante: its state, what it froze and why, its paper, its history."""
    quien = empleador(request, ruc)
    visto = _comprobante(request, quien, numero)
    obligaciones = {o.id: o for o in obligaciones_de(quien.id, alcance=lo_propio(request))}
    contexto = {
        "c": visto,
        "vigente": visto.esta_vigente(request.hoy),
        "restantes": restantes(visto.valido_hasta, hoy=request.hoy),
        "estado": estado_visible(visto, request.hoy),
        "debe": any(obligaciones[d.obligacion_id].esta_viva for d in visto.detalles),
        "filas": [
            *_cuanto(visto, request.hoy),
            Fila("Capital", visto.capital.formato()),
            Fila("Interés por mora", visto.interes.formato()),
            Fila("Generado", escribir_fecha(visto.fecha_emision)),
            Fila("Válido hasta", escribir_fecha(visto.valido_hasta)),
        ],
        "abonos": abonos_de_comprobante(
            visto.id, obligaciones=[d.obligacion_id for d in visto.detalles]
        ),
        "rubros": [titulo for titulo, _ in _rubros(visto)],
        "detalles": [
            LineaDeComprobante(
                d,
                o,
                direccion_de_deuda(quien.ruc, o),
                legible(d.traza),
                [(titulo, getattr(d, campo)) for titulo, campo in _rubros(visto)],
            )
            for d in visto.detalles
            for o in (obligaciones[d.obligacion_id],)
        ],
        "glosas": _glosas_de(request, quien, visto),
        "documento": ficha_de_documento(visto.documento_id),
        "marca_de_impresion": marca_de(estado_visible(visto, request.hoy)),
        "historia": historia_de("comprobante", visto.id),
        "puede_anular": "anular_comprobante" in visto.actos
        and request.actor.puede(Permiso.COMPROBANTE_ANULAR),
    }
    return pagina(
        request, "portal/comprobantes/ficha.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(visto.numero)],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Hand the paper of a comprobante."""
    quien = empleador(request, ruc)
    visto = _comprobante(request, quien, numero)
    if visto.documento_id is None:
        raise _no_hallado(quien, numero)
    return pdf(visto.documento_id, f"comprobante-{visto.numero}", hoy=request.hoy)


@exige(Permiso.COMPROBANTE_ANULAR)
@require_http_methods(METODOS)
def anular(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Annul a comprobante that was not paid: its effect on the page, a reason required."""
    quien = empleador(request, ruc)
    visto = _comprobante(request, quien, numero)
    ficha_suya = reverse("portal:comprobante", args=[quien.ruc, visto.numero])
    puede = "anular_comprobante" in visto.actos
    return acto_de_pantalla(
        request,
        titulo=f"Anular el comprobante {visto.numero}",
        decisiones=[
            Decision(
                "anular",
                "Anular comprobante",
                lambda dicho: _anular(request, quien, visto, dicho["razon"]),
                tipo="peligro",
            )
        ],
        cancelar=ficha_suya,
        pintar=pagina_de_acto,
        form=FormularioDeAnulacion,
        efecto=efecto_de_anular(visto, hoy=request.hoy) if puede else (),
        impedimento="" if puede else por_que_no_se_anula(visto),
        filas=[
            *_cuanto(visto, request.hoy),
            Fila("Generado", escribir_fecha(visto.fecha_emision)),
            Fila("Válido hasta", escribir_fecha(visto.valido_hasta)),
        ],
        de=quien,
        seccion=SECCION,
        migas=[_miga(quien), Miga(visto.numero, ficha_suya), Miga("Anular")],
    )


def _anular(
    request: Peticion, quien: FichaEmpleador, visto: ComprobanteVisto, razon: str
) -> Resultado:
    """Do it, and say what was done, what is left and what comes next."""
    anular_comprobante(numero=visto.numero, por=request.actor, hoy=request.hoy, razon=razon)
    deudas = "&".join(f"obligacion={d.obligacion_id}" for d in visto.detalles)
    elegir = f"{reverse('portal:elegir', args=[quien.ruc])}?{deudas}"
    return Resultado(
        f"Anuló el comprobante {visto.numero}.",
        reverse("portal:comprobante", args=[quien.ruc, visto.numero]),
        detalles=(quedan_por_pagar(visto),),
        sigue=(Enlace("Generar otro comprobante con lo mismo", elegir),),
    )


def _comprobante(request: Peticion, quien: FichaEmpleador, numero: str) -> ComprobanteVisto:
    """Return a comprobante of that employer; missing and another's are the same miss."""
    try:
        visto = comprobante(limpiar(numero), alcance=lo_propio(request))
    except ComprobanteNoExiste as falta:
        raise _no_hallado(quien, numero) from falta
    if visto.empleador_id != quien.id:
        raise _no_hallado(quien, numero)
    return visto


def _cuanto(visto: ComprobanteVisto, hoy: date) -> list[Fila]:
    """Return what the total is, and what is left of it where part of it was paid before."""
    vigente = visto.esta_vigente(hoy)
    if vigente and not visto.abonado:
        return [Fila("Total a pagar", visto.por_pagar.formato())]
    pagado = visto.estado in {"pagado", "depositado"}
    filas = [Fila("Total pagado" if pagado else "Total", visto.importe.formato())]
    if visto.abonado and not pagado:
        filas.append(Fila("Ya pagó", visto.abonado.formato()))
    if vigente:
        filas.append(Fila("Le falta pagar", visto.por_pagar.formato()))
    return filas


def _rubros(visto: ComprobanteVisto) -> list[tuple[str, str]]:
    """Return the columns of capital that its debts have: title and field."""
    return [
        (titulo, campo)
        for titulo, campo in RUBROS
        if any(getattr(d, campo) for d in visto.detalles)
    ]


def _glosas_de(
    request: Peticion, quien: FichaEmpleador, visto: ComprobanteVisto
) -> list[GlosaEnBandeja]:
    """Return the glosas whose debts are in a comprobante."""
    deudas = [d.obligacion_id for d in visto.detalles]
    suyas = glosa_de_cada_deuda(request, quien, deudas)
    return [suyas[d] for d in deudas if d in suyas]


def _no_hallado(quien: FichaEmpleador, numero: str) -> NoHallado:
    return no_hallado(
        "el comprobante", numero, de=quien, entre="los comprobantes", seccion=SECCION,
        consejo="Revise que el número esté completo: son solo dígitos, y los cuatro primeros son "
        "el año en que se generó.",
    )  # fmt: skip


def _miga(quien: FichaEmpleador) -> Miga:
    return Miga("Comprobantes", reverse(SECCION, args=[quien.ruc]))


def _rechazado(request: Peticion, quien: FichaEmpleador, rechazo: Rechazo) -> HttpResponse:
    salidas = [Enlace("Elegir otras obligaciones", reverse("portal:elegir", args=[quien.ruc]))]
    if isinstance(rechazo, ObligacionEnOtroComprobante):
        salidas.insert(0, Enlace("Ver los comprobantes", reverse(SECCION, args=[quien.ruc])))
    return no_es_posible(
        request, rechazo, titulo="No se generó el comprobante", salidas=salidas,
        de=quien, seccion=SECCION,
    )  # fmt: skip
