"""The commands of `docs/operacion/respaldos.md`, as they stand: copies restored and audited."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from recaudo.infra.papeles import Papel, variable_de
from recaudo.infra.postgres import asegurar_servidor, detener, directorio_de_datos
from recaudo.infra.postgres.account import account_for, clean_environment
from recaudo.infra.postgres.binaries import find_binaries
from tests import servidor
from tests.factories.demostracion import libro_aparte

pytestmark = [pytest.mark.servidor, pytest.mark.una_version]
GUIA = Path(__file__).resolve().parents[3] / "docs/operacion/respaldos.md"
_ORDEN = re.compile(r"<!-- respaldo: (\w+) -->\n```sh\n(.*?)```", re.DOTALL)
ORDENES = dict(_ORDEN.findall(GUIA.read_text(encoding="utf-8")))


class Lugar:
    """A server of its own, its folders, and who runs its programs."""

    def __init__(self, raiz: Path, libreta: Path) -> None:
        self.raiz, self.libreta = raiz, libreta
        self.datos = directorio_de_datos(raiz)
        with pytest.MonkeyPatch.context() as parche:
            parche.delenv("DATABASE_URL", raising=False)
            self.url = asegurar_servidor(raiz)
        self.clave = (self.datos / "clave-administrador").read_text(encoding="utf-8")
        self.cuenta = account_for(self.datos / "cluster")
        self.respaldos = raiz / "respaldos"
        for carpeta in (
            self.respaldos,
            self.respaldos / "wal",
            self.respaldos / "base",
            raiz / "nuevo",
        ):
            carpeta.mkdir(parents=True)
            self.cuenta.own(carpeta)

    def administrar(
        self, orden: str, base: str = "postgres", **donde: Any
    ) -> list[tuple[Any, ...]]:
        quien = make_conninfo(self.url, user="postgres", password=self.clave, dbname=base, **donde)
        with psycopg.connect(quien, autocommit=True) as conexion:
            cursor = conexion.execute(orden)
            return cursor.fetchall() if cursor.description else []

    def seguir(self, nombre: str, puerto: str = "5432", **variables: str) -> str:
        """Run a command of the guide as the account of the server; return what it printed."""
        texto = ORDENES[nombre].replace("/respaldos", str(self.respaldos))
        texto = texto.replace("/var/lib/postgresql", str(self.raiz / "nuevo"))
        socket = re.search(r"host=([^&]+)", self.url)
        assert socket is not None
        donde = socket[1].replace("%2F", "/")
        ambiente = clean_environment() | self.ambiente(port=puerto) | {
            "ADMINISTRADOR": f"host={donde} user=postgres", "PGPASSWORD": self.clave,
            "PATH": f"{find_binaries().bin}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            **variables,
        }  # fmt: skip
        baja = {"user": self.cuenta.uid, "group": self.cuenta.gid, "extra_groups": []}
        hecho = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", texto], env=ambiente, cwd="/", text=True,
            check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=300,
            umask=0o077, **(baja if self.cuenta.drops_root and "recaudo " not in texto else {}),
        )  # fmt: skip
        assert hecho.returncode == 0, f"{nombre}: {hecho.stdout[-3000:]}"
        return hecho.stdout

    def ambiente(self, **donde: Any) -> dict[str, str]:
        """The addresses of the owner and of each role, and the notebook."""

        def de(papel: Papel) -> str:
            clave = self.datos / f"clave-{papel.removeprefix('recaudo_')}"
            return make_conninfo(
                self.url, user=papel, password=clave.read_text(encoding="utf-8"), **donde
            )

        return {
            "DATABASE_URL": make_conninfo(self.url, **donde),
            **{variable_de(papel): de(papel) for papel in Papel},
            "RECAUDO_BASE_ADMINISTRADOR": make_conninfo(
                self.url, user="postgres", password=self.clave, **(donde | {"dbname": "postgres"})
            ),
            "RECAUDO_FIRMAS": str(self.libreta), "RECAUDO_AMBIENTE": "test",
            "RECAUDO_SECRETO": os.environ["RECAUDO_SECRETO"],
        }  # fmt: skip

    def orden(self, *palabras: str, **donde: Any) -> subprocess.CompletedProcess[str]:
        """Give an order of the program on the database of this server."""
        return subprocess.run(
            [sys.executable, "-m", "recaudo.project.cli", *palabras],
            env={**os.environ, **self.ambiente(**donde)}, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip

    def rotos(self, **donde: Any) -> dict[str, list[Any]]:
        """The invariants that a whole audit finds broken, with their samples."""
        hecha = self.orden("auditoria", "--json", **donde)
        invariantes = json.loads(hecha.stdout)["invariantes"]
        return {i["id"]: i["muestra"] for i in invariantes if i["violaciones"]}


@pytest.fixture(scope="module")
def lugar(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Lugar]:
    """A new cluster with an honest book, that came there by the guide's dump."""
    memoria = Path("/dev/shm")
    raiz = memoria if os.access(memoria, os.W_OK) else tmp_path_factory.mktemp("respaldos")
    raiz /= f"recaudo-respaldos-{os.getpid()}"
    libreta = tmp_path_factory.mktemp("libreta")
    try:
        nuevo = Lugar(raiz, libreta)
        nuevo.administrar("DROP DATABASE recaudo WITH (FORCE)")
        for papel in Papel:  # as in the server of the tests, of which the notebook speaks
            nuevo.administrar(f"GRANT {papel} TO recaudo")
        with django_db_blocker.unblock(), libro_aparte("respaldo") as url:
            _volcar(nuevo, url)
        nuevo.seguir("cargar")
        yield nuevo
    finally:
        with pytest.MonkeyPatch.context() as parche:
            parche.delenv("DATABASE_URL", raising=False)
            detener(raiz)
        subprocess.run(["rm", "-rf", str(raiz)], check=False)


def _volcar(nuevo: Lugar, url: str) -> None:
    """Dump the book of this run's server with the guide's words; its notebook goes with it."""
    datos = servidor.data_directory()
    partes = psycopg.conninfo.conninfo_to_dict(servidor.admin_url(url, datos))
    base = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    guia = ORDENES["volcar"].replace("dbname=recaudo", f"dbname={base}")
    ORDENES["volcar_prueba"] = guia
    nuevo.seguir(
        "volcar_prueba", ADMINISTRADOR=f"host={partes['host']} port={partes['port']} user=postgres",
        PGPASSWORD=str(partes["password"]),
    )  # fmt: skip
    for sufijo in (".json", ".bitacora"):
        suya = Path(os.environ["RECAUDO_FIRMAS"]) / f"{base}{sufijo}"
        (nuevo.libreta / f"recaudo{sufijo}").write_bytes(suya.read_bytes())


def test_every_command_of_the_guide_is_tried_here() -> None:
    texto = Path(__file__).read_text(encoding="utf-8")
    probadas = set(re.findall(r'seguir\(\s*"(\w+)"', texto)) | {"volcar"}
    assert set(ORDENES) - {"volcar_prueba"} == probadas - {"volcar_prueba"}


def test_in_a_new_cluster_the_book_is_whole_and_work_goes_on(lugar: Lugar) -> None:
    assert lugar.rotos() == {}
    (antes,) = lugar.administrar("SELECT count(*), max(fecha) FROM cartera_diacerrado", "recaudo")
    lugar.administrar("UPDATE audit_reloj SET fecha_simulada = fecha_simulada + 1", "recaudo")
    siguiente = str(antes[1] + timedelta(days=1))
    cerrado = lugar.orden("cartera", "cerrar-dia", "--fecha", siguiente, "--ejecutar", "--json")
    assert cerrado.returncode == 0, cerrado.stderr
    (luego,) = lugar.administrar("SELECT count(*), max(fecha) FROM cartera_diacerrado", "recaudo")
    assert luego[0] == antes[0] + 1
    lugar.seguir("actualizar")
    assert lugar.rotos() == {}


def test_twin_a_dump_that_lacks_a_row_is_named(lugar: Lugar) -> None:
    lugar.administrar("CREATE DATABASE falta TEMPLATE recaudo")
    try:
        for sufijo in (".json", ".bitacora"):
            suya = (lugar.libreta / f"recaudo{sufijo}").read_bytes()
            (lugar.libreta / f"falta{sufijo}").write_bytes(suya)
        for papel in Papel:
            lugar.administrar(f"GRANT CONNECT ON DATABASE falta TO {papel}")
        assert set(lugar.rotos(dbname="falta")) <= {"S12"}, "the database has other permissions"
        lugar.administrar(
            "SET session_replication_role = replica; DELETE FROM audit_hecho WHERE id = "
            "(SELECT max(hecho_id) FROM contabilidad_asiento)",
            "falta",
        )
        assert set(lugar.rotos(dbname="falta")) - {"S12"}
    finally:
        lugar.administrar("DROP DATABASE falta WITH (FORCE)")


def test_back_to_a_moment_and_what_was_signed_after_it_is_named(lugar: Lugar) -> None:
    lugar.seguir("archivar")
    with pytest.MonkeyPatch.context() as parche:
        parche.delenv("DATABASE_URL", raising=False)
        detener(lugar.raiz)
        asegurar_servidor(lugar.raiz)
    lugar.seguir("noche")
    _registrar(lugar, "2090000023001")
    ((hasta,),) = lugar.administrar("SELECT clock_timestamp()::text FROM pg_sleep(0.05)")
    lugar.administrar("SELECT pg_sleep(0.05)")
    _registrar(lugar, "2090000031001")
    assert lugar.rotos() == {}, "an audit of what is going to be lost is signed"
    lugar.administrar("SELECT pg_switch_wal()")
    _esperar_archivo(lugar)
    os.kill(int((lugar.datos / "cluster/postmaster.pid").read_text().split()[0]), 9)

    donde = {"port": "5439"}
    libreta = {suya: suya.read_bytes() for suya in lugar.libreta.iterdir()}
    lugar.seguir("volver", HASTA=hasta, OPCIONES="-c port=5439")
    try:
        rucs = "SELECT ruc FROM afiliacion_empleador WHERE ruc LIKE '20900000%' ORDER BY 1"
        assert lugar.administrar(rucs, "recaudo", **donde) == [("2090000023001",)]
        rotos = lugar.rotos(**donde)
        assert set(rotos) == {"S06"}, rotos
        assert "la auditoría firmada como hecho" in rotos["S06"][0]["que"]
        lugar.seguir("aceptar", puerto="5439")
        assert lugar.rotos(**donde) == {}
        _registrar(lugar, "2090000031001", **donde)
        assert lugar.rotos(**donde) == {}
    finally:
        lugar.cuenta.run(
            [find_binaries().program("pg_ctl"), "stop", "-m", "immediate", "-D",
             lugar.raiz / "nuevo/recuperada"]
        )  # fmt: skip
        for suya, era in libreta.items():  # the old server is where it was
            suya.write_bytes(era)
        with pytest.MonkeyPatch.context() as parche:
            parche.delenv("DATABASE_URL", raising=False)
            asegurar_servidor(lugar.raiz)


def _registrar(lugar: Lugar, ruc: str, **donde: Any) -> None:
    """Do something that leaves its fact."""
    hecho = lugar.orden(
        "empleadores", "registrar", "--ruc", ruc, "--razon-social", f"Prueba {ruc}",
        "--tipo", "PRIV_SOCIEDAD", "--canton", "1701", "--ejecutar", **donde,
    )  # fmt: skip
    assert hecho.returncode == 0, hecho.stderr


def _esperar_archivo(lugar: Lugar) -> None:
    for _ in range(300):
        ((falta,),) = lugar.administrar(
            "SELECT last_archived_wal IS NULL OR last_archived_wal < "
            "pg_walfile_name(pg_current_wal_lsn() - 1) FROM pg_stat_archiver"
        )
        if not falta:
            return
        lugar.administrar("SELECT pg_sleep(0.1)")
    pytest.fail("the log was not archived")
