"""`recaudo medir`: a benchmark prints the keys of the contract beside its floor."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import override_settings
from typer.testing import CliRunner

from recaudo.ensayo.medicion import app, carga
from recaudo.project.settings import resumidores


def test_the_engine_is_measured_beside_its_floor() -> None:
    hecho = CliRunner().invoke(app, ["motor", "--escala", "0.001", "--json"])
    assert hecho.exit_code == 0
    medida = json.loads(hecho.stdout)
    claves = {"nombre", "filas", "segundos", "filas_por_segundo", "piso_segundos", "razon_al_piso"}
    assert claves <= set(medida)
    assert (medida["nombre"], medida["filas"]) == ("motor", 3_500)


@pytest.mark.parametrize("palabras", [["nada"], ["motor", "--escala", "0"]])
def test_an_unknown_name_or_scale_is_wrong_usage(palabras: list[str]) -> None:
    assert CliRunner().invoke(app, palabras).exit_code == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nombre", ["emision", "planilla"])
def test_a_small_country_is_emitted_in_a_database_of_its_own_that_disappears(nombre: str) -> None:
    from django.db import connection

    from recaudo.ensayo.medicion.base_de_medida import borrar_plantillas

    hecho = CliRunner().invoke(app, [nombre, "--escala", "0.0002", "--json"])
    assert hecho.exit_code == 0, hecho.stderr
    assert json.loads(hecho.stdout)["filas"] > 0
    assert borrar_plantillas() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM planillas_planilla")
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_imported_over_planillas_really_emitted() -> None:
    from recaudo.ensayo.medicion.base_de_medida import borrar_plantillas

    hecho = CliRunner().invoke(app, ["extracto", "--escala", "0.0004", "--json"])
    assert hecho.exit_code == 0, hecho.stderr
    medida = json.loads(hecho.stdout)
    assert borrar_plantillas() == 1
    # of each hundred payments: one without data, one low, one high and one twice
    assert (medida["filas"], medida["cuadra"]) == (122, "True")
    assert (medida["aplicadas"], medida["credito_a_favor"]) == (114, 2)
    assert medida["por_identificar"] == 6


@pytest.mark.django_db(transaction=True)
def test_a_national_book_prints_every_page_export_close_and_audit_slowest_first() -> None:
    from recaudo.ensayo.medicion.base_de_medida import borrar_plantillas

    hecho = CliRunner().invoke(app, ["nacional", "--escala", "0.0001", "--json"])
    assert hecho.exit_code == 0, hecho.stderr
    medida = json.loads(hecho.stdout)
    assert borrar_plantillas() == 1
    tiempos = {nombre: int(ms) for nombre, ms in medida["tiempos_ms"].items()}
    assert list(tiempos.values()) == sorted(tiempos.values(), reverse=True)
    assert {
        "emitir 2026-07", "emitir 2026-08", "emitir 2026-09", "cerrar el día 2026-10-31",
        "auditoría entera", "auditoría D27", "página oficina:libro", "página oficina:diario",
        "página oficina:empleador", "página oficina:glosa", "página portal:empleador",
        "página portal:planilla", "archivo csv de oficina:empleadores",
    } <= set(tiempos)  # fmt: skip


@pytest.mark.django_db(transaction=True)
@override_settings(PASSWORD_HASHERS=resumidores("dev"))
def test_the_portal_is_measured_page_by_page_and_stops_by_itself() -> None:
    """Its server is no test: it checks the password as any other."""
    from recaudo.ensayo.medicion.base_de_medida import borrar_plantillas

    hecho = CliRunner().invoke(app, ["portal", "--escala", "0.02", "--json"])
    assert hecho.exit_code == 0, hecho.stderr
    medida = json.loads(hecho.stdout)
    assert borrar_plantillas() == 1
    assert (medida["filas"], medida["errores"]) == (60, 0)
    assert sum(p["filas"] for p in medida["por_pagina"].values()) == 60
    assert float(medida["p99_ms"]) >= float(medida["p50_ms"]) > 0


def test_the_load_counts_the_wait_of_a_request_from_its_turn() -> None:
    """Answers one at a time and slowly: the last of ten that were due at once waited for nine."""
    with _servidor_lento(pausa=0.02) as puerto:
        orden = carga.Orden("127.0.0.1", puerto, 10_000, 10, [("/", "")], conexiones=1)
        respuestas = asyncio.run(carga.cargar(orden))
    assert [r.estado for r in respuestas] == [200] * 10
    assert respuestas[-1].tardo_us > 10 * 20_000 * 0.9


def test_the_load_refuses_another_machine() -> None:
    with pytest.raises(ValueError, match="not this machine"):
        asyncio.run(carga.cargar(carga.Orden("192.0.2.1", 80, 1, 1, [("/", "")])))


@contextmanager
def _servidor_lento(*, pausa: float) -> Iterator[int]:
    class Lento(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(pausa)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Lento)
    hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
    hilo.start()
    try:
        yield servidor.server_address[1]
    finally:
        servidor.shutdown()
        servidor.server_close()
        hilo.join()
