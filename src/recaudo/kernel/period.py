"""Months of contribution and half-open ranges of dates."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from recaudo.kernel.refusals import Rechazo

_PERIODO = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
    "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_ANIO_Y_MES = re.compile(r"(?P<anio>\d{4})[-/. ](?P<mes>\d{1,2})", re.ASCII)
_MES_Y_ANIO = re.compile(r"(?P<mes>\d{1,2})[-/. ](?P<anio>\d{4})", re.ASCII)
_SEIS_DIGITOS = re.compile(r"(?P<anio>(?:19|20|21)\d{2})(?P<mes>\d{2})", re.ASCII)
_SEIS_AL_REVES = re.compile(r"(?P<mes>0[1-9]|1[0-2])(?P<anio>\d{4})", re.ASCII)
_EN_PALABRAS = re.compile(r"(?P<mes>[a-z]{3,10})(?:[-/., ]|, | del? )(?P<anio>\d{4})", re.ASCII)


class PeriodoIlegible(Rechazo, ValueError):
    """A text is not a period."""

    mensaje = "Escriba el período como AAAA-MM, por ejemplo 2026-06."


@dataclass(frozen=True, slots=True, order=True)
class Periodo:
    """One calendar month, the unit in which contributions are due."""

    anio: int
    mes: int

    def __post_init__(self) -> None:
        """Refuse a month that does not exist (PeriodoIlegible, also a ValueError)."""
        if not (1 <= self.mes <= 12 and 1900 <= self.anio <= 9999):
            msg = (
                f"El período {self.anio:04d}-{self.mes:02d} no existe: escriba AAAA-MM, "
                "por ejemplo 2026-06."
            )
            raise PeriodoIlegible(msg)

    @property
    def en_palabras(self) -> str:
        """How a person says it: `junio de 2026`."""
        return f"{MESES[self.mes - 1]} de {self.anio}"

    @classmethod
    def de_texto(cls, texto: str) -> Periodo:
        """Read `AAAA-MM`; raises PeriodoIlegible otherwise."""
        partes = _PERIODO.fullmatch(texto.strip())
        if partes is None:
            msg = f"«{texto}» no es un período: escriba AAAA-MM, por ejemplo 2026-06."
            raise PeriodoIlegible(msg)
        return cls(int(partes[1]), int(partes[2]))

    @classmethod
    def de_fecha(cls, fecha: date) -> Periodo:
        """Return the month a date falls in."""
        return cls(fecha.year, fecha.month)

    @property
    def primer_dia(self) -> date:
        """First calendar day of the month."""
        return date(self.anio, self.mes, 1)

    @property
    def ultimo_dia(self) -> date:
        """Last calendar day of the month."""
        return _ultimo_dia(self.anio, self.mes)

    def mas(self, meses: int) -> Periodo:
        """Return the month `meses` later (earlier when negative)."""
        anio, mes = divmod(self.anio * 12 + self.mes - 1 + meses, 12)
        return Periodo(anio, mes + 1)

    def siguiente(self) -> Periodo:
        """Return the next month."""
        return self.mas(1)

    def anterior(self) -> Periodo:
        """Return the previous month."""
        return self.mas(-1)

    def __str__(self) -> str:
        """Return `AAAA-MM`."""
        return f"{self.anio:04d}-{self.mes:02d}"


def interpretar_periodo(texto: str) -> Periodo:
    """Read a month as people write it: `2026-06`, `06/2026`, `junio de 2026`, `jun 2026`, `202606`.

    The year has four digits and a day is asked back: nothing is guessed. Raises PeriodoIlegible
    with a Spanish sentence.
    """
    plano = unicodedata.normalize("NFD", texto).casefold()
    plano = " ".join("".join(c for c in plano if not unicodedata.combining(c)).split())
    plano = re.sub(r" ?([-/.]) ?", r"\1", plano)
    for patron in (_ANIO_Y_MES, _MES_Y_ANIO, _SEIS_DIGITOS, _SEIS_AL_REVES):
        if partes := patron.fullmatch(plano):
            return _del_calendario(int(partes["anio"]), int(partes["mes"]), texto)
    if (partes := _EN_PALABRAS.fullmatch(plano)) and (mes := _mes_llamado(partes["mes"])):
        return _del_calendario(int(partes["anio"]), mes, texto)
    msg = (
        f"No se entiende el mes «{texto.strip()[:40]}». Escriba el mes y el año con cuatro "
        "dígitos, por ejemplo 06/2026 o junio de 2026."
    )
    raise PeriodoIlegible(msg)


def _del_calendario(anio: int, mes: int, texto: str) -> Periodo:
    """Return a month that exists, or say what is wrong with it in the words of a form."""
    if not 1 <= mes <= 12:
        msg = f"«{texto.strip()}» no existe: los meses van de 1 a 12, por ejemplo 06/2026."
        raise PeriodoIlegible(msg)
    if anio < 1900:
        msg = f"«{texto.strip()}» no se puede leer: el año es desde 1900, por ejemplo 06/2026."
        raise PeriodoIlegible(msg)
    return Periodo(anio, mes)


def _mes_llamado(nombre: str) -> int:
    """Return the number of the month whose name begins so (three letters or more); 0 for none."""
    nombre = nombre.replace("setiembre", "septiembre").replace("set", "sep", 1)
    hallados = [n for n, mes in enumerate(MESES, start=1) if mes.startswith(nombre)]
    return hallados[0] if len(hallados) == 1 else 0


@dataclass(frozen=True, slots=True)
class Vigencia:
    """A half-open range of dates `[desde, hasta)`; `None` leaves that side open."""

    desde: date | None
    hasta: date | None

    def __post_init__(self) -> None:
        """Refuse an empty or inverted range (ValueError)."""
        if self.desde is not None and self.hasta is not None and self.desde >= self.hasta:
            msg = f"empty range: {self.desde} .. {self.hasta}"
            raise ValueError(msg)

    @classmethod
    def de_fechas_inclusivas(cls, desde: date | None, hasta: date | None) -> Vigencia:
        """Build the range from first and last day, both included, as people and YAML write it."""
        return cls(desde, None if hasta is None else hasta + timedelta(days=1))

    @property
    def ultimo_dia(self) -> date | None:
        """Last day included, or None when open."""
        return None if self.hasta is None else self.hasta - timedelta(days=1)

    def contiene(self, fecha: date) -> bool:
        """Say whether the date is inside."""
        return (self.desde is None or self.desde <= fecha) and (
            self.hasta is None or fecha < self.hasta
        )

    def se_cruza(self, otra: Vigencia) -> bool:
        """Say whether both ranges share at least one day."""
        return _antes(self.desde, otra.hasta) and _antes(otra.desde, self.hasta)


def _antes(desde: date | None, hasta: date | None) -> bool:
    """Say whether a start lies before an end, open sides being infinite."""
    return desde is None or hasta is None or desde < hasta


@lru_cache(maxsize=2048)
def _ultimo_dia(anio: int, mes: int) -> date:
    return date(anio, mes, monthrange(anio, mes)[1])
