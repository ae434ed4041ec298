"""A proof that comes before the day on which the law holds it notified (COA 168)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.actions.enviar_notificacion import (
    NotificacionEnCurso,
    enviar_notificacion,
)
from recaudo.domain.notificaciones.actions.registrar_fallo import registrar_fallo
from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion
from recaudo.domain.notificaciones.actions.surtir_efecto import surtir_efecto
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.queries import el_que_cuenta, intentos_de
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.kernel.states import TransicionNoPermitida
from tests.factories.cartera import PRUEBA, SISTEMA
from tests.factories.documentos import congelar_uno
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db
ENVIADA, PUBLICADA = date(2026, 6, 8), date(2026, 6, 10)
#: Golden of the rulebook: last press date Wed 10-Jun-2026, notified on Wed 24-Jun-2026.
LEGAL = date(2026, 6, 24)
PRESS = {"diario": "El Diario", "primera": "2026-06-09", "segunda": "2026-06-10"}
SLIPS = {"primera": "2026-06-11", "segunda": "2026-06-12", "notificador": "Rosa"}


@pytest.fixture
def prensa() -> Notificacion:
    """A notice by the press whose proof was registered on the day of its last publication."""
    n = enviar_notificacion(
        envio=envio(documento_id=congelar_uno().pk, canal="PRENSA"), por=SISTEMA, hoy=ENVIADA
    )
    assert registrar(n, PRESS, PUBLICADA) is False
    n.refresh_from_db()
    return n


def registrar(n: Notificacion, prueba: dict[str, str], el: date) -> bool:
    """Register a proof; say whether it opened a deadline."""
    abierto = registrar_recepcion(
        notificacion_id=n.pk, recibida=el, prueba=prueba, por=SISTEMA, hoy=el
    )
    return abierto is not None


def tipos() -> list[str]:
    return list(Hecho.objects.order_by("pk").values_list("tipo", flat=True))


def test_until_that_day_it_is_not_sent_again_by_the_same_channel(prensa: Notificacion) -> None:
    otra = envio(documento_id=prensa.documento_id, canal="PRENSA")
    with pytest.raises(NotificacionEnCurso, match="24/06/2026"):
        enviar_notificacion(envio=otra, por=SISTEMA, hoy=PUBLICADA)


def test_until_that_day_it_notified_nobody(prensa: Notificacion) -> None:
    assert (prensa.estado, prensa.recibida_el, prensa.surte_efecto) == ("por_surtir", None, False)
    assert (prensa.surtira_el, prensa.prueba["diario"]) == (LEGAL, "El Diario")
    assert not Plazo.objects.exists()
    assert "notificacion_recibida" not in tipos()
    hecho = Hecho.objects.get(tipo="recepcion_registrada")
    assert hecho.frase.endswith("se tendrá por hecha el 24/06/2026.")
    assert surtir_efecto(fecha=date(2026, 6, 23), por=SISTEMA) == 0


@pytest.mark.parametrize("cierra", [LEGAL, date(2026, 6, 26)])
def test_on_that_day_it_takes_effect_and_its_term_runs_from_it(
    prensa: Notificacion, cierra: date
) -> None:
    assert surtir_efecto(fecha=cierra, por=SISTEMA) == 1
    assert surtir_efecto(fecha=cierra, por=SISTEMA) == 0
    prensa.refresh_from_db()
    assert (prensa.estado, prensa.recibida_el, prensa.surte_efecto) == ("recibida", LEGAL, True)
    plazo = Plazo.objects.get()
    assert (plazo.desde, plazo.vence_min) == (LEGAL, date(2026, 7, 1))
    assert tipos().count("notificacion_recibida") == 1


def test_what_another_channel_proves_meanwhile_counts(prensa: Notificacion) -> None:
    slips = enviar_notificacion(
        envio=envio(documento_id=congelar_uno().pk), por=SISTEMA, hoy=date(2026, 6, 11)
    )
    assert registrar(slips, SLIPS, date(2026, 6, 12)) is True
    assert surtir_efecto(fecha=LEGAL, por=SISTEMA) == 1
    prensa.refresh_from_db()
    slips.refresh_from_db()
    assert (prensa.surte_efecto, slips.surte_efecto) == (False, True)
    assert Plazo.objects.get().desde == date(2026, 6, 12)


def test_the_proof_that_waits_is_not_changed_nor_given_up(prensa: Notificacion) -> None:
    with pytest.raises(TransicionNoPermitida):
        registrar_fallo(notificacion_id=prensa.pk, motivo="Se mudó", por=SISTEMA, hoy=PUBLICADA)
    with pytest.raises(TransicionNoPermitida):
        registrar(prensa, PRESS, PUBLICADA)
    for cambio in ({"prueba": {"x": "y"}}, {"surtira_el": date(2026, 6, 20)}):
        with pytest.raises(DatabaseError, match="no se edita"), transaction.atomic():
            Notificacion.objects.filter(pk=prensa.pk).update(**cambio)
    with pytest.raises(DatabaseError), transaction.atomic():
        Notificacion.objects.filter(pk=prensa.pk).update(surte_efecto=True)


def test_a_matter_shows_it_as_not_received_yet(prensa: Notificacion) -> None:
    vista = el_que_cuenta(intentos_de("providencia", 1))
    assert vista is not None
    assert (vista.recibida_el, vista.surtira_el) == (None, LEGAL)


def test_each_addressee_has_his_own_term_where_the_matter_says_so() -> None:
    uno, otro = (
        enviar_notificacion(
            envio=envio(
                documento_id=congelar_uno().pk, materia_tipo="citacion", destinatario_id=quien
            ),
            por=SISTEMA,
            hoy=ENVIADA,
        )
        for quien in (7, 8)
    )
    registrar(uno, {**SLIPS, "segunda": "2026-06-10"}, PUBLICADA)
    registrar(otro, SLIPS, date(2026, 6, 12))
    plazos = {p.parte_id: p.desde for p in Plazo.objects.filter(parte_tipo="PERSONA")}
    assert plazos == {7: PUBLICADA, 8: date(2026, 6, 12)}


def test_the_inbox_is_acknowledged_by_its_addressee_while_the_press_waits(
    prensa: Notificacion,
) -> None:
    inbox = enviar_notificacion(
        envio=envio(
            documento_id=congelar_uno().pk, canal="CASILLERO", materia_id=2,
            destinatario_tipo="EMPLEADOR", destinatario_id=5,
        ),
        por=SISTEMA, hoy=ENVIADA,
    )  # fmt: skip
    laura = Actor(id=70, nombre="Laura", roles=frozenset({"EMP"}), empleadores=frozenset({5}))
    abierto = acusar_recibo(notificacion_id=inbox.pk, por=laura, hoy=ENVIADA, prueba=PRUEBA)
    assert abierto is not None
    assert abierto.parte_tipo == ""
