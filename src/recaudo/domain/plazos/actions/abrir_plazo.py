"""Open a deadline: count it and keep the count."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.plazos.actions._cuenta import columnas_de_la_cuenta
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.cierre import exigir_efecto
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.plazo import cantidad_de, contar_plazo
from recaudo.norma.plazos.reglas import ReglaDePlazo

#: The deadline is of the matter, not of one of several parties.
SIN_PARTE: Final = ("", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlazoPedido:
    """What runs, on what matter, since what; `efecto` names what happens when it ends.

    `cantidad` only where the act itself fixes it (a body gives 30 days of evidence); otherwise the
    parameter of the rule says. `cantones`: debtor's and office's (COA 159). `parte` where each
    party has its own (kind and id); without it the matter has one.
    """

    regla: ReglaDePlazo
    materia: tuple[str, int]
    origen: tuple[str, int]
    desde: date
    cantones: frozenset[str]
    efecto: str
    cantidad: int | None = None
    parte: tuple[str, int] = SIN_PARTE


def abrir_plazo(*, acto: ActoAbierto, pedido: PlazoPedido) -> Plazo:
    """This act will count a deadline and keep it; it is never edited (COA 158, 159; P17).

    It runs inside the act that opens it, and carries its fact. One per matter, rule and party: the
    database refuses a second one. Raises EfectoDesconocido, DiasDeTerminoFueraDeRango.
    """
    exigir_efecto(pedido.efecto)
    cantidad = pedido.cantidad or cantidad_de(
        pedido.regla, en=pedido.desde, parametros=cargar_parametros()
    )
    contado = contar_plazo(
        unidad=pedido.regla.unidad,
        obligado=pedido.regla.obligado,
        desde=pedido.desde,
        cantidad=cantidad,
        cantones=pedido.cantones,
        calendario=cargar_calendario(),
    )
    return Plazo.objects.create(
        materia_tipo=pedido.materia[0],
        materia_id=pedido.materia[1],
        regla=pedido.regla.nombre,
        parte_tipo=pedido.parte[0],
        parte_id=pedido.parte[1],
        obligado=pedido.regla.obligado,
        origen_tipo=pedido.origen[0],
        origen_id=pedido.origen[1],
        norma=pedido.regla.norma,
        efecto=pedido.efecto,
        hecho_id=acto.hecho_id,
        **columnas_de_la_cuenta(contado),
    )
