"""What the end of a deadline of these tests causes: it leaves what it saw."""

import pytest
from django.db import connection

from recaudo.infra.audit import cierre
from recaudo.infra.audit.hechos import ActoAbierto
from tests.factories.plazos import EFECTO

Visto = list[tuple[str, int, str]]


@pytest.fixture(autouse=True)
def visto(monkeypatch: pytest.MonkeyPatch) -> Visto:
    caidos: Visto = []

    def efecto(*, tabla: str, causa: ActoAbierto) -> int:
        del causa
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT materia_tipo, materia_id, regla FROM {tabla} ORDER BY 1, 2, 3")
            filas = cursor.fetchall()
        caidos.extend(filas)
        return len(filas)

    monkeypatch.setattr(cierre, "_EFECTOS", {**cierre.efectos_de_plazo(), EFECTO: efecto})
    return caidos
