"""The real site under guessing: the owner goes in and out, and the guesses are counted."""

import http.cookiejar
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from recaudo.infra.security.cupos import POR_HORA
from recaudo.infra.security.models import Usuario
from tests.moldes import Molde
from tests.navegador.conftest import Sitio, molde_de_sitio, servido

CUENTA, CLAVE = "2050000013", "una-clave-de-prueba"
MALAS, HILOS, BUENAS = 400, 4, 20


def _llenar() -> None:
    Usuario.objects.create_user(CUENTA, "Rosa Prueba", CLAVE)


@pytest.fixture(scope="module")
def preparacion() -> Molde:
    """One account, and nothing else."""
    return molde_de_sitio("ingreso", _llenar, __file__)


@pytest.fixture
def sitio(
    preparacion: Molde, django_db_setup: None, django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Sitio]:  # fmt: skip
    """A site of its own, which believes who says where it comes from."""
    monkeypatch.setenv("RECAUDO_PROXIES", "127.0.0.1")
    with servido(preparacion, django_db_blocker, "_ataque") as propio:
        yield propio


class Visita:
    """One browser, which keeps its cookies; each attempt may come from another network."""

    def __init__(self, sitio: Sitio) -> None:
        self.sitio = sitio
        self.galletas = http.cookiejar.CookieJar()
        self.abrir = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.galletas), _NoSigue()
        ).open
        with self.abrir(sitio / "entrar/") as formulario:
            testigo = re.search(r'csrfmiddlewaretoken" value="(\w+)"', formulario.read().decode())
        assert testigo is not None
        self.testigo = testigo[1]

    def probar(self, cuenta: str, clave: str, origen: str) -> tuple[int, int]:
        """Try; return the status, and how many seconds it says to wait."""
        datos = {"csrfmiddlewaretoken": self.testigo, "identificacion": cuenta, "clave": clave}
        pedido = urllib.request.Request(
            self.sitio / "entrar/", urllib.parse.urlencode(datos).encode(),
            {"X-Forwarded-For": origen},
        )  # fmt: skip
        try:
            with self.abrir(pedido, timeout=30) as respuesta:
                return respuesta.status, 0
        except urllib.error.HTTPError as error:
            error.read()
            return error.code, int(error.headers.get("Retry-After", "0"))


class _NoSigue(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def test_the_owner_enters_each_time_while_her_account_is_guessed(sitio: Sitio) -> None:
    duena = Visita(sitio)
    assert duena.probar(CUENTA, CLAVE, "192.0.2.1")[0] == 302
    duena = _con_la_llave(sitio, duena)
    estados: Counter[tuple[bool, int]] = Counter()

    def atacar(semilla: int) -> None:
        azar, atacante = random.Random(semilla), Visita(sitio)
        for n in range(MALAS // HILOS):
            suya = n % 2 == 0
            cuenta = CUENTA if suya else f"20599{azar.randrange(40):05d}"
            origen = f"198.{azar.randrange(256)}.{azar.randrange(256)}.9"
            estado, espera = atacante.probar(cuenta, "mala", origen)
            assert (estado == 429) is (espera > 0)
            estados[suya, estado] += 1

    hilos = [threading.Thread(target=atacar, args=(n,)) for n in range(HILOS)]
    for hilo in hilos:
        hilo.start()
    tardes, dentro = [], 0
    for n in range(BUENAS):
        empezo = time.monotonic()
        dentro += duena.probar(CUENTA, CLAVE, f"203.0.{n}.7")[0] == 302
        tardes.append(time.monotonic() - empezo)
        duena = _con_la_llave(sitio, duena)
    for hilo in hilos:
        hilo.join()
    assert dentro == BUENAS
    assert sum(estados.values()) == MALAS
    assert 0 < estados[True, 422] <= POR_HORA, estados
    assert estados[True, 429] >= MALAS // 2 - POR_HORA
    print(f"\n{MALAS} bad: {dict(estados)}; good {dentro}/{BUENAS}, slowest {max(tardes):.2f} s")


def _con_la_llave(sitio: Sitio, antes: Visita) -> Visita:
    """Return the same browser another day: with its key, and another form."""
    otra = Visita(sitio)
    for galleta in antes.galletas:
        if galleta.name == "aparato":
            otra.galletas.set_cookie(galleta)
    return otra
