"""Draw a frozen document with Typst: PDF/A-3a and PDF/UA-1, the same bytes for the same content.

A reading draws and keeps nothing: whoever reads first, last or at once receives the same bytes,
from any process. What an act gives to somebody (a comprobante made, a notice received) is kept by
a job of that act (`guardar_dibujo`), so that no later style or compiler changes it.

The style (`plantillas/estilo_1.typ`) receives one JSON text, `sys.inputs.datos`; nothing is pasted
into the program, so no content can be read as code. What is drawn comes from the frozen blocks;
beside them go only the code of verification with its address, the digest, and the state of a copy
drawn after the document stopped asking (`marca`, `aviso`).
"""

import hashlib
import io
import json
import re
import threading
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
from recaudo.infra.documents.sello import sellar
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
    base = settings.RECAUDO_URL_PUBLICA.rstrip("/")
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
    """Return the bytes of the document in a state, sealed. Nothing is stored.

    They depend on the frozen content and its style, the code, the date of issue, the state, the
    public address and the key of the seal; on no clock, process or order. `formato="png"` gives a
    picture of the first page, for previews and tests.
    """
    estilo = str(archivo_de_estilo(documento.contenido["estilo"]))
    datos = {"datos": datos_de(documento, estado)}
    if formato == "png":
        return _compilado(estilo, format="png", ppi=96, sys_inputs=datos)
    medianoche = datetime.combine(documento.fecha_emision, time(), UTC)
    pdf = _compilado(
        estilo,
        format="pdf",
        sys_inputs=datos,
        pdf_standards=list(NORMAS_PDF),
        timestamp=int(medianoche.timestamp()),
    )
    return sellar(pdf, documento.codigo)


def bytes_de(documento_id: int, *, hoy: date) -> bytes:
    """Return the PDF of a document as it stands on `hoy`. It writes nothing.

    In force: the document as issued, from what is kept or drawn now. Paid, annulled, expired: a
    copy with its mark across the page that asks for nothing. All are sealed, so all are verified.
    """
    documento = Documento.objects.get(pk=documento_id)
    estado = estado_publico(documento, hoy=hoy)
    if estado.marca:
        return dibujar(documento, estado=estado)
    return _guardado(documento_id) or dibujar(documento)


def bytes_originales(documento_id: int) -> bytes:
    """Return the PDF as it was issued, whatever became of the document since."""
    return _guardado(documento_id) or dibujar(Documento.objects.get(pk=documento_id))


def guardar_dibujo(documento_id: int) -> None:
    """Draw a document as issued and keep its bytes, unless they are kept: the job of an act.

    Under the row's lock, so two workers keep one drawing.
    """
    with transaction.atomic():
        documento = Documento.objects.select_for_update().get(pk=documento_id)
        if _guardado(documento_id) is None:
            pdf = dibujar(documento)
            Dibujo.objects.create(
                documento=documento,
                bytes=pdf,
                sha256=hashlib.sha256(pdf).hexdigest(),
                estilo_sha256=huella_de_estilo(documento.contenido["estilo"]),
            )


def _guardado(documento_id: int) -> bytes | None:
    guardado = Dibujo.objects.filter(documento_id=documento_id).values_list("bytes", flat=True)
    return None if (visto := guardado.first()) is None else bytes(visto)


#: A compiler serves one drawing at a time: to a second thread it answers that it is taken.
_UNO_A_LA_VEZ: Final = threading.Lock()


def _compilado(estilo: str, **pedido: Any) -> bytes:
    with _UNO_A_LA_VEZ:
        return _uno(_compilador().compile(estilo, **pedido))


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


__all__ = [
    "bytes_de", "bytes_originales", "dibujar", "direccion_de_verificacion", "guardar_dibujo",
]  # fmt: skip
