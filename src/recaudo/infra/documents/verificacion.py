"""What the public page answers about a document: without a login, without telling who is who."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.congelado import ALFABETO, LARGO_CODIGO
from recaudo.infra.documents.models import Documento
from recaudo.infra.preparadas import Preparada

_PUNTOS: Final = "•••"
_RUIDO: Final = re.compile(r"[\s\-.]+")

#: Given a document's id, the sentences that tell what changed since it was issued.
Novedades = Callable[[int], tuple[str, ...]]
_NOVEDADES: dict[str, list[Novedades]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Verificacion:
    """What anybody may know of a document. `titular` is masked; `cambios`: what happened since."""

    documento_id: int
    tipo: str
    titulo: str
    numero: str
    titular: str
    provincia: str
    fecha_emision: date
    valido_hasta: date | None
    estado: str
    codigo: str
    sha256: str
    contenido_sha256: str
    cambios: tuple[str, ...]


def conectar_novedades(tipo: str, novedades: Novedades) -> None:
    """Let a room tell what changed since a document of `tipo` was issued. Only wiring calls it."""
    if novedades not in _NOVEDADES[tipo]:
        _NOVEDADES[tipo].append(novedades)


def enmascarar(titular: str) -> str:
    """Hide a name: the first letter of each word, and nothing about how long the word is."""
    return " ".join(palabra[0] + _PUNTOS for palabra in titular.split())


def normalizar_codigo(texto: str) -> str | None:
    """Return the code as stored, from what a person typed; None when it cannot be one."""
    codigo = _RUIDO.sub("", texto).upper()
    return codigo if len(codigo) == LARGO_CODIGO and set(codigo) <= set(ALFABETO) else None


def huella_del_contenido(documento_id: int) -> str:
    """Return the SHA-256 of the frozen content of a document: what a proof of reception cites."""
    return Documento.objects.values_list("contenido_sha256", flat=True).get(pk=documento_id)


_SIN_BYTES = Documento.objects.defer("bytes", "contenido").order_by("pk")
_POR_CODIGO = Preparada(lambda codigo: _SIN_BYTES.filter(codigo=codigo))
_POR_HUELLA = Preparada(lambda sha256: _SIN_BYTES.filter(sha256=sha256))
_ANULACIONES_DE = Preparada(
    lambda documento: Hecho.objects.filter(
        objeto_tipo="documento", objeto_id=documento, tipo="documento_anulado"
    ).order_by("id")
)


def verificar_codigo(codigo: str) -> Verificacion | None:
    """Find the document of a verification code (spaces and small letters are fine), or None."""
    limpio = normalizar_codigo(codigo)
    return None if limpio is None else _de(_POR_CODIGO.primera(codigo=limpio))


def verificar_bytes(pdf: bytes) -> Verificacion | None:
    """Find the document whose stored bytes are exactly `pdf`, or None: changed or not ours."""
    return _de(_POR_HUELLA.primera(sha256=hashlib.sha256(pdf).hexdigest()))


def _de(documento: Documento | None) -> Verificacion | None:
    if documento is None:
        return None
    return Verificacion(
        documento_id=documento.pk,
        tipo=documento.tipo,
        titulo=documento.titulo,
        numero=documento.numero,
        titular=enmascarar(documento.titular),
        provincia=documento.provincia,
        fecha_emision=documento.fecha_emision,
        valido_hasta=documento.valido_hasta,
        estado=documento.estado,
        codigo=documento.codigo,
        sha256=documento.sha256,
        contenido_sha256=documento.contenido_sha256,
        cambios=_cambios(documento),
    )


def _cambios(documento: Documento) -> tuple[str, ...]:
    anulaciones = _ANULACIONES_DE.filas(documento=str(documento.pk))
    propios = tuple(f"Anulado el {h.fecha.isoformat()}." for h in anulaciones)
    return propios + tuple(
        frase for novedades in _NOVEDADES[documento.tipo] for frase in novedades(documento.pk)
    )
