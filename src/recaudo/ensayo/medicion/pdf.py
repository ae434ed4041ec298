"""Measure the drawing of documents: pages per second of one core, beside an empty page."""

from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Final

import typst

from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTAS,
    NOTIFICACION_DE_GLOSA,
    DatosDeGlosa,
    bloques_de_notificacion,
)
from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.documents.congelado import contenido_completo
from recaudo.infra.documents.dibujo import NORMAS_PDF, dibujar
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.trazas import filas_de_traza
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
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
    numero, titular = f"17-2026-{n:06d}", f"Comercial Ñandú {n} S.A."
    bloques = bloques_de_notificacion(_datos(n, titular), dias_de_termino=8)
    contenido = contenido_completo(
        NOTIFICACION_DE_GLOSA,
        bloques,
        numero=numero,
        titular=titular,
        provincia="17",
        lugar="Quito",
        fecha=FECHA,
    )
    return Documento(
        tipo=NOTIFICACION_DE_GLOSA.codigo,
        numero=numero,
        titulo=NOTIFICACION_DE_GLOSA.titulo,
        provincia="17",
        titular=titular,
        contenido=contenido,
        codigo=codigo,
        contenido_sha256=codigo,
        fecha_emision=FECHA,
    )


def _datos(n: int, razon_social: str) -> DatosDeGlosa:
    fondos = {"IVM": "110.00", "LOD": "1.00", "SALUD": "57.10", "CESANTIA": "30.00", "SSC": "7.90"}
    interes = Dinero.de_centavos(100 * n + 38)
    traza = Traza().mas("Capital", "216.00", "").mas("Interés", interes, "LSS art. 89")
    return DatosDeGlosa(
        ruc=f"{n:013d}",
        razon_social=razon_social,
        representante="Zambrano Ibáñez María Belén",
        tiene_representante=True,
        direccion=f"Avenida {n} y calle {n}",
        tiene_direccion=True,
        sucursal="0001 · Matriz",
        nombre="Aportes",
        planilla=f"2026-08-{n}",
        periodo=Periodo(2026, 8),
        fecha_emision_planilla=date(2026, 9, 1),
        fecha_vencimiento=date(2026, 9, 15),
        personal=Dinero("94.50"),
        patronal=Dinero("111.50"),
        ccc=Dinero("10.00"),
        tiene_ccc=True,
        aportes=Dinero("206.00"),
        capital=Dinero("216.00"),
        fondos={c: (Dinero(fondos.get(c, "0.00")), c in fondos) for c, _ in FONDOS},
        tiene_fondos=True,
        interes=interes,
        tasa=Tasa("12.99"),
        dias=31,
        interes_desde=date(2026, 9, 16),
        interes_hasta=FECHA,
        total=Dinero("216.00") + interes,
        estado_verificacion="PROVISIONAL",
        nota=NOTAS["PROVISIONAL"],
        traza=filas_de_traza(traza.como_lista()),
    )
