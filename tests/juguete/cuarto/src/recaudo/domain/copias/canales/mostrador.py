"""The counter of the office (COA art. 165): who comes signs, and is notified that same day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta, faltan


@dataclass(frozen=True, slots=True)
class Mostrador:
    """It waits for nobody: somebody of the office registers that it was handed over."""

    codigo: str = "MOSTRADOR"
    nombre: str = "el mostrador"
    norma: str = "COA art. 165"
    acusa_el_destinatario: bool = False

    def espera_hasta(self, *, desde: date, cantones: frozenset[str]) -> date | None:
        """Return None: there is no last day."""
        del desde, cantones
        return None

    def exigir_prueba(self, prueba: Mapping[str, str]) -> None:
        """Refuse (PruebaIncompleta) without who signed."""
        if faltan(prueba, ("firma",)):
            mensaje = "Falta quién firmó en el mostrador."
            raise PruebaIncompleta(mensaje, norma=self.norma)

    def notificado_el(
        self, *, recibida: date, cantones: frozenset[str], prueba: Mapping[str, str]
    ) -> date:
        """Return the day it was handed over."""
        del cantones, prueba
        return recibida


MOSTRADOR: Final = Mostrador()
