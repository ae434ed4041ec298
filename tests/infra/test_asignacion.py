"""An appointment: what the database refuses, and that access lives exactly as long as it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from recaudo.infra import clock
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES, Territorio
from recaudo.project.quien import presencia_de

HOY = date(2026, 11, 30)
DIA = timedelta(days=1)
ACTO = {"acto_documento": "Acción de personal", "acto_numero": "AP-17-2026", "acto_fecha": HOY}
pytestmark = pytest.mark.django_db


@pytest.fixture
def jorge() -> Usuario:
    clock.fijar_fecha_simulada(HOY)
    return Usuario.objects.create_user("2050000021", "Jorge Prueba")


@pytest.fixture
def directora() -> Usuario:
    return Usuario.objects.create_user("2050000039", "Directora Prueba")


def asignar(usuario: Usuario, **cambios: Any) -> Asignacion:
    datos = {"rol": "JC", "provincia": "17", "desde": HOY}
    return Asignacion.objects.create(usuario=usuario, **(datos | cambios))


def se_rechaza(restriccion: str, usuario: Usuario, **cambios: Any) -> None:
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        asignar(usuario, **cambios)


@pytest.mark.parametrize("rol", sorted(ROLES))
def test_a_role_has_a_province_exactly_when_its_nature_says(jorge: Usuario, rol: str) -> None:
    territorio, es_externo = ROLES[rol].territorio, ROLES[rol].es_externo
    admitidas = {
        Territorio.EXIGE_PROVINCIA: {"17"},
        Territorio.SIN_PROVINCIA: set() if es_externo else {""},
    }[territorio]
    for provincia in ("17", ""):
        if provincia in admitidas:
            assert asignar(jorge, rol=rol, provincia=provincia).pk
        else:
            se_rechaza("asignacion_provincia_segun_el_rol", jorge, rol=rol, provincia=provincia)


def test_a_role_that_does_not_exist_is_held_by_nobody(jorge: Usuario) -> None:
    se_rechaza("asignacion_provincia_segun_el_rol", jorge, rol="JEFE")


@pytest.mark.parametrize("falta", sorted(ACTO))
def test_an_act_of_appointment_is_whole_or_is_not(jorge: Usuario, falta: str) -> None:
    vacio = None if falta == "acto_fecha" else ""
    se_rechaza("asignacion_acto_entero", jorge, **(ACTO | {falta: vacio}))
    assert asignar(jorge, **ACTO).pk


def test_a_delegation_says_who_by_which_norm_and_by_which_act(
    jorge: Usuario, directora: Usuario
) -> None:
    entera = {
        "calidad": "DELEGADO", "delegante": directora, "delegacion_norma": "COA art. 69", **ACTO,
    }  # fmt: skip
    for cambio in (
        {"delegante": None}, {"delegacion_norma": ""}, {"delegante": jorge},
        {"acto_documento": "", "acto_numero": "", "acto_fecha": None}, {"calidad": "TITULAR"},
    ):  # fmt: skip
        se_rechaza("asignacion_delegacion_entera", jorge, **(entera | cambio))
    assert asignar(jorge, **entera).pk


def test_the_same_office_is_not_held_twice_at_once(jorge: Usuario, directora: Usuario) -> None:
    asignar(jorge, hasta=HOY + 10 * DIA)
    for desde, hasta in ((HOY, None), (HOY + 9 * DIA, None), (HOY - DIA, HOY + DIA)):
        se_rechaza("asignacion_sin_cruces", jorge, desde=desde, hasta=hasta)
    assert asignar(jorge, desde=HOY + 10 * DIA).pk, "the day the other ends"
    assert asignar(jorge, provincia="09").pk, "another province"
    assert asignar(jorge, rol="AC").pk, "another office"
    assert asignar(directora).pk, "another person"


def test_twin_without_the_exclusion_an_office_is_held_twice(jorge: Usuario) -> None:
    asignar(jorge)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE security_asignacion DROP CONSTRAINT asignacion_sin_cruces")
    assert asignar(jorge).pk


def test_access_ends_at_midnight_of_the_last_day(jorge: Usuario) -> None:
    """R-ACC-1: a contract that ends on 30 November opens doors that day and none on 1 December."""
    asignar(jorge, desde=HOY - 30 * DIA, hasta=HOY + DIA)
    navegador = Client()
    navegador.force_login(jorge)
    assert navegador.get("/oficina/empleadores/").status_code == 200
    clock.fijar_fecha_simulada(HOY + DIA)
    assert navegador.get("/oficina/empleadores/").status_code == 404
    assert navegador.get("/oficina/").status_code == 404


class LaVigencia(TestCase):
    """The same three dates decide, whatever they are."""

    @given(
        desde=st.integers(-40, 40), dura=st.one_of(st.none(), st.integers(1, 40)),
    )  # fmt: skip
    def test_an_assignment_gives_access_in_its_days_and_in_no_other(
        self, desde: int, dura: int | None
    ) -> None:
        clock.fijar_fecha_simulada(HOY)
        jorge = Usuario.objects.create_user("2050000021", "Jorge Prueba")
        inicio = HOY + desde * DIA
        asignar(jorge, desde=inicio, hasta=None if dura is None else inicio + dura * DIA)
        rige = desde <= 0 and (dura is None or desde + dura > 0)
        alcance = presencia_de(jorge).actor.alcance(Permiso.CARTERA_VER)
        assert (alcance.provincias == {"17"}) is rige
        assert alcance.vacio is not rige


def test_the_frame_says_by_whose_delegation_one_acts(jorge: Usuario, directora: Usuario) -> None:
    asignar(
        jorge, rol="DP", calidad="DELEGADO", delegante=directora, delegacion_norma="COA art. 69",
        **ACTO,
    )  # fmt: skip
    navegador = Client()
    navegador.force_login(jorge)
    pagina = navegador.get("/oficina/").content.decode()
    assert "(por delegación de Directora Prueba)" in pagina
    assert "Pichincha" in pagina
