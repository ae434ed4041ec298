"""Jobs: queued with the act, undone with it, attended once, safe twice."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from recaudo.domain.cartera.models import DiaCerrado
from recaudo.infra import clock
from recaudo.infra.documents.models import Documento
from recaudo.infra.jobs import atencion
from recaudo.infra.jobs.tareas import dibujar_documento, olvidar_accesos
from recaudo.infra.security import entrada
from recaudo.infra.security.models import IntentoDeEntrada
from recaudo.interfaces.batch.tareas import ponerse_al_dia
from tests.factories.cartera import hacer_obligacion
from tests.infra.documents.test_congelado import congelar_uno

CONTENT = {
    "causa": "c",
    "fondos": {},
    "traza": [],
    "total": "1.00",
    "razon_social": "x",
    "ruc": "1",
    "sucursal": "1",
    "sucursal_nombre": "",
    "representante": "",
    "direccion": "",
    "periodo": "2026-08",
    "planilla": "p",
    "fecha_emision_planilla": "2026-09-01",
    "fecha_vencimiento": "2026-09-15",
    "interes_desde": "2026-09-16",
    "interes_hasta": "2026-10-16",
    "personal": "1.00",
    "patronal": "0.00",
    "ccc": "0.00",
    "capital": "1.00",
    "interes": "0.00",
    "tasa": "1",
    "dias": 1,
    "interes_despues": "i",
    "norma": "n",
    "nota": "",
    "derecho": "d",
    "pagar": "p",
    "impugnar": "i",
    "cargo": "c",
    "emite": "e",
    "aportes": "1.00",
}


@pytest.mark.django_db(transaction=True)
def test_the_worker_draws_what_an_act_froze() -> None:
    d = congelar_uno(contenido=CONTENT)
    assert Documento.objects.get(pk=d.pk).bytes is None
    atencion.atender(sin_esperar=True)
    drawn = Documento.objects.get(pk=d.pk)
    assert bytes(drawn.bytes or b"").startswith(b"%PDF")
    assert ProcrastinateJob.objects.get(task_name="documentos.dibujar").status == "succeeded"
    dibujar_documento(d.pk)
    assert Documento.objects.get(pk=d.pk).sha256 == drawn.sha256


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
def test_a_drawing_that_fails_waits_to_be_tried_again() -> None:
    congelar_uno(contenido={"causa": "incomplete"})
    atencion.atender(sin_esperar=True)
    job = ProcrastinateJob.objects.get(task_name="documentos.dibujar")
    assert (job.status, job.attempts) == ("todo", 1)
    assert atencion.recuento().pendientes >= 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_inherit_a_connection_that_the_server_ended() -> None:
    atencion.atender(sin_esperar=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )
    d = congelar_uno(contenido=CONTENT)
    atencion.atender(sin_esperar=True)
    assert bytes(Documento.objects.get(pk=d.pk).bytes or b"").startswith(b"%PDF")


@pytest.mark.django_db
def test_at_night_the_sessions_that_ended_and_the_old_attempts_are_forgotten() -> None:
    ahora = clock.ahora()
    justo = ahora - entrada.MEMORIA_DE_ORIGEN
    for antes in (timedelta(days=-1), timedelta(days=1)):
        IntentoDeEntrada.objects.create(
            identificacion="x", origen="y", en=justo + antes, exito=False
        )
        Session.objects.create(session_key=f"{antes.days:+d}", expire_date=ahora + antes)
    olvidar_accesos(0)
    assert [i.en > justo for i in IntentoDeEntrada.objects.all()] == [True]
    assert [s.session_key for s in Session.objects.all()] == ["+1"]
