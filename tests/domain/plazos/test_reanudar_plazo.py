"""A suspension ends when it ends, also before it was said (case C26)."""

from datetime import date

import pytest

from recaudo.domain.plazos.actions.reanudar_plazo import PlazoNoSuspendido, reanudar_plazo
from recaudo.domain.plazos.actions.suspender_plazo import suspender_plazo
from recaudo.reports.auditoria.ejecutar import auditar
from tests.factories.plazos import RESPUESTA, abrir, cambiar

pytestmark = pytest.mark.django_db
DESDE = date(2024, 12, 2)
INICIO = date(2024, 12, 9)


def test_an_open_suspension_ends_and_the_days_left_run() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantidad=10)
    parado = cambiar(INICIO, suspender_plazo, plazo_id=plazo.pk, desde=INICIO, hasta=None)
    fin = date(2025, 2, 28)
    sigue = cambiar(fin, reanudar_plazo, plazo_id=parado.pk, desde=INICIO, hasta=fin)
    assert sigue.vence == date(2025, 3, 12)


def test_one_that_ends_early_lets_run_what_the_other_does_not_stop() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE, cantidad=10)
    ley = {"desde": INICIO, "hasta": date(2025, 2, 28)}
    otra = {"desde": date(2025, 2, 15), "hasta": date(2025, 3, 31)}
    una = cambiar(INICIO, suspender_plazo, plazo_id=plazo.pk, **ley)
    dos = cambiar(date(2025, 2, 9), suspender_plazo, plazo_id=una.pk, **otra)
    antes = date(2025, 2, 10)
    sigue = cambiar(antes, reanudar_plazo, plazo_id=dos.pk, desde=INICIO, hasta=antes)
    assert sigue.vence == date(2025, 4, 2)
    rotos = {r.id for r in auditar(ids=["P03", "P17"]).resultados if r.violaciones}
    assert rotos == set()


def test_what_is_not_suspended_is_not_resumed() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE)
    with pytest.raises(PlazoNoSuspendido):
        cambiar(INICIO, reanudar_plazo, plazo_id=plazo.pk, desde=INICIO, hasta=INICIO)
