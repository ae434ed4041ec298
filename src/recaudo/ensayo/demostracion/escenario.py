"""Who pays what and when: the story the demonstration tells, without a database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from recaudo.ensayo.demostracion.azar import sortear
from recaudo.ensayo.demostracion.fechas import ANTERIOR, PERIODO, SIGUIENTE
from recaudo.ensayo.demostracion.poblacion import Empleador, generar_poblacion
from recaudo.kernel.period import Periodo


class Conducta(StrEnum):
    """What an employer does with the planilla of one month."""

    PUNTUAL = "paga a tiempo lo que dice el comprobante"
    EXCEDE = "paga a tiempo, pero de más"
    CORTO = "paga a tiempo, pero menos"
    CADUCADO = "paga después de que su comprobante caducó"
    TARDE = "paga en mora, con interés"
    SOLO_COMPROBANTE = "genera el comprobante y no paga"
    NO_PAGA = "no paga"


@dataclass(frozen=True, slots=True)
class Mes:
    """The dates of one month of collection; `temprano` and `limite` are the days people pay."""

    emision: date
    temprano: date
    limite: date
    tarde: date


#: The month after each period: when its planilla is emitted, paid, and paid late.
MESES: Final = {
    ANTERIOR: Mes(date(2026, 9, 3), date(2026, 9, 8), date(2026, 9, 15), date(2026, 9, 25)),
    PERIODO: Mes(date(2026, 10, 5), date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 28)),
    SIGUIENTE: Mes(date(2026, 11, 5), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 18)),
}
#: The day of its bank's oversights: the statement comes twice (every line of the second is *ya
#: vista*) and tells a deposit that is not booked.
REENVIO: Final = MESES[ANTERIOR].tarde
#: In thousandths. Every outcome of a line of a bank occurs in every month.
_REPARTO: Final = (
    (Conducta.PUNTUAL, 820), (Conducta.EXCEDE, 15), (Conducta.CORTO, 15), (Conducta.CADUCADO, 10),
    (Conducta.TARDE, 60), (Conducta.SOLO_COMPROBANTE, 20), (Conducta.NO_PAGA, 60),
)  # fmt: skip
#: The people of the demonstration, by the place of their employer in the population.
ANA: Final = 31
CARLA: Final = 49
DORA: Final = 36
EVA: Final = 29
_FIJAS: Final = {
    (ANA, ANTERIOR): Conducta.PUNTUAL,
    (ANA, PERIODO): Conducta.NO_PAGA,
    (ANA, SIGUIENTE): Conducta.NO_PAGA,
    (CARLA, ANTERIOR): Conducta.NO_PAGA,
    (CARLA, PERIODO): Conducta.NO_PAGA,
    (CARLA, SIGUIENTE): Conducta.PUNTUAL,
    (DORA, ANTERIOR): Conducta.NO_PAGA,
    (DORA, PERIODO): Conducta.TARDE,
    (DORA, SIGUIENTE): Conducta.PUNTUAL,
    (EVA, ANTERIOR): Conducta.PUNTUAL,
    (EVA, PERIODO): Conducta.NO_PAGA,
    (EVA, SIGUIENTE): Conducta.PUNTUAL,
}
#: Day on which each opens in its inbox the glosa of a period. Nobody opened the others.
ACUSES: Final = {
    (CARLA, ANTERIOR): date(2026, 10, 20),
    (DORA, ANTERIOR): date(2026, 10, 19),
    (CARLA, PERIODO): date(2026, 11, 17),
}
#: Who pays the debt of a glosa, when, and whether in full: a glosa takes partial payments.
PAGOS_DE_GLOSA: Final = {
    (DORA, ANTERIOR): (date(2026, 10, 28), Conducta.TARDE),
    (EVA, PERIODO): (date(2026, 11, 18), Conducta.CORTO),
}


def conducta_de(empleador: Empleador, periodo: Periodo) -> Conducta:
    """Return what this employer does with the planilla of that month. Deterministic."""
    fija = _FIJAS.get((empleador.indice, periodo))
    return fija or sortear(_REPARTO, "conducta", empleador.indice, periodo)


def paga_temprano(empleador: Empleador, periodo: Periodo) -> bool:
    """Say whether it pays on the early day of the month or on the last one."""
    return sortear(((True, 2), (False, 3)), "temprano", empleador.indice, periodo)


def poblacion_pequena() -> tuple[Empleador, ...]:
    """Return the people of the demonstration and one small employer of each conduct."""
    todos = generar_poblacion()
    chicos = [e for e in todos if len(e.trabajadores) <= 2]
    elegidos = {todos[n].indice: todos[n] for n in (ANA, CARLA, DORA, EVA)}
    for conducta in Conducta:
        uno = next(e for e in chicos if conducta_de(e, PERIODO) is conducta)
        elegidos[uno.indice] = uno
    return tuple(elegidos[n] for n in sorted(elegidos))
