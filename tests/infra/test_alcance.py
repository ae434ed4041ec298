"""How far a permission reaches: a union of assignments that never lend to one another."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.infra.security.asignacion import AsignacionVigente
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES, Territorio

PROVINCIAS = ("04", "09", "17")
alcances = st.builds(
    Alcance,
    nacion=st.booleans(),
    provincias=st.frozensets(st.sampled_from(PROVINCIAS)),
    empleadores=st.frozensets(st.integers(1, 4)),
    causas=st.frozensets(st.integers(1, 4)),
)
objetos = st.tuples(
    st.sampled_from((*PROVINCIAS, "")),
    st.one_of(st.none(), st.integers(1, 5)),
    st.one_of(st.none(), st.integers(1, 5)),
)


def dentro(alcance: Alcance, objeto: tuple[str, int | None, int | None]) -> bool:
    provincia, empleador, causa = objeto
    return alcance.contiene(provincia=provincia, empleador_id=empleador, causa_id=causa)


@given(alcances, alcances, objetos)
def test_a_union_contains_what_either_contains(
    uno: Alcance, otro: Alcance, objeto: tuple[str, int | None, int | None]
) -> None:
    assert dentro(uno | otro, objeto) is (dentro(uno, objeto) or dentro(otro, objeto))


@given(alcances, objetos)
def test_nothing_adds_nothing_and_the_nation_is_everything(
    alcance: Alcance, objeto: tuple[str, int | None, int | None]
) -> None:
    assert alcance | NADA == alcance
    assert dentro(TODA_LA_NACION, objeto)
    assert not dentro(NADA, objeto)
    assert NADA.vacio
    assert (NADA | alcance).vacio is alcance.vacio


@pytest.mark.parametrize(
    "alcance",
    [
        Alcance(nacion=True),
        Alcance(provincias=frozenset({"17"})),
        Alcance(empleadores=frozenset({7})),
        Alcance(causas=frozenset({1})),
    ],
)
def test_whoever_reaches_one_thing_does_not_reach_nothing(alcance: Alcance) -> None:
    assert not alcance.vacio
    assert Alcance().vacio


def test_an_object_of_several_provinces_is_within_reach_by_any_of_them() -> None:
    de_guayas = Alcance(provincias=frozenset({"09"}))
    assert de_guayas.contiene(provincia=("17", "09"))
    assert not de_guayas.contiene(provincia=("17", "04"))
    assert not de_guayas.contiene(provincia=())


def asignados(alcance: Alcance) -> Q:
    """A table with the three ways of telling: an assignment's province, its user, its number."""
    return alcance.q(empleador="usuario_id", causa="pk")


class EnLaBase(TestCase):
    """What the predicate says of one object is what it filters in the database."""

    @given(alcances, alcances)
    def test_the_rows_that_pass_are_those_that_it_contains(
        self, alcance: Alcance, otro: Alcance
    ) -> None:
        filas = [
            Asignacion(
                usuario=Usuario.objects.create_user(f"20500000{n}", f"Persona {n}"),
                rol="SEG" if not provincia else "AC",
                provincia=provincia,
                desde=date(2026, 1, 1),
            )
            for n, provincia in enumerate((*PROVINCIAS, ""), start=11)
        ]
        Asignacion.objects.bulk_create(filas)
        primera = min(f.usuario_id for f in filas)
        movido, movido_otro = (
            replace(
                a, empleadores=frozenset(primera + e - 1 for e in a.empleadores), causas=frozenset()
            )
            for a in (alcance, otro)
        )
        for predicado, dentro_de in (
            (asignados(movido), lambda f: pasa(movido, f)),
            (
                asignados(movido) | asignados(movido_otro),
                lambda f: pasa(movido, f) or pasa(movido_otro, f),
            ),
            (
                asignados(movido) | Q(provincia="09"),
                lambda f: pasa(movido, f) or f.provincia == "09",
            ),
            (
                asignados(movido) & Q(provincia="09"),
                lambda f: pasa(movido, f) and f.provincia == "09",
            ),
            (~asignados(movido), lambda f: not pasa(movido, f)),
        ):
            hallados = set(Asignacion.objects.filter(predicado).values_list("pk", flat=True))
            assert hallados == {f.pk for f in filas if dentro_de(f)}


def pasa(alcance: Alcance, fila: Asignacion) -> bool:
    return alcance.contiene(provincia=fila.provincia, empleador_id=fila.usuario_id)


def test_an_administrator_who_is_also_an_analyst_of_guayas_sees_guayas_only() -> None:
    actor = Actor(id=1, nombre="Dos", roles={"ADM", "AC"}, provincias=frozenset({"09"}))
    assert actor.alcance(Permiso.CARTERA_VER) == Alcance(provincias=frozenset({"09"}))
    assert actor.alcance(Permiso.USUARIOS_ADMINISTRAR).nacion
    assert actor.alcance(Permiso.LIBRO_VER).vacio


@pytest.mark.parametrize(("uno", "otro"), list(product(sorted(ROLES), repeat=2)))
def test_two_roles_reach_what_each_reaches_and_no_more(uno: str, otro: str) -> None:
    """Whatever the pair and the permission: a union, never a permission with another's reach."""

    def actor(*asignaciones: AsignacionVigente) -> Actor:
        return Actor(id=1, nombre="Alguien", asignaciones=asignaciones)

    una, otra = asignacion(uno, "09", 7), asignacion(otro, "17", 8)
    for permiso in Permiso:
        juntas = actor(una, otra).alcance(permiso)
        assert juntas == actor(una).alcance(permiso) | actor(otra).alcance(permiso)
        assert actor(una, otra).puede(permiso) is (
            actor(una).puede(permiso) or actor(otra).puede(permiso)
        )


def asignacion(rol: str, provincia: str, empleador: int) -> AsignacionVigente:
    sin_provincia = ROLES[rol].territorio is Territorio.SIN_PROVINCIA
    return AsignacionVigente(
        rol=rol,
        provincias=frozenset(() if sin_provincia else {provincia}),
        empleadores=frozenset({empleador} if ROLES[rol].es_externo else ()),
    )


def test_the_role_used_is_the_one_that_gives_the_permission() -> None:
    actor = Actor(id=1, nombre="Dos", roles={"ADM", "AC"}, provincias=frozenset({"09"}))
    assert actor.roles_con(Permiso.CARTERA_VER) == {"AC"}
    assert actor.roles_con(Permiso.USUARIOS_ADMINISTRAR) == {"ADM"}
    assert actor.roles_con(Permiso.LIBRO_SELLAR) == frozenset()


def test_the_system_reaches_the_nation_with_its_permissions_and_nothing_with_others() -> None:
    sistema = Actor.sistema()
    assert sistema.alcance(Permiso.CARTERA_CERRAR_DIA).nacion
    assert sistema.alcance(Permiso.TASA_APROBAR).vacio
