"""How this office writes amounts, dates, periods, sizes and identifications. Pure functions."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from recaudo.kernel import text
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import MESES

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


ECUADOR: Final = ZoneInfo("America/Guayaquil")
_ENLACES: Final = frozenset(["de", "del", "la", "las", "los", "el", "y", "e", "en", "al"])
_REGLA: Final = r"R-[A-Z]{2,4}-\d{1,3}"
_REGLAS: Final = re.compile(rf"\s*\(?\s*{_REGLA}(?:\s*(?:,|a|y)\s*{_REGLA})*\s*\)?:?")
_PROPIAS: Final = (("Decisión de diseño", "Criterio de cálculo de este sistema"),)


class MesDelAnio(Protocol):
    """Anything with a year and a month, such as `kernel.period.Periodo`."""

    @property
    def anio(self) -> int:
        """Calendar year."""

    @property
    def mes(self) -> int:
        """Month, 1 to 12."""


def escribir_dinero(valor: object) -> str:
    """Return `$ 1.234,50` from a Dinero, whole cents (int) or a numeric column (Decimal, str).

    An int is CENTS; a Decimal or a str is DOLLARS. None is an em dash. A float is a TypeError.
    """
    if valor is None or valor == "":
        return "—"
    if isinstance(valor, Dinero):
        return valor.formato()
    if isinstance(valor, int):
        return Dinero.de_centavos(valor).formato()
    return Dinero(valor).formato()  # type: ignore[arg-type]  # Dinero refuses other types itself


def centavos_de(valor: object) -> int:
    """Return the whole cents of anything `escribir_dinero` takes."""
    if isinstance(valor, Dinero):
        return valor.centavos
    return valor if isinstance(valor, int) else Dinero(valor).centavos  # type: ignore[arg-type]


def escribir_fecha(valor: date | None) -> str:
    """Return `jueves 3 de diciembre de 2026`; an em dash for None."""
    if valor is None:
        return "—"
    valor = en_ecuador(valor)
    return f"{DIAS[valor.weekday()]} {valor.day} de {MESES[valor.month - 1]} de {valor.year}"


def escribir_fecha_corta(valor: date | None) -> str:
    """Return `03/12/2026`, with `HH:MM` after it when the value is an instant; None is a dash."""
    if valor is None:
        return "—"
    valor = en_ecuador(valor)
    corta = f"{valor.day:02d}/{valor.month:02d}/{valor.year:04d}"
    return f"{corta} {valor.hour:02d}:{valor.minute:02d}" if isinstance(valor, datetime) else corta


def en_ecuador(valor: date) -> date:
    """Return an instant as the clocks of continental Ecuador show it; a day stays as it is.

    An instant without zone is already local: nothing is added to it.
    """
    if isinstance(valor, datetime) and valor.tzinfo is not None:
        return valor.astimezone(ECUADOR)
    return valor


def escribir_periodo(valor: MesDelAnio | date | str | None) -> str:
    """Return `septiembre de 2026` from a Periodo, a date or the text `AAAA-MM`."""
    if valor is None or valor == "":
        return "—"
    if isinstance(valor, str):
        anio, mes = (int(parte) for parte in valor.split("-")[:2])
    elif isinstance(valor, date):
        anio, mes = valor.year, valor.month
    else:
        anio, mes = valor.anio, valor.mes
    return f"{MESES[mes - 1]} de {anio}"


def ocultar_identificacion(valor: object) -> str:
    """Mask an identification for public pages: first two and last three digits stay."""
    texto = str(valor)
    if len(texto) <= 6:
        return "•" * len(texto)
    return f"{texto[:2]}{'•' * (len(texto) - 5)}{texto[-3:]}"


def escribir_tamano(octetos: int) -> str:
    """Return a file size in the office's words: `2,4 MB`, `180 KB`, `512 bytes`."""
    if octetos >= 1_000_000:
        decimas = (octetos * 10 + 500_000) // 1_000_000
        return f"{decimas // 10},{decimas % 10} MB"
    if octetos >= 1_000:
        return f"{(octetos + 500) // 1_000} KB"
    return f"{octetos} bytes"


def agrupar_codigo(codigo: str) -> str:
    """Return a verification code in groups of four: `ABCD-EFGH-JKLM`."""
    limpio = codigo.replace("-", "").replace(" ", "").upper()
    return "-".join(limpio[inicio : inicio + 4] for inicio in range(0, len(limpio), 4))


contar = text.contar


def escribir_cita(norma: object) -> str:
    """Return a citation as people may look it up: without the codes of our own rules.

    `LSS arts. 73 y 89 (R-COM-02)` is `LSS arts. 73 y 89`; a citation that was only a code of ours
    is empty, and its line is not shown.
    """
    texto = _REGLAS.sub("", str(norma or "")).strip(" ,;:")
    for propia, dicha in _PROPIAS:
        texto = texto.replace(propia, dicha)
    return texto[:1].upper() + texto[1:] if texto[:1].islower() else texto


def escribir_planilla(
    periodo: MesDelAnio | date | str | None, *, sucursal: str = "", varias: bool = False
) -> str:
    """Return how a planilla is called: `Planilla de octubre de 2026`, with its sucursal if many."""
    nombre = f"Planilla de {escribir_periodo(periodo)}"
    return f"{nombre}, sucursal {sucursal}" if varias and sucursal else nombre


def escribir_actor(nombre: str, *, rol: str = "") -> str:
    """Return who did something: the machine is «Sistema», nobody is a dash."""
    limpio = nombre.strip()
    if not limpio:
        return "—"
    quien = "Sistema" if limpio.casefold() in {"sistema", "system"} else limpio
    return f"{quien}, {rol}" if rol else quien


def nombre_propio(nombre: str) -> str:
    """Return a name of a place as it is written: `San Miguel de los Bancos`."""
    palabras = nombre.strip().title().split()
    return " ".join(p.lower() if n and p.lower() in _ENLACES else p for n, p in enumerate(palabras))


def escribir_lugar(nombre: str, provincia: str) -> str:
    """Return a canton with its province: `Bolívar (Carchi)`."""
    return f"{nombre_propio(nombre)} ({nombre_propio(provincia)})"


def escribir_porcentaje(tasa: object) -> str:
    """Return a percentage as Ecuador writes it: `8,25 %`; a dash for None."""
    return "—" if tasa is None else f"{tasa} %".replace(".", ",")
