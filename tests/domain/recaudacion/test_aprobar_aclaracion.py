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
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.cargos import (
    ELENA,
    lote_con_comision_devuelto,
    lote_devuelto,
    traer,
    traspaso,
    un_cargo,
)
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    PAGADO,
    hacer_comprobante,
    hacer_deuda,
    importar,
)

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


@pytest.mark.parametrize(
    ("de_mas", "queda", "comision"),
    [(-150, "0.00", "0.00"), (0, "0.00", "1.50"), (150, "1.50", "1.50")],
)
def test_a_batch_with_fees_taken_back_says_by_its_amount_what_becomes_of_them(
    de_mas: int, queda: str, comision: str
) -> None:
    """Net: the bank gives the fee back. Gross: it keeps it. More: the rest goes on waiting."""
    vivos, linea = lote_con_comision_devuelto(de_mas)
    (posible,) = cargo(linea.pk).reversables
    aprobar(proponer(linea, "REVERSO", posible.id))
    assert [Comprobante.objects.get(pk=c.pk).estado for c in vivos] == ["reversado"] * 3
    cuentas = saldos()
    assert (cuentas["1109"], cuentas["5101"]) == (queda, comision)
    assert str(cargo(linea.pk).falta) == queda
    assert sin_violaciones()
    if queda != "0.00":
        aprobar(proponer(linea, "COMISION"))
        assert (saldos()["1109"], saldos()["5101"]) == ("0.00", "3.00")
        assert sin_violaciones()


@pytest.mark.parametrize("de_mas", [-151, -149, -1, 1, 700])
def test_another_amount_that_names_nothing_took_back_no_such_batch(de_mas: int) -> None:
    _, linea = lote_con_comision_devuelto(de_mas)
    assert cargo(linea.pk).reversables == ()


def test_of_a_net_debit_each_payment_undone_takes_its_gross_less_its_own_fee() -> None:
    vivos, linea = lote_con_comision_devuelto(-150)
    pago = Pago.objects.get(comprobante_id=vivos[0].pk)
    CreditoAFavor.objects.create(
        pago=pago, empleador_id=pago.empleador_id, importe=Dinero("1.00"), saldo=Dinero("0.50")
    )
    (posible,) = cargo(linea.pk).reversables
    aprobar(proponer(linea, "REVERSO", posible.id))
    assert cargo(linea.pk).falta == vivos[0].importe - Dinero("0.50")
    assert (saldos()["1109"], saldos()["5101"]) == (str(cargo(linea.pk).falta), "0.50")


@pytest.mark.parametrize(("de_mas", "comision"), [(-25, "0.00"), (0, "0.25")])
def test_one_payment_with_a_fee_named_by_its_reversal_is_undone_as_it_enters(
    de_mas: int, comision: str
) -> None:
    c = hacer_comprobante()
    bruto = c.importe.centavos
    traer(
        LibroDelBanco(
            "0010", 0,
            (
                Apunte(0, bruto - 25, "K1", c.numero, comision=25),
                Apunte(1, -(bruto + de_mas), "V1", c.numero, reverso="RvslInd"),
            ),
        )
    )  # fmt: skip
    c.refresh_from_db()
    assert (c.estado, saldos()["1109"], saldos()["5101"]) == ("reversado", "0.00", comision)
    assert sin_violaciones()


def test_a_whole_with_its_fee_and_its_details_with_theirs_is_one_fee() -> None:
    vivos = [hacer_comprobante(hacer_deuda(personal=f"{100 + n}.00")) for n in range(3)]
    partes = tuple((c.importe.centavos, c.numero) for c in vivos)
    lote = Apunte(0, sum(c for c, _ in partes) - 150, "L1", "", partes, comision=150)
    libro = LibroDelBanco("0010", 0, (lote,))
    traer(libro)
    aviso = libro.aviso([lote], nivel="detallada")
    importar(contenido=aviso.xml("N1"), formato="camt054", hoy=PAGADO, con_cuenta=False)
    assert [Comprobante.objects.get(pk=c.pk).estado for c in vivos] == ["depositado"] * 3
    assert (saldos()["5101"], saldos()["2301"]) == ("1.50", "0.00")
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
