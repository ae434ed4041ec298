"""The inbox; the act of receiving; the glosa."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.cartera.queries import FichaGlosa, GlosaVista, glosa, glosas_de
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.queries import (
    NotificacionVista,
    notificacion,
    terminos_de_avisos,
    vence_si_se_recibe,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import (
    Peticion,
    empleador,
    lo_propio,
    no_hallado,
    pagina,
    pagina_de_acto,
)
from recaudo.interfaces.portal.deudas import direccion_de_deuda
from recaudo.interfaces.portal.historia import historia_de
from recaudo.interfaces.portal.notificaciones.glosa import debe_hoy, termino_en_pantalla
from recaudo.interfaces.portal.notificaciones.recepcion import efecto_de_recibir
from recaudo.interfaces.portal.notificaciones.tablas import TablaAvisos, avisos_de, poner_plazos
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.documentos import ficha_de_documento, marca_de
from recaudo.interfaces.vista.faltas import NoHallado
from recaudo.interfaces.vista.formatos import escribir_fecha
from recaudo.interfaces.vista.listas import lista as en_lista
from recaudo.interfaces.vista.piezas import Fila, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.respuestas import pdf
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import legible

SECCION = "portal:notificaciones"
LARGO_AGENTE = 200


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion, ruc: str) -> HttpResponseBase:
    """Lista: the inbox, what waits to be opened first, then what runs; or hand it as a file."""
    quien = empleador(request, ruc)
    return en_lista(
        request,
        TablaAvisos,
        avisos_de(request, quien),
        pintar=pagina,
        completar=partial(poner_plazos, hoy=request.hoy),
        de=quien,
        seccion=SECCION,
    )


@exige(Permiso.NOTIFICACION_ACUSAR_RECIBO)
@require_http_methods(METODOS)
def recibir(request: Peticion, ruc: str, notificacion_id: int) -> HttpResponse:
    """Explain what receiving does (GET) and do it (POST): the término starts (COA art. 164)."""
    quien = empleador(request, ruc)
    aviso = _notificacion(request, quien, notificacion_id)
    if aviso.recibida_el is not None:
        return _a_la_materia(request, quien, aviso)
    saldada = _ya_no_pide(request, quien, aviso)
    return acto_de_pantalla(
        request,
        titulo=aviso.asunto,
        decisiones=[
            Decision(
                "recibir",
                "Acusar recibo y abrir",
                lambda _dicho: _recibir(request, quien, aviso, saldada=saldada),
            )
        ],
        cancelar=reverse(SECCION, args=[quien.ruc]),
        pintar=pagina_de_acto,
        plantilla="portal/notificaciones/recibir.html",
        efecto=efecto_de_recibir(
            aviso,
            quien=request.actor.nombre,
            por=quien.razon_social,
            hoy=request.hoy,
            saldada=saldada,
        ),
        norma="Código Orgánico Administrativo, art. 164",
        filas=[
            Fila("En su casillero desde", escribir_fecha(aviso.depositada_el)),
            Fila("Se espera su recepción hasta", escribir_fecha(aviso.abrir_hasta)),
        ],
        contexto={
            "n": aviso,
            "saldada": saldada,
            "abre_termino": vence_si_se_recibe(aviso, hoy=request.hoy) is not None,
        },
        de=quien,
        seccion=SECCION,
        migas=[_miga(quien), Miga("Acusar recibo")],
    )


def _recibir(
    request: Peticion, quien: FichaEmpleador, aviso: NotificacionVista, *, saldada: str
) -> Resultado:
    """Do it, and say until when one may pay or challenge what it brings, or that nothing is due."""
    acusar_recibo(
        notificacion_id=aviso.id, por=request.actor, hoy=request.hoy, prueba=_prueba(request)
    )
    corre = terminos_de_avisos([replace(aviso, recibida_el=request.hoy)], hoy=request.hoy)
    vence = corre[aviso.materia_id].vence if aviso.materia_id in corre else None
    hasta = f"Su último día para pagar o impugnar es el {escribir_fecha(vence)}." if vence else ""
    if saldada:
        hasta = f"{saldada} No tiene nada más que hacer con ella."
    destino = _a_la_materia(request, quien, aviso)
    return Resultado(
        f"Se registró su acuse de recibo de «{aviso.asunto}».",
        destino.url,
        detalles=tuple(filter(None, (hasta,))),
    )


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Show one glosa that was received; one that was not goes first through its reception."""
    quien = empleador(request, ruc)
    encontrada = _glosa(request, quien, numero)
    g = encontrada.glosa
    sin_recibir = _sin_recibir(encontrada)
    if sin_recibir is not None:
        return redirect("portal:recibir", ruc=quien.ruc, notificacion_id=sin_recibir.id)
    contexto = {
        "g": g,
        "ficha": encontrada,
        "termino": termino_en_pantalla(encontrada.termino, hoy=request.hoy),
        "debe": debe_hoy(encontrada, hoy=request.hoy) if g.esta_viva else None,
        "pasos_emision": legible(encontrada.traza_interes),
        "documento": ficha_de_documento(g.documento_id),
        "marca_de_impresion": marca_de(g.estado),
        "historia": historia_de(
            "glosa",
            g.id,
            primero=Suceso("Emitida", g.fecha_emision, "Sistema"),
            avisos=encontrada.intentos,
        ),
        "url_deuda": direccion_de_deuda(quien.ruc, encontrada.obligacion),
        "puede_pagar": any(o.clave == "pagar" for o in encontrada.puede_hoy),
    }
    return pagina(
        request, "portal/notificaciones/glosa.html", contexto,
        de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(f"Glosa {g.numero}")],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def descargar(request: Peticion, ruc: str, numero: str) -> HttpResponse:
    """Hand the paper of a glosa that was received."""
    quien = empleador(request, ruc)
    encontrada = _glosa(request, quien, numero)
    sin_recibir = _sin_recibir(encontrada)
    if sin_recibir is not None:
        return redirect("portal:recibir", ruc=quien.ruc, notificacion_id=sin_recibir.id)
    if encontrada.glosa.documento_id is None:
        raise _no_hallada(quien, "el documento de la glosa", numero)
    return pdf(encontrada.glosa.documento_id, f"glosa-{encontrada.glosa.numero}", hoy=request.hoy)


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def aviso(request: Peticion, ruc: str, notificacion_id: int) -> HttpResponse:
    """Show a notice that was received and its document; one that was not is first received."""
    quien = empleador(request, ruc)
    suya = _notificacion(request, quien, notificacion_id)
    if suya.recibida_el is None:
        return redirect("portal:recibir", ruc=quien.ruc, notificacion_id=suya.id)
    contexto = {"n": suya, "documento": ficha_de_documento(suya.documento_id)}
    return pagina(
        request, "portal/notificaciones/aviso.html", contexto, de=quien, seccion=SECCION,
        migas=[_miga(quien), Miga(suya.asunto)],
    )  # fmt: skip


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def aviso_pdf(request: Peticion, ruc: str, notificacion_id: int) -> HttpResponse:
    """Hand the paper of a notice that was received."""
    quien = empleador(request, ruc)
    suya = _notificacion(request, quien, notificacion_id)
    if suya.recibida_el is None:
        return redirect("portal:recibir", ruc=quien.ruc, notificacion_id=suya.id)
    return pdf(suya.documento_id, f"aviso-{suya.id}", hoy=request.hoy)


def _glosa(request: Peticion, quien: FichaEmpleador, numero: str) -> FichaGlosa:
    """Return a glosa of that employer, put in the inbox; anything else is the same miss."""
    paga = request.actor.alcance(Permiso.COMPROBANTE_GENERAR)
    encontrada = glosa(lo_propio(request), numero=numero.strip(), hoy=request.hoy, paga=paga)
    es_suya = encontrada is not None and encontrada.glosa.empleador_id == quien.id
    if encontrada is None or encontrada.notificacion is None or not es_suya:
        raise _no_hallada(quien, "la glosa", numero)
    return encontrada


def _no_hallada(quien: FichaEmpleador, que: str, numero: str = "") -> NoHallado:
    return no_hallado(
        que, numero, de=quien, entre="las notificaciones", seccion=SECCION,
        consejo="Revise que el número esté completo, con sus guiones, como 17-2026-000123.",
    )  # fmt: skip


def _sin_recibir(encontrada: FichaGlosa) -> NotificacionVista | None:
    aviso = encontrada.notificacion
    return aviso if aviso is not None and aviso.recibida_el is None else None


def _notificacion(
    request: Peticion, quien: FichaEmpleador, notificacion_id: int
) -> NotificacionVista:
    aviso = notificacion(lo_propio(request), notificacion_id=notificacion_id)
    if aviso is None or aviso.empleador_id != quien.id:
        raise _no_hallada(quien, "esa notificación")
    return aviso


def _ya_no_pide(request: Peticion, quien: FichaEmpleador, aviso: NotificacionVista) -> str:
    """Say what became of a glosa that asks for nothing any more; empty while it does."""
    suya = _glosa_de(request, quien, aviso)
    if suya is None or suya.esta_viva:
        return ""
    return f"Esta glosa está {palabra_de_estado(suya.estado).lower()}."


def _glosa_de(
    request: Peticion, quien: FichaEmpleador, aviso: NotificacionVista
) -> GlosaVista | None:
    """Return the glosa that a notice brings, when it brings one."""
    if aviso.materia_tipo != "glosa":
        return None
    suyas = glosas_de(lo_propio(request), empleador_id=quien.id)
    return next((g for g in suyas if g.id == aviso.materia_id), None)


def _a_la_materia(
    request: Peticion, quien: FichaEmpleador, aviso: NotificacionVista
) -> HttpResponseRedirect:
    """Go to what the notice brings."""
    if aviso.materia_tipo != "glosa":
        return redirect("portal:aviso", ruc=quien.ruc, notificacion_id=aviso.id)
    suya = _glosa_de(request, quien, aviso)
    if suya is None:
        return redirect(SECCION, ruc=quien.ruc)
    return redirect("portal:glosa", ruc=quien.ruc, numero=suya.numero)


def _prueba(request: Peticion) -> dict[str, str]:
    """Return from where the notice was opened: part of the proof of reception (COA art. 164)."""
    agente = request.headers.get("User-Agent", "").strip()[:LARGO_AGENTE]
    return {
        "ip": request.origen,
        "agente": agente or "no informado",
    }


def _miga(quien: FichaEmpleador) -> Miga:
    return Miga("Notificaciones", reverse(SECCION, args=[quien.ruc]))
