"""Contributions of millions of persons at once: 64-bit integer cents, never floats.

The only module of the contributions that imports numpy.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recaudo.norma.aportes.nucleo import COLUMNAS, UNIDAD, Tarifa, tabla_de_residuos
from recaudo.norma.citas import segun

Enteros = npt.NDArray[np.int64]
_TROZO = 4_096  # rows whose working set stays in the second-level cache
_BASE_MAXIMA = 2**62 // 10**4


@segun("Decisión de diseño R-BAS-20, R-BAS-21", "LSS art. 72")
def aportes_de_muchos(bases: Enteros, tarifa: Tarifa) -> Enteros:
    """Return an array (persons × COLUMNAS) of cents, equal to the scalar core to the cent.

    `bases` are int64 cents. TypeError for another type; ValueError for negative or absurd bases.
    """
    if bases.dtype != np.int64:
        msg = f"bases are int64 cents, not {bases.dtype}"
        raise TypeError(msg)
    if bases.size and (bases.min() < 0 or bases.max() > _BASE_MAXIMA):
        msg = "bases out of range: negative, or beyond exact 64-bit arithmetic"
        raise ValueError(msg)
    residuos = np.array(tabla_de_residuos(tarifa), dtype=np.int64)[:, 1:].copy()
    tasas = np.array(tarifa.tasas, dtype=np.int64)
    salida = np.empty((bases.size, len(COLUMNAS)), dtype=np.int64)
    for inicio in range(0, bases.size, _TROZO):
        trozo = salida[inicio : inicio + _TROZO]
        cocientes, restos = np.divmod(bases[inicio : inicio + _TROZO], UNIDAD)
        np.take(residuos, restos, axis=0, out=trozo, mode="clip")
        trozo += cocientes[:, np.newaxis] * tasas
    return salida
