"""The set-based steps that undo payments: `reversar_pagos.sql`."""

from pathlib import Path

from django.db.backends.utils import CursorWrapper

from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL
from recaudo.infra.carga import PasosSql

_ARCHIVO = Path(__file__).with_name("reversar_pagos.sql")


def pasos_de_reverso(cursor: CursorWrapper, tabla: str) -> PasosSql:
    """Prepare the steps over `tabla`, the reversals that the caller left (see the act)."""
    return PasosSql(cursor, _ARCHIVO, {"nacional": NACIONAL}, {"reversos": tabla})
