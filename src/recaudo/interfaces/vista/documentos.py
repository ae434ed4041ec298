"""Documents as the doors show them: their card, and the code by which anybody verifies one."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from recaudo.infra.documents.dibujo import direccion_de_verificacion
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.verificacion import SIN_CONTENIDO
from recaudo.infra.preparadas import Preparada
from recaudo.interfaces.vista.tonos import palabra_de_estado


@dataclass(frozen=True, slots=True)
class FichaDocumento:
    """What a page says of a document. `sha256` is empty until an act gives it."""

    titulo: str
    numero: str
    codigo: str
    url_verificacion: str
    direccion: str
    contenido_sha256: str
    sha256: str
    fecha_emision: date
    estado: str


#: States of which a copy asks for nothing: they go across what is printed.
_SIN_VALOR: Final = frozenset(["anulado", "anulada", "caducado", "reversado", "reemplazado"])


def marca_de(estado: str) -> str:
    """Return the word that goes across a printed page in that state; empty while it is worth."""
    return palabra_de_estado(estado) if estado in _SIN_VALOR else ""


_POR_ID = Preparada(lambda documento: SIN_CONTENIDO.filter(pk=documento))


def ficha_de_documento(documento_id: int | None) -> FichaDocumento | None:
    """Return the card of a document; the caller has decided who may see it."""
    if documento_id is None:
        return None
    d = _POR_ID.primera(documento=documento_id)
    if d is None:
        raise Documento.DoesNotExist
    return FichaDocumento(
        titulo=d.titulo,
        numero=d.numero,
        codigo=d.codigo,
        url_verificacion=reverse("portal:verificar_codigo", args=[d.codigo]),
        direccion=direccion_de_verificacion(d.codigo),
        contenido_sha256=d.contenido_sha256,
        sha256=getattr(d, "sha256", ""),
        fecha_emision=d.fecha_emision,
        estado=d.estado,
    )


__all__ = ["FichaDocumento", "direccion_de_verificacion", "ficha_de_documento", "marca_de"]
