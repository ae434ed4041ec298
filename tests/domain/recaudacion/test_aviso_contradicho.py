"""A notice that the final statement of its day contradicts: red, named, and undone by two people.

Two readings may both end where the bank closed (the 30.00 is another entry, or it is 10.00 + 20.00
told whole and the 20.00 with reference is new). They pay different people, so the machine takes
neither by guess: what the statement does not tell alone is named, and two people decide.
"""

import pytest

from recaudo.domain.recaudacion.models import LineaExtracto
from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_aprobar_desmentido import deshacer, negadas, rojos, trae
from tests.factories.banco import Apunte, LibroDelBanco, Mensaje
from tests.factories.recaudacion import CUENTA, hacer_cuenta
from tests.interfaces.oficina.escena import entrar

pytestmark = pytest.mark.django_db
CASOS = {
    # what the notice told, what the statement of that day books, what of the notice it denies
    "booked otherwise": (((1000, ""), (2000, "")), ((2000, "R1"), (3000, "")), [1000]),
    "same sum, other cut": (((1000, ""), (2000, "")), ((1500, ""), (1500, "")), [1000, 2000]),
    "one of two equal": (((1000, ""), (1000, "")), ((1000, "R1"),), [1000]),
    "it agrees": (((1000, ""), (2000, "")), ((2000, "R2"), (1000, "R1")), []),
    "told whole": (((1000, ""), (2000, "")), ((3000, ""),), []),
}


def _contar(
    avisado: tuple[tuple[int, str], ...], contabilizado: tuple[tuple[int, str], ...]
) -> None:
    hacer_cuenta(CUENTA)
    aviso = tuple(Apunte(0, centavos, ref) for centavos, ref in avisado)
    trae(Mensaje("camt054", CUENTA, aviso), "N1")
    libro = LibroDelBanco(CUENTA, 0, tuple(Apunte(0, c, ref) for c, ref in contabilizado))
    trae(libro.extracto([0]), "E1")


def _importes(lineas: list[int]) -> list[int]:
    return sorted(
        x.importe.centavos for x in LineaExtracto.objects.filter(pk__in=lineas) if x.importe
    )


@pytest.mark.parametrize("cual", CASOS)
def test_what_the_statement_does_not_tell_is_named_and_undone_by_two(cual: str) -> None:
    avisado, contabilizado, niega = CASOS[cual]
    _contar(avisado, contabilizado)
    (cuenta,) = cuentas_bancarias()
    assert cuenta.diferencia == Dinero.de_centavos(sum(niega))
    assert rojos() == ({"D26"} if niega else set())
    assert _importes(list(negadas())) == niega
    for linea in negadas():
        deshacer(linea)
    (cuenta,) = cuentas_bancarias()
    assert (cuenta.diferencia, rojos(), negadas()) == (Dinero.CERO, set(), [])


def test_a_later_statement_that_has_it_does_not_hide_what_its_day_denied() -> None:
    """Booked the next day, it is another entry: the notice of the first is still denied."""
    hacer_cuenta(CUENTA)
    trae(Mensaje("camt054", CUENTA, (Apunte(0, 1000), Apunte(0, 2000))), "N1")
    libro = LibroDelBanco(CUENTA, 0, (Apunte(0, 2000, "R1"), Apunte(0, 3000), Apunte(1, 1000)))
    trae(libro.extracto([0]), "E1")
    trae(libro.extracto([1]), "E2")
    assert rojos() == {"D26"}
    (una,) = negadas()
    deshacer(una)
    (cuenta,) = cuentas_bancarias()
    assert (cuenta.saldo_libro, rojos()) == (Dinero.de_centavos(libro.final), set())


def test_the_page_of_the_account_names_the_line_and_leads_to_the_act() -> None:
    avisado, contabilizado, _ = CASOS["booked otherwise"]
    _contar(avisado, contabilizado)
    (una,) = negadas()
    (cuenta,) = cuentas_bancarias()
    pagina = entrar("UREC").get(f"/oficina/recaudacion/cuentas/{cuenta.id}/").content.decode()
    assert "Avisado y no contabilizado por el banco" in pagina
    assert f'href="/oficina/recaudacion/extractos/lineas/{una}/desmentir/"' in pagina
