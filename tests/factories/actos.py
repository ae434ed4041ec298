"""Acts of tests: one that states a fact of nothing, or one that passes for another."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import connection, transaction

from recaudo.infra.audit.hechos import Acto, HechoDeclarado
from recaudo.infra.carga import naciendo
from recaudo.infra.security.permisos import Permiso


@dataclass(frozen=True)
class Probado:
    """A fact of nothing, for acts of tests."""

    tipo: ClassVar[str] = "Prueba"
    objeto_tipo: ClassVar[str] = "prueba"
    objeto_id: int = 1

    def frase(self) -> str:
        return "Una prueba."


@contextmanager
def nace_por(acto: str, fecha: date = date(2026, 9, 1)) -> Iterator[None]:
    """Let a factory make rows be born as an act does, without its fact."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        naciendo(cursor, acto, fecha=fecha),
    ):
        yield


def acto_de_prueba(
    permiso: Permiso = Permiso.PLANILLAS_EMITIR,
    *hechos: type[HechoDeclarado],
    como: str = "prueba",
) -> Acto:
    """An act that asks that permission and may state those facts, under the name of another."""
    return Acto(como, permiso, Probado, *hechos)
