"""The database of each release, with data in it, is brought up to date by the program of today.

`make entrega` writes that of this version: an honest book as a dump, its signed notebook, and the
fingerprint of each of its migrations, which from then on never change.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from psycopg.conninfo import make_conninfo

import recaudo
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.infra import clock
from recaudo.infra.firmas import libreta
from recaudo.infra.papeles import Papel
from recaudo.infra.postgres.binaries import find_binaries
from recaudo.infra.security.actor import Actor
from recaudo.project import version_de_la_base
from recaudo.project.puesta_a_punto import preparar_base
from recaudo.project.version_de_la_base import BaseDeOtraVersion, huellas_por_nombre
from recaudo.reports.auditoria.actions.auditar_y_anotar import auditar_y_anotar
from recaudo.reports.auditoria.ejecutar import auditar
from recaudo.reports.auditoria.huella.comparar import HUELLA
from tests import moldes, servidor
from tests.factories.demostracion import libro_aparte

pytestmark = [pytest.mark.una_version, pytest.mark.servidor]
ENTREGAS = Path(__file__).resolve().parents[1] / "datos/entregas"
ESCRIBIR = "RECAUDO_ENTREGA"
VOLCADO, LIBRETA, MIGRACIONES = "base.dump", "libreta", "migraciones.json"
LO_DICHO = "A migration of release {} changed: {}. Leave it as it was and write a new one."


def entregas() -> list[Path]:
    """Return the releases that are kept, the last one last."""
    return sorted(ENTREGAS.iterdir(), key=lambda e: tuple(int(n) for n in e.name.split(".")))


@contextmanager
def restaurada(entrega: Path) -> Iterator[None]:
    """Work in the database of a release, as its dump has it, while the block lasts."""
    nombre = "_".join(("test_recaudo", servidor.run_name(), "entrega"))
    url = os.environ["DATABASE_URL"]
    admin = servidor.admin_url(url, servidor.data_directory())
    servidor.drop_database(url, nombre)
    with psycopg.connect(admin, autocommit=True) as conexion:
        conexion.execute(sql.SQL("CREATE DATABASE {} OWNER recaudo").format(sql.Identifier(nombre)))
    with psycopg.connect(url, autocommit=True) as conexion:
        servidor.close_to_the_public(conexion, nombre)
    subprocess.run(
        [find_binaries().program("pg_restore"), "--exit-on-error",
         f"--dbname={make_conninfo(admin, dbname=nombre)}", entrega / VOLCADO],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    for sufijo in (".json", ".bitacora"):
        shutil.copy(
            entrega / f"{LIBRETA}{sufijo}", Path(os.environ["RECAUDO_FIRMAS"]) / f"{nombre}{sufijo}"
        )
    try:
        with moldes.conectados_a(nombre):
            yield
    finally:
        servidor.drop_database(url, nombre)


@pytest.mark.skipif(not os.environ.get(ESCRIBIR), reason=f"{ESCRIBIR}=1 writes it: make entrega")
def test_write_this_release(django_db_setup: None, django_db_blocker: Any) -> None:
    entrega = ENTREGAS / recaudo.__version__
    entrega.mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock(), libro_aparte("entrega_nueva") as url:
        hecha = auditar_y_anotar(incremental=False, por=Actor.sistema("Entrega"), hoy=clock.hoy())
        assert hecha.violaciones == 0, [r for r in hecha.resultados if r.violaciones]
        # Whoever restores it does so in another server, also where this one still runs.
        libreta.anotar(HUELLA, {**libreta.leer()[HUELLA], "servidor": "el de la entrega"})
        migraciones = huellas_por_nombre(MigrationLoader(connection))
        base = connection.settings_dict["NAME"]
        connection.close()
        admin = servidor.admin_url(url, servidor.data_directory())
        subprocess.run(
            [find_binaries().program("pg_dump"), "--format=custom", "--compress=gzip:9",
             "--no-unlogged-table-data", f"--file={entrega / VOLCADO}",
             f"--dbname={make_conninfo(admin, dbname=base)}"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        for sufijo in (".json", ".bitacora"):
            suya = Path(os.environ["RECAUDO_FIRMAS"]) / f"{base}{sufijo}"
            shutil.copy(suya, entrega / f"{LIBRETA}{sufijo}")
    texto = json.dumps(migraciones, indent=1, sort_keys=True) + "\n"
    (entrega / MIGRACIONES).write_text(texto, encoding="utf-8")


def test_this_version_is_kept_and_is_the_last() -> None:
    proyecto = (ENTREGAS.parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{recaudo.__version__}"' in proyecto
    ultima = entregas()[-1]
    assert ultima.name == recaudo.__version__, "make entrega, and commit what it writes"


@pytest.mark.parametrize("entrega", entregas(), ids=lambda e: e.name)
def test_no_migration_of_a_release_changes(entrega: Path) -> None:
    eran = json.loads((entrega / MIGRACIONES).read_text(encoding="utf-8"))
    hay = huellas_por_nombre(MigrationLoader(None))
    otras = sorted(nombre for nombre, era in eran.items() if hay.get(nombre) != era)
    assert not otras, LO_DICHO.format(entrega.name, ", ".join(otras))


def test_the_database_of_the_last_release_is_brought_up_to_date_and_works(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), restaurada(entregas()[-1]):
        preparar_base()
        assert [r for r in auditar().resultados if r.violaciones] == []
        hoy = clock.hoy()
        clock.fijar_fecha_simulada(hoy.replace(day=hoy.day + 1))
        cerrada = cerrar_dia(fecha=clock.hoy(), por=Actor.sistema("Reloj"), hoy=clock.hoy())
        assert cerrada.dias_cerrados >= 1
        assert [r for r in auditar().resultados if r.violaciones] == []


def test_twin_one_that_a_migration_damaged_is_named_and_another_history_is_refused(
    django_db_setup: None,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with django_db_blocker.unblock(), restaurada(entregas()[-1]):
        preparar_base()
        dano = servidor.admin_url(os.environ["DATABASE_URL"], servidor.data_directory())
        with psycopg.connect(
            make_conninfo(dano, dbname=connection.settings_dict["NAME"]), autocommit=True
        ) as conexion:
            conexion.execute("SET session_replication_role = replica")
            conexion.execute(
                "UPDATE contabilidad_partida_corriente SET debe = debe + 1 WHERE (asiento_id, "
                "linea) = (SELECT asiento_id, linea FROM contabilidad_partida_corriente "
                "WHERE debe > 0 LIMIT 1)"
            )
        assert {"D01", "D12"} & {r.id for r in auditar().resultados if r.violaciones}
        eran = version_de_la_base.huellas
        monkeypatch.setattr(
            "recaudo.project.version_de_la_base.huellas",
            lambda cargador: eran(cargador) | {("cartera", "0001_initial"): "otra"},
        )
        with pytest.raises(BaseDeOtraVersion, match="cartera"):
            preparar_base()


def test_each_role_still_enters_what_was_restored(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), restaurada(entregas()[-1]):
        base = connection.settings_dict["NAME"]
        for papel in Papel:
            url = servidor.url_as(papel, make_conninfo(os.environ["DATABASE_URL"], dbname=base))
            with psycopg.connect(url) as conexion:
                conexion.execute("SELECT count(*) FROM obligaciones_obligacion")
