"""The acts of two people against their bank: what a notice told, and the pieces of a batch."""

import re

import pytest

from recaudo.domain.recaudacion.models import CuentaBancaria
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_aprobar_desmentido import dos_avisos, trae
from tests.domain.recaudacion.test_reconocer_lote import piezas_y_lote
from tests.factories.banco import Apunte, LibroDelBanco
from tests.factories.recaudacion import CUENTA, PAGADO, hacer_cuenta
from tests.interfaces.oficina.escena import entrar
from tests.interfaces.oficina.test_actos import _texto

pytestmark = pytest.mark.django_db


def test_what_the_bank_denies_is_listed_and_undone_by_two_people() -> None:
    c = dos_avisos(0)
    uno, otro = entrar("UREC", hoy=PAGADO), entrar("UREC", hoy=PAGADO)
    cuenta = f"/oficina/recaudacion/cuentas/{CuentaBancaria.objects.get().pk}/"
    html = _texto(uno.get(cuenta), 200)
    assert "Avisado y no contabilizado por el banco" in html
    acto = html.split('desmentir/"')[0].split('href="')[-1] + "desmentir/"
    assert f"pasa de {c.importe.formato()} a {Dinero.CERO.formato()}" in _texto(uno.get(acto), 200)
    assert "Escriba la razón" in _texto(uno.post(acto), 422)
    assert uno.post(acto, {"razon": "El extracto no la trae"}).status_code == 302
    assert "Ya se propuso" in _texto(uno.post(acto, {"razon": "Otra vez"}), 422)
    assert "La propuso usted" in _texto(uno.get(f"{acto}decidir/"), 200)
    assert "Decidir sobre la propuesta" in _texto(otro.get(cuenta), 200)
    assert "El extracto no la trae" in _texto(otro.get(f"{acto}decidir/"), 200)
    assert otro.post(f"{acto}decidir/", {"decision": "aprobar"}).status_code == 302
    assert "Cuadra" in _texto(otro.get(cuenta), 200)
    assert "Avisado y no contabilizado" not in _texto(otro.get(cuenta), 200)


def test_the_pieces_of_a_batch_are_affirmed_by_one_and_reverted_by_another() -> None:
    _, entera = piezas_y_lote()
    uno, otro = entrar("UREC", hoy=PAGADO), entrar("UREC", hoy=PAGADO)
    listado = _texto(uno.get("/oficina/recaudacion/extractos/por-aclarar/"), 200)
    acto = f"/oficina/recaudacion/extractos/lineas/{entera.pk}/lote/"
    assert acto in listado
    cuenta = f"/oficina/recaudacion/cuentas/{entera.cuenta_id}/"
    assert acto in _texto(uno.get(cuenta), 200)
    html = _texto(uno.get(acto), 200)
    assert "3 transacciones" in html
    piezas = re.findall(r'name="piezas" value="(\d+)"', html)
    assert len(piezas) == 4
    corto = {"piezas": piezas[:2], "razon": "Nota 1"}
    assert "suman $ 432,00" in _texto(uno.post(acto, corto), 422)
    assert uno.post(acto, {"piezas": piezas[:3], "razon": "Nota 1"}).status_code == 302
    assert "ya se dijo cuáles" in _texto(uno.get(acto), 200)
    lineas = _texto(otro.get(f"/oficina/recaudacion/extractos/{entera.extracto_id}/lineas/"), 200)
    assert f"{acto}revertir/" in lineas
    assert "Lo reconoció usted" in _texto(uno.get(f"{acto}revertir/"), 200)
    assert "Nota 1" in _texto(otro.get(f"{acto}revertir/"), 200)
    assert otro.post(f"{acto}revertir/", {"razon": "Era de otro"}).status_code == 302
    assert "ya se revirtió" in _texto(otro.get(f"{acto}revertir/"), 200)


def test_a_bank_that_says_zero_said_something() -> None:
    hacer_cuenta(CUENTA)
    trae(LibroDelBanco(CUENTA, 700, (Apunte(0, -700, "A1"),)).extracto([0]), "E1")
    cuenta = CuentaBancaria.objects.get()
    ficha = entrar("UREC", hoy=PAGADO).get(f"/oficina/recaudacion/cuentas/{cuenta.pk}/")
    dice = _texto(ficha, 200).split("Dice el banco")[1].split("Dice el libro")[0]
    assert Dinero.CERO.formato() in dice
