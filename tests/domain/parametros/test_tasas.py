"""A rate enters by one officer, holds by another, and is never edited (D21, T09)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from recaudo.domain.parametros.actions.aprobar_tasa import (
    TasaInexistente,
    TasaYaAprobada,
    aprobar_tasa,
)
from recaudo.domain.parametros.actions.cargar_tasas_publicadas import (
    SoloEnDemostracion,
    cargar_tasas_de_demostracion,
    cargar_tasas_publicadas,
)
from recaudo.domain.parametros.actions.registrar_tasa import (
    EstadoDeTasaDesconocido,
    TasaFueraDeRango,
    TasaSinFuente,
    TasaYaRegistrada,
    registrar_tasa,
)
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.parametros.policy import MismaPersona
from recaudo.domain.parametros.queries import (
    hay_tasas_de_demostracion,
    tabla_de_tasas,
    tasas,
)
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.norma.mora.tasas import TasaProvisional, TasaSinDatos
from recaudo.norma.parametros import EstadoVerificacion
from tests.domain.guardas import passes_without, refused

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 2)
MES = Periodo(2026, 10)
REGISTRA = Actor(id=70, nombre="Registra", roles=frozenset({"DNRC"}))
APRUEBA = Actor(id=71, nombre="Aprueba", roles=frozenset({"UCGC"}))
AMBOS = Actor(id=70, nombre="Registra y aprueba", roles=frozenset({"DNRC", "UCGC"}))


def registrar(**otros: object) -> TasaPublicada:
    datos: dict[str, object] = {
        "periodo": MES, "tasa": Tasa("7.99"), "fuente": "BCE, octubre 2026",
        "por": REGISTRA, "hoy": HOY,
    }  # fmt: skip
    return registrar_tasa(**(datos | otros))  # type: ignore[arg-type]


def test_a_rate_holds_only_once_another_officer_approves_it() -> None:
    fila = registrar()
    with pytest.raises(TasaProvisional, match="2026-10"):
        tabla_de_tasas().vigente(HOY)
    assert [t.id for t in tasas(pendientes=True)] == [fila.pk]
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    assert tabla_de_tasas().vigente(HOY).tasa == Tasa("7.99")
    assert list(Hecho.objects.order_by("id").values_list("tipo", flat=True)) == [
        "tasa_registrada",
        "tasa_aprobada",
    ]


def test_a_month_without_row_is_refused_naming_the_month_and_the_table() -> None:
    with pytest.raises(TasaSinDatos, match=r"2026-10.*tabla de tasas publicadas"):
        tabla_de_tasas().vigente(HOY)


def test_who_registers_may_not_approve_even_with_both_roles() -> None:
    fila = registrar(por=AMBOS)
    with pytest.raises(MismaPersona):
        aprobar_tasa(tasa_id=fila.pk, por=AMBOS, hoy=HOY)


def test_four_eyes_hold_in_the_database_and_fail_without_the_check() -> None:
    registrar()
    sql = "UPDATE parametros_tasapublicada SET aprobada_por = registrada_por, aprobada_en = now()"
    assert refused(sql)
    assert passes_without("tasa_cuatro_ojos", "parametros_tasapublicada", sql, is_trigger=False)


def test_two_rates_for_one_day_are_refused_by_name_and_by_the_database() -> None:
    registrar(hasta=Periodo(2026, 12))
    with pytest.raises(TasaYaRegistrada):
        registrar(periodo=Periodo(2026, 11))
    sql = (
        "INSERT INTO parametros_tasapublicada (desde, hasta, tasa, fuente, estado_verificacion) "
        "VALUES ('2026-11-15', '2026-11-16', 8, 'x', 'SECUNDARIO')"
    )
    assert refused(sql)
    assert passes_without("tasa_sin_cruces", "parametros_tasapublicada", sql, is_trigger=False)


def test_an_approved_rate_is_never_edited_nor_deleted() -> None:
    fila = registrar()
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    for sql in (
        "UPDATE parametros_tasapublicada SET tasa = 9",
        "DELETE FROM parametros_tasapublicada",
    ):
        assert refused(sql)
        assert passes_without("tasa_fija", "parametros_tasapublicada", sql)


@pytest.mark.parametrize(
    ("cambio", "rechazo"),
    [
        ({"tasa": Tasa("0")}, TasaFueraDeRango),
        ({"tasa": Tasa("100")}, TasaFueraDeRango),
        ({"tasa": Tasa("7.9999")}, TasaFueraDeRango),
        ({"fuente": " "}, TasaSinFuente),
        ({"estado_verificacion": "SEGURO"}, EstadoDeTasaDesconocido),
        ({"por": APRUEBA}, SinPermiso),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    cambio: dict[str, object], rechazo: type[Exception]
) -> None:
    with pytest.raises(rechazo):
        registrar(**cambio)
    assert not TasaPublicada.objects.exists()


def test_approving_again_or_nothing_is_refused_by_name() -> None:
    fila = registrar()
    aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaYaAprobada):
        aprobar_tasa(tasa_id=fila.pk, por=APRUEBA, hoy=HOY)
    with pytest.raises(TasaInexistente):
        aprobar_tasa(tasa_id=10**9, por=APRUEBA, hoy=HOY)
    with pytest.raises(SinPermiso):
        aprobar_tasa(tasa_id=fila.pk, por=REGISTRA, hoy=HOY)


def test_the_published_series_loads_once_and_its_doubtful_months_wait() -> None:
    cuantas = cargar_tasas_publicadas()
    assert cuantas > 150
    assert cargar_tasas_publicadas() == 0
    tabla = tabla_de_tasas()
    assert tabla.vigente(date(2026, 6, 15)).tasa == Tasa("7.99")
    with pytest.raises(TasaProvisional):
        tabla.vigente(date(2015, 3, 1))
    with pytest.raises(TasaSinDatos):
        tabla.vigente(date(2026, 7, 1))


def test_demonstration_rates_fill_the_gaps_marked_and_only_in_a_demonstration() -> None:
    desde, hasta = Periodo(2026, 5), Periodo(2026, 8)
    cargar_tasas_publicadas()
    with pytest.raises(SoloEnDemostracion):
        cargar_tasas_de_demostracion(desde=desde, hasta=hasta, tasa=Tasa("7.99"))
    clock.fijar_fecha_simulada(HOY)
    assert cargar_tasas_de_demostracion(desde=desde, hasta=hasta, tasa=Tasa("7.99")) == 3
    fila = tabla_de_tasas().vigente(date(2026, 7, 1))
    assert (fila.estado, fila.tasa) == (EstadoVerificacion.DEMO, Tasa("7.99"))
    assert hay_tasas_de_demostracion()
    assert TasaPublicada.objects.get(desde=date(2026, 6, 1)).estado_verificacion != "DEMO"


def test_a_percentage_out_of_range_is_refused_by_the_database_too() -> None:
    with pytest.raises(IntegrityError, match="tasa_en_porcentaje"), transaction.atomic():
        TasaPublicada.objects.create(
            desde=HOY, hasta=date(2026, 10, 3), tasa=Decimal(100), fuente="x",
            estado_verificacion="SECUNDARIO",
        )  # fmt: skip
    assert connection.is_usable()
