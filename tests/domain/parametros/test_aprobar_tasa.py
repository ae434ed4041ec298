"""A rate holds once another officer approves it, and is then never edited (T09)."""

import pytest

from recaudo.domain.parametros.actions.aprobar_tasa import (
    TasaInexistente,
    TasaYaAprobada,
    aprobar_tasa,
)
from recaudo.domain.parametros.policy import MismaPersona
from recaudo.domain.parametros.queries import (
    lista_de_tasas,
    tabla_de_tasas,
)
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Tasa
from recaudo.norma.mora.tasas import TasaProvisional
from tests.domain.guardas import passes_without, refused
from tests.factories.parametros import AMBOS, APRUEBA, HOY, REGISTRA, registrar

pytestmark = pytest.mark.django_db


def test_a_rate_holds_only_once_another_officer_approves_it() -> None:
    fila = registrar()
    with pytest.raises(TasaProvisional, match="2026-10"):
        tabla_de_tasas().vigente(HOY)
    pendientes = lista_de_tasas().filter(situacion="pendiente")
    assert [t.pk for t in pendientes] == [fila.pk]
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    assert tabla_de_tasas().vigente(HOY).tasa == Tasa("7.99")
    assert list(Hecho.objects.order_by("id").values_list("tipo", flat=True)) == [
        "tasa_registrada",
        "tasa_aprobada",
    ]


def test_who_registers_may_not_approve_even_with_both_roles() -> None:
    fila = registrar(por=AMBOS)
    with pytest.raises(MismaPersona):
        aprobar_tasa(tasa_id=fila.pk, por=AMBOS, hoy=HOY)


def test_four_eyes_hold_in_the_database_and_fail_without_the_check() -> None:
    registrar()
    sql = "UPDATE parametros_tasapublicada SET aprobada_por = registrada_por, aprobada_en = now()"
    assert refused(sql)
    assert passes_without("tasa_cuatro_ojos", "parametros_tasapublicada", sql, is_trigger=False)


def test_an_approved_rate_is_never_edited_nor_deleted() -> None:
    fila = registrar()
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    for sql in (
        "UPDATE parametros_tasapublicada SET tasa = 9",
        "DELETE FROM parametros_tasapublicada",
    ):
        assert refused(sql)
        assert passes_without("tasa_fija", "parametros_tasapublicada", sql)


def test_approving_again_or_nothing_is_refused_by_name() -> None:
    fila = registrar()
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaYaAprobada):
        aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaInexistente):
        aprobar_tasa(tasa_id=10**9, por=APRUEBA, hoy=HOY)
    with pytest.raises(SinPermiso):
        aprobar_tasa(tasa_id=fila.pk, por=REGISTRA, hoy=HOY)
