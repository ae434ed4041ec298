"""Rates: the list, one rate, register one, decide about one or several. Four eyes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.obligaciones.queries import cuantas_devengan
from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.devolver_tasa import devolver_tasa
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.parametros.queries import (
    TasaVista,
    lista_de_tasas,
    tasa_publicada,
    vecindad,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.parametros.dudas import frase_de_duda
from recaudo.interfaces.oficina.parametros.forms import FormularioDeTasa
from recaudo.interfaces.oficina.parametros.tablas import MARCAS, PALABRAS, TONOS, TablaTasas
from recaudo.interfaces.vista import listas
from recaudo.interfaces.vista.actos import (
    METODOS,
    Decision,
    DecisionSobreVarias,
    FormularioConRazon,
    Renglon,
    Resultado,
    acto_de_pantalla,
    acto_de_varias,
    elegidos_de,
)
from recaudo.interfaces.vista.formatos import contar, escribir_fecha_corta, escribir_porcentaje
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.norma.mora.tramos import Modo
from recaudo.norma.parametros import cargar_parametros

NORMA = "LSS art. 89: el interés de mora se calcula con la tasa de cada mes"
ES_SUYA = "Usted registró esta tasa. Quien registra no aprueba: pida la decisión a otra persona."


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista(request: HttpRequest) -> HttpResponseBase:
    """Lista: every rate, with its source and its doubt; those to decide first."""
    actor = de_la_puerta(request).actor
    registra, decide = actor.puede(Permiso.TASA_REGISTRAR), actor.puede(Permiso.TASA_APROBAR)
    return listas.lista(
        request,
        TablaTasas,
        lista_de_tasas(),
        pintar=pagina,
        excluir=() if decide else ("elegir",),
        actos=[Enlace("Registrar una tasa", direccion("registrar_tasa"))] if registra else [],
        contexto={"varias_url": direccion("decidir_tasas") if decide else ""},
        seccion="tasas",
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha(request: HttpRequest, tasa_id: int) -> HttpResponse:
    """Ficha: one rate, beside its neighbours, with who did what and why."""
    pedido = de_la_puerta(request)
    tasa = o_no_existe(
        lambda: tasa_publicada(tasa_id), de=request, que="la tasa", buscado=tasa_id, lista="tasas"
    )
    puede = tasa.situacion == "pendiente" and pedido.actor.puede(Permiso.TASA_APROBAR)
    contexto = {
        "titulo": f"Tasa desde el {escribir_fecha_corta(tasa.desde)}",
        "estado": (PALABRAS[tasa.situacion], TONOS[tasa.situacion]),
        "filas": _filas(tasa),
        "avisos": _dudas(tasa),
        "actos": [Enlace("Aprobar o devolver", direccion("decidir_tasa", tasa.id))]
        if puede
        else [],
        "por_que_no": "" if puede else _por_que_no(tasa),
        "historia": historia_de_objeto("tasa_publicada", tasa.id),
    }
    return pagina(request, "vista/ficha.html", contexto, seccion="tasas", migas=_migas("Tasa"))


@exige(Permiso.TASA_REGISTRAR)
@require_http_methods(METODOS)
def registrar(request: HttpRequest) -> HttpResponse:
    """Acto: register the rate of a month; it waits for another officer's decision."""
    pedido = de_la_puerta(request)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        campos = ("periodo", "hasta", "tasa", "fuente", "estado_verificacion")
        fila = registrar_tasa(
            por=pedido.actor, hoy=pedido.hoy, **{campo: datos[campo] for campo in campos}
        )
        escrita = escribir_porcentaje(datos["tasa"])
        return Resultado(
            f"Tasa de {escrita} registrada desde el {fila.desde:%d/%m/%Y}",
            direccion("tasas"),
            ("Todavía no rige: la aprueba o la devuelve otra persona.",),
            (Enlace("Ver la tasa", direccion("tasa", fila.pk)),),
        )

    return acto_de_pantalla(
        request,
        titulo="Registrar una tasa",
        form=FormularioDeTasa,
        decisiones=[Decision("registrar", "Registrar la tasa", hacer)],
        efecto=[
            "La tasa queda registrada a su nombre, sin efecto todavía.",
            "Otra persona de la Unidad de Control de Gestión de Cartera la aprueba o la devuelve.",
        ],
        norma=NORMA,
        cancelar=direccion("tasas"),
        pintar=pagina,
        seccion="tasas",
        migas=_migas("Registrar una tasa"),
    )


@exige(Permiso.TASA_APROBAR)
@require_http_methods(METODOS)
def decidir(request: HttpRequest, tasa_id: int) -> HttpResponse:
    """Acto: put in force a rate that somebody else registered, or return it with a reason."""
    pedido = de_la_puerta(request)
    tasa = o_no_existe(
        lambda: tasa_publicada(tasa_id), de=request, que="la tasa", buscado=tasa_id, lista="tasas"
    )
    return acto_de_pantalla(
        request,
        titulo=f"Decidir la tasa de {escribir_porcentaje(tasa.tasa)}",
        form=FormularioConRazon,
        decisiones=[
            Decision(
                "aprobar",
                "Aprobar la tasa",
                lambda _: _resultado(_aprobar(pedido, tasa)),
                impedimento=ES_SUYA if tasa.registrada_por == pedido.actor.id else "",
            ),
            Decision(
                "devolver",
                "Devolver con la razón",
                lambda d: _resultado(_devolver(pedido, tasa, d["razon"])),
                pide_razon=True,
                tipo="secundario",
            ),
        ],
        efecto=[_efecto(tasa, pedido.hoy), "Si la devuelve, sus meses quedan libres para otra."],
        filas=_filas(tasa),
        avisos=_dudas(tasa),
        impedimento="" if tasa.situacion == "pendiente" else _por_que_no(tasa),
        propuso=_quien_registro(tasa),
        norma=NORMA,
        cancelar=direccion("tasas"),
        pintar=pagina,
        seccion="tasas",
        migas=_migas("Aprobar o devolver"),
    )


@exige(Permiso.TASA_APROBAR)
@require_http_methods(METODOS)
def decidir_varias(request: HttpRequest) -> HttpResponse:
    """Acto: decide about several rates at once, each with what it changes and its doubts."""
    pedido = de_la_puerta(request)
    halladas = [t for i in elegidos_de(request) if (t := tasa_publicada(i)) is not None]
    tasas = {str(t.id): t for t in halladas}
    return acto_de_varias(
        request,
        titulo="Decidir tasas",
        renglones=[_renglon(t, pedido) for t in tasas.values()],
        decisiones=[
            DecisionSobreVarias("aprobar", "Aprobarlas", lambda c, _: _aprobar(pedido, tasas[c])),
            DecisionSobreVarias(
                "devolver",
                "Devolverlas con la razón",
                lambda c, d: _devolver(pedido, tasas[c], d["razon"]),
                pide_razon=True,
                tipo="secundario",
            ),
        ],
        norma=NORMA,
        cancelar=direccion("tasas"),
        seguir=Enlace("Seguir con las tasas por aprobar", _por_aprobar()),
        pintar=pagina,
        seccion="tasas",
        migas=_migas("Decidir varias"),
    )


def _por_aprobar() -> str:
    return f"{direccion('tasas')}?situacion=pendiente"


def _aprobar(pedido: Pedido, tasa: TasaVista) -> str:
    aprobar_tasa(tasa_id=tasa.id, por=pedido.actor, hoy=pedido.hoy)
    return f"Tasa de {escribir_porcentaje(tasa.tasa)} aprobada: ya rige {_cuando(tasa)}."


def _devolver(pedido: Pedido, tasa: TasaVista, razon: str) -> str:
    devolver_tasa(tasa_id=tasa.id, razon=razon, por=pedido.actor, hoy=pedido.hoy)
    escrita = escribir_porcentaje(tasa.tasa)
    return f"Tasa de {escrita} devuelta: falta registrar la que rige {_cuando(tasa)}."


def _resultado(frase: str) -> Resultado:
    return Resultado(frase, direccion("tasas"), (),
                     (Enlace("Tasas por aprobar", _por_aprobar()),))  # fmt: skip


def _renglon(tasa: TasaVista, pedido: Pedido) -> Renglon:
    no = "" if tasa.situacion == "pendiente" else _por_que_no(tasa)
    return Renglon(
        clave=str(tasa.id),
        titulo=f"{escribir_porcentaje(tasa.tasa)}, {_cuando(tasa)}",
        url=direccion("tasa", tasa.id),
        efecto=_efecto(tasa, pedido.hoy),
        impedimento=ES_SUYA if not no and tasa.registrada_por == pedido.actor.id else no,
        aviso=" ".join(_dudas(tasa)),
    )


def _efecto(tasa: TasaVista, hoy: date) -> str:
    """What approving changes, counted: the debts that bear interest on those days.

    Of days that passed, when a debt is liquidated at the rate of its cut, what is owed today
    changes nothing.
    """
    modo = cargar_parametros().vigente("mora.modo", en=hoy).texto
    if tasa.ultimo_dia < hoy and modo == Modo.TASA_A_LA_LIQUIDACION:
        return (
            f"Si la aprueba, se puede liquidar el interés de lo que se pagó {_cuando(tasa)} y "
            "espera esa tasa. Lo que se debe hoy no cambia: lleva la tasa del día en que se "
            "liquida. Lo ya emitido o pagado tampoco cambia."
        )
    cuantas = cuantas_devengan(desde=tasa.desde, hasta=tasa.hasta, hoy=hoy)
    deudas = contar(cuantas, "deuda viva", "deudas vivas")
    return (
        f"Si la aprueba, cambia el interés de {deudas} que devengan mora {_cuando(tasa)}. "
        "Lo ya emitido o pagado no cambia."
    )


def _cuando(tasa: TasaVista) -> str:
    return f"del {tasa.desde:%d/%m/%Y} al {tasa.ultimo_dia:%d/%m/%Y}"


def _dudas(tasa: TasaVista) -> list[str]:
    cerca = vecindad(desde=tasa.desde, hasta=tasa.hasta, tasa=tasa.tasa)
    return [frase_de_duda(tasa.tasa, cerca)] if cerca.es_rara else []


def _por_que_no(tasa: TasaVista) -> str:
    return {
        "vigente": "La tasa ya está aprobada: rige y no se cambia.",
        "devuelta": f"La tasa se devolvió: {tasa.razon_devolucion}",
        "pendiente": "La aprueba o la devuelve la Unidad de Control de Gestión de Cartera.",
    }[tasa.situacion]


def _quien_registro(tasa: TasaVista) -> str:
    hechos = historia_de_objeto("tasa_publicada", tasa.id)
    return hechos[-1].quien if hechos else ""


def _filas(tasa: TasaVista) -> list[Fila]:
    cerca = vecindad(desde=tasa.desde, hasta=tasa.hasta, tasa=tasa.tasa)
    vecinas = [(t, v) for t, v in (("antes", cerca.anterior), ("después", cerca.siguiente)) if v]
    return [
        Fila("Tasa activa máxima convencional", f"{escribir_porcentaje(tasa.tasa)} anual"),
        Fila("Rige", _cuando(tasa)),
        Fila("Tasas vecinas aprobadas",
             "; ".join(f"{escribir_porcentaje(v)} {t}" for t, v in vecinas) or "No hay"),
        Fila("Fuente", tasa.fuente),
        Fila("Verificación", MARCAS.get(tasa.estado_verificacion, tasa.estado_verificacion)),
    ]  # fmt: skip


def _migas(actual: str) -> tuple[Miga, ...]:
    return (Miga("Tasas", direccion("tasas")), Miga(actual))
