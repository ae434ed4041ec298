"""The tables of this room are never emptied, and an amount that was born never changes.

A row trigger does not see TRUNCATE; a guard of some columns lets the others through. So the
catalogue is asked: which guard, on which columns.
"""

import pytest
from django.apps import apps
from django.db import connection

from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.models import CreditoAFavor, DetalleVivo, ValorPorAplicar
from recaudo.infra.orm import DineroField
from tests.domain.guardas import passes_without, refused
from tests.factories.deudas import deber_costas
from tests.factories.recaudacion import BRUNO, PAGADO, Linea, importar

#: What says which debts a comprobante holds today comes and goes; the books do not.
PASAJERAS = {DetalleVivo}
_VACIADO = 1 << 5
TABLAS = sorted(
    modelo._meta.db_table
    for modelo in apps.get_app_config("recaudacion").get_models()
    if modelo not in PASAJERAS
)


@pytest.mark.django_db
@pytest.mark.parametrize("tabla", TABLAS)
def test_no_table_of_the_money_is_emptied(tabla: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgtype & %s > 0 "
            "AND tgenabled <> 'D'",
            [tabla, _VACIADO],
        )
        assert cursor.fetchone()[0] == 1


#: Amounts that move, each with what watches it.
MUEVEN = {
    ("recaudacion_comprobante", "abonado"): "what was paid of it",
    ("recaudacion_creditoafavor", "saldo"): "what is left of it",
}
IMPORTES = sorted(
    (modelo._meta.db_table, campo.column)
    for modelo in apps.get_app_config("recaudacion").get_models()
    if modelo not in PASAJERAS
    for campo in modelo._meta.concrete_fields
    if isinstance(campo, DineroField)
)
_GUARDA_DE_COLUMNA = """
SELECT count(*) FROM pg_trigger t JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attname = %s
 WHERE t.tgrelid = %s::regclass AND t.tgenabled <> 'D' AND t.tgtype & 19 = 19
   AND (t.tgattr = '' OR a.attnum = ANY (t.tgattr))
"""


@pytest.mark.django_db
@pytest.mark.parametrize(("tabla", "columna"), IMPORTES)
def test_no_amount_that_was_born_changes(tabla: str, columna: str) -> None:
    """Before each row is updated, naming that column or any: only what moves has no guard."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDA_DE_COLUMNA, [columna, tabla])
        hay = cursor.fetchone()[0] > 0
    assert hay is ((tabla, columna) not in MUEVEN)


@pytest.mark.django_db
def test_neither_a_credit_nor_a_value_is_worth_another_amount() -> None:
    deuda = deber_costas("1.00")
    importar(Linea(500, "", "UNO"), Linea(700, "", "DOS"))
    valor = ValorPorAplicar.objects.earliest("id")
    aplicar_valor(valor_id=valor.pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO, razon="Prueba")
    assert CreditoAFavor.objects.exists()
    for guarda, sql in (
        ("credito_fijo", "UPDATE recaudacion_creditoafavor SET importe = importe + 1"),
        ("credito_no_se_borra", "DELETE FROM recaudacion_creditoafavor"),
        ("valor_fijo", "UPDATE recaudacion_valorporaplicar SET importe = importe + 1"),
        ("valor_fijo", "UPDATE recaudacion_valorporaplicar SET recibido_el = recibido_el + 1"),
        ("valor_no_se_borra", "DELETE FROM recaudacion_valorporaplicar"),
    ):
        tabla = (
            "recaudacion_creditoafavor" if "credito" in guarda else "recaudacion_valorporaplicar"
        )
        assert refused(sql)
        assert passes_without(guarda, tabla, sql), guarda
