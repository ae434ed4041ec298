"""The payment core attacked: any classes, any debtor, any order of payments, credits and reversals.

After each step the audit of money is empty and each debt is what its rubros say. A reversal leaves
what there would be if the money had never come: a second debtor, who never paid it, owes the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from recaudo.domain.afiliacion.models import Empleador, Persona
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.queries import deuda_a, deuda_exigible_a, obligacion
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.models import CreditoAFavor, Pago
from recaudo.domain.recaudacion.queries import imputar_en
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.recaudacion.test_importar_extracto import glosar
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import actor_empleador, hacer_empleador, hacer_persona
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import deber, deber_aportes, reversar
from tests.factories.recaudacion import BRUNO
from tests.reports.auditoria.faltas import dormir

pytestmark = pytest.mark.django_db
VENCE = date(2026, 4, 15)
PRIMERO = date(2026, 6, 10)
DESPUES = date(2026, 6, 29)
#: What an audit says of money: legs, balances, origins, order, interest, receivables by account.
DE_DINERO = ("D01", "D02", "D03", "D04", "D06", "D19", "D20", "D22", "D28", "P01", "P02")


@dataclass
class Mundo:
    """One debtor, its debts, and what was done: the same orders may be given to another."""

    empleador: Empleador | None
    persona: Persona | None
    deudas: list[int] = field(default_factory=list)

    @property
    def titular(self) -> dict[str, Any]:
        """The debtor, as a factory takes it."""
        return {"persona": self.persona} if self.persona else {"empleador": self.empleador}


#: Each class that takes partial payments, in the state in which it does, of so many cents.
Nacer = Callable[[Mundo, int, int], int]


def aportes(mundo: Mundo, centavos: int, n: int) -> int:
    if mundo.empleador is None:
        return multa(mundo, centavos, n)
    numero = deber_aportes(
        empleador=mundo.empleador, vence=VENCE + timedelta(days=n), total=max(centavos, 100)
    )
    glosar(Obligacion.objects.get(pk=numero))
    return numero


def rp(mundo: Mundo, centavos: int, n: int) -> int:
    partes = {
        ("RESPONSABILIDAD_PATRONAL", "SALUD"): centavos,
        ("RESPONSABILIDAD_PATRONAL", "RIESGOS"): 777,
    }
    return _glosada(mundo, "RESPONSABILIDAD_PATRONAL", partes, n)


def multa(mundo: Mundo, centavos: int, n: int) -> int:
    return _glosada(mundo, "MULTA", {("MULTA", "GASTOS_ADM"): centavos, ("MULTA", "IVM"): 3}, n)


def costas(mundo: Mundo, centavos: int, n: int) -> int:
    return _nacer(mundo, "COSTAS", {("COSTAS", "COSTAS"): centavos}, n)


def cuota(mundo: Mundo, centavos: int, n: int) -> int:
    partes = {
        ("CUOTA_CAPITAL", "IVM"): centavos, ("CUOTA_CAPITAL", "SALUD"): 501,
        ("INTERES_ACUERDO", "GASTOS_ADM"): 309, ("INTERES_ANTERIOR", "GASTOS_ADM"): 7,
    }  # fmt: skip
    return _nacer(mundo, "CUOTA_DE_ACUERDO", partes, n)


def _glosada(mundo: Mundo, clase: str, partes: dict[tuple[str, str], int], n: int) -> int:
    numero = _nacer(mundo, clase, partes, n)
    glosar(Obligacion.objects.get(pk=numero))
    return numero


def _nacer(mundo: Mundo, clase: str, partes: dict[tuple[str, str], int], n: int) -> int:
    en_dolares = {clave: str(Dinero.de_centavos(c)) for clave, c in partes.items()}
    return deber(en_dolares, clase=clase, vence=VENCE + timedelta(days=n), **mundo.titular)


CLASES: tuple[Nacer, ...] = (aportes, rp, multa, costas, cuota)
que_debe = st.lists(
    st.tuples(st.sampled_from(CLASES), st.integers(100, 60_000)), min_size=1, max_size=3
)
#: How much of what a debt owes that day: each a place where the core decides otherwise.
CUANTO: dict[str, Callable[[int, int], int]] = {
    "un centavo": lambda _i, _t: 1,
    "casi el interés": lambda i, _t: i - 1,
    "el interés justo": lambda i, _t: i,
    "el interés y un centavo": lambda i, _t: i + 1,
    "la mitad": lambda _i, t: t // 2,
    "todo menos un centavo": lambda _i, t: t - 1,
    "todo": lambda _i, t: t,
    "de más": lambda _i, t: t + 12_345,
}
#: (which debt, how much, days since the one before: 0 is a tie): what happens, never twice alike.
que_paga = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(sorted(CUANTO)), st.sampled_from((0, 1, 1, 3))),
    min_size=2, max_size=4, unique_by=lambda orden: orden[:2],
)  # fmt: skip


def hacer_mundo(debe: Sequence[tuple[Nacer, int]], *, de_persona: bool) -> Mundo:
    mundo = Mundo(None, hacer_persona()) if de_persona else Mundo(hacer_empleador(), None)
    mundo.deudas = [nacer(mundo, centavos, n) for n, (nacer, centavos) in enumerate(debe)]
    return mundo


Orden = tuple[int, str, int]


def con_su_dia(paga: Sequence[Orden]) -> list[tuple[int, str, date]]:
    """Each payment with its day; some fall on the day of the one before."""
    dia, hechos = PRIMERO, []
    for cual, cuanto, despues in paga:
        dia += timedelta(days=despues)
        hechos.append((cual, cuanto, dia))
    return hechos


def centavos_de(mundo: Mundo, cual: int, cuanto: str, dia: date) -> int:
    """How many cents that is of what the debt owes that day; 1 at least."""
    antes = obligacion(mundo.deudas[cual % len(mundo.deudas)], alcance=TODA_LA_NACION)
    if not antes.esta_viva:
        return 1
    debe = deuda_a([antes], corte=dia)
    interes, total = (d.centavos if d else 0 for d in (debe.interes, debe.total))
    return max(CUANTO[cuanto](interes, total), 1)


def pagar(mundo: Mundo, cual: int, centavos: int, dia: date) -> Pago | None:
    """Pay one debt by hand as the page says beforehand; None when it is paid already."""
    deuda = mundo.deudas[cual % len(mundo.deudas)]
    antes = obligacion(deuda, alcance=TODA_LA_NACION)
    if not antes.esta_viva:
        return None
    liquidada = deuda_exigible_a([antes], corte=dia)[antes.id]
    dicho, excedente = imputar_en(Dinero.de_centavos(centavos), [liquidada])
    pago = pagar_a_mano(centavos, deuda, dia)
    hecho = pago.aplicaciones.get()
    capital = hecho.personal + hecho.patronal + hecho.ccc + hecho.otros
    suyo = dicho[antes.id]
    interes = suyo.get("INTERES", Dinero.CERO)
    assert (hecho.interes, capital) == (interes, sum(suyo.values(), Dinero.CERO) - interes)
    assert pago.importe == hecho.interes + capital + excedente
    return pago


def estado_de(mundo: Mundo) -> list[tuple[Any, ...]]:
    """What each debt owes, rubro by rubro, its interest at a later date, and its funds."""
    return [_estado(numero) for numero in mundo.deudas]


def _estado(numero: int) -> tuple[Any, ...]:
    vista = obligacion(numero, alcance=TODA_LA_NACION)
    assert sum((r.saldo for r in vista.rubros), Dinero.CERO) == vista.saldo
    assert all(Dinero.CERO <= r.saldo <= r.capital for r in vista.rubros)
    interes = deuda_a([vista], corte=DESPUES).interes if vista.esta_viva else None
    settled = (vista.interes_hasta, vista.interes_abonado) if vista.esta_viva else ()
    return (
        str(vista.estado), [(r.rubro, r.saldo) for r in vista.rubros], interes, settled,
        _por_fondo(numero),
    )  # fmt: skip


def _por_fondo(numero: int) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fondo, sum(importe)::bigint FROM recaudacion_aplicacionrubro "
            "WHERE obligacion_id = %(n)s GROUP BY 1 HAVING sum(importe) <> 0 UNION ALL "
            "SELECT 'ANCHO', sum(ivm * 1009 + lod * 1013 + salud * 1019 + riesgos * 1021 "
            "+ cesantia * 1031 + desempleo * 1033 + ssc * 1039 + gastos_adm)::bigint "
            "FROM recaudacion_aplicacion WHERE obligacion_id = %(n)s ORDER BY 1",
            {"n": numero},
        )
        return [(f, int(c or 0)) for f, c in cursor.fetchall()]


def creditos(mundo: Mundo) -> int:
    filas = CreditoAFavor.objects.filter(
        empleador_id=mundo.empleador.pk if mundo.empleador else None,
        persona_id=mundo.persona.pk if mundo.persona else None,
    )
    return sum(c.saldo.centavos for c in filas)


def enfermo() -> dict[str, Any]:
    """What the audit of money finds; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return {r.id: r.muestra for r in auditar(ids=DE_DINERO).resultados if r.violaciones}


def tasas() -> None:
    poner_tasa("2026-06", "7.99")


#: Shrinking a history of payments takes minutes: the first one that fails is short enough.
FASES = (Phase.explicit, Phase.reuse, Phase.generate)
AJUSTES = settings(
    max_examples=ejemplos(6), deadline=None, phases=FASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


@AJUSTES
@given(debe=que_debe, paga=que_paga, de_persona=st.booleans(), datos=st.data())
def test_what_the_bank_takes_back_in_any_order_leaves_what_there_would_be_without_it(
    debe: list[tuple[Nacer, int]], paga: list[Orden], *, de_persona: bool,
    datos: st.DataObject,
) -> None:  # fmt: skip
    with transaction.atomic():
        tasas()
        uno, otro = (hacer_mundo(debe, de_persona=de_persona) for _ in range(2))
        hechos = []
        for cual, cuanto, dia in con_su_dia(paga):
            centavos = centavos_de(uno, cual, cuanto, dia)
            if (pago := pagar(uno, cual, centavos, dia)) is not None:
                hechos.append((pago, (cual, centavos), dia))
        assert enfermo() == {}
        se_van = datos.draw(st.permutations(hechos))[: datos.draw(st.integers(1, len(hechos)))]
        for n, (pago, _, _) in enumerate(se_van):
            reversar(pago.ingreso_id, fecha=date(2026, 6, 20) + timedelta(days=n))
            assert enfermo() == {}, "between two reversals"
        for pago, orden, dia in hechos:
            if pago not in [p for p, _, _ in se_van]:
                pagar(otro, *orden, dia)
        assert estado_de(uno) == estado_de(otro)
        assert creditos(uno) == creditos(otro)
        transaction.set_rollback(True)


@AJUSTES
@given(debe=que_debe, paga=que_paga, sobra=st.integers(1, 30_000), dias=st.integers(0, 9))
def test_credits_comprobantes_and_annulments_change_only_what_they_pay(
    debe: list[tuple[Nacer, int]], paga: list[Orden], sobra: int, dias: int
) -> None:
    with transaction.atomic():
        tasas()
        mundo = hacer_mundo([*debe, (costas, 500)], de_persona=False)
        pagar(mundo, len(mundo.deudas) - 1, 500 + sobra, PRIMERO)  # leaves a credit of `sobra`
        for cual, cuanto, dia in con_su_dia(paga[:2]):
            pagar(mundo, cual, centavos_de(mundo, cual, cuanto, dia), dia)
        hoy = PRIMERO + timedelta(days=6 + dias)
        vivas = [d for d in mundo.deudas if obligacion(d, alcance=TODA_LA_NACION).esta_viva]
        antes = estado_de(mundo)
        if vivas and mundo.empleador is not None:
            ana = actor_empleador(mundo.empleador)
            suyo = generar_comprobante(
                empleador_id=mundo.empleador.pk, obligaciones=vivas, por=ana, hoy=hoy
            )
            with pytest.raises(Rechazo, match=suyo.numero):
                _compensar(mundo, vivas, hoy)
            anular_comprobante(numero=suyo.numero, por=ana, hoy=hoy, razon="Otro día")
            assert estado_de(mundo) == antes
            debido = sum(
                (deuda_a([obligacion(d, alcance=TODA_LA_NACION)], corte=hoy).total or Dinero.CERO
                 for d in vivas), Dinero.CERO,
            )  # fmt: skip
            habia = creditos(mundo)
            pago = _compensar(mundo, vivas, hoy)
            assert pago.importe.centavos <= min(habia, debido.centavos)
            assert creditos(mundo) == habia - pago.importe.centavos
        assert enfermo() == {}
        transaction.set_rollback(True)


def _compensar(mundo: Mundo, deudas: Sequence[int], hoy: date) -> Pago:
    assert mundo.empleador is not None
    suyo = CreditoAFavor.objects.filter(empleador_id=mundo.empleador.pk, saldo__gt=0).latest(
        "saldo"
    )
    return compensar(credito_id=suyo.pk, obligaciones=deudas, por=BRUNO, hoy=hoy, razon="x")


_MENOS_INTERES = (
    "interes = interes - 1, otros = otros + 1, interes_liquidado = interes_liquidado - 1"
)


@pytest.mark.parametrize(
    ("ve", "tabla", "cambio"),
    [
        ("D03", "obligaciones_obligacion", "saldo_otros = saldo_otros + 1"),
        ("D22", "obligaciones_saldorubro", "saldo = saldo + 1"),
        ("D22", "obligaciones_obligacion", "interes_abonado = interes_abonado + 1"),
        ("D28", "obligaciones_obligacion", "clase = 'COSTAS'"),
        ("D20", "recaudacion_aplicacion", _MENOS_INTERES),
        ("D06", "recaudacion_aplicacion", "otros = otros - 1"),
    ],
)  # fmt: skip
def test_twin_a_core_one_cent_off_is_seen(ve: str, tabla: str, cambio: str) -> None:
    """What these properties look with can fail: each fault of a cent is found by its name."""
    tasas()
    mundo = hacer_mundo([(rp, 10_000)], de_persona=True)
    pagar(mundo, 0, 5_000, PRIMERO)
    assert enfermo() == {}
    with connection.cursor() as cursor:
        dormir(cursor, tabla)
        cursor.execute(f"UPDATE {tabla} SET {cambio}")
        assert cursor.rowcount >= 1
    assert ve in enfermo()


def test_twin_a_reversal_that_forgets_the_later_payment_is_seen() -> None:
    """The second debtor is a true mirror: it differs when the first keeps a payment undone."""
    tasas()
    uno, otro = (hacer_mundo([(cuota, 10_000)], de_persona=False) for _ in range(2))
    pagar(uno, 0, 5_000, PRIMERO)
    assert estado_de(uno) != estado_de(otro)
    pagar(otro, 0, 5_000, PRIMERO + timedelta(days=1))
    assert estado_de(uno) != estado_de(otro), "a day of interest later"
