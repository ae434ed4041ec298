"""Import a bank statement: each line, exactly one outcome; all of it in one transaction.

Killed half-way, nothing remains and running again gives the same totals. The same bytes again
change nothing and answer what they answered.
"""

import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.batches.asentar_seleccion import (
    asentar_seleccion,
    reservar_asientos,
)
from recaudo.domain.contabilidad.plan_contable import (
    BANCOS,
    CREDITO_A_FAVOR,
    INTERES_DE_MORA,
    POR_COBRAR_GLOSA,
    POR_COBRAR_PLANILLA,
    VALORES_POR_APLICAR,
)
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.obligaciones.batches.aplicar_pagos import restar_pagos
from recaudo.domain.obligaciones.states import ESTADO_CONTABLE, VIVAS
from recaudo.domain.recaudacion.batches.lineas_de_copia import COPIAR, filas_de_copia
from recaudo.domain.recaudacion.facts import ExtractoImportado
from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.plan_contable import FONDOS_Y_TERCEROS, patas_de_distribucion
from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.infra.files.formatos.camt import Estado, LectorCamt
from recaudo.infra.files.por_partes import Abrir, comprimiendo, guardar_comprimido, huella_de
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import admite_abono, tabla_de_orden
from recaudo.norma.parametros import cargar_parametros

NORMA = "C.D. 497 2.3.2.1"
RESPONSABLE = "Unidad de Recaudación"
NACIONAL = "00"
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
        with acto(Permiso.EXTRACTO_IMPORTAR, por=por, fecha=hoy, norma=NORMA) as a:
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
        cuentas = cuentas_por_codigo()
        self._valores: dict[str, Any] = {
            "canal": canal,
            "hecho": a.hecho_id,
            "actor": a.por.id,
            "hoy": a.fecha,
            "vivas": [str(e) for e in VIVAS],
            "responsable": RESPONSABLE,
            "nacional": NACIONAL,
            "cobrado": _estado_cobrado(formato),
            "bancos": cuentas[BANCOS],
            "mora": cuentas[INTERES_DE_MORA],
            "credito": cuentas[CREDITO_A_FAVOR],
            "por_aplicar": cuentas[VALORES_POR_APLICAR],
        }

    def leer(self, abrir: Abrir) -> None:
        """Copy the lines of the file to the stage, as they are read."""
        self._paso("memoria")
        with suppress(DatabaseError), transaction.atomic():  # settled by the first use of a session
            self._paso("memoria_temporal")
        self._pasos("limpiar", "etapa")
        with abrir() as fuente, self._cursor.copy(COPIAR) as copia:
            lector = LectorCamt(fuente, formato=self._formato)
            for lote in filas_de_copia(lector):
                copia.write(lote)
        self._estados = lector.estados
        self._identificacion = lector.identificacion
        self._cursor.execute("ANALYZE e_linea")
        self._cursor.execute("SELECT coalesce(max(numero), 0) FROM e_linea")
        n = int(self._cursor.fetchone()[0])
        self._valores |= {
            "base_linea": self._reservar("recaudacion_lineaextracto", n),
            "base_pago": self._reservar("recaudacion_pago", n),
            "extracto": self._reservar("recaudacion_extracto", 1) + 1,
        }

    def decidir(self) -> None:
        """Lock what the lines cite, and give each line its outcome."""
        self._pasos("repetidas", "anteriores", "citados")
        self._cursor.execute("ANALYZE e_citado, e_repetida, e_anterior")
        self._paso("detalles")
        self._tablas_de_la_norma()
        self._cursor.execute("ANALYZE e_detalle, e_abono, e_orden, e_cuenta")
        self._pasos("agrupar_en_orden", "comprobantes", "agrupar_como_siempre")
        self._cursor.execute("ANALYZE e_comprobante")
        self._paso("hay_caducados")
        (hay_caducados,) = self._cursor.fetchone()
        if hay_caducados:
            self._paso("caducados")
        self._paso("resultados")
        self._cursor.execute("ANALYZE e_resultado")
        self._paso("insuficientes")
        if hay_caducados:
            self._paso("disputadas")
        self._pasos("segundas", "elegidas", "por_identificar")
        self._cursor.execute("ANALYZE e_pago")
        self._paso("abonos")
        self._cursor.execute("ANALYZE e_abonado")
        self._paso("aplicaciones")
        self._cursor.execute("ANALYZE e_aplicacion")
        self._paso("distribucion_parcial")
        self._numerar_asientos()

    def _numerar_asientos(self) -> None:
        """Take as many entry numbers as there are entries, in a row: checked much faster."""
        self._paso("cuantos_asientos")
        asientos = int(self._cursor.fetchone()[0])
        base = reservar_asientos(self._cursor, max(asientos, 1)) - 1
        self._valores |= {"asientos": asientos, "base_asiento": base}

    def guardar(self, *, nombre: str, sha256: str, archivo_id: int) -> ResultadoImportacion:
        """Post the money, then the statement, its lines, payments and queue; state the fact."""
        self._asentar()
        fila = self._extracto(nombre=nombre, sha256=sha256, archivo_id=archivo_id)
        self._pasos("lineas", "pagos", "guardar_aplicaciones", "creditos", "valores")
        restar_pagos(self._cursor, _pasos_sql()["pagos_de_obligaciones"])
        self._paso("cobrar_comprobantes")
        if self._formato == "camt053":
            self._paso("depositar_anteriores")
        self._acto.declarar(
            ExtractoImportado(
                fila.pk, fila.nombre, fila.canal, fila.sha256, fila.lineas, fila.aplicadas,
                fila.credito_a_favor, fila.por_identificar, fila.duplicadas, fila.rechazadas,
                fila.total, fila.cuadra,
            )
        )  # fmt: skip
        return _resultado(fila, ya_importado=False)

    def _asentar(self) -> None:
        asentar_seleccion(
            self._cursor,
            hecho_id=self._acto.hecho_id,
            fecha=self._acto.fecha,
            asientos=self._texto("asientos"),
            partidas=self._texto("partidas"),
        )
        self._paso("fondos")
        fondos = [Dinero.de_centavos(c) for c in self._cursor.fetchone()]
        if patas := patas_de_distribucion(dict(zip(FONDOS_Y_TERCEROS, fondos, strict=True))):
            asentar(
                acto=self._acto, concepto="distribución",
                origen=("extracto", self._valores["extracto"]), provincia=NACIONAL, patas=patas,
            )  # fmt: skip

    def _extracto(self, *, nombre: str, sha256: str, archivo_id: int) -> Extracto:
        self._paso("totales")
        lineas, *clases, entrado, duplicado, rechazado = self._cursor.fetchone()
        self._paso("asentado")
        asentado = int(self._cursor.fetchone()[0])
        en_dolares = [e for e in self._estados if e.en_dolares]
        leido = sum(e.total_creditos for e in self._estados)
        totales, saldos = (
            all(e.totales_cuadran for e in en_dolares),
            all(e.saldos_cuadran for e in en_dolares),
        )
        d = Dinero.de_centavos
        return Extracto.objects.create(
            id=self._valores["extracto"], archivo_id=archivo_id, nombre=nombre, sha256=sha256,
            formato=self._formato, canal=self._valores["canal"],
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
            base_linea=self._valores["base_linea"], totales_cuadran=totales, saldos_cuadran=saldos,
            cuadra=totales and saldos and asentado == entrado
            and entrado + duplicado + rechazado == leido,
            fecha_importacion=self._acto.fecha, importado_en=Now(),
            importado_por=self._acto.por.nombre, hecho_id=self._acto.hecho_id,
        )  # fmt: skip

    def _tablas_de_la_norma(self) -> None:
        """Order of imputation and admission of partial payments, per date of the file."""
        parametros = cargar_parametros()
        self._cursor.execute("SELECT DISTINCT fecha_transaccion FROM e_linea WHERE rechazo = ''")
        fechas = [fila[0] for fila in self._cursor.fetchall()]
        estados = [(str(e), contable.upper()) for e, contable in ESTADO_CONTABLE.items()]
        ordenes = [
            (fecha, estado, orden.rubro, orden.ordinal)
            for fecha in fechas
            for orden in tabla_de_orden(fecha, parametros)
            for estado, contable in estados
            if orden.estado == contable
        ]
        abonos = [
            (fecha, estado, admite_abono(estado=contable, en=fecha, parametros=parametros))
            for fecha in fechas
            for estado, contable in estados
        ]
        self._tabla("e_orden (fecha date, estado text, rubro text, ordinal int)", ordenes)
        self._tabla("e_abono (fecha date, estado text, admite boolean)", abonos)
        cuentas = cuentas_por_codigo()
        codigos = {"planilla": POR_COBRAR_PLANILLA, "glosa": POR_COBRAR_GLOSA}
        self._tabla(
            "e_cuenta (estado text, cuenta_id bigint)",
            [(str(e), cuentas[codigos[c]]) for e, c in ESTADO_CONTABLE.items()],
        )

    def _tabla(self, forma: str, filas: Sequence[tuple[Any, ...]]) -> None:
        self._cursor.execute(f"CREATE TEMP TABLE {forma} ON COMMIT DROP")
        with self._cursor.copy(f"COPY {forma.split(maxsplit=1)[0]} FROM STDIN") as copia:
            for fila in filas:
                copia.write_row(fila)

    def _reservar(self, tabla: str, n: int) -> int:
        """Reserve n consecutive keys and return the one before the first (imports queue up)."""
        secuencia = f"pg_get_serial_sequence('{tabla}', 'id')"
        self._cursor.execute(
            f"SELECT setval({secuencia}, nextval({secuencia}) + %s) - %s",
            [max(n, 1), max(n, 1)],
        )
        return int(self._cursor.fetchone()[0])

    def _pasos(self, *nombres: str) -> None:
        for nombre in nombres:
            self._paso(nombre)

    def _paso(self, nombre: str) -> None:
        self._cursor.execute(_pasos_sql()[nombre], self._valores)

    def _texto(self, nombre: str) -> str:
        """A SELECT with this import's numbers written in: no value of a user is among them."""
        numeros = {c: v for c, v in self._valores.items() if isinstance(v, int)}
        return _pasos_sql()[nombre] % {**numeros, "nacional": f"'{NACIONAL}'"}


@lru_cache(maxsize=1)
def _pasos_sql() -> dict[str, str]:
    """The steps of `importar_extracto.sql`, by name."""
    texto = (files(__package__) / "importar_extracto.sql").read_text(encoding="utf-8")
    trozos = re.split(r"^-- paso: (\w+)\n", texto, flags=re.MULTILINE)[1:]
    return {
        nombre: cuerpo.strip().removesuffix(";")
        for nombre, cuerpo in zip(trozos[::2], trozos[1::2], strict=True)
    }


def _estado_cobrado(formato: str) -> str:
    """A booked statement proves collection and deposit at once; a notice, only the collection."""
    deposito = formato == "camt053"
    return (EstadoComprobante.DEPOSITADO if deposito else EstadoComprobante.PAGADO).value


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
