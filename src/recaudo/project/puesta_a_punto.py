"""Make a database ready: migrations, then accounts, transition tables and places."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from recaudo.domain.contabilidad.actions.cargar_plan_de_cuentas import cargar_plan_de_cuentas
from recaudo.domain.organizacion.actions.cargar_division_politica import cargar_division_politica
from recaudo.infra import clock
from recaudo.infra.audit.cargar_maquinas import cargar_maquinas
from recaudo.project.version_de_la_base import anotar_version, exigir_la_misma_version
from recaudo.project.wiring import MAQUINAS


def cargar_catalogos() -> None:
    """Load the chart of accounts, the transition tables, provinces and cantons. Idempotent."""
    cargar_maquinas(MAQUINAS, hoy=clock.hoy())
    cargar_plan_de_cuentas()
    cargar_division_politica()


def preparar_base() -> None:
    """Migrate and load the catalogues. Running it again changes nothing.

    Only what is pending is migrated: with nothing pending, the history of every model is not built
    again at each start to find that out. Refuses BaseDeOtraVersion, before anything is touched.
    """
    cargador = MigrationLoader(connection)
    exigir_la_misma_version(cargador)
    anotar_version(cargador)  # before: a start that is killed half way is gone on with
    if any(clave not in cargador.applied_migrations for clave in cargador.graph.nodes):
        call_command("migrate", verbosity=0, interactive=False)
    cargar_catalogos()
