"""Orders of copies: the list, one of them, settling one, and handing it over."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.copias.actions.liquidar_copias import Pedido, liquidar_copias
from recaudo.domain.copias.actions.retirar_copias import retirar_copias
from recaudo.domain.copias.queries import PedidoVisto, lista_de_copias, pedido_de_copias
from recaudo.domain.copias.states import EstadoCopia
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.copias.forms import FormularioDeCopias
from recaudo.interfaces.oficina.copias.tablas import TablaCopias
from recaudo.interfaces.oficina.historia import historia_de_objeto
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista import listas
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import escribir_dinero
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige


@exige(Permiso.COPIAS_VER)
@require_safe
def lista(request: HttpRequest) -> HttpResponseBase:
    """Lista: the orders within reach."""
    pedido = de_la_puerta(request)
    liquida = pedido.actor.puede(Permiso.COPIAS_LIQUIDAR)
    return listas.lista(
        request,
        TablaCopias,
        lista_de_copias(alcance=pedido.alcance),
        pintar=pagina,
        actos=[Enlace("Liquidar copias", direccion("liquidar_copias"))] if liquida else [],
        seccion="copias",
    )


@exige(Permiso.COPIAS_VER)
@require_safe
def ficha(request: HttpRequest, pedido_id: int) -> HttpResponse:
    """Ficha: one order and what became of it."""
    pedido = de_la_puerta(request)
    visto = o_no_existe(
        lambda: pedido_de_copias(pedido_id, alcance=pedido.alcance),
        de=request, que="el pedido de copias", buscado=pedido_id, lista="copias",
    )  # fmt: skip
    contexto = {
        "titulo": f"Copias {visto.id}",
        "estado": (visto.estado.palabra, visto.estado.tono),
        "filas": [
            Fila("RUC", visto.ruc),
            Fila("Matrícula del abogado", visto.matricula),
            Fila("Fojas", visto.fojas),
            Fila("Valor", escribir_dinero(visto.valor)),
        ],
        "actos": _actos(visto, pedido.actor),
        "historia": historia_de_objeto("copia", visto.id),
    }
    migas = (Miga("Copias", direccion("copias")), Miga(f"Copias {visto.id}"))
    return pagina(request, "vista/ficha.html", contexto, seccion="copias", migas=migas)


@exige(Permiso.COPIAS_LIQUIDAR)
@require_http_methods(METODOS)
def liquidar(request: HttpRequest) -> HttpResponse:
    """Acto: settle an order of copies."""
    pedido = de_la_puerta(request)

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        numero = liquidar_copias(pedido=Pedido(**datos), por=pedido.actor, hoy=pedido.hoy)
        return Resultado(
            f"Copias {numero} liquidadas por {escribir_dinero(datos['valor'])}",
            direccion("pedido_de_copias", numero),
            ("Falta entregar la liquidación al abogado en el mostrador.",),
        )

    return acto_de_pantalla(
        request,
        titulo="Liquidar copias",
        form=FormularioDeCopias,
        decisiones=[Decision("liquidar", "Liquidar las copias", hacer)],
        efecto=["Nace una deuda del empleador y se emite la liquidación para su abogado."],
        norma="Diseño: cuarto de ejemplo",
        cancelar=direccion("copias"),
        pintar=pagina,
        seccion="copias",
        migas=(Miga("Copias", direccion("copias")), Miga("Liquidar")),
    )


def _actos(visto: PedidoVisto, actor: Actor) -> list[Enlace]:
    if visto.estado != EstadoCopia.ENTREGABLE or not actor.puede(Permiso.COPIAS_LIQUIDAR):
        return []
    return [Enlace("Entregar en el mostrador", direccion("retirar_copias", visto.id))]


@exige(Permiso.COPIAS_LIQUIDAR)
@require_http_methods(METODOS)
def retirar(request: HttpRequest, pedido_id: int) -> HttpResponse:
    """Acto: hand over the copies of an order."""
    pedido, ficha_del_pedido = de_la_puerta(request), direccion("pedido_de_copias", pedido_id)
    o_no_existe(
        lambda: pedido_de_copias(pedido_id, alcance=pedido.alcance),
        de=request, que="el pedido de copias", buscado=pedido_id, lista="copias",
    )  # fmt: skip

    def hacer(_: Mapping[str, Any]) -> Resultado:
        retirar_copias(pedido_id=pedido_id, por=pedido.actor, hoy=pedido.hoy)
        return Resultado(f"Copias {pedido_id} entregadas", ficha_del_pedido)

    return acto_de_pantalla(
        request,
        titulo=f"Entregar copias {pedido_id}",
        decisiones=[Decision("retirar", "Entregar las copias", hacer)],
        efecto=["El pedido queda retirado y ya no cambia."],
        norma="Diseño: cuarto de ejemplo",
        cancelar=ficha_del_pedido,
        pintar=pagina,
        seccion="copias",
        migas=(Miga("Copias", direccion("copias")), Miga(f"Copias {pedido_id}", ficha_del_pedido)),
    )
