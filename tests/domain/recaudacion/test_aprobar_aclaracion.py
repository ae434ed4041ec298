"""A debit of the bank leaves the account to clear up, as two people decided (S03)."""

import pytest

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.actions._aclaracion import (
    AclaracionNoExiste,
    ApruebaQuienPropuso,
)
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.aprobar_aclaracion import (
    AclaracionQueYaNoVale,
    NadaQueDeshacer,
    aprobar_aclaracion,
)
from recaudo.domain.recaudacion.actions.proponer_aclaracion import proponer_aclaracion
from recaudo.domain.recaudacion.models import (
    AclaracionDeCargo,
    Comprobante,
    CreditoAFavor,
    LineaExtracto,
    Pago,
    ReversoBancario,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import cargo, lista_de_cargos
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.cargos import ELENA, lote_devuelto, traspaso, un_cargo
from tests.factories.recaudacion import BRUNO, CARLA, PAGADO, hacer_comprobante, hacer_deuda

pytestmark = pytest.mark.django_db


def proponer(linea: LineaExtracto, destino: str, contra: int | None = None) -> int:
    fila = proponer_aclaracion(
        cargo_id=linea.pk, destino=destino, contra=contra, por=BRUNO, hoy=PAGADO, razon="Nota 1"
    )
    return fila.pk


def aprobar(aclaracion_id: int) -> AclaracionDeCargo:
    return aprobar_aclaracion(aclaracion_id=aclaracion_id, por=ELENA, hoy=PAGADO)


def sin_violaciones() -> bool:
    ids = ("D01", "D02", "D06", "D07", "D08", "D10", "D11", "D26", "D29")
    return not {r.id: r.muestra for r in auditar(ids=ids).resultados if r.violaciones}


def test_a_fee_is_an_expense_and_nothing_is_left_of_the_debit() -> None:
    linea = un_cargo()
    aprobar(proponer(linea, "COMISION"))
    cuentas = saldos()
    assert (cuentas["1109"], cuentas["5101"]) == ("0.00", "7.77")
    assert not lista_de_cargos(hoy=PAGADO).exists()
    assert libro_cuadra()
    assert sin_violaciones()


def test_a_transfer_between_own_accounts_closes_the_value_of_the_other_one() -> None:
    linea = traspaso()
    (posible,) = cargo(linea.pk).contrapartidas
    aprobar(proponer(linea, "CONTRAPARTIDA", posible.id))
    assert ValorPorAplicar.objects.get(pk=posible.id).estado == "cruzado"
    cuentas = saldos()
    assert (cuentas["1109"], cuentas["2301"]) == ("0.00", "0.00")
    assert sin_violaciones()


def test_a_value_used_meanwhile_is_not_crossed() -> None:
    linea = traspaso()
    (posible,) = cargo(linea.pk).contrapartidas
    propuesta = proponer(linea, "CONTRAPARTIDA", posible.id)
    deuda = hacer_deuda(personal="3.00", patronal="3.00", ccc="1.77")
    c = hacer_comprobante(deuda)
    assert c.importe == Dinero("7.77")
    aplicar_valor(
        valor_id=posible.id, comprobante_numero=c.numero, por=BRUNO, hoy=PAGADO, razon="Es suyo"
    )
    with pytest.raises(AclaracionQueYaNoVale):
        aprobar(propuesta)


def test_a_batch_taken_back_by_one_debit_is_undone_piece_by_piece() -> None:
    vivos, linea = lote_devuelto()
    (posible,) = cargo(linea.pk).reversables
    fila = aprobar(proponer(linea, "REVERSO", posible.id))
    assert fila.importe == linea.importe
    assert [Comprobante.objects.get(pk=c.pk).estado for c in vivos] == ["reversado"] * 3
    assert set(Obligacion.objects.values_list("estado", flat=True)) == {"emitida"}
    assert ReversoBancario.objects.filter(cargo=linea).count() == 3
    assert {c: s for c, s in saldos().items() if s != "0.00"} == {}
    assert not lista_de_cargos(hoy=PAGADO).exists()
    assert sin_violaciones()


def test_what_cannot_be_undone_stays_and_the_rest_of_the_debit_goes_on_waiting() -> None:
    vivos, linea = lote_devuelto()
    pago = Pago.objects.get(comprobante_id=vivos[0].pk)
    CreditoAFavor.objects.create(
        pago=pago, empleador_id=pago.empleador_id, importe=Dinero("1.00"), saldo=Dinero("0.50")
    )
    (posible,) = cargo(linea.pk).reversables
    propuesta = proponer(linea, "REVERSO", posible.id)
    aprobar(propuesta)
    assert [Comprobante.objects.get(pk=c.pk).estado for c in vivos] == [
        "depositado", "reversado", "reversado",
    ]  # fmt: skip
    (queda,) = lista_de_cargos(hoy=PAGADO)
    assert queda.falta == vivos[0].importe
    assert saldos()["1109"] == str(vivos[0].importe)
    assert cargo(linea.pk).reversables == ()


def test_with_nothing_left_to_undo_it_refuses_and_changes_nothing() -> None:
    vivos, linea = lote_devuelto()
    for pago in Pago.objects.all():
        CreditoAFavor.objects.create(
            pago=pago, empleador_id=pago.empleador_id, importe=Dinero("1.00"), saldo=Dinero("0.50")
        )
    (posible,) = cargo(linea.pk).reversables
    propuesta = proponer(linea, "REVERSO", posible.id)
    with pytest.raises(NadaQueDeshacer):
        aprobar(propuesta)
    assert [Comprobante.objects.get(pk=c.pk).estado for c in vivos] == ["depositado"] * 3


def test_who_proposes_never_approves_and_nobody_decides_twice() -> None:
    propuesta = proponer(un_cargo(), "COMISION")
    with pytest.raises(ApruebaQuienPropuso):
        aprobar_aclaracion(aclaracion_id=propuesta, por=BRUNO, hoy=PAGADO)
    with pytest.raises(SinPermiso):
        aprobar_aclaracion(aclaracion_id=propuesta, por=CARLA, hoy=PAGADO)
    aprobar(propuesta)
    with pytest.raises(AclaracionNoExiste):
        aprobar(propuesta)
    assert refused("UPDATE recaudacion_aclaraciondecargo SET razon = 'otra'")
    assert refused("DELETE FROM recaudacion_aclaraciondecargo")
