"""A glosa is notified by the proof of its notice, in time or late (COA 164)."""

from datetime import date

import pytest

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.infra.audit.models import CambioEstado, Hecho
from tests.factories.cartera import PRUEBA, SISTEMA, glosa_en_casillero, pagar_del_todo

pytestmark = pytest.mark.django_db
DIA_31 = date(2026, 10, 16)


def test_the_notice_causes_the_glosa_to_be_notified_with_its_own_fact() -> None:
    ana, aviso = glosa_en_casillero(el=DIA_31)
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=DIA_31, prueba=PRUEBA)
    notificada = Hecho.objects.get(tipo="glosa_notificada")
    causa = Hecho.objects.get(pk=notificada.causa_id)
    assert (causa.tipo, causa.causa_id, causa.acto) == (
        "notificacion_recibida", None, "acusar_recibo",
    )  # fmt: skip
    assert (notificada.acto, notificada.permiso, notificada.rol) == (
        "notificar_glosa", causa.permiso, "EMP",
    )  # fmt: skip


def test_a_notice_opened_late_still_notifies_the_glosa_rulebook_2_8() -> None:
    ana, aviso = glosa_en_casillero(el=DIA_31)
    cerrar_dia(fecha=date(2026, 10, 24), por=SISTEMA, hoy=date(2026, 10, 24))
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=date(2026, 10, 26), prueba=PRUEBA)
    cambios = CambioEstado.objects.filter(maquina="glosa").order_by("id")
    assert [(c.acto, c.hacia) for c in cambios] == [
        ("dar_por_no_notificadas", "no_notificada_electronicamente"),
        ("notificar_glosa", "notificada"),
    ]


def test_a_glosa_already_paid_stays_paid_and_the_reception_is_kept() -> None:
    ana, aviso = glosa_en_casillero(el=DIA_31)
    pagar_del_todo(Obligacion.objects.get(), fecha=DIA_31)
    acusar_recibo(notificacion_id=aviso.pk, por=ana, hoy=DIA_31, prueba=PRUEBA)
    assert Glosa.objects.get().estado == "cancelada"
    assert not Hecho.objects.filter(tipo="glosa_notificada").exists()
