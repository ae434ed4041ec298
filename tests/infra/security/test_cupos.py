"""The rule of guessing: ten an hour at most, and the owner is never kept out by others."""

import heapq
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.infra.security import cupos
from recaudo.infra.security.cupos import (
    CABEN,
    DE_TODOS_A_LA_VEZ,
    DE_UNA_RED,
    ENSUCIAN,
    ESPERA_MAXIMA,
    HORA,
    POR_HORA,
    Cupo,
    Decision,
    Fallo,
    Situacion,
    creciente,
    de_red,
    decidir,
)

AHORA = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SEGUNDO = timedelta(seconds=1)


@dataclass
class Puerta:
    """The table of attempts in memory: what `entrada.py` asks of the database."""

    cuentas: dict[str, list[Fallo]] = field(default_factory=lambda: defaultdict(list))
    redes: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    todos: list[datetime] = field(default_factory=list)

    def probar(
        self, cuenta: str, red: str, en: datetime, *, buena: bool = False, aparato: bool = False,
        lugar: bool = False,
    ) -> Decision:  # fmt: skip
        fallos = [f for f in self.cuentas[cuenta] if f.en > en - HORA]
        de_la_red = [t for t in self.redes[red] if t > en - HORA]
        self.todos = [t for t in self.todos if t > en - cupos.DE_TODOS]
        decision = decidir(
            Situacion(
                aparato, lugar, fallos, len(de_la_red), max(de_la_red, default=None),
                min(ENSUCIAN, len(self.redes[red])), len(self.todos),
            ),
            en,
        )  # fmt: skip
        if decision.cupo is not None and not buena:
            self.cuentas[cuenta].append(Fallo(decision.cupo, en))
            self.redes[red].append(en)
            if decision.cupo >= Cupo.RED_LIMPIA:
                self.todos.append(en)
        return decision


def test_the_waits_of_the_rule() -> None:
    assert POR_HORA == 10
    assert [creciente(n) for n in range(11)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
    assert [de_red(n) for n in (0, 19, 20, 30, 40, 500)] == [0, 0, 15, 30, 60, ESPERA_MAXIMA]


_INTENTOS = st.lists(
    st.tuples(
        st.integers(0, 400),  # seconds after the one before
        st.integers(0, 3),  # its network
        st.booleans(),  # in the owner's browser
        st.booleans(),  # in the owner's place
    ),
    max_size=120,
)


@given(_INTENTOS)
def test_no_hour_looks_at_more_than_ten_guesses_of_an_account_whoever_sends_them(
    intentos: list[tuple[int, int, bool, bool]],
) -> None:
    puerta, en, vistos = Puerta(), AHORA, []
    for pausa, red, aparato, lugar in intentos:
        en += timedelta(seconds=pausa)
        hecho = puerta.probar("ana", f"r{red}", en, aparato=aparato, lugar=lugar)
        assert (hecho.cupo is None) is (hecho.espera > 0)
        if hecho.cupo is not None:
            vistos.append(en)
            assert len([t for t in vistos if t > en - HORA]) <= POR_HORA


@given(_INTENTOS)
def test_what_others_guess_never_delays_the_owner_in_her_browser(
    intentos: list[tuple[int, int, bool, bool]],
) -> None:
    puerta, en = Puerta(), AHORA
    for pausa, red, _, lugar in intentos:
        en += timedelta(seconds=pausa)
        puerta.probar("ana", f"r{red}", en, lugar=lugar)
        puerta.todos = [en] * DE_TODOS_A_LA_VEZ
        assert puerta.probar("ana", f"r{red}", en, buena=True, aparato=True) == Decision(
            Cupo.APARATO
        )


@given(_INTENTOS)
def test_a_wait_that_is_kept_ends_and_is_never_of_more_than_an_hour(
    intentos: list[tuple[int, int, bool, bool]],
) -> None:
    puerta, en = Puerta(), AHORA
    for pausa, red, aparato, lugar in intentos:
        en += timedelta(seconds=pausa)
        hecho = puerta.probar("ana", f"r{red}", en, aparato=aparato, lugar=lugar)
        assert hecho.espera <= HORA.total_seconds()
    for _ in range(len(CABEN)):  # what was behind a wait may have one of its own
        hecho = puerta.probar("ana", "r0", en, buena=True)
        en += timedelta(seconds=hecho.espera)
    assert puerta.probar("ana", "r0", en, buena=True).cupo is not None


def test_who_tries_one_password_in_many_accounts_is_slowed_by_its_network() -> None:
    puerta, en, vistos = Puerta(), AHORA, 0
    for n in range(36_000):  # ten a second, each an account that nobody tried
        vistos += puerta.probar(f"c{n}", "r", en).cupo is not None
        en += SEGUNDO / 10
    assert DE_UNA_RED < vistos < 120, vistos


def test_who_sprays_from_endless_networks_is_slowed_as_a_whole() -> None:
    puerta, en, vistos = Puerta(), AHORA, 0
    for n in range(12_000):  # a hundred a second
        vistos += puerta.probar(f"c{n}", f"r{n}", en).cupo is not None
        en += SEGUNDO / 100
    assert vistos / 120 <= DE_TODOS_A_LA_VEZ / cupos.DE_TODOS.total_seconds() + 1


@dataclass(order=True)
class Intento:
    en: datetime
    orden: int
    cuenta: str = field(compare=False)
    red: str = field(compare=False)
    clase: str = field(compare=False, default="")
    veces: int = field(compare=False, default=0)


#: Of a hundred good log-ins: from a known browser, a known place, a new one.
_CLASES = {"aparato": 0.90, "lugar": 0.08, "nueva": 0.02}
#: How often somebody who was told to wait a little waits and tries again.
_PACIENCIA = 3
_UN_RATO = 120


def ataque(azar: random.Random, *, cuentas: int, redes: int, una_sola: bool) -> list[Intento]:
    """50 000 bad attempts in an hour, and 1 000 good ones among them.

    `una_sola`: a fifth of the bad ones are of one account, from anywhere.
    """

    def cuando() -> datetime:
        return AHORA + timedelta(seconds=azar.uniform(0, 3_600))

    malos = [
        Intento(cuando(), n, "c0" if una_sola and n % 5 == 0 else f"c{azar.randrange(cuentas)}",
                f"mala{azar.randrange(redes)}")
        for n in range(50_000)
    ]  # fmt: skip
    clases = azar.choices([*_CLASES], [*_CLASES.values()], k=1_000)
    buenos = [
        Intento(cuando(), 50_000 + n, f"c{azar.randrange(cuentas)}", f"propia{n}", clase)
        for n, clase in enumerate(clases)
    ]
    if una_sola:
        buenos += [Intento(cuando(), 60_000 + n, "c0", "propia", "aparato") for n in range(50)]
    return malos + buenos


@pytest.mark.parametrize("una_sola", [False, True])
@pytest.mark.parametrize(("cuentas", "redes"), [(2_000, 1_000), (5_000, 250)])
def test_while_50_000_bad_ones_are_tried_the_good_ones_enter(
    cuentas: int, redes: int, una_sola: bool
) -> None:
    pendientes = ataque(random.Random(29), cuentas=cuentas, redes=redes, una_sola=una_sola)
    heapq.heapify(pendientes)
    puerta = Puerta()
    entraron, a_la_primera, buenos = 0, 0, 0
    vistos: dict[str, list[datetime]] = defaultdict(list)
    esperas: list[int] = []
    while pendientes:
        i = heapq.heappop(pendientes)
        conocido = {"aparato": i.clase == "aparato", "lugar": i.clase == "lugar"}
        hecho = puerta.probar(i.cuenta, i.red, i.en, buena=bool(i.clase), **conocido)
        if not i.clase:
            if hecho.cupo is not None:
                vistos[i.cuenta].append(i.en)
            continue
        buenos += i.veces == 0
        entraron += hecho.cupo is not None
        a_la_primera += hecho.cupo is not None and i.veces == 0
        if hecho.cupo is None and hecho.espera <= _UN_RATO and i.veces < _PACIENCIA:
            esperas.append(hecho.espera)
            otra = Intento(
                i.en + hecho.espera * SEGUNDO, i.orden, i.cuenta, i.red, i.clase, i.veces + 1
            )
            heapq.heappush(pendientes, otra)
    peor = max(
        sum(1 for t in de_una if desde - HORA < t <= desde)
        for de_una in vistos.values()
        for desde in de_una
    )
    print(
        f"\n{cuentas} accounts, {redes} networks, one account aimed at: {una_sola}: good "
        f"{entraron / buenos:.2%} (first try {a_la_primera / buenos:.2%}, waits "
        f"{median(esperas) if esperas else 0} s), guesses looked at "
        f"{sum(map(len, vistos.values()))} of 50 000, at most {peor} an account and hour"
    )
    assert entraron / buenos >= 0.995
    assert peor <= POR_HORA
