"""Invariants for which the law has to be asked again: interest, imputation, deadlines, seals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from json import loads
from pathlib import Path
from typing import Any, Final

from recaudo.domain.contabilidad.plan_contable import FONDOS, emitido_por_recaudar
from recaudo.domain.contabilidad.queries import SUMAS, verificar_sellos
from recaudo.domain.obligaciones.catalogo import clases, rubro_de
from recaudo.domain.obligaciones.plan_contable import cuenta_por_cobrar
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.infra.security.segregacion import PARES
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.imputacion.pagos import tabla_de_orden
from recaudo.norma.mora.factores import FactorMora, tabla_de_factores
from recaudo.norma.mora.reglas import Regla, regla_de_interes
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros
from recaudo.norma.plazos.calendario import Calendario, cargar_calendario
from recaudo.norma.plazos.extracto import dias_para_aclarar
from recaudo.norma.plazos.plazo import Suspension, contar_plazo
from recaudo.norma.plazos.reglas import Obligado, Unidad

Fila = Mapping[str, Any]
_SQL: Final = Path(__file__).parent / "sql"
_UN_DIA: Final = timedelta(days=1)
#: The funds whose share of a debt of the mass is a column.
FONDOS_EN_COLUMNA: Final = tuple(codigo.lower() for codigo, _ in FONDOS)


def _leer(nombre: str) -> str:
    return (_SQL / f"{nombre}.sql").read_text(encoding="utf-8")


_FUERA_DE_ORDEN: Final = _leer("D19")
_LIQUIDADO: Final = _leer("D20_liquidado")
_INTERESES: Final = _leer("D20").format(liquidado=f"({_LIQUIDADO})")
_CORTES: Final = f"SELECT DISTINCT regla, corte, desde FROM ({_LIQUIDADO}) x ORDER BY 1, 2, 3"  # noqa: S608 - own text
_CARTERA: Final = _leer("D24")
_POR_COBRAR: Final = _leer("D28").format(
    sumas=SUMAS,
    nacido=", ".join(f"sum(o.{f}) AS {f}" for f in FONDOS_EN_COLUMNA),
    suma_nacido=", ".join(f"sum({f}) AS {f}" for f in FONDOS_EN_COLUMNA),
    aplicado=", ".join(f"coalesce(sum({f}), 0) AS {f}" for f in FONDOS_EN_COLUMNA),
    queda=", ".join(f"('{f.upper()}', n.{f} - p.{f})" for f in FONDOS_EN_COLUMNA),
)
_JSON: Final = ("cantones", "habiles", "inhabiles", "dudosos", "suspensiones")
_PLAZOS: Final = """
SELECT t.id, t.desde, t.cantidad, t.unidad, t.obligado, t.suspensiones, t.vence, t.vence_min,
       t.vence_max, t.cantones, t.habiles, t.inhabiles, t.dudosos, t.calendario_version,
       t.origen_tipo, n.recibida_el
  FROM plazos_plazo t
  LEFT JOIN notificaciones_notificacion n
         ON t.origen_tipo = 'notificacion' AND n.id = t.origen_id AND n.estado = 'recibida'
 ORDER BY t.id
"""


_CARGOS: Final = """
SELECT a.usuario_id AS usuario, a.rol, b.rol AS otro, par.clave,
       greatest(a.desde, b.desde) AS desde
  FROM unnest(%s::text[], %s::text[], %s::text[]) AS par(uno, otro, clave)
  JOIN security_asignacion a ON a.rol = par.uno
  JOIN security_asignacion b ON b.rol = par.otro AND b.usuario_id = a.usuario_id
 WHERE daterange(a.desde, a.hasta) && daterange(b.desde, b.hasta)
 ORDER BY 1, 2, 3
"""


def sellos_rotos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D12: seals whose SHA-256, recomputed from the live ledger, is another."""
    return [
        {"sello": s.sello_id, "lote": s.lote, "desde": s.desde_id, "hasta": s.hasta_id,
         "motivo": s.motivo}
        for s in verificar_sellos(cursor)
    ]  # fmt: skip


_DEBITOS_VIEJOS: Final = """
WITH hoy AS (SELECT coalesce((SELECT max(fecha) FROM cartera_diacerrado),
                             (SELECT max(fecha) FROM audit_hecho)) AS fecha)
SELECT l.id AS debito, l.fecha_contable, l.importe, hoy.fecha - l.fecha_contable AS dias
  FROM recaudacion_lineaextracto l CROSS JOIN hoy
 WHERE l.resultado = 'CARGO' AND l.fecha_contable + %(dias)s < hoy.fecha
   AND l.importe > coalesce((SELECT sum(r.importe) FROM recaudacion_reversobancario r
                              WHERE r.cargo_id = l.id), 0)
                 + coalesce((SELECT sum(a.importe) FROM recaudacion_aclaraciondecargo a
                              WHERE a.cargo_id = l.id AND a.estado = 'aprobada'
                                AND a.destino <> 'REVERSO'), 0)
 ORDER BY l.fecha_contable, l.id
"""


def debitos_viejos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D30: debits of the bank that nobody has cleared up in the days that the parameter gives."""
    cursor.execute("SELECT max(fecha) FROM audit_hecho")
    hoy = cursor.fetchone()[0]
    if hoy is None:
        return []
    dias = dias_para_aclarar(en=hoy, parametros=cargar_parametros())
    cursor.execute(_DEBITOS_VIEJOS, {"dias": dias})
    return _filas(cursor)


def cargos_que_se_cruzan(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S04: persons who held, on some same day, two offices that never meet."""
    pares = sorted(
        (uno, otro, par.clave) for par in PARES for uno in par.unos for otro in par.otros
    )
    unos, otros, claves = (list(columna) for columna in zip(*pares, strict=True))
    cursor.execute(_CARGOS, [unos, otros, claves])
    return _filas(cursor)


def por_cobrar_distinto(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D28: accounts whose balance, rubro by state and fund by fund, is not what the debts owe."""
    prefijo = emitido_por_recaudar("")
    cursor.execute(_POR_COBRAR, _cuentas_de() | {"prefijo": prefijo, "emitido": f"{prefijo}%"})
    return _filas(cursor)


def cartera_distinta(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D24: accounts of the portfolio whose balance in a province is not what is owed there."""
    cursor.execute(_CARTERA, _cuentas_de())
    return _filas(cursor)


def _cuentas_de() -> dict[str, Any]:
    """Return, as columns, in which account each rubro of each class stands in each state."""
    filas = [
        (clase.id, estado, rubro, rubro_de(rubro).columna, cuenta_por_cobrar(rubro, contable))
        for clase in clases().values()
        for estado, contable in clase.estados.items()
        for rubro in clase.rubros
    ]
    columnas = ("clases", "estados", "rubros", "columnas", "cuentas")
    return {nombre: [fila[i] for fila in filas] for i, nombre in enumerate(columnas)}


def imputacion_fuera_de_orden(cursor: Any, desde: int) -> Sequence[Fila]:
    """D19: payments that paid a later item while an earlier one was still owed."""
    cursor.execute("SELECT DISTINCT fecha_pago FROM recaudacion_pago WHERE hecho_id > %s", [desde])
    parametros = cargar_parametros()
    orden = [
        (fecha, fila.estado, fila.rubro, fila.ordinal)
        for (fecha,) in cursor.fetchall()
        for fila in tabla_de_orden(fecha, parametros)
    ]
    columnas = ("fechas", "estados", "rubros", "ordinales")
    valores = {nombre: [fila[n] for fila in orden] for n, nombre in enumerate(columnas)}
    cursor.execute(_FUERA_DE_ORDEN, {"desde": desde, **valores})
    return _filas(cursor)


def intereses_distintos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """D20: interest of a comprobante, a payment or a glosa that the law gives differently."""
    reglas = _reglas()
    valores: dict[str, Any] = {"clases": list(reglas), "reglas": list(reglas.values())}
    cursor.execute(_CORTES, valores)
    por_corte: dict[tuple[str, date], list[date]] = defaultdict(list)
    for regla, corte, desde in cursor.fetchall():
        por_corte[regla, corte].append(desde)
    factores = [
        (regla, corte, factor)
        for (regla, corte), inicios in por_corte.items()
        for factor in _factores(Regla(regla), corte, inicios)
    ]
    cursor.execute(
        _INTERESES,
        {
            **valores,
            "cuales": [regla for regla, _, _ in factores],
            "cortes": [corte for _, corte, _ in factores],
            "desdes": [f.vencimiento for _, _, f in factores],
            "numeradores": [f.numerador for _, _, f in factores],
            "denominadores": [f.denominador for _, _, f in factores],
        },
    )
    return _filas(cursor)


def _reglas() -> dict[str, str]:
    """Rule of interest of each class whose rubros all have the same one."""
    parametros = cargar_parametros()
    en = parametros.historia("mora.reglas")[-1].vigencia.desde or date.min
    una: dict[str, str] = {}
    for clase in clases().values():
        reglas = {
            regla_de_interes(clase=clase, rubro=rubro, en=en, parametros=parametros).value
            for rubro in clase.rubros
        }
        if len(reglas) == 1:
            una[clase.id] = reglas.pop()
    return una


def _factores(regla: Regla, corte: date, inicios: list[date]) -> Sequence[FactorMora]:
    """Factors of one liquidation date; a month without rate only has those not yet in arrears."""
    parametros, tasas = cargar_parametros(), tabla_de_tasas()
    if regla is Regla.NINGUNA:
        return [
            FactorMora(
                vencimiento=inicio, numerador=0, denominador=1, dias=0, tasa=None,
                estado_verificacion=EstadoVerificacion.VERIFICADO,
            )
            for inicio in sorted(set(inicios))
        ]  # fmt: skip

    def tabla(vencimientos: list[date]) -> tuple[FactorMora, ...]:
        return tabla_de_factores(
            corte=corte, vencimientos=vencimientos, parametros=parametros, regla=regla, tasas=tasas
        )

    try:
        return tabla(inicios)
    except Rechazo:
        al_dia = [inicio for inicio in inicios if inicio >= corte]
        return tabla(al_dia) if al_dia else ()


def plazos_distintos(cursor: Any, _desde: int) -> Sequence[Fila]:
    """P03: deadlines that, counted again (a término, from a proven notice), end on another day.

    With the calendar they were counted with, they are counted whole; with an older one, the stored
    days themselves must be a count (every day accounted for, the last one is the due day).
    """
    cursor.execute(_PLAZOS)
    calendario = cargar_calendario()
    contados = [fila | {clave: loads(fila[clave]) for clave in _JSON} for fila in _filas(cursor)]
    return [
        {"plazo": fila["id"], "vence": fila["vence"], "notificado": fila["recibida_el"]}
        for fila in contados
        if not (_desde_su_prueba(fila) and _bien_contado(fila, calendario))
    ]


def _desde_su_prueba(fila: Fila) -> bool:
    """What runs from a notice runs from the date of its proof."""
    return bool(fila["origen_tipo"] != "notificacion" or fila["recibida_el"] == fila["desde"])


def _bien_contado(fila: Fila, calendario: Calendario) -> bool:
    es_termino = fila["unidad"] == Unidad.HABILES
    if es_termino and fila["calendario_version"] != calendario.version:
        return _dia_por_dia(fila)
    contado = contar_plazo(
        unidad=Unidad(fila["unidad"]),
        obligado=Obligado(fila["obligado"]),
        desde=fila["desde"],
        cantidad=fila["cantidad"],
        cantones=frozenset(fila["cantones"]),
        calendario=calendario,
        suspensiones=[
            Suspension(date.fromisoformat(d), date.fromisoformat(h) if h else None)
            for d, h in fila["suspensiones"]
        ],
    )
    return (
        contado.vence, contado.vence_min, contado.vence_max,
        [d.isoformat() for d in contado.habiles], [d.fecha.isoformat() for d in contado.dudosos],
    ) == (
        fila["vence"], fila["vence_min"], fila["vence_max"],
        fila["habiles"], [d["fecha"] for d in fila["dudosos"]],
    )  # fmt: skip


def _dia_por_dia(fila: Fila) -> bool:
    """Whether the stored days are all there are, and the last one that counts is the last day."""
    habiles = [date.fromisoformat(d) for d in fila["habiles"]]
    inhabiles = [date.fromisoformat(d["fecha"]) for d in fila["inhabiles"]]
    todos = sorted(habiles + inhabiles)
    primero = fila["desde"] + _UN_DIA
    if todos != [primero + _UN_DIA * n for n in range(len(todos))]:
        return False
    if fila["vence"] is None:
        return len(habiles) < int(fila["cantidad"])
    return [len(habiles), *habiles[-1:]] == [fila["cantidad"], fila["vence_max"]]


def _filas(cursor: Any) -> list[dict[str, Any]]:
    columnas = [c.name for c in cursor.description]
    return [dict(zip(columnas, fila, strict=True)) for fila in cursor.fetchall()]
