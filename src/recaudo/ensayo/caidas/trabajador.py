"""The worker dies with a job in its hands; another takes it again, and it is done once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from random import Random
from typing import Final

from django.db import connection, connections

from recaudo.ensayo.caidas.base_de_datos import (
    clave_de_comprobantes,
    personas_trabajando,
    poblar_sin_comprobantes,
)
from recaudo.ensayo.caidas.libros import revisar
from recaudo.ensayo.caidas.registro import Resultado, escenario
from recaudo.ensayo.caidas.servidor import Servidor
from recaudo.ensayo.medicion.base_de_medida import base_de_medida
from recaudo.infra.papeles import variables_para

_POR_MUERTE: Final = 3
_PACIENCIA: Final = 180


@escenario("trabajador")
def morir_el_trabajador(servidor: Servidor, azar: Random, muertes: int) -> Resultado:
    """Kill the worker in the middle of jobs; at the end each document has its drawing, once."""
    del servidor
    resultado = Resultado()
    with base_de_medida(clave_de_comprobantes(), poblar_sin_comprobantes) as url:
        _encolar(muertes * _POR_MUERTE)
        total = _trabajos("true")
        connections.close_all()
        while resultado.muertes < muertes:
            trabajador = _trabajador(url)
            _esperar_a(
                lambda: _trabajos("status = 'doing'") > 0 or _trabajos("status = 'todo'") == 0
            )
            time.sleep(azar.uniform(0, 0.15))
            trabajador.send_signal(signal.SIGKILL)
            trabajador.wait()
            resultado.muertes += 1
        resultado.volvio(_acabar(url))
        hechos = _trabajos("status = 'succeeded' AND task_name = 'documentos.guardar'")
        resultado.confirmadas += hechos
        resultado.perdidas += total - hechos
        resultado.distintas += _sin_dibujo()
        revisar(resultado)
    return resultado


def _encolar(cuantos: int) -> None:
    """Let people generate comprobantes until so many documents wait to be kept."""
    with personas_trabajando():
        _esperar_a(lambda: _trabajos("true") >= cuantos)


def _trabajador(url: str) -> subprocess.Popen[bytes]:
    ambiente = {
        **os.environ, **variables_para(url), "RECAUDO_SECRETO": "solo-para-las-caidas-" * 3
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", "from recaudo.project.cli import main; main()", "trabajador"],
        env=ambiente, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _acabar(url: str) -> float:
    """Let one worker end what there is, also what the dead left in their hands; the seconds."""
    inicio = time.monotonic()
    trabajador = _trabajador(url)
    try:
        _esperar_a(
            lambda: (
                _trabajos("status IN ('todo', 'doing') AND task_name = 'documentos.guardar'") == 0
            )
        )
    finally:
        trabajador.terminate()
        with suppress(subprocess.TimeoutExpired):
            trabajador.wait(timeout=20)
        trabajador.kill()
    return time.monotonic() - inicio


def _esperar_a(que: object) -> None:
    tope = time.monotonic() + _PACIENCIA
    while time.monotonic() < tope:
        if que():  # type: ignore[operator]
            return
        time.sleep(0.03)


def _trabajos(condicion: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM procrastinate_jobs WHERE {condicion}")  # noqa: S608 - our own
        return int(cursor.fetchone()[0])


def _sin_dibujo() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM documents_documento d "
            "LEFT JOIN documents_dibujo b ON b.documento_id = d.id WHERE b.documento_id IS NULL"
        )
        (faltan,) = cursor.fetchone()
    return [f"{faltan} documentos quedaron sin dibujo"] if faltan else []
