"""Import a bank statement: each line, exactly one outcome; all of it in one transaction.

Killed half-way, nothing remains and running again gives the same totals. The same bytes again
change nothing and answer what they answered.
"""

import io
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import BANCOS
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.recaudacion.batches.aplicar_ingresos import AplicadorDeIngresos
from recaudo.domain.recaudacion.batches.lineas_de_copia import COPIAR, filas_de_copia
from recaudo.domain.recaudacion.facts import DeudasPagadas, ExtractoImportado
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.formatos.camt import Estado, LectorCamt
from recaudo.infra.files.por_partes import Abrir, comprimiendo, guardar_comprimido, huella_de
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("importar_extracto", Permiso.EXTRACTO_IMPORTAR, ExtractoImportado, DeudasPagadas)
NORMA = "C.D. 497 2.3.2.1"
_CANAL = re.compile(r"[A-Z0-9_-]{2,20}", re.ASCII)
#: Outcome of a whole reading, in the order of the step `totales`.
CLASES = ("aplicadas", "credito_a_favor", "por_identificar", "duplicadas", "rechazadas")


class CanalIlegible(Rechazo):
    """The channel is a short code: with the bank's reference it makes the key of a line."""

    mensaje = "Escriba el canal con 2 a 20 letras o números, por ejemplo BANCO-PICHINCHA."


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultadoImportacion:
    """What became of a statement; `total` in USD is the money that entered."""

    extracto_id: int
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    rechazadas: int
    total: Dinero
    cuadra: bool
    ya_importado: bool


def importar_extracto(
    *,
    nombre: str,
    formato: str,
    canal: str,
    por: Actor,
    hoy: date,
    ruta: Path | None = None,
    contenido: bytes | None = None,
) -> ResultadoImportacion:
    """Import a camt.053 or camt.054 statement (C.D. 497 2.3.2.1), from a path or from bytes.

    `cuadra`: the lines read add up to what the bank declares (totals and balances, when it
    does), each cent has one outcome, and bank debits in the ledger equal what entered. Raises
    SinPermiso, CanalIlegible, ExtractoIlegible, FormatoDistinto; then nothing enters.
    """
    por.exigir(Permiso.EXTRACTO_IMPORTAR)
    canal = canal.strip().upper()
    if _CANAL.fullmatch(canal) is None:
        raise CanalIlegible
    abrir = _fuente(ruta, contenido)
    sha256, tamano = huella_de(abrir)
    if (previo := _ya_importado(sha256)) is not None:
        return previo
    nombre = "".join(c for c in Path(nombre).name if c.isprintable())[-200:] or "extracto"
    with transaction.atomic(), connection.cursor() as cursor:
        # One import at a time: two files of a channel may overlap.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('recaudo.extracto', 0))")
        if (previo := _ya_importado(sha256)) is not None:
            return previo
        with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
            importacion = _Importacion(cursor, a, canal, formato)
            importacion.leer(abrir)
            with comprimiendo(abrir) as comprimido:  # while the server decides
                importacion.decidir()
            archivo = guardar_comprimido(
                nombre=nombre, sha256=sha256, tamano=tamano, comprimido=comprimido.result()
            )
            return importacion.guardar(nombre=nombre, sha256=sha256, archivo_id=archivo)


class _Importacion:
    """One import in course: the temporary tables of one transaction, step by step."""

    def __init__(self, cursor: CursorWrapper, a: ActoAbierto, canal: str, formato: str) -> None:
        self._cursor = cursor
        self._acto = a
        self._formato = formato
        self._estados: list[Estado] = []
        self._identificacion = ""
        self._pasos = PasosSql(
            cursor,
            Path(__file__).with_name("importar_extracto.sql"),
            {"canal": canal, "bancos": cuentas_por_codigo()[BANCOS]},
        )
        self._aplicador = AplicadorDeIngresos(cursor, a, cobrado=_estado_cobrado(formato))

    def leer(self, abrir: Abrir) -> None:
        """Copy the lines of the file to the stage, as they are read."""
        pasos = self._pasos
        pasos("memoria")
        with suppress(DatabaseError), transaction.atomic():  # settled by the first use of a session
            pasos("memoria_temporal")
        pasos("limpiar", "etapa")
        with abrir() as fuente, self._cursor.copy(COPIAR) as copia:
            lector = LectorCamt(fuente, formato=self._formato)
            for lote in filas_de_copia(lector):
                copia.write(lote)
        self._estados = lector.estados
        self._identificacion = lector.identificacion
        pasos.analizar("e_linea")
        self._cursor.execute("SELECT coalesce(max(numero), 0) FROM e_linea")
        n = int(self._cursor.fetchone()[0])
        pasos.valores |= {
            "base_linea": pasos.reservar("recaudacion_ingreso", n),
            "extracto": pasos.reservar("recaudacion_extracto", 1) + 1,
        }

    def decidir(self) -> None:
        """Say which lines enter as money, and have the payment core decide about them."""
        self._pasos("repetidas", "anteriores")
        self._pasos.analizar("e_repetida", "e_anterior")
        self._pasos("ingresos")
        self._aplicador.decidir()
        self._pasos("resultados")

    def guardar(self, *, nombre: str, sha256: str, archivo_id: int) -> ResultadoImportacion:
        """Post the money, then the statement, its lines, payments and queue; state the fact."""
        extracto = self._pasos.valores["extracto"]
        asentado = self._aplicador.asentar_pagos(origen=("extracto", extracto))
        fila = self._extracto(asentado, nombre=nombre, sha256=sha256, archivo_id=archivo_id)
        self._pasos("lineas")
        self._aplicador.guardar()
        if self._formato == "camt053":
            self._pasos("depositar_anteriores")
        self._acto.declarar(
            ExtractoImportado(
                fila.pk, fila.nombre, fila.canal, fila.sha256, fila.lineas, fila.aplicadas,
                fila.credito_a_favor, fila.por_identificar, fila.duplicadas, fila.rechazadas,
                fila.total, fila.cuadra,
            )
        )  # fmt: skip
        self._aplicador.declarar()
        return _resultado(fila, ya_importado=False)

    def _extracto(self, asentado: int, *, nombre: str, sha256: str, archivo_id: int) -> Extracto:
        valores = self._pasos.valores
        lineas, *clases, entrado, duplicado, rechazado = self._pasos.fila("totales")
        en_dolares = [e for e in self._estados if e.en_dolares]
        leido = sum(e.total_creditos for e in self._estados)
        totales, saldos = (
            all(e.totales_cuadran for e in en_dolares),
            all(e.saldos_cuadran for e in en_dolares),
        )
        d = Dinero.de_centavos
        return Extracto.objects.create(
            id=valores["extracto"], archivo_id=archivo_id, nombre=nombre, sha256=sha256,
            formato=self._formato, canal=valores["canal"],
            identificacion=self._identificacion,
            cuenta=next((e.cuenta for e in en_dolares if e.cuenta), ""),
            desde=min((e.desde for e in en_dolares if e.desde), default=None),
            hasta=max((e.hasta for e in en_dolares if e.hasta), default=None),
            declarado_lineas=_suma(e.declara_creditos for e in en_dolares),
            declarado_total=_dinero(_suma(e.declara_total for e in en_dolares)),
            saldo_inicial=_dinero(en_dolares[0].saldo_inicial if en_dolares else None),
            saldo_final=_dinero(en_dolares[-1].saldo_final if en_dolares else None),
            lineas=lineas, **dict(zip(CLASES, clases, strict=True)),
            total=d(entrado), total_duplicado=d(duplicado), total_rechazado=d(rechazado),
            total_debitos=d(sum(e.total_debitos for e in self._estados)), asentado=d(asentado),
            base_linea=valores["base_linea"], totales_cuadran=totales, saldos_cuadran=saldos,
            cuadra=totales and saldos and asentado == entrado
            and entrado + duplicado + rechazado == leido,
            fecha_importacion=self._acto.fecha, importado_en=Now(),
            importado_por=self._acto.por.nombre, hecho_id=self._acto.hecho_id,
        )  # fmt: skip


def _estado_cobrado(formato: str) -> EstadoComprobante:
    """A booked statement proves collection and deposit at once; a notice, only the collection."""
    deposito = formato == "camt053"
    return EstadoComprobante.DEPOSITADO if deposito else EstadoComprobante.PAGADO


def _fuente(ruta: Path | None, contenido: bytes | None) -> Abrir:
    if contenido is not None:
        datos = contenido
        return lambda: io.BytesIO(datos)
    if ruta is None:
        msg = "importar_extracto needs a path or bytes"
        raise TypeError(msg)
    camino = ruta
    return lambda: camino.open("rb")


def _ya_importado(sha256: str) -> ResultadoImportacion | None:
    fila = Extracto.objects.filter(sha256=sha256).first()
    return None if fila is None else _resultado(fila, ya_importado=True)


def _resultado(fila: Extracto, *, ya_importado: bool) -> ResultadoImportacion:
    return ResultadoImportacion(
        extracto_id=fila.pk, lineas=fila.lineas, aplicadas=fila.aplicadas,
        credito_a_favor=fila.credito_a_favor, por_identificar=fila.por_identificar,
        duplicadas=fila.duplicadas, rechazadas=fila.rechazadas, total=fila.total,
        cuadra=fila.cuadra, ya_importado=ya_importado,
    )  # fmt: skip


def _suma(valores: Iterable[int | None]) -> int | None:
    conocidos = [v for v in valores if v is not None]
    return sum(conocidos) if conocidos else None


def _dinero(centavos: int | None) -> Dinero | None:
    return None if centavos is None else Dinero.de_centavos(centavos)
