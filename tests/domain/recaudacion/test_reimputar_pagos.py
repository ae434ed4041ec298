"""Money counts on the day the channel received it, whenever it is applied (R-VEN-04)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count, permutations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.recaudacion.actions.aplicar_valor import NadaPorPagar, aplicar_valor
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    CreditoAFavor,
    Pago,
    ValorPorAplicar,
)
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import deber_aportes, deber_costas, glosar, reversar, violaciones
from tests.factories.recaudacion import BRUNO, Linea, importar

pytestmark = pytest.mark.django_db
VENCE = date(2026, 4, 15)
JUNIO = date(2026, 6, 1)
FIN = date(2026, 6, 29)
_CUANTOS = count(1)


def dia(n: int) -> date:
    return JUNIO + timedelta(days=n)


@pytest.fixture(autouse=True)
def tasa() -> None:
    poner_tasa("2026-06", "7.99")


def valor_del(fecha: date, centavos: int) -> int:
    """Bring money of a day that nobody can place."""
    importar(Linea(centavos, "", f"F{next(_CUANTOS)}", fecha=fecha), hoy=FIN)
    return ValorPorAplicar.objects.latest("id").pk


def aplicar(valor: int, *deudas: int) -> Pago:
    return aplicar_valor(
        valor_id=valor, obligaciones=deudas, por=BRUNO, hoy=FIN, razon="Con su respaldo"
    )


def debe(*deudas: int) -> list[tuple[object, ...]]:
    """What is left of each debt, until when its interest is settled, and what its funds have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.saldo_personal, o.saldo_patronal, o.saldo_ccc, o.estado, o.interes_hasta, "
            "o.interes_abonado, sum(a.interes), sum(a.ivm), sum(a.lod), sum(a.salud), "
            "sum(a.riesgos), sum(a.cesantia), sum(a.desempleo), sum(a.ssc), sum(a.gastos_adm) "
            "FROM obligaciones_obligacion o LEFT JOIN recaudacion_aplicacion a "
            "ON a.obligacion_id = o.id WHERE o.id = ANY(%s) GROUP BY o.id ORDER BY o.id",
            [list(deudas)],
        )
        return [
            tuple(f[:4]) + ((f[4], f[5]) if f[3] != "cancelada" else ()) + tuple(f[6:])
            for f in cursor.fetchall()
        ]


def a_favor() -> int:
    return sum(c.saldo.centavos for c in CreditoAFavor.objects.all())


def deuda_glosada() -> int:
    deuda = deber_aportes(empleador=hacer_empleador(), vence=VENCE)
    glosar(deuda)
    return deuda


def test_interest_is_not_charged_while_the_iess_had_the_money() -> None:
    """The older payment pays the debt; of the later one, what was interest goes back to its payer.

    1 000.00 due on 15-Apr at 11.99 %: an abono of 20.00 on 24-Jun is all interest. Money of
    15-Jun that covers the debt is applied after: it owed 20.04 of interest that day, and nothing
    since.
    """
    deuda = deuda_glosada()
    temprano, tarde = valor_del(dia(14), 102_004), valor_del(dia(23), 2_000)
    aplicar(tarde, deuda)
    assert Aplicacion.objects.get().interes == Dinero("20.00")
    aplicar(temprano, deuda)
    vista = obligacion(deuda, alcance=TODA_LA_NACION)
    assert (str(vista.estado), vista.saldo) == ("cancelada", Dinero.CERO)
    cobrado = sum((a.interes for a in Aplicacion.objects.all()), Dinero.CERO)
    assert (cobrado, a_favor()) == (Dinero("20.04"), 2_000)
    assert (saldos()["2301"], saldos()["2302"]) == ("0.00", "20.00")
    assert CreditoAFavor.objects.get(saldo__gt=0).empleador_id == vista.empleador_id
    frases = [h.frase for h in Hecho.objects.filter(acto="reimputar_pagos").order_by("id")]
    assert "Se apartó un pago de fecha posterior" in frases[0]
    assert "Se imputó de nuevo un pago" in frases[1]
    assert violaciones() == {}


def test_twin_in_the_order_of_the_hand_the_interest_would_be_more() -> None:
    """What the audit must see when nobody puts the payments in order: D31."""
    deuda = deuda_glosada()
    temprano, tarde = valor_del(dia(14), 50_000), valor_del(dia(23), 20_000)
    aplicar(tarde, deuda)
    aplicar(temprano, deuda)
    with connection.cursor() as cursor:  # the later payment dated before, as if out of order
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE recaudacion_pago DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE recaudacion_pago SET fecha_pago = %s WHERE id = (SELECT max(id) "
            "FROM recaudacion_pago WHERE reversa_id IS NULL)",
            [dia(2)],
        )
    assert "D31" in violaciones()


fechas_y_montos = st.lists(
    st.tuples(
        st.sampled_from((3, 9, 9, 20)),
        st.integers(1, 60_000),
        st.sampled_from(((0,), (1,), (0, 1))),
    ),
    min_size=2,
    max_size=4,
)


@pytest.mark.una_version  # its statements are those of the other tests here, in another order
@settings(
    max_examples=ejemplos(3), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(pagos=fechas_y_montos, orden=st.integers(0, 23))
@example(pagos=[(14, 102_004, (0,)), (23, 2_000, (0,))], orden=1)
@example(pagos=[(3, 55_000, (1,)), (9, 30_000, (0, 1)), (20, 60_000, (0, 1))], orden=5)
@example(pagos=[(9, 41_500, (0,)), (9, 41_500, (0, 1))], orden=1)
@example(pagos=[(9, 900, (0,)), (9, 900, (0, 1)), (9, 900, (1,))], orden=5)
def test_any_order_of_applying_gives_the_same(
    pagos: list[tuple[int, int, tuple[int, ...]]], orden: int
) -> None:
    """Debt, interest, funds, credit and ledger, to the cent, whichever was applied first.

    Also of one day, over choices that overlap: the order is that in which the money entered.
    """
    ordenes = list(permutations(range(len(pagos))))
    por_fecha = sorted(range(len(pagos)), key=lambda n: (pagos[n][0], n))
    derecho = _aplicados(pagos, por_fecha)
    revuelto = _aplicados(pagos, ordenes[orden % len(ordenes)])
    assert derecho == revuelto


def _aplicados(pagos: Sequence[tuple[int, int, tuple[int, ...]]], orden: Sequence[int]) -> object:
    with transaction.atomic():
        empleador = hacer_empleador()
        deudas = [
            deber_aportes(empleador=empleador, vence=VENCE, total=total)
            for total in (40_000, 60_000)
        ]
        for deuda in deudas:
            glosar(deuda)
        valores = [valor_del(dia(n), monto) for n, monto, _ in pagos]
        sin_destino = set()
        for n in orden:
            vivas = [deudas[cual] for cual in pagos[n][2]]
            try:
                with transaction.atomic():
                    aplicar(valores[n], *vivas)
            except NadaPorPagar:  # paid by money of its date or before: it waits
                sin_destino.add(n)
        assert violaciones() == {}
        assert libro_cuadra()
        libro = {c: s for c, s in saldos().items() if c not in ("2301", "2302")}
        en_espera = sum(pagos[n][1] for n in sin_destino)
        resultado = (debe(*deudas), a_favor() + en_espera, libro)
        transaction.set_rollback(True)
    return resultado


def test_of_one_day_the_money_that_entered_first_pays_first() -> None:
    """Two of one day over overlapping debts: decided the other way round, they pay alike; D31."""
    empleador = hacer_empleador()
    una, otra = (deber_aportes(empleador=empleador, vence=VENCE) for _ in range(2))
    for deuda in (una, otra):
        glosar(deuda)
    primero, segundo = valor_del(dia(14), 101_000), valor_del(dia(14), 100_999)
    aplicar(segundo, una, otra)
    aplicar(primero, una)
    aplicado = Aplicacion.objects.filter(pago__reversa_id=None, pago__importe=Dinero("1010.00"))
    assert {a.obligacion_id for a in aplicado} == {una}
    assert violaciones() == {}
    with connection.cursor() as cursor:  # twin: as if the order of the hand had stood
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE recaudacion_pago DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE recaudacion_pago p SET ingreso_id = %s - p.id FROM recaudacion_aplicacion a "
            "WHERE a.pago_id = p.id AND p.importe > 0", [10**9],
        )  # fmt: skip
    assert "D31" in violaciones()


def test_a_credit_used_meanwhile_stays_used() -> None:
    empleador = hacer_empleador()
    deuda = deber_aportes(empleador=empleador, vence=VENCE)
    glosar(deuda)
    aplicar(valor_del(dia(23), 110_000), deuda)
    usado = a_favor()
    costas = deber_costas("30.00", empleador=empleador)
    compensar(
        credito_id=CreditoAFavor.objects.get().pk, obligaciones=[costas], por=BRUNO, hoy=FIN,
        razon="Lo pide",
    )  # fmt: skip
    aplicar(valor_del(dia(14), 50_000), deuda)
    assert a_favor() > usado + 50_000 - 3_000  # less interest runs since the 15th
    assert saldos()["2302"] == str(Dinero.de_centavos(a_favor()))
    assert violaciones() == {}


def test_the_bank_takes_back_money_that_had_been_imputed_again() -> None:
    """Its line is the same money wherever it is now; and its value is no longer applied."""
    deuda = deuda_glosada()
    temprano, tarde = valor_del(dia(14), 50_000), valor_del(dia(23), 20_000)
    pago = aplicar(tarde, deuda)
    aplicar(temprano, deuda)
    solo = _despues_de_reversar(deuda, pago)
    assert ValorPorAplicar.objects.get(pk=tarde).estado == "reversado"
    assert solo == Dinero("520.04")  # 1 000.00 less (500.00 less 20.04 of interest)
    assert violaciones() == {}


def _despues_de_reversar(deuda: int, pago: Pago) -> Dinero:
    assert reversar(pago.ingreso_id, fecha=FIN) == [(pago.ingreso_id, "PAGO")]
    return obligacion(deuda, alcance=TODA_LA_NACION).saldo
