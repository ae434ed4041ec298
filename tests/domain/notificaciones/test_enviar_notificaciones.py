"""Many notices at once are those of one at a time (COA 164)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from recaudo.domain.notificaciones.actions.enviar_notificacion import enviar_notificacion
from recaudo.domain.notificaciones.actions.enviar_notificaciones import enviar_notificaciones
from recaudo.domain.notificaciones.materias import Destinatario
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.policy import conectar_destinatario
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.afiliacion import GUAYAQUIL, QUITO
from tests.factories.cartera import SISTEMA
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db
HOY = date(2026, 7, 20)
FILAS = [(1, f'["{QUITO}"]', 11), (2, f'["{GUAYAQUIL}"]', 12), (3, f'["{GUAYAQUIL}"]', 13)]
TODAS = {"tabla": "avisos", "materia_tipo": "providencia", "fecha": HOY}


@pytest.fixture(autouse=True)
def _tabla() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE avisos (destinatario_id bigint, destinatario_tipo text DEFAULT"
            " 'ABOGADO', provincia text DEFAULT '17', cantones jsonb, materia_id bigint,"
            " asunto text DEFAULT 'Prueba', documento_id bigint DEFAULT 1) ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO avisos (destinatario_id, cantones, materia_id) VALUES (%s, %s, %s)", FILAS
        )


@pytest.mark.parametrize("canal", ["CASILLERO", "BOLETAS"])
def test_the_set_waits_as_long_as_the_act_of_one_and_states_one_fact(canal: str) -> None:
    for tipo in (Destinatario.ABOGADO, Destinatario.PERSONA):
        conectar_destinatario(tipo, lambda actor, _: False)
    una = enviar_notificacion(
        envio=envio(canal=canal, materia_id=99, cantones=frozenset({GUAYAQUIL})),
        por=SISTEMA,
        hoy=HOY,
    )
    assert enviar_notificaciones(**TODAS, canal=canal, por=SISTEMA) == 3  # type: ignore[arg-type]
    guayaquil = Notificacion.objects.filter(cantones=[GUAYAQUIL])
    assert {n.abrir_hasta for n in guayaquil} == {una.abrir_hasta}
    assert guayaquil.count() == 3
    hecho = Hecho.objects.get(tipo="notificaciones_enviadas")
    assert (hecho.acto, hecho.despues["cuantas"]) == ("enviar_notificaciones", 3)
    with pytest.raises(IntegrityError, match="notificacion_intento_unico"), transaction.atomic():
        enviar_notificaciones(**TODAS, canal=canal, por=SISTEMA)  # type: ignore[arg-type]


def test_of_the_set_only_who_has_an_inbox_is_sent_to_it_as_the_act_of_one_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE avisos SET destinatario_tipo = 'EMPLEADOR' WHERE materia_id = %s",
                       [FILAS[0][2]])  # fmt: skip
    assert enviar_notificaciones(**TODAS, canal="CASILLERO", por=SISTEMA) == 1  # type: ignore[arg-type]
    hechos = Hecho.objects.filter(acto="enviar_notificaciones").order_by("id")
    assert [(h.tipo, h.despues["cuantas"]) for h in hechos] == [
        ("notificaciones_enviadas", 1), ("notificaciones_sin_casillero", len(FILAS) - 1),
    ]  # fmt: skip
    de_uno = ("estado", "motivo_fallo", "intento", "surte_efecto", "prueba", "canal")
    for n in Notificacion.objects.all():
        una = enviar_notificacion(
            envio=envio(canal="CASILLERO", destinatario_tipo=n.destinatario_tipo,
                        materia_id=n.materia_id + 1000, cantones=frozenset(n.cantones)),
            por=SISTEMA, hoy=HOY,
        )  # fmt: skip
        assert [getattr(una, c) for c in (*de_uno, "abrir_hasta")] == [
            getattr(n, c) for c in (*de_uno, "abrir_hasta")
        ]
        assert (n.fallo_hecho_id == n.hecho_id) is (n.estado == "fallida")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE avisos")
    assert enviar_notificaciones(**TODAS, canal="CASILLERO", por=SISTEMA) == 0  # type: ignore[arg-type]


def test_a_stranger_sends_nothing() -> None:
    with pytest.raises(SinPermiso):
        enviar_notificaciones(**TODAS, canal="BOLETAS", por=Actor(id=3, nombre="Carla"))  # type: ignore[arg-type]
