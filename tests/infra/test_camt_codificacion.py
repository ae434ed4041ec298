"""Whatever letters a bank writes in, its statement is the same; what cannot be read is refused."""

import io

import pytest

from recaudo.infra.files.formatos.camt import ExtractoIlegible, LectorCamt, Movimiento

TEXTO = (
    '<?xml version="1.0" encoding="{}"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>1</Id>{}</Stmt></BkToCstmrStmt></Document>\n"
)
ENTRADAS = "".join(
    f'<Ntry><Amt Ccy="USD">{n}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\n'
    f"<BookgDt><Dt>2026-10-08</Dt></BookgDt><AcctSvcrRef>R{n}</AcctSvcrRef>"
    "<AddtlNtryInf>Año del Ñandú</AddtlNtryInf></Ntry>\n"
    for n in range(1, 40)
)


class Goteo(io.BytesIO):
    def __init__(self, datos: bytes, de_a: int) -> None:
        super().__init__(datos)
        self._de_a = de_a

    def read(self, _tamano: int | None = -1, /) -> bytes:
        return super().read(self._de_a)


def leer(datos: bytes, de_a: int = 1 << 16) -> list[Movimiento]:
    return list(LectorCamt(Goteo(datos, de_a), formato="camt053"))


ESPERADO = leer(TEXTO.format("UTF-8", ENTRADAS).encode())


@pytest.mark.parametrize("de_a", [1, 3, 1 << 16])
@pytest.mark.parametrize(
    ("dicha", "escrita"),
    [
        ("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("UTF-16", "utf-16-be"),
        ("UTF-16LE", "utf-16-le"), ("UTF-32", "utf-32"), ("UCS-4", "utf-32-le"),
        ("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("cp850", "cp850"),
        ("UTF-16", "utf-8"),  # what a program that writes to a text leaves
    ],
)  # fmt: skip
def test_the_letters_of_the_file_change_nothing_of_it(dicha: str, escrita: str, de_a: int) -> None:
    assert len(ESPERADO) == 39
    assert ESPERADO[0].texto == "Año del Ñandú"
    assert leer(TEXTO.format(dicha, ENTRADAS).encode(escrita), de_a) == ESPERADO


@pytest.mark.parametrize(
    "datos",
    [
        TEXTO.format("IBM037", ENTRADAS).encode("cp037"),
        TEXTO.format("UTF-7", ENTRADAS).encode(),
        TEXTO.format("rot13", ENTRADAS).encode(),
        TEXTO.format("windows-1252", ENTRADAS).encode("cp1252").replace(b"Dt>2026", b"Dt>\x81"),
        TEXTO.format("us-ascii", ENTRADAS).encode(),
        TEXTO.format("UTF-16", ENTRADAS).encode("utf-16")[:-31],
        TEXTO.format("UTF-16", ENTRADAS).encode("utf-16-be")[:900] + b"\xd8\x00\x00a" * 9,
    ],
)
@pytest.mark.parametrize("de_a", [1, 1 << 16])
def test_what_is_in_no_letters_that_are_read_is_refused(datos: bytes, de_a: int) -> None:
    with pytest.raises(ExtractoIlegible, match="No se importó nada: pida al banco"):
        leer(datos, de_a)
