"""Glosas and the daily close."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.queries import (
    EVENTOS_DEL_DIA,
    FichaGlosa,
    dias_cerrados,
    glosa,
    lista_de_glosas,
    ultimo_dia_cerrado,
)
from recaudo.domain.cartera.states import MAQUINA
from recaudo.domain.obligaciones.queries import cuantas_entran_en_mora
from recaudo.domain.recaudacion.queries import cuantos_caducan
from recaudo.infra.audit.cierre import palabras_de_eventos
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.cartera.forms import FormularioDeCierre
from recaudo.interfaces.oficina.cartera.tablas import TablaDias, TablaGlosas
from recaudo.interfaces.oficina.deudas.deudores import deudor_de
from recaudo.interfaces.oficina.historia import pasajes
from recaudo.interfaces.oficina.listas import (
    con_empleador,
    nombres_de_provincias,
    provincias_al_alcance,
)
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.documentos import ficha_de_documento, marca_de
from recaudo.interfaces.vista.formatos import contar, escribir_cita
from recaudo.interfaces.vista.listas import lista
from recaudo.interfaces.vista.piezas import DiaDeTermino, Enlace, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.renglones import armar
from recaudo.interfaces.vista.respuestas import pdf
from recaudo.interfaces.vista.tonos import palabra_de_estado
from recaudo.interfaces.vista.trazas import legible, oracion
from recaudo.norma.plazos.reglas import regla_de_plazo

UN_DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PasoVisto:
    """One step of the table of states as the screen lists it."""

    acto: str
    hacia: str
    norma: str
    plazo: str


@exige(Permiso.CARTERA_VER)
@require_safe
def glosas(request: HttpRequest) -> HttpResponseBase:
    """Lista: the glosas within reach, the most urgent first."""
    pedido = de_la_puerta(request)
    return lista(
        request,
        TablaGlosas,
        con_empleador(lista_de_glosas(pedido.alcance), pedido.actor),
        pintar=pagina,
        opciones={"provincia": provincias_al_alcance(pedido.alcance)},
        seccion="glosas",
    )


@exige(Permiso.CARTERA_VER)
@require_safe
def ficha_de_glosa(request: HttpRequest, numero: str) -> HttpResponse:
    """Ficha: one glosa, its debt, its notice, its término day by day."""
    pedido = de_la_puerta(request)
    ficha = _glosa(pedido, numero)
    contexto = {
        "ficha": ficha,
        "documento": ficha_de_documento(ficha.glosa.documento_id),
        "marca_de_impresion": marca_de(ficha.glosa.estado),
        "deudor": deudor_de(ficha.glosa.empleador_id, ficha.glosa.persona_id, pedido.actor),
        "dias": _dias(ficha),
        "restantes": _restantes(ficha, pedido.hoy),
        "pasos": pasos_desde(ficha.glosa.estado),
        "pasos_del_interes": legible(ficha.traza_interes),
        "historia": pasajes(
            "glosa",
            ficha.glosa.id,
            actor=pedido.actor,
            nacio=Suceso("Emitida", ficha.glosa.fecha_emision, "Cierre diario de cartera"),
            avisos=ficha.intentos,
        ),
        "prueba": _prueba(ficha),
        "provincia": nombres_de_provincias().get(ficha.glosa.provincia, ""),
    }
    migas = (Miga("Glosas", direccion("glosas")), Miga(numero))
    return pagina(request, "cartera/glosa.html", contexto, seccion="glosas", migas=migas)


@exige(Permiso.CARTERA_VER)
@require_safe
def documento_de_glosa(request: HttpRequest, numero: str) -> HttpResponse:
    """Give the PDF of a glosa, the very bytes that the employer receives."""
    pedido = de_la_puerta(request)
    ficha = _glosa(pedido, numero)
    documento_id = o_no_existe(lambda: ficha.glosa.documento_id)
    return pdf(documento_id, f"glosa-{numero}", hoy=pedido.hoy)


@exige(Permiso.CARTERA_VER)
@require_safe
def dias(request: HttpRequest) -> HttpResponseBase:
    """Lista: the closed days; what each one caused, for those who see the whole country."""
    pedido = de_la_puerta(request)
    cerrar = Enlace("Cerrar días", direccion("cerrar_dia"))
    return lista(
        request,
        TablaDias,
        dias_cerrados(),
        pintar=pagina,
        plantilla="cartera/dias.html",
        excluir=() if pedido.alcance.nacion else tuple(EVENTOS_DEL_DIA),
        actos=[cerrar] if pedido.actor.puede(Permiso.CARTERA_CERRAR_DIA) else [],
        contexto={"ultimo": ultimo_dia_cerrado(), "pendientes": dias_por_cerrar(pedido.hoy)},
        seccion="dias",
    )


@exige(Permiso.CARTERA_CERRAR_DIA)
@require_http_methods(METODOS)
def cerrar(request: HttpRequest) -> HttpResponse:
    """Acto: close every day not closed yet, up to one; what it does is computed and said before."""
    pedido = de_la_puerta(request)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        hecho = cerrar_dia(fecha=datos["fecha"], por=pedido.actor, hoy=pedido.hoy)
        sigue = [Enlace("Ver las glosas", direccion("glosas"))]
        frase, detalle = _frase_de_cierre(hecho.dias_cerrados, hecho.eventos)
        return Resultado(frase, direccion("dias"), (detalle,) if detalle else (), tuple(sigue))

    return acto_de_pantalla(
        request,
        titulo="Cerrar días de cartera",
        form=partial(FormularioDeCierre, hoy=pedido.hoy),
        decisiones=[Decision("cerrar", "Cerrar los días", hacer)],
        efecto=_efecto_del_cierre(pedido.hoy),
        impedimento=""
        if _hay_que_cerrar(pedido.hoy)
        else "Todos los días están cerrados hasta hoy.",
        norma="LSS arts. 73 y 89; C.D. 516 art. 129; COA arts. 158 y 166",
        cancelar=direccion("dias"),
        pintar=pagina,
        seccion="dias",
        migas=(Miga("Cierre diario", direccion("dias")), Miga("Cerrar")),
    )


def _hay_que_cerrar(hoy: date) -> bool:
    ultimo = ultimo_dia_cerrado()
    return ultimo is None or ultimo < hoy


def _efecto_del_cierre(hoy: date) -> list[str]:
    """What closing up to today does, in its order and with what is known to wait."""
    ultimo = ultimo_dia_cerrado()
    desde = f"desde el {ultimo + UN_DIA:%d/%m/%Y}" if ultimo else "desde la primera emisión"
    caducan = contar(cuantos_caducan(antes_de=hoy), "comprobante", "comprobantes")
    en_mora = contar(cuantas_entran_en_mora(antes_de=hoy), "deuda", "deudas")
    return [
        f"Se cierra cada día {desde}, en orden y una sola vez, en todas las provincias.",
        f"Caducan los comprobantes cuya validez terminó: hasta hoy, {caducan}.",
        f"Entran en mora las deudas vencidas: hasta hoy, {en_mora}.",
        "Se emite, numera y notifica la glosa de las que cumplieron los días de mora.",
        "Las notificaciones que nadie abrió a tiempo y los términos que terminaron lo dicen.",
        "Se sellan los asientos nuevos del libro.",
        "Se borran los archivos de novedades que se revisaron y no se registraron a tiempo.",
        "Si algo se interrumpe, el día en curso no queda a medias: vuelva a cerrar y sigue.",
    ]


def dias_por_cerrar(hoy: date) -> int:
    """Return how many dates before today wait to be closed, after the first close."""
    ultimo = ultimo_dia_cerrado()
    return max(0, (hoy - ultimo).days - 1) if ultimo else 0


def pasos_desde(estado: str) -> list[PasoVisto]:
    """Return the steps that the table of states allows from a state of a glosa."""
    return [
        PasoVisto(
            acto=palabra_de_estado(p.acto),
            hacia=palabra_de_estado(p.hacia),
            norma=escribir_cita(p.norma),
            plazo=_con_mayuscula(regla_de_plazo(p.plazo).titulo) if p.plazo else "",
        )
        for p in MAQUINA.pasos
        if p.desde == estado
    ]


def _con_mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]


def _glosa(pedido: Pedido, numero: str) -> FichaGlosa:
    return o_no_existe(
        lambda: glosa(pedido.alcance, numero=numero, hoy=pedido.hoy),
        de=pedido,
        que="la glosa",
        buscado=numero,
        lista="glosas",
    )


def _dias(ficha: FichaGlosa) -> list[DiaDeTermino]:
    if ficha.termino is None:
        return []
    return [
        DiaDeTermino(
            fecha=d.fecha,
            es_habil=d.numero is not None,
            razon=d.motivo,
            numero=d.numero,
            es_ultimo=d.fecha == ficha.termino.vence,
            es_hoy=d.es_hoy,
        )
        for d in ficha.termino.calendario
    ]


def _restantes(ficha: FichaGlosa, hoy: date) -> int:
    """Days of the término after today; negative when it is over."""
    if ficha.termino is None or ficha.termino.vence is None:
        return 0
    if ficha.termino.esta_vencido:
        return -(hoy - ficha.termino.vence).days
    return ficha.termino.restantes


def _prueba(ficha: FichaGlosa) -> list[tuple[str, str]]:
    if ficha.notificacion is None:
        return []
    titulos = {"ip": "Desde la dirección IP", "agente": "Con el navegador", "nombre": "Abrió",
               "contenido_sha256": "Huella de lo recibido (SHA-256)"}  # fmt: skip
    return [
        (
            titulos.get(clave, clave.replace("_", " ").capitalize()),
            armar('<span class="codigo">{}</span>', valor)
            if clave.endswith("sha256")
            else oracion(valor),
        )
        for clave, valor in ficha.notificacion.prueba.items()
    ]


def _frase_de_cierre(dias_cerrados: int, eventos: Mapping[str, int]) -> tuple[str, str]:
    """Return what was closed, and what it caused."""
    if not dias_cerrados:
        return "No había días por cerrar hasta esa fecha.", ""
    palabras = palabras_de_eventos()
    hechos = [f"{palabras.get(codigo, codigo).lower()}: {n}" for codigo, n in eventos.items()]
    verbo = "Se cerró" if dias_cerrados == 1 else "Se cerraron"
    detalle = f"{'; '.join(hechos).capitalize()}." if hechos else "No hubo eventos."
    return f"{verbo} {contar(dias_cerrados, 'día', 'días')}.", detalle
