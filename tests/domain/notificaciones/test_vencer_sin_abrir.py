"""A notice that nobody opens in time is marked, and opens nothing (COA 166)."""

from datetime import date

import pytest

from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.enviar_notificacion import enviar_notificacion
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA, glosa_en_casillero
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db


def test_its_last_day_is_whole_and_it_is_marked_once() -> None:
    glosa_en_casillero(el=date(2026, 10, 16))
    assert vencer_sin_abrir(fecha=date(2026, 10, 23), por=SISTEMA) == 0
    assert vencer_sin_abrir(fecha=date(2026, 10, 24), por=SISTEMA) == 1
    assert vencer_sin_abrir(fecha=date(2026, 10, 24), por=SISTEMA) == 0
    assert Notificacion.objects.get().estado == "no_abierta"


def test_each_kind_of_matter_has_its_own_fact_and_its_room_reacts_only_to_its_own() -> None:
    """Another room's notices close beside those of glosas, and no glosa moves because of them."""
    _, aviso = glosa_en_casillero(el=date(2026, 10, 16))
    otra = envio(canal="CASILLERO", destinatario_tipo="EMPLEADOR", materia_id=aviso.materia_id)
    enviar_notificacion(envio=otra, por=SISTEMA, hoy=date(2026, 10, 5))
    assert vencer_sin_abrir(fecha=date(2026, 10, 20), por=SISTEMA) == 1
    assert Glosa.objects.get().estado == "en_espera_de_notificacion"
    assert vencer_sin_abrir(fecha=date(2026, 10, 24), por=SISTEMA) == 1
    assert Glosa.objects.get().estado == "no_notificada_electronicamente"
    hechos = Hecho.objects.filter(tipo="notificaciones_sin_abrir").order_by("id")
    assert [h.despues["materia_tipo"] for h in hechos] == ["providencia", "glosa"]
    cerradas = Notificacion.objects.order_by("fallo_hecho_id")
    assert [(n.fallo_hecho_id, n.materia_id) for n in cerradas] == [
        (h.pk, aviso.materia_id) for h in hechos
    ]


def test_a_stranger_marks_nothing() -> None:
    glosa_en_casillero(el=date(2026, 10, 16))
    with pytest.raises(SinPermiso):
        vencer_sin_abrir(fecha=date(2026, 10, 24), por=Actor(id=3, nombre="Carla"))
