"""Published rates for tests: who registers, who approves, and an ordinary month."""

from datetime import date

from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo

HOY = date(2026, 10, 2)
MES = Periodo(2026, 10)
REGISTRA = Actor(id=90_070, nombre="Registra", roles=frozenset({"DNRC"}))
APRUEBA = Actor(id=90_071, nombre="Aprueba", roles=frozenset({"UCGC"}))
AMBOS = Actor(id=90_070, nombre="Registra y aprueba", roles=frozenset({"DNRC", "UCGC"}))


def registrar(**otros: object) -> TasaPublicada:
    """Register the rate of October 2026, 7.99 %, by the one who registers."""
    datos: dict[str, object] = {
        "periodo": MES, "tasa": Tasa("7.99"), "fuente": "BCE, octubre 2026",
        "por": REGISTRA, "hoy": HOY,
    }  # fmt: skip
    return registrar_tasa(**(datos | otros))  # type: ignore[arg-type]
