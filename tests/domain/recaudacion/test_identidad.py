"""What statements prove of each other, and a bank book cut at random ends as the bank says."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaudo.domain.recaudacion.batches.identidad import Cabecera, Parentesco, emparentar

DIA = date(2026, 9, 12)
OCHO, DOCE, TRES = (datetime(2026, 9, 12, h) for h in (8, 12, 15))  # noqa: DTZ001 - compared only


def cabecera(id: int, inicial: int | None, final: int | None, **otros: object) -> Cabecera:
    neto = final - inicial if inicial is not None and final is not None else 0
    datos: dict[str, object] = {"primera": DIA, "ultima": DIA, "neto": neto, **otros}
    return Cabecera(id=id, saldo_inicial=inicial, saldo_final=final, **datos)  # type: ignore[arg-type]


def test_cuts_of_a_day_chained_by_their_balances_are_apart_also_through_others() -> None:
    conocidos = [cabecera(1, 0, 50), cabecera(2, 50, 100)]
    assert emparentar(cabecera(0, 100, 150), conocidos).disjuntos == {1, 2}
    assert emparentar(cabecera(0, -20, 0), conocidos).disjuntos == {1, 2}
    assert emparentar(cabecera(0, 50, 90), conocidos[:1]).disjuntos == {1}


def test_the_same_statement_again_is_the_same_and_a_sequence_number_may_say_it_is_not() -> None:
    p = emparentar(cabecera(0, 0, 50), [cabecera(1, 0, 50), cabecera(2, 50, 0)])
    assert (p.disjuntos, p.mismos) == (frozenset(), {1})
    conocidos = [cabecera(1, 0, 50, secuencia="1"), cabecera(2, 50, 0, secuencia="2")]
    otra = emparentar(cabecera(0, 0, 50, secuencia="3"), conocidos)
    assert (otra.disjuntos, otra.mismos) == (frozenset(), frozenset()), "it opens where one opened"


def test_the_whole_day_told_after_its_cuts_adds_them_up() -> None:
    conocidos = [cabecera(1, 0, 50), cabecera(2, 50, 100)]
    assert emparentar(cabecera(0, 0, 100), conocidos, saldo=100).mismos == {1, 2}
    assert emparentar(cabecera(0, 0, 100), conocidos, saldo=100).disjuntos == frozenset()
    assert emparentar(cabecera(0, 100, 150), conocidos, saldo=100).disjuntos == {1, 2}


def test_periods_decide_where_they_do_not_meet_and_forbid_where_they_cross() -> None:
    manana = cabecera(1, None, None, desde=OCHO, hasta=DOCE)
    assert emparentar(cabecera(0, None, None, desde=DOCE, hasta=TRES), [manana]).disjuntos == {1}
    cruza = cabecera(0, 50, 60, desde=OCHO, hasta=TRES)
    assert emparentar(cruza, [cabecera(1, 0, 50, desde=OCHO, hasta=DOCE)]).disjuntos == frozenset()


def test_a_statement_that_adds_up_to_nothing_proves_nothing() -> None:
    assert emparentar(cabecera(0, 50, 50), [cabecera(1, 0, 50)]).disjuntos == frozenset()


@dataclass(frozen=True)
class Asiento:
    """An entry of the bank's own book: its day, signed cents and reference ('' when none)."""

    dia: int
    centavos: int
    referencia: str


@dataclass(frozen=True)
class Corte:
    """A statement: a stretch of the book, with its balances."""

    entradas: tuple[Asiento, ...]
    inicial: int


class Libro:
    """A model of our books in plain Python: the same rule, without parts, notices or database."""

    def __init__(self) -> None:
        self.conocidas: list[tuple[Asiento, int]] = []  # with the statement that brought each
        self.cabeceras: dict[int, Cabecera] = {}
        self.apertura: tuple[int, int] | None = None  # amount, first day

    @property
    def saldo(self) -> int:
        return (self.apertura[0] if self.apertura else 0) + sum(
            a.centavos for a, _ in self.conocidas
        )

    def clave(self, a: Asiento) -> object:
        return (a.dia, a.centavos, a.referencia)

    def parentesco(self, nueva: Cabecera, cerca: list[Cabecera], saldo: int | None) -> Parentesco:
        return emparentar(nueva, cerca, saldo=saldo)

    def importar(self, corte: Corte) -> int:
        """Post a statement; return how much money was new."""
        numero = len(self.cabeceras) + 1
        dias = [a.dia for a in corte.entradas]
        neto = sum(a.centavos for a in corte.entradas)
        nueva = Cabecera(
            id=numero, neto=neto, saldo_inicial=corte.inicial, saldo_final=corte.inicial + neto,
            primera=DIA + timedelta(min(dias)), ultima=DIA + timedelta(max(dias)),
            lineas=len(dias),
        )  # fmt: skip
        cerca = [c for c in self.cabeceras.values()
                 if c.ultima >= nueva.primera and c.primera <= nueva.ultima]  # type: ignore[operator]  # fmt: skip
        al_dia = all(c.ultima <= nueva.ultima for c in self.cabeceras.values())  # type: ignore[operator]
        saldo = self.saldo if self.apertura and cerca and al_dia else None
        p = self.parentesco(nueva, cerca, saldo)
        posibles = Counter(
            self.clave(a) for a, e in self.conocidas if a.referencia or e not in p.disjuntos
        )
        nuevas = []
        for a in corte.entradas:
            if posibles[self.clave(a)] > 0:
                posibles[self.clave(a)] -= 1
            else:
                nuevas.append(a)
        if self.apertura is None:
            self.apertura = (corte.inicial, min(dias))
        else:
            importe, inicio = self.apertura
            antes = sum(a.centavos for a in nuevas if a.dia < inicio)
            self.apertura = (importe - antes, inicio)
        self.conocidas += [(a, numero) for a in nuevas]
        self.cabeceras[numero] = nueva
        return sum(a.centavos for a in nuevas)


_ENTRADAS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from([100, 100, 100, 250, -100, -35]),
        st.sampled_from(["", "", "A", "B", "C"]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def libro_del_banco(crudas: list[tuple[int, int, str]]) -> list[Asiento]:
    """The bank's book: by day; a reference names one entry of a day."""
    vistas: set[tuple[int, str]] = set()
    hechas = []
    for dia, centavos, referencia in sorted(crudas, key=lambda t: t[0]):
        suya = referencia if (dia, referencia) not in vistas else ""
        vistas.add((dia, suya))
        hechas.append(Asiento(dia, centavos, suya))
    return hechas


def cortes_por_dia(libro: list[Asiento], inicial: int) -> list[Corte]:
    """One statement for each day."""
    cortes, saldo = [], inicial
    for dia in sorted({a.dia for a in libro}):
        suyas = tuple(a for a in libro if a.dia == dia)
        cortes.append(Corte(suyas, saldo))
        saldo += sum(a.centavos for a in suyas)
    return cortes


@settings(max_examples=150, deadline=None)
@given(_ENTRADAS, st.integers(0, 5), st.data())
def test_whatever_the_order_repeats_and_overlaps_of_its_days_the_books_are_the_banks(
    crudas: list[tuple[int, int, str]], inicial: int, data: st.DataObject
) -> None:
    banco = libro_del_banco(crudas)
    cortes = cortes_por_dia(banco, inicial * 1_000)
    solapes = [Corte(a.entradas + b.entradas, a.inicial) for a, b in pairwise(cortes)]
    orden = data.draw(st.permutations(cortes + data.draw(
        st.lists(st.sampled_from(cortes + solapes), max_size=4))))  # fmt: skip
    libro = Libro()
    for corte in orden:
        revuelto = replace(corte, entradas=tuple(data.draw(st.permutations(corte.entradas))))
        libro.importar(revuelto)
    assert Counter(a for a, _ in libro.conocidas) == Counter(banco)
    assert libro.saldo == inicial * 1_000 + sum(a.centavos for a in banco)


def test_a_balance_of_later_days_proves_nothing_of_a_day_told_again() -> None:
    """100 a day, less 100 on the fourth: the books stand where the third day opens, by chance."""
    libro = Libro()
    dias = [Asiento(d, c, "") for d, c in enumerate((100, 100, 100, -100))]
    uno_y_dos = Corte((dias[1], dias[2]), 100)
    for corte in (uno_y_dos, Corte((dias[0],), 0), Corte((dias[3],), 300), Corte((dias[2],), 200)):
        libro.importar(corte)
    assert Counter(a for a, _ in libro.conocidas) == Counter(dias)


@settings(max_examples=150, deadline=None)
@given(_ENTRADAS, st.data())
def test_cuts_of_one_day_in_order_never_lose_nor_double_money(
    crudas: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    """Each cut opens where the one before closed; the balance always tells them apart."""
    subidas = [(0, abs(c), "") for _, c, _ in crudas]  # money only comes in: no balance repeats
    banco = libro_del_banco(subidas)
    limites = sorted(data.draw(st.sets(st.integers(1, len(banco)), max_size=4)) | {0, len(banco)})
    libro, saldo = Libro(), 0
    for desde, hasta in pairwise(limites):
        trozo = tuple(banco[desde:hasta])
        libro.importar(Corte(trozo, saldo))
        saldo += sum(a.centavos for a in trozo)
    assert libro.saldo == saldo == sum(a.centavos for a in banco)
    assert libro.importar(Corte(tuple(banco), 0)) == 0, "the whole day, told again"


class PorFechaValor(Libro):
    """Twin: the payer's words and the value date are the identity, as they were."""

    def clave(self, a: Asiento) -> object:
        return (a.dia, "PLANILLA-OCT")


class SinLugar(Libro):
    """Twin: equal entries of one day are one."""

    def importar(self, corte: Corte) -> int:
        return super().importar(replace(corte, entradas=tuple(dict.fromkeys(corte.entradas))))


class SinPrueba(Libro):
    """Twin: balances prove nothing."""

    def parentesco(self, *_: object) -> Parentesco:
        return Parentesco(frozenset(), frozenset())


@pytest.mark.parametrize("gemelo", [PorFechaValor, SinLugar, SinPrueba])
def test_twin_with_a_wrong_identity_money_is_lost(gemelo: type[Libro]) -> None:
    igual = Asiento(0, 100, "")
    libro = gemelo()
    libro.importar(Corte((igual, igual, Asiento(0, 250, "A")), 0))
    libro.importar(Corte((igual,), 450))
    assert libro.saldo != 550
    bueno = Libro()
    bueno.importar(Corte((igual, igual, Asiento(0, 250, "A")), 0))
    bueno.importar(Corte((igual,), 450))
    assert bueno.saldo == 550
