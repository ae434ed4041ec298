"""One event by hand has the rules of a line of a file (LSS art. 73)."""

from datetime import date

import pytest

from recaudo.domain.afiliacion.actions.registrar_novedad import (
    NovedadRechazada,
    registrar_novedad,
)
from recaudo.domain.afiliacion.models import Novedad, RelacionLaboral
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.avisos import Aviso, TipoNovedad
from tests.domain.afiliacion.archivos import HOY
from tests.factories.afiliacion import (
    actor_empleador,
    cedula_sintetica,
    hacer_empleador,
    hacer_nomina,
    ruc_de_sociedad,
)

pytestmark = pytest.mark.django_db
RUC = ruc_de_sociedad(123_456)
NUEVA = cedula_sintetica(840_001)


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
