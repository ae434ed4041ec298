"""The processes that serve pages die under people who generate and annul comprobantes in them."""

import os
import re
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from random import Random
from typing import Any, Final, cast
from urllib.parse import urlencode

from lxml import html

from recaudo.ensayo.caidas.base_de_datos import ANULADO, GENERADO, comprobar_lo_confirmado
from recaudo.ensayo.caidas.libros import revisar
from recaudo.ensayo.caidas.registro import Resultado, escenario
from recaudo.ensayo.caidas.servidor import Servidor, hijos_de
from recaudo.ensayo.medicion.base_de_medida import base_de_medida
from recaudo.ensayo.medicion.portal import (
    casa_de,
    clave_de_ciclo,
    entrar,
    poblar_ciclo,
    respuesta_de,
    servidor_del_sitio,
)

_CAIDO: Final = (OSError, HTTPException)
_REDIRIGE: Final = 302
_PLAZO: Final = 60


@escenario("sitio")
def morir_el_sitio(servidor: Servidor, azar: Random, muertes: int) -> Resultado:
    """Kill the processes that serve, one by one and both; the site comes back without help."""
    del servidor
    resultado = Resultado()
    with base_de_medida(clave_de_ciclo(), poblar_ciclo) as url:
        with servidor_del_sitio(url) as (puerto, procesos):
            personas = [_Persona(puerto, quien) for quien in ("ana", "carla")]
            for persona in personas:
                persona.start()
            while resultado.muertes < muertes and not resultado.distintas:
                time.sleep(azar.uniform(0.1, 0.8))
                vivos = [p for p in hijos_de(procesos[0]) if _sirve(p)]
                for pid in azar.sample(vivos, min(len(vivos), azar.choice((1, 1, 2)))):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                        resultado.muertes += 1
                tardo = _esperar(puerto)
                resultado.volvio(tardo)
                if tardo >= _PLAZO:
                    resultado.distintas.append("el sitio no volvió en un minuto")
            for persona in personas:
                persona.basta.set()
            for persona in personas:
                persona.join(timeout=30)
                resultado.distintas += persona.extranas
        comprobar_lo_confirmado(resultado, [c for p in personas for c in p.confirmado])
        revisar(resultado)
    return resultado


def _sirve(pid: int) -> bool:
    """Whether a child is one that serves, and not the one that keeps count of resources."""
    with suppress(OSError), open(f"/proc/{pid}/cmdline", encoding="utf-8") as orden:  # noqa: PTH123
        return "spawn_main" in orden.read()
    return False


def _esperar(puerto: int) -> float:
    inicio = time.monotonic()
    while time.monotonic() - inicio < 60:
        with suppress(*_CAIDO), respuesta_de(puerto, "GET", "/entrar/") as respuesta:
            if respuesta.status < 500:
                break
        time.sleep(0.02)
    return time.monotonic() - inicio


@dataclass
class _Persona(threading.Thread):
    """Somebody at the portal, who tries again whatever got no answer."""

    puerto: int
    quien: str
    confirmado: list[Any] = field(default_factory=list)
    extranas: list[str] = field(default_factory=list)
    basta: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Be a thread."""
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Enter, and work until told to stop."""
        galleta = self._insistir(lambda: entrar(self.puerto, self.quien))
        casa = self._insistir(lambda: casa_de(self.puerto, galleta))
        while not self.basta.is_set():
            try:
                self._una_vuelta(casa, galleta)
            except _CAIDO:
                time.sleep(0.05)

    def _una_vuelta(self, casa: str, galleta: str) -> None:
        """Generate one and annul it, also one whose answer was lost."""
        pagina = self._pagina(f"{casa}comprobantes/nuevo/", galleta)
        deuda = re.search(
            r'name="obligacion"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="obligacion"', pagina
        )
        if deuda is None:
            vivo = re.search(rf'href="({casa}comprobantes/[\d-]+/)"', pagina)
            if vivo is not None:
                self._anular(vivo[1], galleta)
            return
        numero = deuda[1] or deuda[2]
        destino = self._enviar(f"{casa}comprobantes/nuevo/revisar/?obligacion={numero}", galleta)
        if destino:
            hecho = destino.split("/comprobantes/")[1].split("/")[0]
            self.confirmado.append([GENERADO, int(numero), hecho])
            self._anular(f"{casa}comprobantes/{hecho}/", galleta)

    def _anular(self, direccion: str, galleta: str) -> None:
        if self._enviar(f"{direccion}anular/", galleta, razon="Elegí de más"):
            self.confirmado.append([ANULADO, 0, direccion.rstrip("/").rsplit("/", 1)[1]])

    def _enviar(self, direccion: str, galleta: str, **datos: str) -> str:
        """Open the page of an act and send its form; where it led, when it was done."""
        pagina = html.document_fromstring(self._pagina(direccion, galleta))
        formularios = cast("html.HtmlElement", pagina).forms
        formulario = next(
            f
            for f in formularios
            if "csrfmiddlewaretoken" in f.fields and "/salir" not in (f.action or "")
        )
        campos = {k: v for k, v in formulario.form_values() if k != "razon"} | datos
        ficha = "; ".join((galleta, f"csrftoken={self._ficha}"))
        with respuesta_de(self.puerto, "POST", direccion, ficha, urlencode(campos)) as respuesta:
            if respuesta.status >= 500 and respuesta.status != 503:
                self.extranas.append(f"{direccion} respondió {respuesta.status}")
            return respuesta.headers.get("Location", "") if respuesta.status == _REDIRIGE else ""

    def _pagina(self, direccion: str, galleta: str) -> str:
        with respuesta_de(self.puerto, "GET", direccion, galleta) as respuesta:
            for puesta in respuesta.headers.get_all("Set-Cookie") or []:
                if puesta.startswith("csrftoken="):
                    self._ficha = puesta.split(";")[0].partition("=")[2]
            return respuesta.read().decode()

    def _insistir(self, hacer: Any) -> Any:
        while True:
            try:
                return hacer()
            except (*_CAIDO, RuntimeError):
                time.sleep(0.1)
