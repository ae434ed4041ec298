"""The law over millions of persons, without a database."""

import time

import numpy as np

from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.tarifa import tarifa_vigente
from recaudo.norma.aportes.vectorial import aportes_de_muchos
from recaudo.norma.parametros.cargador import cargar_parametros

PERSONAS = 3_500_000
_PERIODO = Periodo(2026, 9)


@medicion("motor")
def medir_motor(escala: float) -> Medida:
    """Motor de cálculo: 3,5 millones de personas en escala 1, exacto al centavo.

    Floor: a numpy copy of an array of the size of the result.
    """
    personas = max(1, round(PERSONAS * escala))
    bases = 48_200 + np.arange(personas, dtype=np.int64) * 7_919 % 150_000
    tarifa = tarifa_vigente(
        regimen="PRIVADO",
        periodo=_PERIODO,
        parametros=cargar_parametros(),
        tipo_empleador="PRIV_SOCIEDAD",
        exigir_distribucion=True,
    )
    with observar() as visto:
        inicio = time.perf_counter()
        importes = aportes_de_muchos(bases, tarifa)
        segundos = time.perf_counter() - inicio
    inicio = time.perf_counter()
    importes.copy()
    return Medida(personas, segundos, time.perf_counter() - inicio, visto.detalle())
