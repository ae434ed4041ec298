"""The set-based steps that emit glosas: numbers, texts, documents, ledger, notices.

Two forms of one emission: the planillas of the monthly mass, whose rubros are columns, and debts of
any other class, rubro by rubro, of employers or of persons.
"""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from recaudo.domain.cartera.batches.factores_de_glosa import (
    TABLA,
    Fila,
    Grupo,
    clases_con_glosa,
    clases_de_la_masa,
    regla_de_la_clase,
)
from recaudo.domain.cartera.documents.glosa_por_rubros import FONDOS_DE_GLOSA, modelo_por_rubros
from recaudo.domain.cartera.documents.notificacion_de_glosa import (
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
from recaudo.domain.obligaciones.catalogo import RUBROS_ANCHOS, clase_de, estado_contable
from recaudo.domain.obligaciones.plan_contable import cuenta_por_cobrar
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.carga import PasosSql, tabla_temporal
from recaudo.infra.documents.bloques import Bloques
from recaudo.infra.documents.congelado import congelar_muchos
from recaudo.infra.documents.numeracion import CIFRAS, reservar_numeros
from recaudo.kernel.money import Dinero
from recaudo.norma.catalogos.obligaciones import rubros
from recaudo.norma.parametros import cargar_parametros

_AQUI: Final = Path(__file__).parent
_SELECCION: Final = (_AQUI / "emitir_glosas_seleccion.sql").read_text(encoding="utf-8")
_CONTENIDO: Final = (_AQUI / "emitir_glosas_contenido.sql").read_text(encoding="utf-8")
_POR_RUBROS: Final = _AQUI / "emitir_glosas_por_rubros.sql"
_FONDOS: Final = ", ".join(
    f"c.{c} AS fondo_{c}, c.{c} <> 0 AS tiene_{c}" for c in (codigo.lower() for codigo, _ in FONDOS)
)
#: A debt of the mass as its planilla was emitted: any other goes rubro by rubro.
ES_MASA: Final = (
    "(o.clase = ANY(%(masa)s) AND o.sucursal_id IS NOT NULL AND o.periodo IS NOT NULL "
    "AND o.empleador_id IS NOT NULL AND o.capital_otros = 0 AND o.interes_hasta IS NULL "
    "AND o.interes_abonado = 0)"
)
CANAL: Final = "CASILLERO"
_GRUPOS = f"""
SELECT clase, fecha_vencimiento, greatest(fecha_vencimiento, interes_hasta), estado_verificacion,
       NOT {ES_MASA}, persona_id IS NOT NULL, count(*)
  FROM obligaciones_obligacion o
 WHERE estado = 'en_mora' AND fecha_vencimiento < %(fecha)s AND clase = ANY(%(clases)s)
 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608 - our own text
_GLOSAS = """
INSERT INTO cartera_glosa (id, numero, obligacion_id, empleador_id, persona_id, provincia,
    fecha_emision, capital, interes, traza_interes, documento_id, estado, estado_verificacion,
    hecho_id)
SELECT materia_id, numero, obligacion_id, empleador_id, {persona}, provincia, %s, capital, interes,
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


def grupos_en_mora(cursor: CursorWrapper, *, antes_de: date) -> list[Grupo]:
    """Return the debts in arrears of the classes that need a glosa, by what they bear."""
    cursor.execute(
        _GRUPOS,
        {"fecha": antes_de, "clases": clases_con_glosa(), "masa": clases_de_la_masa()},
    )
    return [Grupo(*fila) for fila in cursor.fetchall()]


def escribir_glosas(
    cursor: CursorWrapper, a: ActoAbierto, filas: list[Fila], grupos: Collection[Grupo]
) -> tuple[int, Dinero, Dinero]:
    """Emit a glosa for each debt in arrears of `grupos` that has its factor, inside the open act.

    `filas` are those of `factores_de_mora`. Returns how many, their capital and interest in USD.
    """
    tabla_temporal(cursor, TABLA, filas)
    de_la_masa = any(not g.por_rubros for g in grupos)
    de_otras = sorted({g.de_persona for g in grupos if g.por_rubros})
    hechas = []
    if de_otras:
        pasos = _pasos_por_rubros(cursor, a.fecha, sorted({g.clase for g in grupos}))
        pasos("bloquear")
        hechas = [_por_rubros(cursor, a, pasos, de_persona=persona) for persona in de_otras]
    if de_la_masa:
        hechas.append(_de_la_masa(cursor, a))
    cuantas, capital, interes = (sum(columna) for columna in zip(*hechas, strict=True))
    return cuantas, Dinero.de_centavos(capital), Dinero.de_centavos(interes)


def _de_la_masa(cursor: CursorWrapper, a: ActoAbierto) -> tuple[int, int, int]:
    _olvidar(cursor)
    cursor.execute(_SELECCION.format(es_masa=ES_MASA), {"masa": clases_de_la_masa()})
    _numerar(cursor, a.fecha)
    cursor.execute(_CONTENIDO.format(fondos=_FONDOS), _valores(a.fecha))
    cuentas = cuentas_por_codigo()
    modelo = modelo_de_notificacion(dias_de_termino=_termino(a.fecha), hasta=a.fecha)
    _escribir(cursor, a, modelo, persona="NULL::bigint")
    _asentar(
        cursor, a,
        _PARTIDAS.replace("{glosa}", str(cuentas[POR_COBRAR_GLOSA])).replace(
            "{planilla}", str(cuentas[POR_COBRAR_PLANILLA])
        ),
    )  # fmt: skip
    return _notificar(cursor, a)


def _por_rubros(
    cursor: CursorWrapper, a: ActoAbierto, pasos: PasosSql, *, de_persona: bool
) -> tuple[int, int, int]:
    _olvidar(cursor)
    pasos.valores |= {
        "de_persona": de_persona,
        "destinatario": "PERSONA" if de_persona else "EMPLEADOR",
    }
    pasos("seleccion")
    _numerar(cursor, a.fecha)
    pasos("rubros", "fondos", "contenido")
    modelo = modelo_por_rubros(
        de_persona=de_persona, dias_de_termino=_termino(a.fecha), hasta=a.fecha
    )
    _escribir(cursor, a, modelo, persona="persona_id")
    _asentar(cursor, a, pasos.texto("partidas", primero="{primero}"))
    return _notificar(cursor, a)


def _olvidar(cursor: CursorWrapper) -> None:
    cursor.execute(
        "DROP TABLE IF EXISTS pg_temp.glosa_base, pg_temp.glosa_nueva, pg_temp.glosa_rubro, "
        "pg_temp.glosa_fondo"
    )


def _pasos_por_rubros(cursor: CursorWrapper, fecha: date, usadas: Sequence[str]) -> PasosSql:
    """Return the statements of the form by rubros, with the catalogue written into them."""
    tabla_temporal(
        cursor,
        "glosa_cuenta (clase text, rubro text, causa boolean, de_cuenta bigint, a_cuenta bigint)",
        _cuentas(usadas, fecha),
    )
    de_rubro = [codigo.lower() for codigo in rubros()]
    de_fondo = [codigo.lower() for codigo, _ in FONDOS_DE_GLOSA]
    anchos = [codigo.lower() for codigo, _ in FONDOS]
    suma = "coalesce(sum(saldo) FILTER (WHERE {que} = '{codigo}'), 0)::bigint AS {nombre}"
    nombres = {
        "es_masa": ES_MASA,
        "primero": "{primero}",
        "anchos": ", ".join(f"('{rubro}', o.saldo_{columna})" for rubro, columna in RUBROS_ANCHOS),
        "fondos_anchos": ", ".join(f"('{c.upper()}', o.{c})" for c in anchos),
        "rubros": ", ".join(
            suma.format(que="rubro", codigo=c.upper(), nombre=f"rubro_{c}") for c in de_rubro
        ),
        "fondos": ", ".join(
            suma.format(que="fondo", codigo=c.upper(), nombre=f"fondo_{c}") for c in de_fondo
        ),
        "nombres_de_rubros": ", ".join(f"r.rubro_{c}" for c in de_rubro),
        "nombres_de_fondos": ", ".join(f"coalesce(d.fondo_{c}, 0) AS fondo_{c}" for c in de_fondo),
        "de_rubros": ", ".join(
            f"c.rubro_{c}, c.rubro_{c} <> 0 AS tiene_rubro_{c}" for c in de_rubro
        ),
        "de_fondos": ", ".join(
            f"c.fondo_{c}, c.fondo_{c} <> 0 AS tiene_fondo_{c}" for c in de_fondo
        ),
    }
    valores = {"masa": clases_de_la_masa(), **_valores(fecha)}
    return PasosSql(cursor, _POR_RUBROS, valores, nombres)


def _cuentas(usadas: Sequence[str], fecha: date) -> list[tuple[str, str, bool, int, int]]:
    """Each rubro of each class: whether it bears interest, the account it leaves and the next."""
    por_codigo = cuentas_por_codigo()
    filas = []
    for codigo in usadas:
        clase = clase_de(codigo)
        _, causan = regla_de_la_clase(clase, corte=fecha)
        antes = estado_contable(codigo, EstadoObligacion.EN_MORA)
        despues = estado_contable(codigo, EstadoObligacion.EN_GLOSA)
        filas += [
            (
                codigo, rubro, rubro in causan, por_codigo[cuenta_por_cobrar(rubro, antes)],
                por_codigo[cuenta_por_cobrar(rubro, despues)],
            )
            for rubro in clase.rubros
        ]  # fmt: skip
    return filas


def _valores(fecha: date) -> dict[str, Any]:
    return {"anio": str(fecha.year), "cifras": CIFRAS, "titulo": NOTIFICACION_DE_GLOSA.titulo}


def _termino(fecha: date) -> int:
    return cargar_parametros().vigente("glosa.dias_de_termino", en=fecha).entero


def _numerar(cursor: CursorWrapper, fecha: date) -> None:
    """Reserve each province's numbers, in the order of the provinces (no deadlock, no gap)."""
    cursor.execute("SELECT provincia, count(*) FROM glosa_base GROUP BY 1 ORDER BY 1")
    cuantas = cursor.fetchall()
    serie = NOTIFICACION_DE_GLOSA.serie
    primeros = [(p, reservar_numeros(serie, p, fecha.year, n)) for p, n in cuantas]
    tabla_temporal(cursor, "glosa_numero (provincia text, primero bigint)", primeros)


def _escribir(cursor: CursorWrapper, a: ActoAbierto, modelo: Bloques, *, persona: str) -> None:
    cursor.execute("ANALYZE glosa_nueva")
    congelar_muchos(acto=a, tipo=NOTIFICACION_DE_GLOSA, modelo=modelo, tabla="glosa_nueva")
    cursor.execute(_GLOSAS.format(persona=persona), [a.fecha, a.hecho_id])


def _asentar(cursor: CursorWrapper, a: ActoAbierto, partidas: str) -> None:
    """Move each capital to its account in glosa (C.D. 497 DG 7.ª), one entry per glosa."""
    cursor.execute("SELECT count(*) FROM glosa_nueva")
    primero = reservar_asientos(cursor, cursor.fetchone()[0])
    asentar_seleccion(
        cursor,
        hecho_id=a.hecho_id,
        fecha=a.fecha,
        asientos=_ASIENTOS.format(primero=primero),
        partidas=partidas.format(primero=primero),
    )


def _notificar(cursor: CursorWrapper, a: ActoAbierto) -> tuple[int, int, int]:
    """Move the debts, send the notices and count: how many, capital and interest in cents."""
    cambiar_estado(cursor, "glosa_nueva", EstadoObligacion.EN_GLOSA)
    enviar_notificaciones(
        tabla="glosa_nueva", materia_tipo=MATERIA, canal=CANAL, fecha=a.fecha, por=a.por
    )
    cursor.execute(
        "SELECT count(*), coalesce(sum(capital), 0)::bigint, coalesce(sum(interes), 0)::bigint"
        " FROM glosa_nueva"
    )
    cuantas, capital, interes = cursor.fetchone()
    return int(cuantas), int(capital), int(interes)
