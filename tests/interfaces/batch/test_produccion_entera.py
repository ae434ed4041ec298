"""An installation from nothing: a bare server, its roles, its database, and what serves and works.

Each process has the address of its own role and of no other, as the units of `docs/operacion` do.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from recaudo.infra.papeles import Papel, variable_de
from recaudo.infra.papeles_del_servidor import poderes_de_mas
from recaudo.infra.postgres import asegurar_servidor, detener, directorio_de_datos
from tests.interfaces.batch.test_servir import free_port

pytestmark = pytest.mark.servidor
BASE, DUENO = "iess_recaudo", "iess_dueno"
CASA = {
    "RECAUDO_AMBIENTE": "prod",
    "RECAUDO_URL_PUBLICA": "https://recaudo.example",
    "RECAUDO_HOSTS": "recaudo.example",
    "RECAUDO_PROXIES": "127.0.0.1",
    "RECAUDO_SECRETO": "kV3-9sLq_Zr7Tn2xWc8Ym4Bd6Hf1Gj5Pk0Ra-Ue3Io7Qs9Xz4Lv",
}


@pytest.fixture(scope="module")
def administrador(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of who administers a server that has nothing of ours."""
    sitio = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else tmp_path_factory.mktemp("pg")
    raiz = sitio / f"recaudo-entera-{os.getpid()}"
    with pytest.MonkeyPatch.context() as parche:
        parche.delenv("DATABASE_URL", raising=False)
        url = asegurar_servidor(raiz)
        clave = (directorio_de_datos(raiz) / "clave-administrador").read_text(encoding="utf-8")
        quien = make_conninfo(url, user="postgres", password=clave, dbname="postgres")
        with psycopg.connect(quien, autocommit=True) as conexion:
            conexion.execute("DROP DATABASE recaudo WITH (FORCE)")
            for papel in (*Papel, "recaudo"):
                conexion.execute(f"DROP ROLE {papel}")
        try:
            yield quien
        finally:
            detener(raiz)
            subprocess.run(["rm", "-rf", str(raiz)], check=False)


@pytest.fixture(scope="module")
def direcciones(administrador: str) -> dict[str, str]:
    """What the one who installs writes down: an address, with a password, for each role."""

    def de(quien: str) -> str:
        return make_conninfo(administrador, dbname=BASE, user=quien, password=f"clave de {quien}")

    return {"DATABASE_URL": de(DUENO), **{variable_de(p): de(p) for p in Papel}}


@pytest.fixture(scope="module")
def casa(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings that all its processes share."""
    suya = tmp_path_factory.mktemp("casa")
    return CASA | {"RECAUDO_FIRMAS": str(suya / "f"), "RECAUDO_ESTATICOS": str(suya / "e")}


def orden(casa: dict[str, str], *palabras: str, **suyas: str) -> subprocess.CompletedProcess[str]:
    """Give an order with those variables and no other of ours."""
    return subprocess.run(
        [sys.executable, "-m", "recaudo.project.cli", *palabras], env=ambiente(casa, suyas),
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def ambiente(casa: dict[str, str], suyas: dict[str, str]) -> dict[str, str]:
    limpio = {
        k: v for k, v in os.environ.items() if not k.startswith(("RECAUDO_", "DATABASE", "DJANGO"))
    }
    return {**limpio, **casa, **suyas}


def solo(direcciones: dict[str, str], papel: Papel) -> dict[str, str]:
    return {variable_de(papel): direcciones[variable_de(papel)]}


@contextmanager
def sirviendo(casa: dict[str, str], suyas: dict[str, str]) -> Iterator[int]:
    puerto = free_port()
    proceso = subprocess.Popen(
        [sys.executable, "-m", "recaudo.project.cli", "servir", "--puerto", str(puerto)],
        env=ambiente(casa, suyas), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield puerto
    finally:
        proceso.terminate()
        proceso.communicate(timeout=30)


def pedir(puerto: int, ruta: str) -> int:
    """Ask as the proxy does."""
    pedido = urllib.request.Request(
        f"http://127.0.0.1:{puerto}{ruta}",
        headers={
            "Host": "recaudo.example", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "198.51.100.7",
        },
    )  # fmt: skip
    directo = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(150):
        try:
            with directo.open(pedido, timeout=10) as respuesta:
                return int(respuesta.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            time.sleep(0.1)
    return 0


@pytest.fixture(scope="module")
def creada(administrador: str, direcciones: dict[str, str], casa: dict[str, str]) -> None:
    """The roles and their empty database, by the order; again it leaves the same."""
    suyas = direcciones | {"RECAUDO_BASE_ADMINISTRADOR": administrador}
    for palabras in ((), ("--ejecutar",), ("--ejecutar",)):
        dicho = orden(casa, "base", "papeles", *palabras, **suyas)
        assert dicho.returncode == 0, dicho.stderr
        assert "clave de" not in dicho.stderr + dicho.stdout
    for papel in Papel:
        assert poderes_de_mas(direcciones[variable_de(papel)]) == []


@pytest.mark.usefixtures("creada")
def test_from_a_bare_server_to_pages_work_and_audit_each_as_its_role(
    direcciones: dict[str, str], casa: dict[str, str]
) -> None:
    sin_preparar = orden(casa, "servir", **solo(direcciones, Papel.WEB))
    assert "recaudo base preparar" in sin_preparar.stderr
    preparada = orden(
        casa, "base", "preparar", "--ejecutar", DATABASE_URL=direcciones["DATABASE_URL"]
    )
    assert preparada.returncode == 0, preparada.stderr

    with sirviendo(casa, solo(direcciones, Papel.WEB)) as puerto:
        assert pedir(puerto, "/salud/lista") == 200
        assert pedir(puerto, "/calculadora/") == 200
        assert pedir(puerto, "/entrar/") == 200
    hecho = orden(casa, "trabajador", "--una-vez", **solo(direcciones, Papel.LOTES))
    assert hecho.returncode == 0, hecho.stderr
    auditada = orden(casa, "auditoria", "--json", **solo(direcciones, Papel.AUDITOR))
    assert auditada.returncode == 0, auditada.stdout[-2000:]


@pytest.mark.usefixtures("creada")
def test_a_role_that_may_more_does_not_start(
    administrador: str, direcciones: dict[str, str], casa: dict[str, str]
) -> None:
    """Each of the ways in which who administers may give too much."""
    web = Papel.WEB
    for dar, quitar, dicho in (
        (f"GRANT {DUENO} TO {web}", f"REVOKE {DUENO} FROM {web}", "puede hacerse dueño"),
        (f"ALTER ROLE {web} CREATEROLE", f"ALTER ROLE {web} NOCREATEROLE", "crea papeles"),
        (f"ALTER ROLE {web} SUPERUSER", f"ALTER ROLE {web} NOSUPERUSER", "es superusuario"),
        (f"ALTER ROLE {web} BYPASSRLS", f"ALTER ROLE {web} NOBYPASSRLS", "pasa sobre"),
        (f"GRANT pg_write_all_data TO {web}", f"REVOKE pg_write_all_data FROM {web}", "sistema"),
        (f"GRANT CREATE ON SCHEMA public TO {web}", f"REVOKE ALL ON SCHEMA public FROM {web}",
         "crea tablas"),
    ):  # fmt: skip
        with psycopg.connect(administrador, dbname=BASE, autocommit=True) as conexion:
            conexion.execute(dar)
            try:
                halladas = poderes_de_mas(direcciones[variable_de(web)])
                if dicho == "es superusuario":
                    negado = orden(casa, "servir", **solo(direcciones, web))
                    assert (negado.returncode, dicho in negado.stderr) == (2, True), negado.stderr
            finally:
                conexion.execute(quitar)
        assert any(dicho in una for una in halladas), dar


def test_addresses_that_are_not_those_of_the_roles_are_all_told(
    direcciones: dict[str, str], casa: dict[str, str]
) -> None:
    malas = direcciones | {
        variable_de(Papel.WEB): direcciones[variable_de(Papel.LOTES)],
        variable_de(Papel.AUDITOR): make_conninfo(
            direcciones[variable_de(Papel.AUDITOR)], dbname="otra"
        ),
    }
    dicho = orden(casa | {"RECAUDO_AMBIENTE": "dev"}, "base", "papeles", "--ejecutar", **malas)
    assert dicho.returncode == 2
    assert "RECAUDO_BASE_WEB debe entrar como recaudo_web" in dicho.stderr
    assert "RECAUDO_BASE_AUDITOR es de otra base" in dicho.stderr
