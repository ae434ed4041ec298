"""Suspended days do not count; what was counted stays (COA 162; cases C25, C26)."""

from datetime import date

import pytest

from recaudo.domain.plazos.actions._cuenta import PlazoTerminado
from recaudo.domain.plazos.actions.suspender_plazo import suspender_plazo
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.plazos.models import Plazo, PlazoPendiente
from recaudo.domain.plazos.queries import plazo_de
from tests.domain.guardas import refused
from tests.factories.cartera import SISTEMA
from tests.factories.plazos import RESPUESTA, abrir, cambiar

pytestmark = pytest.mark.django_db
DESDE = date(2024, 12, 2)
LEY = {"desde": date(2024, 12, 9), "hasta": date(2025, 2, 28)}
OTRA = {"desde": date(2025, 2, 15), "hasta": date(2025, 3, 31)}


def test_two_that_overlap_stop_the_days_of_both_once() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantidad=10)
    una = cambiar(LEY["desde"], suspender_plazo, plazo_id=plazo.pk, **LEY)
    assert una.vence == date(2025, 3, 12)
    otra = cambiar(OTRA["desde"], suspender_plazo, plazo_id=una.pk, **OTRA)
    assert (otra.vence, otra.motivo) == (date(2025, 4, 8), "Prueba")
    with pytest.raises(PlazoTerminado):
        cambiar(OTRA["desde"], suspender_plazo, plazo_id=una.pk, **OTRA)


def test_while_one_is_open_nothing_ends(visto: list[tuple[str, int, str]]) -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantidad=10)
    nuevo = cambiar(
        LEY["desde"], suspender_plazo, plazo_id=plazo.pk, desde=LEY["desde"], hasta=None
    )
    assert (nuevo.vence, PlazoPendiente.objects.get().vence) == (None, None)
    assert vencer_plazos(fecha=date(2030, 1, 1), por=SISTEMA) == 0
    assert visto == []
    pantalla = plazo_de("juguete", 7, hoy=date(2025, 1, 10))
    assert pantalla is not None
    assert (pantalla.esta_suspendido, pantalla.esta_vencido) == (True, False)


@pytest.mark.parametrize(
    "cambio", ["materia_id = 8", "vence = vence - 1, vence_min = vence - 1, vence_max = vence - 1"]
)
def test_the_database_refuses_a_replacement_of_another_matter_or_shorter(cambio: str) -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantidad=10)
    columnas = [c.column for c in Plazo._meta.concrete_fields if c.column != "id"]
    nuevas = dict(parte.split(" = ") for parte in cambio.split(", "))
    nuevas |= {"reemplaza_a_id": str(plazo.pk), "motivo": "'x'"}
    valores = ", ".join(nuevas.get(c, c) for c in columnas)
    copia = f"INSERT INTO plazos_plazo ({', '.join(columnas)}) SELECT {valores} FROM plazos_plazo"
    assert refused(copia)
