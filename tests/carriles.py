"""The lanes of the suite: which test runs in which, how long each may take, and on which servers.

`ley` knows no database: kernel and law. `cuartos` are the rooms, what holds them up and the taste
of the house. `puertas` are the doors and the stories. `navegador` opens a real browser. A lane runs
as one step of `make test`; its budget is wall seconds on two quiet cores, thirteen minutes in all
with the checks that come before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final


@dataclass(frozen=True, slots=True)
class Carril:
    """One lane: its name, the folders it runs, its budget, and whether it has a database."""

    nombre: str
    carpetas: tuple[str, ...]
    presupuesto_segundos: int
    con_base: bool = True

    def es_suya(self, ruta: str) -> bool:
        """Say whether a test file, as a path from the root, belongs to it."""
        partes = PurePosixPath(ruta).parts
        return any(partes[: len(PurePosixPath(c).parts)] == PurePosixPath(c).parts
                   for c in self.carpetas)  # fmt: skip


CARRILES: Final = (
    Carril("ley", ("tests/kernel", "tests/norma"), 20, con_base=False),
    Carril(
        "cuartos",
        ("tests/architecture", "tests/batches", "tests/domain", "tests/infra", "tests/reports"),
        180,
    ),
    Carril("puertas", ("tests/flows", "tests/interfaces", "tests/juguete"), 250),
    Carril("navegador", ("tests/navegador",), 180),
)
#: The seconds of the checks without tests.
COMPROBACIONES: Final = 20
#: On the oldest supported PostgreSQL: what its version could change.
OTRO_SERVIDOR: Final = Carril(
    "otra versión de PostgreSQL",
    ("tests/batches", "tests/domain", "tests/infra", "tests/reports", "tests/flows"),
    120,
)


#: The files that take longest, longest first: begun first, both workers end together.
LARGOS: Final = (
    "tests/navegador/test_recorrido_oficina.py",
    "tests/navegador/test_recorrido_portal.py",
    "tests/navegador/test_viaje_glosa.py",
    "tests/navegador/test_viaje_recaudador.py",
    "tests/navegador/test_errores.py",
    "tests/juguete/test_cuarto_de_juguete.py",
    "tests/interfaces/hostil/test_direcciones_hostiles.py",
    "tests/interfaces/hostil/test_envios_hostiles.py",
    "tests/interfaces/batch/test_respaldos.py",
    "tests/interfaces/batch/test_caidas.py",
    "tests/interfaces/batch/test_puerta_abierta.py",
    "tests/interfaces/batch/test_produccion_entera.py",
    "tests/interfaces/batch/test_demo.py",
    "tests/interfaces/test_fugas.py",
    "tests/interfaces/batch/test_medir.py",
    "tests/flows/test_ciclo.py",
    "tests/interfaces/test_direcciones.py",
    "tests/interfaces/test_nada_escribe.py",
    "tests/interfaces/oficina/test_pantallas.py",
    "tests/flows/test_palabras.py",
    "tests/interfaces/batch/test_servir.py",
    "tests/interfaces/batch/test_auditoria.py",
    "tests/interfaces/oficina/test_paginas.py",
    "tests/interfaces/oficina/test_revisiones.py",
    "tests/interfaces/oficina/test_listas.py",
    "tests/domain/recaudacion/test_juicio_del_banco.py",
    "tests/domain/recaudacion/test_reversar_pagos.py",
    "tests/infra/test_postgres.py",
    "tests/domain/recaudacion/test_reimputar_pagos.py",
    "tests/infra/documents/test_dibujo.py",
    "tests/domain/recaudacion/test_aprobar_desmentido.py",
    "tests/domain/recaudacion/test_apertura.py",
    "tests/domain/cartera/test_cerrar_dia.py",
    "tests/architecture/test_house.py",
    "tests/domain/recaudacion/test_nucleo_propiedades.py",
    "tests/domain/recaudacion/test_banco_propiedades.py",
    "tests/batches/test_emision_interrumpida.py",
    "tests/domain/recaudacion/test_extracto_propiedades.py",
    "tests/reports/auditoria/test_auditar_y_anotar.py",
    "tests/reports/auditoria/test_auditoria.py",
)


def carril_de(ruta: str) -> str | None:
    """Return the lane of a test file, or None."""
    return next((c.nombre for c in CARRILES if c.es_suya(ruta)), None)


def sin_carril(rutas: Iterable[str]) -> list[str]:
    """Return the test files that no lane runs."""
    return [ruta for ruta in rutas if carril_de(ruta) is None]
