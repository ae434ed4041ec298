"""Create many debts at once."""

from django.db.backends.utils import CursorWrapper

from recaudo.domain.obligaciones.states import EstadoObligacion


def crear_obligaciones(cursor: CursorWrapper, seleccion: str) -> int:
    """Create the debts that a SELECT yields, with nothing paid yet; return how many.

    The columns: id, empleador_id, sucursal_id, provincia, clase, periodo (AAAAMM), version, lote,
    fecha_emision, fecha_vencimiento, personal, patronal, ccc (cents), estado_verificacion. The id
    comes from the table's own sequence. Whoever creates debt creates it here (C.D. 497 DG 8.ª).
    """
    cursor.execute(
        "INSERT INTO obligaciones_obligacion (id, empleador_id, sucursal_id, provincia, clase, "  # noqa: S608
        "naturaleza, periodo, version, lote, fecha_emision, fecha_vencimiento, "
        "capital_personal, capital_patronal, capital_ccc, "
        "saldo_personal, saldo_patronal, saldo_ccc, "
        "estado, estado_verificacion) "
        "SELECT s.id, s.empleador_id, s.sucursal_id, s.provincia, s.clase, "
        "'CONTRIBUCION', s.periodo, s.version, "
        "s.lote, s.fecha_emision, s.fecha_vencimiento, s.personal, s.patronal, s.ccc, "
        "s.personal, s.patronal, s.ccc, %s, s.estado_verificacion "
        f"FROM ({seleccion}) AS s (id, empleador_id, sucursal_id, provincia, clase, periodo, "
        "version, lote, fecha_emision, fecha_vencimiento, personal, patronal, ccc, "
        "estado_verificacion)",
        [EstadoObligacion.EMITIDA.value],
    )
    return int(cursor.rowcount)
