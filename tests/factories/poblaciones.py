"""Many employers at once, by set statements: for emissions and payments of some size."""

from django.db import connection

_SENTENCIAS = (
    """
INSERT INTO afiliacion_empleador (ruc, razon_social, clave_orden, tipo_empleador, correo, telefono,
       direccion, representante, canton, es_ficticio, registrado_en)
SELECT (2090000000 + i)::text || '001', 'Empleador ' || i, 'empleador ' || i,
       (ARRAY['PRIV_SOCIEDAD', 'PRIV_NATURAL', 'PUBLICO', 'DOMESTICO'])[1 + i %% 4],
       '', '', '', '', '1701', true, now()
  FROM generate_series(1, %(empleadores)s) i
""",
    """
INSERT INTO afiliacion_sucursal (empleador_id, codigo, nombre, canton, provincia)
SELECT id, '0001', 'Matriz', canton, left(canton, 2) FROM afiliacion_empleador
 WHERE ruc LIKE '209%%' ORDER BY id
""",
    """
INSERT INTO afiliacion_persona (identificacion, nombre)
SELECT '2058' || lpad(i::text, 6, '0'), 'Persona ' || i
  FROM generate_series(1, %(empleadores)s * %(trabajadores)s) i
""",
    """
INSERT INTO afiliacion_relacionlaboral (empleador_id, sucursal_id, persona_id, vigencia, sueldo,
       sueldo_desde, relacion_trabajo, actividad_sectorial, cargo, origen_pago, causa_salida)
SELECT s.empleador_id, s.id, p.id, daterange('2024-01-01', NULL), 48200 + p.n * 7919 %% 100003,
       202401, '06', '', '', 'P', ''
  FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS n FROM afiliacion_sucursal) s
  JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS n FROM afiliacion_persona
         WHERE identificacion LIKE '2058%%') p ON p.n / %(trabajadores)s = s.n
""",
)


def poblar_empleadores(empleadores: int, *, trabajadores: int) -> None:
    """Fill an empty registry with so many employers of so many workers each."""
    with connection.cursor() as cursor:
        for sentencia in _SENTENCIAS:
            cursor.execute(sentencia, {"empleadores": empleadores, "trabajadores": trabajadores})
