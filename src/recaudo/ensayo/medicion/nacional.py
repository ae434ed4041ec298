"""The national book: three emitted months, then every page, export, close and audit, slowest first.

What grows with the book is seen here before anybody waits for it. Pages are found by following the
links of the site, one of each kind, as several officers and one employer.
"""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import unescape
from inspect import getsource
from sys import modules
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from recaudo.domain.afiliacion.actions.registrar_representacion import registrar_representacion
from recaudo.domain.afiliacion.queries import visible_to
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.organizacion.actions.abrir_cuenta import abrir_cuenta
from recaudo.domain.parametros.actions.aprobar_tasa import aprobar_tasa
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.planillas.actions.emitir_planillas import emitir_planillas
from recaudo.ensayo.demostracion.poblacion import cedula_ficticia
from recaudo.ensayo.demostracion.usuarios import CLAVE
from recaudo.ensayo.medicion.base_de_medida import base_de_medida, clave_de
from recaudo.ensayo.medicion.emision import piso_de_lineas
from recaudo.ensayo.medicion.observador import observar
from recaudo.ensayo.medicion.poblacion import PERIODO, clave_de_poblacion, poblar
from recaudo.ensayo.medicion.registro import Medida, medicion
from recaudo.infra import clock
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.infra.security.models import Usuario
from recaudo.kernel.money import Tasa
from recaudo.reports.auditoria.ejecutar import auditar

#: 1 is the country, 500 000 employers; without a scale a hundredth part is loaded.
ESCALA: Final = 0.01
MESES: Final = (PERIODO.anterior().anterior(), PERIODO.anterior(), PERIODO)
TASA: Final = Tasa("9.33")
DESDE: Final = date(2025, 1, 1)
#: Who follows the links: together they reach every page of the office.
OFICIOS: Final = ("AUD", "UCGC", "UREC", "DNAC", "DNRC", "DNGF")
PAGINAS_COMO_MAXIMO: Final = 400
_ENLACE: Final = re.compile(r'href="([^"#]+)"')
_FORMATO: Final = re.compile(r"formato=(\w+)")
_ANFITRION: Final = "localhost"
_SISTEMA: Final = Actor.sistema("Medición")
_PRIMERA_CUENTA: Final = 980_000
_OK: Final = 200

#: What was timed, and its seconds.
Tiempos = dict[str, float]


@medicion("nacional", escala=ESCALA)
def medir_nacional(escala: float) -> Medida:
    """Libro nacional: tres meses emitidos; cada página, archivo, cierre y auditoría.

    Floor: COPY BINARY of every line of the three months into an identical bare table.
    """
    tiempos: Tiempos = {}
    with base_de_medida(_clave(escala), lambda: poblar(escala)) as url:
        with observar(url) as visto:
            lineas = _cargar_el_libro(tiempos)
            _abrir_y_seguir(tiempos)
            _auditar(tiempos)
        connection.close()
        piso = piso_de_lineas(url)
    cargar = sum(s for nombre, s in tiempos.items() if nombre.startswith("emitir "))
    return Medida(
        filas=lineas,
        segundos=cargar,
        piso_segundos=piso,
        detalle={
            **visto.detalle(),
            "tiempos_ms": {
                nombre: f"{segundos * 1000:.0f}"
                for nombre, segundos in sorted(tiempos.items(), key=lambda t: -t[1])
            },
        },
    )


def _clave(escala: float) -> str:
    return clave_de(f"nacional:{clave_de_poblacion(escala)}", getsource(modules[__name__]))


@contextmanager
def _cronometro(tiempos: Tiempos, nombre: str) -> Iterator[None]:
    inicio = time.perf_counter()
    yield
    tiempos[nombre] = time.perf_counter() - inicio


def _cargar_el_libro(tiempos: Tiempos) -> int:
    """Emit the three months, close every day until two are glosas; return the lines."""
    lineas = 0
    _publicar_tasas()
    for mes in MESES:
        with _cronometro(tiempos, f"emitir {mes}"):
            hecho = emitir_planillas(
                periodo=mes, por=_SISTEMA, hoy=mes.ultimo_dia + timedelta(days=3)
            )
        lineas += hecho.lineas
    fin = MESES[-1].siguiente().ultimo_dia
    vispera = fin - timedelta(days=1)
    with _cronometro(tiempos, f"cerrar todos los días hasta {vispera}"):
        cerrar_dia(fecha=vispera, por=_SISTEMA, hoy=fin)
    with _cronometro(tiempos, f"cerrar el día {fin}"):
        cerrar_dia(fecha=fin, por=_SISTEMA, hoy=fin)
    clock.fijar_fecha_simulada(fin)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return lineas


def _publicar_tasas() -> None:
    """One rate for every month of arrears, registered by one and approved by another."""
    quien, otra = (_cuenta(n, rol).pk for n, rol in enumerate(("DNRC", "UCGC")))
    registra = Actor(id=quien, nombre="Registra", roles=frozenset({"DNRC"}))
    aprueba = Actor(id=otra, nombre="Aprueba", roles=frozenset({"UCGC"}))
    mes, ultimo = MESES[0], MESES[-1].siguiente().siguiente()
    while mes <= ultimo:
        fila = registrar_tasa(
            periodo=mes, tasa=TASA, fuente="Medición", por=registra, hoy=mes.primer_dia,
            estado_verificacion="DEMO",
        )  # fmt: skip
        aprobar_tasa(tasa_id=fila.pk, por=aprueba, hoy=mes.primer_dia)
        mes = mes.siguiente()


def _cuenta(orden: int, rol: str) -> Usuario:
    return abrir_cuenta(
        identificacion=cedula_ficticia(_PRIMERA_CUENTA + orden), nombre=f"Medidora {rol or 'EMP'}",
        clave=CLAVE, rol=rol, por=_SISTEMA, hoy=DESDE,
    )  # fmt: skip


def _abrir_y_seguir(tiempos: Tiempos) -> None:
    """Visit a page of each kind and a file of each list, as each office and as an employer."""
    visitas = [(_entrar(_cuenta(n, rol)), "/oficina/") for n, rol in enumerate(OFICIOS, start=10)]
    empleadora = _cuenta(30, "")
    registrar_representacion(
        usuario_id=empleadora.pk, empleador_id=1, desde=DESDE, por=_SISTEMA, hoy=DESDE
    )
    ruc = visible_to(TODA_LA_NACION).get(pk=1).ruc
    visitas.append((_entrar(empleadora), reverse("portal:empleador", args=[ruc])))
    vistas: set[str] = set()
    for navegador, inicio in visitas:
        _recorrer(navegador, [inicio], tiempos, vistas)


def _entrar(usuario: Usuario) -> Client:
    navegador = Client(headers={"host": _ANFITRION}, raise_request_exception=False)
    navegador.force_login(usuario)
    return navegador


def _recorrer(navegador: Client, inicio: list[str], tiempos: Tiempos, vistas: set[str]) -> None:
    pendientes = inicio
    while pendientes and len(vistas) < PAGINAS_COMO_MAXIMO:
        direccion = pendientes.pop(0)
        clase = _clase(direccion)
        if clase is None or clase in vistas:
            continue
        vistas.add(clase)
        segundos, respuesta, cuerpo = _abrir(navegador, direccion)
        if respuesta.status_code in {301, 302}:
            vistas.discard(clase)
            pendientes.append(urljoin(direccion, str(respuesta["Location"])))
            vistas.add(clase)
        elif respuesta.status_code == _OK:
            tiempos[clase] = segundos
            pendientes += [urljoin(direccion, unescape(e)) for e in _ENLACE.findall(cuerpo)]
        else:
            vistas.discard(clase)  # another office may see it


def _abrir(navegador: Client, direccion: str) -> tuple[float, HttpResponseBase, str]:
    """Ask for it and read it whole; a page twice: the first time may prepare what it keeps."""
    segundos, respuesta, cuerpo = _pedir(navegador, direccion)
    if not _FORMATO.search(direccion) and respuesta.status_code == _OK:
        segundos = min(segundos, _pedir(navegador, direccion)[0])
    return segundos, respuesta, cuerpo


def _pedir(navegador: Client, direccion: str) -> tuple[float, HttpResponseBase, str]:
    inicio = time.perf_counter()
    respuesta = navegador.get(direccion)
    partes: Iterable[bytes] = getattr(respuesta, "streaming_content", [])
    if not respuesta.streaming:
        partes = [respuesta.content]
    es_pagina = str(respuesta.get("Content-Type", "")).startswith("text/html")
    cuerpo = b""
    for parte in partes:  # a file goes by and is not kept
        cuerpo = cuerpo + parte if es_pagina else b""
    return time.perf_counter() - inicio, respuesta, cuerpo.decode()


def _clase(direccion: str) -> str | None:
    """Name the kind of page of an address of this site, or None for what is no page."""
    partes = urlsplit(direccion)
    if partes.netloc or partes.scheme or "/salir/" in partes.path:
        return None
    try:
        nombre = resolve(partes.path).view_name
    except Resolver404:
        return None
    formato = _FORMATO.search(partes.query)
    return f"archivo {formato[1]} de {nombre}" if formato else f"página {nombre}"


def _auditar(tiempos: Tiempos) -> None:
    with _cronometro(tiempos, "auditoría entera"):
        auditoria = auditar()
    for resultado in auditoria.resultados:
        tiempos[f"auditoría {resultado.id}"] = float(resultado.segundos)
