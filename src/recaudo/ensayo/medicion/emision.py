"""The monthly emission of the country, and one planilla of a thousand workers."""

import tempfile
import time
from datetime import timedelta

import psycopg
from django.db import connection

from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.ensayo.medicion.base_de_medida import base_de_medida
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.poblacion import (
    PERIODO,
    clave_de_poblacion,
    poblar,
    poblar_iguales,
    rucs_de_iguales,
)
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.security.actor import Actor

_HOY = PERIODO.ultimo_dia + timedelta(days=5)
_LECTURA = 1 << 20


@medicion("emision")
def medir_emision(escala: float) -> Medida:
    """Emisión mensual: 500 000 empleadores y 3,4 millones de trabajadores en escala 1.

    Floor: COPY BINARY of the same lines into an identical bare table.
    """
    with base_de_medida(clave_de_poblacion(escala), lambda: poblar(escala)) as url:
        with observar(url) as visto:
            resultado = emitir_planillas(periodo=PERIODO, por=Actor.sistema("Medición"), hoy=_HOY)
        connection.close()
        return Medida(
            filas=resultado.lineas,
            segundos=float(resultado.segundos),
            piso_segundos=piso_de_lineas(url),
            detalle={
                "planillas": resultado.planillas,
                "emitido": str(resultado.emitido),
                "diferencias": resultado.diferencias,
                "muestra": resultado.muestra,
                **visto.detalle(),
            },
        )


@medicion("planilla")
def medir_planilla(escala: float) -> Medida:
    """Una planilla sola, de 1 000 trabajadores en escala 1, en tráfico corriente.

    Floor: COPY BINARY of its lines into an identical bare table. The second of two emissions is
    taken: the first one also writes the tariffs of the period.
    """
    trabajadores = max(1, round(1_000 * escala))
    with base_de_medida(
        f"planilla:{clave_de_poblacion(escala)}", lambda: poblar_iguales(trabajadores)
    ) as url:
        with observar(url) as visto:
            for ruc in rucs_de_iguales():
                resultado = emitir_planillas(
                    periodo=PERIODO, por=Actor.sistema("Medición"), hoy=_HOY, ruc=ruc
                )
        connection.close()
        return Medida(
            filas=resultado.lineas,
            segundos=float(resultado.segundos),
            piso_segundos=piso_de_lineas(url),
            detalle={"emitido": str(resultado.emitido), **visto.detalle()},
        )


def piso_de_lineas(url: str) -> float:
    """Time the raw copy of the lines just emitted into a table without keys."""
    with psycopg.connect(url) as conexion, tempfile.TemporaryFile() as archivo:
        cursor = conexion.cursor()
        with cursor.copy("COPY (SELECT * FROM planillas_planillalinea) TO STDOUT BINARY") as salida:
            for trozo in salida:
                archivo.write(trozo)
        conexion.execute("CREATE TABLE piso (LIKE planillas_planillalinea)")
        archivo.seek(0)
        inicio = time.perf_counter()
        with cursor.copy("COPY piso FROM STDIN BINARY") as entrada:
            while trozo := archivo.read(_LECTURA):
                entrada.write(trozo)
        conexion.commit()
        return time.perf_counter() - inicio
