"""One whole cycle, small: totals that tie, nothing added again, a killed run that ends the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.recaudacion.models import LineaExtracto
from recaudo.ensayo.demostracion.ciclo import esta_terminado
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO
from recaudo.infra import clock
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from recaudo.reports.resumen.totales import Totales, totales
from tests.factories.demostracion import base_aparte, correr_ciclo_pequeno, libro_aparte

pytestmark = pytest.mark.servidor
PROGRAMA = """
from recaudo.interfaces.batch.arranque import preparar_django
preparar_django()
from tests.factories.demostracion import correr_ciclo_pequeno
correr_ciclo_pequeno(lambda titulo: print(titulo, flush=True))
"""


@pytest.fixture(scope="module")
def entera(django_db_blocker: Any) -> Iterator[Totales]:
    """The totals of an undisturbed run; its database stays open while the module lasts."""
    with django_db_blocker.unblock(), libro_aparte("ciclo"):
        yield totales()


def figures(consulta: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        return tuple(int(valor or 0) for valor in cursor.fetchone())


def rows_of_every_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        tablas = [fila[0] for fila in cursor.fetchall()]
    return {tabla: figures(f'SELECT count(*) FROM "{tabla}"')[0] for tabla in tablas}


def test_the_cycle_reaches_every_outcome(entera: Totales) -> None:
    assert entera.empleadores == 11
    assert entera.planillas == 33
    assert entera.glosas > 0
    for importe in (
        entera.recaudado, entera.por_cobrar, entera.intereses, entera.a_favor,
        entera.por_identificar,
    ):  # fmt: skip
        assert importe > Dinero.CERO
    resultados = set(LineaExtracto.objects.values_list("resultado", flat=True))
    assert resultados == set(LineaExtracto.Resultado)
    assert esta_terminado()
    assert clock.hoy() == FECHA_DEMO


def test_what_was_emitted_is_what_was_collected_and_what_is_owed(entera: Totales) -> None:
    assert entera.emitido == entera.recaudado + entera.por_cobrar
    assert entera.en_mora <= entera.por_cobrar


def test_what_the_banks_sent_is_where_it_went(entera: Totales) -> None:
    destinos = entera.recaudado + entera.intereses + entera.a_favor + entera.por_identificar
    assert entera.banco == destinos


def test_every_figure_of_the_rooms_is_the_ledgers(entera: Totales) -> None:
    assert entera.diferencias == ()
    assert entera.libro_cuadra
    assert libro_cuadra()


def test_the_control_accounts_are_the_sum_of_the_debts_in_each_state(entera: Totales) -> None:
    del entera
    cuentas = figures(
        "SELECT sum(p.debe - p.haber) FILTER (WHERE c.codigo = '1201'), "
        "       sum(p.debe - p.haber) FILTER (WHERE c.codigo = '1202') "
        "  FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id"
    )
    saldo = "saldo_personal + saldo_patronal + saldo_ccc"
    deudas = figures(
        f"SELECT sum({saldo}) FILTER (WHERE estado <> 'en_glosa'), "
        f"       sum({saldo}) FILTER (WHERE estado = 'en_glosa') FROM obligaciones_obligacion"
    )
    assert cuentas == deudas


def test_the_terms_run_one_open_one_ended_one_not_opened(entera: Totales) -> None:
    del entera
    abiertos, vencidos = figures(
        "SELECT count(*) FILTER (WHERE vence >= '2026-11-20'), "
        "       count(*) FILTER (WHERE vence < '2026-11-20') FROM plazos_plazo"
    )
    (sin_abrir,) = figures(
        "SELECT count(*) FROM notificaciones_notificacion WHERE estado = 'depositada'"
    )
    assert min(abiertos, vencidos, sin_abrir) >= 1


def test_running_it_again_changes_nothing(entera: Totales) -> None:
    antes = rows_of_every_table()
    correr_ciclo_pequeno()
    assert rows_of_every_table() == antes
    assert totales() == entera


@pytest.mark.una_version  # what a killed transaction leaves: tests/batches asks it of each version
@pytest.mark.parametrize("titulo", ["Emisión de septiembre de 2026", "Pagos de septiembre de 2026"])
def test_a_run_killed_in_the_middle_ends_with_the_same_totals(entera: Totales, titulo: str) -> None:
    with base_aparte("cortada") as url:
        kill_when_it_says(titulo, url)
        assert not esta_terminado()
        correr_ciclo_pequeno()
        assert totales() == entera
        assert [r.id for r in auditar().resultados if r.violaciones] == []


def kill_when_it_says(titulo: str, url: str) -> None:
    """Start the cycle in a process of its own and kill it as soon as it begins that step."""
    proceso = subprocess.Popen(
        [sys.executable, "-c", PROGRAMA],
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert proceso.stdout is not None
    with proceso:
        for linea in proceso.stdout:
            if titulo in linea:
                proceso.send_signal(signal.SIGKILL)
                break
        else:
            pytest.fail(f"the run never said {titulo}")
    assert proceso.returncode == -signal.SIGKILL
