"""Seal the ledger: chained SHA-256 over everything posted since the last seal (D12)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.batches.sumar_tramo import sumar_tramo
from recaudo.domain.contabilidad.facts import LibroSellado
from recaudo.domain.contabilidad.models import SelloLibro
from recaudo.domain.contabilidad.queries import contenido_del_tramo, encadenar
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("sellar_libro", Permiso.LIBRO_SELLAR, LibroSellado)

#: The lot of ordinary traffic.
CORRIENTE = 0
#: Entries of one seal: small enough to point at a fault, few enough to chain in memory.
TRAMO = 5_000

_TRAMOS = """
SELECT n.lote, min(n.id), max(n.id)
  FROM (SELECT a.lote, a.id,
               (row_number() OVER (PARTITION BY a.lote ORDER BY a.id) - 1) / %(tramo)s AS tramo
          FROM contabilidad_asiento a
          LEFT JOIN (SELECT lote, max(hasta_id) AS hasta_id
                       FROM contabilidad_sellolibro GROUP BY lote) s ON s.lote = a.lote
         WHERE a.id > coalesce(s.hasta_id, 0)) n
 GROUP BY n.lote, n.tramo
 ORDER BY n.lote, n.tramo
"""


@dataclass(frozen=True, slots=True)
class ResultadoSello:
    """How many seals were added, over how many entries, and the last link of the chain."""

    sellos: int
    asientos: int
    huella: str


def sellar_libro(*, por: Actor, hoy: date, causa: int | None = None) -> ResultadoSello:
    """This act will seal every entry not yet sealed, in stretches chained to the last seal (D12).

    It waits for whoever is posting or sealing. With nothing to seal it adds no seal, only the fact,
    caused by `causa` when another fact ordered it.
    """
    with acto(ACTO, por=por, fecha=hoy, norma="C.D. 497 DG 7.ª", causa=causa) as abierto:
        with connection.cursor() as cursor:
            cursor.execute("SELECT recaudo_esperar_a_quien_asienta()")
            resultado = _sellar(cursor, abierto.hecho_id)
        abierto.declarar(LibroSellado(resultado.sellos, resultado.asientos, resultado.huella))
    return resultado


def _sellar(cursor: CursorWrapper, hecho_id: int) -> ResultadoSello:
    ultimo = SelloLibro.objects.order_by("-id").first()
    anterior = ultimo.huella if ultimo else ""
    total = 0
    cursor.execute(_TRAMOS, {"tramo": TRAMO})
    tramos = cursor.fetchall()
    for lote, desde, hasta in tramos:
        asientos, debe, contenido = contenido_del_tramo(cursor, lote=lote, desde=desde, hasta=hasta)
        huella = encadenar(anterior, contenido)
        SelloLibro.objects.create(
            lote=lote,
            desde_id=desde,
            hasta_id=hasta,
            asientos=asientos,
            debe=debe,
            contenido=contenido,
            huella=huella,
            anterior=anterior,
            sellado_en=Now(),
            hecho_id=hecho_id,
        )
        if lote == CORRIENTE:  # a mass lot kept its sums when it was born
            sumar_tramo(cursor, lote=lote, tramo=(desde, hasta), hecho_id=hecho_id)
        anterior = huella
        total += asientos
    return ResultadoSello(len(tramos), total, anterior)
