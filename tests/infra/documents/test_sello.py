"""A seal is looked for in its place only: whoever sends a file full of seals costs one look."""

import time

from recaudo.infra.documents.sello import codigo_sellado, sellar

CODIGO = "ABCDEFGHJKLM"
PDF = b"%PDF-1.7\n" + b"x" * 1_000 + b"\nstartxref\n9\n%%EOF\n"
SELLADO = sellar(PDF, CODIGO)


def test_what_was_sealed_says_its_code_and_nothing_else_does() -> None:
    assert codigo_sellado(SELLADO) == CODIGO
    sello = SELLADO[SELLADO.index(b"%recaudo") : SELLADO.rindex(b"startxref")]
    for otro in (
        PDF, SELLADO + b" ", b" " + SELLADO, SELLADO.replace(b"x" * 9, b"y" * 9, 1),
        SELLADO.replace(b"ABCDEF", b"ABCDEG"), PDF.replace(b"startxref", sello * 2 + b"startxref"),
        sello + PDF, PDF + sello, PDF + SELLADO, SELLADO + PDF, b"", b"startxref", sello,
    ):  # fmt: skip
        assert codigo_sellado(otro) is None


def test_a_file_full_of_seals_costs_as_much_as_one_without() -> None:
    sello = b"%%recaudo %b %b\n" % (CODIGO.encode(), b"0" * 64)
    lleno = sello * (2_000_000 // len(sello)) + b"startxref\n0\n%%EOF"
    antes = time.process_time()
    assert codigo_sellado(lleno) is None
    assert time.process_time() - antes < 0.5
