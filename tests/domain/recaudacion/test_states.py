"""The tables of states of the room, in Python and in the database."""

import pytest
from django.db import connection

from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.domain.recaudacion.states import MAQUINA, MAQUINA_VALOR
from recaudo.kernel.states import Maquina
from tests.domain.estados import pairs_the_database_allows
from tests.domain.guardas import passes_without, refused
from tests.factories.recaudacion import Linea, hacer_comprobante, importar

pytestmark = pytest.mark.django_db


def pares(maquina: Maquina) -> set[tuple[str, str]]:
    return {(desde, hacia) for desde, hacia in maquina.pares() if desde is not None}


def test_every_pair_of_states_of_a_comprobante_is_the_same_in_python_and_sql() -> None:
    fila = hacer_comprobante().pk
    assert pairs_the_database_allows(MAQUINA, "recaudacion_comprobante", fila) == pares(MAQUINA)


def test_every_pair_of_states_of_a_value_is_the_same_in_python_and_sql() -> None:
    importar(Linea(100, "", "A"))
    fila = ValorPorAplicar.objects.get().pk
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert pairs_the_database_allows(MAQUINA_VALOR, "recaudacion_valorporaplicar", fila) == pares(
        MAQUINA_VALOR
    )


def test_a_state_outside_an_act_is_refused_by_the_trigger_and_by_nothing_else() -> None:
    hacer_comprobante()
    sql = (
        "SELECT set_config('recaudo.hecho', '', true); "
        "UPDATE recaudacion_comprobante SET estado = 'anulado'"
    )
    assert refused(sql)
    assert passes_without("comprobante_estado", "recaudacion_comprobante", sql)


def test_an_annulled_comprobante_is_never_called_cancelado() -> None:
    assert "cancelado" not in MAQUINA.estados


def test_what_entered_from_a_bank_is_never_changed() -> None:
    importar(Linea(100, "", "A"))
    sql = "UPDATE recaudacion_lineaextracto SET importe = importe + 1"
    assert refused(sql)
    assert passes_without("linea_solo_agregar", "recaudacion_lineaextracto", sql)
