"""What the office sees: statements that reconcile, and the queue of unidentified money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import ExpressionWrapper, F

from recaudo.domain.recaudacion.models import (
    Comprobante,
    Ingreso,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.states import (
    MAQUINA_VALOR,
    EstadoComprobante,
)
from recaudo.infra.files.formatos.camt import MotivoRechazo
from recaudo.infra.orm import DineroField
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

_RUC = re.compile(r"(?<!\d)\d{13}(?!\d)", re.ASCII)
_MAXIMO_SUGERENCIAS = 10
#: Sentences of the reasons that are not of the queue (those are `ValorPorAplicar.Motivo`).
MOTIVOS: Final = {
    MotivoRechazo.IMPORTE_ILEGIBLE.value: "El importe no se puede leer",
    MotivoRechazo.IMPORTE_CERO.value: "El importe es cero",
    MotivoRechazo.OTRA_MONEDA.value: "No está en dólares",
    MotivoRechazo.NO_CONTABILIZADA.value: "El banco aún no la contabiliza",
    MotivoRechazo.SIN_SIGNO.value: "No dice si es un crédito o un débito",
    MotivoRechazo.SIN_FECHA.value: "No trae fecha",
    "ABONO": "Pagó una parte: se aplicó como abono",
    "REVERSO": "El banco se llevó un crédito anterior",
    "DESHIZO": "Deshizo el cobro que el banco se llevó",
    "IGUAL": "Misma cuenta, día e importe, con la misma referencia del banco o sin ninguna",
    "REFERENCIA": "Mismo día e importe, con referencia en solo uno de los dos mensajes",
    "FECHA": "Misma referencia e importe, asentada otro día en el otro mensaje",
    "EN_PARTES": "El otro mensaje la trajo en varias partes que suman lo mismo",
    "PIEZA": "El otro mensaje la trajo entera: sus partes suman lo mismo",
    "AGRUPADA_DUDOSA": "Puede ser lo que el otro mensaje trajo junto o en partes: decida usted",
    "OTRA_VEZ": "Otro extracto ya la había contado así",
    "LOTE_RECONOCIDO": "Una persona reconoció qué movimientos son sus piezas",
    "DESMENTIDA": "El extracto del banco no la tiene: se deshizo",
    "MISMO_EXTRACTO": "Otro extracto con los mismos saldos ya la trajo, con otra referencia",
}


class LineaNoExiste(Rechazo):
    """There is no such line."""

    mensaje = "No existe esa línea de extracto. Vuelva a la lista y elija una."


class ValorNoExiste(Rechazo):
    """There is no such value."""

    mensaje = "No existe ese valor por identificar. Vuelva a la lista y elija uno."


@dataclass(frozen=True, slots=True)
class LineaVista:
    """One line of a statement and what became of it."""

    id: int
    numero: int
    linea_archivo: int
    referencia: str
    fecha_contable: date | None
    fecha_valor: date | None
    fecha_transaccion: date | None
    importe: Dinero | None
    comision: Dinero
    ordenante: str
    comprobante_numero: str
    texto: str
    resultado: str
    motivo: str
    explicacion: str
    duplica_a: int | None
    detalla_a: int | None
    extracto_id: int
    es_credito: bool = True


@dataclass(frozen=True, slots=True)
class Sugerencia:
    """A comprobante that may be the one paid, what is left to pay with it, why it is suggested."""

    numero: str
    empleador_id: int
    por_pagar: Dinero
    valido_hasta: date
    estado: str
    por_que: str


@dataclass(frozen=True, slots=True)
class ValorVisto:
    """Money that waits for a decision, with its age in days."""

    id: int
    motivo: str
    explicacion: str
    importe: Dinero
    estado: str
    responsable: str
    recibido_el: date
    edad: int
    linea: LineaVista
    extracto_id: int
    canal: str
    actos: tuple[str, ...]
    sugerencias: tuple[Sugerencia, ...] = ()


def linea(linea_id: int) -> LineaVista:
    """Return one line; LineaNoExiste when there is none."""
    fila = LineaExtracto.objects.filter(pk=linea_id).first()
    if fila is None:
        raise LineaNoExiste
    return vista_de_linea(fila)


def valores_abiertos(
    *, hoy: date, motivo: str = "", canal: str = "", edad_minima: int = 0, limite: int = 500
) -> tuple[ValorVisto, ...]:
    """Return the open queue, oldest first; `edad_minima` in days."""
    filas = ValorPorAplicar.objects.filter(
        estado="abierto", recibido_el__lte=date.fromordinal(hoy.toordinal() - edad_minima)
    )
    if motivo:
        filas = filas.filter(motivo=motivo)
    if canal:
        lineas = LineaExtracto.objects.filter(cuenta__canal=canal.strip().upper())
        filas = filas.filter(ingreso_id__in=lineas.values("id"))
    vistas = list(filas.order_by("recibido_el", "id")[:limite])
    origenes = _origenes(vistas)
    return tuple(_valor(fila, hoy, origenes[fila.ingreso_id]) for fila in vistas)


def valor(valor_id: int, *, hoy: date) -> ValorVisto:
    """Return one value with the comprobantes that may explain it; ValorNoExiste otherwise."""
    fila = ValorPorAplicar.objects.filter(pk=valor_id).first()
    if fila is None:
        raise ValorNoExiste
    origen = _origenes([fila])[fila.ingreso_id]
    return _valor(fila, hoy, origen, sugerencias=_sugerencias(fila, origen.linea))


def fecha_del_ingreso(valor_: ValorPorAplicar) -> date:
    """Return the day on which the money of a value was paid: interest runs until it (R-VEN-04)."""
    return _origenes([valor_])[valor_.ingreso_id].linea.fecha_transaccion or valor_.recibido_el


@dataclass(frozen=True, slots=True)
class ComprobanteCitado:
    """The comprobante that a line cites, and whose it is."""

    numero: str
    empleador_id: int


def comprobante_citado(ingreso_id: int) -> ComprobanteCitado | None:
    """Return the comprobante that the line of that money cites, when there is one."""
    numeros = LineaExtracto.objects.filter(pk=ingreso_id).exclude(comprobante_numero="")
    fila = Comprobante.objects.filter(numero__in=numeros.values("comprobante_numero")).first()
    return ComprobanteCitado(fila.numero, fila.empleador_id) if fila is not None else None


def obligaciones_pagadas_por(hecho_id: int) -> tuple[int, ...]:
    """Return the debts that the payments of one fact touched (for the reactions of upper rooms)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.obligacion_id FROM recaudacion_pago p "
            "JOIN recaudacion_aplicacion a ON a.pago_id = p.id WHERE p.hecho_id = %s ORDER BY 1",
            [hecho_id],
        )
        return tuple(fila[0] for fila in cursor.fetchall())


def _sugerencias(fila: ValorPorAplicar, linea: LineaVista) -> tuple[Sugerencia, ...]:
    """The cited comprobante whatever its state, the employer's by RUC, those that lack as much."""
    rucs = _RUC.findall(f"{linea.texto} {linea.ordenante}")
    falta = ExpressionWrapper(F("importe") - F("abonado"), output_field=DineroField())
    vivos = Comprobante.objects.filter(estado=EstadoComprobante.GENERADO).annotate(falta=falta)
    busquedas: Sequence[tuple[str, Sequence[Comprobante]]] = [
        (
            "Es el comprobante que cita la línea",
            list(Comprobante.objects.filter(numero=linea.comprobante_numero)),
        ),
        (
            "El texto trae el RUC de su empleador",
            list(
                vivos.filter(empleador_id__in=_empleadores(rucs)).order_by("id")[
                    :_MAXIMO_SUGERENCIAS
                ]
            ),
        ),
        (
            "Tiene el mismo importe",
            list(vivos.filter(falta=fila.importe).order_by("-id")[:_MAXIMO_SUGERENCIAS]),
        ),
    ]
    vistas: dict[str, Sugerencia] = {}
    for por_que, encontrados in busquedas:
        for c in encontrados:
            vistas.setdefault(
                c.numero,
                Sugerencia(
                    c.numero,
                    c.empleador_id,
                    c.importe - c.abonado
                    if c.estado == EstadoComprobante.GENERADO
                    else Dinero.CERO,
                    c.valido_hasta,
                    c.estado,
                    por_que,
                ),
            )
    return tuple(vistas.values())[:_MAXIMO_SUGERENCIAS]


def _empleadores(rucs: Sequence[str]) -> list[int]:
    if not rucs:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM afiliacion_empleador WHERE ruc = ANY(%s)", [list(rucs)])
        return [fila[0] for fila in cursor.fetchall()]


def vista_de_linea(f: LineaExtracto) -> LineaVista:
    """Return a line as the doors see it."""
    return LineaVista(
        f.pk, f.numero, f.linea_archivo, f.referencia, f.fecha_contable, f.fecha_valor,
        f.fecha_transaccion, f.importe, f.comision, f.ordenante, f.comprobante_numero, f.texto,
        f.resultado, f.motivo, explicar(f.motivo), f.duplica_a, f.detalla_a, f.extracto_id,
        f.entrada is None or f.entrada >= Dinero.CERO,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Origen:
    """Where the money of a value came from: the line of a statement, or an ingreso read as one."""

    linea: LineaVista
    extracto_id: int
    canal: str


def _origenes(valores: Sequence[ValorPorAplicar]) -> dict[int, _Origen]:
    """Find the money of each value, by its number as ingreso."""
    numeros = [v.ingreso_id for v in valores]
    vistos = {
        f.pk: _Origen(vista_de_linea(f), f.extracto_id, f.cuenta.canal)
        for f in LineaExtracto.objects.filter(pk__in=numeros).select_related("cuenta")
    }
    for i in Ingreso.objects.filter(pk__in=set(numeros) - vistos.keys()):
        nombre = str(Ingreso.Tipo(i.tipo).label)
        linea = LineaVista(
            i.pk,
            0,
            0,
            i.referencia,
            i.fecha,
            i.fecha,
            i.fecha,
            i.importe,
            Dinero.CERO,
            nombre,
            "",
            "",
            "",
            "",
            "",
            None,
            None,
            0,
        )
        vistos[i.pk] = _Origen(linea, 0, nombre)
    return vistos


def _valor(
    f: ValorPorAplicar, hoy: date, origen: _Origen, sugerencias: tuple[Sugerencia, ...] = ()
) -> ValorVisto:
    return ValorVisto(
        f.pk, f.motivo, explicar(f.motivo), f.importe, f.estado, f.responsable, f.recibido_el,
        (hoy - f.recibido_el).days, origen.linea, origen.extracto_id, origen.canal,
        tuple(a for a in MAQUINA_VALOR.actos_desde(f.estado) if a == "aplicar_valor"), sugerencias,
    )  # fmt: skip


def explicar(motivo: str) -> str:
    """Return the reason of an outcome in words; empty when there is none."""
    if motivo in ValorPorAplicar.Motivo.values:
        return str(ValorPorAplicar.Motivo(motivo).label)
    return MOTIVOS.get(motivo, "")
