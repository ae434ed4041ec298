"""A line believed seen is listed with the line it repeats, and may be declared money of its own."""

import pytest

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.recaudacion.actions.declarar_linea_propia import (
    DeclaracionSinRazon,
    ElBancoNoLaTiene,
    LineaNoEsRepetida,
    declarar_linea_propia,
)
from recaudo.domain.recaudacion.models import LineaExtracto, ValorPorAplicar
from recaudo.domain.recaudacion.queries import LineaNoExiste, cuentas_bancarias, lineas_por_aclarar
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Dinero
from tests.domain.guardas import refused
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.factories.banco import PRIMER_DIA, Apunte, LibroDelBanco
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    CUENTA,
    PAGADO,
    Linea,
    extracto_xml,
    importar,
)

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


def con_saldos(*entradas: Apunte, clave: str) -> None:
    libro = LibroDelBanco(CUENTA, 0, entradas)
    importar(contenido=libro.extracto([0]).xml(clave), hoy=PAGADO)


UNA = Apunte(0, 5_000)


def _cerrada() -> LineaExtracto:
    """A line believed seen, of a day that the bank closed with that money once."""
    for clave in ("M1", "M2"):
        con_saldos(UNA, clave=clave)
    return LineaExtracto.objects.get(resultado="YA_VISTA")


def test_what_the_balances_of_the_bank_deny_is_not_money_whoever_says_it() -> None:
    """C5: 50.00 more than the bank would be in the books, and nobody could take them out."""
    linea = _cerrada()
    with pytest.raises(ElBancoNoLaTiene, match=r"11/09/2026.*50,00.* más"):
        declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="Son dos")
    assert not ValorPorAplicar.objects.filter(motivo="DECLARADO_PROPIO").exists()


def test_what_leaves_the_books_nearer_to_the_bank_is_money() -> None:
    """Twin: the bank closed with both, and the machine believed one of them seen."""
    importar(contenido=extracto_xml(_D11, mensaje="M1"), hoy=PAGADO)
    importar(contenido=extracto_xml(_D11, mensaje="M2"), hoy=PAGADO)
    linea = LineaExtracto.objects.get(resultado="YA_VISTA")
    declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="Son dos")
    con_saldos(UNA, UNA, clave="M3")
    (cuenta,) = cuentas_bancarias()
    assert cuenta.cuadra


_D11 = Linea(5000, fecha=PRIMER_DIA)


def declarada(entrada: Linea = _D11) -> LineaExtracto:
    """The money of a line declared its own, before the bank says any balance."""
    importar(contenido=extracto_xml(entrada, mensaje="M1"), hoy=PAGADO)
    importar(contenido=extracto_xml(entrada, mensaje="M2"), hoy=PAGADO)
    linea = LineaExtracto.objects.get(resultado="YA_VISTA")
    return declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="Son dos")
