"""A line believed seen is listed with the line it repeats, and may be declared money of its own."""

import pytest

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.recaudacion.actions.declarar_linea_propia import (
    DeclaracionSinRazon,
    LineaNoEsRepetida,
    declarar_linea_propia,
)
from recaudo.domain.recaudacion.models import LineaExtracto, ValorPorAplicar
from recaudo.domain.recaudacion.queries import LineaNoExiste, lineas_por_aclarar
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Dinero
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.recaudacion import BRUNO, CARLA, PAGADO, Linea, extracto_xml, importar

pytestmark = pytest.mark.django_db


def repetida() -> LineaExtracto:
    """An entry without reference, told by two statements without balances."""
    importar(Linea(5000))
    r = importar(contenido=extracto_xml(Linea(5000), mensaje="M2"))
    assert (r.duplicadas, r.total) == (1, Dinero.CERO)
    (vista,) = lineas_por_aclarar()
    assert vista.duplica_a == LineaExtracto.objects.get(ocurrencia=1).pk
    return LineaExtracto.objects.get(pk=vista.id)


def test_declared_with_a_reason_it_enters_and_is_known_from_then_on() -> None:
    linea = repetida()
    declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="Dos depósitos")
    linea.refresh_from_db()
    assert (linea.resultado, linea.motivo, linea.ocurrencia) == (
        "POR_IDENTIFICAR", "DECLARADO_PROPIO", 2,
    )  # fmt: skip
    valor = ValorPorAplicar.objects.get(motivo="DECLARADO_PROPIO")
    assert (valor.importe, valor.ingreso_id) == (Dinero("50.00"), linea.pk)
    cuentas = saldos()
    assert (cuentas["1101"], cuentas["2301"]) == ("100.00", "100.00")
    assert libro_cuadra()
    assert not lineas_por_aclarar().exists()
    r = importar(contenido=extracto_xml(Linea(5000), Linea(5000), Linea(5000), mensaje="M3"))
    assert (r.duplicadas, r.por_identificar) == (2, 1)


def test_it_is_refused_without_reason_twice_of_another_line_or_by_another_person() -> None:
    linea = repetida()
    otra = LineaExtracto.objects.get(ocurrencia=1)
    with pytest.raises(DeclaracionSinRazon):
        declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon=" ")
    with pytest.raises(LineaNoEsRepetida):
        declarar_linea_propia(linea_id=otra.pk, por=BRUNO, hoy=PAGADO, razon="x")
    with pytest.raises(LineaNoExiste):
        declarar_linea_propia(linea_id=linea.pk + 99, por=BRUNO, hoy=PAGADO, razon="x")
    with pytest.raises(SinPermiso):
        declarar_linea_propia(linea_id=linea.pk, por=CARLA, hoy=PAGADO, razon="x")
    assert refused(
        "UPDATE recaudacion_lineaextracto SET resultado = 'POR_IDENTIFICAR', ocurrencia = 2 "
        f"WHERE id = {linea.pk}"
    ), "without the declaration the line is fixed"
