"""Scalar = set, on a sample of every batch: the law one by one against what was written."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from recaudo.domain.planillas.batches.ley_de_emision import LeyDelPeriodo
from recaudo.kernel.money import Dinero
from recaudo.norma.aportes import aporte_en_centavos, calcular_base, contribucion_ccc
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.aportes.nucleo import COLUMNAS

#: Lines wanted in a sample; all of them when there are fewer.
MUESTRA = 300

_ORIGENES = """
SELECT l.relacion_id, l.planilla_id, e.tipo_empleador, lower(r.vigencia), upper(r.vigencia),
       r.sueldo, r.sueldo_desde > %(periodo)s,
       (SELECT c.sueldo_anterior FROM afiliacion_cambiosueldo c
         WHERE c.relacion_id = r.id AND c.periodo > %(periodo)s ORDER BY c.periodo, c.id LIMIT 1),
       (SELECT coalesce(sum(n.dias), 0) FROM afiliacion_novedad n WHERE n.relacion_id = r.id
           AND n.periodo = %(periodo)s AND n.tipo = 'MND' AND n.estado = 'registrada')::integer,
       (SELECT coalesce(sum(n.valor), 0) FROM afiliacion_novedad n WHERE n.relacion_id = r.id
           AND n.periodo = %(periodo)s AND n.tipo = 'INS' AND n.estado = 'registrada')::bigint,
       ARRAY[l.dias, l.base, l.personal, l.total, l.ivm, l.lod, l.salud, l.riesgos, l.cesantia,
             l.desempleo, l.ssc, l.gastos_adm]
  FROM (SELECT * FROM {lineas} WHERE mod(relacion_id, %(uno_de)s) = 0) l
  JOIN afiliacion_relacionlaboral r ON r.id = l.relacion_id
  JOIN afiliacion_empleador e ON e.id = r.empleador_id
"""

_CABECERAS = """
SELECT e.tipo_empleador, c.base, c.ccc
  FROM emision_cabecera c JOIN afiliacion_empleador e ON e.id = c.empleador_id
 WHERE c.planilla_id = ANY(%s)
"""


class Origen(NamedTuple):
    """Where a line comes from: the employment and the events of the month, and the line itself."""

    relacion_id: int
    planilla_id: int
    tipo_empleador: str
    desde: date | None
    hasta: date | None
    sueldo_actual: int
    cambio_despues: bool
    sueldo_anterior: int | None
    no_laborados: int
    extras: int
    linea: list[int]


def comparar_muestra(
    cursor: CursorWrapper, ley: LeyDelPeriodo, lineas: str, cuantas: int
) -> tuple[int, int]:
    """Compute a sample of lines and their CCC again by `norma`; return (compared, different)."""
    uno_de = max(1, cuantas // MUESTRA)
    cursor.execute(
        _ORIGENES.format(lineas=lineas), {"periodo": ley.valores["periodo"], "uno_de": uno_de}
    )
    origenes = [Origen(*fila) for fila in cursor.fetchall()]
    diferencias = sum(linea_escalar(ley, origen) != origen.linea for origen in origenes)
    cursor.execute(_CABECERAS, [sorted({origen.planilla_id for origen in origenes})[:MUESTRA]])
    diferencias += sum(ccc != _ccc(ley, tipo, base) for tipo, base, ccc in cursor.fetchall())
    return len(origenes), diferencias


def linea_escalar(ley: LeyDelPeriodo, origen: Origen) -> list[int]:
    """Apply the law to one worker: days, base and every amount, in the line's order."""
    dias = dias_del_periodo(
        periodo=ley.periodo,
        parametros=ley.parametros,
        entrada=origen.desde,
        salida=origen.hasta - timedelta(days=1) if origen.hasta else None,
    )
    dias = max(dias - origen.no_laborados, 0)
    sueldo = origen.sueldo_actual
    if origen.cambio_despues and origen.sueldo_anterior is not None:
        sueldo = origen.sueldo_anterior
    base = calcular_base(
        sueldo=Dinero.de_centavos(sueldo),
        dias=dias,
        extras=Dinero.de_centavos(origen.extras),
        parametros=ley.parametros,
    ).base.centavos
    aporte = aporte_en_centavos(base, ley.tarifas[origen.tipo_empleador])
    importes = (
        importe for columna, importe in zip(COLUMNAS, aporte, strict=True) if columna != "ccc"
    )
    return [dias, base, *importes]


def _ccc(ley: LeyDelPeriodo, tipo: str, base: int) -> int:
    return contribucion_ccc(
        masa_salarial=Dinero.de_centavos(base),
        periodo=ley.periodo,
        tipo_empleador=tipo,
        parametros=ley.parametros,
    ).centavos
