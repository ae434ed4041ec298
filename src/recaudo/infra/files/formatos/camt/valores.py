"""Amounts, dates and references as banks write them, each with its rule.

An amount is the decimal of XML Schema (`.05`, `+1.00`, `1.`, zeros in front or behind) without
sign below zero, exponent or fraction of a cent. A date is the first ten characters of an ISO date,
with or without zone; an instant is the local date in Ecuador, except that midnight in UTC is a
date that some program wrote as an instant. A reference that says there is none is none.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

ECUADOR: Final = ZoneInfo("America/Guayaquil")
DOLAR: Final = "USD"
LARGO_REFERENCIA: Final = 60
#: A bank's system is not older than this, nor will it outlive the end.
PRIMER_DIA: Final = date(2000, 1, 1)
ULTIMO_DIA: Final = date(2199, 12, 31)
_UN_DIA: Final = timedelta(days=1)
_IMPORTE = re.compile(r"\+?0*(\d{0,15})(?:\.(\d{0,2})0*)?", re.ASCII)
_LARGO_IMPORTE: Final = 18  # fifteen digits, the point and two more
_SIN_CIFRAS: Final = frozenset({"", "+", ".", "+."})
_FECHA = re.compile(r"(\d{4}-?\d{2}-?\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_MEDIANOCHE_UTC = re.compile(
    r"(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0*)?)?(?:Z|[+-]00(?::?00)?)", re.ASCII
)
_FIN_DEL_DIA = re.compile(r"(\d{4}-\d{2}-\d{2})T24:00(?::00(?:\.0*)?)?(?:Z|[+-]\d{2}:\d{2})?")
_CIFRA = re.compile(r"[1-9]")
_SIGNOS = re.compile(r"[\W_]+")
#: Words that say nothing of an entry: a text made only of several of them is no reference.
_VACIAS: Final = frozenset({
    "SIN", "NO", "NOT", "NINGUN", "NINGUNA", "NINGUNO", "REF", "REFERENCIA", "REFERENCE", "NUMERO",
    "NUM", "NRO", "DATO", "DATOS", "TIENE", "HAY", "EXISTE", "APLICA", "DISPONIBLE", "REGISTRA",
    "ESPECIFICADO", "ESPECIFICADA", "REGISTRADO", "REGISTRADA", "INFORMADO", "INFORMADA",
    "PROPORCIONADO", "PROPORCIONADA", "PROVIDED", "AVAILABLE", "APPLICABLE", "DE", "DEL", "LA",
    "EL", "BANCO", "CLIENTE", "VARIOS", "VARIAS", "NULO", "NULA", "NULL", "VACIO", "BLANCO", "EN",
})  # fmt: skip
_PALABRAS = re.compile(r"[^\W\d_]+")
#: What banks write where there is no reference (without blanks or signs, in upper case).
_NINGUNA: Final = frozenset({
    "", "NOTPROVIDED", "NOTPROVIDE", "NOTPROV", "NOTAVAILABLE", "NOTAPPLICABLE", "NONREF", "NOREF",
    "NOREFERENCE", "NONE", "NULL", "NIL", "NA", "ND", "NR", "NP", "UNKNOWN", "UNDEFINED", "EMPTY",
    "SIN", "SINREF", "SINREFERENCIA", "SINREFERENCIAS", "SINNUMERO", "SINDATO", "SINDATOS",
    "SININFORMACION", "SR", "SN", "SD", "NOAPLICA", "NOAPLICABLE", "NOTIENE", "NOREGISTRA",
    "NODISPONIBLE", "NOINFORMADO", "NOPROPORCIONADO", "NOPROPORCIONADA", "NOPROVISTO",
    "NOPROVISTA", "NINGUNO", "NINGUNA", "DESCONOCIDO", "DESCONOCIDA", "VACIO", "NULO",
    "NULA", "VARIOS", "VARIAS", "REFERENCIA", "REF",
})  # fmt: skip


def centavos_de(texto: str) -> int | None:
    """Read an amount of dollars as cents; None when it is not one."""
    if texto[-3:-2] == "." and len(texto) <= _LARGO_IMPORTE:  # as nearly every bank writes it
        cifras = texto[:-3] + texto[-2:]
        if cifras.isascii() and cifras.isdecimal():
            return int(cifras)
    partes = _IMPORTE.fullmatch(texto)
    if partes is None or texto in _SIN_CIFRAS:
        return None
    return int(partes[1] or "0") * 100 + int((partes[2] or "").ljust(2, "0"))


@lru_cache(maxsize=4096)
def fecha_de(texto: str) -> date | None:
    """Read an ISO date, or the day in Ecuador of an instant; None when it is neither.

    Midnight in UTC (`T00:00:00Z`) and the end of a day (`T24:00:00`) mean that day.
    """
    entera = _FECHA.fullmatch(texto) or _MEDIANOCHE_UTC.fullmatch(texto)
    entera = entera or _FIN_DEL_DIA.fullmatch(texto)
    try:
        if entera:
            return date.fromisoformat(entera[1])
        if "T" not in texto:
            return None
        instante = datetime.fromisoformat(texto)
        return (instante.astimezone(ECUADOR) if instante.tzinfo else instante).date()
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def transaccion_de(escrita: str, contable: date | None, margen: int) -> tuple[date | None, bool]:
    """Return the date of a transaction, and whether what is written cannot be believed."""
    if not escrita or contable is None:
        return contable, False
    fecha = fecha_de(escrita)
    if fecha is None or abs((fecha - contable).days) > margen:
        return contable, True
    return fecha, False


@lru_cache(maxsize=4096)
def fechas_de(
    escrita: str, escrita_valor: str, tope: date | None, margen: int
) -> tuple[date | None, date | None, bool]:
    """Return the booking and the value date, and whether one of them cannot be believed.

    What the bank does not say of one is taken from the other, or from the day of its statement
    (`tope`); no entry is booked after it.
    """
    contable, valor = fecha_de(escrita), fecha_de(escrita_valor)
    dudosa = bool(escrita) and not _cabe(contable, tope, margen)
    if dudosa or contable is None:
        contable = valor if _cabe(valor, tope, margen) else tope
    if escrita_valor and (
        valor is None or contable is None or abs((valor - contable).days) > margen
    ):
        return contable, None, True
    return contable, valor, dudosa


def _cabe(fecha: date | None, tope: date | None, margen: int) -> bool:
    """Tell whether a statement of the day `tope` may hold an entry of this date."""
    if fecha is None or not es_verosimil(fecha):
        return False
    return tope is None or (fecha - tope).days <= margen


def instante_de(texto: str) -> datetime | None:
    """Read an instant (without zone, of Ecuador); None when it is not one."""
    if fin := _FIN_DEL_DIA.fullmatch(texto):
        dia = fecha_de(fin[1])
        return datetime.combine(dia + _UN_DIA, datetime.min.time(), ECUADOR) if dia else None
    try:
        instante = datetime.fromisoformat(texto) if "T" in texto else None
        if instante is None or not es_verosimil(instante.date()):
            return None
        return instante.astimezone(ECUADOR) if instante.tzinfo else instante.replace(tzinfo=ECUADOR)
    except (ValueError, OverflowError):
        return None


def es_verosimil(fecha: date) -> bool:
    """Tell whether a bank could have done anything on that day."""
    return PRIMER_DIA <= fecha <= ULTIMO_DIA


def cuenta_normal(texto: str) -> str:
    """Return an account number without blanks or hyphens, in upper case."""
    return re.sub(r"[\s-]+", "", texto).upper()[:40]


def hay_referencia(texto: str) -> bool:
    """Tell whether a text is a reference, and not a way of saying that there is none."""
    if "0" < texto[-1:] <= "9" or _CIFRA.search(texto):  # nearly every reference ends in a digit
        return True
    arriba = texto.upper()
    letras = _SIGNOS.sub("", arriba)
    if letras.replace("0", "") in _NINGUNA or not letras.strip("0") or not letras.strip("X"):
        return False
    palabras = _PALABRAS.findall(arriba)
    return len(palabras) == 1 or not _VACIAS.issuperset(palabras)


def corta(referencia: str) -> str:
    """Keep a reference whole inside the column; a longer one ends in its own hash."""
    if len(referencia) <= LARGO_REFERENCIA:
        return referencia
    return referencia[:35] + "#" + sha256(referencia.encode()).hexdigest()[:24]
