"""Affirm which entries are the pieces of one that another message told whole."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.actions._declaracion import ajustar_apertura
from recaudo.domain.recaudacion.actions._lote import MOTIVO, LoteSinRazon, razon_limpia
from recaudo.domain.recaudacion.actions._recepcion import NORMA, bloquear_importaciones
from recaudo.domain.recaudacion.actions._sacar_del_libro import sacar_cargo, sacar_credito
from recaudo.domain.recaudacion.batches.detallar_lote import depositar, pagar_con_el_lote
from recaudo.domain.recaudacion.facts import DeudasPagadas, LoteAfirmado
from recaudo.domain.recaudacion.models import (
    Ingreso,
    LineaExtracto,
    LoteReconocido,
    PiezaContada,
)
from recaudo.domain.recaudacion.queries import LoteVisto, los_que_repiten, lote_visto, prever_linea
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

__all__ = ["ACTO", "LoteSinRazon", "reconocer_lote"]
ACTO = Acto("reconocer_lote", Permiso.LOTE_RECONOCER, LoteAfirmado, DeudasPagadas)


class NoEsUnLote(Rechazo):
    """Nothing can be said of that line: the reason is said in words."""

    norma = NORMA


class PiezasQueNoSon(Rechazo):
    """What was chosen is not what the batch can be made of."""

    mensaje = "Elija al menos dos piezas de la lista: de la misma cuenta, día y signo."
    norma = NORMA

    @classmethod
    def por_suma(cls, suman: Dinero, entera: Dinero) -> "PiezasQueNoSon":
        """Say both sums."""
        return cls(
            f"Las piezas elegidas suman {abs(suman).formato()} y el movimiento entero es de "
            f"{abs(entera).formato()}: elija las que sumen lo mismo."
        )

    @classmethod
    def por_cuenta(cls, son: int, dice: int) -> "PiezasQueNoSon":
        """Say both counts."""
        return cls(
            f"El banco dice que trae {dice} transacciones y las piezas elegidas son {son}: elija "
            "tantas como dice."
        )


class ElBancoTieneLasDos(Rechazo):
    """With the pieces alone the books would be further from the bank: they are other money."""

    norma = NORMA


def reconocer_lote(
    *, linea_id: int, piezas: Sequence[int], por: Actor, hoy: date, razon: str
) -> LoteReconocido:
    """This act will say that those are the pieces of a batch told whole (D11, D26), with a reason.

    Their sum is its own, and so is their count where the bank says it. Pieces of the books: the
    whole is believed seen in them, and leaves the books if it had entered. Pieces that had not
    entered: they say what the whole paid, and pay it with its money. A statement that told either
    proves the deposit. To deny it is to declare the line money of its own. Raises LineaNoExiste,
    NoEsUnLote, PiezasQueNoSon, ElBancoTieneLasDos, LoteSinRazon, SinPermiso.
    """
    por.exigir(Permiso.LOTE_RECONOCER)
    razon = razon_limpia(razon)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a, connection.cursor() as cursor:
        bloquear_importaciones(cursor)
        visto = lote_visto(linea_id)
        if visto.impedimento:
            raise NoEsUnLote(visto.impedimento)
        entera = LineaExtracto.objects.select_related("extracto").get(pk=visto.entera.id)
        suyas = _elegidas(visto, piezas)
        fila = _escribir(a, visto, entera, suyas, razon)
        if visto.en_el_libro:
            _contar(a, cursor, visto, fila, suyas)
        else:
            pagar_con_el_lote(cursor, a, entera, suyas, motivo=MOTIVO)
        a.declarar(
            LoteAfirmado(
                entera.extracto_id, entera.numero, tuple(fila.piezas), abs(visto.importe), razon
            )
        )
    return fila


def _elegidas(visto: LoteVisto, piezas: Sequence[int]) -> list[LineaExtracto]:
    """Return the chosen lines, or refuse what they cannot be."""
    pedidas = set(piezas)
    if len(pedidas) < 2 or not pedidas <= {x.id for x in visto.candidatas}:
        raise PiezasQueNoSon
    suyas = list(LineaExtracto.objects.filter(pk__in=pedidas).order_by("id"))
    suman = sum((x.entrada or Dinero.CERO for x in suyas), Dinero.CERO)
    if suman != visto.importe:
        raise PiezasQueNoSon.por_suma(suman, visto.importe)
    son = sum(max(x.transacciones, 1) for x in suyas)
    if visto.transacciones > 1 and son != visto.transacciones:
        raise PiezasQueNoSon.por_cuenta(son, visto.transacciones)
    return suyas


def _escribir(
    a: ActoAbierto,
    visto: LoteVisto,
    entera: LineaExtracto,
    suyas: Sequence[LineaExtracto],
    razon: str,
) -> LoteReconocido:
    cambian = {entera.pk, *(x.pk for x in suyas)}
    salio = visto.movimiento_id if visto.en_el_libro else None
    if salio is not None:
        cambian |= {salio, *(x.pk for x in los_que_repiten(salio))}
    return LoteReconocido.objects.create(
        entera=entera, salio_id=salio, piezas=[x.pk for x in suyas], lineas=sorted(cambian),
        importe=visto.importe, razon=razon, reconocido_por=a.por.nombre,
        reconocido_por_id=a.por.id, reconocido_en=Now(), hecho_id=a.hecho_id,
    )  # fmt: skip


def _contar(
    a: ActoAbierto,
    cursor: CursorWrapper,
    visto: LoteVisto,
    fila: LoteReconocido,
    suyas: Sequence[LineaExtracto],
) -> None:
    """The whole is another way of telling entries of the books: it is seen in them."""
    cuentan = [fila.entera]
    if fila.salio is not None:
        cuentan = [fila.salio, *los_que_repiten(fila.salio.pk)]
        _sacar(a, cursor, fila.salio)
    testigo = next((x for x in cuentan if x.extracto.formato == "camt053"), fila.entera)
    LineaExtracto.objects.filter(pk__in={x.pk for x in (*cuentan, fila.entera)}).update(
        resultado=LineaExtracto.Resultado.YA_VISTA, motivo=MOTIVO, ocurrencia=0,
        duplica_a=suyas[0].pk,
    )  # fmt: skip
    PiezaContada.objects.bulk_create(
        PiezaContada(movimiento_id=x.pk, linea_id=testigo.pk) for x in suyas
    )
    if testigo.extracto.formato == "camt053":
        depositar([x.pk for x in suyas])


def _sacar(a: ActoAbierto, cursor: CursorWrapper, entera: LineaExtracto) -> None:
    """Take the whole out of the books: its money is that of its pieces, which are there."""
    dice = prever_linea(entera.pk, sale=True)
    if dice is not None and not dice.acerca:
        msg = (
            "El banco cerró ese día con el dinero del movimiento entero y el de las piezas: no son "
            "el mismo. Si alguna no es suya, decídala aparte."
        )
        raise ElBancoTieneLasDos(msg)
    if (entera.entrada or Dinero.CERO) < Dinero.CERO:
        sacar_cargo(a, entera, concepto="lote reconocido")
    else:
        sacar_credito(
            a, cursor, [entera], cuenta=cuenta_de_banco(entera.cuenta_id),
            tipo=Ingreso.Tipo.LOTE, razon="Es el dinero de sus piezas, que ya está en el libro",
        )  # fmt: skip
    ajustar_apertura(a, entera, -(entera.entrada or Dinero.CERO))
