"""How far a permission reaches: a union of assignments that never lend to one another."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.infra.security.asignacion import AsignacionVigente
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


def test_an_object_of_several_provinces_is_within_reach_by_any_of_them() -> None:
    de_guayas = Alcance(provincias=frozenset({"09"}))
    assert de_guayas.contiene(provincia=("17", "09"))
    assert not de_guayas.contiene(provincia=("17", "04"))
    assert not de_guayas.contiene(provincia=())


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
