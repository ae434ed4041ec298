"""A document is sent by a channel: it waits, and it notifies nobody."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from recaudo.domain.notificaciones.actions.enviar_notificacion import (
    NotificacionEnCurso,
    YaNotificado,
    enviar_notificacion,
)
from recaudo.domain.notificaciones.actions.registrar_fallo import registrar_fallo
from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion
from recaudo.domain.notificaciones.canales.protocolo import SIN_CASILLERO, CanalDesconocido
from recaudo.domain.notificaciones.materias import MateriaDesconocida
from recaudo.domain.notificaciones.models import Destinatario, Notificacion
from recaudo.domain.notificaciones.policy import conectar_destinatario
from recaudo.domain.notificaciones.queries import el_que_cuenta, intentos_de
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.factories.cartera import SISTEMA
from tests.factories.documentos import congelar_uno
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db
DIA = date(2026, 4, 28)
CASILLERO = {"canal": "CASILLERO", "destinatario_tipo": "EMPLEADOR", "materia_tipo": "glosa"}


def test_what_is_sent_waits_and_opens_no_termino() -> None:
    n = enviar_notificacion(envio=envio(**CASILLERO), por=SISTEMA, hoy=DIA)
    assert (n.estado, n.depositada_el, n.intento) == ("depositada", DIA, 1)
    assert not Plazo.objects.exists()
    hecho = Hecho.objects.get(tipo="notificacion_enviada")
    assert (hecho.id, hecho.norma, hecho.empleador_id) == (n.hecho_id, "COA art. 164", 7)


def test_the_wait_counts_business_days_of_both_cantons_coa_159() -> None:
    """Mon 20-Jul-2026: five business days end on Mon 27; with Guayaquil's Fri 24, on Tue 28."""
    lunes = date(2026, 7, 20)
    quito = enviar_notificacion(envio=envio(**CASILLERO), por=SISTEMA, hoy=lunes)
    both = envio(**CASILLERO, materia_id=2, cantones=frozenset({"1701", "0901"}))
    assert quito.abrir_hasta == date(2026, 7, 27)
    assert enviar_notificacion(envio=both, por=SISTEMA, hoy=lunes).abrir_hasta == date(2026, 7, 28)


@pytest.mark.parametrize("tipo", list(Destinatario))
def test_the_addressee_is_of_any_kind_and_only_an_employer_is_in_the_lists_of_employers(
    tipo: Destinatario,
) -> None:
    n = enviar_notificacion(envio=envio(destinatario_tipo=tipo), por=SISTEMA, hoy=DIA)
    n.refresh_from_db()
    assert n.empleador_id == (7 if tipo == "EMPLEADOR" else None)
    hecho = Hecho.objects.get(pk=n.hecho_id)
    assert hecho.empleador_id == n.empleador_id
    assert hecho.despues["destinatario_tipo"] == tipo


@pytest.mark.parametrize("tipo", list(Destinatario))
def test_only_who_has_an_inbox_is_sent_to_it_and_who_gets_one_later_is_sent_again(
    tipo: Destinatario,
) -> None:
    de_quien = {**CASILLERO, "destinatario_tipo": tipo}
    n = enviar_notificacion(envio=envio(**de_quien), por=SISTEMA, hoy=DIA)
    hecho = Hecho.objects.get(pk=n.hecho_id)
    if tipo == "EMPLEADOR":
        assert (n.estado, n.motivo_fallo, hecho.tipo) == ("depositada", "", "notificacion_enviada")
        return
    assert (n.estado, n.abrir_hasta, n.fallo_hecho_id) == ("fallida", None, n.hecho_id)
    assert (n.motivo_fallo, hecho.tipo) == (SIN_CASILLERO, "notificacion_fallida")
    assert not Plazo.objects.exists()
    otro = enviar_notificacion(envio=envio(destinatario_tipo=tipo), por=SISTEMA, hoy=DIA)
    assert (otro.estado, otro.canal) == ("depositada", "BOLETAS"), "another channel needs no inbox"
    conectar_destinatario(tipo, lambda actor, _: False)
    luego = enviar_notificacion(envio=envio(**de_quien), por=SISTEMA, hoy=DIA)
    assert (luego.estado, luego.intento) == ("depositada", 2)


def test_the_same_notice_is_not_sent_twice_while_it_waits() -> None:
    enviar_notificacion(envio=envio(), por=SISTEMA, hoy=DIA)
    with pytest.raises(NotificacionEnCurso):
        enviar_notificacion(envio=envio(), por=SISTEMA, hoy=DIA)
    copia = Notificacion.objects.get()
    with pytest.raises(IntegrityError, match="notificacion_intento_unico"), transaction.atomic():
        Notificacion.objects.create(
            destinatario_tipo="PERSONA", destinatario_id=7, provincia="17", cantones=[],
            materia_tipo="providencia", materia_id=1, asunto="", documento_id=1, canal="BOLETAS",
            depositada_el=DIA, depositada_en=copia.depositada_en, hecho_id=copia.hecho_id,
        )  # fmt: skip


def test_a_failed_attempt_is_followed_by_another_and_the_history_tells_both() -> None:
    first = enviar_notificacion(envio=envio(), por=SISTEMA, hoy=DIA)
    registrar_fallo(notificacion_id=first.pk, motivo="No vive ahí", por=SISTEMA, hoy=DIA)
    second = enviar_notificacion(envio=envio(), por=SISTEMA, hoy=DIA)
    other = enviar_notificacion(envio=envio(canal="PRENSA"), por=SISTEMA, hoy=DIA)
    assert (second.intento, other.intento) == (2, 1)
    assert [(i.canal, i.intento, i.estado) for i in intentos_de("providencia", 1)] == [
        ("BOLETAS", 1, "fallida"),
        ("BOLETAS", 2, "depositada"),
        ("PRENSA", 1, "depositada"),
    ]
    fallo = Hecho.objects.get(tipo="notificacion_fallida")
    assert fallo.frase == "No se pudo notificar (intento 1): No vive ahí."
    assert not Plazo.objects.exists()


def test_who_was_notified_is_not_notified_again() -> None:
    papel = congelar_uno().pk
    n = enviar_notificacion(envio=envio(documento_id=papel), por=SISTEMA, hoy=DIA)
    slips = {"primera": "2026-04-29", "segunda": "2026-04-30", "notificador": "Rosa"}
    registrar_recepcion(
        notificacion_id=n.pk, recibida=date(2026, 4, 30), prueba=slips, por=SISTEMA,
        hoy=date(2026, 4, 30),
    )  # fmt: skip
    with pytest.raises(YaNotificado):
        enviar_notificacion(envio=envio(canal="PRENSA"), por=SISTEMA, hoy=date(2026, 5, 4))
    vista = el_que_cuenta(intentos_de("providencia", 1))
    assert vista is not None
    assert (vista.surte_efecto, vista.nombre_del_canal) == (True, "boletas")


def test_what_nobody_registered_is_not_sent() -> None:
    with pytest.raises(CanalDesconocido):
        enviar_notificacion(envio=envio(canal="PALOMA"), por=SISTEMA, hoy=DIA)
    with pytest.raises(MateriaDesconocida):
        enviar_notificacion(envio=envio(materia_tipo="nada"), por=SISTEMA, hoy=DIA)


def test_an_employer_sends_nothing() -> None:
    ana = Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({7}))
    with pytest.raises(SinPermiso):
        enviar_notificacion(envio=envio(), por=ana, hoy=DIA)
