"""Many notices at once are those of one at a time (COA 164)."""

from datetime import date

import pytest
from django.db import connection

from recaudo.domain.notificaciones.actions.depositar_en_casillero import (
    Envio,
    depositar_en_casillero,
)
from recaudo.domain.notificaciones.actions.depositar_notificaciones import (
    depositar_notificaciones,
)
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.afiliacion import GUAYAQUIL, QUITO
from tests.factories.cartera import SISTEMA

pytestmark = pytest.mark.django_db
HOY = date(2026, 7, 20)
FILAS = [(1, f'["{QUITO}"]', 11), (2, f'["{GUAYAQUIL}"]', 12), (3, f'["{GUAYAQUIL}"]', 13)]


@pytest.fixture(autouse=True)
def _tabla() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE avisos (empleador_id bigint, provincia text DEFAULT '17', "
            "cantones jsonb, materia_id bigint, asunto text DEFAULT 'Prueba', "
            "documento_id bigint DEFAULT 1) ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO avisos (empleador_id, cantones, materia_id) VALUES (%s, %s, %s)", FILAS
        )


def test_the_set_waits_as_long_as_the_act_of_one_and_states_one_fact() -> None:
    una = depositar_en_casillero(
        envio=Envio(
            empleador_id=2, provincia="17", cantones=frozenset({GUAYAQUIL}), materia_tipo="x",
            materia_id=99, asunto="Prueba", documento_id=1,
        ),
        por=SISTEMA, hoy=HOY,
    )  # fmt: skip
    assert depositar_notificaciones(tabla="avisos", materia_tipo="x", fecha=HOY, por=SISTEMA) == 3
    guayaquil = Notificacion.objects.filter(cantones=[GUAYAQUIL])
    assert {n.abrir_hasta for n in guayaquil} == {una.abrir_hasta}
    assert guayaquil.count() == 3
    hecho = Hecho.objects.get(tipo="notificaciones_depositadas")
    assert (hecho.acto, hecho.despues["cuantas"]) == ("depositar_notificaciones", 3)


def test_a_stranger_deposits_nothing() -> None:
    with pytest.raises(SinPermiso):
        depositar_notificaciones(
            tabla="avisos", materia_tipo="x", fecha=HOY, por=Actor(id=3, nombre="Carla")
        )
