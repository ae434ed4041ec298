"""Answers that are not pages: the bytes of a document."""

from datetime import date

from django.http import HttpResponse

from recaudo.infra.documents.dibujo import bytes_de


def pdf(documento_id: int, nombre: str, *, hoy: date) -> HttpResponse:
    """Answer with the bytes of a document as it stands on `hoy`: paid or annulled, it says so.

    Nothing is written: everybody receives the same ones. `nombre` has no extension.
    """
    respuesta = HttpResponse(bytes_de(documento_id, hoy=hoy), content_type="application/pdf")
    respuesta["Content-Disposition"] = f'inline; filename="{nombre}.pdf"'
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta
