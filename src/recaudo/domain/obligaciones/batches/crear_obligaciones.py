"""Create many debts at once."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.states import EstadoObligacion

#: Funds of the monthly mass, as the columns of a debt.
FONDOS = ("ivm", "lod", "salud", "riesgos", "cesantia", "desempleo", "ssc", "gastos_adm")


def crear_obligaciones(cursor: CursorWrapper, seleccion: str) -> int:
    """Create the debts of the monthly mass that a SELECT yields, nothing paid; return how many.

    The columns: id, empleador_id, sucursal_id, provincia, clase, periodo (AAAAMM), version, lote,
    fecha_emision, fecha_vencimiento, personal, patronal, ccc (cents), estado_verificacion, and the
    split of personal + patronal by fund, in the order of FONDOS. The id comes from the table's own
    sequence. The receivable entry is posted by whoever emits, in the same act (C.D. 497 DG 8.ª).
    """
    fondos = ", ".join(FONDOS)
    cursor.execute(
        "INSERT INTO obligaciones_obligacion (id, empleador_id, sucursal_id, provincia, clase, "  # noqa: S608
        "naturaleza, materia_tipo, periodo, version, lote, fecha_emision, fecha_vencimiento, "
        "capital_personal, capital_patronal, capital_ccc, capital_otros, "
        "saldo_personal, saldo_patronal, saldo_ccc, saldo_otros, interes_abonado, "
        f"estado, estado_verificacion, {fondos}) "
        "SELECT s.id, s.empleador_id, s.sucursal_id, s.provincia, s.clase, "
        "'CONTRIBUCION', '', s.periodo, s.version, "
        "s.lote, s.fecha_emision, s.fecha_vencimiento, s.personal, s.patronal, s.ccc, 0, "
        f"s.personal, s.patronal, s.ccc, 0, 0, %s, s.estado_verificacion, {fondos} "
        f"FROM ({seleccion}) AS s (id, empleador_id, sucursal_id, provincia, clase, periodo, "
        "version, lote, fecha_emision, fecha_vencimiento, personal, patronal, ccc, "
        f"estado_verificacion, {fondos})",
        [EstadoObligacion.EMITIDA.value],
    )
    return int(cursor.rowcount)
