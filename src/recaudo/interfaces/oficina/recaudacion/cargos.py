"""Debits of the bank: the list of those to clear up, one of them, proposing and deciding."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.recaudacion.actions.aprobar_aclaracion import aprobar_aclaracion
from recaudo.domain.recaudacion.actions.devolver_aclaracion import devolver_aclaracion
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.queries import (
    CargoVisto,
    Propuesta,
    cargo,
    devolucion,
    lineas_de_la_entrada,
    lista_de_cargos,
)
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.cuatro_ojos import (
    aprobar_o_devolver,
    por_que_no_se_decide,
)
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeAclaracion
from recaudo.interfaces.oficina.recaudacion.tablas import TablaCargos
from recaudo.interfaces.vista import listas
from recaudo.interfaces.vista.actos import (
    METODOS,
    Decision,
    FormularioConRazon,
    Resultado,
    acto_de_pantalla,
)
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige

NORMA = "C.D. 497 2.3.2.1; una persona propone y otra aprueba"
ESTE = "este débito"
_POR_LETRA = {"V": "CONTRAPARTIDA", "L": "REVERSO"}


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista(request: HttpRequest) -> HttpResponseBase:
    """Lista: the debits that nobody has cleared up, the oldest first."""
    hoy = de_la_puerta(request).hoy
    return listas.lista(
        request, TablaCargos, lista_de_cargos(hoy=hoy), pintar=pagina, seccion="extractos",
        migas=(Miga("Extractos", direccion("extractos")), Miga("Débitos por aclarar")),
    )  # fmt: skip


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha(request: HttpRequest, cargo_id: int) -> HttpResponse:
    """Ficha: one debit, what is left of it, what was said of it."""
    actor = de_la_puerta(request).actor
    visto = _buscado(request, cargo_id)
    contexto = {
        "titulo": f"Débito {visto.id}",
        "filas": _filas(visto),
        "actos": _actos(actor, visto),
        "estado": ("Por aclarar", "rojo") if visto.falta else ("Aclarado", "verde"),
        "por_que_no": _por_que_nada(actor, visto),
        "historia": historia_de_objeto("cargo", cargo_id),
    }
    return pagina(
        request, "vista/ficha.html", contexto, seccion="extractos", migas=_migas(visto)[:-1]
    )


@exige(Permiso.CARGO_ACLARAR)
@require_http_methods(METODOS)
def proponer(request: HttpRequest, cargo_id: int) -> HttpResponse:
    """Acto: say what a debit was, for another person to decide."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, cargo_id)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        que = datos["que"]
        proponer_aclaracion(
            cargo_id=cargo_id, destino=_POR_LETRA.get(que[0], que), razon=datos["razon"],
            contra=int(que[1:]) if que[0] in _POR_LETRA else None, por=pedido.actor, hoy=pedido.hoy,
        )  # fmt: skip
        return Resultado(
            f"Propuesta hecha sobre el débito {cargo_id}",
            direccion("cargo", cargo_id),
            ("Falta que otra persona la apruebe.",),
            (Enlace("Ver los demás débitos", direccion("cargos")),),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Decir qué fue el débito {visto.id}: {visto.falta.formato()}",
        form=partial(FormularioDeAclaracion, visto=visto),
        decisiones=[Decision("proponer", "Proponer", hacer)],
        efecto=[
            "No se mueve dinero hasta que otra persona apruebe la propuesta.",
            "Aprobada, el débito sale de «Débitos bancarios por aclarar».",
        ],
        filas=_filas(visto),
        impedimento=_por_que_no_se_propone(visto),
        norma=NORMA,
        cancelar=direccion("cargo", cargo_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Decir qué fue"),
    )


@exige(Permiso.CARGO_APROBAR)
@require_http_methods(METODOS)
def decidir(request: HttpRequest, cargo_id: int) -> HttpResponse:
    """Acto: approve what another person said of a debit, or return it with the reason."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, cargo_id)
    propuesta = visto.propuesta
    numero = propuesta.id if propuesta else 0

    def aprobar(_datos: Any) -> Resultado:
        hecha = aprobar_aclaracion(aclaracion_id=numero, por=pedido.actor, hoy=pedido.hoy)
        queda = cargo(cargo_id).falta
        sigue = f"Del débito falta aclarar {queda.formato()}." if queda else "No queda nada de él."
        return Resultado(
            f"Débito {cargo_id} aclarado por {hecha.importe.formato()}",
            direccion("cargos"), (sigue,),
        )  # fmt: skip

    def ensayar() -> tuple[str, ...]:
        hecha = aprobar_aclaracion(aclaracion_id=numero, por=pedido.actor, hoy=pedido.hoy)
        aclara, falta = hecha.importe.formato(), cargo(cargo_id).falta.formato()
        return (f"Al aprobar, se aclaran {aclara} del débito y faltan {falta}.",)

    def devolver(datos: Mapping[str, Any]) -> Resultado:
        devolver_aclaracion(
            aclaracion_id=numero, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(f"Propuesta sobre el débito {cargo_id} devuelta", direccion("cargos"))

    return acto_de_pantalla(
        request,
        titulo=f"Decidir sobre el débito {visto.id}: {visto.falta.formato()}",
        form=FormularioConRazon,
        decisiones=aprobar_o_devolver(aprobar=aprobar, ensayar=ensayar, devolver=devolver),
        efecto=_efecto(propuesta) if propuesta else (),
        filas=(*_filas(visto), *_lo_propuesto(propuesta)),
        impedimento=por_que_no_se_decide(pedido.actor, propuesta, sobre=ESTE),
        norma=NORMA,
        propuso=propuesta.propuesta_por_nombre if propuesta else "",
        cancelar=direccion("cargo", cargo_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Decidir"),
    )


def _buscado(request: HttpRequest, cargo_id: int) -> CargoVisto:
    return o_no_existe(
        lambda: cargo(cargo_id), de=request, que="el débito", buscado=cargo_id, lista="cargos"
    )


def _filas(visto: CargoVisto) -> tuple[Fila, ...]:
    return (
        Fila("Cuenta", f"{visto.banco} {visto.cuenta}"),
        Fila("Fecha contable", f"{visto.fecha:%d/%m/%Y}" if visto.fecha else "No la dice"),
        Fila("Importe del débito", visto.importe.formato()),
        Fila("Falta por aclarar", visto.falta.formato()),
        Fila("Referencia del banco", visto.referencia or "Sin referencia"),
        Fila("Lo que dice la línea", visto.texto or "Nada"),
    )


def _lo_propuesto(propuesta: Propuesta | None) -> tuple[Fila, ...]:
    if propuesta is None:
        return ()
    filas = [Fila("Propuesta", propuesta.que_fue), Fila("Razón", propuesta.razon)]
    if propuesta.destino == "CONTRAPARTIDA":
        filas.append(Fila("Valor", str(propuesta.contra_id)))
    if propuesta.destino == "REVERSO":
        filas += [
            Fila(f"Cobro de la línea {x.numero}", f"{x.importe.formato()}, {_de_que(x)}")
            for x in lineas_de_la_entrada(propuesta.contra_id or 0)
            if x.importe
        ]
    return tuple(filas)


def _de_que(linea: Any) -> str:
    return f"comprobante {linea.comprobante_numero}" if linea.comprobante_numero else "sin citar"


def _efecto(propuesta: Propuesta) -> tuple[str, ...]:
    """What approving will do, computed from what is proposed."""
    importe = propuesta.importe.formato()
    if propuesta.destino == "COMISION":
        return (f"Las comisiones bancarias suben {importe}, como gasto.",)
    if propuesta.destino == "CONTRAPARTIDA":
        return (f"El valor {propuesta.contra_id} deja la cola, cruzado con este débito.",)
    cobros = lineas_de_la_entrada(propuesta.contra_id or 0)
    dicho = devolucion(propuesta.contra_id or 0, propuesta.importe)
    aparte = (
        (f"{dicho.en_palabras[:1].upper()}{dicho.en_palabras[1:]}.",)
        if dicho and dicho.en_palabras
        else ()
    )
    cuantos = contar(len(cobros), "cobro", "cobros")
    return (
        f"Se deshace lo que aún se pueda de {cuantos}, y se avisa a cada empleador.",
        "Sus deudas se deben otra vez, con su interés.",
        *aparte,
        "Lo que ya no se pueda deshacer sigue por aclarar, a la vista.",
    )


def _actos(actor: Actor, visto: CargoVisto) -> list[Enlace]:
    if visto.propuesta and actor.puede(Permiso.CARGO_APROBAR):
        if not por_que_no_se_decide(actor, visto.propuesta, sobre=ESTE):
            return [Enlace("Aprobar o devolver", direccion("decidir_cargo", visto.id))]
        return []
    if not _por_que_no_se_propone(visto) and actor.puede(Permiso.CARGO_ACLARAR):
        return [Enlace("Decir qué fue", direccion("proponer_cargo", visto.id))]
    return []


def _por_que_nada(actor: Actor, visto: CargoVisto) -> str:
    """Why this person has nothing to do with it, where it is not finished."""
    if visto.propuesta:
        return (
            por_que_no_se_decide(actor, visto.propuesta, sobre=ESTE)
            or "La decide la Unidad de Recaudación."
        )
    return "Lo aclara la Unidad de Recaudación." if visto.falta else "Nada: ya se aclaró."


def _por_que_no_se_propone(visto: CargoVisto) -> str:
    if not visto.falta:
        return "De este débito no falta nada por aclarar."
    return "Ya hay una propuesta: otra persona la decide." if visto.propuesta else ""


def _migas(visto: CargoVisto, ultima: str = "") -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga("Débitos por aclarar", direccion("cargos")),
        Miga(f"Débito {visto.id}", direccion("cargo", visto.id) if ultima else ""),
        Miga(ultima),
    )
