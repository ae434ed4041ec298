"""Returning a rate: a reason, once, never one that already rules."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from recaudo.domain.parametros.actions.aprobar_tasa import (
    TasaDevueltaAntes,
    TasaInexistente,
    TasaYaAprobada,
    aprobar_tasa,
)
from recaudo.domain.parametros.actions.devolver_tasa import (
    DevolucionSinRazon,
    TasaYaDevuelta,
    devolver_tasa,
)
from recaudo.domain.parametros.actions.registrar_tasa import TasaYaRegistrada, registrar_tasa
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import SinPermiso
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.reports.auditoria.ejecutar import auditar
from tests.factories.parametros import APRUEBA, HOY, REGISTRA

pytestmark = pytest.mark.django_db


def _registrada(tasa: str = "82.5") -> TasaPublicada:
    return registrar_tasa(
        periodo=Periodo(2026, 10), tasa=Tasa(tasa), fuente="BCE", por=REGISTRA, hoy=HOY
    )


def _devuelta(razon: str = "La coma") -> TasaPublicada:
    return devolver_tasa(tasa_id=_registrada().pk, razon=razon, por=APRUEBA, hoy=HOY)


def test_a_returned_rate_keeps_its_reason_and_frees_its_month() -> None:
    mala = _devuelta()
    assert (mala.devuelta_por, mala.razon_devolucion) == (APRUEBA.id, "La coma")
    buena = _registrada("8.25")
    aprobar_tasa(tasa_id=buena.pk, por=APRUEBA, hoy=HOY)
    assert [str(f.tasa) for f in tabla_de_tasas().filas] == ["8.25"]
    hecho = Hecho.objects.get(tipo="tasa_devuelta")
    assert hecho.actor_nombre == APRUEBA.nombre
    assert "La coma" in hecho.frase
    assert auditar(ids=["D21"]).violaciones == 0


def test_a_month_without_a_return_still_takes_no_other() -> None:
    _registrada()
    with pytest.raises(TasaYaRegistrada):
        _registrada("8.25")


@pytest.mark.parametrize("razon", ["", "   ", "x" * 301])
def test_a_return_without_a_fitting_reason_is_refused(razon: str) -> None:
    with pytest.raises(DevolucionSinRazon):
        _devuelta(razon)


def test_only_who_approves_returns() -> None:
    with pytest.raises(SinPermiso):
        devolver_tasa(tasa_id=_registrada().pk, razon="x", por=REGISTRA, hoy=HOY)


def test_it_is_returned_once_and_then_never_approved() -> None:
    mala = _devuelta()
    with pytest.raises(TasaYaDevuelta):
        devolver_tasa(tasa_id=mala.pk, razon="otra", por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaDevueltaAntes):
        aprobar_tasa(tasa_id=mala.pk, por=APRUEBA, hoy=HOY)


def test_what_rules_or_does_not_exist_is_not_returned() -> None:
    buena = _registrada("8.25")
    aprobar_tasa(tasa_id=buena.pk, por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaYaAprobada):
        devolver_tasa(tasa_id=buena.pk, razon="x", por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaInexistente):
        devolver_tasa(tasa_id=0, razon="x", por=APRUEBA, hoy=HOY)


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE parametros_tasapublicada SET razon_devolucion = 'otra'",
        "UPDATE parametros_tasapublicada SET aprobada_en = now(), devuelta_en = NULL",
        "DELETE FROM parametros_tasapublicada",
    ],
)
def test_the_database_itself_keeps_a_returned_rate_as_it_is(orden: str) -> None:
    _devuelta()
    with (
        pytest.raises(DatabaseError, match=r"no se (edita|borra)"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(orden)


def test_the_database_itself_refuses_a_return_without_a_reason() -> None:
    mala = _registrada()
    with (
        pytest.raises(IntegrityError, match="tasa_devuelta_con_razon"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE parametros_tasapublicada SET devuelta_en = now() WHERE id = %s", [mala.pk]
        )
