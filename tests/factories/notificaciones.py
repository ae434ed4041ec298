"""A toy channel and a toy matter: notices of a room that does not exist yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recaudo.domain.notificaciones.actions.enviar_notificacion import Envio
from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta, faltan
from recaudo.domain.notificaciones.materias import LoQueAbre, Materia
from recaudo.infra.security.permisos import Permiso
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.reglas import Obligado, ReglaDePlazo, Unidad
from recaudo.norma.plazos.termino import contar_termino


@dataclass(frozen=True, slots=True)
class Boletas:
    """Two slips left on two days (COA 166): held notified on the second."""

    codigo: str = "BOLETAS"
    nombre: str = "boletas"
    norma: str = "COA art. 166"
    acusa_el_destinatario: bool = False

    def espera_hasta(self, *, desde: date, cantones: frozenset[str]) -> date | None:
        return None

    def exigir_prueba(self, prueba: Mapping[str, str]) -> None:
        if faltan(prueba, ("primera", "segunda", "notificador")):
            raise PruebaIncompleta(norma=self.norma)

    def notificado_el(
        self, *, recibida: date, cantones: frozenset[str], prueba: Mapping[str, str]
    ) -> date:
        return date.fromisoformat(prueba["segunda"])


@dataclass(frozen=True, slots=True)
class Prensa:
    """Held notified ten business days after the second publication (COA 168)."""

    codigo: str = "PRENSA"
    nombre: str = "prensa"
    norma: str = "COA art. 168"
    acusa_el_destinatario: bool = False

    def espera_hasta(self, *, desde: date, cantones: frozenset[str]) -> date | None:
        return None

    def exigir_prueba(self, prueba: Mapping[str, str]) -> None:
        if faltan(prueba, ("diario", "primera", "segunda")):
            raise PruebaIncompleta(norma=self.norma)

    def notificado_el(
        self, *, recibida: date, cantones: frozenset[str], prueba: Mapping[str, str]
    ) -> date:
        return contar_termino(
            notificado=date.fromisoformat(prueba["segunda"]), dias=10, cantones=cantones,
            calendario=cargar_calendario(),
        ).vence  # fmt: skip


CONTESTAR = ReglaDePlazo(
    nombre="contestar",
    titulo="término para contestar",
    parametro="notificacion.dias_para_abrir",
    unidad=Unidad.HABILES,
    desde="notificación",
    obligado=Obligado.DEUDOR,
    norma="Prueba",
)
PROVIDENCIA = Materia(
    tipo="providencia",
    nombre="providencia",
    permiso_ver=Permiso.CARTERA_VER,
    abre=LoQueAbre(CONTESTAR, "vencer_terminos"),
)
#: Each of those cited answers within his own term.
CITACION = Materia(
    tipo="citacion",
    nombre="citación",
    permiso_ver=Permiso.CARTERA_VER,
    abre=LoQueAbre(CONTESTAR, "vencer_terminos", por_destinatario=True),
)
OFICIO = Materia(tipo="oficio", nombre="oficio", permiso_ver=Permiso.RECAUDACION_VER)


def envio(**otros: Any) -> Envio:
    """A notice of a providencia to a person, by slips."""
    datos: dict[str, Any] = {
        "destinatario_tipo": "PERSONA",
        "destinatario_id": 7,
        "provincia": "17",
        "cantones": frozenset({"1701"}),
        "materia_tipo": "providencia",
        "materia_id": 1,
        "asunto": "Providencia 1",
        "documento_id": 1,
        "canal": "BOLETAS",
    }
    return Envio(**{**datos, **otros})
