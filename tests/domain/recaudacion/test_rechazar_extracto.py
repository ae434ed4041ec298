"""A statement that has not entered may be put aside, with its reason."""

import pytest

from recaudo.domain.recaudacion.actions.rechazar_extracto import (
    ExtractoNoSeRechaza,
    RechazoSinRazon,
    rechazar_extracto,
)
from recaudo.domain.recaudacion.queries import ExtractoNoExiste
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_recibir_extracto import recibir
from tests.factories.recaudacion import BRUNO, PAGADO, Linea, extracto_xml, importar

pytestmark = pytest.mark.django_db


def test_a_held_one_is_rejected_once_and_never_changes_again() -> None:
    recibido = recibir(extracto_xml(Linea(1, "", "X")))
    with pytest.raises(RechazoSinRazon):
        rechazar_extracto(extracto_id=recibido, por=BRUNO, hoy=PAGADO, razon=" ")
    e = rechazar_extracto(extracto_id=recibido, por=BRUNO, hoy=PAGADO, razon="No es nuestra")
    assert (e.estado, e.razon) == ("rechazado", "No es nuestra")
    with pytest.raises(ExtractoNoSeRechaza):
        rechazar_extracto(extracto_id=recibido, por=BRUNO, hoy=PAGADO, razon="Otra vez")
    assert refused(f"UPDATE recaudacion_extracto SET razon = 'otra' WHERE id = {recibido}")


def test_one_in_the_books_or_of_nobody_is_not_rejected() -> None:
    r = importar(Linea(1, "", "X"))
    with pytest.raises(ExtractoNoSeRechaza):
        rechazar_extracto(extracto_id=r.extracto_id, por=BRUNO, hoy=PAGADO, razon="x")
    with pytest.raises(ExtractoNoExiste):
        rechazar_extracto(extracto_id=r.extracto_id + 1, por=BRUNO, hoy=PAGADO, razon="x")
