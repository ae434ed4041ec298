"""Invariants of the audit that does not believe what it reads: what was installed, settings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings

from recaudo.reports.auditoria.huella import comparar

Fila = Mapping[str, Any]


def huella_distinta(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S12: things that are not as they were installed and signed outside the database."""
    return [asdict(d) for d in comparar.diferencias(cursor)]


def ajustes_del_servidor(cursor: Any, _desde: int) -> Sequence[Fila]:
    """S15: settings with which what was acknowledged could be lost, or the guards sleep."""
    return [asdict(d) for d in comparar.ajustes_distintos(cursor, settings.AMBIENTE)]
