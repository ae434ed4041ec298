"""What the public page answers about a document: without a login, without telling who is who."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Value
from django.db.models.functions import Coalesce

from recaudo.infra.documents.congelado import ALFABETO, LARGO_CODIGO
from recaudo.infra.documents.estado import REEMPLAZADO, VENCIDO, VIGENTE, EstadoPublico
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.sello import codigo_sellado
from recaudo.infra.documents.tipos import DatoPublico, tipo_registrado
from recaudo.infra.preparadas import Preparada

_PUNTOS: Final = "•••"
_CONJUNCIONES: Final = frozenset("yeou")
_RUIDO: Final = re.compile(r"[\s\-.]+")


@dataclass(frozen=True, slots=True)
class Verificacion:
    """What anybody may know of a document on a date. What its kind does not show is empty.

    `titular` is masked; `situacion` says what became of it and whether it still asks for anything;
    `sha256` is of the PDF as issued; empty while no act gave it and so none is kept.
    """

    documento_id: int
    tipo: str
    titulo: str
    numero: str
    titular: str
    provincia: str
    fecha_emision: date | None
    valido_hasta: date | None
    dejo_de_valer_el: date | None
    situacion: EstadoPublico
    codigo: str
    sha256: str
    contenido_sha256: str

    @property
    def estado(self) -> str:
        """The key of the state: vigente, vencido, pagado, anulado…"""
        return self.situacion.clave


def estado_publico(documento: Documento, *, hoy: date) -> EstadoPublico:
    """Return what is said of a document on `hoy`, on its page and across its copies.

    What the institution did to it comes first (annulled, replaced), then what its room knows
    (paid, reversed), then its date. A paid comprobante is paid whatever its date.
    """
    registrado = tipo_registrado(documento.tipo)
    if documento.estado == Documento.EstadoDocumento.ANULADO:
        return registrado.tipo.estado_anulado()
    if documento.estado == Documento.EstadoDocumento.REEMPLAZADO:
        return REEMPLAZADO
    if (estado := registrado.estado_de(documento.pk, hoy)) is not None:
        return estado
    vencido = documento.valido_hasta is not None and documento.valido_hasta < hoy
    return VENCIDO if vencido else VIGENTE


def enmascarar(titular: str) -> str:
    """Hide a name: the first letter of each word, and nothing about how long the word is.

    The conjunctions of one letter stay as they are: nothing of them is hidden.
    """
    return " ".join(
        palabra if palabra.lower() in _CONJUNCIONES else palabra[0] + _PUNTOS
        for palabra in titular.split()
    )


def normalizar_codigo(texto: str) -> str | None:
    """Return the code as stored, from what a person typed; None when it cannot be one."""
    codigo = _RUIDO.sub("", texto).upper()
    return codigo if len(codigo) == LARGO_CODIGO and set(codigo) <= set(ALFABETO) else None


def huella_del_contenido(documento_id: int) -> str:
    """Return the SHA-256 of the frozen content of a document: what a proof of reception cites."""
    return Documento.objects.values_list("contenido_sha256", flat=True).get(pk=documento_id)


SIN_CONTENIDO: Final = Documento.objects.defer("contenido").annotate(
    sha256=Coalesce("dibujo__sha256", Value(""))
)
_POR_CODIGO = Preparada(lambda codigo: SIN_CONTENIDO.filter(codigo=codigo))
_POR_HUELLA = Preparada(lambda sha256: SIN_CONTENIDO.filter(dibujo__sha256=sha256))


def verificar_codigo(codigo: str, *, hoy: date) -> Verificacion | None:
    """Find the document of a verification code (spaces and small letters are fine), or None."""
    limpio = normalizar_codigo(codigo)
    return None if limpio is None else _de(_POR_CODIGO.primera(codigo=limpio), hoy)


def verificar_bytes(pdf: bytes, *, hoy: date) -> Verificacion | None:
    """Find the document one of whose drawings is exactly `pdf`, or None: changed or not ours.

    The seal inside tells, whatever the state it was drawn in; and what is kept, its digest.
    """
    codigo = codigo_sellado(pdf)
    if codigo is not None:
        return _de(_POR_CODIGO.primera(codigo=codigo), hoy)
    return _de(_POR_HUELLA.primera(sha256=hashlib.sha256(pdf).hexdigest()), hoy)


def _de(documento: Documento | None, hoy: date) -> Verificacion | None:
    if documento is None:
        return None
    se_ve = tipo_registrado(documento.tipo).tipo.publico
    return Verificacion(
        documento_id=documento.pk,
        tipo=documento.tipo,
        titulo=documento.titulo,
        numero=documento.numero if DatoPublico.NUMERO in se_ve else "",
        titular=enmascarar(documento.titular) if DatoPublico.TITULAR in se_ve else "",
        provincia=documento.provincia if DatoPublico.PROVINCIA in se_ve else "",
        fecha_emision=documento.fecha_emision if DatoPublico.FECHA in se_ve else None,
        valido_hasta=documento.valido_hasta if DatoPublico.VALIDEZ in se_ve else None,
        dejo_de_valer_el=documento.dejo_de_valer_el,
        situacion=estado_publico(documento, hoy=hoy),
        codigo=documento.codigo,
        sha256=getattr(documento, "sha256", ""),
        contenido_sha256=documento.contenido_sha256,
    )
