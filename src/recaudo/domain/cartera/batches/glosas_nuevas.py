"""The set-based steps that emit glosas: factors, numbers, texts, documents, ledger, notices."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTAS,
    NOTIFICACION_DE_GLOSA,
    modelo_de_notificacion,
)
from recaudo.domain.cartera.policy import MATERIA
from recaudo.domain.contabilidad.batches.asentar_seleccion import (
    asentar_seleccion,
    reservar_asientos,
)
from recaudo.domain.contabilidad.plan_contable import (
    FONDOS,
    POR_COBRAR_GLOSA,
    POR_COBRAR_PLANILLA,
)
from recaudo.domain.contabilidad.queries import cuentas_por_codigo
from recaudo.domain.notificaciones.actions.enviar_notificaciones import enviar_notificaciones
from recaudo.domain.obligaciones.batches.cambiar_estado import cambiar_estado
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import tabla_temporal
from recaudo.infra.documents.congelado import congelar_muchos
from recaudo.infra.documents.numeracion import CIFRAS, reservar_numeros
from recaudo.infra.documents.trazas import celdas_de_paso
from recaudo.kernel.money import Dinero
from recaudo.norma.mora.factores import FactorMora, tabla_de_factores
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.mora.tasas import TablaTasas, TasaProvisional, TasaSinDatos
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros, peor_estado

_AQUI: Final = Path(__file__).parent
_SELECCION: Final = (_AQUI / "emitir_glosas_seleccion.sql").read_text(encoding="utf-8")
_CONTENIDO: Final = (_AQUI / "emitir_glosas_contenido.sql").read_text(encoding="utf-8")
_FONDOS: Final = ", ".join(
    f"c.{c} AS fondo_{c}, c.{c} <> 0 AS tiene_{c}" for c in (codigo.lower() for codigo, _ in FONDOS)
)
CANAL: Final = "CASILLERO"
CONCEPTO: Final = "APORTES"
_FACTORES = """glosa_factor (vencimiento date, estado_obligacion text, numerador numeric,
    denominador numeric, dias integer, tasa text, estado text, nota text, traza jsonb,
    inicio jsonb, final jsonb, escrita jsonb, escrito_inicio jsonb, escrito_final jsonb)"""
_GLOSAS = """
INSERT INTO cartera_glosa (id, numero, obligacion_id, empleador_id, provincia, fecha_emision,
    capital, interes, traza_interes, documento_id, estado, estado_verificacion, hecho_id)
SELECT materia_id, numero, obligacion_id, empleador_id, provincia, %s, capital, interes,
       traza_interes, documento_id, 'en_espera_de_notificacion', estado, %s
  FROM glosa_nueva ORDER BY materia_id
"""
_ASIENTOS = """
SELECT {primero} + posicion, 'GLOSA', 'glosa', materia_id, provincia FROM glosa_nueva
"""
_PARTIDAS = """
SELECT {primero} + posicion, 1, {glosa}, capital, 0, obligacion_id FROM glosa_nueva
UNION ALL
SELECT {primero} + posicion, 2, {planilla}, 0, capital, obligacion_id FROM glosa_nueva
"""
Grupo = tuple[date, str, int]
Fila = tuple[date | int | str, ...]


def factores_de_mora(
    grupos: Iterable[Grupo], corte: date, tasas: TablaTasas
) -> tuple[list[Fila], int, str]:
    """Turn each due date into its factor and its reasons; count what has no rate, and why.

    `grupos` are (due date, mark of verification, how many debts). The factors go to `corte`.
    """
    filas: list[Fila] = []
    sin_tasa, motivo = 0, ""
    parametros = cargar_parametros()
    for vencimiento, estado_obligacion, cuantas in grupos:
        try:
            (factor,) = tabla_de_factores(
                corte=corte,
                vencimientos=[vencimiento],
                parametros=parametros,
                concepto=CONCEPTO,
                tasas=tasas,
            )
            razones = calcular_interes(
                capital=Dinero.CERO,
                vencimiento=vencimiento,
                corte=corte,
                parametros=parametros,
                concepto=CONCEPTO,
                tasas=tasas,
            ).traza.como_lista()
        except (TasaSinDatos, TasaProvisional) as falta:
            sin_tasa, motivo = sin_tasa + cuantas, falta.mensaje
            continue
        filas.append(_fila(vencimiento, estado_obligacion, factor, razones))
    return filas, sin_tasa, motivo


def _fila(
    vencimiento: date, estado_obligacion: str, factor: FactorMora, razones: list[dict[str, str]]
) -> Fila:
    """One row of `glosa_factor`. The first and last reasons carry amounts: SQL fills them in."""
    inicio, *medio, final = razones
    estado = peor_estado(EstadoVerificacion(estado_obligacion), factor.estado_verificacion)
    return (
        vencimiento,
        estado_obligacion,
        factor.numerador,
        factor.denominador,
        factor.dias,
        str(factor.tasa or ""),
        estado.value,
        NOTAS[estado.value],
        json.dumps(medio),
        json.dumps(inicio),
        json.dumps(final),
        json.dumps([celdas_de_paso(paso) for paso in medio]),
        json.dumps(celdas_de_paso(inicio)),
        json.dumps(celdas_de_paso(final)),
    )


def escribir_glosas(
    cursor: CursorWrapper, a: ActoAbierto, filas: list[Fila]
) -> tuple[int, Dinero, Dinero]:
    """Emit a glosa for each debt in arrears of a due date in `filas`, inside the open act.

    `filas` are those of `factores_de_mora`. Returns how many, their capital and interest in USD.
    """
    for tabla in ("glosa_base", "glosa_nueva"):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{tabla}")
    tabla_temporal(cursor, _FACTORES, filas)
    cursor.execute(_SELECCION, {"clase": CONCEPTO})
    _numerar(cursor, a.fecha)
    _redactar(cursor, a.fecha)
    termino = cargar_parametros().vigente("glosa.dias_de_termino", en=a.fecha).entero
    congelar_muchos(
        acto=a,
        tipo=NOTIFICACION_DE_GLOSA,
        modelo=modelo_de_notificacion(dias_de_termino=termino, hasta=a.fecha),
        tabla="glosa_nueva",
    )
    cursor.execute(_GLOSAS, [a.fecha, a.hecho_id])
    _asentar(cursor, a)
    cambiar_estado(cursor, "glosa_nueva", EstadoObligacion.EN_GLOSA)
    enviar_notificaciones(
        tabla="glosa_nueva", materia_tipo=MATERIA, canal=CANAL, fecha=a.fecha, por=a.por
    )
    cursor.execute(
        "SELECT count(*), coalesce(sum(capital), 0)::bigint, coalesce(sum(interes), 0)::bigint"
        " FROM glosa_nueva"
    )
    cuantas, capital, interes = cursor.fetchone()
    return int(cuantas), Dinero.de_centavos(capital), Dinero.de_centavos(interes)


def _numerar(cursor: CursorWrapper, fecha: date) -> None:
    """Reserve each province's numbers, in the order of the provinces (no deadlock, no gap)."""
    cursor.execute("SELECT provincia, count(*) FROM glosa_base GROUP BY 1 ORDER BY 1")
    cuantas = cursor.fetchall()
    serie = NOTIFICACION_DE_GLOSA.serie
    primeros = [(p, reservar_numeros(serie, p, fecha.year, n)) for p, n in cuantas]
    tabla_temporal(cursor, "glosa_numero (provincia text, primero bigint)", primeros)


def _redactar(cursor: CursorWrapper, fecha: date) -> None:
    """Build `glosa_nueva`: the rows every next step reads."""
    cursor.execute(
        _CONTENIDO.format(fondos=_FONDOS),
        {"anio": str(fecha.year), "cifras": CIFRAS, "titulo": NOTIFICACION_DE_GLOSA.titulo},
    )
    cursor.execute("ANALYZE glosa_nueva")


def _asentar(cursor: CursorWrapper, a: ActoAbierto) -> None:
    """Move each capital from 1201 to 1202 (C.D. 497 DG 7.ª), one entry per glosa."""
    cursor.execute("SELECT count(*) FROM glosa_nueva")
    primero = reservar_asientos(cursor, cursor.fetchone()[0])
    cuentas = cuentas_por_codigo()
    asentar_seleccion(
        cursor,
        hecho_id=a.hecho_id,
        fecha=a.fecha,
        asientos=_ASIENTOS.format(primero=primero),
        partidas=_PARTIDAS.format(
            primero=primero,
            glosa=cuentas[POR_COBRAR_GLOSA],
            planilla=cuentas[POR_COBRAR_PLANILLA],
        ),
    )
