"""An extension of one province and one period, from the emission to the glosa (R-VEN-06)."""

from datetime import date

import pytest

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.kernel.period import Periodo
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.comprobante import validez_de_comprobante
from tests.factories.afiliacion import hacer_empleador, hacer_nomina, hacer_relacion
from tests.factories.cartera import SISTEMA, poner_tasa

pytestmark = pytest.mark.django_db

LEJOS = date(2026, 2, 28)
OCTUBRE = Periodo(2025, 10)
IBARRA = "1001"


def emitir(periodo: Periodo) -> None:
    emitir_planillas(
        periodo=periodo, por=SISTEMA, hoy=periodo.siguiente().primer_dia, trabajadores=1
    )


def vencimientos(periodo: Periodo) -> dict[str, date]:
    filas = Obligacion.objects.filter(periodo=periodo).order_by("id")
    return {o.provincia: o.fecha_vencimiento for o in filas}


def estados() -> dict[str, str]:
    filas = Obligacion.objects.filter(periodo=OCTUBRE).order_by("id")
    return {o.provincia: o.estado for o in filas}


@pytest.fixture
def dos_provincias(db: None) -> None:
    for canton in (IBARRA, "1701"):
        empleador = hacer_nomina(2, empleador=hacer_empleador(canton=canton)).empleador
        assert empleador.canton == canton
    for mes in ("2025-11", "2025-12", "2026-01"):
        poner_tasa(mes, "8.00")


def test_only_that_province_and_that_period_are_extended(dos_provincias: None) -> None:
    emitir(OCTUBRE)
    assert vencimientos(OCTUBRE) == {"10": date(2025, 12, 10), "17": date(2025, 11, 17)}
    emitir(Periodo(2025, 11))
    assert set(vencimientos(Periodo(2025, 11)).values()) == {date(2025, 12, 15)}


def test_the_extended_date_is_the_one_every_clock_reads(dos_provincias: None) -> None:
    """The same planilla is in arrears on one side of a provincial border and not on the other."""
    emitir(OCTUBRE)
    cerrar_dia(fecha=date(2025, 11, 18), por=SISTEMA, hoy=LEJOS)
    assert estados() == {"10": "emitida", "17": "en_mora"}
    cerrar_dia(fecha=date(2025, 12, 10), por=SISTEMA, hoy=LEJOS)
    assert estados()["10"] == "emitida", "the extended day is whole"
    cerrar_dia(fecha=date(2025, 12, 11), por=SISTEMA, hoy=LEJOS)
    assert estados()["10"] == "en_mora"
    cerrar_dia(fecha=date(2026, 1, 9), por=SISTEMA, hoy=LEJOS)
    assert [g.provincia for g in Glosa.objects.order_by("id")] == ["17"]
    cerrar_dia(fecha=date(2026, 1, 10), por=SISTEMA, hoy=LEJOS)
    assert [g.provincia for g in Glosa.objects.order_by("id")] == ["17", "10"]
    de_quito, de_ibarra = Glosa.objects.order_by("id")
    assert (de_quito.fecha_emision, de_ibarra.fecha_emision) == (
        date(2025, 12, 18), date(2026, 1, 10),
    )  # fmt: skip
    assert de_ibarra.interes == de_quito.interes, "31 days each, from the day after its due date"
    assert de_ibarra.interes.centavos > 0


def test_a_comprobante_of_imbabura_holds_until_the_extended_day(dos_provincias: None) -> None:
    emitir(OCTUBRE)
    for provincia, hasta in (("10", date(2025, 12, 10)), ("17", date(2025, 11, 20))):
        validez = validez_de_comprobante(
            generado=date(2025, 11, 20),
            vencimientos=[vencimientos(OCTUBRE)[provincia]],
            parametros=cargar_parametros(),
        )
        assert validez.hasta == hasta


def test_the_province_is_the_one_of_the_sucursal(dos_provincias: None) -> None:
    """An employer of Quito with a sucursal in Ibarra: each planilla has the date of its place."""
    from tests.factories.afiliacion import hacer_sucursal

    empleador = hacer_empleador(canton="1701")
    hacer_relacion(sucursal=hacer_sucursal(empleador=empleador, codigo="0002", canton=IBARRA))
    emitir(OCTUBRE)
    (deuda,) = Obligacion.objects.filter(empleador_id=empleador.pk)
    assert (deuda.provincia, deuda.fecha_vencimiento) == ("10", date(2025, 12, 10))
