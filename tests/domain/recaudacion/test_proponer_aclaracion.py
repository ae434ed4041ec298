"""What a debit of the bank was is proposed by one officer, with what may explain it."""

import pytest

from recaudo.domain.recaudacion.actions.proponer_aclaracion import (
    AclaracionSinRazon,
    ContrapartidaQueNoEs,
    CreditoQueNoEs,
    YaHayPropuesta,
    proponer_aclaracion,
)
from recaudo.domain.recaudacion.models import AclaracionDeCargo, LineaExtracto
from recaudo.domain.recaudacion.queries import CargoNoExiste, cargo, lista_de_cargos
from recaudo.infra.security.actor import SinPermiso
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.cargos import lote_devuelto, traspaso, un_cargo
from tests.factories.recaudacion import BRUNO, CARLA, PAGADO

pytestmark = pytest.mark.django_db


def proponer(cargo_id: int, destino: str = "COMISION", **otros: object) -> AclaracionDeCargo:
    datos: dict[str, object] = {"por": BRUNO, "hoy": PAGADO, "razon": "Nota 1", **otros}
    return proponer_aclaracion(cargo_id=cargo_id, destino=destino, **datos)  # type: ignore[arg-type]


def test_a_proposal_moves_no_money_and_is_listed_as_waiting() -> None:
    linea = un_cargo()
    fila = proponer(linea.pk)
    assert (fila.estado, fila.importe) == ("propuesta", linea.importe)
    assert saldos()["1109"] == "7.77"
    (visto,) = lista_de_cargos(hoy=PAGADO)
    assert (visto.situacion, visto.edad) == ("propuesto", 1)
    with pytest.raises(YaHayPropuesta):
        proponer(linea.pk)


def test_what_is_named_must_be_able_to_explain_the_debit() -> None:
    linea = traspaso()
    with pytest.raises(ContrapartidaQueNoEs):
        proponer(linea.pk, "CONTRAPARTIDA", contra=999_999)
    with pytest.raises(CreditoQueNoEs):
        proponer(linea.pk, "REVERSO", contra=linea.pk)
    (posible,) = cargo(linea.pk).contrapartidas
    assert proponer(linea.pk, "CONTRAPARTIDA", contra=posible.id).contra_id == posible.id


def test_a_credit_is_no_debit_and_a_reason_is_always_said() -> None:
    _, linea = lote_devuelto()
    credito = LineaExtracto.objects.filter(resultado="APLICADA").first()
    assert credito is not None
    with pytest.raises(CargoNoExiste):
        proponer(credito.pk)
    with pytest.raises(AclaracionSinRazon):
        proponer(linea.pk, razon="  ")
    with pytest.raises(SinPermiso):
        proponer(linea.pk, por=CARLA)
