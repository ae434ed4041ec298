"""The payment core and its scalar twin give the same cents, whatever the debts and the turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.domain.obligaciones.queries import DeudaALaFecha, deuda_exigible_a, obligacion
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.batches import aplicar_ingresos
from recaudo.domain.recaudacion.models import Comprobante, CreditoAFavor, ValorPorAplicar
from recaudo.domain.recaudacion.queries import imputar_en, prevision
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.catalogos.obligaciones import rubros
from recaudo.norma.imputacion.pagos import (
    Orden,
    OrdenDeRubro,
    orden_de_imputacion,
    tabla_de_orden,
)
from recaudo.norma.parametros import Parametros, cargar_parametros
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import actor_empleador, hacer_empleador
from tests.factories.cartera import poner_tasa
from tests.factories.deudas import deber, violaciones
from tests.factories.recaudacion import Linea, importar

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 20)
ESTADOS = ("PLANILLA", "GLOSA", "TITULO", "CONVENIO")
centavos = st.integers(0, 5_000)
#: Costs of a case; or the capital of an instalment in two funds, its interest and an old one.
deudas = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 5_000)),
        st.tuples(st.integers(1, 5_000), st.integers(1, 3_000), centavos, centavos),
    ),
    min_size=1,
    max_size=3,
)


@contextmanager
def _con_ordenes(vueltos: set[str]) -> Iterator[None]:
    """Turn the order of imputation of some states, as another law might."""

    def orden(*, estado: str, en: date, parametros: Parametros) -> Orden:
        leido = orden_de_imputacion(estado=estado, en=en, parametros=parametros)
        return replace(leido, rubros=leido.rubros[::-1]) if estado in vueltos else leido

    def tabla(en: date, parametros: Parametros) -> tuple[OrdenDeRubro, ...]:
        return tuple(
            OrdenDeRubro(estado, rubro, ordinal)
            for estado in ESTADOS
            for ordinal, rubro in enumerate(
                orden(estado=estado, en=en, parametros=parametros).rubros, start=1
            )
        )

    with (
        patch.object(prevision, "orden_de_imputacion", orden),
        patch.object(aplicar_ingresos, "tabla_de_orden", tabla),
    ):
        yield


def registrar(empleador: object, partes: tuple[int, ...], numero: int) -> int:
    dinero = [str(Dinero.de_centavos(c)) for c in partes]
    if len(partes) == 1:
        return deber({("COSTAS", "COSTAS"): dinero[0]}, empleador=empleador)  # type: ignore[arg-type]
    claves = (
        ("CUOTA_CAPITAL", "IVM"), ("CUOTA_CAPITAL", "SALUD"),
        ("INTERES_ACUERDO", "GASTOS_ADM"), ("INTERES_ANTERIOR", "GASTOS_ADM"),
    )  # fmt: skip
    return deber(
        {k: v for k, v, c in zip(claves, dinero, partes, strict=True) if c},
        clase="CUOTA_DE_ACUERDO", empleador=empleador,  # type: ignore[arg-type]
        materia=("acuerdo", numero), periodo=Periodo(2026, 10), vence=date(2026, 10, 1 + numero),
    )  # fmt: skip


def aplicado() -> dict[tuple[int, str], Dinero]:
    """What each rubro of each debt received, interest too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obligacion_id, rubro, sum(importe)::bigint FROM recaudacion_aplicacionrubro "
            "GROUP BY 1, 2 UNION ALL SELECT obligacion_id, 'INTERES', sum(interes)::bigint "
            "FROM recaudacion_aplicacion GROUP BY 1 HAVING sum(interes) > 0"
        )
        return {(d, r): Dinero.de_centavos(c) for d, r, c in cursor.fetchall()}


@settings(
    max_examples=ejemplos(25), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    debe=deudas, pagos=st.lists(st.integers(1, 9_000), min_size=1, max_size=4),
    vueltos=st.sets(st.sampled_from(ESTADOS)),
)  # fmt: skip
def test_the_core_gives_the_cents_of_the_scalar_rule_to_rubro_and_fund(
    debe: list[tuple[int, ...]], pagos: list[int], vueltos: set[str]
) -> None:
    """`vueltos`: the states whose order is the contrary one: each debt is paid in its own."""
    with transaction.atomic(), _con_ordenes(vueltos):
        poner_tasa("2026-10", "8.00")
        empleador = hacer_empleador()
        ids = [registrar(empleador, partes, n) for n, partes in enumerate(debe, start=1)]
        c = generar_comprobante(
            empleador_id=empleador.pk, obligaciones=ids, por=actor_empleador(empleador), hoy=HOY
        )
        liquidadas = _en_orden(ids)
        importar(*[Linea(m, c.numero, f"T{n}", fecha=HOY) for n, m in enumerate(pagos)], hoy=HOY)
        entro, debido = 0, c.importe.centavos
        for monto in pagos:
            entro += monto if entro < debido else 0
        esperado, excedente = imputar_en(Dinero.de_centavos(entro), liquidadas)
        assert aplicado() == {
            (d, rubro): v for d, por_rubro in esperado.items() for rubro, v in por_rubro.items()
        }
        a_favor = sum((x.importe for x in CreditoAFavor.objects.all()), Dinero.CERO)
        en_cola = sum((x.importe for x in ValorPorAplicar.objects.all()), Dinero.CERO)
        assert a_favor == excedente
        assert en_cola == Dinero.de_centavos(sum(pagos) - entro)
        cobrado = Comprobante.objects.get().estado == "depositado"
        assert cobrado == (entro >= debido)
        assert violaciones() == {}
        transaction.set_rollback(True)


def _en_orden(ids: list[int]) -> list[DeudaALaFecha]:
    """As the comprobante froze them: the one due first at the head."""
    leidas = [obligacion(una, alcance=TODA_LA_NACION) for una in ids]
    vistas = sorted(leidas, key=lambda o: (o.fecha_vencimiento, o.id))
    return list(deuda_exigible_a(vistas, corte=HOY).values())


def test_every_rubro_of_the_catalogue_has_its_place_in_the_order() -> None:
    """One without place would never be paid: the scalar rule refuses it."""
    filas = tabla_de_orden(HOY, cargar_parametros())
    for estado in ESTADOS:
        assert set(rubros()) <= {f.rubro for f in filas if f.estado == estado}, estado
