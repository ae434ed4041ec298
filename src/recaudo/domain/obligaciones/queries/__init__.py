"""Reads of the spine: `obligaciones` (what is owed) and `deuda` (what it comes to on a date)."""

from recaudo.domain.obligaciones.queries.deuda import (
    DeudaALaFecha,
    DeudaConsolidada,
    deuda_a,
    deuda_exigible_a,
)
from recaudo.domain.obligaciones.queries.obligaciones import (
    ObligacionNoExiste,
    ObligacionVista,
    ParteDeRubro,
    bloquear,
    conceptos_de,
    cuantas_devengan,
    cuantas_entran_en_mora,
    lista_de_deudas_de_persona,
    lista_de_obligaciones,
    obligacion,
    obligaciones_de,
    obligaciones_de_materia,
    obligaciones_de_persona,
    obligaciones_por_numero,
    queda_alguna_viva,
    vencidas_de,
)

__all__ = [
    "DeudaALaFecha",
    "DeudaConsolidada",
    "ObligacionNoExiste",
    "ObligacionVista",
    "ParteDeRubro",
    "bloquear",
    "conceptos_de",
    "cuantas_devengan",
    "cuantas_entran_en_mora",
    "deuda_a",
    "deuda_exigible_a",
    "lista_de_deudas_de_persona",
    "lista_de_obligaciones",
    "obligacion",
    "obligaciones_de",
    "obligaciones_de_materia",
    "obligaciones_de_persona",
    "obligaciones_por_numero",
    "queda_alguna_viva",
    "vencidas_de",
]
