"""An entry of thousands of transactions is read as if it were whole in memory, in little of it."""

import io
from random import Random

import pytest

from recaudo.infra.files.formatos.camt import ExtractoIlegible, LectorCamt, Movimiento, lotes

ABRE = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>1</Id>"
)
CIERRA = "</Stmt></BkToCstmrStmt></Document>"


def detalle(n: int, azar: Random) -> str:
    """A transaction: banks write each one in the ways that they know."""
    moneda = azar.choice(("USD", "USD", "USD", "EUR"))
    otras = "".join(
        azar.choice((
            "", f"<Refs><AcctSvcrRef>R{n}</AcctSvcrRef><EndToEndId>E{n}</EndToEndId></Refs>",
            f"<RltdPties><Dbtr><Pty><Nm>Año &amp; Ñandú {n}</Nm></Pty></Dbtr></RltdPties>",
            f"<RmtInf><Ustrd>pago {n}</Ustrd><Ustrd/></RmtInf><!-- nada -->",
            '<Chrgs><Rcrd><Amt Ccy="USD">0.10</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>',
            f'<AmtDtls><InstdAmt><Amt Ccy="{moneda}">{n}.50</Amt></InstdAmt></AmtDtls>',
            f"<RltdDts><AccptncDtTm>2026-10-0{n % 9 + 1}T10:00:00</AccptncDtTm></RltdDts>",
            "<RtrInf/>" if n % 97 == 0 else "",
            "<TxDtls><Amt>9</Amt></TxDtls>" if n % 89 == 0 else "",
        ))
        for _ in range(3)
    )  # fmt: skip
    return f'<TxDtls><Amt Ccy="USD">{n}.50</Amt>{otras}</TxDtls>{azar.choice(("", chr(10), " x "))}'


def lote(cuantas: int, azar: Random, centavos: int) -> str:
    """An entry of so many transactions, in one or several groups, with what comes after them."""
    todas = [detalle(n, azar) for n in range(1, cuantas + 1)]
    corte = azar.choice((0, 0, cuantas // 2))
    grupos = f"{''.join(todas[:corte])}</NtryDtls><NtryDtls>{''.join(todas[corte:])}"
    return (
        f'<Ntry><Amt Ccy="USD">{centavos // 100}.{centavos % 100:02}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-10-08</Dt></BookgDt><NtryDtls>{grupos}</NtryDtls>"
        "<AddtlNtryInf>de lo último</AddtlNtryInf></Ntry>"
    )


def leer(cuerpo: str) -> tuple[list[Movimiento], object]:
    lector = LectorCamt(io.BytesIO(f"{ABRE}{cuerpo}{CIERRA}".encode()), formato="camt053")
    return list(lector), lector.extractos


@pytest.mark.parametrize("semilla", range(10))
def test_what_is_taken_out_of_an_entry_is_put_back_in_its_place(
    monkeypatch: pytest.MonkeyPatch, semilla: int
) -> None:
    azar = Random(semilla)
    cuantas = azar.choice((30, 31, 32, 400, 400))
    suma = sum(n * 100 + 50 for n in range(1, cuantas + 1)) + azar.choice((0, 0, 7))
    cuerpo = lote(cuantas, azar, suma) + lote(3, azar, suma) + lote(cuantas, azar, suma)
    entero = leer(cuerpo)
    monkeypatch.setattr(lotes, "EN_EL_ARBOL", 30)
    apartadas: list[int] = []
    guardar = lotes.LectorDeLotes._guardar
    monkeypatch.setattr(
        lotes.LectorDeLotes, "_guardar",
        lambda yo, leida: (apartadas.append(1), guardar(yo, leida))[1],
    )  # fmt: skip
    assert leer(cuerpo) == entero
    assert bool(apartadas) is (cuantas > 30)


def test_a_batch_of_all_that_may_be_has_its_parts_and_one_more_is_refused_with_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lotes, "LIMITE_TRANSACCIONES", 2_000)
    monkeypatch.setattr("recaudo.infra.files.formatos.camt.memoria.LIMITE_NODOS", 8_000)
    tx = '<TxDtls><Amt Ccy="USD">1.00</Amt></TxDtls>'
    abre = (
        '<Ntry><Amt Ccy="USD">{}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<BookgDt><Dt>2026-10-08</Dt></BookgDt><NtryDtls>"
    )
    hechos, _ = leer(f"{abre.format(2_000)}{tx * 2_000}</NtryDtls></Ntry>")
    assert [(m.parte, m.centavos, m.motivo) for m in hechos] == [
        (n, 100, "") for n in range(1, 2_001)
    ]
    with pytest.raises(ExtractoIlegible, match=r"50 000 transacciones.*reparta ese lote"):
        leer(f"{abre.format(2_001)}{tx * 2_001}</NtryDtls></Ntry>")
