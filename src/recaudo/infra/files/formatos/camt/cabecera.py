"""What a statement declares of itself: account, period, sequence, balances, totals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lxml import etree

from recaudo.infra.files.formatos.camt.valores import (
    DOLAR,
    ECUADOR,
    centavos_de,
    cuenta_normal,
    es_verosimil,
    fecha_de,
    instante_de,
)

_LARGO_CONTEO: Final = 9  # digits: no statement has more entries than that
_INICIALES: Final = ("OPBD", "PRCD")  # the first that there is
_FINALES: Final = ("CLBD", "ITBD")
_FINES_DE_DIA: Final = ((0, 0), (23, 59))


@dataclass(slots=True)
class ExtractoLeido:
    """One statement of the file: what it declares and what was read of it. Money in cents.

    `antes` is how many movements of the file come before its own.
    """

    antes: int = 0
    lineas: int = 0
    identificacion: str = ""
    secuencia: str = ""
    moneda: str = ""
    cuenta: str = ""
    creado: date | None = None
    desde: date | None = None
    hasta: date | None = None
    desde_instante: datetime | None = None
    hasta_instante: datetime | None = None
    fecha_saldo_inicial: date | None = None
    fecha_saldo_final: date | None = None
    declara_creditos: int | None = None
    declara_total: int | None = None
    declara_debitos: int | None = None
    declara_total_debitos: int | None = None
    saldo_inicial: int | None = None
    saldo_final: int | None = None
    saldo_intermedio: bool = False
    creditos: int = 0
    total_creditos: int = 0
    debitos: int = 0
    total_debitos: int = 0
    pendientes: int = 0
    ilegibles: int = 0

    @property
    def en_dolares(self) -> bool:
        """False for an account in another currency: it is not this office's money."""
        return self.moneda in {"", DOLAR}

    @property
    def fecha(self) -> date | None:
        """The day of the statement: that of its closing balance, of its end or of its making."""
        return self.fecha_saldo_final or self.hasta or self.creado

    @property
    def cierra_el_dia(self) -> bool:
        """Its closing balance is that of a whole day: not one of an hour, by its code or its end.

        A midnight is a day; an end that says 23:59 is one too.
        """
        if self.saldo_intermedio:
            return False
        if self.hasta_instante is None or self.fecha_saldo_final is None:
            return True
        fin = self.hasta_instante.astimezone(ECUADOR)
        return fin.date() != self.fecha_saldo_final or (fin.hour, fin.minute) in _FINES_DE_DIA

    @property
    def prueba_sus_movimientos(self) -> bool:
        """Both balances are there, and say that its entries are all there were between them."""
        return (
            self.saldo_inicial is not None
            and self.saldo_final is not None
            and not self.ilegibles
            and self.saldos_cuadran
        )

    @property
    def totales_cuadran(self) -> bool:
        """What was read is what the bank declares; what it does not declare is not compared."""
        return not self.ilegibles and not self.totales_se_contradicen

    @property
    def saldos_cuadran(self) -> bool:
        """Opening balance plus credits minus debits is the closing balance, when both are given."""
        if self.saldo_inicial is None or self.saldo_final is None:
            return True
        return self.saldo_inicial + self.total_creditos - self.total_debitos == self.saldo_final

    @property
    def totales_se_contradicen(self) -> bool:
        """The declared totals are not those of the lines, and no line explains why.

        A line that cannot be read, or that the bank has not booked yet, may be what is missing.
        """
        if self.ilegibles or self.pendientes:
            return False
        return (
            self.declara_creditos not in {None, self.creditos}
            or self.declara_total not in {None, self.total_creditos}
            or self.declara_debitos not in {None, self.debitos}
            or self.declara_total_debitos not in {None, self.total_debitos}
        )

    @property
    def saldos_se_contradicen(self) -> bool:
        """The balances are not those of the lines, and no unreadable line explains why."""
        return not self.ilegibles and not self.saldos_cuadran


def leer_cabecera(cuerpo: etree._Element, leido: ExtractoLeido, e: str) -> None:
    """Fill in what a statement declares, of what was parsed of it so far. `e`: its namespace."""

    def texto(camino: str) -> str:
        return (cuerpo.findtext("/".join(e + paso for paso in camino.split("/"))) or "").strip()

    leido.identificacion = texto("Id")[:60]
    leido.secuencia = (texto("ElctrncSeqNb") or texto("LglSeqNb"))[:20].lstrip("0")
    leido.creado = _verosimil(fecha_de(texto("CreDtTm")))
    leido.cuenta = cuenta_normal(texto("Acct/Id/IBAN") or texto("Acct/Id/Othr/Id"))
    leido.moneda = texto("Acct/Ccy") or leido.moneda
    leido.desde = _verosimil(fecha_de(texto("FrToDt/FrDtTm") or texto("FrToDt/FrDt")))
    leido.hasta = _verosimil(fecha_de(texto("FrToDt/ToDtTm") or texto("FrToDt/ToDt")))
    leido.desde_instante = instante_de(texto("FrToDt/FrDtTm"))
    leido.hasta_instante = instante_de(texto("FrToDt/ToDtTm"))
    _leer_saldos(cuerpo, leido, e)
    leido.declara_creditos = _conteo(texto("TxsSummry/TtlCdtNtries/NbOfNtries"))
    leido.declara_total = centavos_de(texto("TxsSummry/TtlCdtNtries/Sum"))
    leido.declara_debitos = _conteo(texto("TxsSummry/TtlDbtNtries/NbOfNtries"))
    leido.declara_total_debitos = centavos_de(texto("TxsSummry/TtlDbtNtries/Sum"))


def _leer_saldos(cuerpo: etree._Element, leido: ExtractoLeido, e: str) -> None:
    """Keep the opening and the closing balance in dollars, the best of each kind there is."""
    hallados: dict[str, tuple[int, date | None]] = {}
    for saldo in cuerpo.iterfind(f"{e}Bal"):
        codigo = (saldo.findtext(f"{e}Tp/{e}CdOrPrtry/{e}Cd") or "").strip()
        importe = saldo.find(f"{e}Amt")
        leido.moneda = leido.moneda or (importe.get("Ccy", "") if importe is not None else "")
        centavos = _en_dolares(importe)
        # Several days in one statement bring several balances: the first opens, the last closes.
        if centavos is None or (codigo in _INICIALES and codigo in hallados):
            continue
        es_deudor = (saldo.findtext(f"{e}CdtDbtInd") or "").strip() == "DBIT"
        fecha = saldo.findtext(f"{e}Dt/{e}Dt") or saldo.findtext(f"{e}Dt/{e}DtTm") or ""
        dia = _verosimil(fecha_de(fecha.strip()))
        hallados[codigo] = (-centavos if es_deudor else centavos, dia)
    for codigo in reversed(_INICIALES):
        if codigo in hallados:
            leido.saldo_inicial, leido.fecha_saldo_inicial = hallados[codigo]
    for codigo in reversed(_FINALES):
        if codigo in hallados:
            leido.saldo_final, leido.fecha_saldo_final = hallados[codigo]
            leido.saldo_intermedio = codigo != _FINALES[0]


def _en_dolares(importe: etree._Element | None) -> int | None:
    """Read an amount of a balance in cents; None when it is not of dollars."""
    if importe is None or importe.get("Ccy") != DOLAR:
        return None
    return centavos_de((importe.text or "").strip())


def _verosimil(fecha: date | None) -> date | None:
    return fecha if fecha is not None and es_verosimil(fecha) else None


def _conteo(texto: str) -> int | None:
    """Read a count; None when there is none, or when no file could have so many."""
    cifras = texto.lstrip("0") or texto[:1]
    es_conteo = cifras.isascii() and cifras.isdigit() and len(cifras) <= _LARGO_CONTEO
    return int(cifras) if es_conteo else None
