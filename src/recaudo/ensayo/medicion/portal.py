"""The portal under a steady load: pages of employers and of the public, through the real server."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from inspect import getsource
from itertools import zip_longest
from typing import Final
from urllib.parse import urlencode

from django.db import connection

from recaudo.ensayo.demostracion import ciclo
from recaudo.ensayo.demostracion.archivos import generados
from recaudo.ensayo.demostracion.escenario import poblacion_pequena
from recaudo.ensayo.demostracion.usuarios import CLAVE, PERSONAS
from recaudo.ensayo.medicion import carga
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de, preparar_casa
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra.papeles import Papel, variable_de, variables_para

POR_SEGUNDO: Final = 300
SEGUNDOS: Final = 10
PROCESOS: Final = 2
#: How many times every page is asked for before measuring, so that each process knows them all.
CALENTAMIENTO: Final = 12
ANFITRION: Final = "127.0.0.1"
TRIVIAL: Final = "/static/vista/signo.svg"
_SERVIR: Final = (
    "import sys\n"
    "from recaudo.interfaces.batch.sitio import servir_sitio\n"
    "servir_sitio(puerto=int(sys.argv[1]), al_responder=lambda url: print(url, flush=True))\n"
)
_APORTE: Final = "/calculadora/aporte/?" + urlencode(
    {
        "periodo": "2026-08",
        "base": "482,00",
        "regimen": "PRIVADO",
        "tipo_empleador": "PRIV_SOCIEDAD",
    }
)
_INTERES: Final = "/calculadora/interes/?" + urlencode(
    {"capital": "482,00", "vencimiento": "15/09/2026", "corte": "20/11/2026", "tasa_maxima": "9,33"}
)


@dataclass(frozen=True, slots=True)
class Pagina:
    """One page of the mix: its name, its address, the cookie of who asks, and how often."""

    nombre: str
    ruta: str
    galleta: str
    peso: int = 1


@medicion("portal")
def medir_portal(escala: float) -> Medida:
    """Portal: 300 páginas por segundo durante 10 segundos (por escala), por el servidor real.

    The rate is offered whatever the server does, and each request is timed from its turn. Floor:
    as many files of a few bytes from the same server at the same rate, without Django's views.
    """
    total = max(1, round(POR_SEGUNDO * SEGUNDOS * escala))
    with (
        base_de_medida(clave_de_ciclo(), poblar_ciclo) as url,
        servidor_del_sitio(url) as (puerto, procesos),
    ):
        paginas = _mezclar(_paginas(puerto))
        calentar = len(paginas) * CALENTAMIENTO
        _cargar(puerto, [_pedido(p) for p in paginas], calentar)
        with observar(url, ademas=procesos) as visto:
            hechas = _cargar(puerto, [_pedido(p) for p in paginas], total)
        piso = _cargar(puerto, [(TRIVIAL, "")], total)
    detalle = visto.detalle()
    return Medida(
        filas=len(hechas),
        segundos=_duracion(hechas),
        piso_segundos=_duracion(piso),
        detalle={
            "p50_ms": _percentil(hechas, 50),
            "p99_ms": _percentil(hechas, 99),
            "errores": _errores(hechas, total) + _errores(piso, total),
            "piso_p50_ms": _percentil(piso, 50),
            "piso_p99_ms": _percentil(piso, 99),
            "cpu_ms_por_pagina": f"{visto.cpu_segundos * 1000 / len(hechas):.2f}",
            **detalle,
            "por_pagina": _por_pagina(paginas, hechas),
        },
    )


def _pedido(pagina: Pagina) -> tuple[str, str]:
    return pagina.ruta, pagina.galleta


def _cargar(puerto: int, pedidos: Sequence[tuple[str, str]], total: int) -> list[carga.Respuesta]:
    """Drive the load from a process of its own, and return its answers."""
    orden = carga.Orden(ANFITRION, puerto, POR_SEGUNDO, total, pedidos)
    hecho = subprocess.run(
        [sys.executable, "-m", carga.__name__],
        input=orden.como_json(), capture_output=True, text=True, check=True,
        timeout=(total / POR_SEGUNDO + carga.ESPERA) * 2 * carga.PACIENCIA,
    )  # fmt: skip
    return [carga.Respuesta(*fila) for fila in json.loads(hecho.stdout)]


def _duracion(respuestas: Sequence[carga.Respuesta]) -> float:
    return max(r.termino_us for r in respuestas) / 1_000_000


def _errores(respuestas: Sequence[carga.Respuesta], total: int) -> int:
    """Return how many of `total` requests did not get their page."""
    return total - sum(1 for r in respuestas if r.estado == 200)


def _percentil(respuestas: Sequence[carga.Respuesta], cual: int) -> str:
    """Return the time under which `cual` of each hundred requests were answered, in ms."""
    tiempos = sorted(r.tardo_us for r in respuestas)
    return f"{tiempos[(len(tiempos) - 1) * cual // 100] / 1000:.1f}"


def _por_pagina(
    paginas: Sequence[Pagina], respuestas: Sequence[carga.Respuesta]
) -> Mapping[str, Mapping[str, str | int]]:
    suyas: dict[str, list[carga.Respuesta]] = {}
    for respuesta in respuestas:
        suyas.setdefault(paginas[respuesta.pedido].nombre, []).append(respuesta)
    return {
        nombre: {"filas": len(r), "p50_ms": _percentil(r, 50), "p99_ms": _percentil(r, 99)}
        for nombre, r in sorted(suyas.items())
    }


def _mezclar(paginas: Sequence[Pagina]) -> list[Pagina]:
    """Repeat each page as often as it weighs, the repetitions as far apart as they can be."""
    rondas = zip_longest(*([p] * p.peso for p in paginas))
    return [p for ronda in rondas for p in ronda if p is not None]


def _paginas(puerto: int) -> list[Pagina]:
    """Enter as two employers and find in their own lists the pages to ask for."""
    ana, carla = (entrar(puerto, quien) for quien in ("ana", "carla"))

    def primera(patron: str, lista: str, galleta: str) -> str:
        hallada = re.search(f'href="({patron})"', leer(puerto, lista, galleta))
        if hallada is None:
            msg = f"{lista} has no link like {patron}"
            raise LookupError(msg)
        return hallada[1]

    casa, de_carla = (casa_de(puerto, galleta) for galleta in (ana, carla))
    planilla = primera(rf"{casa}planillas/\d+/", f"{casa}planillas/", ana)
    comprobante = primera(rf"{casa}comprobantes/\d[^/\"]*/", f"{casa}comprobantes/", ana)
    glosa = primera(rf"{de_carla}glosas/[^/\"]+/", f"{de_carla}notificaciones/", carla)
    return [
        Pagina("inicio", casa, ana, 4),
        Pagina("planillas", f"{casa}planillas/", ana, 3),
        Pagina("planilla", planilla, ana, 4),
        Pagina("porque", primera(rf"{planilla}lineas/\d+/", planilla, ana), ana, 2),
        Pagina("comprobantes", f"{casa}comprobantes/", ana, 2),
        Pagina("comprobante", comprobante, ana, 2),
        Pagina("notificaciones", f"{de_carla}notificaciones/", carla),
        Pagina("glosa", glosa, carla, 2),
        Pagina("calculadora", "/calculadora/", "", 1),
        Pagina("calculo_de_aporte", _APORTE, "", 2),
        Pagina("calculo_de_interes", _INTERES, "", 1),
        Pagina("verificacion", primera(r"/verificar/[^/\"]+/", comprobante, ana), "", 2),
        Pagina("portada_publica", "/", "", 1),
    ]


def entrar(puerto: int, quien: str) -> str:
    """Log in as a person of the demonstration through the form; return its cookies."""
    persona = next(p for p in PERSONAS if p.clave == quien)
    with respuesta_de(puerto, "GET", "/entrar/") as formulario:
        galletas = _galletas(formulario)
        campo = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', formulario.read().decode())
    datos = {
        "identificacion": persona.identificacion,
        "clave": CLAVE,
        "csrfmiddlewaretoken": campo[1] if campo else "",
    }
    with respuesta_de(puerto, "POST", "/entrar/", galletas, urlencode(datos)) as dentro:
        if dentro.status != 302:
            msg = f"logging in answered {dentro.status}"
            raise RuntimeError(msg)
        return _galletas(dentro)


def casa_de(puerto: int, galleta: str) -> str:
    """Return the address of the employer that the home of the site leads to."""
    with respuesta_de(puerto, "GET", "/", galleta) as respuesta:
        destino = respuesta.headers.get("Location", "")
    if not destino:
        msg = "the home of the site leads to no employer"
        raise RuntimeError(msg)
    return destino


def _galletas(respuesta: HTTPResponse) -> str:
    puestas = respuesta.headers.get_all("Set-Cookie") or []
    return "; ".join(galleta.partition(";")[0] for galleta in puestas)


def leer(puerto: int, ruta: str, galleta: str) -> str:
    """Return the text of a page."""
    with respuesta_de(puerto, "GET", ruta, galleta) as respuesta:
        return respuesta.read().decode()


@contextmanager
def respuesta_de(
    puerto: int, metodo: str, ruta: str, galleta: str = "", cuerpo: str = ""
) -> Iterator[HTTPResponse]:
    """Ask for something in a connection of its own, and let it go."""
    conexion = HTTPConnection(ANFITRION, puerto, timeout=carga.ESPERA)
    cabeceras = {"Cookie": galleta, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        conexion.request(metodo, ruta, cuerpo or None, cabeceras)
        yield conexion.getresponse()
    finally:
        conexion.close()


def ambiente_de_la_web(url: str) -> dict[str, str]:
    """Return what lets a process enter that database as the role that serves pages.

    As the owner, when nobody says with which name and password the web enters this server.
    """
    variables = variables_para(url)
    suya = variables.get(variable_de(Papel.WEB))
    return {"DATABASE_URL": suya, "RECAUDO_PAPEL": "web"} if suya else variables


@contextmanager
def servidor_del_sitio(url: str) -> Iterator[tuple[int, list[int]]]:
    """Serve that database as `recaudo servir` does; yield the port and the processes that serve."""
    with socket.socket() as libre:
        libre.bind((ANFITRION, 0))
        puerto = int(libre.getsockname()[1])
    ambiente = {
        **os.environ, **ambiente_de_la_web(url), "RECAUDO_AMBIENTE": "dev",
        "RECAUDO_SECRETO": secrets.token_urlsafe(48), "RECAUDO_DIRECCION": ANFITRION,
        "RECAUDO_PROCESOS": str(PROCESOS), "RECAUDO_URL_PUBLICA": f"http://{ANFITRION}:{puerto}",
    }  # fmt: skip
    servidor = subprocess.Popen(
        [sys.executable, "-c", _SERVIR, str(puerto)], env=ambiente, stdout=subprocess.PIPE
    )
    assert servidor.stdout is not None  # noqa: S101 - it was asked for
    try:
        if not servidor.stdout.readline():
            msg = "the site did not start"
            raise RuntimeError(msg)
        yield puerto, [servidor.pid, *hijos_de(servidor.pid)]
    finally:
        servidor.send_signal(signal.SIGTERM)
        try:
            servidor.wait(timeout=30)
        except subprocess.TimeoutExpired:
            servidor.kill()
            servidor.wait()
        servidor.stdout.close()


def hijos_de(pid: int) -> list[int]:
    """Return the processes that one started, as far as this system tells."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as hijos:  # noqa: PTH123
            return [int(hijo) for hijo in hijos.read().split()]
    except OSError:
        return []


def clave_de_ciclo() -> str:
    """Name what `poblar_ciclo` makes."""
    return clave_de("portal", getsource(ciclo))


def poblar_ciclo() -> None:
    """Migrate the empty database and run in it the cycle of the demonstration, small."""
    preparar_casa()
    ciclo.Ciclo(poblacion_pequena(), fuente=generados).correr(lambda _: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
