"""Draw a frozen document with Typst: PDF/A-3a and PDF/UA-1, the same bytes for the same content.

What a template receives is one JSON text, `sys.inputs.datos`; nothing is pasted into the program:

- `marco`: what `plantillas/marco.typ` asks for (institution, title, number, place, date, code, QR).
- `cuerpo`: the frozen content. Its keys `unidad` and `lugar`, when given, go to the frame.
- `valido_hasta`, `titular`, `tipo`.

Templates live at domain/<room>/documents/<name>.typ; they import
/infra/documents/plantillas/marco.typ.
"""

import hashlib
import io
import json
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Final

import segno
import typst
from django.conf import settings
from django.db import transaction

from recaudo.infra.documents.models import Documento
from recaudo.norma.catalogos.dpa import cantones

RAIZ: Final = Path(__file__).resolve().parents[2]
PLANTILLAS: Final = Path(__file__).resolve().parent / "plantillas"
NORMAS_PDF: Final = ("a-3a", "ua-1")
LARGO_HUELLA: Final = 16
#: Any mask can be read; trying all eight to find the prettiest takes five times as long.
MASCARA: Final = 2
IDENTIDAD: Final = {"institucion": "Seguridad social del Ecuador", "unidad": "Dirección provincial"}


def direccion_de_verificacion(codigo: str) -> str:
    """Return the public address that the QR carries."""
    base = getattr(settings, "RECAUDO_URL_PUBLICA", "http://127.0.0.1:8000").rstrip("/")
    return f"{base}/verificar/{codigo}/"


def archivo_de_plantilla(plantilla: str) -> Path:
    """Return the file of "room/name". Raises FileNotFoundError, ValueError outside the house."""
    cuarto, _, nombre = plantilla.partition("/")
    if not (cuarto.isidentifier() and nombre.isidentifier()):
        mensaje = f"A template is named room/name, not {plantilla!r}"
        raise ValueError(mensaje)
    archivo = RAIZ / "domain" / cuarto / "documents" / f"{nombre}.typ"
    if not archivo.is_file():
        raise FileNotFoundError(archivo)
    return archivo


def huella_de_plantilla(plantilla: str) -> str:
    """Return the SHA-256 of the template and of everything the shared frame is made of."""
    resumen = hashlib.sha256(archivo_de_plantilla(plantilla).read_bytes())
    for archivo in sorted(p for p in PLANTILLAS.rglob("*") if p.is_file()):
        resumen.update(archivo.relative_to(PLANTILLAS).as_posix().encode())
        resumen.update(archivo.read_bytes())
    return resumen.hexdigest()


def dibujar(documento: Documento, *, formato: str = "pdf") -> bytes:
    """Return the bytes of the document. Nothing is stored: `bytes_de` does that, once.

    `formato="png"` gives a picture of the first page, for previews and tests.
    """
    plantilla = str(archivo_de_plantilla(documento.plantilla))
    datos = {"datos": _datos(documento)}
    if formato == "png":
        imagenes = _compilador().compile(plantilla, format="png", ppi=96, sys_inputs=datos)
        return _uno(imagenes)
    medianoche = datetime.combine(documento.fecha_emision, time(), UTC)
    return _uno(
        _compilador().compile(
            plantilla,
            format="pdf",
            sys_inputs=datos,
            pdf_standards=list(NORMAS_PDF),
            timestamp=int(medianoche.timestamp()),
        )
    )


def bytes_de(documento_id: int) -> bytes:
    """Return the stored PDF, drawing and storing it the first time, under the row's lock.

    Whoever asks afterwards, or at the same time, receives the very same bytes.
    """
    guardado = Documento.objects.values_list("bytes", flat=True).get(pk=documento_id)
    if guardado is not None:
        return bytes(guardado)
    with transaction.atomic():
        documento = Documento.objects.select_for_update().get(pk=documento_id)
        if documento.bytes is not None:
            return bytes(documento.bytes)
        pdf = dibujar(documento)
        Documento.objects.filter(pk=documento_id).update(
            bytes=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            plantilla_sha256=huella_de_plantilla(documento.plantilla),
        )
    return pdf


@lru_cache(maxsize=1)
def _compilador() -> typst.Compiler:
    """The compiler of this process, kept: fonts are read once."""
    return typst.Compiler(
        root=str(RAIZ), font_paths=[str(PLANTILLAS / "fuentes")], ignore_system_fonts=True
    )


def _uno(salida: bytes | list[bytes] | None) -> bytes:
    """The bytes of a drawing; of its first page when there is one picture per page."""
    if isinstance(salida, list):
        return salida[0]
    if salida is None:
        mensaje = "Typst returned no bytes"
        raise TypeError(mensaje)
    return salida


def _datos(documento: Documento) -> str:
    valido = documento.valido_hasta
    return json.dumps(
        {
            "marco": _marco(documento),
            "cuerpo": documento.contenido,
            "tipo": documento.tipo,
            "titular": documento.titular,
            "valido_hasta": valido.isoformat() if valido else "",
        },
        ensure_ascii=False,
    )


def _marco(documento: Documento) -> dict[str, str]:
    """What the shared frame prints around every document."""
    identidad = {**IDENTIDAD, **getattr(settings, "RECAUDO_IDENTIDAD", {})}
    provincia = _provincias().get(documento.provincia, "")
    direccion = direccion_de_verificacion(documento.codigo)
    fecha = documento.fecha_emision
    return {
        "institucion": identidad["institucion"],
        "unidad": documento.contenido.get("unidad") or identidad["unidad"],
        "provincia": provincia,
        "documento": documento.titulo,
        "numero": documento.numero,
        "fecha": f"{fecha:%d/%m/%Y}",
        "fecha_iso": fecha.isoformat(),
        "lugar": documento.contenido.get("lugar") or provincia or "Ecuador",
        "codigo": documento.codigo,
        "url_verificacion": direccion,
        "qr_svg": _qr(direccion),
        "pie": f"Huella del contenido (SHA-256): {documento.contenido_sha256[:LARGO_HUELLA]}…",
    }


@lru_cache(maxsize=1)
def _provincias() -> dict[str, str]:
    return {c.codigo_provincia: c.provincia for c in cantones().values()}


def _qr(direccion: str) -> str:
    salida = io.BytesIO()
    segno.make(direccion, error="m", micro=False, mask=MASCARA).save(
        salida, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True
    )
    return salida.getvalue().decode()


__all__ = ["bytes_de", "dibujar", "direccion_de_verificacion"]
