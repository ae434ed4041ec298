"""Jobs: queued with the act, undone with it, attended once, safe twice."""

import asyncio
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from recaudo.domain.cartera.models import DiaCerrado
from recaudo.infra import clock
from recaudo.infra.documents import dibujo
from recaudo.infra.documents.models import Dibujo
from recaudo.infra.jobs import trabajador
from recaudo.infra.jobs.tareas import guardar_documento, olvidar_accesos
from recaudo.infra.papeles import Papel
from recaudo.infra.security import entrada
from recaudo.infra.security.cupos import DIA
from recaudo.infra.security.models import Aparato, IntentoDeEntrada, LugarConocido, Sesion, Usuario
from recaudo.interfaces.batch.tareas import ponerse_al_dia
from tests import servidor
from tests.factories.cartera import hacer_obligacion
from tests.factories.documentos import congelar_uno


@pytest.mark.django_db(transaction=True)
def test_the_worker_keeps_what_an_act_froze() -> None:
    d = congelar_uno()
    assert not Dibujo.objects.exists()
    trabajador.trabajar(sin_esperar=True)
    drawn = Dibujo.objects.get(documento=d)
    assert bytes(drawn.bytes).startswith(b"%PDF")
    assert ProcrastinateJob.objects.get(task_name="documentos.guardar").status == "succeeded"
    guardar_documento(d.pk)
    assert Dibujo.objects.get(documento=d).pk == drawn.pk


@pytest.mark.django_db
def test_the_clock_catches_up_by_date_and_then_does_nothing() -> None:
    hacer_obligacion(emitida=date(2026, 9, 1), vence=date(2026, 9, 15))
    clock.fijar_fecha_simulada(date(2026, 9, 18))
    ponerse_al_dia(0)
    assert DiaCerrado.objects.count() == 18
    ponerse_al_dia(0)
    assert DiaCerrado.objects.count() == 18
    clock.fijar_fecha_simulada(date(2026, 9, 20))
    ponerse_al_dia(0)
    assert DiaCerrado.objects.latest("fecha").fecha == date(2026, 9, 20)


@pytest.mark.django_db(transaction=True)
def test_a_drawing_that_fails_waits_to_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    congelar_uno()
    monkeypatch.setattr(dibujo, "datos_de", lambda *_: "no JSON")
    trabajador.trabajar(sin_esperar=True)
    job = ProcrastinateJob.objects.get(task_name="documentos.guardar")
    assert (job.status, job.attempts) == ("todo", 1)
    assert trabajador.recuento().pendientes >= 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_inherit_a_connection_that_the_server_ended() -> None:
    trabajador.trabajar(sin_esperar=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )
    d = congelar_uno()
    trabajador.trabajar(sin_esperar=True)
    assert bytes(Dibujo.objects.get(documento=d).bytes).startswith(b"%PDF")


_TRABAJADOR = """
import os, time
import django
django.setup()
from procrastinate.contrib.django import app
from recaudo.infra.jobs import trabajador
@app.task(name="prueba.dormir")
def dormir() -> None:
    print("dentro", flush=True)
    time.sleep(120)
dormir.defer()
trabajador.trabajar()
"""


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_taken_up_within_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = servidor.url_as(
        Papel.LOTES,
        make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]),
    )
    muerto = subprocess.Popen(
        [sys.executable, "-c", _TRABAJADOR], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": base, "RECAUDO_PAPEL": "lotes"},
    )  # fmt: skip
    assert muerto.stdout is not None
    with muerto:
        assert muerto.stdout.readline() == "dentro\n"
        muerto.kill()
    dejado = ProcrastinateJob.objects.get(task_name="prueba.dormir")
    assert dejado.status == "doing"

    async def mirar() -> int:
        otro = app.with_connector(app.connector.get_worker_connector())
        async with otro.open_async():
            return await trabajador.recuperar_detenidos(otro.job_manager)

    assert asyncio.run(mirar()) == 0, "it spoke a moment ago"
    monkeypatch.setattr(trabajador, "SEGUNDOS_SIN_LATIDO", 0)
    assert asyncio.run(mirar()) == 1
    dejado.refresh_from_db()
    assert dejado.status == "todo"
    monkeypatch.undo()
    assert trabajador.SEGUNDOS_SIN_LATIDO + trabajador.SEGUNDOS_DE_VIGIA < 60


@pytest.mark.django_db
def test_at_night_the_sessions_that_ended_and_the_old_attempts_are_forgotten() -> None:
    ahora = clock.ahora()
    persona = Usuario.objects.create_user("2050000047", "Alguien")
    un_rato = timedelta(minutes=1)
    for antes in (-un_rato, un_rato):
        IntentoDeEntrada.objects.create(cuenta="x", red="y", cupo=4, en=ahora - DIA + antes)
        visto = ahora - entrada.MEMORIA + antes
        Aparato.objects.create(usuario=persona, huella=f"{antes}", ultimo=visto)
        LugarConocido.objects.create(usuario=persona, lugar=f"{antes}", ultimo=visto)
    for nombre, usada, vence in (
        ("idle", -2 * un_rato, un_rato),
        ("over", -un_rato / 2, -un_rato),
        ("good", -un_rato / 2, un_rato),
    ):
        Sesion.objects.create(
            huella=nombre, desde=ahora, ultimo_uso=ahora + usada, vence=ahora + vence,
            inactividad=60,
        )  # fmt: skip
    olvidar_accesos(0)
    for modelo in (IntentoDeEntrada, Aparato, LugarConocido):
        assert modelo.objects.count() == 1, modelo
    assert [s.huella for s in Sesion.objects.all()] == ["good"]
