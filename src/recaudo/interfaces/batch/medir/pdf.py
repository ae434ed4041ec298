"""Measure the drawing of documents: pages per second of one core, beside an empty page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import process_time
from typing import Final

import typst

from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTAS,
    PLANTILLA,
    TIPO,
    TITULO,
    NotificacionDeGlosa,
    textos_de_glosa,
)
from recaudo.infra.documents.dibujo import NORMAS_PDF, dibujar
from recaudo.infra.documents.models import Documento
from recaudo.kernel.reasons import Traza

DOCUMENTOS: Final = 100
PAGINAS_POR_DOCUMENTO: Final = 2
FECHA: Final = date(2026, 10, 16)
VACIA: Final = b'#set document(title: "-")\n#set text(lang: "es")\n#sys.inputs.n'


def medir(*, escala: Decimal = Decimal(1)) -> dict[str, object]:
    """Draw `100 × escala` notices of two pages, each with its own content, with the kept compiler.

    `filas` are pages; seconds are of this process's CPU. The floor is the same number of empty
    pages, tagged and archivable too, in the same run.
    """
    documentos = max(1, int(DOCUMENTOS * escala))
    dibujar(_notificacion(0))
    segundos = _segundos(lambda n: dibujar(_notificacion(n)), documentos)
    compilador = typst.Compiler(ignore_system_fonts=True)
    piso = _segundos(lambda n: _vacia(compilador, n), documentos * PAGINAS_POR_DOCUMENTO)
    paginas = documentos * PAGINAS_POR_DOCUMENTO
    return {
        "filas": paginas,
        "segundos": segundos,
        "filas_por_segundo": (paginas / segundos).quantize(Decimal("0.1")),
        "piso_segundos": piso,
        "razon_al_piso": (segundos / piso).quantize(Decimal("0.1")),
    }


def _segundos(uno: Callable[[int], object], veces: int) -> Decimal:
    antes = process_time()
    for n in range(1, veces + 1):
        uno(n)
    transcurrido = Decimal(repr(process_time() - antes)).quantize(Decimal("0.0001"))
    return max(transcurrido, Decimal("0.0001"))


def _vacia(compilador: typst.Compiler, n: int) -> object:
    return compilador.compile(
        VACIA, format="pdf", sys_inputs={"n": str(n)}, pdf_standards=list(NORMAS_PDF), timestamp=n
    )


def _notificacion(n: int) -> Documento:
    """Return an unsaved notice whose text differs from any other, so that nothing is remembered."""
    codigo = f"{n:012d}".translate(str.maketrans("01", "XY"))
    return Documento(
        tipo=TIPO,
        numero=f"17-2026-{n:06d}",
        titulo=TITULO,
        provincia="17",
        plantilla=PLANTILLA,
        titular=f"Comercial Ñandú {n} S.A.",
        contenido=_contenido(n),
        codigo=codigo,
        contenido_sha256=codigo,
        fecha_emision=FECHA,
    )


def _contenido(n: int) -> dict[str, object]:
    fondos = {"IVM": "110.00", "LOD": "1.00", "SALUD": "57.10", "CESANTIA": "30.00", "SSC": "7.90"}
    traza = Traza().mas("Capital", "216.00", "").mas("Interés", f"{n}.38", "LSS art. 89")
    glosa = NotificacionDeGlosa(
        lugar="Quito",
        ruc=f"{n:013d}",
        razon_social=f"Comercial Ñandú {n} S.A.",
        representante="Zambrano Ibáñez María Belén",
        direccion=f"Avenida {n} y calle {n}",
        sucursal="0001",
        sucursal_nombre="Matriz",
        planilla=f"2026-08-{n}",
        periodo="2026-08",
        fecha_emision_planilla="2026-09-01",
        fecha_vencimiento="2026-09-15",
        personal="94.50",
        patronal="111.50",
        ccc="10.00",
        aportes="206.00",
        capital="216.00",
        fondos=fondos,
        interes=f"{n}.38",
        tasa="12.99",
        dias=31,
        interes_desde="2026-09-16",
        interes_hasta="2026-10-16",
        total=f"{216 + n}.38",
        estado_verificacion="PROVISIONAL",
        traza=tuple(traza.como_lista()),
    )
    return glosa.contenido(textos_de_glosa(8), NOTAS["PROVISIONAL"])
