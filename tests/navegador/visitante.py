"""Somebody who asks for pages without a browser: fast enough to follow every link."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.urls import Resolver404, resolve

from recaudo.ensayo.demostracion.usuarios import CLAVE
from tests.navegador.conftest import Sitio

#: How many addresses of one page are followed; with a query, one of each key (order, filters…).
POR_PAGINA = 2
POR_CONSULTA = 1
_TESTIGO = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Respuesta:
    """What an address answered, and the page whose link led to it."""

    url: str
    estado: int
    tipo: str
    cuerpo: bytes
    desde: str

    @property
    def es_html(self) -> bool:
        """Say whether it is a page."""
        return self.tipo.startswith("text/html")

    @property
    def html(self) -> str:
        """Return the page as text."""
        return self.cuerpo.decode()

    @property
    def nombre(self) -> str:
        """Return the name of the view that answers there."""
        return nombre_de(self.url)


@dataclass(frozen=True, slots=True)
class Vinculo:
    """An address that a page mentions."""

    url: str
    desde: str


@cache
def nombre_de(url: str) -> str:
    """Return the name of the view of an address; `estatico` for what is no view."""
    try:
        return resolve(urllib.parse.urlsplit(url).path).view_name or "?"
    except Resolver404:
        return "estatico"


class Visitante:
    """One session: a stranger, or a person who logged in."""

    def __init__(self, sitio: Sitio, identificacion: str = "") -> None:
        """Enter as that person; without one, stay outside."""
        self.sitio = sitio
        self.galletas = http.cookiejar.CookieJar()
        self._abrir = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.galletas)
        ).open
        if identificacion:
            self._entrar(identificacion)

    def pedir(self, vinculo: Vinculo, datos: dict[str, str] | None = None) -> Respuesta:
        """Ask for an address, following redirections."""
        cuerpo = urllib.parse.urlencode(datos).encode() if datos is not None else None
        pedido = urllib.request.Request(vinculo.url, cuerpo, {"Referer": vinculo.url})
        try:
            with self._abrir(pedido, timeout=30) as r:
                tipo = r.headers.get("Content-Type", "")
                return Respuesta(r.url, r.status, tipo, r.read(), vinculo.desde)
        except urllib.error.HTTPError as error:
            return Respuesta(
                vinculo.url, error.code, error.headers.get("Content-Type", ""), error.read(),
                vinculo.desde,
            )  # fmt: skip

    def recorrer(self, *entradas: str, estaticos: set[str]) -> dict[str, Respuesta]:
        """Follow the links from the entrances: a few of each kind of page, one of each query.

        What is no view is the same for everybody: it is asked for once, and noted in `estaticos`.
        """
        vistas: dict[str, Respuesta] = {}
        cuantas: Counter[tuple[str, str]] = Counter()
        cola = [Vinculo(self.sitio / entrada, "la dirección del sitio") for entrada in entradas]
        while cola:
            vinculo = cola.pop(0)
            clases = _clases(vinculo.url)
            if vinculo.url in vistas or all(cuantas[c] >= _tope(c) for c in clases):
                continue
            if nombre_de(vinculo.url) == "estatico":
                if vinculo.url in estaticos:
                    continue
                estaticos.add(vinculo.url)
            cuantas.update(clases)
            vistas[vinculo.url] = respuesta = self.pedir(vinculo)
            if respuesta.es_html:
                cola += [v for v in vinculos_de(respuesta) if v.url.startswith(self.sitio.url)]
        return vistas

    def para_el_navegador(self) -> list[dict[str, Any]]:
        """Return the session as cookies for a browser."""
        return [
            {"name": g.name, "value": g.value or "", "url": self.sitio.url} for g in self.galletas
        ]

    def _entrar(self, identificacion: str) -> None:
        puerta = Vinculo(self.sitio / "entrar/", "")
        testigo = _TESTIGO.search(self.pedir(puerta).html)
        assert testigo is not None
        datos = {
            "csrfmiddlewaretoken": testigo[1], "identificacion": identificacion, "clave": CLAVE,
        }  # fmt: skip
        dentro = self.pedir(puerta, datos)
        assert "Cerrar sesión" in dentro.html


def _clases(url: str) -> list[tuple[str, str]]:
    """Return what an address is an example of: its page, or its page with each of its questions."""
    partes = urllib.parse.urlsplit(url)
    nombre = nombre_de(url)
    pagina = partes.path if nombre == "estatico" else nombre
    preguntas = urllib.parse.parse_qs(partes.query, keep_blank_values=True)
    return [(pagina, pregunta) for pregunta in preguntas or [""]]


def _tope(clase: tuple[str, str]) -> int:
    return POR_CONSULTA if clase[1] else POR_PAGINA


class _Lector(HTMLParser):
    """What a page mentions, its named places, and the pieces inside its main part."""

    def __init__(self, html: str) -> None:
        """Read the page whole."""
        super().__init__()
        self.mencionados: list[str] = []
        self.anclas: list[str] = []
        self.lugares: set[str] = set()
        self.piezas: set[str] = set()
        self._dentro = False
        self._accion = ""
        self._acciones: dict[str, str] = {}
        self._casillas: list[tuple[str, str]] = []
        self.feed(html)
        self.mencionados += self._con_una_marca()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        dicho = {clave: valor or "" for clave, valor in attrs}
        self._dentro = self._dentro or tag == "main"
        self.lugares.add(dicho.get("id", ""))
        self.mencionados += [dicho[x] for x in ("href", "src") if dicho.get(x)]
        if tag == "a" and dicho.get("href", "").startswith("#"):
            self.anclas.append(dicho["href"])
        if tag == "form":
            self._accion = dicho.get("action", "") if dicho.get("method") == "get" else ""
            self._acciones[dicho.get("id", "")] = self._accion
        if dicho.get("type") == "checkbox" and dicho.get("value"):
            pregunta = urllib.parse.urlencode({dicho.get("name", ""): dicho["value"]})
            suya = dicho.get("form", "")
            self._casillas.append((f"#{suya}" if suya else self._accion, pregunta))
        if self._dentro:
            self.piezas.add(f"{tag}.{dicho.get('class', '')}")

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of the main part and of a form."""
        self._accion = "" if tag == "form" else self._accion
        self._dentro = self._dentro and tag != "main"

    def _con_una_marca(self) -> list[str]:
        """Return where each form that only asks leads, with its first box ticked."""
        primeras: dict[str, str] = {}
        for accion, pregunta in self._casillas:
            destino = self._acciones.get(accion[1:], "") if accion.startswith("#") else accion
            if destino:
                primeras.setdefault(destino, pregunta)
        return [f"{destino}?{pregunta}" for destino, pregunta in primeras.items()]


@cache
def _leida(cuerpo: bytes) -> _Lector:
    """Read a page once, whoever asks."""
    return _Lector(cuerpo.decode())


def vinculos_de(respuesta: Respuesta) -> list[Vinculo]:
    """Return every address that a page links or loads, without its fragment."""
    escritos = _leida(respuesta.cuerpo).mencionados
    llenos = (urllib.parse.urljoin(respuesta.url, x).split("#")[0] for x in escritos)
    return [Vinculo(url, respuesta.url) for url in llenos if url.startswith("http")]


def anclas_rotas(respuesta: Respuesta) -> list[str]:
    """Return the links to a place of the same page that is not there."""
    lector = _leida(respuesta.cuerpo)
    return [x for x in lector.anclas if x[1:] not in lector.lugares]


def esqueleto(respuesta: Respuesta) -> frozenset[str]:
    """Return the kinds of pieces inside the page: two pages with the same ones look alike."""
    return frozenset(_leida(respuesta.cuerpo).piezas)
