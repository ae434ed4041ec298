"""Imputation of payments: everything goes somewhere, nothing is paid twice, the order holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.kernel.money import Dinero
from recaudo.norma.imputacion.pagos import (
    DeudaPorRubro,
    EstadoSinOrden,
    ImporteNegativo,
    Imputacion,
    Orden,
    ParteImputada,
    RubroDesconocido,
    admite_abono,
    imputar,
    orden_de_imputacion,
    tabla_de_orden,
)
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros

HOY = date(2026, 6, 30)
PARAMETROS = cargar_parametros()
ORDEN = orden_de_imputacion(estado="GLOSA", en=HOY, parametros=PARAMETROS)


def _deuda(numero: int, vence: date, **rubros: str) -> DeudaPorRubro:
    return DeudaPorRubro(
        id=numero, vencimiento=vence, rubros={r: Dinero(v) for r, v in rubros.items()}
    )


VIEJA = _deuda(1, date(2026, 3, 16), INTERES="5.00", APORTE_PERSONAL="94.50", CCC="10.00")
NUEVA = _deuda(2, date(2026, 4, 15), INTERES="3.00", APORTE_PERSONAL="94.50", COSTAS="2.00")


def test_costs_then_interest_then_the_workers_money_oldest_first() -> None:
    """Default order of the rulebook (Q8): the item decides first, then the age of the debt."""
    resultado = imputar(importe=Dinero("150.00"), deudas=[NUEVA, VIEJA], orden=ORDEN)
    assert resultado.aplicaciones == (
        ParteImputada(2, "COSTAS", Dinero("2.00")),
        ParteImputada(1, "INTERES", Dinero("5.00")),
        ParteImputada(2, "INTERES", Dinero("3.00")),
        ParteImputada(1, "APORTE_PERSONAL", Dinero("94.50")),
        ParteImputada(2, "APORTE_PERSONAL", Dinero("45.50")),
    )
    assert resultado.excedente == Dinero.CERO


def test_what_no_debt_absorbs_is_left_over() -> None:
    resultado = imputar(importe=Dinero("300.00"), deudas=[VIEJA, NUEVA], orden=ORDEN)
    assert resultado.excedente == Dinero("91.00")
    assert resultado.traza[-1].valor == "91.00"


def test_a_payment_of_nothing_applies_nothing() -> None:
    resultado = imputar(importe=Dinero.CERO, deudas=[VIEJA], orden=ORDEN)
    assert resultado.aplicaciones == ()


def test_an_item_without_a_place_in_the_order_is_refused() -> None:
    with pytest.raises(RubroDesconocido, match="PROPINA"):
        imputar(importe=Dinero("1"), deudas=[_deuda(1, HOY, PROPINA="1.00")], orden=ORDEN)


@pytest.mark.parametrize(("importe", "debe"), [("-1.00", "5.00"), ("1.00", "-5.00")])
def test_negative_amounts_are_refused(importe: str, debe: str) -> None:
    with pytest.raises(ImporteNegativo):
        imputar(importe=Dinero(importe), deudas=[_deuda(1, HOY, CCC=debe)], orden=ORDEN)


def test_a_state_without_order_is_refused() -> None:
    with pytest.raises(EstadoSinOrden):
        orden_de_imputacion(estado="OTRO", en=HOY, parametros=PARAMETROS)
    with pytest.raises(EstadoSinOrden):
        admite_abono(estado="OTRO", en=HOY, parametros=PARAMETROS)


def test_a_planilla_takes_no_partial_payment_and_a_glosa_does() -> None:
    assert not admite_abono(estado="PLANILLA", en=HOY, parametros=PARAMETROS)
    assert admite_abono(estado="GLOSA", en=HOY, parametros=PARAMETROS)


def test_the_table_for_sql_is_the_same_order() -> None:
    filas = tabla_de_orden(HOY, PARAMETROS)
    de_glosa = tuple(f.rubro for f in sorted(filas, key=lambda f: f.ordinal) if f.estado == "GLOSA")
    assert de_glosa == ORDEN.rubros
    assert {f.estado for f in filas} == {"PLANILLA", "GLOSA", "TITULO", "CONVENIO"}
    assert ORDEN.estado_verificacion is EstadoVerificacion.PROVISIONAL


deudas = st.lists(
    st.builds(
        DeudaPorRubro,
        id=st.integers(1, 10**6),
        vencimiento=st.dates(date(2020, 1, 1), date(2026, 6, 30)),
        rubros=st.dictionaries(
            st.sampled_from(ORDEN.rubros), st.integers(0, 10**7).map(Dinero.de_centavos)
        ),
    ),
    max_size=6,
    unique_by=lambda deuda: deuda.id,
)
importes = st.integers(0, 10**8).map(Dinero.de_centavos)


def _defectos(resultado: Imputacion, importe: Dinero, deudas: list[DeudaPorRubro]) -> list[str]:
    """Everything that can be wrong with an imputation, by name."""
    defectos = []
    pagado = {(a.id, a.rubro): a.importe for a in resultado.aplicaciones}
    if len(pagado) != len(resultado.aplicaciones):
        defectos.append("repetida")
    if sum(pagado.values(), start=Dinero.CERO) + resultado.excedente != importe:
        defectos.append("suma")
    debido = {(d.id, r): v for d in deudas for r, v in d.rubros.items()}
    if any(valor > debido[clave] for clave, valor in pagado.items()):
        defectos.append("exceso")
    fecha = {d.id: d.vencimiento for d in deudas}
    turnos = sorted(
        debido,
        key=lambda clave: (ORDEN.rubros.index(clave[1]), fecha[clave[0]]),
    )
    falta = [pagado.get(clave, Dinero.CERO) < debido[clave] for clave in turnos]
    recibe = [pagado.get(clave, Dinero.CERO) > Dinero.CERO for clave in turnos]
    for i, pendiente in enumerate(falta):
        posteriores = [j for j in range(i + 1, len(turnos)) if recibe[j]]
        adelantados = [
            j
            for j in posteriores
            if (turnos[j][1], fecha[turnos[j][0]]) != (turnos[i][1], fecha[turnos[i][0]])
        ]
        if pendiente and adelantados:
            defectos.append("orden")
            break
    if resultado.excedente > Dinero.CERO and any(falta):
        defectos.append("excedente con deuda")
    return defectos


@given(importe=importes, deudas=deudas)
def test_every_imputation_adds_up_never_overpays_and_respects_the_order(
    importe: Dinero, deudas: list[DeudaPorRubro]
) -> None:
    resultado = imputar(importe=importe, deudas=deudas, orden=ORDEN)
    assert _defectos(resultado, importe, deudas) == []


@given(importe=importes, deudas=deudas)
def test_the_set_form_applies_the_same_amounts(
    importe: Dinero, deudas: list[DeudaPorRubro]
) -> None:
    """What SQL does: order the open items, then least(owed, greatest(0, payment - before))."""
    lugar = {f.rubro: f.ordinal for f in tabla_de_orden(HOY, PARAMETROS) if f.estado == "GLOSA"}
    abiertos = sorted(
        ((lugar[r], d.vencimiento, n, d.id, r, v.centavos)
         for n, d in enumerate(deudas) for r, v in d.rubros.items()),
    )  # fmt: skip
    antes, aplicado = 0, []
    for _ordinal, _fecha, _n, numero, rubro, debe in abiertos:
        parte = min(debe, max(0, importe.centavos - antes))
        antes += debe
        if parte:
            aplicado.append(ParteImputada(numero, rubro, Dinero.de_centavos(parte)))
    assert tuple(aplicado) == imputar(importe=importe, deudas=deudas, orden=ORDEN).aplicaciones


def test_the_properties_catch_an_order_turned_round() -> None:
    """Failing twin: contributions before interest."""
    al_reves = Orden(
        estado_deuda="GLOSA",
        rubros=ORDEN.rubros[::-1],
        norma="",
        estado_verificacion=EstadoVerificacion.PROVISIONAL,
    )
    importe = Dinero("50.00")
    resultado = imputar(importe=importe, deudas=[VIEJA, NUEVA], orden=al_reves)
    assert _defectos(resultado, importe, [VIEJA, NUEVA]) == ["orden"]


def test_the_properties_catch_a_payment_that_forgets_a_cent() -> None:
    """Failing twin: an imputation that loses money."""
    importe = Dinero("50.00")
    bueno = imputar(importe=importe, deudas=[VIEJA, NUEVA], orden=ORDEN)
    malo = Imputacion(
        aplicaciones=bueno.aplicaciones[:-1],
        excedente=bueno.excedente,
        estado_verificacion=bueno.estado_verificacion,
        traza=bueno.traza,
    )
    assert _defectos(malo, importe, [VIEJA, NUEVA]) == ["suma"]


@given(
    importe=st.integers(0, 400),
    deudas=st.lists(
        st.tuples(st.permutations(("COSTAS", "INTERES", "CCC")), *[st.integers(0, 50)] * 3),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
def test_each_debt_is_paid_in_the_order_of_its_own_state(
    importe: int, deudas: list[tuple[list[str], int, int, int]]
) -> None:
    """An item is reached only when those before it, in the order of its debt, are paid."""
    suyas = [
        DeudaPorRubro(
            id=numero, vencimiento=HOY,
            rubros=dict(zip(("COSTAS", "INTERES", "CCC"), map(Dinero.de_centavos, d), strict=True)),
            orden=Orden(estado_deuda="X", rubros=tuple(orden), norma="Prueba",
                        estado_verificacion=EstadoVerificacion.DEMO),
        )
        for numero, (orden, *d) in enumerate(deudas)
    ]  # fmt: skip
    hecho = imputar(importe=Dinero.de_centavos(importe), deudas=suyas, orden=ORDEN)
    pagado = {(a.id, a.rubro): a.importe for a in hecho.aplicaciones}
    for una in suyas:
        assert una.orden is not None
        falta = False
        for rubro in una.orden.rubros:
            suyo = pagado.get((una.id, rubro), Dinero.CERO)
            assert not (falta and suyo)
            falta = falta or suyo < una.rubros[rubro]
    assert sum(pagado.values(), hecho.excedente) == Dinero.de_centavos(importe)
