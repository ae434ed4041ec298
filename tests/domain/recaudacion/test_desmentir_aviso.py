"""Undoing what a notice told is proposed by one officer, only of what the bank itself denies."""

import pytest

from recaudo.domain.recaudacion.actions._desmentido import ElBancoNoLoNiega
from recaudo.domain.recaudacion.actions.desmentir_aviso import desmentir_aviso
from recaudo.domain.recaudacion.models import LineaExtracto
from recaudo.domain.recaudacion.queries import LineaNoExiste, cuentas_bancarias
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_aprobar_desmentido import HOY, dos_avisos, negadas, proponer
from tests.factories.recaudacion import BRUNO

pytestmark = pytest.mark.django_db


def test_a_proposal_moves_no_money_and_is_seen_on_the_account() -> None:
    c = dos_avisos(0)
    (una,) = negadas()
    proponer(una)
    (cuenta,) = cuentas_bancarias()
    assert cuenta.diferencia == c.importe
    (sospechosa,) = [s for s in cuenta.sospechosas if s.propuesta]
    assert sospechosa.linea is not None
    assert (sospechosa.linea.id, sospechosa.aporte) == (una, c.importe)


@pytest.mark.parametrize("provincia", ["09", "17"])
def test_an_officer_of_a_province_has_no_bank(provincia: str) -> None:
    """The matrix gives the money of the bank to the nation: nobody of a province undoes it."""
    dos_avisos(0)
    de_provincia = Actor(
        id=70, nombre="Jorge", roles=frozenset({"JC"}), provincias=frozenset({provincia})
    )
    with pytest.raises(SinPermiso):
        desmentir_aviso(linea_id=negadas()[0], por=de_provincia, hoy=HOY, razon="x")


def test_other_lines_and_no_line_are_refused_with_words() -> None:
    dos_avisos(0)
    repite = LineaExtracto.objects.get(resultado="YA_VISTA")
    with pytest.raises(ElBancoNoLoNiega, match="no hay nada que deshacer"):
        proponer(repite.pk)
    with pytest.raises(LineaNoExiste):
        proponer(repite.pk + 99)
    with pytest.raises(SinPermiso):
        proponer(negadas()[0], por=Actor.sistema("Consola"))
    assert cuentas_bancarias()[0].diferencia > Dinero.CERO
    assert proponer(negadas()[0], por=BRUNO)
