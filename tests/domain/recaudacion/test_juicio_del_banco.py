"""The bank is the judge (§1): what it denies is not money, and is named."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from recaudo.domain.recaudacion.actions.confirmar_extracto import (
    ExtractoNoEncadena,
    confirmar_extracto,
)
from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.importar_extracto import ResultadoImportacion
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import Extracto, LineaExtracto
from recaudo.domain.recaudacion.queries import (
    CuentaVista,
    cuentas_bancarias,
    extracto,
    lista_de_extractos,
)
from recaudo.domain.recaudacion.queries.sospechosas import que_suman
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.recaudacion.test_banco_propiedades import HOY, INVARIANTES
from tests.factories.banco import Apunte, LibroDelBanco, Mensaje
from tests.factories.recaudacion import BRUNO, hacer_cuenta, importar

pytestmark = pytest.mark.django_db
CUENTA = "0010"
GLORIA = Actor(id=52, nombre="Gloria Recaudadora", roles=frozenset({"UREC"}))


@pytest.fixture(autouse=True)
def _cuenta() -> None:
    hacer_cuenta(CUENTA)


def libro(*apuntes: Apunte, inicial: int = 0) -> LibroDelBanco:
    return LibroDelBanco(CUENTA, inicial, apuntes)


def trae(mensaje: Mensaje, clave: str) -> ResultadoImportacion:
    return importar(
        contenido=mensaje.xml(clave), formato=mensaje.formato, hoy=HOY, con_cuenta=False
    )


def cuenta() -> CuentaVista:
    (vista,) = cuentas_bancarias()
    return vista


def rojos() -> set[str]:
    return {r.id for r in auditar(ids=INVARIANTES).resultados if r.violaciones}


def sin_saldos(mensaje: Mensaje) -> Mensaje:
    return replace(mensaje, saldo_inicial=None)


PARTES = ((1_000, ""), (1_500, ""), (2_500, ""))


def _mensajes() -> dict[str, Mensaje]:
    """One entry of 50.00, as each message may tell it."""
    con, sin = (libro(Apunte(0, 5_000, ref, partes=PARTES)) for ref in ("L", ""))
    return {
        "053 con referencia": con.extracto([0]),
        "053 sin referencia": sin.extracto([0]),
        "053 sin saldos": sin_saldos(con.extracto([0])),
        "053 en partes": con.extracto([0], nivel="piezas", referencia_de_pieza="misma"),
        "054 con referencia": con.aviso(con.apuntes),
        "054 sin referencia": sin.aviso(sin.apuntes),
        "054 en partes": con.aviso(con.apuntes, nivel="piezas", referencia_de_pieza="misma"),
        "054 en partes, sin referencia": sin.aviso(sin.apuntes, nivel="piezas"),
    }  # fmt: skip


#: Each message of a kind with each of the other, in both orders; and statements that prove it.
_PAREJAS = [
    (a, b) for a, b in permutations(_mensajes(), 2)
    if a[:3] != b[:3] or ("053 en partes" in {a, b} and "sin" not in a + b)
]  # fmt: skip


@pytest.mark.una_version  # each message of these comes by itself in another test
@pytest.mark.parametrize(("primero", "segundo"), _PAREJAS)
def test_an_entry_told_in_two_ways_and_again_is_money_once(primero: str, segundo: str) -> None:
    """C1, C2: each pairing, each order, everything told again under another MsgId."""
    mensajes = _mensajes()
    for n, cual in enumerate((primero, segundo, primero, segundo)):
        trae(mensajes[cual], f"M{n}")
    trae(mensajes["053 con referencia"], "M9")
    assert (cuenta().saldo_libro, cuenta().saldo_banco) == (Dinero("50.00"), Dinero("50.00"))
    assert rojos() == set()


@pytest.mark.parametrize(
    ("primero", "segundo"),
    [("054 con referencia", "054 sin referencia"), ("054 en partes", "054 con referencia")],
)
def test_two_notices_that_may_be_two_entries_are_a_difference_once_the_bank_closes(
    primero: str, segundo: str
) -> None:
    """Two messages of one kind that tell it otherwise: the balances say that one of them is not."""
    mensajes = _mensajes()
    for n, cual in enumerate((primero, segundo, "053 con referencia")):
        trae(mensajes[cual], f"M{n}")
    dice = cuenta()
    assert (dice.diferencia, rojos()) == (Dinero("50.00"), {"D26"})
    assert sum((s.aporte for s in dice.sospechosas if s.explica), Dinero.CERO) == dice.diferencia


def test_a_notice_that_the_closed_day_does_not_have_is_a_difference_with_its_name() -> None:
    """C1: it never waits longer than the statement of its day; D26 and the page are red."""
    del_banco = libro(Apunte(0, 5_000, "A"))
    trae(libro(Apunte(0, 700, "X77")).aviso([Apunte(0, 700, "X77")]), "N1")
    assert cuenta().diferencia == Dinero.CERO, "the bank has said nothing yet"
    r = trae(del_banco.extracto([0]), "E1")
    vista = cuenta()
    assert vista.diferencia == Dinero("7.00")
    assert rojos() == {"D26"}
    (culpable,) = [s for s in vista.sospechosas if s.explica]
    assert culpable.linea is not None
    assert (culpable.linea.referencia, culpable.aporte) == ("X77", Dinero("7.00"))
    assert [e.pk for e in lista_de_extractos().filter(situacion="no_cuadra")] == [r.extracto_id]


def test_a_notice_of_a_later_hour_waits_for_the_close_of_its_day() -> None:
    """The balance of some hour says nothing of what a notice tells later that day."""
    del_banco = libro(Apunte(0, 5_000, "A"), Apunte(0, 700, "X77"))
    manana = replace(del_banco.extracto([0]), apuntes=del_banco.apuntes[:1], cierre="ITBD")
    trae(manana, "E1")
    trae(del_banco.aviso(del_banco.apuntes[1:]), "N1")
    assert (cuenta().diferencia, rojos()) == (Dinero.CERO, set())
    trae(replace(manana, cierre="CLBD"), "E2")
    assert (cuenta().diferencia, rojos()) == (Dinero("7.00"), {"D26"})


@pytest.mark.parametrize("formato", ["camt053", "camt054"])
@pytest.mark.parametrize("centavos", [333, -333])
def test_money_of_a_day_that_the_bank_closed_is_held_and_says_which_denies_it(
    formato: str, centavos: int
) -> None:
    """C6 a): without balances of its own, nothing enters where the balances leave no room."""
    juez = trae(libro(Apunte(0, 5_000, "A")).extracto([0]), "E1").extracto_id
    otro = replace(sin_saldos(libro(Apunte(0, centavos, "Z")).extracto([0])), formato=formato)
    r = trae(otro, "E2")
    assert (r.retenciones, r.total) == (("CONTRADICE_AL_BANCO",), Dinero.CERO)
    e = Extracto.objects.get(pk=r.extracto_id)
    assert (e.estado, e.contradice_a, e.contradice_por) == (
        "retenido", juez, Dinero.de_centavos(centavos),
    )  # fmt: skip
    assert (cuenta().diferencia, rojos()) == (Dinero.CERO, set())
    siguiente = libro(Apunte(0, 5_000, "A"), Apunte(0, centavos, "Z"))
    trae(siguiente.extracto([0]), "E3")
    assert trae(otro, "E2").retenciones == ()
    assert (cuenta().diferencia, rojos()) == (Dinero.CERO, set())


def test_the_missing_statement_may_come_without_balances_and_fills_its_gap() -> None:
    tres = libro(*(Apunte(d, 1_000 + d, f"R{d}") for d in range(3)))
    for dia, clave in ((0, "E0"), (2, "E2")):
        trae(tres.extracto([dia]), clave)
    assert cuenta().diferencia == Dinero("-10.01")
    assert rojos() == {"D26"}
    assert [s.aporte for s in cuenta().sospechosas if s.explica] == [Dinero("-10.01")]
    r = trae(sin_saldos(tres.extracto([1])), "E1")
    assert (r.retenciones, cuenta().diferencia) == ((), Dinero.CERO)


def _recibido(mensaje: Mensaje, clave: str) -> int:
    (numero,) = recibir_extracto(
        nombre="e.xml", formato=mensaje.formato, contenido=mensaje.xml(clave), por=BRUNO, hoy=HOY
    ).extractos
    return numero


def test_a_statement_that_does_not_open_where_the_last_closed_needs_a_reason() -> None:
    """C6 b): one may be missing, so the second person decides, with a reason; never «Cuadra»."""
    trae(libro(Apunte(0, 5_000, "A")).extracto([0]), "E1")
    otro = libro(Apunte(1, 500, "Z"), inicial=105_000).extracto([1])
    numero = _recibido(otro, "E2")
    with pytest.raises(ExtractoNoEncadena, match=r"1\.000,00.* más"):
        confirmar_extracto(extracto_id=numero, por=GLORIA, hoy=HOY)
    assert LineaExtracto.objects.count() == 1
    confirmar_extracto(extracto_id=numero, por=GLORIA, hoy=HOY, razon="El banco no lo reenvía")
    assert (Extracto.objects.get(pk=numero).razon, extracto(numero).cuadra) == (
        "El banco no lo reenvía", False,
    )  # fmt: skip
    assert [e.pk for e in lista_de_extractos().filter(situacion="no_cuadra")] == [numero]
    assert rojos() == {"D26"}


def test_one_that_chains_needs_none() -> None:
    dos = libro(Apunte(0, 5_000, "A"), Apunte(1, 500, "Z"))
    trae(dos.extracto([0]), "E1")
    numero = _recibido(dos.extracto([1]), "E2")
    confirmar_extracto(extracto_id=numero, por=GLORIA, hoy=HOY)
    assert extracto(numero).cuadra
    assert not lista_de_extractos().filter(situacion="no_cuadra").exists()


def test_in_the_office_what_the_bank_denies_is_held_when_it_is_confirmed() -> None:
    trae(libro(Apunte(0, 5_000, "A")).extracto([0]), "E1")
    numero = _recibido(sin_saldos(libro(Apunte(0, 333, "Z")).extracto([0])), "E2")
    e = confirmar_extracto(extracto_id=numero, por=GLORIA, hoy=HOY)
    assert (e.estado, e.retencion, e.contradice_por) == (
        "retenido", "CONTRADICE_AL_BANCO", Dinero("3.33"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("aportes", "total", "esperado"),
    [
        ((3_300, 333, 500, 9_900, -700), 4_133, {0, 1, 2}),
        ((4_133, 3_300, 333, 500), 4_133, {0}),
        ((5_000, -867, 10), 4_133, {0, 1}),
        ((0, 10, 20), 40, set()),
        ((1, 2, 3, 4, 5), 15, set()),
        ((), 1, set()),
    ],
)
def test_the_fewest_lines_that_add_up_to_a_difference(
    aportes: Sequence[int], total: int, esperado: set[int]
) -> None:
    assert que_suman(aportes, total) == esperado


def test_41_33_is_33_declared_3_33_of_a_notice_and_5_of_a_statement_that_does_not_chain() -> None:
    """C7: of many lines, those that explain the difference come first, marked."""
    ayer = [Apunte(0, 10_000 + n, f"R{n}") for n in range(20)]
    doble = Apunte(1, 3_300)
    del_banco = libro(*ayer, doble, Apunte(1, 20_000, "S"))
    trae(del_banco.extracto([0]), "E0")
    for clave in ("D1", "D2"):
        trae(sin_saldos(libro(doble).extracto([1])), clave)
    vista = LineaExtracto.objects.get(resultado="YA_VISTA")
    declarar_linea_propia(linea_id=vista.pk, por=BRUNO, hoy=HOY, razon="Son dos")
    trae(libro(Apunte(1, 333, "N")).aviso([Apunte(1, 333, "N")]), "N1")
    trae(libro(Apunte(1, 500, "Z"), inicial=777_777).extracto([1]), "E1")
    trae(del_banco.extracto([1]), "E2")
    dice = cuenta()
    assert dice.diferencia == Dinero("41.33")
    unas = dice.sospechosas[:3]
    assert {s.aporte for s in unas if s.explica} == {
        Dinero("33.00"), Dinero("3.33"), Dinero("5.00"),
    }  # fmt: skip
    assert not any(s.explica for s in dice.sospechosas[3:])
    assert [s.se_revierte for s in unas if s.aporte == Dinero("33.00")] == [True]
