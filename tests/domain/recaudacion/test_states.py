"""The tables of states of the room, in Python and in the database."""

import pytest
from django.db import connection

from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.domain.recaudacion.states import MAQUINA, MAQUINA_VALOR
from tests.domain.estados import steps_of, steps_the_database_allows
from tests.domain.guardas import passes_without, refused
from tests.factories.actos import nace_por
from tests.factories.planillas import en_un_acto
from tests.factories.recaudacion import Linea, hacer_comprobante, importar

pytestmark = pytest.mark.django_db


def test_every_step_of_a_comprobante_is_the_same_in_python_and_sql() -> None:
    fila = hacer_comprobante().pk
    assert steps_the_database_allows(MAQUINA, "recaudacion_comprobante", fila) == steps_of(MAQUINA)


def test_every_step_of_a_value_is_the_same_in_python_and_sql() -> None:
    importar(Linea(100, "", "A"))
    fila = ValorPorAplicar.objects.get().pk
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert steps_the_database_allows(
        MAQUINA_VALOR, "recaudacion_valorporaplicar", fila
    ) == steps_of(MAQUINA_VALOR)


def test_a_state_outside_an_act_is_refused_by_the_trigger_and_by_nothing_else() -> None:
    hacer_comprobante()
    sql = "UPDATE recaudacion_comprobante SET estado = 'anulado'"
    assert refused(sql)
    assert passes_without("comprobante_estado", "recaudacion_comprobante", sql)


def test_a_session_that_changed_one_state_changes_thousands_as_fast() -> None:
    """Plans of triggers are kept: one made for a row once paired every old row with every new."""
    with connection.cursor() as cursor, nace_por("generar_comprobante"):
        cursor.execute(
            "INSERT INTO recaudacion_comprobante (numero, empleador_id, fecha_emision, "
            "valido_hasta, capital, interes, importe, estado, estado_verificacion, generado_en) "
            "SELECT 'M' || i, 1, '2026-09-01', '2026-09-15', 1, 0, 1, 'generado', 'VERIFICADO', "
            "now() FROM generate_series(1, 12000) i"
        )
        cambio = "UPDATE recaudacion_comprobante SET estado = 'anulado' WHERE numero "

        def cambiar(_: object) -> None:
            cursor.execute(cambio + "= 'M1'")
            cursor.execute("SET LOCAL statement_timeout = '3s'")
            cursor.execute(cambio + "LIKE 'M%%' AND estado = 'generado'", [])
            assert cursor.rowcount == 11_999

        en_un_acto(cambiar, como="anular_comprobante")


def test_an_annulled_comprobante_is_never_called_cancelado() -> None:
    assert "cancelado" not in MAQUINA.estados


def test_what_entered_from_a_bank_is_never_changed() -> None:
    importar(Linea(100, "", "A"))
    sql = "UPDATE recaudacion_lineaextracto SET importe = importe + 1"
    assert refused(sql)
    assert passes_without("linea_solo_agregar", "recaudacion_lineaextracto", sql)
