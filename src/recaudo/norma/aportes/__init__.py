"""Contributions: base, rates, distribution by seguro, CCC, fondo de reserva and special payers.

One concept, one file. The public names most callers need are re-exported here; the vectorised
form (`vectorial.py`) is not, so that importing this package never loads numpy.
"""

from recaudo.norma.aportes.aporte import Aporte, calcular_aporte
from recaudo.norma.aportes.base_imponible import BaseImponible, base_minima, calcular_base
from recaudo.norma.aportes.ccc import contribucion_ccc
from recaudo.norma.aportes.extension_conyuge import calcular_extension_conyuge
from recaudo.norma.aportes.fondo_reserva import FondoReserva, calcular_fondo_reserva
from recaudo.norma.aportes.nucleo import (
    COLUMNAS,
    SEGUROS,
    AporteCentavos,
    Tarifa,
    aporte_en_centavos,
    tabla_de_residuos,
)
from recaudo.norma.aportes.sbu import salario_basico
from recaudo.norma.aportes.tarifa import tarifa_vigente, tarifas_del_periodo
from recaudo.norma.aportes.voluntario import calcular_voluntario

__all__ = [
    "COLUMNAS",
    "SEGUROS",
    "Aporte",
    "AporteCentavos",
    "BaseImponible",
    "FondoReserva",
    "Tarifa",
    "aporte_en_centavos",
    "base_minima",
    "calcular_aporte",
    "calcular_base",
    "calcular_extension_conyuge",
    "calcular_fondo_reserva",
    "calcular_voluntario",
    "contribucion_ccc",
    "salario_basico",
    "tabla_de_residuos",
    "tarifa_vigente",
    "tarifas_del_periodo",
]
