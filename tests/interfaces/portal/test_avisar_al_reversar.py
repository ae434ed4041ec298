"""The bank took the money back: the employer reads so in its inbox; a person breaks nothing."""

import io
from datetime import date

from pypdf import PdfReader

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.plazos.models import Plazo
from recaudo.domain.recaudacion.models import Pago
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.afiliacion import hacer_persona
from tests.factories.deudas import deber_costas, reversar, violaciones
from tests.factories.recaudacion import Linea, importar
from tests.interfaces.portal.conftest import HOY, Caso, leer
from tests.interfaces.portal.test_comprobantes import generar


def test_the_employer_reads_which_payment_how_much_and_what_is_owed_again(
    caso: Caso, tasas: None
) -> None:
    numero = generar(caso, caso.deuda(vence=date(2026, 12, 15)).pk)
    importar(Linea(21_700, numero, "PAGO", fecha=HOY), hoy=HOY)
    pago = Pago.objects.get()
    assert reversar(pago.ingreso_id, fecha=HOY) == [(pago.ingreso_id, "PAGO")]
    aviso = Notificacion.objects.get()
    assert (aviso.empleador_id, aviso.materia_id) == (caso.empleador.pk, pago.pk)
    assert "El banco reversó su pago de $ 217,00" in leer(
        caso.navegador.get("@/notificaciones/")
    ).replace("\xa0", " ")
    suya = f"@/notificaciones/{aviso.pk}/"
    assert caso.navegador.get(f"{suya}pdf/").status_code == 302, "first it is received"
    assert "siguiente día hábil corre" not in leer(caso.navegador.get(suya))
    html = leer(caso.navegador.post(suya, follow=True))
    assert "Reverso de pago" in html
    assert not Plazo.objects.exists()
    contenido = caso.navegador.get(f"{suya}pdf/").content
    texto = " ".join(
        " ".join(p.extract_text() for p in PdfReader(io.BytesIO(contenido)).pages).split()
    )
    for parte in (numero, "217,00", "216,00", "1,00", "20/11/2026", "Genere otro comprobante"):
        assert parte in texto
    assert violaciones(menos=("D03", "D05", "D24", "D28")) == {}, "its debt has no planilla"


def test_another_employer_does_not_find_it(caso: Caso, ajeno: Caso, tasas: None) -> None:
    numero = generar(caso, caso.deuda(vence=date(2026, 12, 15)).pk)
    importar(Linea(21_600, numero, "PAGO", fecha=HOY), hoy=HOY)
    reversar(Pago.objects.get().ingreso_id, fecha=HOY)
    aviso = Notificacion.objects.get()
    for que in ("", "aviso/", "pdf/"):
        assert ajeno.navegador.get(f"@/notificaciones/{aviso.pk}/{que}").status_code == 404


def test_a_person_has_no_inbox_and_its_debt_lives_again(db: None) -> None:
    deuda = deber_costas("40.00", persona=hacer_persona())
    pago = pagar_a_mano(4_000, deuda, date(2026, 9, 12))
    assert reversar(pago.ingreso_id, fecha=date(2026, 9, 20)) == [(pago.ingreso_id, "PAGO")]
    assert obligacion(deuda, alcance=TODA_LA_NACION).saldo == Dinero("40.00")
    assert not Notificacion.objects.exists()
    assert violaciones() == {}
