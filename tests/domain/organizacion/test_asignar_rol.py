"""An office is given by an act of appointment, for some days, and some offices never meet."""

from datetime import date, timedelta
from typing import Any

import pytest

from recaudo.domain.organizacion.actions import asignar_rol as accion
from recaudo.domain.organizacion.actions.asignar_rol import (
    CuentaDesconocida,
    UnoMismo,
    YaTieneElRol,
    asignar_rol,
)
from recaudo.domain.organizacion.policy import (
    CargosIncompatibles,
    FaltaProvincia,
    FechasDelNombramiento,
    Nombramiento,
    NombramientoIncompleto,
    RolDesconocido,
)
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES
from recaudo.infra.security.segregacion import PARES, par_prohibido
from recaudo.project.quien import presencia_de

pytestmark = pytest.mark.django_db
HOY = date(2026, 11, 20)
DIA = timedelta(days=1)
ADMINISTRADORA = Actor(id=-1, nombre="Administradora", roles={"ADM"})
ACTO = Nombramiento(documento="Acción de personal", numero="AP-9", fecha=HOY - DIA)


@pytest.fixture
def rosa() -> Usuario:
    clock.fijar_fecha_simulada(HOY)
    return Usuario.objects.create_user("2050000013", "Rosa Prueba")


@pytest.fixture
def directora() -> Usuario:
    return Usuario.objects.create_user("2050000021", "Directora Prueba")


def asignar(usuario: Usuario, **cambios: Any) -> None:
    datos: dict[str, Any] = {
        "usuario_id": usuario.pk, "rol": "JC", "provincias": ("17",), "desde": HOY,
        "nombramiento": ACTO, "por": ADMINISTRADORA, "hoy": HOY,
    }  # fmt: skip
    asignar_rol(**(datos | cambios))


def nombrado(**cambios: Any) -> Nombramiento:
    datos = {"documento": ACTO.documento, "numero": ACTO.numero, "fecha": ACTO.fecha}
    return Nombramiento(**(datos | cambios))


def test_it_gives_access_in_its_provinces_for_its_days(rosa: Usuario) -> None:
    asignar(rosa, provincias=("17", "04"), nombramiento=nombrado(hasta=HOY + 2 * DIA))
    assert presencia_de(rosa).actor.alcance(Permiso.CARTERA_VER).provincias == {"04", "17"}
    for cuando, roles in ((HOY + DIA, {"JC"}), (HOY + 2 * DIA, set())):
        clock.fijar_fecha_simulada(cuando)
        actual = Usuario.objects.get(pk=rosa.pk)
        assert presencia_de(actual).actor.roles == roles


def test_the_trail_tells_who_what_where_and_by_which_act(rosa: Usuario) -> None:
    asignar(rosa, nombramiento=nombrado(hasta=HOY + 2 * DIA))
    hecho = Hecho.objects.get(tipo="rol_asignado")
    assert hecho.frase == (
        "Rosa Prueba tiene el rol JC (provincias: 17) como titular desde el 20/11/2026 y antes "
        "del 22/11/2026, por Acción de personal AP-9."
    )
    assert (hecho.objeto_id, hecho.permiso) == (str(rosa.pk), "usuarios.administrar")


def test_a_delegation_keeps_who_delegates_and_by_which_norm(
    rosa: Usuario, directora: Usuario
) -> None:
    delegacion = nombrado(calidad="DELEGADO", delegante_id=directora.pk, norma="COA art. 69")
    asignar(rosa, rol="DP", nombramiento=delegacion)
    assert presencia_de(rosa).actor.delegantes("DP") == ["Directora Prueba"]


@pytest.mark.parametrize(
    ("cambios", "rechazo"),
    [
        ({"rol": ""}, RolDesconocido),
        ({"rol": "JEFE"}, RolDesconocido),
        ({"provincias": ()}, FaltaProvincia),
        ({"usuario_id": 0}, CuentaDesconocida),
        (
            {"por": Actor(id=2, nombre="Otra", roles={"JC"}, provincias=frozenset({"17"}))},
            SinPermiso,
        ),
        ({"nombramiento": nombrado(numero="")}, NombramientoIncompleto),
        ({"nombramiento": nombrado(calidad="JEFE")}, NombramientoIncompleto),
        ({"nombramiento": nombrado(calidad="DELEGADO")}, NombramientoIncompleto),
        ({"nombramiento": nombrado(norma="COA art. 69")}, NombramientoIncompleto),
        ({"nombramiento": nombrado(hasta=HOY)}, FechasDelNombramiento),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    rosa: Usuario, cambios: dict[str, Any], rechazo: type[Exception]
) -> None:
    with pytest.raises(rechazo):
        asignar(rosa, **cambios)
    assert not Asignacion.objects.exists()
    assert not Hecho.objects.filter(tipo="rol_asignado").exists()


def test_nobody_gives_an_office_to_oneself(rosa: Usuario) -> None:
    ella = Actor(id=rosa.pk, nombre=rosa.nombre, roles={"ADM"})
    with pytest.raises(UnoMismo):
        asignar(rosa, por=ella)


def test_a_closed_account_gets_no_office(rosa: Usuario) -> None:
    Usuario.objects.update(is_active=False)
    with pytest.raises(CuentaDesconocida):
        asignar(rosa)


def test_the_same_office_twice_is_refused_and_after_it_ends_is_not(rosa: Usuario) -> None:
    asignar(rosa, nombramiento=nombrado(hasta=HOY + 5 * DIA))
    with pytest.raises(YaTieneElRol):
        asignar(rosa, desde=HOY + 4 * DIA)
    asignar(rosa, desde=HOY + 5 * DIA)
    assert Asignacion.objects.count() == 2


def test_who_administers_users_approves_no_money(rosa: Usuario) -> None:
    asignar(rosa, rol="ADM", provincias=(), nombramiento=nombrado(hasta=HOY + 3 * DIA))
    with pytest.raises(CargosIncompatibles, match="no aprueba dinero"):
        asignar(rosa, rol="UREC", provincias=(), desde=HOY + 2 * DIA)
    asignar(rosa, rol="UREC", provincias=(), desde=HOY + 3 * DIA)
    with pytest.raises(CargosIncompatibles, match="no aprueba dinero"):
        asignar(rosa, rol="ADM", provincias=(), desde=HOY + 9 * DIA)


def test_who_administers_users_may_also_be_an_analyst(rosa: Usuario) -> None:
    asignar(rosa, rol="ADM", provincias=())
    asignar(rosa, rol="AC", provincias=("09",))
    assert presencia_de(rosa).actor.alcance(Permiso.CARTERA_VER).provincias == {"09"}


def test_twin_without_the_guard_they_meet(rosa: Usuario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accion, "exigir_compatible", lambda **_: None)
    asignar(rosa, rol="ADM", provincias=())
    asignar(rosa, rol="UREC", provincias=())
    assert presencia_de(rosa).actor.roles == {"ADM", "UREC"}


def test_the_pairs_come_from_the_matrix_and_are_of_offices_that_exist() -> None:
    for par in PARES:
        assert par.unos, par.clave
        assert par.otros, par.clave
        assert par.unos | par.otros <= set(ROLES), par.clave
        assert not par.unos & par.otros, par.clave
    for rol, otro in (("ADM", "UREC"), ("JCO", "SAE"), ("JC", "DP"), ("JC", "CPPC")):
        assert par_prohibido(rol, [otro]) is par_prohibido(otro, [rol]) is not None
    for rol, otro in (("ADM", "AC"), ("JC", "AC"), ("DNRC", "UCGC"), ("AC", "EMP")):
        assert par_prohibido(rol, [otro]) is None
