"""Bank statements in ISO 20022 (camt.053.001.08), as a bank would send them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.kernel.money import Dinero

CANAL: Final = "OTRO-BANCO"
CUENTA: Final = "0000000001"
BANCO: Final = "Banco de ejemplo"
_ESPACIO: Final = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_CENTRAL: Final = "BANCO DE EJEMPLO DE LA DEMOSTRACION"
_ENTRADA: Final = """\
      <Ntry>
        <Amt Ccy="USD">{importe}</Amt><CdtDbtInd>{signo}</CdtDbtInd><Sts><Cd>{estado}</Cd></Sts>
        <BookgDt><Dt>{fecha}</Dt></BookgDt><ValDt><Dt>{fecha}</Dt></ValDt>
        <AcctSvcrRef>{referencia}</AcctSvcrRef>
        <BkTxCd><Prtry><Cd>{codigo}</Cd></Prtry></BkTxCd>{detalle}
      </Ntry>
"""
_DETALLE: Final = """
        <NtryDtls><TxDtls>
          <RltdPties><Dbtr><Pty><Nm>{ordenante}</Nm></Pty></Dbtr></RltdPties>
          <RmtInf>{concepto}</RmtInf>
          <RltdDts><TxDtTm>{fecha}T{hora}:00-05:00</TxDtTm></RltdDts>
        </TxDtls></NtryDtls>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abono:
    """One line of the bank; `cita` is the comprobante it pays, in its own field or in words."""

    importe: Dinero
    fecha: date
    referencia: str
    ordenante: str = ""
    cita: str = ""
    texto: str = ""
    es_cargo: bool = False
    es_pendiente: bool = False  # the bank tells it, and has not booked it


def escribir_extracto(
    *,
    nombre: str,
    fecha: date,
    saldo_inicial: Dinero,
    abonos: Sequence[Abono],
    cuenta: str = CUENTA,
) -> bytes:
    """Return the statement of one day of cut: balances, control totals and one entry per line."""
    firmes = [a for a in abonos if not a.es_pendiente]
    creditos = [a.importe for a in firmes if not a.es_cargo]
    entra = sum(creditos, Dinero.CERO)
    sale = sum((a.importe for a in firmes if a.es_cargo), Dinero.CERO)
    desde = min((a.fecha for a in abonos), default=fecha)
    cuerpo = "".join(_entrada(n, a) for n, a in enumerate(abonos, 1))
    texto = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{_ESPACIO}">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>{nombre}</MsgId><CreDtTm>{fecha}T20:00:00-05:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>{nombre}</Id><CreDtTm>{fecha}T20:00:00-05:00</CreDtTm>
      <FrToDt>
        <FrDtTm>{desde}T00:00:00-05:00</FrDtTm><ToDtTm>{fecha}T19:59:59-05:00</ToDtTm>
      </FrToDt>
      <Acct>
        <Id><Othr><Id>{cuenta}</Id></Othr></Id><Ccy>USD</Ccy>
        <Svcr><FinInstnId><Nm>{_CENTRAL}</Nm></FinInstnId></Svcr>
      </Acct>
{_saldo("OPBD", saldo_inicial, desde)}{_saldo("CLBD", saldo_inicial + entra - sale, fecha)}\
      <TxsSummry>
        <TtlCdtNtries><NbOfNtries>{len(creditos)}</NbOfNtries><Sum>{entra}</Sum></TtlCdtNtries>
      </TxsSummry>
{cuerpo}    </Stmt>
  </BkToCstmrStmt>
</Document>
"""
    return texto.encode()


def saldo_del_banco() -> Dinero:
    """Return what the bank said last that the account holds, in USD; zero before its first word."""
    (cuenta,) = [c for c in cuentas_bancarias() if c.numero == CUENTA]
    return cuenta.saldo_banco or Dinero.CERO


def _saldo(codigo: str, importe: Dinero, fecha: date) -> str:
    return (
        f"      <Bal><Tp><CdOrPrtry><Cd>{codigo}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="USD">{importe}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{fecha}</Dt></Dt></Bal>\n"
    )


def _entrada(numero: int, abono: Abono) -> str:
    """Write one entry; one of four payments says its comprobante in words, not in its field."""
    en_palabras = numero % 4 == 0 or not abono.cita
    texto = abono.texto or f"PAGO PLANILLA COMPROBANTE {abono.cita}"
    concepto = (
        f"<Ustrd>{escape(texto)}</Ustrd>"
        if en_palabras
        else f"<Strd><CdtrRefInf><Ref>{abono.cita}</Ref></CdtrRefInf></Strd>"
    )
    hora = f"{8 + numero % 9:02d}:{numero * 7 % 60:02d}"
    detalle = _DETALLE.format(
        ordenante=escape(abono.ordenante), concepto=concepto, fecha=abono.fecha, hora=hora
    )
    return _ENTRADA.format(
        importe=abono.importe, signo="DBIT" if abono.es_cargo else "CRDT", fecha=abono.fecha,
        referencia=abono.referencia, codigo="COM" if abono.es_cargo else "REC",
        estado="PDNG" if abono.es_pendiente else "BOOK",
        detalle="" if abono.es_cargo else detalle,
    )  # fmt: skip
