"""An own account is registered once, with its channel and its ledger account."""

import pytest
from django.db import connection

from recaudo.domain.contabilidad.models import Cuenta
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    CanalDesconocido,
    CuentaIlegible,
    CuentaYaRegistrada,
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.models import CuentaBancaria, Extracto, LineaExtracto
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import SinPermiso
from tests.domain.guardas import refused
from tests.factories.recaudacion import BRUNO, GENERADO, TESORERA, Linea, hacer_cuenta, importar

pytestmark = pytest.mark.django_db


def test_it_has_a_ledger_account_of_its_own_under_the_banks() -> None:
    cuenta = hacer_cuenta("22-00 15")
    contable = Cuenta.objects.get(pk=cuenta.cuenta_contable_id)
    assert cuenta.numero == "220015"
    assert contable.codigo == f"1101.{cuenta.pk:04d}"
    assert contable.naturaleza == "DEUDORA"
    assert Hecho.objects.get(tipo="cuenta_bancaria_registrada").actor_nombre == TESORERA.nombre


def test_the_same_again_is_the_same_and_another_bank_or_channel_is_refused() -> None:
    cuenta = hacer_cuenta()
    hechos = Hecho.objects.count()
    assert hacer_cuenta() == cuenta
    assert Hecho.objects.count() == hechos
    with pytest.raises(CuentaYaRegistrada):
        hacer_cuenta(canal="JEP")
    assert CuentaBancaria.objects.count() == 1
    assert refused(f"UPDATE recaudacion_cuentabancaria SET canal = 'X' WHERE id = {cuenta.pk}")


@pytest.mark.parametrize(
    ("numero", "banco", "canal", "rechazo"),
    [
        ("", "Banco", "JEP", CuentaIlegible),
        ("¿10?", "Banco", "JEP", CuentaIlegible),
        ("10", " ", "JEP", CuentaIlegible),
        ("10", "B" * 121, "JEP", CuentaIlegible),
        ("10", "Banco", "BANCO-INVENTADO", CanalDesconocido),
    ],
)
def test_what_is_not_an_account_is_refused(
    numero: str, banco: str, canal: str, rechazo: type[Exception]
) -> None:
    with pytest.raises(rechazo):
        registrar_cuenta_bancaria(
            numero=numero, banco=banco, canal=canal, por=TESORERA, hoy=GENERADO
        )


def test_a_collector_does_not_register_accounts() -> None:
    with pytest.raises(SinPermiso):
        registrar_cuenta_bancaria(numero="1", banco="B", canal="JEP", por=BRUNO, hoy=GENERADO)


def test_statements_that_waited_for_the_account_can_be_confirmed_and_contradicted_ones_cannot() -> (
    None
):
    from tests.factories.recaudacion import extracto_xml

    bueno = importar(Linea(5000, "", "A"), con_cuenta=False)
    malo = importar(contenido=extracto_xml(Linea(6000, "", "B"), declarado=1), con_cuenta=False)
    hacer_cuenta()
    estados = dict(Extracto.objects.values_list("id", "estado"))
    assert estados == {bueno.extracto_id: "por_confirmar", malo.extracto_id: "retenido"}
    assert Extracto.objects.get(pk=malo.extracto_id).retencion == "TOTALES_CONTRADICHOS"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM recaudacion_lineaextracto")
        assert cursor.fetchone()[0] == 0


def test_a_statement_that_waited_is_judged_whole_when_its_account_is_registered() -> None:
    """An account in euros is held for its currency, not let go because its number is known now."""
    from tests.factories.recaudacion import extracto_xml

    euros = extracto_xml(Linea(5000, "", "A")).replace(
        b"<Ccy>USD</Ccy></Acct>", b"<Ccy>EUR</Ccy></Acct>"
    )
    importar(contenido=euros, con_cuenta=False)
    hacer_cuenta()
    fila = Extracto.objects.get()
    assert (fila.estado, fila.retencion) == ("retenido", "OTRA_MONEDA")
    assert importar(contenido=euros).retenciones == ("OTRA_MONEDA",)
    assert not LineaExtracto.objects.exists()
