"""Structural parameters of the law: dated values with their source and their doubt."""

from recaudo.norma.parametros.cargador import (
    ParametroMalEscrito,
    Parametros,
    SinDatos,
    cargar_parametros,
)
from recaudo.norma.parametros.valores import EstadoVerificacion, ValorVigente, peor_estado

__all__ = [
    "EstadoVerificacion",
    "ParametroMalEscrito",
    "Parametros",
    "SinDatos",
    "ValorVigente",
    "cargar_parametros",
    "peor_estado",
]
