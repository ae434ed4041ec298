"""Who sees which employers, and what the screens read."""

import pytest

from recaudo.domain.afiliacion import queries
from recaudo.domain.afiliacion.policy import alcanza_a
from recaudo.infra.security.actor import Actor
from tests.domain.afiliacion.archivos import entrada, enviar
from tests.factories.afiliacion import (
    GUAYAQUIL,
    actor_de_afiliacion,
    actor_empleador,
    actor_provincial,
    cedula_sintetica,
    hacer_empleador,
    hacer_sucursal,
    ruc_de_sociedad,
)
from tests.factories.alcances import ve

pytestmark = pytest.mark.django_db
RUC = ruc_de_sociedad(123_456)
NUEVA = cedula_sintetica(840_001)


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
        assert set(queries.visible_to(ve(actor)).values_list("pk", flat=True)) == vistos, (
            actor.nombre
        )


def test_a_sucursal_in_the_province_brings_its_employer_within_reach() -> None:
    quito = hacer_empleador()
    analista = actor_provincial("09")
    assert not queries.visible_to(ve(analista)).filter(pk=quito.pk).exists()
    assert not alcanza_a(ve(analista), quito)
    hacer_sucursal(empleador=quito, codigo="0002", canton=GUAYAQUIL)
    assert list(queries.visible_to(ve(analista)).filter(pk=quito.pk)) == [quito]
    assert alcanza_a(ve(analista), quito)


def test_each_sees_the_files_of_the_employers_within_reach() -> None:
    empleador = hacer_empleador()
    enviado = enviar(empleador, entrada(empleador, cedula_sintetica(840_002)))
    propios = queries.archivos_visibles(ve(actor_empleador(empleador)))
    assert [archivo.pk for archivo in propios] == [enviado.archivo_id]
    assert not queries.archivos_visibles(ve(actor_empleador(hacer_empleador()))).exists()


def test_a_missing_employer_and_a_forbidden_one_answer_the_same() -> None:
    ajeno = hacer_empleador(canton=GUAYAQUIL)
    with pytest.raises(queries.EmpleadorDesconocido) as prohibido:
        queries.empleador_por_ruc(ajeno.ruc, alcance=ve(actor_provincial("17")))
    with pytest.raises(queries.EmpleadorDesconocido) as ausente:
        queries.empleador_por_ruc("1790016919001", alcance=ve(actor_provincial("17")))
    assert prohibido.value.como_dict() == ausente.value.como_dict()
    ficha = queries.empleador_por_ruc(f" {ajeno.ruc} ", alcance=ve(actor_provincial("09")))
    assert ficha == queries.ficha_de_empleador(ajeno.pk, alcance=ve(actor_de_afiliacion()))
    assert [s.codigo for s in ficha.sucursales] == ["0001"]
