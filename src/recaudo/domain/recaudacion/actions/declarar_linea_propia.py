"""Say that a line believed seen is money of its own."""

from datetime import date

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.actions._declaracion import (
    ajustar_apertura,
)
from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    bloquear_importaciones,
)
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL, RESPONSABLE
from recaudo.domain.recaudacion.facts import LineaDeclaradaPropia
from recaudo.domain.recaudacion.models import (
    DineroDeclarado,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import (
    patas_de_cargo,
    patas_de_valor_recibido,
)
from recaudo.domain.recaudacion.queries import LineaNoExiste, PrevisionDeLinea, prever_linea
from recaudo.domain.recaudacion.queries.cargos import partes_de_la_entrada
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("declarar_linea_propia", Permiso.LINEA_DECLARAR_PROPIA, LineaDeclaradaPropia)


class LineaNoEsRepetida(Rechazo):
    """Only a line that the machine believed seen can be declared money of its own."""

    mensaje = "Esa línea no está entre las ya vistas: no hace falta declararla."
    norma = NORMA


class YaSeRevirtio(Rechazo):
    """It was declared, and another person reverted that: only the bank may tell it again."""

    mensaje = "Esa línea ya se declaró y otra persona lo revirtió: pida al banco otro extracto."
    norma = NORMA


class DeclaracionSinRazon(Rechazo):
    """Money is never added to the books without saying why."""

    mensaje = "Escriba cómo se sabe que es dinero aparte, en 400 letras como máximo."
    norma = NORMA


class ElBancoNoLaTiene(Rechazo):
    """The balances of the bank say that the line is no money of its own."""

    norma = NORMA

    @classmethod
    def de(cls, dice: PrevisionDeLinea) -> "ElBancoNoLaTiene":
        """Say what the bank closed with and what the books would have."""
        lado = "más" if dice.despues > Dinero.CERO else "menos"
        return cls(
            f"El banco cerró el {dice.fecha:%d/%m/%Y} con los saldos del extracto "
            f"{dice.extracto_id}: con esta línea el libro tendría {abs(dice.despues).formato()} "
            f"{lado} que el banco. No es dinero aparte; si lo fuera, pida al banco otro extracto."
        )


def declarar_linea_propia(*, linea_id: int, por: Actor, hoy: date, razon: str) -> LineaExtracto:
    """This act will enter an entry believed seen as money of its own, to be identified (D11).

    A part stands for its whole entry. It takes the next place among the equal ones of its day, so
    that the same statement again finds it known. The bank is the judge: on a day that it closed,
    only what leaves the books nearer to its balance is money. Raises LineaNoExiste,
    LineaNoEsRepetida, ElBancoNoLaTiene, DeclaracionSinRazon, SinPermiso.
    """
    por.exigir(Permiso.LINEA_DECLARAR_PROPIA)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise DeclaracionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        with connection.cursor() as cursor:
            bloquear_importaciones(cursor)
        pedida = LineaExtracto.objects.filter(pk=linea_id).first()
        if pedida is None:
            raise LineaNoExiste
        primera = LineaExtracto.objects.get(pk=pedida.pk - max(pedida.parte - 1, 0))
        if primera.resultado != LineaExtracto.Resultado.YA_VISTA:
            raise LineaNoEsRepetida
        if DineroDeclarado.objects.filter(pk=primera.pk).exists():
            raise YaSeRevirtio
        if (dice := prever_linea(primera.pk)) is not None and not dice.acerca:
            raise ElBancoNoLaTiene.de(dice)
        DineroDeclarado.objects.create(
            linea=primera, razon=razon, motivo_previo=primera.motivo, declarado_por=por.nombre,
            declarado_por_id=por.id, declarado_en=Now(), hecho_id=a.hecho_id,
        )  # fmt: skip
        for orden, linea in enumerate(partes_de_la_entrada(primera)):
            _entrar(a, linea, ocurrencia=0 if orden else _siguiente(primera))
        ajustar_apertura(a, primera, primera.entrada or Dinero.CERO)
        a.declarar(
            LineaDeclaradaPropia(
                primera.extracto_id, primera.numero, abs(primera.entrada or Dinero.CERO), razon
            )
        )
        primera.refresh_from_db()
    return primera


def _siguiente(primera: LineaExtracto) -> int:
    """Return the next place among the equal entries of the account and day."""
    iguales = LineaExtracto.objects.filter(
        cuenta_id=primera.cuenta_id, fecha_contable=primera.fecha_contable,
        referencia=primera.referencia, entrada=primera.entrada,
    )  # fmt: skip
    return int(iguales.aggregate(m=Max("ocurrencia"))["m"]) + 1


def _entrar(a: ActoAbierto, linea: LineaExtracto, *, ocurrencia: int) -> None:
    es_credito = (linea.entrada or Dinero.CERO) > Dinero.CERO
    resultado = (
        LineaExtracto.Resultado.POR_IDENTIFICAR if es_credito else LineaExtracto.Resultado.CARGO
    )
    motivo = ValorPorAplicar.Motivo.DECLARADO_PROPIO
    LineaExtracto.objects.filter(pk=linea.pk).update(
        resultado=resultado, motivo=motivo, ocurrencia=ocurrencia
    )
    banco, importe = cuenta_de_banco(linea.cuenta_id), linea.importe or Dinero.CERO
    if es_credito:
        ValorPorAplicar.objects.create(
            ingreso_id=linea.pk, motivo=motivo, importe=importe, responsable=RESPONSABLE,
            recibido_el=a.fecha,
        )  # fmt: skip
        patas = patas_de_valor_recibido(banco=banco, importe=importe, comision=linea.comision)
    else:
        patas = patas_de_cargo(banco=banco, importe=importe)
    asentar(
        acto=a, concepto="dinero declarado", origen=("linea_extracto", linea.pk),
        provincia=NACIONAL, patas=patas,
    )  # fmt: skip
