"""How far earlier audits saw, as it was signed outside the database: a row here proves nothing."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from recaudo.infra.firmas import libreta
from recaudo.reports.auditoria.facts import AuditoriaEjecutada

MARCA: Final = "marca"
_ESTA: Final = """
SELECT 1 FROM audit_hecho
 WHERE id = %(hecho)s AND tipo = %(tipo)s AND despues ->> 'violaciones' = '0'
   AND despues ->> 'hasta_hecho' = %(hasta)s::text
"""


def ultimo_hecho_sano() -> int:
    """Return the last fact covered by an audit that found nothing, as it was signed.

    0, which means all of it, when nothing was signed or the notebook cannot be believed.
    """
    sana = marca()
    return 0 if sana is None else int(sana["hasta"])


def marca() -> Mapping[str, int] | None:
    """Return the signed mark, the fact of an audit and how far it saw; None without one."""
    try:
        leida: Mapping[str, int] | None = libreta.leer().get(MARCA)
    except (libreta.LibretaPerdida, libreta.LibretaFalsa):
        return None
    return leida


def marcar(*, hecho: int, hasta: int) -> None:
    """Sign how far a sound audit saw, once its fact is kept; nothing if no notebook is believed."""

    def escribir() -> None:
        try:
            libreta.leer()
        except (libreta.LibretaPerdida, libreta.LibretaFalsa):
            return
        libreta.anotar(MARCA, {"hecho": hecho, "hasta": hasta})

    transaction.on_commit(escribir)


def esta(cursor: Any, sana: Mapping[str, int]) -> bool:
    """Whether the database has the fact of that audit, saying the same."""
    cursor.execute(_ESTA, {**sana, "tipo": AuditoriaEjecutada.tipo})
    return cursor.fetchone() is not None
