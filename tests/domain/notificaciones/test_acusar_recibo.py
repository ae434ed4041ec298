"""Reception with proof opens the término: golden cases of COA 158, 159, 164."""

from datetime import date

import pytest

from recaudo.domain.notificaciones.actions.acusar_recibo import (
    PruebaIncompleta,
    RecepcionAnteriorAlDeposito,
    acusar_recibo,
)
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.queries import bandeja, sin_abrir
from recaudo.domain.notificaciones.states import MAQUINA
from recaudo.domain.plazos.models import Plazo
from recaudo.domain.plazos.queries import plazo_de
from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor, SinPermiso
from tests.domain.estados import steps_of, steps_the_database_allows
from tests.domain.guardas import passes_without, refused
from tests.factories.afiliacion import GUAYAQUIL, QUITO
from tests.factories.alcances import ve
from tests.factories.cartera import PRUEBA, SISTEMA, glosa_en_casillero

pytestmark = pytest.mark.django_db


def test_acusar_recibo_notifies_the_glosa_and_keeps_the_proof() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    n.refresh_from_db()
    assert (n.estado, n.recibida_el, n.recibida_por) == ("recibida", date(2026, 4, 28), ana.id)
    documento = Documento.objects.get(pk=n.documento_id)
    assert n.prueba == {
        **PRUEBA,
        "quien": ana.nombre,
        "usuario": ana.id,
        "recibida_el": "2026-04-28",
        "contenido_sha256": documento.contenido_sha256,
    }
    assert (t.regla, t.cantidad, t.norma) == ("pagar_o_impugnar", 8, "C.D. 516 art. 129")
    assert [c.hacia for c in CambioEstado.objects.filter(maquina="glosa")] == ["notificada"]
    assert Hecho.objects.filter(tipo="glosa_notificada").count() == 1


N, T = "notificaciones_notificacion", "plazos_plazo"
SIN_RAZON = '{"id": 999999, "regla": "otra", "dudosos": []}'
GOLDEN = [
    (date(2026, 4, 28), QUITO, date(2026, 5, 12)),
    (date(2026, 7, 20), QUITO, date(2026, 7, 30)),
    (date(2026, 7, 20), GUAYAQUIL, date(2026, 7, 31)),
    (date(2025, 10, 30), QUITO, date(2025, 11, 13)),
]


@pytest.mark.parametrize(("received", "canton", "last_day"), GOLDEN)
def test_the_eight_business_days_of_the_rulebook_section_2_5(
    received: date, canton: str, last_day: date
) -> None:
    ana, n = glosa_en_casillero(el=received, canton=canton)
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=received, prueba=PRUEBA)
    assert t.vence == last_day
    assert len(t.habiles) == 8
    assert t.calendario_version


def test_a_doubtful_local_holiday_is_kept_with_the_termino_and_the_debtor_has_the_later_day() -> (
    None
):
    """Santa Isabel: nobody knows its civic day, so a day more for the debtor and none for us."""
    ana, n = glosa_en_casillero(el=date(2026, 3, 2), canton="0108")
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 3, 2), prueba=PRUEBA)
    visto = plazo_de("glosa", n.materia_id, hoy=t.vence)
    assert visto is not None
    assert visto.vence_min < visto.vence == t.vence
    assert not visto.lista_verificada
    assert not visto.esta_vencido
    assert ["Santa Isabel" in d.motivo for d in visto.dudosos] == [True]
    assert refused(f"INSERT INTO {T} SELECT (jsonb_populate_record(t, '{SIN_RAZON}')).* FROM {T} t")


def test_the_holidays_of_debtor_and_office_both_count_coa_159() -> None:
    """A debtor of Guayaquil whose branch is billed in Pichincha: Fri 24-Jul does not count."""
    ana, n = glosa_en_casillero(el=date(2026, 7, 20), canton=GUAYAQUIL, canton_sucursal=QUITO)
    assert (n.provincia, n.cantones) == ("17", ["0901", "1701"])
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 7, 20), prueba=PRUEBA)
    assert t.vence == date(2026, 7, 31)
    assert "2026-07-24" in [d["fecha"] for d in t.inhabiles]


def test_receiving_again_changes_nothing() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    first = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    again = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 6, 1), prueba=PRUEBA)
    assert again.pk == first.pk
    assert Plazo.objects.count() == 1
    assert Hecho.objects.filter(tipo="notificacion_recibida").count() == 1


@pytest.mark.parametrize("proof", [{}, {"ip": "127.0.0.1"}, {"ip": " ", "agente": "x"}])
def test_without_proof_there_is_no_notification(proof: dict[str, str]) -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    with pytest.raises(PruebaIncompleta):
        acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=proof)
    assert not Plazo.objects.exists()


def test_nobody_receives_before_the_deposit() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    with pytest.raises(RecepcionAnteriorAlDeposito):
        acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 26), prueba=PRUEBA)


def test_nobody_receives_for_another_not_even_the_institution() -> None:
    _, n = glosa_en_casillero(el=date(2026, 4, 27))
    carla = Actor(id=9, nombre="Carla", roles=frozenset({"EMP"}), empleadores=frozenset({0}))
    bruno = Actor(id=8, nombre="Bruno", roles=frozenset({"AC"}), provincias=frozenset({"17"}))
    for alguien in (carla, bruno, SISTEMA):
        with pytest.raises(SinPermiso):
            acusar_recibo(notificacion_id=n.pk, por=alguien, hoy=date(2026, 4, 28), prueba=PRUEBA)


def test_what_nobody_opened_can_still_be_opened_and_only_then_runs() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    assert vencer_sin_abrir(fecha=n.abrir_hasta, por=SISTEMA) == 0
    dia_despues = date.fromordinal(n.abrir_hasta.toordinal() + 1)
    assert vencer_sin_abrir(fecha=dia_despues, por=SISTEMA) == 1
    assert vencer_sin_abrir(fecha=dia_despues, por=SISTEMA) == 0
    assert not Plazo.objects.exists()
    assert sin_abrir(ve(ana), empleador_id=n.empleador_id) == 1
    t = acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 6, 1), prueba=PRUEBA)
    assert t.desde == date(2026, 6, 1)
    assert bandeja(ve(ana), empleador_id=n.empleador_id)[0].estado == "recibida"


def test_the_term_is_shown_day_by_day() -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 28))
    acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    visto = plazo_de("glosa", n.materia_id, hoy=date(2026, 5, 4))
    assert visto is not None
    assert [d.numero for d in visto.calendario if d.es_hoy] == [2]
    assert visto.restantes == 7
    assert {d.fecha: d.motivo for d in visto.calendario}[date(2026, 5, 2)] == "Sábado"
    ultimo = plazo_de("glosa", n.materia_id, hoy=visto.vence)
    assert ultimo is not None
    assert (ultimo.restantes, ultimo.esta_vencido) == (1, False)


BACKDATED = f"""
INSERT INTO {T} (parte_tipo, parte_id, materia_tipo, materia_id, regla, obligado, origen_tipo,
    origen_id, desde, cantidad,
    unidad, suspensiones, vence, vence_min, vence_max, cantones, habiles, inhabiles, dudosos,
    calendario_version, norma, estado_verificacion, efecto, motivo, hecho_id)
SELECT parte_tipo, parte_id, materia_tipo, materia_id, 'otra', obligado, origen_tipo,
    origen_id, desde - 1, cantidad,
    unidad, suspensiones, vence, vence_min, vence_max, cantones, habiles, inhabiles, dudosos,
    '', norma, '', efecto, '', 1 FROM {T}
"""


@pytest.mark.parametrize(
    ("trigger", "tabla", "sql"),
    [
        (
            "plazo_solo_agregar",
            T,
            f"UPDATE {T} SET vence = vence + 1, vence_min = vence + 1, vence_max = vence + 1",
        ),
        ("notificacion_fija", N, f'UPDATE {N} SET prueba = \'{{"ip": "otra"}}\''),
        ("notificacion_fija", N, f"UPDATE {N} SET recibida_el = recibida_el + 1"),
        ("notificacion_fija", N, f"UPDATE {N} SET cantones = '[]'"),
        (
            "plazo_con_prueba",
            T,
            BACKDATED,
        ),
    ],
)
def test_terms_and_proofs_are_never_edited_p03_p17_p23(trigger: str, tabla: str, sql: str) -> None:
    ana, n = glosa_en_casillero(el=date(2026, 4, 27))
    acusar_recibo(notificacion_id=n.pk, por=ana, hoy=date(2026, 4, 28), prueba=PRUEBA)
    assert refused(sql)
    assert passes_without(trigger, tabla, sql)


def test_python_and_the_database_allow_the_same_steps() -> None:
    _, n = glosa_en_casillero(el=date(2026, 4, 27))
    assert steps_the_database_allows(MAQUINA, N, n.pk) == steps_of(MAQUINA)
    assert Notificacion.objects.get(pk=n.pk).estado == "depositada"
