"""Seal what never changes of every table: the records of all rooms, in one chain."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from recaudo.domain.cartera.facts import RegistrosSellados
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.audit.sellos import firmar_ultimo, sellar_lo_nuevo
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO: Final = Acto("sellar_registros", Permiso.LIBRO_SELLAR, RegistrosSellados)


@dataclass(frozen=True, slots=True)
class ResultadoDeSellado:
    """How many stretches were sealed, of how many records, and the last link of the chain."""

    sellos: int
    filas: int
    huella: str


def sellar_registros(*, por: Actor, hoy: date, causa: int | None = None) -> ResultadoDeSellado:
    """This act will seal the fixed columns of what was kept since the last seal, of every table.

    The last link is also signed outside the database once this is kept. It waits a few seconds for
    those who are writing; if they go on, it seals nothing and the next close does. Refuses
    SinPermiso (C.D. 497 DG 7.ª: what supports each account is kept).
    """
    with acto(ACTO, por=por, fecha=hoy, norma="C.D. 497 DG 7.ª", causa=causa) as abierto:
        with connection.cursor() as cursor:
            hecho = ResultadoDeSellado(*sellar_lo_nuevo(cursor, hecho_id=abierto.hecho_id))
        abierto.declarar(RegistrosSellados(hecho.sellos, hecho.filas, hecho.huella))
        transaction.on_commit(firmar_ultimo)
    return hecho
