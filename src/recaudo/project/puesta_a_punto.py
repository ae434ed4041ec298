"""Make a database ready: migrations, then accounts, transition tables and places."""

import hashlib
import logging
from functools import cache
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

import recaudo
from recaudo.domain.contabilidad.actions.cargar_plan_de_cuentas import cargar_plan_de_cuentas
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra import clock
from recaudo.infra.audit.cargar_maquinas import cargar_maquinas
from recaudo.infra.firmas import libreta
from recaudo.infra.security.concesiones import aplicar_concesiones
from recaudo.kernel.refusals import Rechazo
from recaudo.project.version_de_la_base import anotar_version, exigir_la_misma_version, huellas
from recaudo.project.wiring import MAQUINAS
from recaudo.reports.auditoria.huella.comparar import HUELLA, comprobar_base, firmar_huella

EMPEZADA: Final = "empezada"
_SIN_FIRMA: Final = "sin firma"
_registro = logging.getLogger("recaudo.base")


class BaseSinPreparar(Rechazo):
    """The database lacks migrations that this program has."""

    mensaje = (
        "La base de datos no está al día con este programa. Con la dirección de su dueño en "
        "DATABASE_URL, ejecute «recaudo base preparar --ejecutar» y vuelva a empezar."
    )


def cargar_catalogos() -> None:
    """Load the chart of accounts, the transition tables, provinces and cantons. Idempotent."""
    cargar_maquinas(MAQUINAS, hoy=clock.hoy())
    cargar_plan_de_cuentas()
    cargar_division_politica()


def preparar_base() -> None:
    """Migrate and load the catalogues. Running it again changes nothing.

    Only what is pending is migrated: with nothing pending, the history of every model is not built
    again at each start to find that out. What is installed is compared with what was signed before
    anything is touched (S12), and signed again when the program is another one. Refuses
    BaseDeOtraVersion and, in production, BaseAlterada.
    """
    cargador = MigrationLoader(connection)
    exigir_la_misma_version(cargador)
    firmado = _empezar_o_comprobar(is_new=es_nueva(cargador))
    anotar_version(cargador)  # before: a start that is killed half way is gone on with
    pendientes = any(clave not in cargador.applied_migrations for clave in cargador.graph.nodes)
    if pendientes:
        call_command("migrate", verbosity=0, interactive=False)
    cargar_catalogos()
    if pendientes or firmado != programa():
        with transaction.atomic(), connection.cursor() as cursor:
            aplicar_concesiones(cursor)
        if firmado != _SIN_FIRMA:
            firmar_huella(programa=programa())


def exigir_base_preparada() -> None:
    """Refuse a database on which `preparar_base` has yet to run: BaseSinPreparar; reads only.

    Also BaseDeOtraVersion and, in production, BaseAlterada.
    """
    cargador = MigrationLoader(connection)
    exigir_la_misma_version(cargador)
    if any(clave not in cargador.applied_migrations for clave in cargador.graph.nodes):
        raise BaseSinPreparar
    for diferencia in comprobar_base():
        _registro.warning("La base no es la que se instaló: %s.", diferencia)


def _empezar_o_comprobar(*, is_new: bool) -> str:
    """Compare with what was signed; return for which program it was, empty if it is being made.

    A database that is being made has a notebook from its first migration on, so one without it, or
    with one that cannot be believed, is a difference like any other and is never signed over.
    """
    if is_new:
        transaction.on_commit(lambda: libreta.anotar(EMPEZADA, programa(), de_nuevo=True))
        return ""
    try:
        entradas = libreta.leer()
    except (libreta.LibretaPerdida, libreta.LibretaFalsa):
        entradas = {HUELLA: {"programa": _SIN_FIRMA}}
    if HUELLA not in entradas:
        return ""
    for diferencia in comprobar_base():
        _registro.warning("La base no es la que se instaló: %s.", diferencia)
    return str(entradas[HUELLA]["programa"])


def es_nueva(cargador: MigrationLoader) -> bool:
    """Whether no migration of the house has run in the database."""
    casa = {clave[0] for clave in huellas(cargador)}
    return not any(clave[0] in casa for clave in cargador.applied_migrations)


@cache
def programa() -> str:
    """Return the digest of what makes databases: the code and the SQL of this program."""
    raiz = Path(recaudo.__file__).parent
    suma = hashlib.sha256()
    for piso in ("domain", "infra", "project", "norma/catalogos", "reports/auditoria/huella"):
        for archivo in sorted((raiz / piso).rglob("*")):
            if archivo.suffix in {".py", ".sql", ".csv", ".yaml"}:
                suma.update(f"{archivo.relative_to(raiz)}\0".encode())
                suma.update(archivo.read_bytes())
    return suma.hexdigest()[:16]
