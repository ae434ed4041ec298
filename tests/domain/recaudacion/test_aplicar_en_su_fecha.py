"""A line that a statement brings late counts from its own date, before what was paid after it."""

import pytest

from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.caducar_comprobantes import caducar_comprobantes
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.infra.security.alcance import TODA_LA_NACION
from tests.domain.recaudacion.test_importar_extracto import saldos
from tests.domain.recaudacion.test_reimputar_pagos import (
    FIN,
    VENCE,
    a_favor,
    aplicar,
    dia,
    valor_del,
)
from tests.factories.afiliacion import actor_empleador, hacer_empleador
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import deber_aportes, glosar, violaciones
from tests.factories.recaudacion import BRUNO, OPERADOR, Linea, importar, pago_de

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tasa() -> None:
    poner_tasa("2026-06", "7.99")


def test_an_older_line_waits_when_another_comprobante_holds_its_debt() -> None:
    empleador = hacer_empleador()
    deuda = deber_aportes(empleador=empleador, vence=VENCE)
    glosar(deuda)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=dia(14),
    )  # fmt: skip
    segundo = generar_comprobante(  # the first one expired: its debts are free
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=dia(20),
    )  # fmt: skip
    importar(Linea(2_000, "", "TARDE", fecha=dia(20)), hoy=FIN)
    aplicar_valor(
        valor_id=ValorPorAplicar.objects.get().pk, comprobante_numero=segundo.numero, por=BRUNO,
        hoy=FIN, razon="Lo cita por teléfono",
    )  # fmt: skip
    r = importar(pago_de(c, fecha=dia(14)), hoy=FIN)
    assert (r.lineas, r.por_identificar) == (1, 1)
    valor = ValorPorAplicar.objects.latest("id")
    assert (valor.motivo, valor.estado) == ("PAGO_POSTERIOR", "abierto")  # held by the other one
    assert violaciones() == {}


def test_a_line_whose_debt_nobody_holds_is_ordered_as_it_enters() -> None:
    empleador = hacer_empleador()
    deuda = deber_aportes(empleador=empleador, vence=VENCE)
    glosar(deuda)
    c = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda], por=actor_empleador(empleador),
        hoy=dia(14),
    )  # fmt: skip
    caducar_comprobantes(fecha=dia(16), por=OPERADOR)
    aplicar(valor_del(dia(20), 2_000), deuda)
    importar(pago_de(c, fecha=dia(14)), hoy=FIN)
    vista = obligacion(deuda, alcance=TODA_LA_NACION)
    assert (str(vista.estado), a_favor(), saldos()["2301"]) == ("cancelada", 2_000, "0.00")
    assert ValorPorAplicar.objects.latest("id").estado == "aplicado"
    assert violaciones() == {}
