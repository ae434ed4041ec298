"""Say that a line believed seen is money of its own."""

from datetime import date

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Now

from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.plan_contable import cuenta_de_banco
from recaudo.domain.recaudacion.actions._recepcion import (
    LARGO_RAZON,
    NORMA,
    bloquear_importaciones,
)
from recaudo.domain.recaudacion.batches.aplicar_ingresos import NACIONAL, RESPONSABLE
from recaudo.domain.recaudacion.facts import LineaDeclaradaPropia
from recaudo.domain.recaudacion.models import (
    DineroDeclarado,
    Extracto,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.plan_contable import (
    patas_de_apertura,
    patas_de_cargo,
    patas_de_valor_recibido,
)
from recaudo.domain.recaudacion.queries import LineaNoExiste
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("declarar_linea_propia", Permiso.LINEA_DECLARAR_PROPIA, LineaDeclaradaPropia)


class LineaNoEsRepetida(Rechazo):
    """Only a line that the machine believed seen can be declared money of its own."""

    mensaje = "Esa línea no está entre las ya vistas: no hace falta declararla."
    norma = NORMA


class DeclaracionSinRazon(Rechazo):
    """Money is never added to the books without saying why."""

    mensaje = "Escriba cómo se sabe que es dinero aparte, en 400 letras como máximo."
    norma = NORMA


def declarar_linea_propia(*, linea_id: int, por: Actor, hoy: date, razon: str) -> LineaExtracto:
    """This act will enter an entry believed seen as money of its own, to be identified (D11).

    A part stands for its whole entry. It takes the next place among the equal ones of its day, so
    that the same statement again finds it known. Raises LineaNoExiste, LineaNoEsRepetida,
    DeclaracionSinRazon, SinPermiso.
    """
    por.exigir(Permiso.LINEA_DECLARAR_PROPIA)
    razon = " ".join(razon.split())
    if not 0 < len(razon) <= LARGO_RAZON:
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
        DineroDeclarado.objects.create(
            linea=primera, razon=razon, declarado_por=por.nombre, declarado_en=Now(),
            hecho_id=a.hecho_id,
        )  # fmt: skip
        for orden, linea in enumerate(_partes(primera)):
            _entrar(a, linea, ocurrencia=0 if orden else _siguiente(primera))
        _dentro_de_la_apertura(a, primera)
        a.declarar(
            LineaDeclaradaPropia(
                primera.extracto_id, primera.numero, abs(primera.entrada or Dinero.CERO), razon
            )
        )
        primera.refresh_from_db()
    return primera


def _partes(primera: LineaExtracto) -> list[LineaExtracto]:
    """Return the lines of an entry: itself, or its parts, which follow one another."""
    if primera.parte == 0:
        return [primera]
    siguientes = LineaExtracto.objects.filter(
        extracto_id=primera.extracto_id, pk__gte=primera.pk, pk__lt=primera.pk + 50_000
    ).order_by("id")
    partes = []
    for orden, linea in enumerate(siguientes, start=1):
        if linea.parte != orden:
            break
        partes.append(linea)
    return partes


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


def _dentro_de_la_apertura(a: ActoAbierto, primera: LineaExtracto) -> None:
    """What is older than the opening balance of the account is inside it already."""
    apertura = Extracto.objects.filter(cuenta_id=primera.cuenta_id, es_apertura=True).first()
    if apertura is None or apertura.primera_fecha is None or primera.fecha_contable is None:
        return
    if primera.fecha_contable < apertura.primera_fecha and primera.entrada:
        asentar(
            acto=a, concepto="saldo de apertura", origen=("linea_extracto", primera.pk),
            provincia=NACIONAL,
            patas=patas_de_apertura(
                banco=cuenta_de_banco(primera.cuenta_id), importe=-primera.entrada
            ),
        )  # fmt: skip
