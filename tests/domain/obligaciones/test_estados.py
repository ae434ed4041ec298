"""The states of a debt: the same pairs in Python and in SQL, and nothing but an act moves them."""

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.states import MAQUINA, VIVAS, EstadoObligacion
from recaudo.infra.audit.models import CambioEstado
from tests.domain.estados import begin_an_act, steps_of, steps_the_database_allows
from tests.domain.guardas import passes_without, refused
from tests.factories.actos import nace_por
from tests.factories.cartera import hacer_obligacion

pytestmark = pytest.mark.django_db
TABLA = "obligaciones_obligacion"


def test_the_database_allows_exactly_the_steps_of_the_table_of_states() -> None:
    fila = hacer_obligacion()
    assert steps_the_database_allows(MAQUINA, TABLA, fila.pk) == steps_of(MAQUINA)


def test_what_is_owed_can_be_paid_and_what_is_not_never_comes_back() -> None:
    for viva in VIVAS:
        assert MAQUINA.permite(viva, EstadoObligacion.CANCELADA)
    assert MAQUINA.actos_desde(EstadoObligacion.CANCELADA) == ("reversar_pagos", "reimputar_pagos")


def test_a_state_changes_only_inside_an_act() -> None:
    fila = hacer_obligacion()
    cambio = f"UPDATE {TABLA} SET estado = 'en_mora' WHERE id = {fila.pk}"
    assert refused(cambio)
    assert passes_without("obligacion_estado", TABLA, cambio)
    with connection.cursor() as cursor:
        begin_an_act(cursor, "entrar_en_mora")
    assert not refused(cambio)
    paso = CambioEstado.objects.get(maquina="obligacion", objeto_id=fila.pk)
    assert (paso.desde, paso.hacia) == ("emitida", "en_mora")
    assert (paso.acto, paso.hecho_id) == ("entrar_en_mora", 0)


def test_a_debt_is_born_emitted() -> None:
    fila = hacer_obligacion()
    nueva = Obligacion.objects.get(pk=fila.pk)
    nueva.pk = None
    nueva.version = 2
    nueva.estado = "en_glosa"
    with pytest.raises(DatabaseError), transaction.atomic():
        nueva.save(force_insert=True)


def test_outside_an_act_no_debt_is_born() -> None:
    fila = hacer_obligacion()
    otra = (
        f"INSERT INTO {TABLA} SELECT (o).* FROM (SELECT jsonb_populate_record(o, "
        f"jsonb_build_object('id', o.id + 1000, 'version', 2)) AS o FROM {TABLA} o "
        f"WHERE id = {fila.pk}) x"
    )
    assert refused(otra)
    assert passes_without("obligacion_nace", TABLA, otra)
    with nace_por("entrar_en_mora"):
        assert refused(otra), "an act that makes no debt be born"
    with nace_por("emitir_planillas"):
        assert not refused(otra)


def test_inside_an_act_a_debt_is_born_only_by_the_act_that_creates_debts() -> None:
    fila = hacer_obligacion()
    nueva = Obligacion.objects.get(pk=fila.pk)
    nueva.pk = None
    nueva.version = 2
    with connection.cursor() as cursor:
        begin_an_act(cursor, "entrar_en_mora")
    with pytest.raises(DatabaseError, match="lo hace: "), transaction.atomic():
        nueva.save(force_insert=True)
    with connection.cursor() as cursor:
        begin_an_act(cursor, "emitir_planillas")
    nueva.save(force_insert=True)


@pytest.mark.parametrize(
    "cambio",
    [
        "capital_personal = capital_personal + 1",
        "fecha_vencimiento = fecha_vencimiento + 1",
        "empleador_id = empleador_id + 1",
        "periodo = periodo + 1",
    ],
)
def test_what_was_emitted_is_not_edited(cambio: str) -> None:
    fila = hacer_obligacion()
    edicion = f"UPDATE {TABLA} SET {cambio} WHERE id = {fila.pk}"
    assert refused(edicion)


def test_no_debt_is_deleted_nor_the_table_emptied() -> None:
    fila = hacer_obligacion()
    borrado = f"DELETE FROM {TABLA} WHERE id = {fila.pk}"
    assert refused(borrado)
    assert passes_without("obligacion_no_se_borra", TABLA, borrado)
    assert refused(f"TRUNCATE {TABLA} CASCADE")


@pytest.mark.parametrize(
    ("guard", "cambio"),
    [
        ("obligacion_saldo_entre_cero_y_capital", "saldo_ccc = saldo_ccc + 1"),
        ("obligacion_saldo_entre_cero_y_capital", "saldo_personal = -1"),
    ],
)
def test_what_is_left_is_between_zero_and_what_was_emitted(guard: str, cambio: str) -> None:
    # D04
    fila = hacer_obligacion()
    malo = f"UPDATE {TABLA} SET {cambio} WHERE id = {fila.pk}"
    assert refused(malo)
    assert passes_without(guard, TABLA, malo, is_trigger=False)
