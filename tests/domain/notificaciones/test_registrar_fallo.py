"""A failed attempt says why, ends there, and notifies nobody."""

from datetime import date

import pytest

from recaudo.domain.notificaciones.actions.acusar_recibo import (
    NotificacionNoExiste,
    acusar_recibo,
)
from recaudo.domain.notificaciones.actions.enviar_notificacion import enviar_notificacion
from recaudo.domain.notificaciones.actions.registrar_fallo import FalloSinMotivo, registrar_fallo
from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.plazos.models import Plazo
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.refusals import Rechazo
from tests.domain.guardas import passes_without, refused
from tests.factories.cartera import SISTEMA
from tests.factories.notificaciones import envio

pytestmark = pytest.mark.django_db
DIA = date(2026, 4, 28)
N = "notificaciones_notificacion"


@pytest.fixture
def enviada() -> Notificacion:
    return enviar_notificacion(envio=envio(), por=SISTEMA, hoy=DIA)


def test_it_keeps_its_reason_and_opens_no_term(enviada: Notificacion) -> None:
    n = registrar_fallo(notificacion_id=enviada.pk, motivo=" Se mudó ", por=SISTEMA, hoy=DIA)
    assert (n.estado, n.motivo_fallo, n.surte_efecto) == ("fallida", "Se mudó", False)
    hecho = Hecho.objects.get(tipo="notificacion_fallida")
    assert (hecho.pk, hecho.despues["materia_id"]) == (n.fallo_hecho_id, 1)
    assert not Plazo.objects.exists()


def test_it_ends_there(enviada: Notificacion) -> None:
    registrar_fallo(notificacion_id=enviada.pk, motivo="Se mudó", por=SISTEMA, hoy=DIA)
    with pytest.raises(Rechazo):
        registrar_fallo(notificacion_id=enviada.pk, motivo="Otra vez", por=SISTEMA, hoy=DIA)
    edit = f"UPDATE {N} SET motivo_fallo = 'Otro'"
    assert refused(edit)
    assert passes_without("notificacion_fija", N, edit)


@pytest.mark.parametrize("motivo", ["", "  ", "x" * 301])
def test_a_failure_says_why(enviada: Notificacion, motivo: str) -> None:
    with pytest.raises(FalloSinMotivo):
        registrar_fallo(notificacion_id=enviada.pk, motivo=motivo, por=SISTEMA, hoy=DIA)
    assert refused(f"UPDATE {N} SET estado = 'fallida'")


@pytest.mark.alcance("notificacion")
def test_who_may_not_send_registers_no_failure(enviada: Notificacion) -> None:
    carla = Actor(id=3, nombre="Carla", roles=frozenset({"JC"}), provincias=frozenset({"09"}))
    with pytest.raises(SinPermiso):
        registrar_fallo(notificacion_id=enviada.pk, motivo="Se mudó", por=carla, hoy=DIA)


@pytest.mark.django_db
def test_what_became_of_a_notice_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(NotificacionNoExiste, match="no existe"):
        registrar_fallo(notificacion_id=999, motivo="Se mudó", por=SISTEMA, hoy=DIA)
    with pytest.raises(NotificacionNoExiste):
        registrar_recepcion(notificacion_id=999, recibida=DIA, prueba={}, por=SISTEMA, hoy=DIA)
    with pytest.raises(NotificacionNoExiste):
        acusar_recibo(notificacion_id=999, prueba={}, por=SISTEMA, hoy=DIA)
