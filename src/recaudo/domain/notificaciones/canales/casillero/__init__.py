"""The electronic inbox of the portal (COA art. 164): reception is an act of the addressee."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta, faltan
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.casillero import espera_de_recepcion

#: From where and with what it was opened: part of the log of reception (COA 164).
PRUEBA: Final = ("ip", "agente")


@dataclass(frozen=True, slots=True)
class Casillero:
    """Put in the inbox it notifies nobody; opening it does, on that civil day."""

    codigo: str = "CASILLERO"
    nombre: str = "casillero electrónico"
    norma: str = "COA art. 164"
    acusa_el_destinatario: bool = True

    def espera_hasta(self, *, desde: date, cantones: frozenset[str]) -> date | None:
        """Return the last business day the inbox waits for; after it another channel is due."""
        return espera_de_recepcion(
            depositada=desde,
            cantones=cantones,
            calendario=cargar_calendario(),
            parametros=cargar_parametros(),
        ).vence

    def exigir_prueba(self, prueba: Mapping[str, str]) -> None:
        """Refuse an opening that does not say from which address and with which program."""
        if faltan(prueba, PRUEBA):
            mensaje = (
                "Falta la constancia de recepción: desde qué dirección y con qué programa se abrió."
            )
            raise PruebaIncompleta(mensaje, norma=self.norma)

    def notificado_el(
        self, *, recibida: date, cantones: frozenset[str], prueba: Mapping[str, str]
    ) -> date:
        """Return the day it was opened."""
        del cantones, prueba
        return recibida


CASILLERO: Final = Casillero()
