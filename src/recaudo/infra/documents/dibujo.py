"""Draw a frozen document with Typst: PDF/A-3a and PDF/UA-1, the same bytes for the same content.

The style (`plantillas/estilo_1.typ`) receives one JSON text, `sys.inputs.datos`; nothing is pasted
into the program, so no content can be read as code. What is drawn comes from the frozen blocks;
beside them go only the code of verification with its address, the digest, and the state of a copy
drawn after the document stopped asking (`marca`, `aviso`).
"""

import hashlib
import io
import json
import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.conf import settings
from django.db import transaction

from recaudo.infra.documents.estado import VIGENTE, EstadoPublico
from recaudo.infra.documents.models import Dibujo, Documento
from recaudo.infra.documents.verificacion import estado_publico
from recaudo.kernel.letras import NO_SE_DIBUJA

PLANTILLAS: Final = Path(__file__).resolve().parent / "plantillas"
NORMAS_PDF: Final = ("a-3a", "ua-1")
LARGO_HUELLA: Final = 16
#: Any mask can be read; trying all eight to find the prettiest takes five times as long.
MASCARA: Final = 2
#: A word longer than this may be cut anywhere, or it would leave the page.
LARGO_PALABRA: Final = 24
CORTE: Final = "\u200b"
_PALABRA_LARGA: Final = re.compile(rf"\S{{{LARGO_PALABRA},}}")
_SALTOS: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_ESTILO: Final = re.compile(r"estilo_\d+")


def direccion_de_verificacion(codigo: str) -> str:
    """Return the public address that the QR carries."""
    base = getattr(settings, "RECAUDO_URL_PUBLICA", "http://127.0.0.1:8000").rstrip("/")
    return f"{base}/verificar/{codigo}/"


def archivo_de_estilo(estilo: str) -> Path:
    """Return the file of a style. Raises ValueError for what is no style's name."""
    archivo = PLANTILLAS / f"{estilo}.typ"
    if not _ESTILO.fullmatch(estilo) or not archivo.is_file():
        mensaje = f"There is no style {estilo!r}"
        raise ValueError(mensaje)
    return archivo


@lru_cache(maxsize=4)
def huella_de_estilo(estilo: str) -> str:
    """Return the SHA-256 of a style and of its fonts: what a drawing was made with."""
    resumen = hashlib.sha256(archivo_de_estilo(estilo).read_bytes())
    for archivo in sorted((PLANTILLAS / "fuentes").iterdir()):
        resumen.update(archivo.name.encode())
        resumen.update(archivo.read_bytes())
    return resumen.hexdigest()


def dibujar(
    documento: Documento, *, estado: EstadoPublico = VIGENTE, formato: str = "pdf"
) -> bytes:
    """Return the bytes of the document in a state. Nothing is stored: `bytes_de` does that, once.

    `formato="png"` gives a picture of the first page, for previews and tests.
    """
    estilo = str(archivo_de_estilo(documento.contenido["estilo"]))
    datos = {"datos": datos_de(documento, estado)}
    if formato == "png":
        return _uno(_compilador().compile(estilo, format="png", ppi=96, sys_inputs=datos))
    medianoche = datetime.combine(documento.fecha_emision, time(), UTC)
    return _uno(
        _compilador().compile(
            estilo,
            format="pdf",
            sys_inputs=datos,
            pdf_standards=list(NORMAS_PDF),
            timestamp=int(medianoche.timestamp()),
        )
    )


def bytes_de(documento_id: int, *, hoy: date) -> bytes:
    """Return the PDF of a document as it stands on `hoy`, drawn and stored the first time.

    In force: the document as issued. Paid, annulled, expired: a copy with its mark across the page
    that asks for nothing. Each is drawn once, under the row's lock: whoever asks afterwards, or at
    the same time, receives the very same bytes, and both can be verified.
    """
    estado = estado_publico(Documento.objects.defer("contenido").get(pk=documento_id), hoy=hoy)
    return _guardado(documento_id, estado)


def bytes_originales(documento_id: int) -> bytes:
    """Return the PDF as it was issued, whatever became of the document since."""
    return _guardado(documento_id, VIGENTE)


def _guardado(documento_id: int, estado: EstadoPublico) -> bytes:
    hechos = Dibujo.objects.filter(documento_id=documento_id, marca=estado.marca)
    guardado = hechos.values_list("bytes", flat=True).first()
    if guardado is not None:
        return bytes(guardado)
    with transaction.atomic():
        documento = Documento.objects.select_for_update().get(pk=documento_id)
        guardado = hechos.values_list("bytes", flat=True).first()
        if guardado is not None:
            return bytes(guardado)
        pdf = dibujar(documento, estado=estado)
        Dibujo.objects.create(
            documento=documento,
            marca=estado.marca,
            bytes=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            estilo_sha256=huella_de_estilo(documento.contenido["estilo"]),
        )
    return pdf


@lru_cache(maxsize=1)
def _compilador() -> typst.Compiler:
    """The compiler of this process, kept: fonts are read once."""
    return typst.Compiler(
        root=str(PLANTILLAS), font_paths=[str(PLANTILLAS / "fuentes")], ignore_system_fonts=True
    )


def _uno(salida: bytes | list[bytes] | None) -> bytes:
    """The bytes of a drawing; of its first page when there is one picture per page."""
    if isinstance(salida, list):
        return salida[0]
    if salida is None:
        mensaje = "Typst returned no bytes"
        raise TypeError(mensaje)
    return salida


def datos_de(documento: Documento, estado: EstadoPublico) -> str:
    """Return the JSON text the style draws: any text in it can be drawn, and fits the page."""
    direccion = direccion_de_verificacion(documento.codigo)
    bloques = _dibujable(documento.contenido["bloques"])
    return json.dumps(
        {
            "codigo": documento.codigo,
            "direccion": direccion,
            "qr": _qr(direccion),
            "huella": documento.contenido_sha256[:LARGO_HUELLA],
            "pide": estado.pide,
            "marca": estado.marca,
            "tono": estado.tono,
            "aviso": [estado.etiqueta, estado.texto],
            "cortes": CORTE in json.dumps(bloques, ensure_ascii=False),
            "bloques": bloques,
        },
        ensure_ascii=False,
    )


def _dibujable(valor: Any) -> Any:
    """Return the blocks so that the fonts have every sign and no word is wider than its place.

    A sign that no font has shows its code, `[U+738B]`: the reader sees that something is there.
    """
    if isinstance(valor, str):
        if NO_SE_DIBUJA.search(valor):
            valor = NO_SE_DIBUJA.sub(_con_codigo, _SALTOS.sub(" ", valor))
        return _PALABRA_LARGA.sub(_cortable, valor) if len(valor) >= LARGO_PALABRA else valor
    if isinstance(valor, dict):
        return {clave: _dibujable(v) for clave, v in valor.items()}
    if isinstance(valor, list):
        return [_dibujable(v) for v in valor]
    return valor


def _con_codigo(signo: re.Match[str]) -> str:
    return f"[U+{ord(signo[0]):04X}]"


def _cortable(palabra: re.Match[str]) -> str:
    return CORTE.join(palabra[0])


def _qr(direccion: str) -> str:
    salida = io.BytesIO()
    segno.make(direccion, error="m", micro=False, mask=MASCARA).save(
        salida, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True
    )
    return salida.getvalue().decode()


__all__ = ["bytes_de", "bytes_originales", "dibujar", "direccion_de_verificacion"]
