"""A comprobante freezes chosen debts (R-COM-02), one live comprobante per debt (R-COM-03, D16)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.queries import ObligacionNoExiste
from recaudo.domain.recaudacion.actions import generar_comprobante as modulo
from recaudo.domain.recaudacion.actions.anular_comprobante import anular_comprobante
from recaudo.domain.recaudacion.actions.generar_comprobante import (
    ObligacionEnOtroComprobante,
    ObligacionNoExigible,
    SinObligaciones,
    generar_comprobante,
)
from recaudo.domain.recaudacion.models import Comprobante, DetalleVivo
from recaudo.domain.recaudacion.queries import ComprobanteNoExiste, comprobante
from recaudo.domain.recaudacion.states import MAQUINA
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.dibujo import bytes_de
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.numbering import es_numero_con_control
from recaudo.norma.mora.tasas import TasaSinDatos
from tests.factories.cartera import poner_tasa
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    GENERADO,
    ana_de,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db
TARDE = date(2026, 10, 15)  # thirty days after the due date


def test_without_arrears_it_is_worth_the_balance_until_the_due_date() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    assert (c.importe, c.interes, c.valido_hasta) == (
        Dinero("216.00"),
        Dinero.CERO,
        deuda.fecha_vencimiento,
    )
    assert es_numero_con_control(c.numero)
    assert c.numero.startswith("2026")
    hecho = Hecho.objects.get(tipo="comprobante_generado", objeto_id=str(c.pk))
    assert (
        hecho.frase == f"Se generó el comprobante {c.numero} por $ 216,00, válido hasta 2026-09-15."
    )


def test_with_arrears_it_freezes_the_interest_of_lss_89_for_that_same_day() -> None:
    poner_tasa("2026-10", "7.99")
    c = hacer_comprobante(hacer_deuda(), hoy=TARDE)
    # 216.00 x (7.99 + 4) % x 30 / 365 = 2.1286...
    assert (c.interes, c.importe, c.valido_hasta) == (Dinero("2.13"), Dinero("218.13"), TARDE)
    detalle = c.detalles.get()
    assert "11.99 %" in {paso["valor"] for paso in detalle.traza}


def test_a_month_without_rate_is_refused_by_name_and_leaves_nothing() -> None:
    deuda = hacer_deuda()
    with pytest.raises(TasaSinDatos, match="2026-10"):
        hacer_comprobante(deuda, hoy=TARDE)
    assert not Comprobante.objects.exists()


def test_numbers_of_a_year_follow_one_another_without_gaps_even_after_a_refusal() -> None:
    primero = hacer_comprobante()
    with pytest.raises(TasaSinDatos):
        hacer_comprobante(hacer_deuda(), hoy=TARDE)
    segundo = hacer_comprobante()
    assert int(segundo.numero[4:13]) == int(primero.numero[4:13]) + 1


def test_a_debt_in_a_live_comprobante_is_refused_and_names_the_other() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    with pytest.raises(ObligacionEnOtroComprobante, match=c.numero):
        hacer_comprobante(deuda)


def test_the_unique_index_alone_also_refuses_the_second_comprobante(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deuda = hacer_deuda()
    hacer_comprobante(deuda)
    monkeypatch.setattr(modulo, "_exigir_que_esten_libres", lambda _ids: None)
    with pytest.raises(ObligacionEnOtroComprobante):
        hacer_comprobante(deuda)


def test_twin_without_the_unique_index_two_live_comprobantes_hold_one_debt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deuda = hacer_deuda()
    hacer_comprobante(deuda)
    monkeypatch.setattr(modulo, "_exigir_que_esten_libres", lambda _ids: None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX detalle_en_un_solo_comprobante_vivo")
    hacer_comprobante(deuda)
    assert DetalleVivo.objects.filter(obligacion_id=deuda.pk).count() == 2


def test_an_expired_comprobante_does_not_stop_a_new_one_even_before_the_nightly_close() -> None:
    poner_tasa("2026-10", "7.99")
    deuda = hacer_deuda()
    viejo = hacer_comprobante(deuda)
    hacer_comprobante(deuda, hoy=TARDE)
    viejo.refresh_from_db()
    assert viejo.estado == "caducado"


def test_a_paid_debt_is_refused() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    importar(pago_de(c))
    with pytest.raises(ObligacionNoExigible, match="agosto de 2026"):
        hacer_comprobante(deuda)


def test_another_employers_debt_answers_like_a_missing_one() -> None:
    propia, ajena = hacer_deuda(), hacer_deuda()
    for ids in ([propia.pk, ajena.pk], [propia.pk, 10**9]):
        with pytest.raises(ObligacionNoExiste):
            generar_comprobante(
                empleador_id=propia.empleador_id, obligaciones=ids, por=ana_de(propia), hoy=GENERADO
            )


def test_nothing_chosen_is_refused() -> None:
    deuda = hacer_deuda()
    with pytest.raises(SinObligaciones):
        generar_comprobante(
            empleador_id=deuda.empleador_id, obligaciones=[], por=ana_de(deuda), hoy=GENERADO
        )


@pytest.mark.parametrize("quien", [BRUNO, CARLA])
def test_who_does_not_represent_the_employer_may_not_generate(quien: object) -> None:
    deuda = hacer_deuda()
    with pytest.raises(SinPermiso):
        generar_comprobante(
            empleador_id=deuda.empleador_id, obligaciones=[deuda.pk], por=quien, hoy=GENERADO
        )


def test_carla_sees_another_employers_comprobante_as_missing() -> None:
    c = hacer_comprobante()
    with pytest.raises(ComprobanteNoExiste):
        comprobante(c.numero, alcance=CARLA.alcance(Permiso.EMPLEADOR_VER_LO_PROPIO))
    with pytest.raises(ComprobanteNoExiste):
        anular_comprobante(numero=c.numero, por=CARLA, hoy=GENERADO, razon="x")
    visto = comprobante(c.numero, alcance=BRUNO.alcance(Permiso.RECAUDACION_VER))
    assert set(visto.actos) == set(MAQUINA.actos_desde("generado"))


def test_what_it_froze_cannot_be_edited_by_sql() -> None:
    c = hacer_comprobante()
    for sql in (
        "UPDATE recaudacion_comprobante SET importe = importe + 1, capital = capital + 1",
        "UPDATE recaudacion_comprobantedetalle SET personal = personal - 1",
        "DELETE FROM recaudacion_comprobantedetalle",
    ):
        with (
            pytest.raises(Exception, match=r"no se edita|solo admite"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert c.detalles.count() == 1


def test_it_is_never_worth_zero() -> None:
    deuda = hacer_deuda()
    with pytest.raises(IntegrityError, match="comprobante_suma"), transaction.atomic():
        Comprobante.objects.create(
            numero="X", empleador_id=deuda.empleador_id, fecha_emision=GENERADO,
            valido_hasta=GENERADO, capital=Dinero.CERO, interes=Dinero.CERO, importe=Dinero.CERO,
            estado_verificacion="VERIFICADO", generado_en="2026-09-10T12:00:00Z",
        )  # fmt: skip


def test_the_paper_says_the_amount_in_words_and_draws() -> None:
    c = hacer_comprobante()
    documento = Documento.objects.get(pk=c.documento_id)
    _, _, cuanto, *_ = documento.contenido["bloques"]
    assert cuanto["bloques"][0]["en_letras"] == (
        "Doscientos dieciséis dólares de los Estados Unidos de América con 00/100"
    )
    assert documento.numero == c.numero
    assert bytes_de(documento.pk, hoy=GENERADO).startswith(b"%PDF")
    assert Obligacion.objects.filter(estado="emitida").exists()
