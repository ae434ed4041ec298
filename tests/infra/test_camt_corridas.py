"""Runs of entries read without the parser say what the parser would have said."""

import io
import re
from datetime import date
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.infra.files.formatos.camt import (
    ExtractoIlegible,
    ExtractoLeido,
    LectorCamt,
    Movimiento,
    corridas,
    lector,
)
from recaudo.infra.files.formatos.camt.entrada import LectorDeEntradas
from tests.factories.recaudacion import Linea, extracto_xml

Lectura = tuple[list[Movimiento], list[ExtractoLeido], str]


class _DeAPoco(io.BytesIO):
    """A source that gives what it has in pieces of a size that nobody chose."""

    paso = 7

    def read(self, _tamano: int | None = -1) -> bytes:
        return super().read(self.paso)


def leer(contenido: bytes, *, paso: int = 1 << 18) -> Lectura | str:
    fuente = _DeAPoco(contenido)
    fuente.paso = paso
    lector = LectorCamt(fuente, formato="camt053")
    try:
        return list(lector), lector.extractos, lector.identificacion
    except ExtractoIlegible:
        return "refused whole"


def leer_con_el_parser(contenido: bytes) -> Lectura | str:
    """The same, where every entry goes to the parser."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(corridas.FuenteAligerada, "_es_llano", lambda _s, _d: False)
        return leer(contenido)


def leidas_sin_parser(contenido: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many entries never reached the parser."""
    con_parser = []
    verdadera = LectorDeEntradas.leer

    def leer_una(self: LectorDeEntradas, elemento: object) -> object:
        con_parser.append(elemento)
        return verdadera(self, elemento)  # type: ignore[arg-type]

    monkeypatch.setattr(LectorDeEntradas, "leer", leer_una)
    lectura = leer(contenido)
    assert isinstance(lectura, tuple)
    return len(lectura[0]) - len(con_parser)


VARIAS = extracto_xml(
    *(Linea(100 + i, f"cita {i}", f"R{i}", date(2026, 9, 12), texto="ñandú") for i in range(6))
)
TERCERA = b"<AcctSvcrRef>R2</AcctSvcrRef>"
assert TERCERA in VARIAS

#: What may stand inside, or around, the third entry.
EXTRANEZAS = {
    "nothing": b"",
    "comment": b"<!-- nota -->",
    "comment that hides an entry": b'<!-- <Ntry><Amt Ccy="USD">9.00</Amt></Ntry> -->',
    "instruction": b"<?pagina 2?>",
    "instruction that hides an entry": b'<?x <Ntry><Amt Ccy="USD">9.00</Amt></Ntry>?>',
    "space that XML does not know": b"\x1c",
    "space of other alphabets": b"\xc2\xa0",
    "not a character alone": b"\xef\xbf\xbf",
    "CDATA": b"<AddtlNtryInf><![CDATA[<Ntry></Ntry>]]></AddtlNtryInf>",
    "CDATA with two entries": b"<AddtlNtryInf><![CDATA[%s]]></AddtlNtryInf>"
    % (b"<Ntry><NtryRef>1</NtryRef></Ntry>" * 2),
    "entities": b"<AddtlNtryInf>P&amp;G &#241; &lt;Ntry&gt;</AddtlNtryInf>",
    "unknown entity": b"<AddtlNtryInf>&nada;</AddtlNtryInf>",
    "end of CDATA alone": b"<AddtlNtryInf>]]></AddtlNtryInf>",
    "control character": b"<AddtlNtryInf>\x01</AddtlNtryInf>",
    "not UTF-8": b"<AddtlNtryInf>\xf1</AddtlNtryInf>",
    "line ends of another system": b"<AddtlNtryInf>uno\r\ndos\rtres</AddtlNtryInf>\r\n",
    "tag closed by another": b"<AddtlNtryInf>a</Otra>",
    "lone close": b"</Ntry>",
    "lone open": b"<Ntry>",
    "entry inside an entry": b"<Ntry><NtryRef>X</NtryRef></Ntry>",
    "statement inside an entry": b"<Stmt></Stmt>",
    "message number inside an entry": b"<MsgId>OTRO</MsgId>",
    "attribute twice": b'<X a="1" a="2"></X>',
    "attribute with an angle": b'<X a="1>2"></X>',
    "prefix": b'<p:X xmlns:p="urn:p"></p:X>',
    "namespace of its own": b'<X xmlns="urn:x"></X>',
    "empty element": b"<X/>",
    "two details": b'<NtryDtls><TxDtls><Amt Ccy="USD">1</Amt></TxDtls></NtryDtls>',
    "spaces and lines": b"\n  <AddtlNtryInf>\n uno\n  dos </AddtlNtryInf>\n",
    "beyond the plane": "<AddtlNtryInf>\U0001d538\ufffd</AddtlNtryInf>".encode(),
    "not a character": b"<AddtlNtryInf>\xef\xbf\xbf</AddtlNtryInf>",
}


@pytest.mark.parametrize("donde", ["inside", "before", "in a text"])
@pytest.mark.parametrize("extraneza", EXTRANEZAS.values(), ids=EXTRANEZAS.keys())
@pytest.mark.parametrize("paso", [7, 1 << 18], ids=["by pieces", "whole"])
def test_whatever_is_written_in_an_entry_is_read_as_the_parser_reads_it(
    extraneza: bytes, donde: str, paso: int
) -> None:
    tercera = VARIAS.index(TERCERA)
    lugar = {
        "inside": tercera,
        "before": VARIAS.rindex(b"<Ntry>", 0, tercera),
        "in a text": VARIAS.index(b"R2", tercera),
    }[donde]
    contenido = VARIAS[:lugar] + extraneza + VARIAS[lugar:]
    assert leer(contenido, paso=paso) == leer_con_el_parser(contenido)


@pytest.mark.parametrize(
    "codificacion",
    [b"UTF-8", b"utf-8", b"ISO-8859-1", b"UTF-16", b"ascii", b"nada"],
)
def test_the_declared_encoding_rules(codificacion: bytes) -> None:
    contenido = b'<?xml version="1.0" encoding="%s"?>' % codificacion + VARIAS.partition(b"?>")[2]
    assert leer(contenido) == leer_con_el_parser(contenido)


def test_a_file_in_utf_16_is_left_to_the_parser() -> None:
    contenido = VARIAS.partition(b"?>")[2].decode().encode("utf-16")
    assert leer(contenido) == leer_con_el_parser(contenido)


def test_a_file_cut_anywhere_is_refused_as_the_parser_refuses_it() -> None:
    for corte in range(len(VARIAS) - 1, 0, -97):
        assert leer(VARIAS[:corte], paso=50) == leer_con_el_parser(VARIAS[:corte])


def test_ordinary_entries_never_reach_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    assert leidas_sin_parser(VARIAS, monkeypatch) == 6


def test_an_entry_with_an_entity_goes_to_the_parser_and_its_neighbours_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contenido = VARIAS.replace(TERCERA, b"<AddtlNtryInf>P&amp;G</AddtlNtryInf>" + TERCERA)
    assert leidas_sin_parser(contenido, monkeypatch) == 5


def test_an_entry_that_is_not_plain_does_not_send_its_neighbours_to_the_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contenido = extracto_xml(
        *(Linea(100, "", f"R{i}", texto="uno > dos" if i < 99 else "uno") for i in range(200))
    )
    assert leidas_sin_parser(contenido, monkeypatch) == 101
    estudiadas = []
    verdadera = corridas._estudiar

    def estudiar(entero: str, etiquetas: list[str]) -> object:
        estudiadas.append(entero)
        return verdadera(entero, etiquetas)

    monkeypatch.setattr(corridas, "_estudiar", estudiar)
    leer(contenido)
    assert len(estudiadas) == 1


def test_each_line_of_the_file_is_the_line_of_its_entry() -> None:
    contenido = VARIAS.replace(b"<Ntry>", b"\n<Ntry>").replace(b"<Amt ", b"\n\n<Amt ")
    movimientos = list(LectorCamt(io.BytesIO(contenido), formato="camt053"))
    antes = [contenido[: m.start()].count(b"\n") + 1 for m in re.finditer(b"<Ntry>", contenido)]
    assert [m.linea_archivo for m in movimientos] == antes


def test_the_parser_counts_the_lines_of_the_entries_that_it_did_not_see() -> None:
    contenido = VARIAS.replace(b"<Ntry>", b"\n<Ntry>").replace(b"<Amt ", b"\n\n<Amt ")
    contenido = contenido.replace("ñ".encode(), b"&#241;").replace(b"&#241;", "ñ".encode(), 5)
    antes = [contenido[: m.start()].count(b"\n") + 1 for m in re.finditer(b"<Ntry>", contenido)]
    movimientos = list(LectorCamt(io.BytesIO(contenido), formato="camt053"))
    assert b"&" in contenido
    assert [m.linea_archivo for m in movimientos] == antes
    with pytest.raises(ExtractoIlegible, match=rf"línea {antes[-1] + 2}\."):
        list(LectorCamt(io.BytesIO(contenido.replace(b"&#241;", b"</X>")), formato="camt053"))


_TEXTOS = st.text(
    st.sampled_from("aÑ1 \t\n\r&<>]\"'\\€\x00\u2028") | st.characters(codec="utf-8"), max_size=12
)


def _xml(texto: str) -> str:
    return texto.replace("&", "&amp;").replace("<", "&lt;")


@given(
    st.lists(
        st.tuples(
            _TEXTOS, st.booleans(), st.sampled_from(["", "\n", " \t", "<X/>", "x", "\x1c", "\xa0"])
        )
    ),
    st.integers(1, 400),
)
def test_any_texts_between_the_tags_are_read_as_the_parser_reads_them(
    textos: list[tuple[str, bool, str]], paso: int
) -> None:
    entradas = "".join(
        f'<Ntry><NtryRef>{i}</NtryRef><Amt Ccy="USD">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<AddtlNtryInf>{_xml(texto) if limpio else texto}</AddtlNtryInf></Ntry>{entre}"
        for i, (texto, limpio, entre) in enumerate(textos)
    )
    contenido = extracto_xml().replace(b"</Stmt>", entradas.encode() + b"</Stmt>")
    assert leer(contenido, paso=paso) == leer_con_el_parser(contenido)


def test_the_reader_uses_the_lighter_source() -> None:
    fuente: BinaryIO = io.BytesIO(VARIAS)
    assert isinstance(
        vars(lector.LectorCamt(fuente, formato="camt053"))["_fuente"], (corridas.FuenteAligerada)
    )
