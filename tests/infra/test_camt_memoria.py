"""A file of statements fills no memory: what the reader would keep is refused while it is read."""

import io
from itertools import chain, repeat

import pytest

from recaudo.infra.files.formatos.camt import ExtractoIlegible, LectorCamt, memoria

ABRE = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>1</Id>"
)
CIERRA = "</Stmt></BkToCstmrStmt></Document>"
ENTRADA = (
    '<Ntry><Amt Ccy="USD">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    "<BookgDt><Dt>2026-10-08</Dt></BookgDt><NtryDtls></NtryDtls></Ntry>\n"
)
MEGA = 1024**2


class Manantial(io.RawIOBase):
    """A file of 48 MB that is never whole in memory; it knows how much of it was read."""

    def __init__(self, abre: str, pieza: str) -> None:
        self._piezas = chain([abre.encode()], repeat(pieza.encode() * (MEGA // 16 // len(pieza))))
        self.leido = 0

    def read(self, _tamano: int = -1, /) -> bytes:
        trozo = next(self._piezas) if self.leido < 48 * MEGA else b""
        self.leido += len(trozo)
        return trozo


@pytest.mark.parametrize(
    ("abre", "pieza"),
    [
        (ABRE, "<Otro>1</Otro>"),
        (ABRE, "<Bal><Amt>1.00</Amt></Bal>"),
        (ABRE, f"{'<Otro/>' * 20}{ENTRADA}"),
        (f"{ABRE}<Ntry><NtryDtls>", "<TxDtls><Amt>1.00</Amt></TxDtls>"),
        (f"{ABRE}<Otro ", f'{"a" * 60}="1" '),
        (ABRE, f'<Otro a="{"1" * 4000}"/>'),
        (ABRE, f"<Otro>{'x' * 4000}</Otro>"),
        (ABRE, "</Stmt><Stmt>"),
        ("<!DOCTYPE Document [", '<!ENTITY a "1">'),
        ("", "<Document>"),
    ],
)
def test_what_would_stay_in_memory_is_refused_before_the_file_was_read(
    abre: str, pieza: str
) -> None:
    fuente = Manantial(abre, pieza)
    with pytest.raises(ExtractoIlegible, match="No se importó nada"):
        list(LectorCamt(fuente, formato="camt053"))  # type: ignore[arg-type]
    assert fuente.leido < 20 * MEGA


@pytest.mark.parametrize("llano", [True, False])
@pytest.mark.parametrize("de_a", [1, 7, 1 << 16])
def test_entries_are_forgotten_however_many_and_whatever_the_pieces_of_the_file(
    monkeypatch: pytest.MonkeyPatch, de_a: int, *, llano: bool
) -> None:
    monkeypatch.setattr(memoria, "LIMITE_PIEZA", 1 << 17)
    monkeypatch.setattr(memoria, "LIMITE_ELEMENTOS", 7000)  # of 21 000; a block has 3 000
    cabeza = ABRE if llano else f"<!-- not plain -->{ABRE}"
    datos = f"{cabeza}{ENTRADA * 3000}{CIERRA}".encode()

    class Goteo(io.BytesIO):
        def read(self, _tamano: int | None = -1, /) -> bytes:
            return super().read(de_a)

    assert len(list(LectorCamt(Goteo(datos), formato="camt053"))) == 3000
