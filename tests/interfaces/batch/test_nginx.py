"""The configuration of nginx that we ship, in a real nginx before the real site, under attack."""

import inspect
import re
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from herramientas.nginx import MISSING, find_nginx
from recaudo.interfaces.vista.puertas import bytes_que_recibe
from tests.interfaces.batch.ataques import LOCAL, abrir, atacado, esperar
from tests.interfaces.batch.test_puerta_abierta import _JUGUETE, RAIZ, servido
from tests.interfaces.batch.test_servir import free_port

OPERACION = RAIZ / "docs" / "operacion"
CONF = (OPERACION / "nginx" / "recaudo.conf").read_text(encoding="utf-8")
NOMBRE = "recaudacion.institucion.example"
#: Who visits while another address attacks: nginx counts the connections of each.
OTRO = ("127.0.0.2", 0)
_ENTERA = """
daemon off; master_process off; pid {carpeta}/pid; error_log {carpeta}/error.log;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {carpeta}/a; proxy_temp_path {carpeta}/b; fastcgi_temp_path {carpeta}/c;
  uwsgi_temp_path {carpeta}/d; scgi_temp_path {carpeta}/e;
  {conf}
}}
"""


def substituted(carpeta: Path, sitio: int, puerto: int) -> str:
    """Return the shipped configuration with the ports and folders of this test, and no more."""
    conf = CONF.replace("127.0.0.1:8000", f"{LOCAL}:{sitio}")
    conf = re.sub(r"listen \[::\].*\n", "", conf)
    conf = conf.replace("listen 443 ssl", f"listen {puerto} ssl")
    conf = conf.replace("listen 80 ", f"listen {free_port()} ")
    conf = conf.replace("/etc/recaudo/tls/sitio", str(carpeta / "sitio"))
    return conf.replace("/usr/share/recaudo/nginx", str(OPERACION / "nginx"))


@pytest.fixture(scope="module")
def nginx() -> Iterator[int]:
    """Nginx before a server; its port."""
    with servido(_JUGUETE, "/") as (sitio, _), nginx_ante(sitio) as puerto:
        yield puerto


@contextmanager
def nginx_ante(sitio: int) -> Iterator[int]:
    """Run nginx before whatever answers at that port; yield its own."""
    programa = find_nginx()
    if programa is None:
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory() as lugar:
        carpeta, puerto = Path(lugar), free_port()
        orden = (
            f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
            f" -keyout {carpeta}/sitio.key -out {carpeta}/sitio.pem -subj /CN={NOMBRE}"
        )
        subprocess.run(["openssl", *orden.split()], check=True, capture_output=True)
        entera = _ENTERA.format(carpeta=carpeta, conf=substituted(carpeta, sitio, puerto))
        (carpeta / "nginx.conf").write_text(entera, encoding="utf-8")
        proceso = subprocess.Popen(
            [programa, "-p", carpeta, "-c", carpeta / "nginx.conf"], stderr=subprocess.DEVNULL
        )
        try:
            assert esperar(lambda: pedir(puerto, "/")[0] > 0, 15)
            yield puerto
        finally:
            proceso.terminate()
            proceso.wait(timeout=10)


def pedir(puerto: int, ruta: str, **cabeceras: str) -> tuple[int, str]:
    """Return the status and the text of a page for a visitor of another address."""
    sin_mirar = ssl._create_unverified_context()
    conexion = HTTPSConnection(LOCAL, puerto, timeout=2, context=sin_mirar, source_address=OTRO)
    try:
        conexion.request(
            "GET", ruta, headers={k.replace("_", "-"): v for k, v in cabeceras.items()}
        )
        respuesta = conexion.getresponse()
        return respuesta.status, respuesta.read().decode(errors="replace")
    except OSError:
        return 0, ""
    finally:
        conexion.close()


def cifrado(puerto: int, dicho: bytes) -> Any:
    """Connect with TLS, say that and nothing more."""
    contexto = ssl._create_unverified_context()
    enchufe = contexto.wrap_socket(abrir(puerto, b""), server_hostname=NOMBRE)
    enchufe.sendall(dicho)
    return enchufe


def buenas(puerto: int) -> int:
    return sum(pedir(puerto, "/")[0] == 200 for _ in range(8))


def test_slow_clients_behind_nginx_hold_nobody_up(nginx: int) -> None:
    puerto = nginx
    cabeza = f"POST /entrar/ HTTP/1.1\r\nHost: {NOMBRE}\r\nContent-Length: 1000\r\n\r\na=1".encode()
    for cuantos, dicho in (
        (99, cabeza), (200, b"GET / HTTP/1.1\r\nX-A: "),
        (50, f"GET /mucho HTTP/1.1\r\nHost: {NOMBRE}\r\n\r\n".encode()),
    ):  # fmt: skip
        with atacado(cuantos, lambda d=dicho: cifrado(puerto, d)):
            assert buenas(puerto) == 8


def test_sizes_are_refused_before_the_site_hears(nginx: int) -> None:
    puerto = nginx
    cabeza = f"POST /entrar/ HTTP/1.1\r\nHost: {NOMBRE}\r\nContent-Length: 1073741824\r\n\r\n"
    with cifrado(puerto, cabeza.encode() + b"x" * 9_000) as c:
        dicho = c.recv(4_096).decode()
        while "</html>" not in dicho:
            dicho += c.recv(4_096).decode()
    assert dicho.startswith("HTTP/1.1 413")
    assert "No se guardó nada" in dicho


def test_what_a_visitor_says_of_its_address_is_not_believed(nginx: int) -> None:
    puerto = nginx
    estado, dicho = pedir(puerto, "/", X_Forwarded_For="9.9.9.9", Forwarded="for=9.9.9.9")
    assert (estado, dicho.split()[-1]) == (200, OTRO[0])


def test_without_the_site_nginx_answers_with_its_own_page() -> None:
    with nginx_ante(free_port()) as puerto:
        estado, texto = pedir(puerto, "/")
    assert (estado, "El servicio no está disponible por ahora" in texto) == (502, True)


def test_each_page_that_receives_a_file_has_its_size_in_nginx() -> None:
    lugares = re.findall(r"location (=|~) (\S+) \{\s+client_max_body_size (\d+)m;", CONF)
    reciben = {r: n for r, v in rutas(get_resolver()) if (n := bytes_que_recibe(v))}
    assert len(reciben) >= 3
    for ruta, cuantos in reciben.items():
        direccion = "/" + re.sub(r"<[^>]+>", "2090000023001", ruta)
        topes = [int(megas) for tipo, patron, megas in lugares
                 if (re.fullmatch if tipo == "=" else re.search)(patron, direccion)]  # fmt: skip
        assert topes, f"{direccion} has no location in recaudo.conf"
        assert topes[0] * 1024 * 1024 >= cuantos


def test_each_page_with_a_file_field_says_how_much_it_receives() -> None:
    for ruta, vista in rutas(get_resolver()):
        codigo = inspect.getsource(inspect.unwrap(vista)) if inspect.isfunction(vista) else ""
        if "request.FILES" in codigo:
            assert bytes_que_recibe(vista), f"{ruta} reads files: @recibe_hasta says how much"


def rutas(resolutor: URLResolver, antes: str = "") -> Iterator[tuple[str, Any]]:
    for patron in resolutor.url_patterns:
        ruta = antes + str(patron.pattern)
        if isinstance(patron, URLResolver):
            yield from rutas(patron, ruta)
        elif isinstance(patron, URLPattern):
            yield ruta, patron.callback


@pytest.mark.parametrize(
    "unidad", sorted(p.name for p in (OPERACION / "systemd").glob("*.service"))
)
def test_each_unit_runs_a_command_that_exists_and_is_contained(unidad: str) -> None:
    from typer.main import get_command

    from recaudo.project.cli import app

    texto = (OPERACION / "systemd" / unidad).read_text(encoding="utf-8")
    orden = re.search(r"^ExecStart=\S+/recaudo (.+)$", texto, re.MULTILINE)
    assert orden is not None
    nombre = orden[1].split()[0]
    comando: Any = get_command(app)
    assert nombre in comando.list_commands(None)
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "User=recaudo"} <= set(
        texto.splitlines()
    )
    assert re.search(r"^MemoryMax=", texto, re.MULTILINE)
    if "oneshot" not in texto:
        assert "Restart=always" in texto
        assert "StartLimitIntervalSec=0" in texto
    else:
        assert (OPERACION / "systemd" / unidad.replace(".service", ".timer")).is_file()
