"""Reads of provinces and cantons."""

from dataclasses import dataclass

from recaudo.domain.organizacion.models import Canton, Provincia
from recaudo.kernel.refusals import Rechazo


class CantonDesconocido(Rechazo):
    """No canton has that code."""

    norma = "INEC, División Político Administrativa"


@dataclass(frozen=True, slots=True)
class FichaCanton:
    """A canton and its province."""

    codigo: str
    nombre: str
    provincia: str
    provincia_nombre: str


def provincias() -> list[Provincia]:
    """Return the 24 provinces in Spanish alphabetical order."""
    return list(Provincia.objects.order_by("clave_orden"))


def cantones(*, provincia: str | None = None) -> list[FichaCanton]:
    """Return the cantons, all or of one province (2-digit code), in Spanish alphabetical order."""
    consulta = Canton.objects.select_related("provincia").order_by("clave_orden", "codigo")
    if provincia is not None:
        consulta = consulta.filter(provincia_id=provincia)
    return [_ficha(canton) for canton in consulta]


def canton(codigo: str) -> FichaCanton:
    """Return the canton with that 4-digit code; CantonDesconocido otherwise."""
    hallado = Canton.objects.select_related("provincia").filter(codigo=codigo).first()
    if hallado is None:
        msg = (
            f"No existe el cantón {codigo}. Escriba los 4 dígitos del código del INEC, por "
            "ejemplo 1701 (Quito)."
        )
        raise CantonDesconocido(msg)
    return _ficha(hallado)


def _ficha(canton: Canton) -> FichaCanton:
    return FichaCanton(
        codigo=canton.codigo,
        nombre=canton.nombre,
        provincia=canton.provincia_id,
        provincia_nombre=canton.provincia.nombre,
    )
