"""The registry: employers, sucursales, events one by one, and who sees what."""

from datetime import date

import pytest

from recaudo.domain.afiliacion import queries
from recaudo.domain.afiliacion.actions.registrar_empleador import (
    EmpleadorYaRegistrado,
    FaltaRazonSocial,
    registrar_empleador,
)
from recaudo.domain.afiliacion.actions.registrar_novedad import (
    NovedadRechazada,
    registrar_novedad,
)
from recaudo.domain.afiliacion.actions.registrar_sucursal import (
    CodigoDeSucursal,
    SucursalYaRegistrada,
    registrar_sucursal,
)
from recaudo.domain.afiliacion.models import Empleador, Novedad, RelacionLaboral
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.ids import IdentificacionInvalida
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.novedades.avisos import Aviso, TipoNovedad
from tests.domain.afiliacion.archivos import HOY
from tests.factories.afiliacion import (
    GUAYAQUIL,
    actor_de_afiliacion,
    actor_empleador,
    actor_provincial,
    cedula_sintetica,
    hacer_empleador,
    hacer_nomina,
    hacer_relacion,
    matriz_de,
    ruc_de_sociedad,
)

pytestmark = pytest.mark.django_db
RUC = ruc_de_sociedad(123_456)
NUEVA = cedula_sintetica(840_001)


def _registrar(ruc: str = RUC, **cambios: str) -> Empleador:
    cargar_division_politica()
    datos = {
        "razon_social": "  Ñandutí   Cía. Ltda. ",
        "tipo_empleador": "PRIV_SOCIEDAD",
        "canton": GUAYAQUIL,
    } | cambios
    return registrar_empleador(ruc=ruc, por=actor_de_afiliacion(), hoy=HOY, **datos)


def test_an_employer_is_registered_with_its_matriz_and_its_fact() -> None:
    empleador = _registrar()
    assert empleador.razon_social == "Ñandutí Cía. Ltda."
    assert empleador.clave_orden == "n~anduti cia. ltda."
    matriz = matriz_de(empleador)
    assert (matriz.canton, matriz.provincia) == ("0901", "09")
    hecho = Hecho.objects.get(tipo="empleador_registrado")
    assert (hecho.objeto_id, hecho.provincia) == (str(empleador.pk), "09")


@pytest.mark.parametrize(
    ("ruc", "cambios", "rechazo"),
    [
        ("1790016919000", {}, IdentificacionInvalida),
        (RUC, {"razon_social": " "}, FaltaRazonSocial),
        (RUC, {"tipo_empleador": "NADA"}, Rechazo),
        (RUC, {"canton": "9999"}, Rechazo),
    ],
)
def test_an_employer_that_cannot_be_is_refused(
    ruc: str, cambios: dict[str, str], rechazo: type[Rechazo]
) -> None:
    with pytest.raises(rechazo):
        _registrar(ruc, **cambios)
    assert not Empleador.objects.filter(ruc=ruc).exists()


def test_a_ruc_is_registered_once() -> None:
    _registrar()
    with pytest.raises(EmpleadorYaRegistrado):
        _registrar()


def test_a_sucursal_is_added_once_and_only_by_who_may() -> None:
    empleador = _registrar()
    datos = {"empleador_id": empleador.pk, "canton": "1701", "hoy": HOY}
    nueva = registrar_sucursal(codigo="0002", por=actor_de_afiliacion(), **datos)
    assert nueva.provincia == "17"
    with pytest.raises(SucursalYaRegistrada):
        registrar_sucursal(codigo="0002", por=actor_de_afiliacion(), **datos)
    for codigo in ("0000", "2", "٠٠٠٣"):
        with pytest.raises(CodigoDeSucursal):
            registrar_sucursal(codigo=codigo, por=actor_de_afiliacion(), **datos)
    with pytest.raises(SinPermiso):
        registrar_sucursal(codigo="0003", por=actor_empleador(empleador), **datos)


def test_an_event_by_hand_has_the_rules_and_effects_of_a_line() -> None:
    empleador = hacer_empleador()
    aviso = Aviso(
        tipo=TipoNovedad.ENT,
        sucursal="0001",
        identificacion=NUEVA,
        periodo=Periodo(2026, 6),
        fecha=date(2026, 6, 10),
        valor=Dinero("600.00"),
    )
    novedad = registrar_novedad(
        aviso=aviso,
        empleador_id=empleador.pk,
        por=actor_empleador(empleador),
        hoy=date(2026, 6, 29),  # the window of files is over: by hand there is none
        nombre="Guamán Peña Rosa",
    )
    assert novedad.persona.nombre == "Guamán Peña Rosa"
    assert (novedad.origen, novedad.es_tardia) == ("EMPLEADOR", True)
    assert "fuera de plazo: aviso de entrada" in Hecho.objects.get(pk=novedad.hecho_id).frase
    with pytest.raises(NovedadRechazada) as rechazo:
        registrar_novedad(
            aviso=aviso, empleador_id=empleador.pk, por=actor_empleador(empleador), hoy=HOY
        )
    assert rechazo.value.codigo == "AFILIADO_YA_ACTIVO"
    assert Novedad.objects.count() == RelacionLaboral.objects.count() == 1


def test_extras_entered_by_hand_are_not_entered_again_in_the_month() -> None:
    nomina = hacer_nomina(1)
    aviso = Aviso(
        tipo=TipoNovedad.INS,
        sucursal="0001",
        identificacion=nomina.relaciones[0].persona.identificacion,
        periodo=Periodo(2026, 6),
        valor=Dinero("10.00"),
        causa="O",
    )
    datos = {"aviso": aviso, "empleador_id": nomina.empleador.pk, "hoy": HOY}
    assert registrar_novedad(por=Actor.sistema(), **datos).origen == "IESS"
    with pytest.raises(NovedadRechazada) as rechazo:
        registrar_novedad(por=Actor.sistema(), **datos)
    assert rechazo.value.codigo == "NOVEDAD_YA_REGISTRADA"


def test_days_not_worked_entered_by_hand_do_not_overlap() -> None:
    nomina = hacer_nomina(1)

    def avisar(dia: int, dias: int) -> Novedad:
        aviso = Aviso(
            tipo=TipoNovedad.MND,
            sucursal="0001",
            identificacion=nomina.relaciones[0].persona.identificacion,
            periodo=Periodo(2026, 6),
            fecha=date(2026, 6, dia),
            dias=dias,
        )
        return registrar_novedad(
            aviso=aviso, empleador_id=nomina.empleador.pk, por=Actor.sistema(), hoy=HOY
        )

    avisar(10, 3)
    avisar(13, 1)
    for dia, dias in ((12, 1), (9, 2), (1, 30)):
        with pytest.raises(NovedadRechazada, match="ya está registrada"):
            avisar(dia, dias)


def test_each_sees_the_employers_within_reach() -> None:
    quito, guayaquil = hacer_empleador(), hacer_empleador(canton=GUAYAQUIL)
    ajenos = Actor(id=9, nombre="Nadie")
    administrador = Actor(id=8, nombre="ADM", roles=frozenset({"ADM"}))
    casos = [
        (actor_empleador(quito), {quito.pk}),
        (actor_provincial("09"), {guayaquil.pk}),
        (actor_provincial("09", "17"), {quito.pk, guayaquil.pk}),
        (actor_de_afiliacion(), {quito.pk, guayaquil.pk}),
        (Actor.sistema(), {quito.pk, guayaquil.pk}),
        (ajenos, set()),
        (administrador, set()),
    ]
    for actor, vistos in casos:
        assert set(queries.visible_to(actor).values_list("pk", flat=True)) == vistos, actor.nombre


def test_a_missing_employer_and_a_forbidden_one_answer_the_same() -> None:
    ajeno = hacer_empleador(canton=GUAYAQUIL)
    with pytest.raises(queries.EmpleadorDesconocido) as prohibido:
        queries.empleador_por_ruc(ajeno.ruc, actor=actor_provincial("17"))
    with pytest.raises(queries.EmpleadorDesconocido) as ausente:
        queries.empleador_por_ruc("1790016919001", actor=actor_provincial("17"))
    assert prohibido.value.como_dict() == ausente.value.como_dict()
    ficha = queries.empleador_por_ruc(f" {ajeno.ruc} ", actor=actor_provincial("09"))
    assert ficha == queries.ficha_de_empleador(ajeno.pk, actor=actor_de_afiliacion())
    assert [s.codigo for s in ficha.sucursales] == ["0001"]


def test_the_employments_in_force_show_the_last_day_worked_and_never_an_empty_name() -> None:
    empleador = hacer_empleador()
    sigue = hacer_relacion(sucursal=matriz_de(empleador))
    sigue.persona.nombre = ""
    sigue.persona.save()
    hacer_relacion(sucursal=matriz_de(empleador), hasta=date(2026, 6, 16))
    se_va = hacer_relacion(sucursal=matriz_de(empleador), hasta=date(2026, 6, 17))
    fichas = {f.id: f for f in queries.relaciones_activas(empleador_id=empleador.pk, en=HOY)}
    assert set(fichas) == {sigue.pk, se_va.pk}
    assert fichas[sigue.pk].nombre == sigue.persona.identificacion
    assert (fichas[sigue.pk].ultimo_dia, fichas[se_va.pk].ultimo_dia) == (None, HOY)
