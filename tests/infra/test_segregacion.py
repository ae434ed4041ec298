"""The second wall of every act: its object is within reach, and is not of one's own employer."""

from datetime import date
from typing import Any

import pytest

from recaudo.infra.audit.hechos import acto
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.segregacion import ParteInteresada, exigir_otra_persona, exigir_sobre
from tests.factories.actos import Probado, acto_de_prueba

P = Permiso
HOY = date(2026, 11, 20)


def actor(*roles: str, **donde: Any) -> Actor:
    return Actor(id=1, nombre="Alguien", roles=frozenset(roles), **donde)


def sobre(
    quien: Actor, permiso: Permiso, provincia: str = "17", empleador_id: int | None = 7
) -> None:
    exigir_sobre(por=quien, permiso=permiso, provincia=provincia, empleador_id=empleador_id)


def test_an_object_out_of_reach_is_refused_whatever_the_room_asked() -> None:
    sobre(actor("AC", provincias=frozenset({"17"})), P.NOTIFICACION_ENVIAR)
    for quien in (
        actor("AC", provincias=frozenset({"09"})),
        actor("AC", "ADM", "UREC", provincias=frozenset({"09"})),
        actor("AC"),
        actor("UREC"),
    ):
        with pytest.raises(SinPermiso):
            sobre(quien, P.NOTIFICACION_ENVIAR)


def test_what_is_of_nobody_asks_only_the_permission() -> None:
    sobre(actor("AC", provincias=frozenset({"09"})), P.NOTIFICACION_ENVIAR, "", None)


def test_an_employer_without_province_is_believed_to_the_room_of_a_provincial_office() -> None:
    sobre(actor("AC", provincias=frozenset({"09"})), P.NOTIFICACION_ENVIAR, "", 7)
    with pytest.raises(SinPermiso):
        sobre(actor("EMP", empleadores=frozenset({8})), P.COMPROBANTE_GENERAR, "", 7)


def test_the_system_acts_on_everything() -> None:
    sobre(Actor.sistema(), P.NOTIFICACION_ENVIAR)


def test_nobody_acts_for_the_institution_on_the_employer_one_represents() -> None:
    suyo = {"empleadores": frozenset({7})}
    with pytest.raises(ParteInteresada):
        sobre(actor("UREC", "EMP", **suyo), P.VALOR_APLICAR)
    sobre(actor("UREC", "EMP", **suyo), P.VALOR_APLICAR, empleador_id=8)
    sobre(actor("EMP", **suyo), P.COMPROBANTE_GENERAR)
    sobre(actor("DNAC", "EMP", **suyo), P.NOVEDADES_CARGAR)  # as its employer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quien", "rechazo"),
    [
        (actor("JC", provincias=frozenset({"09"})), SinPermiso),
        (
            actor("JC", "EMP", provincias=frozenset({"17"}), empleadores=frozenset({7})),
            ParteInteresada,
        ),
        (actor("JC", provincias=frozenset({"17"})), None),
    ],
)
def test_an_act_that_forgot_to_ask_is_refused_and_leaves_nothing(
    quien: Actor, rechazo: type[SinPermiso] | None
) -> None:
    que = acto_de_prueba(P.NOTIFICACION_ENVIAR, Probado, como="notificar_a_mano")

    def actuar() -> None:
        with acto(que, por=quien, fecha=HOY, norma="Prueba") as a:
            a.declarar(Probado(), empleador_id=7, provincia="17")

    if rechazo is None:
        actuar()
        return
    with pytest.raises(rechazo):
        actuar()
    assert not Hecho.objects.exists()


def test_who_did_the_step_before_does_not_do_the_next() -> None:
    with pytest.raises(ParteInteresada):
        exigir_otra_persona(de=1, por=actor("AC"), rechazo=ParteInteresada)
    exigir_otra_persona(de=2, por=actor("AC"), rechazo=ParteInteresada)
    exigir_otra_persona(de=None, por=actor("AC"), rechazo=ParteInteresada)
