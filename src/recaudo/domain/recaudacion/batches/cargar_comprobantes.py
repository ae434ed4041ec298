"""Load a comprobante for each debt of a lot of emission at once: a rehearsal or a measure.

No act is opened, no document is frozen and no fact is stated: who needs those makes comprobantes
one by one with `generar_comprobante`. The tables are empty before.
"""

from collections.abc import Iterator
from datetime import date

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.states import EstadoComprobante
from recaudo.infra.carga import copiar, naciendo

_ACTO = "generar_comprobante"
_DEUDAS = """
SELECT id FROM obligaciones_obligacion WHERE lote = %s AND estado = 'emitida' ORDER BY id
"""
_NUMEROS = "CREATE TEMP TABLE comprobante_por_cargar (id bigint, numero text)"
_COMPROBANTES = """
INSERT INTO recaudacion_comprobante (id, numero, empleador_id, fecha_emision, valido_hasta,
       capital, interes, importe, abonado, estado, estado_verificacion, generado_en)
SELECT o.id, n.numero, o.empleador_id, %s, o.fecha_vencimiento,
       saldo_personal + saldo_patronal + saldo_ccc, 0, saldo_personal + saldo_patronal + saldo_ccc,
       0, %s, o.estado_verificacion, now()
  FROM obligaciones_obligacion o JOIN comprobante_por_cargar n USING (id) ORDER BY o.id
"""
_DETALLES = """
INSERT INTO recaudacion_comprobantedetalle (comprobante_id, obligacion_id, orden, interes, personal,
       patronal, ccc, otros, interes_hasta, traza)
SELECT o.id, o.id, 1, 0, saldo_personal, saldo_patronal, saldo_ccc, 0, o.fecha_vencimiento, '[]'
  FROM obligaciones_obligacion o JOIN comprobante_por_cargar n USING (id) ORDER BY o.id
"""


def cargar_comprobantes(
    cursor: CursorWrapper, *, lote: int, fecha: date, numeros: Iterator[str]
) -> int:
    """Make a comprobante of each debt that a lot emitted, as of `fecha`, before it is due.

    Valid until the due date, so without interest (R-COM-02). `numeros` gives the number of each, in
    the order of the debts; it may go on to another lot. Their keys are those of their debts. Inside
    a transaction. Returns how many.
    """
    cursor.execute(_DEUDAS, [lote])
    deudas = [fila[0] for fila in cursor.fetchall()]
    cursor.execute(_NUMEROS)
    filas = [(deuda, next(numeros)) for deuda in deudas]
    copiar(cursor, "comprobante_por_cargar", ("id", "numero"), filas)
    with naciendo(cursor, _ACTO, fecha=fecha):
        cursor.execute(_COMPROBANTES, [fecha, EstadoComprobante.GENERADO.value])
        cursor.execute(_DETALLES)
    cursor.execute("DROP TABLE comprobante_por_cargar")
    for tabla in ("recaudacion_comprobante", "recaudacion_comprobantedetalle"):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{tabla}', 'id'), max(id)) FROM {tabla}"  # noqa: S608 - own names
        )
    return len(deudas)
