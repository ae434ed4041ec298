"""A rate enters with its source, without overlaps (D21)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from recaudo.domain.parametros.actions.registrar_tasa import (
    EstadoDeTasaDesconocido,
    TasaFueraDeRango,
    TasaSinFuente,
    TasaYaRegistrada,
)
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.queries import (
    tabla_de_tasas,
)
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.norma.mora.tasas import TasaSinDatos
from tests.domain.guardas import passes_without, refused
from tests.factories.parametros import APRUEBA, HOY, registrar

pytestmark = pytest.mark.django_db


def test_a_month_without_row_is_refused_naming_the_month_and_where_it_is_registered() -> None:
    with pytest.raises(TasaSinDatos, match=r"2026-10\..*en «Tasas»"):
        tabla_de_tasas().vigente(HOY)


def test_two_rates_for_one_day_are_refused_by_name_and_by_the_database() -> None:
    registrar(hasta=Periodo(2026, 12))
    with pytest.raises(TasaYaRegistrada):
        registrar(periodo=Periodo(2026, 11))
    sql = (
        "INSERT INTO parametros_tasapublicada (desde, hasta, tasa, fuente, estado_verificacion) "
        "VALUES ('2026-11-15', '2026-11-16', 8, 'x', 'SECUNDARIO')"
    )
    assert refused(sql)
    assert passes_without("tasa_sin_cruces", "parametros_tasapublicada", sql, is_trigger=False)


@pytest.mark.parametrize(
    ("cambio", "rechazo"),
    [
        ({"tasa": Tasa("0")}, TasaFueraDeRango),
        ({"tasa": Tasa("100")}, TasaFueraDeRango),
        ({"tasa": Tasa("7.9999")}, TasaFueraDeRango),
        ({"fuente": " "}, TasaSinFuente),
        ({"estado_verificacion": "SEGURO"}, EstadoDeTasaDesconocido),
        ({"por": APRUEBA}, SinPermiso),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    cambio: dict[str, object], rechazo: type[Exception]
) -> None:
    with pytest.raises(rechazo):
        registrar(**cambio)
    assert not TasaPublicada.objects.exists()


def test_a_percentage_out_of_range_is_refused_by_the_database_too() -> None:
    with pytest.raises(IntegrityError, match="tasa_en_porcentaje"), transaction.atomic():
        TasaPublicada.objects.create(
            desde=HOY, hasta=date(2026, 10, 3), tasa=Decimal(100), fuente="x",
            estado_verificacion="SECUNDARIO",
        )  # fmt: skip
    assert connection.is_usable()
