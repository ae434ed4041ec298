"""Open a deadline: count it and keep the count."""

from dataclasses import dataclass
from datetime import date

from recaudo.domain.plazos.actions._cuenta import columnas_de_la_cuenta
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.cierre import exigir_efecto
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.plazo import cantidad_de, contar_plazo
from recaudo.norma.plazos.reglas import ReglaDePlazo


@dataclass(frozen=True, slots=True, kw_only=True)
class PlazoPedido:
    """What runs, on what matter, since what; `efecto` names what happens when it ends.

    `cantidad` only where the act itself fixes it (a body gives 30 days of evidence); otherwise the
    parameter of the rule says. `cantones`: debtor's and office's (COA 159).
    """

    regla: ReglaDePlazo
    materia: tuple[str, int]
    origen: tuple[str, int]
    desde: date
    cantones: frozenset[str]
    efecto: str
    cantidad: int | None = None


def abrir_plazo(*, acto: ActoAbierto, pedido: PlazoPedido) -> Plazo:
    """This act will count a deadline and keep it; it is never edited (COA 158, 159; P17).

    It runs inside the act that opens it, and carries its fact. One per matter and rule. Raises
    EfectoDesconocido, DiasDeTerminoFueraDeRango; the database refuses a second one.
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
        obligado=pedido.regla.obligado,
        origen_tipo=pedido.origen[0],
        origen_id=pedido.origen[1],
        norma=pedido.regla.norma,
        efecto=pedido.efecto,
        hecho_id=acto.hecho_id,
        **columnas_de_la_cuenta(contado),
    )
