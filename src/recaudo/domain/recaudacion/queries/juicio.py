"""The bank is the judge: what it says last of an account, and what our books say to that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from recaudo.domain.recaudacion.models import DineroDeclarado, LineaExtracto
from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class Juicio:
    """An account before its bank, in USD. `saldo_libro`: our books, less what is yet to come.

    `desde`: the first day after its opening balance, which holds all that is older.
    """

    cuenta_id: int
    extracto_id: int | None
    fecha: date | None
    cierra_el_dia: bool
    saldo_banco: Dinero | None
    saldo_libro: Dinero
    desde: date | None

    @property
    def diferencia(self) -> Dinero:
        """Our books less the bank; zero when the bank has said nothing."""
        return Dinero.CERO if self.saldo_banco is None else self.saldo_libro - self.saldo_banco

    def alcanza(self, dia: date | None) -> bool:
        """Tell whether the last balance of the bank speaks of what was booked on a day."""
        if dia is None or self.fecha is None or (self.desde is not None and dia < self.desde):
            return False
        return dia < self.fecha or (self.cierra_el_dia and dia == self.fecha)

    def acerca(self, importe: Dinero) -> bool:
        """Tell whether that much more in the books leaves them nearer to the bank."""
        return abs(self.diferencia + importe) < abs(self.diferencia)


_JUICIO: Final = """
SELECT cuenta_id, extracto_id, fecha, cierra_el_dia, banco, libro, desde
  FROM recaudacion_saldodecuenta WHERE %(cuenta)s::bigint IS NULL OR cuenta_id = %(cuenta)s
"""


def juicios(cuenta_id: int | None = None) -> dict[int, Juicio]:
    """Return each own account, or one, before its bank; by account."""
    with connection.cursor() as cursor:
        cursor.execute(_JUICIO, {"cuenta": cuenta_id})
        return {fila[0]: _juicio(fila) for fila in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class PrevisionDeLinea:
    """The difference of an account with its bank, before and after a line enters or leaves, USD."""

    fecha: date
    extracto_id: int
    antes: Dinero
    despues: Dinero

    @property
    def acerca(self) -> bool:
        """The books are nearer to the bank afterwards."""
        return abs(self.despues) < abs(self.antes)


def prever_linea(linea_id: int, *, sale: bool = False) -> PrevisionDeLinea | None:
    """Return what the entry of a line does to the difference; None if the bank says nothing yet.

    `sale`: it leaves the books instead of entering them.
    """
    fila = LineaExtracto.objects.filter(pk=linea_id).first()
    if fila is None or fila.entrada is None:
        return None
    j = juicios(fila.cuenta_id)[fila.cuenta_id]
    if j.fecha is None or j.extracto_id is None or not j.alcanza(fila.fecha_contable):
        return None
    mueve = -fila.entrada if sale else fila.entrada
    return PrevisionDeLinea(j.fecha, j.extracto_id, j.diferencia, j.diferencia + mueve)


@dataclass(frozen=True, slots=True)
class DeclaracionVista:
    """Who declared a line money of its own, and why."""

    declarado_por: str
    declarado_por_id: int | None
    razon: str


def declaracion_de(linea_id: int) -> DeclaracionVista | None:
    """Return the declaration of a line that stands; None when there is none, or it was reverted."""
    fila = LineaExtracto.objects.filter(pk=linea_id).values_list("id", "parte").first()
    if fila is None:
        return None
    d = DineroDeclarado.objects.filter(
        pk=fila[0] - max(fila[1] - 1, 0), declaracionrevertida=None
    ).first()
    return DeclaracionVista(d.declarado_por, d.declarado_por_id, d.razon) if d else None


def extractos_en_falta() -> Sequence[int]:
    """Return the statements that gave the last balance of each account whose books differ."""
    return [j.extracto_id for j in juicios().values() if j.extracto_id and j.diferencia]


def _juicio(fila: tuple[Any, ...]) -> Juicio:
    cuenta_id, extracto_id, fecha, cierra, banco, libro, desde = fila
    return Juicio(
        cuenta_id, extracto_id, fecha, cierra,
        None if banco is None else Dinero.de_centavos(int(banco)),
        Dinero.de_centavos(int(libro)), desde,
    )  # fmt: skip
