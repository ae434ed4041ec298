"""The emission dies in the middle of its chunks, and the next order goes on."""

from datetime import timedelta
from random import Random
from typing import Final

from django.db import connection

from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.ensayo.caidas.libros import comparar, leer_libros
from recaudo.ensayo.caidas.registro import Resultado, escenario
from recaudo.ensayo.caidas.servidor import Servidor
from recaudo.ensayo.caidas.victima import Confirmar, Victima
from recaudo.ensayo.medicion.base_de_medida import base_de_medida
from recaudo.ensayo.medicion.poblacion import PERIODO, clave_de_poblacion, poblar
from recaudo.infra.security.actor import Actor

_ESCALA: Final = 0.001
_TROZOS: Final = 8
_HOY: Final = PERIODO.ultimo_dia + timedelta(days=5)


def _emitir(confirmar: Confirmar) -> None:
    emitir_planillas(
        periodo=PERIODO, por=Actor.sistema("Orden de emisión"), hoy=_HOY, trozos=_TROZOS,
        trabajadores=2, avance=lambda hechos, _: confirmar(hechos),
    )  # fmt: skip


@escenario("emision")
def morir_emitiendo(servidor: Servidor, azar: Random, muertes: int) -> Resultado:
    """Emit a month by chunks, dying; a whole month again and again until there were enough."""
    del servidor
    resultado = Resultado()
    clave = f"caidas:{clave_de_poblacion(_ESCALA)}"
    with base_de_medida(clave, lambda: poblar(_ESCALA)):
        _emitir(lambda _: None)
        esperado = leer_libros()
    while resultado.muertes < muertes:
        with base_de_medida(clave, lambda: poblar(_ESCALA)):
            _emitir_muriendo(resultado, azar, muertes)
            comparar(resultado, esperado)
    return resultado


def _emitir_muriendo(resultado: Resultado, azar: Random, muertes: int) -> None:
    confirmados = 0
    while _lotes() < _TROZOS:
        victima = Victima(_emitir)
        if resultado.muertes < muertes:
            resultado.muertes += victima.matar_tras(azar.uniform(0, 0.6))
        elif not victima.esperar():
            resultado.distintas.append("la emisión no terminó al ordenarla otra vez")
            return
        confirmados += len(victima.confirmado)
        hay = _lotes()
        resultado.perdidas += max(0, confirmados - hay)
        confirmados = max(confirmados, hay)
    resultado.confirmadas += confirmados


def _lotes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM planillas_emisionlote")
        return int(cursor.fetchone()[0])
