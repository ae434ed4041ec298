"""The benchmark of documents measures pages and their floor in one run."""

import io
from decimal import Decimal

from pypdf import PdfReader

from recaudo.infra.documents.dibujo import dibujar
from recaudo.interfaces.batch.medir import pdf


def test_it_counts_pages_and_measures_its_floor() -> None:
    result = pdf.medir(escala=Decimal("0.02"))
    assert result["filas"] == 4
    assert set(result) == {
        "filas",
        "segundos",
        "filas_por_segundo",
        "piso_segundos",
        "razon_al_piso",
    }
    assert all(isinstance(v, int | Decimal) and v > 0 for v in result.values())


def test_every_notice_it_draws_is_another() -> None:
    assert dibujar(pdf._notificacion(1)) != dibujar(pdf._notificacion(2))
    drawn = PdfReader(io.BytesIO(dibujar(pdf._notificacion(1))))
    assert len(drawn.pages) == pdf.PAGINAS_POR_DOCUMENTO
