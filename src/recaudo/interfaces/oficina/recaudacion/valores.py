"""The queue of money nobody could apply: the list, one value, the acts that give it an owner."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.afiliacion.queries import empleador_por_ruc
from recaudo.domain.obligaciones.queries import (
    ObligacionVista,
    obligaciones_de,
    obligaciones_de_persona,
)
from recaudo.domain.recaudacion.actions.aplicar_valor import ValorYaResuelto
from recaudo.domain.recaudacion.queries import ValorVisto, cola_de_valores, valor
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deuda import deudas
from recaudo.interfaces.oficina.deudas.personas import persona_con_deudas
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.identidad import empleador_o_nada
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.cola import TablaValores
from recaudo.interfaces.oficina.recaudacion.destinos import (
    Destino,
    NadaElegido,
    con_prevision,
    destino_de_comprobante,
    destino_de_la_direccion,
)
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeCitaAjena, FormularioDeRazon
from recaudo.interfaces.vista.actos import (
    METODOS,
    Decision,
    DecisionSobreVarias,
    Renglon,
    Resultado,
    acto_de_pantalla,
    acto_de_varias,
    elegidos_de,
)
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.listas import lista
from recaudo.interfaces.vista.piezas import Enlace, Miga, Suceso
from recaudo.interfaces.vista.puertas import exige
from recaudo.kernel.ids import limpiar
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

NORMA = "el dinero sin dueño se aplica con la razón de quien lo decide"
LARGO_DE_CEDULA = 10


class NadieDebe(Rechazo):
    """Nobody of that cédula has a debt within reach."""

    mensaje = "Ninguna persona con esa cédula tiene deudas ni créditos. Revise los 10 dígitos."


SIN_SUGERENCIA = "No tiene sugerencia: ábralo y elija a qué se aplica."


@exige(Permiso.RECAUDACION_VER)
@require_safe
def lista_de_valores(request: HttpRequest) -> HttpResponseBase:
    """Lista: the open queue, oldest first, each value with what decides."""
    pedido = de_la_puerta(request)
    aplica = pedido.actor.puede(Permiso.VALOR_APLICAR)
    return lista(
        request,
        TablaValores,
        cola_de_valores(hoy=pedido.hoy),
        pintar=pagina,
        excluir=() if aplica else ("elegir",),
        contexto={"varias_url": direccion("aplicar_valores") if aplica else ""},
        seccion="valores",
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha_de_valor(request: HttpRequest, valor_id: int) -> HttpResponse:
    """Ficha: one value, what its line says, the comprobantes that may explain it and why."""
    pedido = de_la_puerta(request)
    visto = _buscado(pedido, valor_id)
    escrito = limpiar(pedido.GET.get("comprobante", ""))
    busqueda = _busqueda(pedido, visto)
    if escrito:
        try:
            destino_de_comprobante(pedido, visto, escrito)
        except Rechazo as rechazo:
            busqueda |= {"comprobante": escrito, "error_comprobante": rechazo.mensaje}
        else:
            ruta = direccion("aplicar_valor", valor_id)
            return redirect(f"{ruta}?comprobante={escrito}")
    contexto = {
        "valor": visto,
        "sugerencias": [
            (s, empleador_o_nada(s.empleador_id, pedido.actor)) for s in visto.sugerencias
        ],
        "puede_aplicar": _puede_aplicar(pedido.actor, visto),
        "historia": historia_de_objeto(
            "valor_por_aplicar",
            valor_id,
            nacio=Suceso("Recibido sin dueño", visto.recibido_el, "Importación del extracto"),
        ),
        **busqueda,
    }
    migas = (Miga("Por identificar", direccion("valores")), Miga(f"Valor {valor_id}"))
    return pagina(request, "recaudacion/valor.html", contexto, seccion="valores", migas=migas)


@exige(Permiso.VALOR_APLICAR)
@require_http_methods(METODOS)
def aplicar(request: HttpRequest, valor_id: int) -> HttpResponse:
    """Acto: apply the value to a comprobante, or to chosen debts; it shows first what it does."""
    pedido = de_la_puerta(request)
    visto = _buscado(pedido, valor_id)
    if not _puede_aplicar(pedido.actor, visto):
        messages.error(request, ValorYaResuelto.mensaje)
        return redirect("oficina:valor", valor_id)
    try:
        destino = destino_de_la_direccion(pedido, visto)
    except Rechazo as rechazo:
        messages.error(request, rechazo.mensaje)
        return redirect("oficina:valor", valor_id)

    def hacer(datos: Any) -> Resultado:
        confirma = bool(datos.get("confirma"))
        hecho, sobra = destino.aplicar(pedido, visto, datos["razon"], confirma=confirma)
        return _resultado(pedido, visto, hecho, sobra)

    def prever() -> dict[str, Any]:
        (previsto,) = con_prevision(pedido, [(visto, destino)])
        return {"efecto": previsto.efecto(), "impedimento": previsto.impedimento}

    return acto_de_pantalla(
        request,
        titulo=f"Aplicar el valor {valor_id}: {visto.importe.formato()}",
        form=FormularioDeCitaAjena if destino.advertencia else FormularioDeRazon,
        avisos=[destino.advertencia] if destino.advertencia else [],
        decisiones=[Decision("aplicar", "Aplicar el valor", hacer, pide_razon=True)],
        efecto=destino.efecto_por_ver(visto),
        preparar=prever,
        revisa=True,
        norma=NORMA,
        cancelar=direccion("valor", valor_id),
        identidad=destino.identidad(),
        pintar=pagina,
        seccion="valores",
        migas=(
            Miga("Por identificar", direccion("valores")),
            Miga(f"Valor {valor_id}", direccion("valor", valor_id)),
            Miga("Aplicar"),
        ),
    )


@exige(Permiso.VALOR_APLICAR)
@require_http_methods(METODOS)
def aplicar_varios(request: HttpRequest) -> HttpResponse:
    """Acto: apply several values, each to its suggestion, with one reason."""
    pedido = de_la_puerta(request)
    casos = _casos(pedido, elegidos_de(request))

    def hacer(clave: str, datos: Any) -> str:
        visto, destino = casos[clave]
        if destino is None:
            raise NadaElegido
        hecho, _ = destino.aplicar(pedido, visto, datos["razon"])
        return hecho

    def prever(claves: Collection[str]) -> dict[str, Any]:
        previstos = _previstos(pedido, casos, claves)
        return {
            "renglones": [_renglon(visto, destino) for visto, destino in previstos.values()],
            "efecto": _efecto_de_varios([previstos[clave] for clave in claves]),
        }

    return acto_de_varias(
        request,
        titulo="Aplicar valores a su sugerencia",
        renglones=[_renglon(visto, destino) for visto, destino in casos.values()],
        decisiones=[DecisionSobreVarias("aplicar", "Aplicar los valores", hacer, pide_razon=True)],
        form=FormularioDeRazon,
        efecto=_efecto_por_ver(list(casos.values())),
        preparar=prever,
        norma=NORMA,
        cancelar=direccion("valores"),
        seguir=Enlace("Seguir con los valores por identificar", direccion("valores")),
        pintar=pagina,
        seccion="valores",
        migas=(Miga("Por identificar", direccion("valores")), Miga("Aplicar varios")),
    )


def _buscado(pedido: Pedido, valor_id: int) -> ValorVisto:
    return o_no_existe(
        lambda: valor(valor_id, hoy=pedido.hoy), de=pedido, que="el valor", buscado=valor_id,
        lista="valores",
    )  # fmt: skip


Casos = dict[str, tuple[ValorVisto, Destino | None]]


def _casos(pedido: Pedido, elegidos: list[int]) -> Casos:
    """Each value ticked that is still open, with where its suggestion would put it."""
    abiertos = cola_de_valores(hoy=pedido.hoy).filter(pk__in=elegidos)
    sugeridos: dict[int, str] = {fila.pk: fila.sugerido for fila in abiertos}
    casos: Casos = {}
    for valor_id, sugerido in sugeridos.items():
        visto = valor(valor_id, hoy=pedido.hoy)
        casos[str(valor_id)] = (visto, _destino_sugerido(pedido, visto, sugerido))
    return casos


def _previstos(pedido: Pedido, casos: Casos, claves: Collection[str]) -> Casos:
    """Return the cases with what the acts on `claves` would do one after another.

    Two values may be for the same debt: what the first does, the second finds. What is decided
    apart is not among them.
    """
    con = [
        (visto, destino)
        for clave, (visto, destino) in casos.items()
        if clave in claves and destino is not None and not destino.advertencia
    ]
    hechos = zip(con, con_prevision(pedido, con), strict=True)
    return casos | {str(visto.id): (visto, previsto) for (visto, _), previsto in hechos}


def _destino_sugerido(pedido: Pedido, visto: ValorVisto, sugerido: str) -> Destino | None:
    try:
        return destino_de_comprobante(pedido, visto, sugerido) if sugerido else None
    except Rechazo:
        return None


def _efecto_por_ver(casos: list[tuple[ValorVisto, Destino | None]]) -> list[str]:
    """What was chosen, before seeing what it would do."""
    con = [visto for visto, destino in casos if destino is not None]
    total = sum((visto.importe for visto in con), Dinero.CERO)
    cuantos = contar(len(con), "valor tiene", "valores tienen")
    return [
        f"{cuantos} sugerencia, de {len(casos)}, por {total.formato()}.",
        "Quite la marca de los que no quiera aplicar y pulse «Ver qué pasará».",
    ]


def _efecto_de_varios(casos: list[tuple[ValorVisto, Destino | None]]) -> list[str]:
    """The totals of the review, and how the values are decided."""
    posibles = [(v, d) for v, d in casos if d is not None and d.prevision and not d.impedimento]
    total = sum((v.importe for v, _ in posibles), Dinero.CERO)
    sobra = sum((d.prevision.excedente for _, d in posibles if d.prevision), Dinero.CERO)
    cuantos = contar(len(posibles), "valor", "valores")
    lineas = [f"Se pueden aplicar {cuantos} de {len(casos)}, por {total.formato()}."]
    if sobra:
        lineas.append(f"Sobran {sobra.formato()}: serán créditos a favor de quienes pagaron.")
    return [
        *lineas,
        "Quite la marca de los que no quiera aplicar. La razón es la misma para todos.",
        "Cada valor es una decisión aparte: lo que uno rechace no detiene a los demás.",
    ]


def _renglon(visto: ValorVisto, destino: Destino | None) -> Renglon:
    impedimento = destino.impedimento if destino else SIN_SUGERENCIA
    if destino is not None and destino.advertencia:
        impedimento = f"{destino.advertencia} Ábralo y decídalo aparte."
    return Renglon(
        clave=str(visto.id),
        titulo=f"Valor {visto.id}: {visto.importe.formato()}",
        url=direccion("valor", visto.id),
        efecto=destino.resumen() if destino else "",
        impedimento=impedimento,
    )


def _resultado(pedido: Pedido, visto: ValorVisto, hecho: str, sobra: Dinero) -> Resultado:
    """The confirmation: the object, what is left, what comes next in the queue."""
    abiertos = cola_de_valores(hoy=pedido.hoy)
    siguiente = abiertos.values_list("pk", flat=True).first()
    cuantos = abiertos.count()
    detalles = [f"Crédito a favor: {sobra.formato()}."] if sobra else []
    detalles.append(f"Quedan {contar(cuantos, 'valor abierto', 'valores abiertos')}.")
    sigue = [Enlace("Volver a la cola", direccion("valores"))]
    if siguiente is not None:
        sigue.insert(0, Enlace(f"Siguiente: valor {siguiente}", direccion("valor", siguiente)))
    return Resultado(hecho, direccion("valor", visto.id), tuple(detalles), tuple(sigue))


def _puede_aplicar(actor: Actor, visto: ValorVisto) -> bool:
    """The button exists when the table of states and the actor's permission both allow it."""
    return "aplicar_valor" in visto.actos and actor.puede(Permiso.VALOR_APLICAR)


def _busqueda(pedido: Pedido, visto: ValorVisto) -> dict[str, Any]:
    """What the officer looked for: an employer by RUC, and its debts to choose from."""
    ruc = limpiar(pedido.GET.get("ruc", ""))
    nada: dict[str, Any] = {
        "ruc": ruc, "error_ruc": "", "comprobante": "", "error_comprobante": "", "deuda": None,
    }  # fmt: skip
    if not ruc:
        return nada
    try:
        nombre, vivas = _quien_debe(pedido, ruc)
    except Rechazo as rechazo:
        return {**nada, "error_ruc": rechazo.mensaje}
    fecha = visto.linea.fecha_transaccion or visto.recibido_el
    return {**nada, "nombre": nombre, "deuda": deudas(vivas, hoy=fecha)}


def _quien_debe(pedido: Pedido, escrito: str) -> tuple[str, list[ObligacionVista]]:
    """Return the name and the living debts of a debtor, by its RUC or by its cédula."""
    alcance = pedido.actor.alcance(Permiso.RECAUDACION_VER)
    if len(escrito) == LARGO_DE_CEDULA:
        persona = persona_con_deudas(escrito, pedido.actor)
        if persona is None:
            raise NadieDebe
        suyas = obligaciones_de_persona(persona.id, alcance=alcance, solo_vivas=True)
        return persona.nombre, suyas
    empleador = empleador_por_ruc(escrito, alcance=pedido.actor.alcance(Permiso.EMPLEADOR_VER))
    return empleador.razon_social, obligaciones_de(empleador.id, alcance=alcance, solo_vivas=True)
