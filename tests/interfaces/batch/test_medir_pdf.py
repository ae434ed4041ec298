"""The benchmark of documents measures pages and their floor in one run."""

import io

from pypdf import PdfReader

from recaudo.ensayo.medicion import pdf
from recaudo.infra.documents.dibujo import dibujar


def test_it_counts_pages_and_measures_its_floor() -> None:
    measure = pdf.medir_pdf(0.02)
    assert measure.filas == 4
    assert measure.segundos > 0
    assert measure.piso_segundos > 0


def test_every_notice_it_draws_is_another_and_has_two_pages() -> None:
    one, two = (dibujar(pdf.notificacion_de_muestra(n)) for n in (1, 2))
    assert one != two
    assert len(PdfReader(io.BytesIO(one)).pages) == pdf.PAGINAS_POR_DOCUMENTO
