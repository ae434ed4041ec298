"""A document goes to the inbox: it waits, and it notifies nobody."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from recaudo.domain.notificaciones.actions.depositar_en_casillero import (
    Envio,
    depositar_en_casillero,
)
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA

pytestmark = pytest.mark.django_db


def envio(materia_id: int = 1, cantones: frozenset[str] = frozenset({"1701"})) -> Envio:
    return Envio(
        empleador_id=7,
        provincia="17",
        cantones=cantones,
        materia_tipo="glosa",
        materia_id=materia_id,
        asunto="Notificación de glosa 17-2026-000001",
        documento_id=1,
    )


def test_depositar_en_casillero_waits_and_opens_no_termino() -> None:
    n = depositar_en_casillero(envio=envio(), por=SISTEMA, hoy=date(2026, 4, 28))
    assert (n.estado, n.depositada_el) == ("depositada", date(2026, 4, 28))
    assert not Plazo.objects.exists()
    hecho = Hecho.objects.get(tipo="notificacion_depositada")
    assert (hecho.id, hecho.norma, hecho.empleador_id) == (n.hecho_id, "COA art. 164", 7)


def test_the_wait_counts_business_days_of_both_cantons_coa_159() -> None:
    """Mon 20-Jul-2026: five business days end on Mon 27; with Guayaquil's Fri 24, on Tue 28."""
    lunes = date(2026, 7, 20)
    quito = depositar_en_casillero(envio=envio(1), por=SISTEMA, hoy=lunes)
    ambos = envio(2, frozenset({"1701", "0901"}))
    assert quito.abrir_hasta == date(2026, 7, 27)
    assert depositar_en_casillero(envio=ambos, por=SISTEMA, hoy=lunes).abrir_hasta == date(
        2026, 7, 28
    )


def test_the_same_matter_is_deposited_once() -> None:
    depositar_en_casillero(envio=envio(), por=SISTEMA, hoy=date(2026, 4, 28))
    with pytest.raises(IntegrityError), transaction.atomic():
        depositar_en_casillero(envio=envio(), por=SISTEMA, hoy=date(2026, 4, 29))
    assert Notificacion.objects.count() == 1


def test_an_employer_deposits_nothing() -> None:
    ana = Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({7}))
    with pytest.raises(SinPermiso):
        depositar_en_casillero(envio=envio(), por=ana, hoy=date(2026, 4, 28))
