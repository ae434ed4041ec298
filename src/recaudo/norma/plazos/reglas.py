"""Which deadlines there are: each with its number, its kind of day and whom it binds.

The name of a rule is what a step of a machine (`Paso.plazo`) and a counted deadline refer to.
"""

from dataclasses import dataclass
from enum import StrEnum

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun


class Unidad(StrEnum):
    """Kinds of day. A término is always in business days (COA 158, 159)."""

    HABILES = "habiles"
    CALENDARIO = "calendario"
    MESES = "meses"


class Obligado(StrEnum):
    """Who must act before it ends: a doubt of the calendar favours the debtor, never the office."""

    DEUDOR = "deudor"
    INSTITUCION = "institucion"


class ReglaDesconocida(Rechazo):
    """Nobody declared such a deadline."""

    mensaje = "No existe esa regla de plazo: revise su nombre en norma/plazos/reglas.py."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglaDePlazo:
    """A deadline of the norm: `parametro` holds its number, `desde` the day that it runs from."""

    nombre: str
    titulo: str
    parametro: str
    unidad: Unidad
    desde: str
    obligado: Obligado
    norma: str


_REGLAS = {
    r.nombre: r
    for r in (
        ReglaDePlazo(
            nombre="glosar",
            titulo="día de mora en que la planilla pasa a glosa",
            parametro="glosa.dias_para_glosar",
            unidad=Unidad.CALENDARIO,
            desde="vencimiento de la planilla",
            obligado=Obligado.INSTITUCION,
            norma="LSS art. 94",
        ),
        ReglaDePlazo(
            nombre="abrir_en_casillero",
            titulo="espera a que se abra la notificación en el casillero",
            parametro="notificacion.dias_para_abrir",
            unidad=Unidad.HABILES,
            desde="depósito en el casillero",
            obligado=Obligado.DEUDOR,
            norma="COA art. 164",
        ),
        ReglaDePlazo(
            nombre="pagar_o_impugnar",
            titulo="término para pagar o impugnar la glosa",
            parametro="glosa.dias_de_termino",
            unidad=Unidad.HABILES,
            desde="notificación",
            obligado=Obligado.DEUDOR,
            norma="C.D. 516 art. 129",
        ),
    )
}


@segun("COA art. 158")
def registrar_regla(regla: ReglaDePlazo) -> None:
    """Add the deadline of a room that is not here; only wiring calls it, and tests."""
    if _REGLAS.setdefault(regla.nombre, regla) != regla:
        mensaje = f"Two rules of deadline are called {regla.nombre}"
        raise ValueError(mensaje)


@segun("COA art. 158")
def regla_de_plazo(nombre: str) -> ReglaDePlazo:
    """Return the rule of that name; ReglaDesconocida when there is none."""
    regla = _REGLAS.get(nombre)
    if regla is None:
        mensaje = f"No existe la regla de plazo «{nombre}»: revise norma/plazos/reglas.py."
        raise ReglaDesconocida(mensaje)
    return regla


@segun("COA art. 158")
def reglas_de_plazo() -> tuple[ReglaDePlazo, ...]:
    """Return every rule, in the order of the law's own steps."""
    return tuple(_REGLAS.values())
