"""Who may act for an employer is registered once, from a day, by who may (R-EMP-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from recaudo.domain.afiliacion.actions import registrar_representacion as accion
from recaudo.domain.afiliacion.actions.registrar_representacion import (
    CalidadDesconocida,
    UsuarioDesconocido,
    YaLoRepresenta,
    registrar_representacion,
)
from recaudo.domain.afiliacion.models import Empleador, Representacion
from recaudo.domain.afiliacion.queries import EmpleadorDesconocido, empleadores_representados
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.matriz import Ambito
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from tests.domain.afiliacion.archivos import HOY
from tests.domain.encuentros import Encuentro
from tests.factories.afiliacion import (
    GUAYAQUIL,
    actor_de_afiliacion,
    actor_empleador,
    actor_provincial,
    cedula_sintetica,
    hacer_empleador,
)

pytestmark = pytest.mark.django_db
DIA = timedelta(days=1)
NADIE = 999_999_999


@pytest.fixture
def rosa() -> Usuario:
    return Usuario.objects.create_user(cedula_sintetica(871_001), "Quinde Molle Rosa")


@pytest.fixture
def empleador() -> Empleador:
    return hacer_empleador()


@pytest.fixture
def registrar(rosa: Usuario, empleador: Empleador) -> Callable[..., Representacion]:
    def hacer(**cambios: Any) -> Representacion:
        datos = {
            "usuario_id": rosa.pk,
            "empleador_id": empleador.pk,
            "desde": HOY,
            "por": actor_de_afiliacion(),
            "hoy": HOY,
        }
        return registrar_representacion(**(datos | cambios))

    return hacer


Registrar = Callable[..., Representacion]


def test_a_person_may_act_for_the_employer_from_that_day_and_not_before(
    registrar: Registrar, rosa: Usuario, empleador: Empleador
) -> None:
    nueva = registrar(desde=HOY + DIA)
    assert (nueva.calidad, nueva.hasta) == ("TITULAR", None)
    assert empleadores_representados(usuario_id=rosa.pk, en=HOY) == frozenset()
    assert empleadores_representados(usuario_id=rosa.pk, en=HOY + DIA) == {empleador.pk}


@pytest.mark.parametrize(
    ("calidad", "como"), [("TITULAR", "titular"), ("TERCERO", "tercero autorizado")]
)
def test_the_history_of_the_employer_says_who_and_as_what(
    calidad: str, como: str, registrar: Registrar, empleador: Empleador, rosa: Usuario
) -> None:
    nueva = registrar(calidad=calidad, desde=date(2026, 6, 1))
    hecho = Hecho.objects.get(tipo="representacion_registrada")
    assert hecho.frase == (
        f"Quinde Molle Rosa, {rosa.identificacion}, puede actuar por el empleador como {como} "
        "desde el 01/06/2026."
    )
    assert (hecho.acto, hecho.fecha) == ("registrar_representacion", HOY)
    assert (hecho.objeto_tipo, hecho.objeto_id) == ("representacion", str(nueva.pk))
    assert hecho.empleador_id == empleador.pk


@pytest.mark.parametrize(
    ("cambios", "rechazo"),
    [
        ({"usuario_id": NADIE}, UsuarioDesconocido),
        ({"empleador_id": NADIE}, EmpleadorDesconocido),
        ({"calidad": "CONTADOR"}, CalidadDesconocida),
        ({"por": Actor(id=4, nombre="ADM", roles=frozenset({"ADM"}))}, SinPermiso),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    cambios: dict[str, Any], rechazo: type[Exception], registrar: Registrar
) -> None:
    with pytest.raises(rechazo):
        registrar(**cambios)
    assert not Representacion.objects.exists()
    assert not Hecho.objects.filter(tipo="representacion_registrada").exists()


def test_nobody_makes_himself_a_representative(registrar: Registrar, empleador: Empleador) -> None:
    for cambios in ({}, {"usuario_id": NADIE}):
        with pytest.raises(SinPermiso):
            registrar(por=actor_empleador(empleador), **cambios)


def test_a_closed_account_represents_nobody(registrar: Registrar, rosa: Usuario) -> None:
    Usuario.objects.filter(pk=rosa.pk).update(is_active=False)
    with pytest.raises(UsuarioDesconocido):
        registrar()
    Usuario.objects.filter(pk=rosa.pk).update(is_active=True)
    assert registrar().pk


@pytest.fixture
def de_registro(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Actor]:
    """Make officers of one province who might register: no role of today is that."""
    analista = replace(ROLES["AC"], alcances={Permiso.EMPLEADOR_REGISTRAR: Ambito.PROVINCIAL})
    monkeypatch.setitem(ROLES, "AC", analista)
    return actor_provincial


def test_an_employer_of_another_province_is_answered_as_one_that_is_not_there(
    registrar: Registrar, de_registro: Callable[[str], Actor]
) -> None:
    with pytest.raises(EmpleadorDesconocido):
        registrar(por=de_registro(GUAYAQUIL[:2]))
    assert registrar(por=de_registro("17")).pk


def test_twin_without_the_reach_any_province_registers(
    registrar: Registrar,
    de_registro: Callable[[str], Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(accion, "alcanza_a", lambda *_: True)
    assert registrar(por=de_registro(GUAYAQUIL[:2])).pk


def test_who_represents_it_already_is_not_registered_again(registrar: Registrar) -> None:
    registrar()
    for desde in (HOY - DIA, HOY, HOY + DIA):
        with pytest.raises(YaLoRepresenta):
            registrar(desde=desde, calidad="TERCERO")
    assert Representacion.objects.count() == 1


def test_who_stopped_representing_it_may_begin_again_the_day_it_ended(
    registrar: Registrar,
) -> None:
    registrar(desde=HOY - 10 * DIA)
    Representacion.objects.update(hasta=HOY)
    with pytest.raises(YaLoRepresenta):
        registrar(desde=HOY - DIA)
    assert registrar(desde=HOY).desde == HOY


def test_one_person_represents_several_employers_and_one_employer_has_several(
    registrar: Registrar, rosa: Usuario, empleador: Empleador
) -> None:
    otro, otra = hacer_empleador(), Usuario.objects.create_user(cedula_sintetica(871_002), "Otra")
    registrar()
    registrar(empleador_id=otro.pk)
    registrar(usuario_id=otra.pk)
    assert empleadores_representados(usuario_id=rosa.pk, en=HOY) == {empleador.pk, otro.pk}
    assert empleadores_representados(usuario_id=otra.pk, en=HOY) == {empleador.pk}


def dos_a_la_vez(registrar: Registrar, patch: pytest.MonkeyPatch) -> list[str]:
    """Register the same person from two days at once; both look before either writes, if let."""
    encuentro, finales = Encuentro(), []
    escribir = Representacion.objects.create

    def despues_de_mirar(**campos: object) -> Representacion:
        encuentro.esperar()
        return escribir(**campos)

    def correr(desde: date) -> None:
        try:
            registrar(desde=desde)
            finales.append("registrada")
        except YaLoRepresenta:
            finales.append("rechazada")
        finally:
            connection.close()

    patch.setattr(Representacion.objects, "create", despues_de_mirar)
    hilos = [Thread(target=correr, args=(HOY + n * DIA,)) for n in (0, 1)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return sorted(finales)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_registers_it(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dos_a_la_vez(registrar, monkeypatch) == ["rechazada", "registrada"]
    assert Representacion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_it_is_registered_twice(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    assert dos_a_la_vez(registrar, monkeypatch) == ["registrada", "registrada"]
