"""A bank as it is: its own book of each account, and the messages in which it tells it.

The book is the truth. A message tells a stretch of it, whole or in part, at some level of detail,
with the value date that it pleases; the tests give the messages in any order, and more than once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from recaudo.kernel.money import Dinero

PRIMER_DIA = date(2026, 9, 11)


@dataclass(frozen=True, repr=False)
class Apunte:
    """An entry of the bank's book. Signed cents; `partes`: (cents, cited number) of a batch."""

    dia: int
    centavos: int
    referencia: str = ""
    cita: str = ""
    partes: tuple[tuple[int, str], ...] = ()
    comision: int = 0
    reverso: str = ""  # RvslInd, or a code of reversal

    @property
    def fecha(self) -> date:
        return PRIMER_DIA + timedelta(self.dia)

    def __repr__(self) -> str:
        partes = f" en {len(self.partes)}" if self.partes else ""
        return f"d{self.dia} {self.centavos:+} {self.referencia}{partes} {self.reverso}".strip()


@dataclass(frozen=True, repr=False)
class Mensaje:
    """A camt.053 (with balances) or a camt.054 of one account.

    `nivel` of its batches: entera (NbOfTxs), detallada (TxDtls), piezas (an entry each, with
    `referencia_de_pieza`). `dias_valor`: how far the value date is (None: it says none).
    """

    formato: str
    cuenta: str
    apuntes: tuple[Apunte, ...]
    saldo_inicial: int | None = None
    nivel: str = "entera"
    referencia_de_pieza: str = "ninguna"
    dias_valor: int | None = 0
    cierre: str = "CLBD"
    periodo: tuple[int, int] | None = None  # its first and last day, where it says them

    def __repr__(self) -> str:
        piezas = f" {self.referencia_de_pieza}" if self.nivel == "piezas" else ""
        return f"{self.formato} {self.cuenta} {self.nivel}{piezas} {list(self.apuntes)}"

    def xml(self, clave: str = "M1") -> bytes:
        """Write it; `clave` makes other bytes of the same message."""
        cuerpo, raiz = (
            ("Stmt", "BkToCstmrStmt") if self.formato == "camt053"
            else ("Ntfctn", "BkToCstmrDbtCdtNtfctn")
        )  # fmt: skip
        entradas = "".join(x for a in self.apuntes for x in self._entradas(a))
        return (
            '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:'
            f'xsd:camt.{self.formato[-3:]}.001.08"><{raiz}><GrpHdr><MsgId>{clave}</MsgId></GrpHdr>'
            f"<{cuerpo}><Id>{clave}</Id><CreDtTm>{self._hasta}T20:00:00-05:00</CreDtTm>"
            f"{self._periodo()}<Acct><Id><Othr><Id>{self.cuenta}</Id></Othr></Id><Ccy>USD</Ccy></Acct>"
            f"{self._saldos()}{entradas}</{cuerpo}></{raiz}></Document>"
        ).encode()

    @property
    def _hasta(self) -> date:
        ultimo = PRIMER_DIA + timedelta(self.periodo[1]) if self.periodo else date.min
        return max([a.fecha for a in self.apuntes] + [ultimo])

    def _periodo(self) -> str:
        if self.periodo is None:
            return ""
        desde, hasta = (PRIMER_DIA + timedelta(d) for d in self.periodo)
        return (
            f"<FrToDt><FrDtTm>{desde}T00:00:00-05:00</FrDtTm>"
            f"<ToDtTm>{hasta}T23:59:59-05:00</ToDtTm></FrToDt>"
        )

    def _saldos(self) -> str:
        if self.saldo_inicial is None:
            return ""
        final = self.saldo_inicial + sum(a.centavos for a in self.apuntes)
        desde = min([a.fecha for a in self.apuntes] or [self._hasta])
        return _saldo("OPBD", self.saldo_inicial, desde) + _saldo(self.cierre, final, self._hasta)

    def _entradas(self, a: Apunte) -> Iterator[str]:
        if not a.partes:
            yield self._entrada(a, _detalle(a.cita, a.centavos, a.comision))
        elif self.nivel == "piezas":
            refs = {"misma": a.referencia, "ninguna": ""}
            for n, (centavos, cita) in enumerate(a.partes, start=1):
                suya = refs.get(self.referencia_de_pieza, f"{a.referencia or a.cita}-{n}")
                pieza = replace(a, centavos=centavos, referencia=suya, partes=())
                yield self._entrada(pieza, _detalle(cita, centavos, 0))
        elif self.nivel == "detallada":
            fee = a.comision // len(a.partes)
            yield self._entrada(a, "".join(_detalle(cita, c - fee, fee) for c, cita in a.partes))
        else:
            yield self._entrada(a, f"<Btch><NbOfTxs>{len(a.partes)}</NbOfTxs></Btch>")

    def _entrada(self, a: Apunte, detalles: str) -> str:
        valor = ""
        if self.dias_valor is not None:
            valor = f"<ValDt><Dt>{a.fecha + timedelta(self.dias_valor)}</Dt></ValDt>"
        indicador = "<RvslInd>true</RvslInd>" if a.reverso == "RvslInd" else ""
        codigo = "REVERSO PAGO" if a.reverso == "codigo" else "PAGO"
        return (
            f'<Ntry><Amt Ccy="USD">{Dinero.de_centavos(abs(a.centavos))}</Amt>'
            f"<CdtDbtInd>{'CRDT' if a.centavos > 0 else 'DBIT'}</CdtDbtInd>{indicador}"
            f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{a.fecha}</Dt></BookgDt>{valor}"
            f"{f'<AcctSvcrRef>{a.referencia}</AcctSvcrRef>' if a.referencia else ''}"
            f"<BkTxCd><Prtry><Cd>{codigo}</Cd></Prtry></BkTxCd><NtryDtls>{detalles}</NtryDtls>"
            "</Ntry>"
        )


def _saldo(codigo: str, centavos: int, dia: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{codigo}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="USD">{Dinero.de_centavos(abs(centavos))}</Amt>'
        f"<CdtDbtInd>{'CRDT' if centavos >= 0 else 'DBIT'}</CdtDbtInd>"
        f"<Dt><Dt>{dia}</Dt></Dt></Bal>"
    )


def _detalle(cita: str, centavos: int, comision: int) -> str:
    """Write a transaction; the payer's own reference is the same for all, as payers write it."""
    bruto = Dinero.de_centavos(abs(centavos) + comision)
    cargo = ""
    if comision:
        cargo = (
            f'<Chrgs><Rcrd><Amt Ccy="USD">{Dinero.de_centavos(comision)}</Amt>'
            "<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
        )
    rmt = (
        f"<RmtInf><Strd><CdtrRefInf><Ref>{cita}</Ref></CdtrRefInf></Strd></RmtInf>" if cita else ""
    )
    return (
        "<TxDtls><Refs><EndToEndId>PLANILLA</EndToEndId></Refs>"
        f'<Amt Ccy="USD">{bruto}</Amt>{cargo}{rmt}</TxDtls>'
    )


@dataclass(frozen=True)
class LibroDelBanco:
    """The book of one account: what it had before, and its entries in order."""

    cuenta: str
    inicial: int
    apuntes: tuple[Apunte, ...]

    @property
    def final(self) -> int:
        return self.inicial + sum(a.centavos for a in self.apuntes)

    @property
    def dias(self) -> Sequence[int]:
        return sorted({a.dia for a in self.apuntes})

    def extracto(self, dias: Sequence[int], **otros: object) -> Mensaje:
        """Return the statement of some days in a row, with its balances."""
        antes = sum(a.centavos for a in self.apuntes if a.dia < dias[0])
        suyos = tuple(a for a in self.apuntes if a.dia in dias)
        return Mensaje("camt053", self.cuenta, suyos, self.inicial + antes, **otros)  # type: ignore[arg-type]

    def aviso(self, apuntes: Sequence[Apunte], **otros: object) -> Mensaje:
        """Return a notice of some of its entries."""
        return Mensaje("camt054", self.cuenta, tuple(apuntes), **otros)  # type: ignore[arg-type]
