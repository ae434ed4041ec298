"""A proposal about a debit is returned with its reason, and may be made again."""

import pytest

from recaudo.domain.recaudacion.actions._aclaracion import (
    AclaracionNoExiste,
    ApruebaQuienPropuso,
)
from recaudo.domain.recaudacion.actions.devolver_aclaracion import devolver_aclaracion
from recaudo.domain.recaudacion.actions.proponer_aclaracion import (
    AclaracionSinRazon,
    proponer_aclaracion,
)
from recaudo.infra.security.actor import SinPermiso
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.cargos import ELENA, un_cargo
from tests.factories.recaudacion import BRUNO, CARLA, PAGADO

pytestmark = pytest.mark.django_db


def test_returned_with_its_reason_another_may_be_proposed() -> None:
    linea = un_cargo()

    def proponer() -> int:
        return proponer_aclaracion(
            cargo_id=linea.pk, destino="COMISION", por=BRUNO, hoy=PAGADO, razon="Nota 1"
        ).pk

    primera = proponer()
    with pytest.raises(ApruebaQuienPropuso):
        devolver_aclaracion(aclaracion_id=primera, por=BRUNO, hoy=PAGADO, razon="No")
    with pytest.raises(AclaracionSinRazon):
        devolver_aclaracion(aclaracion_id=primera, por=ELENA, hoy=PAGADO, razon=" ")
    with pytest.raises(SinPermiso):
        devolver_aclaracion(aclaracion_id=primera, por=CARLA, hoy=PAGADO, razon="No")
    fila = devolver_aclaracion(aclaracion_id=primera, por=ELENA, hoy=PAGADO, razon="Falta la nota")
    assert (fila.estado, fila.razon_devolucion) == ("devuelta", "Falta la nota")
    with pytest.raises(AclaracionNoExiste):
        devolver_aclaracion(aclaracion_id=primera, por=ELENA, hoy=PAGADO, razon="Otra vez")
    assert saldos()["1109"] == "7.77"
    assert proponer() != primera
