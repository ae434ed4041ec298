"""Reverse an entry: exactly, once, and never a reversal (D13)."""

import pytest
from django.db import connection, transaction

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.actions.revertir import AsientoNoReversible, revertir
from recaudo.domain.contabilidad.plan_contable import BANCOS, VALORES_POR_APLICAR, Pata
from recaudo.domain.contabilidad.queries import asientos_de_origen, libro_cuadra, saldos_por_cuenta
from recaudo.domain.planillas.models import Planilla
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero
from tests.domain.guardas import passes_without, refused
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import emitir, en_un_acto

pytestmark = pytest.mark.django_db
CINCO = Dinero("5.00")


def _posted() -> int:
    numeros: list[int] = []

    def trabajo(abierto: ActoAbierto) -> None:
        patas = [Pata(BANCOS, debe=CINCO), Pata(VALORES_POR_APLICAR, haber=CINCO)]
        numeros.append(
            asentar(acto=abierto, concepto="P", origen=("p", 1), provincia="17", patas=patas)
        )

    en_un_acto(trabajo)
    return numeros[0]


def _reverse(numero: int) -> int:
    numeros: list[int] = []
    en_un_acto(lambda abierto: numeros.append(revertir(acto=abierto, asiento_id=numero)))
    return numeros[0]


def test_revertir_posts_the_opposite_line_by_line() -> None:
    numero = _posted()
    reverso = _reverse(numero)
    patas = asientos_de_origen(origen=("p", 1))
    assert [(p.asiento_id, p.linea, p.cuenta, p.debe, p.haber) for p in patas] == [
        (numero, 1, BANCOS, CINCO, Dinero.CERO),
        (numero, 2, VALORES_POR_APLICAR, Dinero.CERO, CINCO),
        (reverso, 1, BANCOS, Dinero.CERO, CINCO),
        (reverso, 2, VALORES_POR_APLICAR, CINCO, Dinero.CERO),
    ]
    assert libro_cuadra()
    assert not any(s.saldo for s in saldos_por_cuenta())


def test_revertir_undoes_an_entry_of_a_mass_emission() -> None:
    hacer_nomina(2)
    emitir()
    planilla = Planilla.objects.get()
    patas = asientos_de_origen(origen=("planilla", planilla.pk), lote=planilla.lote)
    _reverse(patas[0].asiento_id)
    assert not any(s.saldo for s in saldos_por_cuenta())


def test_revertir_refuses_twice_a_reversal_and_what_does_not_exist() -> None:
    numero = _posted()
    reverso = _reverse(numero)
    for otro in (numero, reverso, 999_999):
        with pytest.raises(AsientoNoReversible), transaction.atomic():
            _reverse(otro)


def _by_hand(original: int, linea_de_banco: str) -> str:
    """A reversal written in SQL, checked as at COMMIT."""
    return (
        "SET CONSTRAINTS ALL DEFERRED; SELECT recaudo_nacer('prueba', '2026-10-05');"
        "INSERT INTO contabilidad_asiento_corriente (id, fecha, concepto, origen_tipo, origen_id, "
        "provincia, hecho_id, revierte_id) VALUES "
        f"(910001, '2026-10-05', 'P', 'p', 1, '17', 1, {original});"
        "INSERT INTO contabilidad_partida_corriente (asiento_id, linea, cuenta_id, debe, haber) "
        f"SELECT 910001, linea, cuenta_id, haber {linea_de_banco}, debe {linea_de_banco} "
        f"FROM contabilidad_partida WHERE asiento_id = {original};"
        "SET CONSTRAINTS ALL IMMEDIATE;"
    )


def test_the_database_refuses_a_reversal_that_is_not_exact_and_only_that_guard() -> None:
    doble = _by_hand(_posted(), "* 2")
    assert refused(doble)
    assert passes_without("asiento_cuadra", "contabilidad_porrevisar", doble)
    assert not refused(_by_hand(_posted(), ""))


def test_the_database_refuses_to_reverse_twice_or_a_reversal() -> None:
    numero = _posted()
    reverso = _reverse(numero)
    assert refused(_by_hand(numero, ""))
    assert refused(_by_hand(reverso, ""))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX asiento_revierte_una_vez")
        assert not refused(_by_hand(numero, ""))
        transaction.set_rollback(True)
