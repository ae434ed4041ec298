"""The published maximum conventional rate, month by month: the rows that exist, and no others."""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion

TABLA: Final = "tasa máxima convencional del Banco Central"


class TasaSinDatos(Rechazo):
    """The rate of a month is not loaded: the amount is refused, never guessed."""

    codigo = "TASA_SIN_DATOS"
    norma = "LSS art. 89"

    def __init__(self, fecha: date) -> None:
        """Name the month, the screen where it is registered and how to go on."""
        super().__init__(
            f"Falta la {TABLA} de {Periodo.de_fecha(fecha)}. Se registra en la oficina, en "
            "«Tasas», botón «Registrar una tasa», y la aprueba otra persona; después repita lo "
            "que pedía. Para un cálculo de prueba, indique la tasa máxima."
        )


class TasaProvisional(Rechazo):
    """The rate of a month is a reconstruction that no officer has approved."""

    codigo = "TASA_PROVISIONAL"
    norma = "LSS art. 89"

    def __init__(self, fecha: date, tasa: Tasa) -> None:
        """Name the month, the value that waits, where it is approved and how to go on."""
        super().__init__(
            f"La {TABLA} de {Periodo.de_fecha(fecha)} ({tasa} %) es provisional. La "
            "aprueba en la oficina, en «Tasas», quien no la registró; después repita lo que pedía. "
            "Para un cálculo de prueba, indique la tasa máxima."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilaTasa:
    """Annual rate in force in ``[desde, hasta)``; ``aprobada`` = an officer admitted it."""

    desde: date
    hasta: date
    tasa: Tasa
    estado: EstadoVerificacion
    fuente: str
    aprobada: bool = False


@dataclass(frozen=True, slots=True)
class TablaTasas:
    """Rows in order of date without overlap; gaps are months without data."""

    filas: tuple[FilaTasa, ...]

    def __post_init__(self) -> None:
        """Refuse rows that overlap or that are not in order."""
        for fila in self.filas:
            if fila.desde >= fila.hasta:
                msg = f"rate row ends before it starts: {fila.desde}"
                raise ValueError(msg)
        for una, otra in pairwise(self.filas):
            if una.hasta > otra.desde:
                msg = f"rate rows overlap: {una.desde} and {otra.desde}"
                raise ValueError(msg)

    @classmethod
    def de_filas(cls, filas: Iterable[FilaTasa]) -> "TablaTasas":
        """Build from rows in any order, for example those of the database."""
        return cls(tuple(sorted(filas, key=lambda fila: fila.desde)))

    @segun("LSS art. 89")
    def vigente(self, fecha: date, *, admitir_provisional: bool = False) -> FilaTasa:
        """The row in force on ``fecha``. Raises TasaSinDatos or TasaProvisional.

        Never the row of another month: a missing month is refused. A PROVISIONAL row needs the
        approval of an officer, in the row or through ``admitir_provisional``.
        """
        indice = bisect_right(self.filas, fecha, key=lambda una: una.desde) - 1
        fila = self.filas[indice] if indice >= 0 else None
        if fila is None or fecha >= fila.hasta or fila.estado is EstadoVerificacion.SIN_DATOS:
            raise TasaSinDatos(fecha)
        firme = fila.estado in ESTADOS_FIRMES or fila.aprobada or admitir_provisional
        if not firme:
            raise TasaProvisional(fecha, fila.tasa)
        return fila


ESTADOS_FIRMES: Final = frozenset({EstadoVerificacion.VERIFICADO, EstadoVerificacion.SECUNDARIO})


@lru_cache(maxsize=1)
@segun("LSS art. 89")
def tasas_publicadas() -> TablaTasas:
    """The published series that ships with the law (annual %, see its README for the gaps)."""
    recurso = files("recaudo.norma.parametros") / "tasas" / "maxima_convencional.csv"
    lineas = recurso.read_text(encoding="utf-8").splitlines()
    return TablaTasas.de_filas(_fila(fila) for fila in csv.DictReader(lineas))


def _fila(fila: dict[str, str]) -> FilaTasa:
    mes = Periodo.de_texto(fila["mes"])
    return FilaTasa(
        desde=mes.primer_dia,
        hasta=mes.siguiente().primer_dia,
        tasa=Tasa(fila["maxima_convencional"]),
        estado=EstadoVerificacion(fila["estado"]),
        fuente=fila["fuente"],
    )
