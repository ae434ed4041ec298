"""ISO 20022 statements: samples of three projects, hostile pieces, files refused whole."""

import io
from datetime import date
from pathlib import Path

import pytest

from recaudo.infra.files.formatos.camt import (
    ExtractoIlegible,
    ExtractoLeido,
    FormatoDistinto,
    LectorCamt,
    Movimiento,
)
from tests.factories.recaudacion import Linea, extracto_xml

CASOS = Path(__file__).parents[1] / "datos" / "casos_extractos"
MUESTRAS = Path(__file__).parents[1] / "datos" / "iso20022"


def leer(
    contenido: bytes, formato: str = "camt053"
) -> tuple[list[Movimiento], list[ExtractoLeido]]:
    lector = LectorCamt(io.BytesIO(contenido), formato=formato)
    return list(lector), lector.extractos


def uno(contenido: bytes) -> Movimiento:
    (movimiento,), _ = leer(contenido)
    return movimiento


@pytest.mark.parametrize(
    ("archivo", "rechazos"),
    [
        ("camt053.v2.all-balance-types.xml", ["OTRA_MONEDA"]),
        ("camt053.v2.multi.statement.xml", ["OTRA_MONEDA"] * 2),
        ("camt053.v8.xml", ["OTRA_MONEDA"]),
        ("camt054.v8.xml", ["OTRA_MONEDA"]),
        ("camt054.v8-with-UETR.xml", ["OTRA_MONEDA"]),
        ("camt054.v8-with-financial-institution.xml", ["OTRA_MONEDA"]),
        ("golden_camt053_duplicate_same_day.xml", ["OTRA_MONEDA"] * 2),
        ("golden_camt053_garbled_amount.xml", ["IMPORTE_ILEGIBLE"]),
        ("golden_camt053_multicurrency.xml", ["OTRA_MONEDA", "OTRA_MONEDA", ""]),
        ("golden_camt053_no_namespace.xml", ["OTRA_MONEDA"]),
    ],
)
def test_every_sample_is_read_and_each_entry_rejected_as_it_deserves(
    archivo: str, rechazos: list[str]
) -> None:
    movimientos, _ = leer(
        (MUESTRAS / archivo).read_bytes(), "camt054" if "camt054" in archivo else "camt053"
    )
    assert [str(m.rechazo) for m in movimientos] == rechazos


def test_balances_of_the_dollar_account_of_the_multicurrency_sample_reconcile() -> None:
    _, (_, dolares) = leer((MUESTRAS / "golden_camt053_multicurrency.xml").read_bytes())
    assert (dolares.saldo_inicial, dolares.total_debitos, dolares.saldo_final) == (
        250000,
        9999,
        240001,
    )
    assert dolares.saldos_cuadran


def test_a_closing_balance_one_cent_off_is_noticed() -> None:
    contenido = (MUESTRAS / "golden_camt053_multicurrency.xml").read_bytes()
    _, estados = leer(contenido.replace(b"2400.01", b"2400.02"))
    assert not estados[1].saldos_cuadran


def test_a_credit_in_dollars_gives_cents_dates_reference_and_citation() -> None:
    m = uno(
        extracto_xml(Linea(123456, "20260000000014", "REF1", date(2026, 9, 12), date(2026, 9, 14)))
    )
    assert (m.centavos, m.referencia, m.citas) == (123456, "REF1", "20260000000014")
    assert (m.fecha_transaccion, m.fecha_valor, m.rechazo) == (
        date(2026, 9, 12),
        date(2026, 9, 14),
        "",
    )


def test_an_instant_with_its_zone_counts_on_the_day_of_ecuador() -> None:
    xml = extracto_xml(Linea(100, "", "R")).replace(
        b"<BookgDt><Dt>2026-09-12</Dt>", b"<BookgDt><DtTm>2026-09-13T03:30:00+00:00</DtTm>"
    )
    assert uno(xml).fecha_transaccion == date(2026, 9, 12)


@pytest.mark.parametrize(
    ("de", "a", "rechazo"),
    [
        (b"1.00</Amt>", b"1.005</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b"-1.00</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b"1e5</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b"</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b"0.00</Amt>", "IMPORTE_CERO"),
        (b'Ccy="USD"', b'Ccy="EUR"', "OTRA_MONEDA"),
        (b"BOOK", b"PDNG", "NO_CONTABILIZADA"),
        (b"1.00</Amt>", b"1 000.00</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b"1,00</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b".</Amt>", "IMPORTE_ILEGIBLE"),
        (b"1.00</Amt>", b".05</Amt>", ""),
        (b"1.00</Amt>", b"+1.00</Amt>", ""),
        (b"1.00</Amt>", b"1.</Amt>", ""),
        (b"1.00</Amt>", b" 00000000000000001.00000000 </Amt>", ""),
        (b"<Sts><Cd>BOOK</Cd></Sts>", b"<Sts>BOOK</Sts>", ""),
        (b"<Sts><Cd>BOOK</Cd></Sts>", b"<Sts>PDNG</Sts>", "NO_CONTABILIZADA"),
        (
            b"<Sts><Cd>BOOK</Cd></Sts>",
            b"<Sts><Prtry>CONTABILIZADO</Prtry></Sts>",
            "NO_CONTABILIZADA",
        ),
        (b"BOOK", b"INFO", "NO_CONTABILIZADA"),
        (b"BOOK", b"FUTR", "NO_CONTABILIZADA"),
        (b"CRDT</CdtDbtInd>", b"DBIT</CdtDbtInd>", ""),
        (b"CRDT</CdtDbtInd>", b"</CdtDbtInd>", "SIN_SIGNO"),
        (b"<Dt>2026-09-12</Dt>", b"<Dt>ayer</Dt>", "SIN_FECHA"),
        (b"1.00</Amt>", b"1.000</Amt>", ""),
    ],
)
def test_an_entry_that_is_not_money_received_says_why(de: bytes, a: bytes, rechazo: str) -> None:
    assert str(uno(extracto_xml(Linea(100, "", "R")).replace(de, a)).rechazo) == rechazo


def test_a_batch_entry_gives_one_movement_for_each_transaction() -> None:
    detalle = b'<TxDtls><Refs><EndToEndId>E%d</EndToEndId></Refs><Amt Ccy="USD">0.50</Amt></TxDtls>'
    xml = extracto_xml(Linea(100, "", "R")).replace(
        b"<TxDtls><RmtInf></RmtInf></TxDtls>", detalle % 1 + detalle % 2
    )
    movimientos, _ = leer(xml)
    assert [(m.referencia, m.parte, m.entrada, m.centavos) for m in movimientos] == [
        ("R", 1, 100, 50),
        ("R", 2, 100, 50),
    ]
    roto = xml.replace(b">0.50<", b">0.40<", 1)
    (entero,), _ = leer(roto)
    assert (entero.parte, entero.centavos, entero.motivo) == (0, 100, "DETALLE_NO_CUADRA")


#: An entry of one dollar, and what each way of saying its parts makes of it.
_PARTES = {
    "only the instructed amount": (
        '<AmtDtls><InstdAmt><Amt Ccy="USD">0.40</Amt></InstdAmt></AmtDtls>',
        '<AmtDtls><InstdAmt><Amt Ccy="USD">0.60</Amt></InstdAmt></AmtDtls>',
        [(40, 0), (60, 0)],
    ),
    "instructed in another currency": (
        '<AmtDtls><InstdAmt><Amt Ccy="EUR">0.40</Amt></InstdAmt></AmtDtls>',
        '<AmtDtls><InstdAmt><Amt Ccy="EUR">0.60</Amt></InstdAmt></AmtDtls>',
        [(100, 0)],
    ),
    "each with another kind of amount": (
        '<Amt Ccy="USD">0.40</Amt>',
        '<AmtDtls><InstdAmt><Amt Ccy="USD">0.60</Amt></InstdAmt></AmtDtls>',
        [(40, 0), (60, 0)],
    ),
    "a fee out of the first": (
        (
            '<Amt Ccy="USD">0.50</Amt><Chrgs><Rcrd><Amt Ccy="USD">0.10</Amt>'
            "<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
        ),
        '<Amt Ccy="USD">0.60</Amt>',
        [(50, 10), (60, 0)],
    ),
    "a fee that the amount already lacks": (
        (
            '<Amt Ccy="USD">0.40</Amt><Chrgs><Rcrd><Amt Ccy="USD">0.10</Amt>'
            "<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
        ),
        '<Amt Ccy="USD">0.60</Amt>',
        [(50, 10), (60, 0)],
    ),
    "a fee charged apart": (
        (
            '<Amt Ccy="USD">0.40</Amt><Chrgs><Rcrd><Amt Ccy="USD">0.10</Amt>'
            "<ChrgInclInd>false</ChrgInclInd></Rcrd></Chrgs>"
        ),
        '<Amt Ccy="USD">0.60</Amt>',
        [(40, 0), (60, 0)],
    ),
    "a part of the other sign": (
        '<Amt Ccy="USD">1.40</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
        '<Amt Ccy="USD">0.40</Amt><CdtDbtInd>DBIT</CdtDbtInd>',
        [(100, 0)],
    ),
    "a part of nothing": ('<Amt Ccy="USD">1.00</Amt>', '<Amt Ccy="USD">0.00</Amt>', [(100, 0)]),
}


@pytest.mark.parametrize(("una", "otra", "esperado"), _PARTES.values(), ids=_PARTES.keys())
def test_parts_are_split_when_they_add_up_to_the_entry_in_some_way(
    una: str, otra: str, esperado: list[tuple[int, int]]
) -> None:
    partes = f"<TxDtls>{una}</TxDtls><TxDtls>{otra}</TxDtls>".encode()
    xml = extracto_xml(Linea(100, "", "R")).replace(b"<TxDtls><RmtInf></RmtInf></TxDtls>", partes)
    movimientos, (estado,) = leer(xml)
    assert [(m.centavos, m.comision) for m in movimientos] == esperado
    assert {m.entrada for m in movimientos} == {estado.total_creditos} == {100}


@pytest.mark.parametrize(
    ("detalle", "esperado"),
    [
        ('<Amt Ccy="USD">1.10</Amt>%s', (110, 10)),
        ('<AmtDtls><InstdAmt><Amt Ccy="USD">1.10</Amt></InstdAmt></AmtDtls>%s', (110, 10)),
        ('<Amt Ccy="USD">1.00</Amt>%s', (110, 10)),
        ("%s", (110, 10)),
    ],
)
def test_a_fee_inside_one_payment_leaves_the_gross_paid(
    detalle: str, esperado: tuple[int, int]
) -> None:
    cargo = (
        '<Chrgs><Rcrd><Amt Ccy="USD">0.10</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
        "<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
    )
    m = uno(
        extracto_xml(Linea(100, "", "R")).replace(
            b"<TxDtls>", b"<TxDtls>" + (detalle % cargo).encode()
        )
    )
    assert ((m.centavos, m.comision), m.entrada) == (esperado, 100)


def test_a_batch_without_parts_waits_to_be_detailed() -> None:
    xml = extracto_xml(Linea(100, "", "R")).replace(
        b"<TxDtls><RmtInf></RmtInf></TxDtls>", b"<Btch><NbOfTxs>3</NbOfTxs></Btch>"
    )
    m = uno(xml)
    assert (m.parte, m.centavos, m.motivo) == (0, 100, "POR_DETALLAR")


_ORDENADO = b"<NtryDtls><TxDtls><RltdDts><TxDtTm>%s</TxDtTm></RltdDts></TxDtls></NtryDtls>"


@pytest.mark.parametrize(
    "instante",
    [
        "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "1900-01-01T00:00:00", "1970-01-01",
        "9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59Z", "2026-01-01", "2027-09-12",
        "ayer", "2026-13-01", "2026-09-12T25:00:00",
    ],
)  # fmt: skip
def test_an_instant_nobody_believes_sets_its_line_aside_and_no_other(instante: str) -> None:
    xml = extracto_xml(Linea(100, "", "R"), Linea(200, "", "S")).replace(
        b"<NtryDtls><TxDtls><RmtInf></RmtInf></TxDtls></NtryDtls>", _ORDENADO % instante.encode(), 1
    )
    (mala, buena), _ = leer(xml)
    assert (mala.motivo, mala.rechazo, mala.fecha_transaccion) == (
        "FECHA_INVEROSIMIL",
        "",
        date(2026, 9, 12),
    )
    assert (buena.motivo, buena.rechazo) == ("", "")
    for etiqueta in (b"ValDt", b"BookgDt"):
        dudosa, otra = leer(
            extracto_xml(Linea(100, "", "R"), Linea(200, "", "S")).replace(
                b"<%s><Dt>2026-09-12</Dt>" % etiqueta,
                b"<%s><DtTm>%s</DtTm>" % (etiqueta, instante.encode()),
                1,
            )
        )[0]
        if etiqueta == b"BookgDt" and instante in {"2026-01-01", "2027-09-12"}:
            continue  # a booking day on its own is good: nothing says otherwise
        assert (dudosa.motivo, dudosa.fecha_contable) == ("FECHA_INVEROSIMIL", date(2026, 9, 12))
        assert otra.motivo == ""


@pytest.mark.parametrize(
    ("instante", "dia"),
    [
        ("2026-09-12T00:00:00Z", 12),
        ("2026-09-12T00:00:00.000Z", 12),
        ("2026-09-12T00:00:00+00:00", 12),
        ("2026-09-12T04:59:59Z", 11),
        ("2026-09-12T05:00:00Z", 12),
        ("2026-09-12T00:00:00", 12),
        ("2026-09-12T00:00:00-05:00", 12),
        ("2026-09-12T24:00:00", 12),
        ("2026-09-12T10:00:00.1234567-05:00", 12),
        ("2026-09-12-05:00", 12),
        ("2026-09-12Z", 12),
    ],
)
def test_midnight_in_utc_is_a_date_and_any_other_instant_is_local(instante: str, dia: int) -> None:
    xml = extracto_xml(Linea(100, "", "R")).replace(
        b"<BookgDt><Dt>2026-09-12</Dt>", f"<BookgDt><DtTm>{instante}</DtTm>".encode()
    )
    assert uno(xml).fecha_contable == date(2026, 9, dia)


@pytest.mark.parametrize(
    "escrita",
    ["NOTPROVIDED", "NOT PROVIDED", "n/a", "0", "000", "-", "--", " ", "SIN REFERENCIA", "Sin Ref.",
     "NONREF", "XXXX", "null", "S/N", "S/R", "NO APLICA", "."],
)  # fmt: skip
def test_a_word_that_says_there_is_no_reference_is_none(escrita: str) -> None:
    assert uno(extracto_xml(Linea(100, "", escrita))).referencia == ""


def test_neither_what_the_payer_wrote_nor_the_place_in_the_file_is_a_reference() -> None:
    xml = (
        extracto_xml(Linea(100, "", ""))
        .replace(
            b"<TxDtls>", b"<TxDtls><Refs><EndToEndId>E1</EndToEndId><InstrId>I1</InstrId></Refs>"
        )
        .replace(b"<Ntry>", b"<Ntry><NtryRef>1</NtryRef>")
    )
    assert uno(xml).referencia == ""


@pytest.mark.parametrize(
    ("marca", "es_reverso"),
    [
        (b"<RvslInd>true</RvslInd>", True),
        (b"<RvslInd>1</RvslInd>", True),
        (b"<RvslInd>false</RvslInd>", False),
        ((b"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn>"
         b"</BkTxCd>"), True),
        (b"<BkTxCd><Prtry><Cd>REVERSO-PAGO</Cd></Prtry></BkTxCd>", True),
        (b"<BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>", False),
        (b"<NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf></TxDtls></NtryDtls>", True),
    ],
)  # fmt: skip
def test_what_takes_back_another_entry_is_told_by_its_mark_its_code_or_its_return(
    marca: bytes, es_reverso: bool
) -> None:
    xml = extracto_xml(Linea(100, "", "R")).replace(
        b"<NtryDtls><TxDtls><RmtInf></RmtInf></TxDtls></NtryDtls>", marca
    )
    credito = uno(xml)
    assert (credito.es_reverso, credito.motivo) == (
        es_reverso,
        "CREDITO_POR_REVERSO" if es_reverso else "",
    )
    debito = uno(xml.replace(b"CRDT", b"DBIT"))
    assert (debito.es_reverso, debito.motivo, debito.entrada) == (es_reverso, "", -100)


def _con_cabecera(cabecera: str) -> list[ExtractoLeido]:
    return leer(
        extracto_xml(Linea(100, "", "R"), Linea(50, "", "S")).replace(
            b"<Acct>", cabecera.encode() + b"<Acct>"
        )
    )[1]


def test_a_statement_says_its_account_period_sequence_and_balances() -> None:
    (estado,) = _con_cabecera(
        "<ElctrncSeqNb>0012</ElctrncSeqNb><CreDtTm>2026-09-12T20:00:00-05:00</CreDtTm><FrToDt>"
        "<FrDtTm>2026-09-12T00:00:00-05:00</FrDtTm><ToDtTm>2026-09-12T12:00:00-05:00</ToDtTm>"
        "</FrToDt>"
    )
    assert (estado.identificacion, estado.secuencia, estado.cuenta) == ("S1", "12", "0010")
    assert str(estado.hasta_instante) == "2026-09-12 12:00:00-05:00"
    assert (estado.declara_creditos, estado.declara_total) == (2, 150)
    assert (estado.antes, estado.lineas, estado.totales_se_contradicen) == (0, 2, False)


@pytest.mark.parametrize(
    ("de", "a", "contradice"),
    [
        (b"<NbOfNtries>2<", b"<NbOfNtries>3<", True),
        (b"<NbOfNtries>2<", b"<NbOfNtries>0000000000000000000000000000002<", False),
        (b"<NbOfNtries>2<", b"<NbOfNtries>99999999999999999999999999999<", False),
        (b"<NbOfNtries>2<", b"<NbOfNtries>muchas<", False),
        (b"<Sum>1.50<", b"<Sum>1.51<", True),
    ],
)
def test_a_declared_total_that_is_not_of_the_lines_contradicts_them_and_an_absurd_one_says_nothing(
    de: bytes, a: bytes, contradice: bool
) -> None:
    _, (estado,) = leer(extracto_xml(Linea(100, "", "R"), Linea(50, "", "S")).replace(de, a))
    assert estado.totales_se_contradicen is contradice


def test_a_line_that_cannot_be_read_may_be_what_the_totals_lack() -> None:
    xml = extracto_xml(Linea(100, "", "R"), Linea(50, "", "S"))
    _, (estado,) = leer(xml.replace(b'<Amt Ccy="USD">0.50<', b'<Amt Ccy="USD">0,50<'))
    assert (estado.totales_cuadran, estado.totales_se_contradicen, estado.ilegibles) == (
        False,
        False,
        1,
    )


def test_the_accounts_of_one_file_come_one_after_another_with_their_own_lines() -> None:
    _, estados = leer((CASOS / "a2-dos-cuentas-ntryref.xml").read_bytes())
    assert [(e.cuenta, e.antes, e.lineas) for e in estados] == [("0001", 0, 1), ("0002", 1, 1)]


@pytest.mark.parametrize(
    "sobre",
    [
        (
            b"<BizMsgEnvlp xmlns='urn:x'><Hdr><AppHdr xmlns='urn:h'><Id>1</Id></AppHdr>"
            b"</Hdr>%s</BizMsgEnvlp>"
        ),
        b"<AppHdrYDocumento><AppHdr/>%s</AppHdrYDocumento>",
        b"<s:Envelope xmlns:s='urn:s'><s:Body>%s</s:Body></s:Envelope>",
    ],
)
def test_a_message_inside_an_envelope_is_read(sobre: bytes) -> None:
    declaracion, cuerpo = extracto_xml(Linea(100, "", "R"), Linea(50, "", "S")).split(b"?>", 1)
    movimientos, (estado,) = leer(declaracion + b"?>" + sobre % cuerpo)
    assert [m.centavos for m in movimientos] == [100, 50]
    assert estado.cuenta == "0010"


@pytest.mark.parametrize("codificacion", ["UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"])
def test_the_encodings_of_banks_are_read_with_or_without_mark(codificacion: str) -> None:
    cuerpo = extracto_xml(Linea(100, "", "R", texto="AÑO")).decode().partition("?>")[2]
    xml = f'<?xml version="1.0" encoding="{codificacion}"?>{cuerpo}'.encode(codificacion)
    assert uno(xml).texto == "AÑO"
    if codificacion == "UTF-8":
        assert uno(b"\xef\xbb\xbf" + xml).texto == "AÑO"


@pytest.mark.parametrize(
    ("contenido", "rechazo", "frase"),
    [
        (b"", ExtractoIlegible, "XML"),
        (b"hola", ExtractoIlegible, "XML"),
        (b"<Otra/>", ExtractoIlegible, "falta el elemento Document"),
        (b"PK\x03\x04resto", ExtractoIlegible, "Descomprímalo"),
        (b"\x1f\x8bresto", ExtractoIlegible, "Descomprímalo"),
        (b"%PDF-1.4", ExtractoIlegible, "PDF"),
        (extracto_xml(Linea(1))[:-40], ExtractoIlegible, "incompleto"),
        (extracto_xml().replace(b"camt.053.001", b"pain.001.001"), FormatoDistinto, "pain"),
        (
            extracto_xml(Linea(1)).replace(
                b"<Document", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document', 1
            ),
            ExtractoIlegible,
            "DTD",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole_with_a_sentence(
    contenido: bytes, rechazo: type[Exception], frase: str
) -> None:
    with pytest.raises(rechazo, match=frase):
        leer(contenido)


def test_a_notice_imported_as_a_statement_says_which_format_it_is() -> None:
    contenido = (MUESTRAS / "camt054.v8.xml").read_bytes()
    with pytest.raises(FormatoDistinto, match=r"camt\.054"):
        leer(contenido, "camt053")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def residente() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096

    archivo = tmp_path / "grande.xml"
    archivo.write_bytes(extracto_xml(*(Linea(i + 1, "", f"R{i}") for i in range(40_000))))
    assert archivo.stat().st_size > 10_000_000
    with archivo.open("rb") as fuente:
        antes = residente()
        assert sum(1 for _ in LectorCamt(fuente, formato="camt053")) == 40_000
        assert residente() - antes < 25_000_000  # a whole tree of this file takes over 100 MB


@pytest.mark.parametrize(
    "escrita",
    ["NOT PROVIDED", "N/A", "-----", "0000", "NO REF.", "S/R", "XXXX", "?", "(null)", "REF: 0",
     "SIN REF BANCO", "NO TIENE REFERENCIA", "SIN NUMERO DE REFERENCIA", "NO ESPECIFICADO",
     "Varios", "nulo", "No. de referencia: ninguna", "SIN DATOS DEL CLIENTE"],
)  # fmt: skip
def test_words_that_say_nothing_are_no_reference(escrita: str) -> None:
    (m,), _ = leer(extracto_xml(Linea(100, "", escrita)))
    assert m.referencia == ""


@pytest.mark.parametrize("escrita", ["R1", "BANCO-A", "TRX", "SIN 77", "LOTE CLIENTE K"])
def test_what_names_an_entry_is_its_reference(escrita: str) -> None:
    (m,), _ = leer(extracto_xml(Linea(100, "", escrita)))
    assert m.referencia == escrita


@pytest.mark.parametrize("zona", ["Z", "+00:00", "-00:00", "+00", "+0000"])
def test_midnight_in_utc_is_a_date_however_its_zone_is_written(zona: str) -> None:
    contenido = extracto_xml(Linea(100, "", "R1")).replace(
        b"<BookgDt><Dt>2026-09-12<", f"<BookgDt><DtTm>2026-09-12T00:00:00{zona}<".encode(), 1
    )
    contenido = contenido.replace(b"</Dt></BookgDt>", b"</DtTm></BookgDt>", 1)
    (m,), _ = leer(contenido)
    assert m.fecha_contable == date(2026, 9, 12)


@pytest.mark.parametrize(
    ("codigo", "es"),
    [("REVERSO", True), ("N/D REVERSO", True), ("DEV. CHEQUE", True), ("ANULACION DEPOSITO", True),
     ("EXTORNO", True), ("DEVOLUCION", True), ("REVISION", False), ("N/D VARIAS", False)],
)  # fmt: skip
def test_a_banks_own_code_tells_what_takes_a_booking_back(codigo: str, es: bool) -> None:
    contenido = extracto_xml(Linea(100, "", "R1")).replace(
        b"<NtryDtls>", f"<BkTxCd><Prtry><Cd>{codigo}</Cd></Prtry></BkTxCd><NtryDtls>".encode()
    )
    (m,), _ = leer(contenido)
    assert m.es_reverso is es


@pytest.mark.parametrize(
    ("cargos", "centavos", "comision"),
    [
        ('<TtlChrgsAndTaxAmt Ccy="USD">0.25</TtlChrgsAndTaxAmt>', 125, 25),
        ('<TtlChrgsAndTaxAmt Ccy="USD">1</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="USD">.25</Amt></Rcrd>',
         125, 25),
        ('<TtlChrgsAndTaxAmt Ccy="USD">0.30</TtlChrgsAndTaxAmt>', 100, 0),
    ],
)  # fmt: skip
def test_a_fee_told_only_in_total_leaves_the_gross_paid(
    cargos: str, centavos: int, comision: int
) -> None:
    contenido = extracto_xml(Linea(100, "", "R1")).replace(
        b"<TxDtls>", f'<TxDtls><Amt Ccy="USD">1.25</Amt><Chrgs>{cargos}</Chrgs>'.encode()
    )
    (m,), _ = leer(contenido)
    assert (m.centavos, m.comision, m.entrada) == (centavos, comision, 100)
