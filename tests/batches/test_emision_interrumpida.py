"""Kill the process, or the database's backends, in the middle: running again ends the same."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from recaudo.domain.contabilidad.queries import libro_cuadra, saldos_por_cuenta
from recaudo.domain.planillas.models import EmisionLote, Planilla
from recaudo.infra.papeles import Papel
from tests import servidor
from tests.factories.planillas import PERIODO, SISTEMA, emitir
from tests.factories.poblaciones import poblar_empleadores

_TROZOS = 6

_HIJO = """
import django
django.setup()
from tests.factories.planillas import emitir
emitir(trozos={trozos})
"""


def _totals() -> dict[str, object]:
    """Everything an auditor would compare, by amounts and not by ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(trabajadores), sum(masa_salarial), sum(personal), sum(patronal), "
            "sum(ccc) FROM planillas_planilla"
        )
        planillas = cursor.fetchone()
        cursor.execute("SELECT count(*), sum(base), sum(total) FROM planillas_planillalinea")
        lineas = cursor.fetchone()
        cursor.execute("SELECT count(*), sum(saldo_personal) FROM obligaciones_obligacion")
        obligaciones = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM contabilidad_asiento")
        asientos = cursor.fetchone()
    return {
        "planillas": planillas,
        "lineas": lineas,
        "obligaciones": obligaciones,
        "asientos": asientos,
        "saldos": [(s.codigo, s.debe, s.haber) for s in saldos_por_cuenta()],
        "cuadra": libro_cuadra(),
    }


def _undisturbed() -> dict[str, object]:
    """What a run that nobody disturbs gives, undone afterwards."""
    from django.db import transaction

    with transaction.atomic():
        emitir(trozos=_TROZOS)
        totals = _totals()
        transaction.set_rollback(True)
    return totals


def _start_emission() -> subprocess.Popen[bytes]:
    datos = connection.settings_dict
    entorno = os.environ | {
        "DATABASE_URL": servidor.url_as(
            Papel.LOTES, make_conninfo(os.environ["DATABASE_URL"], dbname=datos["NAME"])
        ),
        "RECAUDO_PAPEL": "lotes",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-c", _HIJO.format(trozos=_TROZOS)], env=entorno, stderr=subprocess.DEVNULL
    )


def _wait_for_half(hijo: subprocess.Popen[bytes]) -> None:
    """Wait until some chunk is done and some is not."""
    limite = time.monotonic() + 60
    while time.monotonic() < limite and hijo.poll() is None:
        if EmisionLote.objects.count() >= 1:
            return
        time.sleep(0.01)
    pytest.fail("the emission never was half-way")


@pytest.mark.django_db(transaction=True)
def test_killing_the_process_half_way_and_running_again_gives_the_same_totals() -> None:
    poblar_empleadores(600, trabajadores=8)
    esperado = _undisturbed()
    hijo = _start_emission()
    _wait_for_half(hijo)
    hijo.send_signal(signal.SIGKILL)
    hijo.wait()
    assert 0 < EmisionLote.objects.count() < _TROZOS
    emitir()
    assert _totals() == esperado
    assert EmisionLote.objects.count() == _TROZOS


@pytest.mark.django_db(transaction=True)
def test_losing_the_database_half_way_and_running_again_gives_the_same_totals() -> None:
    poblar_empleadores(600, trabajadores=8)
    esperado = _undisturbed()
    hijo = _start_emission()
    _wait_for_half(hijo)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = 'recaudo_lotes' "
            "AND pid <> pg_backend_pid()"
        )
    assert hijo.wait(timeout=60) != 0
    assert 0 < EmisionLote.objects.count() < _TROZOS
    emitir()
    assert _totals() == esperado


@pytest.mark.django_db(transaction=True)
def test_two_workers_emit_what_one_emits() -> None:
    from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
    from tests.factories.planillas import HOY

    poblar_empleadores(200, trabajadores=5)
    esperado = _undisturbed()
    emitir_planillas(periodo=PERIODO, por=SISTEMA, hoy=HOY, trabajadores=2, trozos=_TROZOS)
    assert _totals() == esperado
    assert Planilla.objects.values("lote").distinct().count() == _TROZOS
