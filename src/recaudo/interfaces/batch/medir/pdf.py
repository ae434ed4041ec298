"""Measure the drawing of documents: pages per second of one core, beside an empty page."""

from collections.abc import Callable
from datetime import date
from time import perf_counter
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
from recaudo.interfaces.batch.medir.registro import Medida, medicion
from recaudo.kernel.reasons import Traza

DOCUMENTOS: Final = 100
PAGINAS_POR_DOCUMENTO: Final = 2
FECHA: Final = date(2026, 10, 16)
VACIA: Final = b'#set document(title: "-")\n#set text(lang: "es")\n#sys.inputs.n'


@medicion("pdf")
def medir_pdf(escala: float) -> Medida:
    """Documentos: páginas PDF/A y PDF/UA por segundo de un núcleo; 100 documentos en escala 1.

    Rows are pages of notices of a glosa, two each, every one with its own content; the compiler is
    kept, as in the worker. Floor: as many empty pages, tagged and archivable too.
    """
    documentos = max(1, round(DOCUMENTOS * escala))
    paginas = documentos * PAGINAS_POR_DOCUMENTO
    dibujar(notificacion_de_muestra(0))
    segundos = _segundos(lambda n: dibujar(notificacion_de_muestra(n)), documentos)
    compilador = typst.Compiler(ignore_system_fonts=True)
    piso = _segundos(lambda n: _vacia(compilador, n), paginas)
    return Medida(paginas, segundos, piso)


def _segundos(uno: Callable[[int], object], veces: int) -> float:
    inicio = perf_counter()
    for n in range(1, veces + 1):
        uno(n)
    return perf_counter() - inicio


def _vacia(compilador: typst.Compiler, n: int) -> object:
    return compilador.compile(
        VACIA, format="pdf", sys_inputs={"n": str(n)}, pdf_standards=list(NORMAS_PDF), timestamp=n
    )


def notificacion_de_muestra(n: int) -> Documento:
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
