"""Answers that are not pages: the bytes of a document."""

from __future__ import annotations

from django.http import HttpResponse

from recaudo.infra.documents.dibujo import bytes_de


def pdf(documento_id: int, *, nombre: str) -> HttpResponse:
    """Return a frozen document, the very bytes that were issued; `nombre` has no extension."""
    respuesta = HttpResponse(bytes_de(documento_id), content_type="application/pdf")
    respuesta["Content-Disposition"] = f'inline; filename="{nombre}.pdf"'
    return respuesta
