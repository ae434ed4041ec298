"""The seal of a PDF of the house: whoever brings the file, it is known to be ours, byte by byte.

A drawing is given by a page that only reads, so nothing is written when it leaves. What proves it
afterwards travels inside: one comment before `startxref`, where no reader of PDF looks and no
offset moves, with the code of the document and the HMAC-SHA-256 of every other byte. So whatever
was given stays verifiable when the style, the words of a state or the compiler change, and no
table of what was handed out is kept. The key is `CLAVES_DE_SELLO[0]`; those after it only verify.
A seal is no electronic signature: it tells the house about its own file, and nobody else.
"""

import hashlib
import hmac
import re
from typing import Final

from django.conf import settings

_COMENTARIO: Final = re.compile(rb"%recaudo ([2-9A-HJ-NP-Z]{12}) [0-9a-f]{64}\n", re.ASCII)
_LARGO: Final = len("%recaudo ") + 12 + len(" ") + 64 + len("\n")
_FINAL: Final = b"startxref"


def sellar(pdf: bytes, codigo: str) -> bytes:
    """Return `pdf` with the seal of today's key. The same bytes and code give the same ones."""
    return _con_sello(pdf, codigo, settings.CLAVES_DE_SELLO[0])


def codigo_sellado(pdf: bytes) -> str | None:
    """Return the code of the document that sealed exactly these bytes; None when none did.

    Only the place of the seal is looked at: anybody sends files here, and each look costs the whole
    file. It is sealed again and compared whole, so a seal moved, copied or repeated is no seal.
    """
    lugar = pdf.rfind(_FINAL)
    hallado = _COMENTARIO.fullmatch(pdf, max(0, lugar - _LARGO), max(0, lugar))
    if hallado is None:
        return None
    codigo = hallado[1].decode()
    desnudo = pdf[: hallado.start()] + pdf[hallado.end() :]
    es_nuestro = any(
        hmac.compare_digest(_con_sello(desnudo, codigo, clave), pdf)
        for clave in settings.CLAVES_DE_SELLO
    )
    return codigo if es_nuestro else None


def _con_sello(pdf: bytes, codigo: str, clave: str) -> bytes:
    lugar = pdf.rfind(_FINAL)
    if lugar < 0:
        return pdf
    firmado = codigo.encode() + b"\0" + pdf
    sello = hmac.new(b"recaudo.sello\0" + clave.encode(), firmado, hashlib.sha256).hexdigest()
    return b"%b%%recaudo %b %b\n%b" % (pdf[:lugar], codigo.encode(), sello.encode(), pdf[lugar:])


__all__ = ["codigo_sellado", "sellar"]
