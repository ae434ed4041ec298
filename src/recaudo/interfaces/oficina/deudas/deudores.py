"""Who owes, whoever it is: an employer within reach, or a person."""

from dataclasses import dataclass

from recaudo.domain.afiliacion.queries import ficha_de_persona
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.oficina.identidad import empleador_o_nada
from recaudo.interfaces.oficina.marco import direccion
from recaudo.interfaces.vista.piezas import Fila, Miga


@dataclass(frozen=True, slots=True)
class Deudor:
    """A debtor as a page names it; `url` is where its debts are, empty when out of reach."""

    nombre: str
    documento: str
    identificacion: str
    url: str
    url_creditos: str
    es_ficticio: bool = False

    @property
    def migas(self) -> tuple[Miga, ...]:
        """The way to it."""
        return (Miga(self.nombre, self.url),)

    def identidad(self) -> list[Fila]:
        """Who it is, above an act."""
        if not self.identificacion:
            return [Fila("Deudor", self.nombre)]
        return [Fila("Deudor", self.nombre), Fila(self.documento, self.identificacion)]


def deudor_de(empleador_id: int | None, persona_id: int | None, actor: Actor) -> Deudor:
    """Return the debtor of a debt or of a credit that was read within reach."""
    persona = ficha_de_persona(persona_id) if persona_id is not None else None
    if persona is not None:
        return Deudor(
            persona.nombre, "Cédula", persona.identificacion,
            direccion("persona", persona.identificacion),
            direccion("creditos_de_persona", persona.identificacion),
        )  # fmt: skip
    empleador = empleador_o_nada(empleador_id, actor)
    if empleador is None:
        return Deudor("Empleador con domicilio en otra provincia", "RUC", "", "", "")
    return Deudor(
        empleador.razon_social, "RUC", empleador.ruc,
        direccion("deudas_de_empleador", empleador.ruc),
        direccion("creditos_de_empleador", empleador.ruc), empleador.es_ficticio,
    )  # fmt: skip
