"""What was proposed about a notice is returned with its reason, and may be proposed again."""

import pytest

from recaudo.domain.recaudacion.actions._desmentido import (
    DesmentidoNoExiste,
    DesmentidoSinRazon,
    DesmienteQuienPropuso,
)
from recaudo.domain.recaudacion.actions.devolver_desmentido import devolver_desmentido
from recaudo.domain.recaudacion.models import LineaExtracto
from tests.domain.recaudacion.test_aprobar_desmentido import (
    HOY,
    IRENE,
    deshacer,
    dos_avisos,
    negadas,
    proponer,
    rojos,
)
from tests.factories.recaudacion import BRUNO

pytestmark = pytest.mark.django_db


def test_returned_it_stays_in_the_books_and_may_be_proposed_again() -> None:
    dos_avisos(0)
    (una,) = negadas()
    numero = proponer(una)
    with pytest.raises(DesmienteQuienPropuso):
        devolver_desmentido(desmentido_id=numero, por=BRUNO, hoy=HOY, razon="x")
    with pytest.raises(DesmentidoSinRazon):
        devolver_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY, razon="")
    fila = devolver_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY, razon="Pida el extracto")
    assert (fila.estado, fila.razon_devolucion) == ("devuelta", "Pida el extracto")
    assert LineaExtracto.objects.get(pk=una).ocurrencia > 0
    with pytest.raises(DesmentidoNoExiste):
        devolver_desmentido(desmentido_id=numero, por=IRENE, hoy=HOY, razon="x")
    deshacer(una)
    assert rojos() == set()
