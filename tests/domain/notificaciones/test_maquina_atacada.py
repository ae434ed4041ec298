"""A notice raced and killed: one says what became of it, the other reads why it may not."""

from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError

from recaudo.domain.notificaciones.actions.enviar_notificacion import enviar_notificacion
from recaudo.domain.notificaciones.actions.registrar_fallo import registrar_fallo
from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.kernel.states import TransicionNoPermitida
from tests.domain.encuentros import en_el_mismo_paso
from tests.domain.muertes import morir_tras_cambiar
from tests.factories.cartera import SISTEMA
from tests.factories.documentos import congelar_uno
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db(transaction=True)
ENVIADA, DIA = date(2026, 6, 8), date(2026, 6, 10)
BOLETAS = {"primera": "2026-06-09", "segunda": "2026-06-10", "notificador": "Rosa"}
TABLA = "notificaciones_notificacion"


def enviada() -> int:
    una = envio(documento_id=congelar_uno().pk)
    return int(enviar_notificacion(envio=una, por=SISTEMA, hoy=ENVIADA).pk)


def recibir(numero: int) -> object:
    return registrar_recepcion(
        notificacion_id=numero, recibida=DIA, prueba=BOLETAS, por=SISTEMA, hoy=DIA
    )


def fallar(numero: int) -> object:
    return registrar_fallo(notificacion_id=numero, motivo="Se mudó", por=SISTEMA, hoy=DIA)


def dos_dicen(numero: int, *, con_candados: bool = True) -> list[object]:
    return en_el_mismo_paso(
        partial(recibir, numero), partial(fallar, numero), escriben=TABLA,
        con_candados=con_candados,
    )  # fmt: skip


@pytest.mark.carrera("notificacion")
def test_of_who_received_it_and_who_says_that_it_failed_at_once_one_is_kept() -> None:
    numero = enviada()
    assert dos_dicen(numero) == [1, TransicionNoPermitida]
    recibida = Notificacion.objects.get().estado == "recibida"
    assert Plazo.objects.exists() is recibida


@pytest.mark.gemela("notificacion")
def test_twin_without_its_lock_only_the_guard_of_states_stops_the_second() -> None:
    hecho, freno = dos_dicen(enviada(), con_candados=False)
    assert hecho == 1
    assert isinstance(freno, type)
    assert issubclass(freno, DatabaseError)


@pytest.mark.caida("notificacion")
def test_who_dies_while_it_registers_a_reception_opens_no_term_and_it_is_registered_again() -> None:
    numero = enviada()
    morir_tras_cambiar(TABLA, partial(recibir, numero))
    assert (Notificacion.objects.get().estado, Plazo.objects.exists()) == ("depositada", False)
    assert not Hecho.objects.filter(acto="registrar_recepcion").exists()
    recibir(numero)
    assert (Notificacion.objects.get().estado, Plazo.objects.count()) == ("recibida", 1)
