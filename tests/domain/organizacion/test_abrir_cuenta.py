"""A person gets one account, with an office role or none, from whoever administers the users."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from recaudo.domain.organizacion.actions import abrir_cuenta as accion
from recaudo.domain.organizacion.actions.abrir_cuenta import (
    ClaveDebil,
    CuentaYaAbierta,
    NombreDeLaCuenta,
    abrir_cuenta,
)
from recaudo.domain.organizacion.policy import (
    FaltaProvincia,
    ProvinciaDesconocida,
    RolDesconocido,
    RolSoloDelPortal,
    SobraProvincia,
)
from recaudo.domain.organizacion.queries import cuenta_de
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.entrada import LARGO_CLAVE
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES
from recaudo.kernel.ids import IdentificacionInvalida
from recaudo.kernel.refusals import Rechazo
from recaudo.project.quien import presencia_de
from tests.factories.afiliacion import cedula_sintetica, ruc_de_sociedad

pytestmark = pytest.mark.django_db
HOY = date(2026, 11, 20)
CEDULA = cedula_sintetica(870_001)
CLAVE = "quinde molle ortiga"
ADMINISTRADORA = Actor(id=1, nombre="Administradora", roles=frozenset({"ADM"}))


@pytest.fixture(autouse=True)
def _a_date() -> None:
    clock.fijar_fecha_simulada(HOY)


def abrir(**cambios: Any) -> Usuario:
    datos = {
        "identificacion": CEDULA,
        "nombre": "  Quinde   Molle Rosa ",
        "clave": CLAVE,
        "por": ADMINISTRADORA,
        "hoy": HOY,
    }
    return abrir_cuenta(**(datos | cambios))


def asignado(usuario: Usuario) -> set[tuple[str, str, date]]:
    return set(usuario.asignaciones.values_list("rol", "provincia", "desde"))


def test_an_account_without_role_may_log_in_and_may_do_nothing() -> None:
    usuario = abrir()
    assert (usuario.identificacion, usuario.nombre) == (CEDULA, "Quinde Molle Rosa")
    assert usuario.check_password(CLAVE)
    assert presencia_de(usuario).actor.permisos == frozenset()


def test_a_national_role_is_held_from_the_day_it_was_given_in_no_province() -> None:
    usuario = abrir(rol="UREC")
    assert asignado(usuario) == {("UREC", "", HOY)}
    assert presencia_de(usuario).actor.puede(Permiso.EXTRACTO_IMPORTAR)


def test_a_provincial_role_is_held_once_in_each_of_its_provinces() -> None:
    usuario = abrir(rol="JC", provincias=("17", "04", "17"))
    assert asignado(usuario) == {("JC", "04", HOY), ("JC", "17", HOY)}
    assert presencia_de(usuario).actor.territorio.provincias == {"04", "17"}


def test_a_role_that_starts_tomorrow_does_not_count_today() -> None:
    usuario = abrir(rol="AUD", hoy=HOY + timedelta(days=1))
    assert presencia_de(usuario).actor.roles == frozenset()
    ficha = cuenta_de(CEDULA, en=HOY)
    assert ficha is not None
    assert ficha.asignaciones == frozenset()
    clock.fijar_fecha_simulada(HOY + timedelta(days=1))
    assert presencia_de(usuario).actor.roles == {"AUD"}


def test_the_trail_has_the_fact_with_its_article_and_never_the_password() -> None:
    usuario = abrir(rol="JC", provincias=("17", "04"))
    hecho = Hecho.objects.get(tipo="cuenta_abierta")
    assert hecho.frase == (
        f"Se abrió la cuenta de Quinde Molle Rosa, {CEDULA}, con el rol JC desde el 20/11/2026 "
        "(provincias: 04, 17)."
    )
    assert (hecho.acto, hecho.norma) == ("abrir_cuenta", "C.D. 497 art. 3, 3.5.1 m)")
    assert (hecho.objeto_tipo, hecho.objeto_id) == ("usuario", str(usuario.pk))
    assert hecho.actor_nombre == "Administradora"
    with connection.cursor() as cursor:
        cursor.execute("SELECT h::text FROM audit_hecho h WHERE id = %s", [hecho.pk])
        (entero,) = cursor.fetchone()
    assert CEDULA in entero
    assert CLAVE not in entero
    assert usuario.password not in entero


REFUSALS = [
    ({"identificacion": "2050000014"}, IdentificacionInvalida, "el último dígito no coincide"),
    ({"identificacion": ""}, IdentificacionInvalida, "10 dígitos"),
    ({"identificacion": ruc_de_sociedad(87_001)}, IdentificacionInvalida, "10 dígitos"),
    ({"identificacion": f"{CEDULA}001"}, IdentificacionInvalida, "10 dígitos"),
    ({"nombre": " \t "}, NombreDeLaCuenta, "apellidos y nombres"),
    ({"nombre": "x" * 161}, NombreDeLaCuenta, "160"),
    ({"rol": "JEFE"}, RolDesconocido, "DG, DNRC, UREC, UCGC, DNAC, DNGF, DP, JAC, JC, AC"),
    ({"rol": "EMP"}, RolSoloDelPortal, "registre la representación"),
    ({"rol": "JC"}, FaltaProvincia, "JC es provincial"),
    ({"rol": "AUD", "provincias": ("17",)}, SobraProvincia, "AUD es nacional"),
    ({"provincias": ("17",)}, SobraProvincia, "Sin rol"),
    ({"rol": "JC", "provincias": ("17", "99")}, ProvinciaDesconocida, "provincia 99"),
    ({"rol": "JC", "provincias": ("",)}, ProvinciaDesconocida, "2 dígitos"),
    ({"clave": "corta"}, ClaveDebil, "contraseña es demasiado corta"),
    ({"clave": "qwerty123456"}, ClaveDebil, "demasiado común"),
    ({"clave": "ñandú " * 43}, ClaveDebil, str(LARGO_CLAVE)),
]


@pytest.mark.parametrize(("cambios", "rechazo", "frase"), REFUSALS)
def test_what_cannot_be_is_refused_in_spanish_and_leaves_nothing(
    cambios: dict[str, Any], rechazo: type[Rechazo], frase: str
) -> None:
    with pytest.raises(rechazo) as dicho:
        abrir(**cambios)
    assert frase in dicho.value.mensaje
    assert not Usuario.objects.exists()
    assert not Asignacion.objects.exists()
    assert not Hecho.objects.filter(tipo="cuenta_abierta").exists()


def test_a_person_has_one_account_and_the_first_stays_as_it_was() -> None:
    abrir(rol="AUD")
    con_guion = f"{CEDULA[:9]}-{CEDULA[9]}"
    with pytest.raises(CuentaYaAbierta):
        abrir(identificacion=con_guion, rol="ADM", clave="otra clave distinta")
    usuario = Usuario.objects.get()
    assert asignado(usuario) == {("AUD", "", HOY)}
    assert usuario.check_password(CLAVE)
    assert Hecho.objects.filter(tipo="cuenta_abierta").count() == 1


@pytest.mark.parametrize("rol", sorted(ROLES.keys() - {"ADM"}))
def test_only_who_administers_users_opens_an_account_and_others_learn_no_more(rol: str) -> None:
    otra = Actor(id=2, nombre="Otra", roles=frozenset({rol}))
    for cambios in ({}, {"identificacion": "1"}, {"rol": "JEFE"}):
        with pytest.raises(SinPermiso):
            abrir(por=otra, **cambios)
    assert not Usuario.objects.exists()


def test_the_console_opens_the_first_one_because_the_system_may() -> None:
    abrir(por=Actor.sistema("Orden de cuentas"), rol="ADM")
    assert Hecho.objects.get(tipo="cuenta_abierta").rol == "SISTEMA"


def test_twin_without_that_permission_the_console_opens_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sin = PERMISOS_DEL_SISTEMA - {Permiso.USUARIOS_ADMINISTRAR}
    monkeypatch.setattr("recaudo.infra.security.actor.PERMISOS_DEL_SISTEMA", sin)
    with pytest.raises(SinPermiso):
        abrir(por=Actor.sistema("Orden de cuentas"), rol="ADM")


@pytest.mark.parametrize(
    ("guarda", "cambios"),
    [
        ("exigir_rol", {"rol": "JC", "provincias": ("99",)}),
        ("_exigir_clave", {"clave": "corta"}),
    ],
)
def test_twin_without_its_guard_the_same_account_is_opened(
    guarda: str, cambios: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accion, guarda, lambda *_: None)
    assert abrir(**cambios).pk


@pytest.mark.parametrize(
    "cambios", [{"rol": "EMP"}, {"rol": "JC"}, {"rol": "AUD", "provincias": ("17",)}]
)
def test_twin_without_its_guard_the_database_refuses_a_role_out_of_its_place(
    cambios: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accion, "exigir_rol", lambda *_: None)
    with pytest.raises(IntegrityError, match="asignacion_provincia_segun_el_rol"):
        abrir(**cambios)


def test_twin_without_the_unique_key_a_person_has_two_accounts() -> None:
    abrir()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE security_usuario DROP CONSTRAINT security_usuario_identificacion_key"
        )
    abrir()
    assert Usuario.objects.filter(identificacion=CEDULA).count() == 2


def test_an_account_says_its_roles_of_the_day_and_nobody_has_none() -> None:
    assert cuenta_de(CEDULA, en=HOY) is None
    usuario = abrir(rol="JC", provincias=("17", "04"))
    Asignacion.objects.filter(provincia="04").update(hasta=HOY + timedelta(days=1))
    hoy, luego = (cuenta_de(CEDULA, en=HOY + timedelta(days=n)) for n in (0, 1))
    assert hoy is not None
    assert luego is not None
    assert (hoy.usuario_id, hoy.esta_activa) == (usuario.pk, True)
    assert hoy.asignaciones == {("JC", "17"), ("JC", "04")}
    assert luego.asignaciones == {("JC", "17")}
