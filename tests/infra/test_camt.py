"""ISO 20022 statements: samples of three projects, hostile pieces, files refused whole."""

import io
from datetime import date
from pathlib import Path

import pytest

from recaudo.infra.files.formatos.camt import (
    Estado,
    ExtractoIlegible,
    FormatoDistinto,
    LectorCamt,
    Movimiento,
)
from tests.factories.recaudacion import Linea, extracto_xml

MUESTRAS = Path(__file__).parents[1] / "datos" / "iso20022"


def leer(contenido: bytes, formato: str = "camt053") -> tuple[list[Movimiento], list[Estado]]:
    lector = LectorCamt(io.BytesIO(contenido), formato=formato)
    return list(lector), lector.estados


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
        ("golden_camt053_multicurrency.xml", ["OTRA_MONEDA", "OTRA_MONEDA", "DEBITO"]),
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
        (b"CRDT</CdtDbtInd>", b"DBIT</CdtDbtInd>", "DEBITO"),
        (b"CRDT</CdtDbtInd>", b"DBIT</CdtDbtInd><RvslInd>true</RvslInd>", "REVERSO"),
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
    assert [(m.referencia, m.centavos) for m in movimientos] == [("R/E1", 50), ("R/E2", 50)]
    roto = xml.replace(b">0.50<", b">0.40<", 1)
    (entero,), _ = leer(roto)
    assert (entero.centavos, entero.detalle_cuadra) == (100, False)


@pytest.mark.parametrize(
    ("contenido", "rechazo", "frase"),
    [
        (b"", ExtractoIlegible, "XML"),
        (b"hola", ExtractoIlegible, "XML"),
        (b"<Otra/>", ExtractoIlegible, "no es|no trae"),
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
    with pytest.raises(FormatoDistinto, match="camt054"):
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
