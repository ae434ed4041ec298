"""A database to measure in: made from a cached template, used, dropped. Never the one in use."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from sys import modules

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from recaudo.domain.contabilidad.actions.cargar_plan_de_cuentas import cargar_plan_de_cuentas
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra.audit.cargar_maquinas import cargar_maquinas
from recaudo.infra.security.concesiones import aplicar_concesiones
from recaudo.kernel.states import Maquina

_INTENTOS = 6


def url_de(nombre: str) -> str:
    """Return the connection string of a sibling of the database in use."""
    datos = settings.DATABASES["default"]
    return make_conninfo(
        dbname=nombre,
        user=datos["USER"] or None,
        password=datos["PASSWORD"] or None,
        host=datos["HOST"] or None,
        port=datos["PORT"] or None,
    )


def clave_de(nombre: str, *fuentes: str) -> str:
    """Name a template after what makes it: those texts and the migrations of the house."""
    migraciones = Path(str(modules["recaudo"].__file__)).parent.rglob("migrations/**/*.*")
    resumen = sha256("".join(fuentes).encode())
    for archivo in sorted(m for m in migraciones if m.suffix in {".py", ".sql"}):
        resumen.update(archivo.read_bytes())
    return f"{nombre}:{resumen.hexdigest()}"


def maquinas_de_la_casa() -> list[Maquina]:
    """Return every transition table that a room declares in its `states.py`, by its name."""
    cuartos = (config.name for config in apps.get_app_configs())
    estados = (f"{cuarto}.states" for cuarto in cuartos if cuarto.startswith("recaudo.domain."))
    modulos = [import_module(nombre) for nombre in estados if find_spec(nombre)]
    halladas = {
        maquina.nombre: maquina
        for modulo in modulos
        for maquina in vars(modulo).values()
        if isinstance(maquina, Maquina)
    }
    return [halladas[nombre] for nombre in sorted(halladas)]


def preparar_casa() -> None:
    """Migrate the empty database of the default connection and load what every room declares."""
    call_command("migrate", verbosity=0, interactive=False)
    cargar_maquinas(maquinas_de_la_casa(), hoy=date.min)
    cargar_plan_de_cuentas()
    cargar_division_politica()
    with connection.cursor() as cursor:
        aplicar_concesiones(cursor)


@contextmanager
def base_de_medida(clave: str, llenar: Callable[[], None]) -> Iterator[str]:
    """Give Django a scratch database filled by `llenar` (in it) and drop it at the end.

    What `llenar` makes is kept as a template under `clave`, so that the next run only copies it.
    Yields the connection string. The role needs to be able to create databases.
    """
    plantilla = f"{_prefijo()}_{sha256(clave.encode()).hexdigest()[:12]}"
    trabajo = f"{_prefijo()}_{os.getpid()}"
    if not _existe(plantilla):
        borrador = f"{plantilla}_borrador"
        _borrar(borrador)
        _crear(borrador, None)
        with _django_en(borrador):
            llenar()
        _administrar(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(borrador), sql.Identifier(plantilla)
            )
        )
    try:
        _borrar(trabajo)
        _crear(trabajo, plantilla)
        with _django_en(trabajo):
            yield url_de(trabajo)
    finally:
        _borrar(trabajo)


def _prefijo() -> str:
    """Name what is made after the database in use, so that several live on one server."""
    return f"{settings.DATABASES['default']['NAME']}_medida"


def borrar_plantillas() -> int:
    """Drop every template cached for the database in use; return how many there were."""
    with psycopg.connect(url_de(str(settings.DATABASES["default"]["NAME"]))) as conexion:
        filas = conexion.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefijo()]
        ).fetchall()
    for (nombre,) in filas:
        _borrar(nombre)
    return len(filas)


@contextmanager
def _django_en(nombre: str) -> Iterator[None]:
    """Point the default connection, of every thread to come, to another database."""
    conexion = connections["default"]
    conexion.close()
    antes = conexion.settings_dict["NAME"]
    datos = [conexion.settings_dict, settings.DATABASES["default"]]
    for dato in datos:
        dato["NAME"] = nombre
    try:
        yield
    finally:
        conexion.close()
        for dato in datos:
            dato["NAME"] = antes


def _existe(nombre: str) -> bool:
    with psycopg.connect(url_de(str(settings.DATABASES["default"]["NAME"]))) as conexion:
        fila = conexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nombre]).fetchone()
    return fila is not None


def _crear(nombre: str, plantilla: str | None) -> None:
    _administrar(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(nombre), sql.Identifier(plantilla or "template0")
        )
    )


def _borrar(nombre: str) -> None:
    """Drop it. Plain first, which lets the server's own cleaning step aside; by force if needed."""
    base = sql.Identifier(nombre)
    for intento in range(_INTENTOS):
        forma = " WITH (FORCE)" if intento % 2 else ""
        try:
            _administrar(sql.SQL("DROP DATABASE IF EXISTS {}" + forma).format(base))
        except (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
            time.sleep(1)
        else:
            return


def _administrar(orden: sql.Composed) -> None:
    datos = settings.DATABASES["default"]
    with psycopg.connect(url_de(str(datos["NAME"])), autocommit=True) as conexion:
        conexion.execute(orden)
