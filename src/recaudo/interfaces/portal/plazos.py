"""How many days are left, in the one way the portal counts them."""

from dataclasses import dataclass
from datetime import date, timedelta

from recaudo.norma.plazos.calendario import cargar_calendario

SOLO_NACIONAL: frozenset[str] = frozenset()
HABILES = "días hábiles"
CALENDARIO = "días"


@dataclass(frozen=True, slots=True)
class Restantes:
    """Days left: business days, today among them while it counts; once over, calendar days."""

    cuantos: int
    unidad: str


def restantes(vence: date, *, hoy: date) -> Restantes:
    """Return what is left until `vence`: 0 is the last day, negative is over."""
    if hoy >= vence:
        return Restantes((vence - hoy).days, CALENDARIO)
    calendario = cargar_calendario()
    dias = (hoy + timedelta(days=n) for n in range((vence - hoy).days + 1))
    return Restantes(
        sum(1 for dia in dias if calendario.motivo_inhabil(dia, SOLO_NACIONAL) is None), HABILES
    )


def restantes_de_termino(vence: date, habiles_restantes: int, *, hoy: date) -> Restantes:
    """Return what is left of a término already counted, whose calendar is stored with it."""
    if hoy >= vence:
        return Restantes((vence - hoy).days, CALENDARIO)
    return Restantes(habiles_restantes, HABILES)
