"""Reads of the orders of copies."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.states import EstadoCopia
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo


class CopiasNoExisten(Rechazo):
    """There is no such order within reach."""

    mensaje = "No existe ese pedido de copias, o no es de su provincia."


@dataclass(frozen=True, slots=True)
class PedidoVisto:
    """An order as a page shows it; `valor` in USD."""

    id: int
    ruc: str
    matricula: int
    fojas: int
    valor: Dinero
    pedido_el: date
    estado: EstadoCopia


def lista_de_copias(*, alcance: Alcance) -> QuerySet[PedidoDeCopias]:
    """Return the orders within reach, the newest first."""
    return PedidoDeCopias.objects.filter(alcance.q()).order_by("-id")


def pedido_de_copias(pedido_id: int, *, alcance: Alcance) -> PedidoVisto:
    """Return one order; CopiasNoExisten when it is not within reach."""
    fila = lista_de_copias(alcance=alcance).filter(pk=pedido_id).first()
    if fila is None:
        raise CopiasNoExisten
    return PedidoVisto(
        fila.pk, fila.ruc, fila.matricula, fila.fojas, fila.valor, fila.pedido_el,
        EstadoCopia(fila.estado),
    )  # fmt: skip
