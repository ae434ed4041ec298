"""What the close does with the unpaid ones changes on a date, and what it did stays legal."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection

from recaudo.domain.copias.actions.cerrar_impagas import ACTO, CopiasCerradas, cerrar_impagas
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.states import CAMBIO
from recaudo.infra.audit.hechos import acto
from recaudo.infra.audit.models import CambioEstado
from tests.factories.copias import MAQUINA, cerrar_hasta, dejar_vencer, estado_de, pedir
from tests.factories.deudas import violaciones

pytestmark = pytest.mark.django_db
UN_DIA = timedelta(days=1)


def test_before_the_change_it_is_archived_since_then_collected_and_history_stays_legal() -> None:
    antes = pedir()
    cerrar_hasta(dejar_vencer(antes) + UN_DIA)
    assert estado_de(antes) == "archivada"
    despues = pedir(hoy=date(2026, 9, 24))
    vencio = dejar_vencer(despues, hoy=date(2026, 9, 24))
    assert vencio >= CAMBIO
    cerrar_hasta(vencio + UN_DIA)
    assert (estado_de(antes), estado_de(despues)) == ("archivada", "en_cobro")
    assert {c.acto for c in CambioEstado.objects.filter(hacia="archivada")} == {"cerrar_impagas"}
    assert violaciones() == {}


def test_running_it_again_changes_nothing() -> None:
    dia = dejar_vencer(pedir())
    assert cerrar_impagas(fecha=dia, por=MAQUINA) == 0, "unpaid since that same day"
    assert cerrar_impagas(fecha=dia + UN_DIA, por=MAQUINA) == 1
    assert cerrar_impagas(fecha=dia + UN_DIA, por=MAQUINA) == 0


@pytest.mark.parametrize(
    ("fecha", "hacia", "dice"),
    [
        (CAMBIO, "archivada", "no existe"),  # retired that very day
        (CAMBIO - UN_DIA, "en_cobro", "no existe"),  # not yet in force
        (CAMBIO, "entregable", "lo hace: entregar_copias"),  # of another act
    ],
)
def test_the_database_refuses_a_step_that_is_not_in_the_table(
    fecha: date, hacia: str, dice: str
) -> None:
    numero = pedir()
    dejar_vencer(numero)
    with pytest.raises(DatabaseError, match=dice), acto(ACTO, por=MAQUINA, fecha=fecha, norma="N"):
        PedidoDeCopias.objects.filter(pk=numero).update(estado=hacia)


def test_a_state_changes_only_inside_an_act_that_says_so() -> None:
    numero = pedir()
    dejar_vencer(numero)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="dentro de un acto"):
        cursor.execute("UPDATE copias_pedidodecopias SET estado = 'archivada'")


def test_its_fact_says_what_it_did() -> None:
    assert CopiasCerradas(CAMBIO, 1, "En cobro").frase().startswith("Pasó a «En cobro»: 1 pedido")
