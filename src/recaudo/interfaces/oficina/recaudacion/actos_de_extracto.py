"""What is decided about a statement (confirm, reject) and about a line believed seen (declare)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.liberar_extracto import liberar_extracto
from recaudo.domain.recaudacion.actions.rechazar_extracto import rechazar_extracto
from recaudo.domain.recaudacion.queries import (
    Desenlace,
    ExtractoVisto,
    Salto,
    desenlace_de_extracto,
    explicar,
    extracto,
    lista_de_extractos,
    salto_del_extracto,
)
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.en_seco import en_seco
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import (
    FormularioDeDecision,
    FormularioDeLiberacion,
    FormularioDeRazonDeDecision,
    FormularioDeRechazo,
)
from recaudo.interfaces.oficina.recaudacion.tablas import RESULTADOS
from recaudo.interfaces.vista.actos import ENSAYO, METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige

NORMA = "C.D. 497 2.3.2.1; una persona importa y otra confirma"
NADA_ENTRA = "nada de él entra al libro, y el mismo archivo no se vuelve a recibir."
_YA_NO = "Ya se decidió sobre este extracto: no hay nada que hacer."


def por_que_no(actor: Actor, visto: ExtractoVisto) -> str:
    """Say why this person cannot confirm the statement now; empty when it can."""
    if "confirmar_extracto" not in visto.actos:
        return visto.por_que_se_retiene or _YA_NO
    if actor.id == visto.recibido_por_id:
        return "Lo importó usted: lo confirma otra persona de la unidad."
    return ""


@exige(Permiso.EXTRACTO_CONFIRMAR)
@require_http_methods(METODOS)
def confirmar(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Acto: what another person received enters the books, or is put aside with its reason."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, extracto_id)

    hueco = salto_del_extracto(extracto_id) if "confirmar_extracto" in visto.actos else None

    def hacer(datos: Any) -> Resultado:
        confirmar_extracto(
            extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return _confirmado(extracto(extracto_id))

    def prever(_datos: Any) -> Resultado:
        return _previsto(*_ensayado(pedido, extracto_id))

    return acto_de_pantalla(
        request,
        titulo=f"Confirmar o rechazar el extracto {visto.nombre}",
        form=FormularioDeRazonDeDecision if hueco else FormularioDeDecision,
        decisiones=[
            Decision(
                "confirmar",
                "Confirmar aunque no encadene" if hueco else "Confirmar y asentar",
                hacer,
                pide_razon=hueco is not None,
            ),
            Decision("prever", "Ver qué pasará", prever, tipo="secundario"),
            _rechazo(pedido, visto),
        ],
        efecto=[
            _lo_que_entrara(visto),
            "Cada crédito paga el comprobante que cita o espera a una persona en la cola.",
            f"Al rechazar, {NADA_ENTRA}",
        ],
        avisos=_no_encadena(hueco),
        filas=_lo_que_trae(visto),
        impedimento=por_que_no(pedido.actor, visto),
        norma=NORMA,
        propuso=visto.recibido_por,
        cancelar=direccion("extracto", extracto_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Confirmar o rechazar"),
    )


@exige(Permiso.EXTRACTO_CONFIRMAR)
@require_http_methods(METODOS)
def rechazar(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Acto: a statement that has not entered is put aside, with its reason."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, extracto_id)
    return acto_de_pantalla(
        request,
        titulo=f"Rechazar el extracto {visto.nombre}",
        form=FormularioDeRechazo,
        decisiones=[_rechazo(pedido, visto)],
        efecto=[f"Al rechazar, {NADA_ENTRA}"],
        filas=_lo_que_trae(visto),
        impedimento="" if "rechazar_extracto" in visto.actos else _YA_NO,
        norma=NORMA,
        propuso=visto.recibido_por,
        cancelar=direccion("extracto", extracto_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Rechazar"),
    )


@exige(Permiso.EXTRACTO_CONFIRMAR)
@require_http_methods(METODOS)
def liberar(request: HttpRequest, extracto_id: int) -> HttpResponse:
    """Acto: what was held is judged again as if it came now, and may then be confirmed."""
    pedido = de_la_puerta(request)
    visto = _buscado(request, extracto_id)

    def hacer(datos: Any) -> Resultado:
        liberar_extracto(
            extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"El extracto {visto.nombre} ya se puede confirmar",
            direccion("extracto", extracto_id),
            ("Se leyó de nuevo y nada lo retiene. Aún no entra nada al libro.",),
        )

    def ensayar() -> tuple[str, ...]:
        liberado = liberar_extracto(
            extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy, razon=ENSAYO
        )
        return (f"Nada lo retiene: el extracto {liberado.nombre} queda por confirmar.",)

    return acto_de_pantalla(
        request,
        titulo=f"Volver a evaluar el extracto {visto.nombre}",
        form=FormularioDeLiberacion,
        decisiones=[
            Decision("liberar", "Volver a evaluar", hacer, pide_razon=True, ensayo=ensayar)
        ],
        efecto=["El archivo se lee de nuevo con las cuentas y las reglas de hoy."],
        filas=(Fila("Se retuvo porque", visto.por_que_se_retiene), *_lo_que_trae(visto)),
        impedimento=_por_que_no_se_libera(pedido.actor, visto),
        norma=NORMA,
        propuso=visto.recibido_por,
        cancelar=direccion("extracto", extracto_id),
        pintar=pagina,
        seccion="extractos",
        migas=_migas(visto, "Volver a evaluar"),
    )


def _por_que_no_se_libera(actor: Actor, visto: ExtractoVisto) -> str:
    if "liberar_extracto" not in visto.actos:
        return "Este extracto no está retenido: no hay nada que volver a evaluar."
    if actor.id == visto.recibido_por_id:
        return "Lo importó usted: lo vuelve a evaluar otra persona de la unidad."
    return ""


def _buscado(request: HttpRequest, extracto_id: int) -> ExtractoVisto:
    return o_no_existe(
        lambda: extracto(extracto_id), de=request, que="el extracto", buscado=extracto_id,
        lista="extractos",
    )  # fmt: skip


def _lo_que_trae(visto: ExtractoVisto) -> tuple[Fila, ...]:
    """What the file says, to look at before deciding."""
    dice = visto.saldo_final.formato() if visto.saldo_final is not None else "No lo declara"
    return (
        Fila("Cuenta", f"{visto.banco} {visto.cuenta}".strip() or "No la declara"),
        Fila("Líneas", str(visto.lineas)),
        Fila("Créditos", visto.total_creditos.formato()),
        Fila("Débitos", visto.total_debitos.formato()),
        Fila("Saldo final que dice el banco", dice),
    )


def _ensayado(pedido: Pedido, extracto_id: int) -> tuple[ExtractoVisto, tuple[Desenlace, ...]]:
    """Confirm the statement in a transaction that is undone: what became of it and its lines."""

    def hacer() -> tuple[ExtractoVisto, tuple[Desenlace, ...]]:
        confirmar_extracto(extracto_id=extracto_id, por=pedido.actor, hoy=pedido.hoy, razon=ENSAYO)
        return extracto(extracto_id), desenlace_de_extracto(extracto_id)

    return en_seco(hacer)


def _previsto(visto: ExtractoVisto, desenlaces: Sequence[Desenlace]) -> Resultado:
    """What confirming would do, in the words of the lines: nothing was done."""
    if visto.estado == EstadoExtracto.RETENIDO:
        return Resultado(
            f"Si se confirma ahora el extracto {visto.nombre}, quedará retenido",
            direccion("confirmar_extracto", visto.id),
            (_por_que_contradice(visto),),
        )
    palabras = {codigo: texto for codigo, texto, _ in RESULTADOS}
    detalles = [
        f"{palabras[d.resultado]}{f' ({explicar(d.motivo).lower()})' if d.motivo else ''}: "
        f"{contar(d.cuantas, 'línea', 'líneas')}, {d.importe.formato()}."
        for d in desenlaces
    ]
    return Resultado(
        f"Si se confirma ahora el extracto {visto.nombre}, pasará esto",
        direccion("confirmar_extracto", visto.id),
        (*detalles, "Todavía no entró nada al libro."),
    )


def _lo_que_entrara(visto: ExtractoVisto) -> str:
    return (
        f"Al confirmar, entran al libro {visto.total_creditos.formato()} en créditos y "
        f"{visto.total_debitos.formato()} en débitos, de "
        f"{contar(visto.lineas, 'línea', 'líneas')}, salvo lo que ya se hubiera visto."
    )


def _rechazo(pedido: Pedido, visto: ExtractoVisto) -> Decision:
    """The return of a statement: the same button wherever it is decided."""

    def hacer(datos: Any) -> Resultado:
        rechazar_extracto(
            extracto_id=visto.id, por=pedido.actor, hoy=pedido.hoy, razon=datos["razon"]
        )
        return Resultado(
            f"El extracto {visto.nombre} quedó rechazado",
            direccion("extracto", visto.id),
            ("No entró nada al libro. Pida al banco otro archivo.",),
            _siguiente(),
        )

    return Decision("rechazar", "Rechazar el extracto", hacer, pide_razon=True, tipo="peligro")


def _por_que_contradice(visto: ExtractoVisto) -> str:
    por = visto.contradice_por.formato() if visto.contradice_por is not None else ""
    return (
        f"{visto.por_que_se_retiene}, en el extracto {visto.contradice_a}: si entrara, el libro y "
        f"el banco se diferenciarían en {por}."
    )


def _no_encadena(hueco: Salto | None) -> tuple[str, ...]:
    """Say how the balances break, before anybody posts over it."""
    if hueco is None:
        return ()
    aviso = (
        f"Abre con {hueco.formato()} que el cierre del extracto {hueco.anterior_id}. Si falta un "
        "extracto entre los dos, confírmelo antes. Si se asienta así, la cuenta no cuadra con el "
        "banco hasta que llegue."
    )
    return (aviso,)


def _confirmado(hecho: ExtractoVisto) -> Resultado:
    """The confirmation: what became of each line, and what is left to work on."""
    if hecho.estado == EstadoExtracto.RETENIDO:
        return Resultado(
            f"El extracto {hecho.nombre} quedó retenido: no entró nada al libro",
            direccion("extracto", hecho.id),
            (_por_que_contradice(hecho),),
            _siguiente(),
        )
    resultado = (
        f"{contar(hecho.aplicadas + hecho.credito_a_favor, 'línea aplicada', 'líneas aplicadas')}, "
        f"{hecho.por_identificar} por identificar y "
        f"{contar(hecho.duplicadas, 'ya vista', 'ya vistas')}."
    )
    sigue = []
    if hecho.por_identificar:
        sigue.append(Enlace("Trabajar lo que quedó por identificar", direccion("valores")))
    if hecho.duplicadas:
        vistas = f"{direccion('lineas', hecho.id)}?resultado=YA_VISTA"
        sigue.append(Enlace("Revisar las que se creen ya vistas", vistas))
    return Resultado(
        f"El extracto {hecho.nombre} entró al libro: {hecho.total.formato()}",
        direccion("extracto", hecho.id),
        (resultado,),
        (*sigue, *_siguiente()),
    )


def _siguiente() -> tuple[Enlace, ...]:
    """The next statement that waits for a decision, when there is one."""
    espera = lista_de_extractos().filter(situacion="por_confirmar").first()
    if espera is None:
        return ()
    return (Enlace(f"Siguiente: {espera.nombre}", direccion("extracto", espera.pk)),)


def _migas(visto: ExtractoVisto, ultima: str) -> tuple[Miga, ...]:
    return (
        Miga("Extractos", direccion("extractos")),
        Miga(visto.nombre, direccion("extracto", visto.id)),
        Miga(ultima),
    )
