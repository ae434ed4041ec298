"""Deadlines of invented matters: an agreement, the days of a lawyer, a reply."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from recaudo.domain.plazos.actions.abrir_plazo import PlazoPedido, abrir_plazo
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.norma.plazos.reglas import Obligado, ReglaDePlazo, Unidad
from tests.factories.actos import Probado, acto_de_prueba
from tests.factories.cartera import SISTEMA

EFECTO = "efecto_de_prueba"
RESPUESTA = ReglaDePlazo(
    nombre="responder",
    titulo="término para responder",
    parametro="glosa.dias_de_termino",
    unidad=Unidad.HABILES,
    desde="pedido",
    obligado=Obligado.DEUDOR,
    norma="Norma de prueba",
)
ABOGADO = ReglaDePlazo(
    nombre="impulsar",
    titulo="días del abogado",
    parametro="glosa.dias_para_glosar",
    unidad=Unidad.CALENDARIO,
    desde="entrega",
    obligado=Obligado.INSTITUCION,
    norma="Norma de prueba",
)
CUOTA = ReglaDePlazo(
    nombre="pagar_cuota",
    titulo="cuota del acuerdo",
    parametro="glosa.dias_de_termino",
    unidad=Unidad.MESES,
    desde="firma",
    obligado=Obligado.DEUDOR,
    norma="Norma de prueba",
)


@contextmanager
def en_acto(fecha: date) -> Iterator[ActoAbierto]:
    """An act of tests on a business date."""
    with acto(acto_de_prueba(), por=SISTEMA, fecha=fecha, norma="Prueba") as a:
        yield a
        a.declarar(Probado())


def abrir(
    regla: ReglaDePlazo,
    *,
    desde: date,
    materia: tuple[str, int] = ("juguete", 7),
    cantidad: int | None = None,
    cantones: frozenset[str] = frozenset(),
) -> Plazo:
    """Open a deadline in an act of its own."""
    with en_acto(desde) as a:
        return abrir_plazo(
            acto=a,
            pedido=PlazoPedido(
                regla=regla, materia=materia, origen=("prueba", 1), desde=desde,
                cantones=cantones, efecto=EFECTO, cantidad=cantidad,
            ),
        )  # fmt: skip


def cambiar(fecha: date, como: Callable[..., Plazo], **valores: object) -> Plazo:
    """Run an act that replaces a deadline, on a business date."""
    with en_acto(fecha) as a:
        return como(acto=a, motivo="Prueba", **valores)
