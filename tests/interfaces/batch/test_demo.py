"""The demonstration: its population, its bundled files, its command."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recaudo.ensayo.demostracion import archivos
from recaudo.ensayo.demostracion.azar import sortear, tirar
from recaudo.ensayo.demostracion.ciclo import Ciclo
from recaudo.ensayo.demostracion.escenario import ANA, Conducta, conducta_de
from recaudo.ensayo.demostracion.fechas import PERIODO
from recaudo.ensayo.demostracion.novedades import archivos_del_mes
from recaudo.ensayo.demostracion.poblacion import (
    Empleador,
    cedula_ficticia,
    generar_poblacion,
)
from recaudo.ensayo.demostracion.usuarios import CLAVE, PERSONAS
from recaudo.infra.files.formatos.iess_batch import leer_archivo
from recaudo.kernel.ids import TipoIdentificacion, identificar
from recaudo.kernel.money import Dinero
from recaudo.norma.aportes.base_imponible import base_minima
from recaudo.norma.catalogos.dpa import canton
from recaudo.norma.parametros import cargar_parametros
from recaudo.reports.resumen.totales import Totales, totales
from tests import servidor
from tests.factories.demostracion import base_aparte

#: Set it to write the bundled files again after a change of the law or of the story.
REHACER = "RECAUDO_REHACER_ARCHIVOS"
INCLUIDOS = Path(str(archivos._CARPETA))
CLAVES = (
    "periodo", "empleadores", "afiliados", "planillas", "emitido", "recaudado", "por_cobrar",
    "en_mora", "glosas", "libro_cuadra", "url",
)  # fmt: skip


@pytest.fixture(scope="module")
def poblacion() -> tuple[Empleador, ...]:
    return generar_poblacion()


def test_the_population_is_the_same_every_time(poblacion: tuple[Empleador, ...]) -> None:
    assert generar_poblacion() == poblacion


def test_chance_depends_on_the_name_and_not_on_the_order() -> None:
    assert tirar(1000, "a", 1) == tirar(1000, "a", 1)
    assert {sortear((("x", 1), ("y", 3)), "z", n) for n in range(50)} == {"x", "y"}


def test_nobody_in_it_can_exist(poblacion: tuple[Empleador, ...]) -> None:
    """Cédulas of the series 205…, RUCs far beyond those issued, all well formed."""
    for empleador in poblacion:
        dictamen = identificar(empleador.ruc)
        assert dictamen.valida
        assert not dictamen.advertencias
        if dictamen.tipo is TipoIdentificacion.RUC_NATURAL:
            assert empleador.ruc.startswith("205")
        else:
            assert empleador.ruc[3:5] in {"99", "98"}
        assert empleador.cedula_representante.startswith("205")
    cedulas = [t.cedula for e in poblacion for t in e.trabajadores]
    assert len(set(cedulas)) == len(cedulas)
    assert all(c.startswith("205") and identificar(c).valida for c in cedulas)
    assert len({e.ruc for e in poblacion}) == len({e.razon_social for e in poblacion}) == 420


def test_sizes_follow_the_published_shares(poblacion: tuple[Empleador, ...]) -> None:
    """INEC: 89.6 % of employers have 1 to 9 workers, 0.5 % have 200 or more."""
    tamanos = [len(e.trabajadores) for e in poblacion]
    assert 2500 <= sum(tamanos) <= 3500
    assert 89 <= 100 * sum(n < 10 for n in tamanos) / len(tamanos) <= 91
    assert sum(n >= 200 for n in tamanos) == 2


def test_provinces_follow_the_affiliates_of_the_iess(poblacion: tuple[Empleador, ...]) -> None:
    """Pichincha has 32 % of the affiliates with employer and Guayas 28 %; every one is a place."""
    grandes = [sum(e.canton[:2] == p for e in poblacion) / len(poblacion) for p in ("17", "09")]
    assert all(0.24 < parte < 0.37 for parte in grandes)
    assert len({e.canton[:2] for e in poblacion}) >= 20
    assert len({e.tipo for e in poblacion}) >= 9
    for empleador in poblacion:
        for _, codigo in empleador.sucursales:
            assert canton(codigo).codigo == codigo


def test_nobody_earns_less_than_the_basic_salary(poblacion: tuple[Empleador, ...]) -> None:
    minimo = base_minima(periodo=PERIODO, parametros=cargar_parametros()).base
    sueldos = sorted(t.sueldo for e in poblacion for t in e.trabajadores)
    assert sueldos[0] == minimo
    assert minimo < sueldos[len(sueldos) // 2] < minimo + minimo


def test_every_conduct_occurs(poblacion: tuple[Empleador, ...]) -> None:
    assert {conducta_de(e, PERIODO) for e in poblacion} == set(Conducta)


def test_each_type_of_file_has_good_lines_and_bad_ones(poblacion: tuple[Empleador, ...]) -> None:
    todos = archivos_del_mes(poblacion[ANA], completos=True)
    assert [nombre.split("-")[1] for nombre in todos] == ["ENT", "MSU", "INS", "MND", "SAL"]
    for contenido in todos.values():
        leido = leer_archivo(contenido)
        assert len(leido.tipos) == 1
        assert leido.rucs == (poblacion[ANA].ruc,)
        assert any(linea.aviso for linea in leido.lineas)


def test_the_people_who_enter_are_no_worker_and_no_representative(
    poblacion: tuple[Empleador, ...],
) -> None:
    usuarios = {p.identificacion for p in PERSONAS}
    otros = {t.cedula for e in poblacion for t in e.trabajadores}
    otros |= {e.cedula_representante for e in poblacion}
    assert len(usuarios) == len(PERSONAS)
    assert not usuarios & otros
    assert all(identificar(u).valida for u in usuarios)
    assert cedula_ficticia(950_001) in usuarios


@pytest.fixture(scope="module")
def completa(
    django_db_blocker: Any, poblacion: tuple[Empleador, ...], tmp_path_factory: Any
) -> Iterator[tuple[str, Path, Totales]]:
    """The whole demonstration in a database of its own: its URL, the files it wrote, its totals."""
    escritos = INCLUIDOS if os.environ.get(REHACER) else tmp_path_factory.mktemp("archivos")
    with django_db_blocker.unblock(), base_aparte("demo") as url:
        Ciclo(poblacion, fuente=archivos.guardar_en(escritos)).correr(lambda _: None)
        yield url, escritos, totales()


@pytest.mark.servidor
def test_the_bundled_files_are_the_ones_the_generator_writes(
    completa: tuple[str, Path, Totales],
) -> None:
    _, escritos, _ = completa
    nuevos = {p.name: p.read_bytes() for p in escritos.iterdir()}
    bundled = {p.name: p.read_bytes() for p in INCLUIDOS.iterdir()}
    assert sorted(bundled) == sorted(nuevos)
    distintos = [nombre for nombre in nuevos if bundled[nombre] != nuevos[nombre]]
    assert distintos == [], f"run once with {REHACER}=1"


def order(url: str, *words: str, **ambiente: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recaudo.project.cli", *words],
        env=os.environ | servidor.variables_as_roles(url) | {"RECAUDO_AMBIENTE": "dev"} | ambiente,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.servidor
def test_the_command_prints_the_cycle_that_is_there_and_repeats_nothing(
    completa: tuple[str, Path, Totales],
) -> None:
    url, _, leidos = completa
    connection.close()
    salida = order(url, "demo", "--sin-servidor", "--json")
    assert salida.returncode == 0, salida.stderr
    dicho = json.loads(salida.stdout)
    assert tuple(dicho) == CLAVES
    assert dicho["libro_cuadra"] is True
    assert (dicho["periodo"], dicho["empleadores"]) == ("2026-09", 420)
    assert Dinero(dicho["emitido"]) == Dinero(dicho["recaudado"]) + Dinero(dicho["por_cobrar"])
    assert Dinero(dicho["emitido"]) == leidos.emitido
    assert "ya está preparada" in salida.stderr


@pytest.mark.servidor
def test_a_person_reads_the_totals_who_may_enter_and_what_is_not_official(
    completa: tuple[str, Path, Totales],
) -> None:
    url, _, leidos = completa
    connection.close()
    salida = order(url, "demo", "--sin-servidor", COLUMNS="160")
    assert salida.returncode == 0, salida.stderr
    assert leidos.emitido.formato() in salida.stdout
    assert leidos.por_cobrar.formato() in salida.stdout
    assert re.search(r"El libro cuadra.*sí", salida.stdout)
    assert all(p.identificacion in salida.stdout and p.nombre in salida.stdout for p in PERSONAS)
    assert CLAVE in salida.stdout
    assert "es un valor de demostración: no está publicada" in salida.stderr


@pytest.mark.servidor
def test_it_never_touches_a_production_database(completa: tuple[str, Path, Totales]) -> None:
    url, _, _ = completa
    salida = order(url, "demo", "--sin-servidor", "--json", RECAUDO_AMBIENTE="prod")
    assert salida.returncode == 1
    assert json.loads(salida.stdout)["rechazo"]["codigo"] == "DEMOSTRACION_EN_PRODUCCION"


@pytest.mark.servidor
def test_it_refuses_a_database_with_work_that_is_no_demonstration(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), base_aparte("ajena") as url:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT recaudo_nacer('x', '2026-01-01');"
                "INSERT INTO audit_hecho (en, fecha, acto, permiso, tipo, objeto_tipo, objeto_id,"
                " provincia, actor_nombre, rol, norma, frase, antes, despues, documento_sha256)"
                " VALUES "
                "(clock_timestamp(), '2026-01-01', 'x', 'x', 'x', 'x', '1', '', 'x', 'x', 'x', 'x',"
                " '{}', '{}', '')"
            )
        connection.close()
        salida = order(url, "demo", "--sin-servidor", "--json")
        assert salida.returncode == 1
        assert json.loads(salida.stdout)["rechazo"]["codigo"] == "BASE_EN_USO"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM afiliacion_empleador")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM audit_reloj")
            assert cursor.fetchone() == (0,)
