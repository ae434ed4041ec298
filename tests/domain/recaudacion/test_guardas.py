"""The tables of this room are never emptied, whoever asks: a row trigger does not see it."""

import pytest
from django.apps import apps
from django.db import connection

from recaudo.domain.recaudacion.models import DetalleVivo

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
