"""A file of statements in a temporary table, read once, and each of its statements by turns."""

import io
from collections import deque
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.db import DatabaseError, transaction

from recaudo.domain.recaudacion.batches.lineas_de_copia import COPIAR, filas_de_copia
from recaudo.domain.recaudacion.models import Extracto
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.almacen import abrir_contenido
from recaudo.infra.files.formatos.camt import ExtractoLeido, LectorCamt
from recaudo.infra.files.por_partes import Abrir
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.extracto import dias_de_margen as margen_en


class Lectura:
    """The lines of a file in `e_archivo`, with what each statement declares of itself."""

    def __init__(self, pasos: PasosSql, abrir: Abrir, *, formato: str, margen: int) -> None:
        """Copy the lines to the stage as they are read. Raises ExtractoIlegible, FormatoDistinto.

        `margen`: days that a transaction may be from its booking.
        """
        self._pasos = pasos
        pasos("memoria")
        with suppress(DatabaseError), transaction.atomic():  # settled by the first use of a session
            pasos("memoria_temporal")
        pasos("limpiar_archivo", "limpiar", "etapa")
        with abrir() as fuente, pasos.cursor.copy(COPIAR) as copia:
            lector = LectorCamt(fuente, formato=formato, dias_de_margen=margen)
            for trozo in filas_de_copia(lector):
                copia.write(trozo)
        self.extractos: list[ExtractoLeido] = lector.extractos
        self.identificacion = lector.identificacion

    def poner(self, leido: ExtractoLeido) -> None:
        """Leave in `e_linea` the lines of one statement, numbered from 1."""
        if len(self.extractos) == 1:
            self._pasos("uno_solo")
        else:
            self._pasos("limpiar")
            self._pasos.valores |= {"antes": leido.antes, "lineas": leido.lineas}
            self._pasos("de_un_extracto")
        self._pasos.analizar("e_linea")


def fuente_de(ruta: Path | None, contenido: bytes | None) -> Abrir:
    """Return how to open a file given by its path or by its bytes."""
    if contenido is not None:
        datos = contenido
        return lambda: io.BytesIO(datos)
    if ruta is None:
        msg = "a path or bytes"
        raise TypeError(msg)
    camino = ruta
    return lambda: camino.open("rb")


def dias_de_margen(en: date) -> int:
    """Return how far from its booking a transaction may be on a day, in days."""
    return margen_en(en=en, parametros=cargar_parametros())


def leer_de_nuevo(fila: Extracto) -> ExtractoLeido:
    """Return what the kept bytes say of a statement, with the rules of today; nothing is staged."""
    margen = dias_de_margen(fila.recibido_el)
    with abrir_contenido(fila.archivo_id) as fuente:
        lector = LectorCamt(fuente, formato=fila.formato, dias_de_margen=margen)
        deque(lector, maxlen=0)
    return lector.extractos[fila.orden - 1]
