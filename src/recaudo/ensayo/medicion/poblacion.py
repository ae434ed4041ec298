"""A country of employers and workers, made by set statements in a moment; nobody in it is real.

At scale 1: 500 000 employers (Zipf sizes, most of one to four workers, the largest 30 000), about
3.4 million employments, 5 % of them entering or leaving in the month, 12 % with events.
"""

from inspect import getsource
from sys import modules
from typing import Any

from django.db import connection

from recaudo.domain.afiliacion.batches.cargar_padron import cargar_padron
from recaudo.ensayo.medicion.base_de_medida import clave_de, preparar_casa
from recaudo.kernel.period import Periodo

PERIODO = Periodo(2026, 9)
EMPLEADORES = 500_000
IGUALES = 5

_TAMANIOS_DEL_PAIS = """
CREATE TEMP TABLE tamanio AS
SELECT i AS empleador,
       greatest(1, least(30000, floor(1.13 * k.c * power(i, -0.8))))::int AS cuantos
  FROM generate_series(1, %(empleadores)s) i,
       (SELECT 6.8 * %(empleadores)s / sum(power(j, -0.8)) AS c
          FROM generate_series(1, %(empleadores)s) j) k
"""
_TAMANIOS_IGUALES = """
CREATE TEMP TABLE tamanio AS
SELECT i AS empleador, %(trabajadores)s::int AS cuantos FROM generate_series(1, %(empleadores)s) i
"""

#: What the room `afiliacion` loads, one SELECT per table.
_PADRON = {
    "afiliacion_empleador": """
SELECT i, (2090000000 + i)::text || '001', 'Empleador ' || i, 'empleador ' || i,
       CASE WHEN i %% 50 = 0 THEN 'PUBLICO' WHEN i %% 7 = 0 THEN 'DOMESTICO'
            WHEN i %% 3 = 0 THEN 'PRIV_SOCIEDAD' ELSE 'PRIV_NATURAL' END,
       lpad((1 + i %% 24)::text, 2, '0') || '01'
  FROM generate_series(1, %(empleadores)s) i
""",
    "afiliacion_sucursal": """
SELECT i, i, '0001', 'Matriz', lpad((1 + i %% 24)::text, 2, '0') || '01',
       lpad((1 + i %% 24)::text, 2, '0')
  FROM generate_series(1, %(empleadores)s) i
""",
    "afiliacion_persona": """
SELECT i, (2050000000 + i)::text, 'Persona ' || i
  FROM generate_series(1, (SELECT sum(cuantos) FROM tamanio)) i
""",
    "afiliacion_relacionlaboral": """
SELECT n, empleador, empleador, n,
       CASE n %% 40 WHEN 0 THEN daterange(%(primero)s::date + (n %% 28)::int, NULL)
                   WHEN 1 THEN daterange(DATE '2024-01-01', %(primero)s::date + (1 + n %% 28)::int)
                   ELSE daterange(DATE '2024-01-01', NULL) END,
       48200 + (n * 7919) %% 150000, 202401
  FROM (SELECT empleador, row_number() OVER (ORDER BY empleador) AS n
          FROM tamanio, generate_series(1, cuantos)) r
""",
    "afiliacion_novedad": """
SELECT CASE WHEN id %% 24 = 0 THEN 'MND' ELSE 'INS' END, empleador_id, sucursal_id, persona_id, id,
       %(periodo)s, %(primero)s::date,
       CASE WHEN id %% 24 = 0 THEN NULL ELSE 1000 + id %% 20000 END,
       CASE WHEN id %% 24 = 0 THEN id %% 7 END
  FROM afiliacion_relacionlaboral WHERE id %% 8 = 0
""",
}


def clave_de_poblacion(escala: float) -> str:
    """Name what `poblar` makes: it changes with the scale, this file and the room's tables."""
    return clave_de(str(escala), getsource(modules[__name__]))


def poblar(escala: float) -> None:
    """Migrate the empty database of the default connection and fill it at a scale."""
    _poblar(_TAMANIOS_DEL_PAIS, {"empleadores": max(1, round(EMPLEADORES * escala))})


def poblar_iguales(trabajadores: int, *, empleadores: int = IGUALES) -> None:
    """Migrate it and fill it with employers of the same number of workers, a few by default."""
    _poblar(_TAMANIOS_IGUALES, {"empleadores": empleadores, "trabajadores": trabajadores})


def rucs_de_iguales() -> list[str]:
    """Return the RUC of each employer of `poblar_iguales`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ruc FROM afiliacion_empleador ORDER BY id")
        return [fila[0] for fila in cursor.fetchall()]


def _poblar(tamanios: str, valores: dict[str, int]) -> None:
    preparar_casa()
    todos: dict[str, Any] = {
        **valores,
        "primero": PERIODO.primer_dia,
        "periodo": PERIODO.anio * 100 + PERIODO.mes,
    }
    with connection.cursor() as cursor:
        cursor.execute(tamanios, todos)
        cargar_padron(cursor, _PADRON, todos)
        cursor.execute("VACUUM ANALYZE")
