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
