"""The close ends what ran out, once for ever, and finds nothing else (COA 158; P19)."""

from datetime import date

import pytest
from django.db import connection

from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.plazos.models import EventoDePlazo, PlazoPendiente
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.domain.guardas import passes_without, refused
from tests.factories.cartera import SISTEMA
from tests.factories.plazos import ABOGADO, CUOTA, RESPUESTA, abrir

pytestmark = pytest.mark.django_db
DESDE = date(2026, 4, 28)
E = "plazos_eventodeplazo"


def test_the_last_day_is_whole_whatever_the_matter_and_the_unit(
    visto: list[tuple[str, int, str]],
) -> None:
    for n, (regla, cantidad) in enumerate(((RESPUESTA, 8), (ABOGADO, 14), (CUOTA, 1))):
        abrir(regla, desde=DESDE, materia=("juguete", n), cantidad=cantidad)
    assert vencer_plazos(fecha=date(2026, 5, 12), por=SISTEMA) == 0
    assert vencer_plazos(fecha=date(2026, 5, 13), por=SISTEMA) == 2
    assert visto == [("juguete", 0, "responder"), ("juguete", 1, "impulsar")]
    assert vencer_plazos(fecha=date(2026, 5, 13), por=SISTEMA) == 0
    hecho = Hecho.objects.get(tipo="plazos_vencidos")
    assert hecho.despues["efectos"] == {"efecto_de_prueba": 2}
    eventos = EventoDePlazo.objects.values_list("que", "vence", "ocurrio_el")
    assert set(eventos) == {("VENCIO", date(2026, 5, 12), date(2026, 5, 13))}
    assert PlazoPendiente.objects.count() == 1


def test_a_stranger_ends_nothing() -> None:
    abrir(RESPUESTA, desde=DESDE)
    with pytest.raises(SinPermiso):
        vencer_plazos(fecha=date(2026, 6, 1), por=Actor(id=3, nombre="Carla"))


def test_the_database_keeps_each_end_once_and_after_the_last_day_p19() -> None:
    plazo = abrir(RESPUESTA, desde=DESDE)
    fila = (
        f"INSERT INTO {E} (plazo_id, que, vence, ocurrio_el, hecho_id) "
        f"VALUES ({plazo.pk}, 'VENCIO', '2026-05-12', '{{}}', 1)"
    )
    pronto = fila.format("2026-05-12")
    assert refused(pronto)
    assert passes_without("evento_despues_del_plazo", E, pronto, is_trigger=False)
    ajeno = fila.format("2026-05-14").replace("'2026-05-12'", "'2026-05-13'")
    assert refused(ajeno)
    assert passes_without("plazo_termina", E, ajeno)
    bueno = fila.format("2026-05-13")
    assert not refused(bueno)
    assert refused(bueno)
    assert refused(f"DELETE FROM {E}")


def test_the_close_looks_only_at_what_ends() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM plazos_plazopendiente WHERE vence < '2026-01-01'")
        assert "plazo_por_vencer" in str(cursor.fetchall())
