"""Whoever imports a statement dies; the same file again ends what was begun, once."""

import tempfile
from pathlib import Path
from random import Random
from typing import Final

from django.db import connection

from recaudo.ensayo.caidas.libros import comparar, leer_libros
from recaudo.ensayo.caidas.registro import Resultado, escenario
from recaudo.ensayo.caidas.servidor import Servidor
from recaudo.ensayo.caidas.victima import Confirmar, Victima
from recaudo.ensayo.medicion.base_de_medida import base_de_medida
from recaudo.ensayo.medicion.extracto import (
    clave_de_pagos,
    importar_medido,
    poblar_con_comprobantes,
    texto_del_extracto,
)

_PAGOS: Final = 2_000


@escenario("importador")
def morir_importando(servidor: Servidor, azar: Random, muertes: int) -> Resultado:
    """Import a statement, dying, until it is in; then from the beginning, as often as asked."""
    del servidor
    resultado = Resultado()
    with tempfile.TemporaryDirectory() as carpeta:
        archivo = Path(carpeta) / "extracto.xml"
        with base_de_medida(clave_de_pagos(_PAGOS), lambda: poblar_con_comprobantes(_PAGOS)):
            archivo.write_text("".join(texto_del_extracto()), encoding="utf-8")
            segundos, _ = importar_medido(archivo)
            esperado = leer_libros()
        while resultado.muertes < muertes:
            with base_de_medida(clave_de_pagos(_PAGOS), lambda: poblar_con_comprobantes(_PAGOS)):
                _importar_muriendo(resultado, azar, muertes, archivo, segundos)
                comparar(resultado, esperado)
    return resultado


def _importar_muriendo(
    resultado: Resultado, azar: Random, muertes: int, archivo: Path, segundos: float
) -> None:
    """Die up to eight times in one base, and then let it end."""

    def importar(confirmar: Confirmar) -> None:
        importar_medido(archivo)
        confirmar("importado")

    for _ in range(8):
        if resultado.muertes == muertes or _dentro():
            break
        victima = Victima(importar)
        resultado.muertes += victima.matar_tras(azar.uniform(0, segundos))
        resultado.perdidas += bool(victima.confirmado) and not _dentro()
    ultima = Victima(importar)
    if not ultima.esperar():
        resultado.distintas.append("el extracto no entró al enviarlo otra vez")
    resultado.confirmadas += 1
    resultado.perdidas += not _dentro()


def _dentro() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM recaudacion_extracto WHERE estado = 'confirmado'")
        return bool(cursor.fetchone()[0])
