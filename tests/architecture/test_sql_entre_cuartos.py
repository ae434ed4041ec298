"""The corridor holds for SQL too: a room reads its tables and those of the rooms below it."""

import pytest

from herramientas.corredor import corredor, profundidad
from tests.architecture import reglas_de_sql as reglas

#: (file, table): what is still read of a room above or beside. It only shrinks.
EXCEPCIONES: frozenset[tuple[str, str]] = frozenset()


def test_the_sql_of_a_room_names_its_tables_and_those_below(house: dict[str, str]) -> None:
    found = reglas.tables_out_of_reach(house, profundidad(corredor()))
    assert found - EXCEPCIONES == set(), "ask a query of that room, or let the fact carry it"
    assert EXCEPCIONES - found == set(), "nobody reads it any more: take it off the list"


#: Who is here is asked at every request: one statement, which a test compares with the rooms.
DE_LA_PUERTA = {("src/recaudo/project/quien.py", "afiliacion_representacion")}


def test_no_floor_but_reports_and_rehearsals_reads_the_tables_of_a_room(
    house: dict[str, str],
) -> None:
    rooms = profundidad(corredor())
    assert reglas.tables_read_from_outside(house, rooms) == DE_LA_PUERTA
    malo = {
        "src/recaudo/interfaces/oficina/x.py": "Q = 'SELECT 1 FROM recaudacion_pago'",
        "src/recaudo/infra/x.sql": "DELETE FROM planillas_planilla",
        "src/recaudo/infra/y.py": '"""INSERT INTO recaudacion_pago"""\nN = "recaudacion_ver"',
        "src/recaudo/reports/x.py": "Q = 'SELECT 1 FROM recaudacion_pago'",
    }
    assert reglas.tables_read_from_outside(malo, rooms) == {
        ("src/recaudo/interfaces/oficina/x.py", "recaudacion_pago"),
        ("src/recaudo/infra/x.sql", "planillas_planilla"),
    }


@pytest.mark.parametrize(
    ("address", "text", "caught"),
    [
        ("recaudacion/batches/x.sql", "SELECT 1 FROM planillas_planilla", True),
        ("recaudacion/batches/x.sql", "-- the planillas_planilla of before\nSELECT 1", False),
        ("recaudacion/batches/x.sql", "SELECT 1 FROM obligaciones_obligacion", False),
        ("obligaciones/queries/x.py", "Q = 'SELECT 1 FROM recaudacion_pago'", True),
        ("obligaciones/queries/x.py", "Q = f'SELECT {1} FROM recaudacion_pago'", True),
        ("obligaciones/queries/x.py", "P = 'recaudacion_ver'", False),
        ("cartera/actions/x.py", "Q = 'SELECT 1 FROM recaudacion_pago'", False),
    ],
)
def test_the_rule_catches_sql_that_looks_up_or_beside(
    address: str, text: str, *, caught: bool
) -> None:
    depth = {"cartera": 0, "planillas": 1, "recaudacion": 1, "obligaciones": 2}
    found = reglas.tables_out_of_reach({f"src/recaudo/domain/{address}": text}, depth)
    assert bool(found) is caught


#: Who may make a row be born without its act: loads of rehearsals, and the factories of tests.
CARGAN = {"src/recaudo/domain/recaudacion/batches/cargar_comprobantes.py"}


def test_rehearsals_and_doors_write_in_the_rooms_only_through_their_loaders_and_acts(
    house: dict[str, str],
) -> None:
    """ADR 0015: a change of a room's columns is paid in the room's loader, once."""
    assert reglas.writes_into_rooms(house, profundidad(corredor())) == set()


@pytest.mark.parametrize(
    ("address", "text", "caught"),
    [
        ("ensayo/medicion/x.py", "S = 'INSERT INTO recaudacion_pago (id) SELECT 1'", True),
        ("ensayo/medicion/x.py", "S = 'UPDATE planillas_planilla SET lote = 2'", True),
        ("ensayo/medicion/x.py", "S = f'COPY obligaciones_obligacion ({1}) FROM STDIN'", True),
        ("interfaces/oficina/x.sql", "DELETE FROM recaudacion_pago", True),
        ("ensayo/medicion/x.py", "S = 'SELECT 1 FROM recaudacion_pago'", False),
        ("ensayo/medicion/x.py", "S = 'COPY piso FROM STDIN BINARY'", False),
        ("domain/recaudacion/batches/x.py", "S = 'INSERT INTO recaudacion_pago SELECT 1'", False),
    ],
)
def test_the_rule_catches_sql_of_a_rehearsal_in_a_room(
    address: str, text: str, *, caught: bool
) -> None:
    found = reglas.writes_into_rooms({f"src/recaudo/{address}": text}, ["recaudacion", "planillas",
                                                                       "obligaciones"])  # fmt: skip
    assert bool(found) is caught


def test_only_loads_make_rows_be_born_outside_their_act(house: dict[str, str]) -> None:
    assert reglas.calls_of(house, "naciendo") == CARGAN


def test_the_rule_of_births_catches() -> None:
    malo = {"src/recaudo/domain/x/actions/y.py": "with carga.naciendo(c, 'x', fecha=f): ..."}
    assert reglas.calls_of(malo, "naciendo") == set(malo)
