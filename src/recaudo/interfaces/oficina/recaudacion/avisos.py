"""What a notice told and the bank does not have: proposing to undo it, and deciding."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from recaudo.domain.recaudacion.actions.aprobar_desmentido import aprobar_desmentido
from recaudo.domain.recaudacion.actions.desmentir_aviso import desmentir_aviso
from recaudo.domain.recaudacion.actions.devolver_desmentido import devolver_desmentido
from recaudo.domain.recaudacion.queries import AvisoVisto, aviso, lineas_de_la_entrada
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.cuatro_ojos import (
    aprobar_o_devolver,
    por_que_no_se_decide,
)
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeDesmentido
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


@exige(Permiso.AVISO_DESMENTIR)
@require_http_methods(METODOS)
def desmentir(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: say that the statement does not have what a notice told, for another to decide."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, linea_id)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        desmentir_aviso(linea_id=linea_id, razon=datos["razon"], por=pedido.actor, hoy=pedido.hoy)
        return Resultado(
            f"Propuesta hecha sobre la línea {visto.linea.numero}",
            direccion("cuenta", visto.cuenta_id),
            ("Falta que otra persona la apruebe. Hasta entonces no se mueve dinero.",),
        )

    return acto_de_pantalla(
        request,
        titulo=f"Deshacer lo avisado y no contabilizado: {_importe(visto)}",
        form=FormularioDeDesmentido,
        decisiones=[Decision("proponer", "Proponer deshacerla", hacer, pide_razon=True)],
        efecto=["No se mueve dinero hasta que otra persona lo apruebe. Entonces:", *_efecto(visto)],
        filas=_filas(visto),
        impedimento=visto.impedimento or _ya_propuesta(visto),
        norma=NORMA,
        cancelar=direccion("cuenta", visto.cuenta_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Deshacer un aviso"),
    )


@exige(Permiso.DESMENTIDO_APROBAR)
@require_http_methods(METODOS)
def decidir(request: HttpRequest, linea_id: int) -> HttpResponse:
    """Acto: approve that what a notice told is undone, or return the proposal with the reason."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, linea_id)
    propuesta = visto.propuesta
    numero = propuesta.id if propuesta else 0
    volver = direccion("cuenta", visto.cuenta_id)

    def aprobar(_datos: Any) -> Resultado:
        aprobar_desmentido(desmentido_id=numero, por=pedido.actor, hoy=pedido.hoy)
        return Resultado(
            f"La línea {visto.linea.numero}, por {_importe(visto)}, salió del libro", volver,
            ("Lo que se había pagado con ella se debe otra vez, o lo pagó su propio dinero.",),
            (Enlace("Ver los valores por identificar", direccion("valores")),),
        )  # fmt: skip

    def ensayar() -> tuple[str, ...]:
        aprobar_desmentido(desmentido_id=numero, por=pedido.actor, hoy=pedido.hoy)
        return (f"La línea {visto.linea.numero}, por {_importe(visto)}, sale del libro.",)

    def devolver(datos: Mapping[str, Any]) -> Resultado:
        devolver_desmentido(
            desmentido_id=numero, razon=datos["razon"], por=pedido.actor, hoy=pedido.hoy
        )
        return Resultado(f"Propuesta sobre la línea {visto.linea.numero} devuelta", volver)

    return acto_de_pantalla(
        request,
        titulo=f"Decidir sobre lo avisado y no contabilizado: {_importe(visto)}",
        form=FormularioConRazon,
        decisiones=aprobar_o_devolver(aprobar=aprobar, ensayar=ensayar, devolver=devolver),
        efecto=_efecto(visto),
        filas=(
            *_filas(visto),
            *([Fila("Se propuso porque", propuesta.razon)] if propuesta else ()),
        ),
        impedimento=por_que_no_se_decide(pedido.actor, propuesta, sobre="esta línea"),
        propuso=propuesta.propuesta_por_nombre if propuesta else "",
        norma=NORMA,
        cancelar=volver,
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Decidir sobre un aviso"),
    )


def _buscado(request: HttpRequest, linea_id: int) -> AvisoVisto:
    return o_no_existe(
        lambda: aviso(linea_id), de=request, que="la línea", buscado=linea_id, lista="extractos"
    )


def _importe(visto: AvisoVisto) -> str:
    return visto.linea.importe.formato() if visto.linea.importe else "sin importe"


def _filas(visto: AvisoVisto) -> tuple[Fila, ...]:
    linea = visto.linea
    return (
        Fila("Cuenta", f"{visto.banco} {visto.cuenta}"),
        Fila("Línea", f"{linea.numero} del extracto {linea.extracto_id}"),
        Fila("Fecha contable", f"{linea.fecha_contable:%d/%m/%Y}" if linea.fecha_contable else "—"),
        Fila("Referencia del banco", linea.referencia or "Sin referencia"),
        Fila("Comprobante que cita", linea.comprobante_numero or "Ninguno"),
    )


def _efecto(visto: AvisoVisto) -> list[str]:
    """What undoing it does, computed from the money of the entry."""
    importe = _importe(visto)
    lineas = [
        f"La cuenta de {visto.banco} {'baja' if visto.linea.es_credito else 'sube'} {importe}."
    ]
    if visto.prevision is not None:
        antes, despues = visto.prevision.antes, visto.prevision.despues
        lineas.append(
            f"La diferencia del libro con el banco pasa de {antes.formato()} a {despues.formato()}."
        )
    cobros = lineas_de_la_entrada(visto.linea.id) if visto.linea.es_credito else ()
    if cobros:
        lineas.append(
            f"Se deshace {contar(len(cobros), 'cobro', 'cobros')}: sus deudas se deben otra vez, "
            "con su interés, y sus comprobantes se pueden pagar."
        )
        lineas.append("Lo que espera en la cola por citar esos comprobantes los paga en el acto.")
    return lineas


def _ya_propuesta(visto: AvisoVisto) -> str:
    return "Ya se propuso deshacerla: otra persona decide." if visto.propuesta else ""


def _migas(visto: AvisoVisto, ultima: str) -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga("Cuentas bancarias", direccion("cuentas_bancarias")),
        Miga(f"Cuenta {visto.cuenta}", direccion("cuenta", visto.cuenta_id)),
        Miga(ultima),
    )
