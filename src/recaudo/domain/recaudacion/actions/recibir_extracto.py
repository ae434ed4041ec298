"""Receive a file of statements: it is read and kept, and nothing enters until another confirms."""

from collections import deque
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from recaudo.domain.recaudacion.actions._recepcion import (
    NORMA,
    bloquear_importaciones,
    exigir_lo_mismo,
    nombre_limpio,
    registrar_extractos,
)
from recaudo.domain.recaudacion.batches.lectura import dias_de_margen, fuente_de
from recaudo.domain.recaudacion.facts import ExtractoRecibido, ExtractoRetenido
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.states import EstadoExtracto
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.files.formatos.camt import LectorCamt, exigir_formato
from recaudo.infra.files.por_partes import Copia, huella_de
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("recibir_extracto", Permiso.EXTRACTO_IMPORTAR, ExtractoRecibido, ExtractoRetenido)


class Recibidos(NamedTuple):
    """The statements of a file, in its order, and whether it had been received before."""

    extractos: tuple[int, ...]
    ya_estaban: bool


def recibir_extracto(
    *,
    nombre: str,
    formato: str,
    por: Actor,
    hoy: date,
    ruta: Path | None = None,
    contenido: bytes | None = None,
) -> Recibidos:
    """This act will keep a file of statements for another person to confirm (C.D. 497 2.3.2.1).

    Each statement is to be confirmed, or held with its reason. The same bytes again change nothing.
    Raises SinPermiso, ExtractoIlegible, FormatoDistinto, ArchivoCambiado.
    """
    por.exigir(Permiso.EXTRACTO_IMPORTAR)
    exigir_formato(formato)
    abrir = fuente_de(ruta, contenido)
    sha256, tamano = huella_de(abrir)
    if previos := _previos(sha256, formato):
        return Recibidos(previos, ya_estaban=True)
    with Copia(abrir, sha256=sha256, tamano=tamano) as copia:
        lector = LectorCamt(copia.abrir(), formato=formato, dias_de_margen=dias_de_margen(hoy))
        deque(lector, maxlen=0)
        return _registrar(
            lector, copia, sha256=sha256, nombre=nombre_limpio(nombre), por=por, hoy=hoy
        )


def _registrar(
    lector: LectorCamt, copia: Copia, *, sha256: str, nombre: str, por: Actor, hoy: date
) -> Recibidos:
    """Keep the file and write its statements, all or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        if previos := _previos(sha256, lector.formato):
            return Recibidos(previos, ya_estaban=True)
        archivo = copia.guardar(nombre)
        with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
            filas = registrar_extractos(
                a, lector.extractos, formato=lector.formato, sha256=sha256, nombre=nombre,
                archivo_id=archivo, identificacion=lector.identificacion,
            )  # fmt: skip
            for fila in filas:
                if fila.estado == EstadoExtracto.RETENIDO:
                    a.declarar(ExtractoRetenido(fila.pk, fila.nombre, fila.retencion))
                else:
                    a.declarar(
                        ExtractoRecibido(
                            fila.pk, fila.nombre, fila.canal, fila.lineas, fila.total_creditos
                        )
                    )
    return Recibidos(tuple(fila.pk for fila in filas), ya_estaban=False)


def _previos(sha256: str, formato: str) -> tuple[int, ...]:
    filas = list(Extracto.objects.filter(sha256=sha256).order_by("orden").select_related("cuenta"))
    exigir_lo_mismo(filas, formato=formato)
    return tuple(fila.pk for fila in filas)
