"""A reception that did not happen on the portal: each channel has its proof and its day."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from recaudo.domain.notificaciones import policy
from recaudo.domain.notificaciones.actions import _recepcion
from recaudo.domain.notificaciones.actions._recepcion import RecepcionAnteriorAlDeposito
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.actions.enviar_notificacion import enviar_notificacion
from recaudo.domain.notificaciones.actions.registrar_recepcion import (
    RecepcionFutura,
    registrar_recepcion,
)
from recaudo.domain.notificaciones.canales.protocolo import PruebaIncompleta
from recaudo.domain.notificaciones.materias import Destinatario
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.policy import conectar_destinatario
from recaudo.domain.plazos.models import Plazo
from recaudo.domain.plazos.queries import PlazoGuardado
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.domain.encuentros import a_la_vez
from tests.domain.recaudacion.test_carreras import reunir_despues_de
from tests.factories.cartera import PRUEBA, SISTEMA
from tests.factories.documentos import congelar_uno
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db
ENVIADA = date(2026, 6, 8)
SLIPS = {"primera": "2026-06-09", "segunda": "2026-06-10", "notificador": "Rosa"}
PRESS = {"diario": "El Diario", "primera": "2026-06-09", "segunda": "2026-06-10"}


def enviada(**otros: object) -> Notificacion:
    return enviar_notificacion(
        envio=envio(documento_id=congelar_uno().pk, **otros), por=SISTEMA, hoy=ENVIADA
    )


def registrar(
    n: Notificacion, prueba: dict[str, str], el: date = date(2026, 6, 10)
) -> PlazoGuardado:
    termino = registrar_recepcion(
        notificacion_id=n.pk, recibida=el, prueba=prueba, por=SISTEMA, hoy=date(2026, 7, 10)
    )
    assert termino is not None
    return termino


def test_slips_notify_on_the_second_and_open_the_term_of_their_matter() -> None:
    t = registrar(enviada(), SLIPS)
    assert (t.regla, t.cantidad, t.desde) == ("contestar", 5, date(2026, 6, 10))
    assert t.vence == date(2026, 6, 17)
    n = Notificacion.objects.get()
    assert (n.estado, n.surte_efecto, n.prueba["notificador"]) == ("recibida", True, "Rosa")


def test_the_press_notifies_ten_business_days_after_the_second_date_rulebook_2_5() -> None:
    """Golden of the rulebook: last press date Wed 10-Jun-2026, notified on Wed 24-Jun-2026."""
    t = registrar(enviada(canal="PRENSA"), PRESS)
    assert t.desde == date(2026, 6, 24)


def test_a_matter_without_rule_opens_no_term() -> None:
    n = enviada(materia_tipo="oficio")
    assert registrar_recepcion(
        notificacion_id=n.pk, recibida=date(2026, 6, 10), prueba=SLIPS, por=SISTEMA,
        hoy=date(2026, 6, 10),
    ) is None  # fmt: skip
    assert Notificacion.objects.get().surte_efecto
    assert not Plazo.objects.exists()


def test_of_two_receptions_the_first_counts_and_the_second_is_only_kept() -> None:
    slips, press = enviada(), enviada(canal="PRENSA")
    t = registrar(slips, SLIPS)
    assert (
        registrar_recepcion(
            notificacion_id=press.pk, recibida=date(2026, 6, 10), prueba=PRESS, por=SISTEMA,
            hoy=date(2026, 7, 1),
        )
        is None
    )  # fmt: skip
    assert Plazo.objects.get() == t
    assert [n.surte_efecto for n in Notificacion.objects.order_by("pk")] == [True, False]
    assert "ya estaba notificado" in Hecho.objects.filter(tipo="notificacion_recibida").last().frase  # type: ignore[union-attr]


def test_a_second_addressee_is_notified_and_the_deadline_does_not_start_again() -> None:
    first, second = enviada(), enviada(destinatario_id=8, destinatario_tipo="ABOGADO")
    registrar(first, SLIPS)
    later = {**SLIPS, "segunda": "2026-06-12"}
    hoy = date(2026, 6, 12)
    registrar_recepcion(notificacion_id=second.pk, recibida=hoy, prueba=later, por=SISTEMA, hoy=hoy)
    assert [n.surte_efecto for n in Notificacion.objects.all()] == [True, True]
    assert Plazo.objects.get().desde == date(2026, 6, 10)


def test_the_database_keeps_one_that_counts() -> None:
    slips, press = enviada(), enviada(canal="PRENSA")
    registrar(slips, SLIPS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notificacion.objects.filter(pk=press.pk).update(surte_efecto=True)


@pytest.mark.parametrize("falta", ["primera", "segunda", "notificador"])
def test_without_the_proof_of_its_channel_there_is_no_notification(falta: str) -> None:
    n = enviada()
    with pytest.raises(PruebaIncompleta):
        registrar(n, {**SLIPS, falta: " "})
    assert Notificacion.objects.get().estado == "depositada"


def test_nothing_is_received_before_it_is_sent_nor_tomorrow() -> None:
    n = enviada()
    with pytest.raises(RecepcionAnteriorAlDeposito):
        registrar(n, SLIPS, el=date(2026, 6, 7))
    with pytest.raises(RecepcionFutura, match="posterior a hoy"):
        registrar(n, SLIPS, el=date(2026, 7, 11))


def test_each_reception_is_of_who_may_register_it() -> None:
    slips, inbox = enviada(), enviada(canal="CASILLERO", materia_id=2)
    with pytest.raises(SinPermiso):
        registrar(inbox, SLIPS)
    guayas = Actor(id=3, nombre="Iván", roles=frozenset({"JAC"}), provincias=frozenset({"09"}))
    with pytest.raises(SinPermiso):
        registrar_recepcion(
            notificacion_id=slips.pk, recibida=ENVIADA, prueba=SLIPS, por=guayas, hoy=ENVIADA
        )


def test_a_kind_of_addressee_acknowledges_once_its_room_says_who_answers() -> None:
    conectar_destinatario(Destinatario.ABOGADO, lambda actor, _: False)
    n = enviada(canal="CASILLERO", destinatario_tipo="ABOGADO")
    laura = Actor(id=70, nombre="Laura", roles=frozenset({"EMP"}), empleadores=frozenset({1}))
    with pytest.raises(SinPermiso):
        acusar_recibo(notificacion_id=n.pk, por=laura, hoy=ENVIADA, prueba=PRUEBA)
    conectar_destinatario(Destinatario.ABOGADO, lambda actor, _: actor.id == 70)
    assert policy.puede_acusar_recibo(laura, n)
    assert not policy.puede_acusar_recibo(Actor(id=70, nombre="Laura"), n)


@pytest.mark.django_db(transaction=True)
def test_of_two_addressees_received_at_once_one_opens_the_term_and_the_other_finds_it_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    avisos = [enviada(destinatario_id=numero) for numero in (7, 8)]
    reunir_despues_de(monkeypatch, _recepcion, "_lo_que_abre")
    dia = date(2026, 6, 10)
    finales = a_la_vez(*(
        partial(registrar_recepcion, notificacion_id=n.pk, recibida=dia, prueba=SLIPS,
                por=SISTEMA, hoy=date(2026, 7, 10))
        for n in avisos
    ))  # fmt: skip
    assert finales == [1, 1]
    assert Plazo.objects.count() == 1
