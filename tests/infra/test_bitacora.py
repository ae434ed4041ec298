"""The logs: a code that finds its line, nothing secret in any line, and nobody who waits for it."""

import json
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from recaudo.domain.organizacion.facts import CuentaAbierta
from recaudo.infra.audit.hechos import reacciones
from recaudo.infra.bitacora.ajustes import registros
from recaudo.infra.bitacora.destino import DestinoIlegible, Syslog, destino_de
from recaudo.infra.bitacora.envio import EnvioSinEspera
from recaudo.infra.bitacora.formato import UnaLinea, tapar
from recaudo.infra.bitacora.pedido import codigo_de, empezar_pedido
from recaudo.infra.bitacora.seguridad import REGISTRO, anotar, marca_de
from recaudo.infra.security.models import Usuario
from recaudo.project.bitacora import DE_SEGURIDAD, contar_el_hecho

CANARIO = "canario-Quilotoa-77"


@pytest.fixture
def lineas() -> Iterator[list[str]]:
    """Every line that the root and the log of security write while the test runs."""
    escritas: list[str] = []

    class Oido(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            escritas.append(self.format(record))

    fallas, seguridad = Oido(), Oido()
    fallas.setFormatter(UnaLinea([]))
    registrador = logging.getLogger(REGISTRO)
    logging.getLogger().addHandler(fallas)
    registrador.addHandler(seguridad)
    try:
        yield escritas
    finally:
        logging.getLogger().removeHandler(fallas)
        registrador.removeHandler(seguridad)


def falla(que: str) -> Any:
    def fallar(*_: object, **__: object) -> HttpResponse:
        raise ValueError(que)

    return fallar


@pytest.mark.django_db
def test_the_code_of_the_page_is_that_of_its_header_and_of_one_line_with_its_cause(
    lineas: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "recaudo.interfaces.portal.verificacion.views.pagina_publica",
        falla("la cédula 2050000013 de rosa@correo.example\nno cuadra"),
    )
    respuesta = Client(raise_request_exception=False).get("/verificar/?q=2050000013")
    codigo = respuesta["X-Codigo"]
    assert re.fullmatch(r"[0-9a-f]{8}", codigo)
    assert codigo in respuesta.content.decode()
    (linea,) = [json.loads(texto) for texto in lineas if codigo in texto]
    assert (linea["estado"], linea["direccion"], linea["usuario"]) == (500, "/verificar/", None)
    assert linea["falla"][0].startswith("ValueError: la cédula ***013 de ***\nno cuadra [")
    assert "test_bitacora.py" in linea["falla"][0], "where it failed"
    assert "\n" not in "".join(lineas)
    assert "2050000013" not in "".join(lineas)


@pytest.mark.django_db
@pytest.mark.parametrize("cuenta", ["2050000013", CANARIO])
@pytest.mark.parametrize("falla_con", ["", "la clave {clave} y postgresql://yo:{clave}@servidor/x"])
def test_no_password_is_in_any_line_whatever_fails(
    cuenta: str, falla_con: str, lineas: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if falla_con:
        entrada = "recaudo.interfaces.portal.acceso.views.probar_entrada"
        monkeypatch.setattr(entrada, falla(falla_con.format(clave=CANARIO)))
    navegador = Client(raise_request_exception=False)
    respuesta = navegador.post("/entrar/", {"identificacion": cuenta, "clave": CANARIO})
    assert respuesta.status_code == (500 if falla_con else 422)
    assert lineas
    assert CANARIO not in "".join(lineas)


def test_twin_a_plain_formatter_tells_the_password(lineas: list[str]) -> None:
    pedido = RequestFactory().post("/entrar/", {"clave": CANARIO})
    assert pedido.POST
    empezar_pedido(pedido)
    registro = logging.LogRecord("x", logging.ERROR, "", 1, "la clave %s", (CANARIO,), None)
    assert CANARIO in logging.Formatter().format(registro)
    assert CANARIO not in UnaLinea().format(registro)
    assert codigo_de(pedido) in UnaLinea().format(registro)
    assert "secreta" not in UnaLinea(["secreta-del-proceso"]).format(
        logging.LogRecord("x", logging.ERROR, "", 1, "con secreta-del-proceso", (), None)
    )


@pytest.mark.parametrize(
    ("texto", "dicho"),
    [
        ("/empleadores/2090000000001/planillas/", "/empleadores/***001/planillas/"),
        ("planilla 20260101", "planilla 20260101"),
        ("smtp://yo:una@correo.example:25", "smtp://***@correo.example:25"),
        ("a ana.luz+x@iess.example b", "a *** b"),
    ],
)
def test_what_names_a_person_is_covered(texto: str, dicho: str) -> None:
    assert tapar(texto) == dicho


def enviar(manejador: EnvioSinEspera, *textos: str) -> None:
    for texto in textos:
        manejador.handle(logging.LogRecord(REGISTRO, logging.INFO, "", 1, texto, (), None))


def test_a_file_gets_one_line_for_each_and_survives_its_rotation(tmp_path: Path) -> None:
    archivo = tmp_path / "seguridad.log"
    manejador = EnvioSinEspera(f"file://{archivo}")
    enviar(manejador, "uno", "dos")
    hasta(lambda: archivo.exists() and archivo.read_text() == "uno\ndos\n")
    archivo.rename(tmp_path / "viejo.log")
    enviar(manejador, "tres")
    manejador.close()
    assert archivo.read_text() == "tres\n"


def hasta(listo: Any) -> None:
    limite = time.monotonic() + 5
    while not listo() and time.monotonic() < limite:
        time.sleep(0.01)
    assert listo()


@pytest.mark.parametrize("tipo", [socket.SOCK_DGRAM, socket.SOCK_STREAM])
def test_a_syslog_gets_each_line_as_the_standard_says(tipo: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, tipo) as receptor:
        receptor.bind(("127.0.0.1", 0))
        receptor.settimeout(5)
        esquema = "syslog" if tipo is socket.SOCK_DGRAM else "syslog+tcp"
        if tipo is socket.SOCK_STREAM:
            receptor.listen()
        manejador = EnvioSinEspera(f"{esquema}://127.0.0.1:{receptor.getsockname()[1]}")
        enviar(manejador, '{"evento": "salida"}')
        origen = receptor if tipo is socket.SOCK_DGRAM else receptor.accept()[0]
        recibido = origen.recv(4096).decode()
        manejador.close()
        origen.close()
    assert re.fullmatch(r'<86>1 - \S+ recaudo \d+ seguridad - \{"evento": "salida"\}\n?', recibido)


def test_the_socket_of_the_machine_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receptor:
        receptor.bind(str(tmp_path / "log"))
        receptor.settimeout(5)
        manejador = EnvioSinEspera(f"syslog://{tmp_path / 'log'}")
        enviar(manejador, "hola")
        assert receptor.recv(4096).endswith(b"seguridad - hola")
        manejador.close()


def test_nobody_waits_for_a_syslog_that_is_away_and_what_was_lost_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entregadas: list[str] = []
    vuelve = threading.Event()

    def escribir(_: Syslog, linea: str) -> None:
        if not vuelve.is_set():
            raise ConnectionRefusedError
        entregadas.append(linea)

    monkeypatch.setattr(Syslog, "escribir", escribir)
    monkeypatch.setattr("recaudo.infra.bitacora.envio._ENTRE_INTENTOS", 0.05)
    manejador = EnvioSinEspera("syslog+tcp://127.0.0.1:9", caben=10)
    empezo = time.monotonic()
    enviar(manejador, *(f"linea {n}" for n in range(1_000)))
    assert time.monotonic() - empezo < 1
    assert manejador.perdidas >= 980
    vuelve.set()
    hasta(lambda: len(entregadas) >= 11)
    manejador.close()
    assert json.loads(entregadas[0])["evento"] == "perdidas"
    assert json.loads(entregadas[0])["cuantas"] >= 980
    assert entregadas[1] == "linea 0"


@pytest.mark.parametrize(
    "mala", ["servidor:514", "http://servidor.example/x", "file://x/y", "syslog://h:99999"]
)
def test_an_address_that_is_not_understood_says_what_is(mala: str) -> None:
    with pytest.raises(DestinoIlegible, match="se espera syslog://servidor:514"):
        destino_de(mala)
    dicho = registros(en_lineas=True, bitacora=mala, en_consola=True, secretos=[])
    assert dicho["loggers"][REGISTRO]["handlers"] == ["seguridad_consola"]


def test_what_was_typed_as_an_account_is_not_read_in_its_mark() -> None:
    assert marca_de(CANARIO) == marca_de(CANARIO) != marca_de(CANARIO + "x")
    assert CANARIO not in marca_de(CANARIO)


def test_a_line_of_security_has_the_code_of_its_request(lineas: list[str]) -> None:
    pedido = RequestFactory().post("/empleadores/2090000000001/")
    empezar_pedido(pedido)
    anotar("salida", usuario=7, origen="192.0.2.1")
    dicho = json.loads(lineas[-1])
    assert (dicho["evento"], dicho["usuario"], dicho["origen"]) == ("salida", 7, "192.0.2.1")
    assert (dicho["codigo"], dicho["direccion"]) == (codigo_de(pedido), "/empleadores/***001/")


def eventos(lineas: list[str]) -> list[str]:
    return [json.loads(linea).get("evento", "") for linea in lineas]


@pytest.mark.django_db
def test_what_is_refused_and_who_enters_and_leaves_is_told(lineas: list[str]) -> None:
    rosa = Usuario.objects.create_user("2050000013", "Rosa Prueba", CANARIO)
    navegador = Client()
    datos = {"identificacion": "2050000013", "clave": "mala"}
    for _ in range(4):
        navegador.post("/entrar/", datos)
    Client(enforce_csrf_checks=True).post("/entrar/", datos)
    Client(headers={"host": "otro.example"}).get("/")
    navegador.force_login(rosa)
    assert navegador.get("/oficina/libro/").status_code == 404
    navegador.post("/salir/")
    dichos = [e for e in eventos(lineas) if e]
    assert dichos == [*["entrada_fallida"] * 3, "entrada_demorada", "origen_negado",
                      "origen_negado", "permiso_negado", "salida"]  # fmt: skip
    assert "2050000013" not in "".join(lineas)


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_opened_is_told_once_it_is_kept(lineas: list[str]) -> None:
    abierta = CuentaAbierta(
        usuario_id=7, identificacion="2050000013", nombre="Rosa", rol="AUD", provincias=(),
        desde=date(2026, 11, 20),
    )  # fmt: skip
    with transaction.atomic():
        contar_el_hecho(abierta, cast("Any", None))
        transaction.set_rollback(True)
    assert lineas == [], "an act that was undone opened nothing"
    with transaction.atomic():
        contar_el_hecho(abierta, cast("Any", None))
        assert lineas == []
    (linea,) = [json.loads(linea) for linea in lineas]
    assert (linea["evento"], linea["usuario"], linea["rol"]) == ("cuenta_abierta", 7, "AUD")
    assert set(DE_SEGURIDAD) <= set(reacciones())
