"""Histories: every payment of an employer, undone or not, and each attempt to notify a glosa."""

import re
from datetime import date

import pytest

from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.actions.registrar_fallo import registrar_fallo
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.queries import intentos_de
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.recaudacion.queries import pagos_de_empleador
from recaudo.infra.security.alcance import NADA, TODA_LA_NACION, Alcance
from recaudo.interfaces.portal.historia import historia_de
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import SISTEMA, glosa_en_casillero
from tests.factories.deudas import deber_costas, reversar
from tests.factories.recaudacion import PAGADO, hacer_comprobante, hacer_deuda, importar, pago_de
from tests.interfaces.oficina.escena import entrar

pytestmark = pytest.mark.django_db


def sucesos(html: str) -> list[str]:
    """The titles of the history of a page, newest first."""
    titulos = re.findall(r'class="tiempo__titulo">(.*?)</h', html)
    return [titulo.replace("\xa0", " ") for titulo in titulos]


def test_an_employer_is_told_each_payment_once_and_what_was_undone_or_imputed_again() -> None:
    empleador = hacer_empleador()
    comprobante = hacer_comprobante(hacer_deuda(empleador))
    importar(pago_de(comprobante))
    costas = deber_costas("50.00", empleador=empleador)
    posterior = pagar_a_mano(1_500, costas, date(2026, 9, 20))
    pagar_a_mano(1_000, costas, PAGADO)  # of before: the later one is imputed again
    reversar(posterior.ingreso_id, fecha=date(2026, 9, 21))
    url = f"/oficina/empleadores/{empleador.ruc}/historia/"
    historia = sucesos(entrar("UREC", hoy=date(2026, 9, 21)).get(url).content.decode())
    assert f"Pagó $ 216,00, con el comprobante {comprobante.numero}" in historia
    assert sum(titulo.startswith("Se aplicaron $ 10,00") for titulo in historia) == 1
    assert not any(titulo.startswith("Pagó $ 10,00") for titulo in historia), "the act tells it"
    assert "Se imputó de nuevo $ 15,00, en el orden de las fechas" in historia
    deshechos = [titulo for titulo in historia if titulo.startswith("Se deshizo")]
    assert deshechos == ["Se deshizo el pago de $ 15,00 del 20/09/2026"]
    provincial = sucesos(entrar("AC", "17", hoy=PAGADO).get(url).content.decode())
    assert not any(titulo.startswith(("Pagó", "Se deshizo")) for titulo in provincial)


def test_of_a_payment_is_told_only_what_it_paid_within_reach() -> None:
    empleador = hacer_empleador()
    cerca, lejos = hacer_deuda(empleador, periodo="2026-07"), hacer_deuda(empleador)
    importar(pago_de(hacer_comprobante(cerca, lejos)))
    Obligacion.objects.filter(pk=lejos.pk).update(provincia="09")
    (uno,) = pagos_de_empleador(
        empleador.pk, alcance=Alcance(provincias=frozenset({"17"})), limite=9
    )
    assert (uno.obligaciones, uno.importe) == ((cerca.pk,), Dinero("216.00"))
    (todo,) = pagos_de_empleador(empleador.pk, alcance=TODA_LA_NACION, limite=9)
    assert (len(todo.obligaciones), todo.importe) == (2, Dinero("432.00"))
    assert pagos_de_empleador(empleador.pk, alcance=NADA, limite=9) == []


def test_a_glosa_tells_each_attempt_to_notify_it_in_the_office_and_to_its_debtor() -> None:
    """Sent, not opened, acknowledged late: each once, newest first."""
    ana, aviso = glosa_en_casillero(el=date(2026, 10, 5))
    glosa = Glosa.objects.get(pk=aviso.materia_id)
    vencer_sin_abrir(fecha=date(2026, 10, 20), por=SISTEMA)
    acusar_recibo(
        notificacion_id=aviso.pk, por=ana, hoy=date(2026, 10, 22),
        prueba={"ip": "10.0.0.1", "agente": "x"},
    )  # fmt: skip
    html = _glosa(glosa.numero, date(2026, 10, 22))
    esperados = ["Notificada", "No notificada electrónicamente", "Notificación enviada", "Emitida"]
    assert sucesos(html) == esperados
    assert "Por casillero electrónico; se espera" in html.split('class="tiempo"')[1]
    suya = historia_de("glosa", glosa.pk, avisos=intentos_de("glosa", glosa.pk))
    assert [suceso.titulo for suceso in suya] == esperados[:-1]
    sin_avisos = historia_de("glosa", glosa.pk)
    assert [suceso.titulo for suceso in sin_avisos] == esperados[:2]


def test_an_attempt_that_failed_is_told_though_the_glosa_did_not_move() -> None:
    """The office reads why; the debtor that it failed, and no name of who went."""
    _, aviso = glosa_en_casillero(el=date(2026, 10, 5))
    glosa = Glosa.objects.get(pk=aviso.materia_id)
    registrar_fallo(
        notificacion_id=aviso.pk, motivo="No recibió a Bruno", por=SISTEMA, hoy=date(2026, 10, 8)
    )
    html = _glosa(glosa.numero, date(2026, 10, 8))
    assert sucesos(html) == ["Notificación fallida", "Notificación enviada", "Emitida"]
    assert "No recibió a Bruno" in html.split('class="tiempo"')[1]
    suya = historia_de("glosa", glosa.pk, avisos=intentos_de("glosa", glosa.pk))
    assert [suceso.titulo for suceso in suya] == ["Notificación fallida", "Notificación enviada"]
    assert "Bruno" not in " ".join(suceso.detalle for suceso in suya)


def _glosa(numero: str, hoy: date) -> str:
    pagina = entrar("AC", "17", hoy=hoy).get(f"/oficina/cartera/glosas/{numero}/")
    return pagina.content.decode()
