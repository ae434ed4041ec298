"""The bank takes money back: debts live again, the ledger by the contrary, later payments anew."""

from datetime import date
from itertools import count

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.obligaciones.queries import deuda_a, obligacion
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.documents.comprobante import (
    PAGADO as PAGADO_,
)
from recaudo.domain.recaudacion.documents.comprobante import (
    REVERSADO,
    REVERSADO_Y_PAGADO,
    estado_de_comprobante,
)
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    Comprobante,
    CreditoAFavor,
    Pago,
    ValorPorAplicar,
)
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import actor_empleador, hacer_empleador
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import deber_aportes, deber_costas, glosar, reversar, violaciones
from tests.factories.recaudacion import BRUNO, GENERADO, PAGADO, Linea, importar, pago_de

pytestmark = pytest.mark.django_db
VENCE = date(2026, 4, 15)
_CUANTOS = count(1)


def pagar_a_mano(centavos: int, deuda: int, fecha: date) -> Pago:
    """Pay a debt by hand with money that a statement brought."""
    importar(Linea(centavos, "", f"D{deuda}N{next(_CUANTOS)}", fecha=fecha), hoy=fecha)
    valor = ValorPorAplicar.objects.filter(estado="abierto").latest("id")
    return aplicar_valor(
        valor_id=valor.pk, obligaciones=[deuda], por=BRUNO, hoy=fecha, razon="Prueba"
    )


def en_glosa(empleador: Empleador | None = None) -> int:
    """The model debt: aportes of 1 000.00 due on 15 April, which takes partial payments."""
    poner_tasa("2026-06", "7.99")
    numero = deber_aportes(empleador=empleador or hacer_empleador(), vence=VENCE)
    glosar(numero)
    return numero


def test_a_paid_comprobante_is_reversed_and_its_debt_lives_where_it_was() -> None:
    empleador = hacer_empleador()
    deuda = deber_costas("80.00", empleador=empleador)
    antes = saldos()
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(pago_de(c, de_mas=500))
    pago = Pago.objects.get()
    assert reversar(pago.ingreso_id, fecha=date(2026, 9, 20)) == [(pago.ingreso_id, "PAGO")]
    c.refresh_from_db()
    vista = obligacion(deuda, alcance=TODA_LA_NACION)
    assert (c.estado, str(vista.estado), vista.saldo) == ("reversado", "emitida", Dinero("80.00"))
    assert CreditoAFavor.objects.get().saldo == Dinero.CERO
    queda = {cuenta: saldo for cuenta, saldo in saldos().items() if saldo != "0.00"}
    assert queda == antes
    assert violaciones() == {}
    hecho = Hecho.objects.get(tipo="pagos_reversados")
    assert hecho.despues["obligaciones"] == [deuda]


def test_the_same_money_is_not_taken_back_twice() -> None:
    deuda = deber_costas("10.00")
    pago = pagar_a_mano(1_000, deuda, PAGADO)
    reversar(pago.ingreso_id, fecha=PAGADO)
    assert reversar(pago.ingreso_id, fecha=PAGADO) == [(pago.ingreso_id, "YA_REVERSADO")]
    assert Pago.objects.count() == 2
    with pytest.raises(DatabaseError, match="pago_se_reversa_una_vez"), transaction.atomic():
        Pago.objects.create(
            ingreso_id=Pago.objects.latest("id").ingreso_id + 1, empleador_id=1,
            importe=Dinero("-10.00"), reversa_id=pago.pk, fecha_pago=PAGADO,
            aplicado_en="2026-09-12T00:00Z", hecho_id=1,
        )  # fmt: skip


def test_money_still_in_the_queue_leaves_it() -> None:
    importar(Linea(700, "", "SUELTO"))
    valor = ValorPorAplicar.objects.get()
    assert reversar(valor.ingreso_id, fecha=PAGADO) == [(valor.ingreso_id, "VALOR")]
    valor.refresh_from_db()
    assert (valor.estado, saldos()["2301"]) == ("reversado", "0.00")
    assert violaciones() == {}


def test_a_credit_that_was_used_goes_to_a_person() -> None:
    empleador = hacer_empleador()
    pago = pagar_a_mano(2_500, deber_costas("10.00", empleador=empleador), PAGADO)
    otra = deber_costas("15.00", empleador=empleador)
    compensar(
        credito_id=CreditoAFavor.objects.get().pk, obligaciones=[otra], por=BRUNO, hoy=PAGADO,
        razon="x",
    )  # fmt: skip
    assert reversar(pago.ingreso_id, fecha=PAGADO) == [(pago.ingreso_id, "CREDITO_USADO")]
    assert not Hecho.objects.filter(tipo="pagos_reversados").exists()
    assert violaciones() == {}


def test_an_abono_that_goes_back_leaves_its_comprobante_owing_the_whole() -> None:
    empleador = hacer_empleador()
    deuda = deber_costas("100.00", empleador=empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(Linea(4_000, c.numero, "PARTE"))
    reversar(Pago.objects.get().ingreso_id, fecha=PAGADO)
    c.refresh_from_db()
    assert (c.estado, c.abonado, obligacion(deuda, alcance=TODA_LA_NACION).saldo) == (
        "generado", Dinero.CERO, Dinero("100.00"),
    )  # fmt: skip
    importar(Linea(10_000, c.numero, "TODO"))
    assert Comprobante.objects.get().estado == "depositado"
    assert violaciones() == {}


@pytest.mark.parametrize(
    ("cual", "estado", "saldo"), [(0, "depositado", "0.00"), (1, "reversado", "99.99")]
)
def test_a_comprobante_stays_paid_by_the_money_that_stands(
    cual: int, estado: str, saldo: str
) -> None:
    """A stranger's cent, then the whole: the bank takes back one of them."""
    empleador = hacer_empleador()
    deuda = deber_costas("100.00", empleador=empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(Linea(1, c.numero, "AJENO"))
    importar(Linea(10_000, c.numero, "TODO"))
    pagos = list(Pago.objects.order_by("id"))
    reversar(pagos[cual].ingreso_id, fecha=PAGADO)
    c.refresh_from_db()
    queda = obligacion(deuda, alcance=TODA_LA_NACION).saldo
    assert (c.estado, queda) == (estado, Dinero(saldo))
    assert violaciones() == {}
    assert estado_de_comprobante(c.documento_id or 0, PAGADO) is {
        "depositado": PAGADO_, "reversado": REVERSADO,
    }[estado]  # fmt: skip


def test_a_reversed_comprobante_whose_debts_were_paid_since_says_so() -> None:
    """Its money again waits with its reason; a person pays the debts with it."""
    empleador = hacer_empleador()
    deuda = deber_costas("80.00", empleador=empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(pago_de(c))
    reversar(Pago.objects.get().ingreso_id, fecha=PAGADO)
    importar(Linea(8_000, c.numero, "OTRA VEZ"))
    assert ValorPorAplicar.objects.latest("id").motivo == "COMPROBANTE_REVERSADO"
    assert estado_de_comprobante(c.documento_id or 0, PAGADO) is REVERSADO
    valor = ValorPorAplicar.objects.filter(estado="abierto").latest("id")
    aplicar_valor(
        valor_id=valor.pk, comprobante_numero=c.numero, por=BRUNO, hoy=PAGADO, razon="Prueba"
    )
    assert estado_de_comprobante(c.documento_id or 0, PAGADO) is REVERSADO_Y_PAGADO
    assert violaciones() == {}


def test_c09_the_later_payment_is_imputed_again_from_its_own_date() -> None:
    """Abonos of 300.00 on 15-Jun and 200.00 on 24-Jun; on 29-Jun the bank takes the first back."""
    deuda = en_glosa()
    primero = pagar_a_mano(30_000, deuda, date(2026, 6, 15))
    assert obligacion(deuda, alcance=TODA_LA_NACION).saldo == Dinero("720.04")
    pagar_a_mano(20_000, deuda, date(2026, 6, 24))
    assert obligacion(deuda, alcance=TODA_LA_NACION).saldo == Dinero("522.17")
    reversar(primero.ingreso_id, fecha=date(2026, 6, 29))
    vista = obligacion(deuda, alcance=TODA_LA_NACION)
    assert (vista.saldo, vista.interes_hasta) == (Dinero("822.99"), date(2026, 6, 24))
    otra_vez = Aplicacion.objects.latest("pago_id")
    assert (otra_vez.interes, otra_vez.patronal) == (Dinero("22.99"), Dinero("177.01"))
    el_30 = deuda_a([vista], corte=date(2026, 6, 30))
    assert (el_30.interes, el_30.total) == (Dinero("1.62"), Dinero("824.61"))
    assert violaciones() == {}
    assert saldos()["2301"] == "0.00"


def test_twin_without_imputing_again_the_debt_is_wrong_by_cents() -> None:
    """C09: 802.13 is what comes out when the second payment keeps the split it had."""
    deuda = en_glosa()
    pagar_a_mano(30_000, deuda, date(2026, 6, 15))
    segundo = pagar_a_mano(20_000, deuda, date(2026, 6, 24))
    capital_del_segundo = segundo.aplicaciones.get().patronal
    assert Dinero("1000.00") - capital_del_segundo == Dinero("802.13")


def test_the_bank_takes_back_a_payment_that_was_imputed_again() -> None:
    """Its money is under its last imputation: it was called *ya reversado* and the debt kept it."""
    deuda = en_glosa()
    primero = pagar_a_mano(30_000, deuda, date(2026, 6, 15))
    segundo = pagar_a_mano(20_000, deuda, date(2026, 6, 24))
    tercero = pagar_a_mano(5_000, deuda, date(2026, 6, 25))
    for n, (pago, resultado) in enumerate(
        [(primero, "PAGO"), (segundo, "PAGO"), (segundo, "YA_REVERSADO"), (tercero, "PAGO")]
    ):
        hecho = reversar(pago.ingreso_id, fecha=date(2026, 6, 27 + n))
        assert hecho == [(pago.ingreso_id, resultado)]
        assert violaciones() == {}
    vista = obligacion(deuda, alcance=TODA_LA_NACION)
    assert (vista.saldo, vista.interes_hasta, vista.interes_abonado) == (
        Dinero("1000.00"), None, Dinero.CERO,
    )  # fmt: skip
    assert saldos()["2301"] == "0.00"


#: All but the last never pay the whole debt: none of them finds nothing to pay.
partes = st.lists(st.integers(1, 30_000), min_size=2, max_size=4)


@settings(
    max_examples=ejemplos(8), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(montos=partes, cual=st.integers(0, 3))
@example(montos=[40_000], cual=0)
def test_pay_reverse_and_pay_again_is_to_pay_once(montos: list[int], cual: int) -> None:
    """To the cent and to the fund: what was undone left no trace in what is owed."""
    dias = [date(2026, 6, 10 + n) for n in range(len(montos))]
    cual = min(cual, len(montos) - 1)
    with transaction.atomic():
        poner_tasa("2026-06", "7.99")
        una, otra = en_glosa_de(hacer_empleador()), en_glosa_de(hacer_empleador())
        for n, (monto, dia) in enumerate(zip(montos, dias, strict=True)):
            if n != cual:
                pagar_a_mano(monto, otra, dia)
        pagos = [pagar_a_mano(monto, una, dia) for monto, dia in zip(montos, dias, strict=True)]
        if CreditoAFavor.objects.filter(saldo__gt=0).exists():
            transaction.set_rollback(True)
            return
        reversar(pagos[cual].ingreso_id, fecha=date(2026, 6, 20))
        a, b = obligacion(una, alcance=TODA_LA_NACION), obligacion(otra, alcance=TODA_LA_NACION)
        assert (a.saldo, a.estado) == (b.saldo, b.estado)
        assert fondos_de(una) == fondos_de(otra)
        if a.esta_viva:
            deudas = deuda_a([a, b], corte=date(2026, 6, 25)).lineas
            assert deudas[0].interes == deudas[1].interes
        assert violaciones() == {}
        assert libro_cuadra()
        transaction.set_rollback(True)


def en_glosa_de(empleador: Empleador) -> int:
    numero = deber_aportes(empleador=empleador, vence=VENCE)
    glosar(numero)
    return numero


def fondos_de(deuda: int) -> tuple[int, ...]:
    """What each fund has of a debt, undone payments included with their sign."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(ivm), sum(lod), sum(salud), sum(riesgos), sum(cesantia), sum(desempleo), "
            "sum(ssc), sum(gastos_adm) FROM recaudacion_aplicacion WHERE obligacion_id = %s",
            [deuda],
        )
        return tuple(int(v or 0) for v in cursor.fetchone())
