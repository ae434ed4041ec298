"""The opening balance of an account never swallows what the bank denies (§1)."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_juicio_del_banco import CUENTA, cuenta, libro, rojos, trae
from tests.factories.banco import Apunte, Mensaje
from tests.factories.recaudacion import hacer_cuenta

pytestmark = pytest.mark.django_db
CERO = Dinero.CERO


@pytest.fixture(autouse=True)
def _cuenta() -> None:
    hacer_cuenta(CUENTA)


def dice(*mensajes: Mensaje) -> tuple[Dinero, Dinero, set[str]]:
    """Bring them in that order: our books, the bank, and the invariants that are red."""
    for n, mensaje in enumerate(mensajes):
        trae(mensaje, f"M{n}")
    vista = cuenta()
    return vista.saldo_libro, vista.saldo_banco or CERO, rojos()


AVISO = libro(Apunte(0, 81_880, "X77")).aviso([Apunte(0, 81_880, "X77")])


def test_a_notice_inside_the_period_of_the_first_statement_is_a_difference() -> None:
    """The statement of days 0 and 1 has nothing on day 0: what a notice told of it is denied."""
    primero = libro(Apunte(1, 500, "V1")).extracto([0, 1], periodo=(0, 1))
    assert dice(AVISO, primero) == (Dinero("823.80"), Dinero("5.00"), {"D26"})
    assert [s.linea.referencia for s in cuenta().negadas if s.linea is not None] == ["X77"]


def test_a_notice_of_before_that_period_is_inside_the_opening_balance() -> None:
    """The twin: the period begins the day after it."""
    primero = libro(Apunte(1, 500, "V1"), inicial=81_880).extracto([1], periodo=(1, 1))
    assert dice(AVISO, primero) == (Dinero("823.80"), Dinero("823.80"), set())


def test_without_a_period_the_first_entry_says_where_it_begins() -> None:
    """Some banks date the opening balance the day before: that date says nothing."""
    primero = libro(Apunte(1, 500, "V1"), inicial=81_880).extracto([1])
    assert dice(AVISO, primero) == (Dinero("823.80"), Dinero("823.80"), set())


def test_a_first_statement_without_entries_opens_the_account() -> None:
    vacio = Mensaje("camt053", CUENTA, (), saldo_inicial=12_300, periodo=(0, 0))
    assert dice(vacio) == (Dinero("123.00"), Dinero("123.00"), set())


def test_one_entry_told_on_two_days_by_two_statements_is_a_difference() -> None:
    """Same reference, amount and balances, another booking day: the bank has it once."""
    uno = libro(Apunte(1, 50_000, "R1"), inicial=10_000).extracto([1], periodo=(1, 1))
    otro = libro(Apunte(0, 50_000, "R1"), inicial=10_000).extracto([0], periodo=(0, 1))
    assert dice(uno, otro) == (Dinero("1100.00"), Dinero("600.00"), {"D26"})


DIAS = libro(
    Apunte(0, 5_000, "A"), Apunte(1, -2_000, "B"), Apunte(1, 700, "C"), Apunte(2, 900, "D"),
    inicial=10_000,
)  # fmt: skip


@pytest.mark.parametrize("con_periodo", [True, False])
@pytest.mark.parametrize("orden", list(permutations(range(4)))[::3])
def test_whatever_comes_first_the_account_opens_where_the_earliest_does(
    orden: Sequence[int], con_periodo: bool
) -> None:
    """Statements of three days and a notice of the second, in any order."""
    mensajes = [DIAS.extracto([d], periodo=(d, d) if con_periodo else None) for d in range(3)]
    mensajes.append(DIAS.aviso([DIAS.apuntes[2]]))
    assert dice(*(mensajes[n] for n in orden)) == (Dinero("146.00"), Dinero("146.00"), set())


def test_money_in_and_out_of_one_day_does_not_open_the_account_twice() -> None:
    """The second statement of the day closes where the first opened: it follows, not precedes."""
    ida = Mensaje("camt053", CUENTA, (Apunte(0, 5_000, "A"),), saldo_inicial=10_000)
    vuelta = Mensaje("camt053", CUENTA, (Apunte(0, -5_000, "B"),), saldo_inicial=15_000)
    assert dice(ida, vuelta) == (Dinero("100.00"), Dinero("100.00"), set())


def test_a_first_half_of_the_day_that_comes_last_counts_what_a_notice_told_of_it() -> None:
    """The notice was of the half that was missing: it is not money above the bank's."""
    mitades = [
        Mensaje("camt053", CUENTA, (Apunte(0, c, r),), saldo_inicial=s)
        for c, r, s in ((5_000, "A", 10_000), (700, "B", 15_000))
    ]
    aviso = Mensaje("camt054", CUENTA, (Apunte(0, 5_000, "A"),))
    assert dice(aviso, mitades[1]) == (Dinero("207.00"), Dinero("157.00"), {"D26"})
    assert dice(mitades[0]) == (Dinero("157.00"), Dinero("157.00"), set())


def test_money_of_before_the_opening_enters_only_if_its_balance_has_room_for_it() -> None:
    """A late notice, of days that no statement told: 100.00 fit in 100.00, not 0.01 more."""
    primero = libro(Apunte(5, 500, "V1"), inicial=10_000).extracto([5], periodo=(5, 5))
    avisos = [
        Mensaje("camt054", CUENTA, (Apunte(d, c, f"N{d}"),)) for d, c in ((0, 10_000), (1, 1))
    ]
    assert dice(primero, avisos[0]) == (Dinero("105.00"), Dinero("105.00"), set())
    r = trae(avisos[1], "N1")
    retenido = Extracto.objects.get(pk=r.extracto_id)
    assert (retenido.estado, retenido.retencion) == ("retenido", "CONTRADICE_AL_BANCO")
    assert retenido.contradice_por == Dinero("0.01")
    assert (cuenta().saldo_libro, rojos()) == (Dinero("105.00"), set())


def test_the_statement_of_those_days_proves_what_the_held_notice_said() -> None:
    primero = libro(Apunte(5, 500, "V1")).extracto([5], periodo=(5, 5))
    dias = libro(Apunte(1, 70_000, "N"), Apunte(2, -70_000, "BARRIDO"))
    aviso = dias.aviso([dias.apuntes[0]])
    assert dice(primero, aviso, dias.extracto([1, 2], periodo=(1, 4)))[2] == set()
    assert cuenta().saldo_libro == Dinero("5.00")
    assert LineaExtracto.objects.filter(referencia="N", ocurrencia=1).count() == 1


def test_what_leaves_the_books_away_from_the_bank_does_not_reconcile() -> None:
    """What the console prints is what the page says."""
    trae(AVISO, "M0")
    cero = Mensaje("camt053", CUENTA, (), saldo_inicial=0, periodo=(0, 0))
    assert not trae(cero, "M1").cuadra
    assert trae(libro(Apunte(0, 81_880, "X77")).extracto([0], periodo=(0, 0)), "M2").cuadra
