"""From the planilla nobody paid to the statement that cancels its glosa, with the real acts."""

from datetime import date

import pytest

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.cartera.queries import glosa
from recaudo.domain.contabilidad.queries import libro_cuadra, saldos_por_cuenta
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.verificacion import verificar_codigo
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.factories.cartera import PRUEBA, SISTEMA, poner_tasa
from tests.factories.recaudacion import (
    ana_de,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db
DIA_31 = date(2026, 10, 16)
PAGA = date(2026, 10, 20)


def test_an_unpaid_planilla_becomes_a_glosa_and_the_bank_cancels_it() -> None:
    deuda = hacer_deuda()
    poner_tasa("2026-10", "8.99")
    cerrar_dia(fecha=DIA_31, por=SISTEMA, hoy=DIA_31)
    ana = ana_de(deuda)
    aviso = Notificacion.objects.get()
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=date(2026, 10, 19), prueba=PRUEBA)
    comprobante = hacer_comprobante(deuda, hoy=PAGA)
    assert comprobante.interes == Dinero("2.69")  # 216 × 12.99 % × 35 / 365, to the day of payment
    importar(pago_de(comprobante, fecha=PAGA), hoy=date(2026, 10, 21))
    g = Glosa.objects.get()
    assert g.estado == "cancelada"
    ficha = glosa(TODA_LA_NACION, numero=g.numero, hoy=date(2026, 10, 21))
    assert ficha is not None
    assert (ficha.obligacion.saldo, ficha.puede_hoy) == (Dinero.CERO, ())
    saldos = {s.codigo: s.saldo for s in saldos_por_cuenta()}
    assert saldos["1202"] == Dinero.CERO
    assert libro_cuadra()
    documento = Documento.objects.get(pk=g.documento_id)
    (fondos,) = (b for b in documento.contenido["bloques"] if "seguro" in b.get("titulo", ""))
    assert fondos["bloques"][0]["filas"][0] == ["Invalidez, vejez y muerte", "103.00"]
    hallado = verificar_codigo(documento.codigo, hoy=date(2026, 10, 21))
    assert hallado is not None
    assert (hallado.estado, hallado.situacion.pide) == ("pagado", False)


def test_a_closed_comprobante_frees_the_debt_in_the_close_of_the_next_day() -> None:
    deuda = hacer_deuda()
    comprobante = hacer_comprobante(deuda)
    cerrar_dia(fecha=comprobante.valido_hasta, por=SISTEMA, hoy=DIA_31)
    comprobante.refresh_from_db()
    assert comprobante.estado == "generado"
    siguiente = date.fromordinal(comprobante.valido_hasta.toordinal() + 1)
    cierre = cerrar_dia(fecha=siguiente, por=SISTEMA, hoy=DIA_31)
    comprobante.refresh_from_db()
    assert comprobante.estado == "caducado"
    assert cierre.eventos == {"COMPROBANTE_CADUCADO": 1, "MORA": 1}
