"""A debt of any class is paid by a statement, by hand and with a credit, through one core."""

from datetime import date

import pytest
from django.db import connection

from recaudo.domain.obligaciones.queries import ObligacionNoExiste, obligacion
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.domain.recaudacion.actions.aplicar_valor import (
    DecisionSinRazon,
    ObligacionComprometida,
    aplicar_valor,
)
from recaudo.domain.recaudacion.actions.compensar import (
    CreditoAgotado,
    CreditoNoExiste,
    ObligacionYaPagada,
    compensar,
)
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.models import (
    AplicacionRubro,
    Comprobante,
    CreditoAFavor,
    Pago,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.queries import AbonoNoAdmitido, PrimeroLoVencido
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import SinPermiso
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.afiliacion import actor_empleador, hacer_empleador, hacer_persona
from tests.factories.deudas import deber, deber_costas, violaciones
from tests.factories.recaudacion import BRUNO, CARLA, GENERADO, PAGADO, Linea, importar, pago_de

pytestmark = pytest.mark.django_db


def credito(centavos: int, empleador: object) -> CreditoAFavor:
    """A credit of an employer: it paid its costs of a dollar with so many cents over."""
    deuda = deber_costas("1.00", empleador=empleador)  # type: ignore[arg-type]
    importar(Linea(100 + centavos, "", f"CREDITO{deuda}"))
    valor = ValorPorAplicar.objects.get(estado="abierto")
    aplicar_valor(valor_id=valor.pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO, razon="Prueba")
    return CreditoAFavor.objects.latest("id")


def test_costs_are_paid_by_a_statement_by_hand_and_by_compensation_with_the_audit_at_zero() -> None:
    empleador = hacer_empleador(con_matriz=False)
    primera, segunda, tercera = (
        deber_costas(cuanto, empleador=empleador) for cuanto in ("120.00", "50.00", "30.00")
    )
    ana = actor_empleador(empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[primera], por=ana, hoy=GENERADO
    )
    assert (c.capital, c.interes) == (Dinero("120.00"), Dinero.CERO)
    importar(pago_de(c))
    assert obligacion(primera, alcance=TODA_LA_NACION).estado is EstadoObligacion.CANCELADA
    importar(Linea(8000, "", "SUELTO"))
    valor = ValorPorAplicar.objects.get()
    aplicar_valor(
        valor_id=valor.pk, obligaciones=[segunda], por=BRUNO, hoy=PAGADO, razon="Llamó el abogado"
    )
    a_favor = CreditoAFavor.objects.get()
    assert (obligacion(segunda, alcance=TODA_LA_NACION).esta_viva, a_favor.saldo) == (
        False,
        Dinero("30.00"),
    )
    compensar(
        credito_id=a_favor.pk, obligaciones=[tercera], por=BRUNO, hoy=PAGADO, razon="Lo pidió"
    )
    a_favor.refresh_from_db()
    assert (obligacion(tercera, alcance=TODA_LA_NACION).estado, a_favor.saldo) == (
        EstadoObligacion.CANCELADA, Dinero.CERO,
    )  # fmt: skip
    assert {(r.rubro, r.fondo) for r in AplicacionRubro.objects.all()} == {("COSTAS", "COSTAS")}
    cuentas = saldos()
    assert (cuentas["1263"], cuentas["2201.COSTAS"], cuentas["2302"]) == ("0.00", "200.00", "0.00")
    assert violaciones() == {}
    assert Hecho.objects.filter(tipo="deudas_pagadas").count() == 3


def test_costs_of_a_person_are_paid_by_hand() -> None:
    persona = hacer_persona()
    deuda = deber_costas("40.00", persona=persona)
    importar(Linea(4500, "", "SUELTO"))
    pago = aplicar_valor(
        valor_id=ValorPorAplicar.objects.get().pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO,
        razon="Trajo la papeleta",
    )  # fmt: skip
    assert (pago.persona_id, pago.empleador_id) == (persona.pk, None)
    assert CreditoAFavor.objects.get().persona_id == persona.pk
    assert violaciones() == {}


def test_a_rubro_of_several_funds_is_paid_in_proportion_and_the_last_cent_closes_each() -> None:
    """RP of two funds, in parts: the shares of each part are those of what is left."""
    empleador = hacer_empleador()
    deuda = deber(
        {("RESPONSABILIDAD_PATRONAL", "SALUD"): "66.67",
         ("RESPONSABILIDAD_PATRONAL", "RIESGOS"): "33.33"},
        clase="RESPONSABILIDAD_PATRONAL", empleador=empleador, materia=("resolucion_rp", 3),
    )  # fmt: skip
    with pytest.raises(AbonoNoAdmitido, match="Responsabilidad patronal"):
        compensar(
            credito_id=credito(1, empleador).pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO,
            razon="En planilla no se abona",
        )  # fmt: skip
    c = credito(10_000, empleador)
    compensar(credito_id=c.pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO, razon="Entera")
    assert {r.fondo: r.importe for r in AplicacionRubro.objects.filter(obligacion_id=deuda)} == {
        "SALUD": Dinero("66.67"), "RIESGOS": Dinero("33.33"),
    }  # fmt: skip
    assert violaciones() == {}


def test_costs_take_a_partial_payment_and_the_comprobante_stays_payable_for_the_rest() -> None:
    """A cent from a stranger never uses up a comprobante: who pays the whole gets it back."""
    empleador = hacer_empleador()
    deuda = deber_costas("100.00", empleador=empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(Linea(1, c.numero, "EXTRAÑO"))
    c.refresh_from_db()
    assert (c.estado, c.abonado, obligacion(deuda, alcance=TODA_LA_NACION).saldo) == (
        "generado", Dinero("0.01"), Dinero("99.99"),
    )  # fmt: skip
    importar(Linea(10_000, c.numero, "DUEÑO"))
    c.refresh_from_db()
    assert (c.estado, obligacion(deuda, alcance=TODA_LA_NACION).esta_viva) == ("depositado", False)
    assert CreditoAFavor.objects.get().saldo == Dinero("0.01")
    assert violaciones() == {}


@pytest.mark.parametrize(
    ("lineas", "pagos", "a_favor", "en_cola"),
    [
        ([1, 9_999], 2, 0, 0),
        ([1, 10_000], 2, 1, 0),
        ([3_333, 3_333, 3_334, 5], 3, 0, 1),
        ([10_000, 10_000], 1, 0, 1),
        ([5_000, 4_999], 2, 0, 0),
    ],
)
def test_several_lines_of_one_comprobante_take_turns_in_one_file(
    lineas: list[int], pagos: int, a_favor: int, en_cola: int
) -> None:
    empleador = hacer_empleador()
    deuda = deber_costas("100.00", empleador=empleador)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=GENERADO,
    )  # fmt: skip
    importar(*[Linea(centavos, c.numero, f"L{n}") for n, centavos in enumerate(lineas)])
    entra = min(sum(lineas[: len(lineas) - en_cola]), 10_000)
    c.refresh_from_db()
    assert Pago.objects.count() == pagos
    assert ValorPorAplicar.objects.count() == en_cola
    assert sum(x.saldo.centavos for x in CreditoAFavor.objects.all()) == a_favor
    assert obligacion(deuda, alcance=TODA_LA_NACION).saldo == Dinero.de_centavos(10_000 - entra)
    assert c.estado == ("depositado" if entra == 10_000 else "generado")
    assert violaciones() == {}


def test_compensation_uses_no_more_than_what_is_owed_and_keeps_the_rest() -> None:
    empleador = hacer_empleador()
    c = credito(5_000, empleador)
    deuda = deber_costas("12.34", empleador=empleador)
    compensar(credito_id=c.pk, obligaciones=[deuda], por=BRUNO, hoy=PAGADO, razon="Lo pidió")
    c.refresh_from_db()
    assert c.saldo == Dinero("37.66")
    assert violaciones() == {}


def test_each_refusal_has_its_name_and_changes_nothing() -> None:
    empleador = hacer_empleador()
    c = credito(5_000, empleador)
    suya, ajena = deber_costas(empleador=empleador), deber_costas()
    base = {
        "credito_id": c.pk, "obligaciones": [suya], "por": BRUNO, "hoy": PAGADO, "razon": "x",
    }  # fmt: skip
    for rechazo, cambio in (
        (DecisionSinRazon, {"razon": " "}),
        (CreditoNoExiste, {"credito_id": 0}),
        (ObligacionNoExiste, {"obligaciones": [ajena]}),
        (ObligacionNoExiste, {"obligaciones": [suya, 999_999]}),
        (SinPermiso, {"por": CARLA}),
    ):
        with pytest.raises(rechazo):
            compensar(**(base | cambio))  # type: ignore[arg-type]
    ana = actor_empleador(empleador)
    generar_comprobante(empleador_id=empleador.pk, obligaciones=[suya], por=ana, hoy=GENERADO)
    with pytest.raises(ObligacionComprometida, match=Comprobante.objects.get().numero):
        compensar(**base)  # type: ignore[arg-type]
    c.refresh_from_db()
    assert c.saldo == Dinero("50.00")


def test_a_credit_pays_first_what_is_overdue_whoever_chooses() -> None:
    """C.D. 604: while a debt is overdue and not chosen, none that is not due yet is paid."""
    empleador = hacer_empleador()
    c = credito(5_000, empleador)
    hoy = date(2026, 10, 2)
    vencida = deber_costas("20.00", empleador=empleador)  # due on 30 September
    partes = {("COSTAS", "COSTAS"): "5.00"}
    futura = deber(partes, empleador=empleador, vence=hoy)
    deber(partes, empleador=hacer_empleador())  # the arrears of another debtor say nothing
    datos = {"credito_id": c.pk, "por": BRUNO, "hoy": hoy, "razon": "x"}
    with pytest.raises(PrimeroLoVencido, match=str(vencida)):
        compensar(obligaciones=[futura], **datos)  # type: ignore[arg-type]
    compensar(obligaciones=[futura, vencida], **datos)  # type: ignore[arg-type]
    otra = deber(partes, empleador=empleador, vence=hoy)
    compensar(obligaciones=[otra], **datos)  # type: ignore[arg-type]
    c.refresh_from_db()
    assert c.saldo == Dinero("20.00")
    assert violaciones() == {}


def test_a_chosen_debt_that_is_paid_is_told_and_nothing_is_half_done() -> None:
    """Nobody is left believing that the money also went to what was paid before."""
    empleador = hacer_empleador()
    c = credito(5_000, empleador)
    pagada, debida = (deber_costas("10.00", empleador=empleador) for _ in range(2))
    datos = {"por": BRUNO, "hoy": PAGADO, "razon": "x"}
    compensar(credito_id=c.pk, obligaciones=[pagada], **datos)  # type: ignore[arg-type]
    with pytest.raises(ObligacionYaPagada) as dicho:
        compensar(credito_id=c.pk, obligaciones=[pagada, debida], **datos)  # type: ignore[arg-type]
    nombre = obligacion(pagada, alcance=TODA_LA_NACION).denominacion
    otra = obligacion(debida, alcance=TODA_LA_NACION).denominacion
    assert nombre in dicho.value.mensaje
    assert otra not in dicho.value.mensaje
    c.refresh_from_db()
    assert c.saldo == Dinero("40.00")
    compensar(credito_id=c.pk, obligaciones=[debida], **datos)  # type: ignore[arg-type]
    c.refresh_from_db()
    assert c.saldo == Dinero("30.00")
    assert violaciones() == {}


def test_a_credit_is_not_used_twice() -> None:
    empleador = hacer_empleador()
    c = credito(1_000, empleador)
    for _ in range(2):
        deuda = deber_costas("10.00", empleador=empleador)
        datos = {
            "credito_id": c.pk, "obligaciones": [deuda], "por": BRUNO, "hoy": PAGADO, "razon": "x",
        }  # fmt: skip
        if _ == 0:
            compensar(**datos)  # type: ignore[arg-type]
        else:
            with pytest.raises(CreditoAgotado):
                compensar(**datos)  # type: ignore[arg-type]


def test_interest_of_a_compensation_runs_until_the_day_of_the_act() -> None:
    """No rate of that month: a debt that bears interest is not compensated by guess."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM parametros_tasapublicada WHERE desde = '2026-12-01'")
        assert cursor.fetchone()[0] == 0
    empleador = hacer_empleador()
    c = credito(100_000, empleador)
    deuda = deber(
        {("DESCUENTO_PRESTAMO", "PRESTAMOS"): "10.00"}, clase="CUOTA_DE_PRESTAMO",
        empleador=empleador, materia=("prestamo", 1), vence=date(2026, 11, 30),
    )  # fmt: skip
    with pytest.raises(Exception, match="Falta la tasa"):
        compensar(
            credito_id=c.pk, obligaciones=[deuda], por=BRUNO, hoy=date(2026, 12, 5), razon="x"
        )
