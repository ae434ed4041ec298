"""What every channel of notices answers, and the register of those that exist.

A channel says three things that the norm decides: until when its reception is waited for, what
proves it, and on which day whoever received it is held notified. Another channel is another folder
here (or in the room that needs it), registered in `project/wiring.py`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from recaudo.kernel.refusals import Rechazo


class PruebaIncompleta(Rechazo):
    """A reception without its proof is no notification."""

    mensaje = "Falta la constancia de la recepción."


class Canal(Protocol):
    """A way to notify: `codigo` is kept with each notice, `nombre` is for a person."""

    @property
    def codigo(self) -> str:
        """The key, in capitals: CASILLERO."""
        ...

    @property
    def nombre(self) -> str:
        """How a person calls it: casillero electrónico."""
        ...

    @property
    def norma(self) -> str:
        """The article that allows it."""
        ...

    @property
    def acusa_el_destinatario(self) -> bool:
        """Whether the addressee acknowledges by himself; else somebody registers what happened."""
        ...

    def espera_hasta(self, *, desde: date, cantones: frozenset[str]) -> date | None:
        """Return the last day its reception is waited for; None: until somebody registers it."""
        ...

    def exigir_prueba(self, prueba: Mapping[str, str]) -> None:
        """Refuse (PruebaIncompleta) a proof that lacks something the norm asks for."""
        ...

    def notificado_el(
        self, *, recibida: date, cantones: frozenset[str], prueba: Mapping[str, str]
    ) -> date:
        """Return the legal date of the notification of what was received on `recibida`."""
        ...


class CanalDesconocido(LookupError):
    """Nobody registered that channel: `project/wiring.py` does."""


_CANALES: Final[dict[str, Canal]] = {}


def registrar_canal(canal: Canal) -> None:
    """Let notices travel by a channel; only wiring calls it."""
    _CANALES[canal.codigo] = canal


def canal_de(codigo: str) -> Canal:
    """Return a registered channel. Raises CanalDesconocido."""
    try:
        return _CANALES[codigo]
    except KeyError as falta:
        raise CanalDesconocido(codigo) from falta


def canales_que_se_abren() -> tuple[str, ...]:
    """Return the codes of the channels whose reception the addressee acknowledges himself."""
    return tuple(c.codigo for c in _CANALES.values() if c.acusa_el_destinatario)


#: Why what only its addressee opens cannot be sent to whom has no inbox.
SIN_CASILLERO: Final = "El destinatario no tiene casillero electrónico."


def faltan(prueba: Mapping[str, str], claves: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of a proof that are missing or blank."""
    return tuple(clave for clave in claves if not str(prueba.get(clave, "")).strip())


__all__ = [
    "SIN_CASILLERO", "Canal", "CanalDesconocido", "PruebaIncompleta", "canal_de",
    "canales_que_se_abren", "faltan", "registrar_canal",
]  # fmt: skip
