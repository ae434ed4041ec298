"""What the ledger's tables refuse by themselves, each guard with its failing twin."""

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.domain.contabilidad.batches.particion_masiva import (
    abrir_particion,
    adjuntar_particion,
    indexar_particion,
    llenar_particion,
)
from recaudo.domain.planillas.models import Planilla
from tests.domain.guardas import passes_without, refused
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import HOY, emitir, en_un_acto

pytestmark = pytest.mark.django_db

_ASIENTO = (
    "INSERT INTO contabilidad_asiento (lote, id, fecha, concepto, origen_tipo, origen_id, "
    "provincia, hecho_id) VALUES (0, {id}, '2026-10-05', 'PRUEBA', 'prueba', 1, '17', 1);"
)
_PARTIDA = (
    "INSERT INTO contabilidad_partida (lote, asiento_id, linea, cuenta_id, debe, haber) "
    "SELECT 0, {id}, {linea}, id, {debe}, {haber} FROM contabilidad_cuenta WHERE codigo = '1101';"
)
_AL_CONFIRMAR = "SET CONSTRAINTS ALL IMMEDIATE;"
_AL_FINAL = "SET CONSTRAINTS ALL DEFERRED; SELECT recaudo_nacer('prueba', '2026-10-05');"


def _entry(numero: int, *patas: tuple[int, int]) -> str:
    """One entry and its legs, checked as at COMMIT."""
    lineas = (
        _PARTIDA.format(id=numero, linea=linea, debe=debe, haber=haber)
        for linea, (debe, haber) in enumerate(patas, start=1)
    )
    return _AL_FINAL + _ASIENTO.format(id=numero) + "".join(lineas) + _AL_CONFIRMAR


def test_a_balanced_entry_enters() -> None:
    assert not refused(_entry(900_001, (500, 0), (0, 500)))


@pytest.mark.parametrize(
    "patas",
    [
        pytest.param([(500, 0), (0, 499)], id="a cent short"),
        pytest.param([(500, 0)], id="a single leg"),
        pytest.param([], id="no leg"),
    ],
)
def test_an_entry_that_does_not_balance_is_refused_at_commit_and_only_by_that_guard(
    patas: list[tuple[int, int]],
) -> None:
    # D01
    mala = _entry(900_002, *patas)
    assert refused(mala)
    assert passes_without("asiento_cuadra", "contabilidad_porrevisar", mala)


@pytest.mark.parametrize("pata", [(0, 0), (500, 500), (-500, 0)])
def test_a_leg_has_one_positive_side(pata: tuple[int, int]) -> None:
    # D01: no zero line. The opposite leg keeps the entry balanced: only the check refuses.
    otra = (pata[1], pata[0])
    mala = _entry(900_003, pata, otra)
    assert refused(mala)
    assert passes_without("partida_un_solo_lado", "contabilidad_partida", mala, is_trigger=False)


def test_a_lone_later_leg_is_refused_and_only_by_that_guard() -> None:
    # Two legs that balance each other, of an entry that is not of this transaction.
    tarde = "".join(
        _PARTIDA.format(id=900_005, linea=linea, debe=debe, haber=haber)
        for linea, debe, haber in ((8, 5, 0), (9, 0, 5))
    )
    assert refused(tarde)
    assert passes_without("partida_con_su_asiento", "contabilidad_partida", tarde)


@pytest.mark.parametrize(
    ("tabla", "cambio"),
    [
        ("contabilidad_asiento", "fecha = fecha + 1"),
        ("contabilidad_partida", "debe = debe + 1, haber = 0"),
        ("planillas_planilla", "trabajadores = trabajadores + 1"),
        ("planillas_planillalinea", "dias = dias"),
    ],
)
@pytest.mark.parametrize("masivo", [True, False], ids=["mass partition", "ordinary"])
def test_what_was_written_is_never_changed_deleted_nor_emptied(
    tabla: str, cambio: str, masivo: bool
) -> None:
    # D12
    nomina = hacer_nomina(2)
    emitir(ruc=None if masivo else nomina.empleador.ruc)
    lote = Planilla.objects.get().lote
    assert bool(lote) is masivo
    particion = tabla
    if tabla != "planillas_planilla":
        particion = f"{tabla}_{lote}" if masivo else f"{tabla}_corriente"
    with connection.cursor() as cursor:  # so that no pending check answers for the guard
        cursor.execute(_AL_CONFIRMAR)
    for objeto in {tabla, particion}:
        assert refused(f"UPDATE {objeto} SET {cambio}")
        assert refused(f"DELETE FROM {objeto}")
        assert refused(f"TRUNCATE {objeto} CASCADE")


@pytest.mark.parametrize(
    ("tabla", "guard"),
    [
        ("contabilidad_partida", "partida_solo_agregar"),
        ("contabilidad_asiento", "asiento_solo_agregar"),
        ("planillas_planilla", "planilla_solo_agregar"),
        ("planillas_planillalinea", "linea_solo_agregar"),
    ],
)
def test_only_its_guard_stops_a_deletion(tabla: str, guard: str) -> None:
    nomina = hacer_nomina(2)
    emitir(ruc=nomina.empleador.ruc)
    assert passes_without(guard, tabla, f"DELETE FROM {tabla}")


def test_a_closed_lot_takes_no_more_rows_by_any_road() -> None:
    hacer_nomina(1)
    emitir()
    lote = Planilla.objects.get().lote
    tabla = f"contabilidad_asiento_{lote}"
    otra = (
        "INSERT INTO {tabla} (lote, id, fecha, concepto, origen_tipo, origen_id, provincia, "
        f"hecho_id) VALUES ({lote}, 900006, '2026-10-05', 'PRUEBA', 'prueba', 1, '17', 1)"
    )
    assert refused(otra.format(tabla=tabla))
    assert refused(otra.format(tabla="contabilidad_asiento"))
    assert passes_without("particion_cerrada", tabla, otra.format(tabla=tabla))


def test_an_account_of_the_chart_is_not_deleted_and_a_leg_names_one() -> None:
    assert refused("DELETE FROM contabilidad_cuenta WHERE codigo = '2302'")
    fuera = _entry(900_007, (5, 0), (0, 5)).replace(
        "SELECT 0, 900007, 2, id", "SELECT 0, 900007, 2, 0"
    )
    assert refused(fuera)
    assert passes_without("partida_con_su_asiento", "contabilidad_partida", fuera)


@pytest.mark.parametrize(
    "patas",
    [
        pytest.param(
            "SELECT 900100, l::smallint, c.id, CASE l WHEN 1 THEN 5 ELSE 0 END, "
            "CASE l WHEN 1 THEN 0 ELSE 4 END, NULL::bigint FROM generate_series(1, 2) l, "
            "contabilidad_cuenta c WHERE c.codigo = '1101'",
            id="unbalanced",
        ),
        pytest.param(
            "SELECT 900100, 1::smallint, c.id, 5, 0, NULL::bigint FROM contabilidad_cuenta c "
            "WHERE c.codigo = '1101'",
            id="a single leg",
        ),
        pytest.param(
            "SELECT 900101, l::smallint, c.id, CASE l WHEN 1 THEN 5 ELSE 0 END, "
            "CASE l WHEN 1 THEN 0 ELSE 5 END, NULL::bigint FROM generate_series(1, 2) l, "
            "contabilidad_cuenta c WHERE c.codigo = '1101'",
            id="of no entry",
        ),
        pytest.param(
            "SELECT 900100, l::smallint, 0::bigint, CASE l WHEN 1 THEN 5 ELSE 0 END, "
            "CASE l WHEN 1 THEN 0 ELSE 5 END, NULL::bigint FROM generate_series(1, 2) l",
            id="of no account",
        ),
    ],
)
def test_a_mass_lot_built_wrong_is_not_attached(patas: str) -> None:
    with pytest.raises(DatabaseError, match=r"no cuadra|no está en el plan"):
        _mass_lot(patas)


def test_a_mass_lot_built_right_is_attached_and_read_with_the_rest() -> None:
    _mass_lot(
        "SELECT 900100, l::smallint, c.id, CASE l WHEN 1 THEN 5 ELSE 0 END, "
        "CASE l WHEN 1 THEN 0 ELSE 5 END, NULL::bigint FROM generate_series(1, 2) l, "
        "contabilidad_cuenta c WHERE c.codigo = '1101'"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contabilidad_partida WHERE lote = 77")
        assert cursor.fetchone()[0] == 2


def _mass_lot(patas: str) -> None:
    def trabajo(abierto: object) -> None:
        with connection.cursor() as cursor:
            abrir_particion(cursor, 77)
            llenar_particion(
                cursor,
                77,
                hecho_id=abierto.hecho_id,  # type: ignore[attr-defined]
                fecha=HOY,
                asientos="SELECT 900100::bigint, 'PRUEBA', 'prueba', 1::bigint, '17'",
                partidas=patas,
            )
            indexar_particion(cursor, 77)
            adjuntar_particion(cursor, 77)

    en_un_acto(trabajo)


def test_numbers_reserved_in_a_row_are_nobody_elses() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_reservar_asientos(100)")
        primero = cursor.fetchone()[0]
        cursor.execute("SELECT recaudo_reservar_asientos(1)")
        assert cursor.fetchone()[0] == primero + 100
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_reservar_asientos(0)")


_LOTE = 1_200  # more than what is looked at one by one


def _many(*, extra: str = "", falta: int = 0, ajeno: int = 0, paso: int = 1) -> str:
    """Many entries in two statements; the legs of one may be wrong, or of another transaction.

    With `paso` 2 their numbers have gaps, and nothing can be told by counting them.
    """
    hasta = 910_000 + _LOTE * paso
    return (
        _AL_FINAL
        + "INSERT INTO contabilidad_asiento (lote, id, fecha, concepto, origen_tipo, origen_id, "
        "provincia, hecho_id) SELECT 0, i, '2026-10-05', 'PRUEBA', 'prueba', i, '17', 1 "
        f"FROM generate_series(910000 + {paso}, {hasta}, {paso}) i;"
        "INSERT INTO contabilidad_partida (lote, asiento_id, linea, cuenta_id, debe, haber) "
        "SELECT 0, i, v.linea, c.id, v.debe, v.haber "
        f"FROM generate_series(910000 + {paso}, {hasta + ajeno * paso}, {paso}) i "
        f"CROSS JOIN LATERAL (VALUES (1, 500, 0), (2, 0, CASE WHEN i = 910700 THEN 500 - {falta} "
        "ELSE 500 END)) v (linea, debe, haber) "
        f"JOIN contabilidad_cuenta c ON c.codigo = '1101' {extra};" + _AL_CONFIRMAR
    )


@pytest.mark.parametrize("paso", [1, 2])
def test_many_balanced_entries_enter_at_once(paso: int) -> None:
    assert not refused(_many(paso=paso))


@pytest.mark.parametrize(
    "mala",
    [
        pytest.param(_many(falta=1), id="a cent short"),
        pytest.param(_many(extra="WHERE i <> 910700 OR v.linea = 1"), id="a single leg"),
        pytest.param(_many(extra="WHERE i <> 910700"), id="no leg"),
        pytest.param(_many(falta=1, paso=2), id="a cent short, gaps"),
        pytest.param(_many(extra="WHERE i <> 910700 OR v.linea = 1", paso=2), id="a leg, gaps"),
        pytest.param(_many(extra="WHERE i <> 910700", paso=2), id="no leg, gaps"),
    ],
)
def test_one_wrong_entry_among_many_is_refused_and_only_by_that_guard(mala: str) -> None:
    # D01
    assert refused(mala)
    assert passes_without("asiento_cuadra", "contabilidad_porrevisar", mala)


@pytest.mark.parametrize(
    "antes",
    [
        pytest.param(_entry(900_020, (500, 0), (0, 500)), id="after others were looked at"),
        pytest.param(
            "SAVEPOINT s;" + _entry(900_021, (500, 0), (0, 500)).replace(_AL_CONFIRMAR, "")
            + "ROLLBACK TO SAVEPOINT s;",
            id="after others were undone",
        ),
        pytest.param(
            "SAVEPOINT s;" + _entry(900_022, (500, 0), (0, 500)).replace(_AL_CONFIRMAR, "")
            + "RELEASE SAVEPOINT s;",
            id="after others that wait too",
        ),
    ],
)  # fmt: skip
def test_one_check_waits_for_the_whole_transaction_and_misses_no_entry(antes: str) -> None:
    # D01: only the first entry of a transaction waits; the others must not be forgotten.
    assert refused(antes + _entry(900_023, (500, 0), (0, 499)))
    assert refused(_entry(900_024, (500, 0), (0, 500)) + antes + _entry(900_025, (500, 0)))
    assert not refused(antes + _entry(900_023, (500, 0), (0, 500)))


@pytest.mark.parametrize("paso", [1, 2])
def test_legs_of_an_entry_that_is_not_there_are_refused_among_many_and_only_by_that_guard(
    paso: int,
) -> None:
    mala = _many(ajeno=1, paso=paso)
    assert refused(mala)
    assert passes_without("partida_con_su_asiento", "contabilidad_partida", mala)
