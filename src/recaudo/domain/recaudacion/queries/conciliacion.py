"""What the office sees: statements that reconcile, and the queue of unidentified money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q

from recaudo.domain.recaudacion.models import (
    Comprobante,
    Extracto,
    Ingreso,
    LineaExtracto,
    ValorPorAplicar,
)
from recaudo.domain.recaudacion.states import MAQUINA_VALOR, EstadoComprobante
from recaudo.infra.files.formatos.camt import MotivoRechazo
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
    MotivoRechazo.DEBITO.value: "Es un débito: no es dinero recibido",
    MotivoRechazo.REVERSO.value: "El banco reversa un crédito anterior",
    MotivoRechazo.SIN_FECHA.value: "No trae fecha",
    "MONTO_DISTINTO": "Repite una referencia con otro importe: aclare con el banco",
    "ABONO": "Pagó una parte: se aplicó como abono",
}


class ExtractoNoExiste(Rechazo):
    """There is no such statement."""

    mensaje = "No existe ese extracto. Vuelva a la lista y elija uno."


class ValorNoExiste(Rechazo):
    """There is no such value."""

    mensaje = "No existe ese valor por identificar. Vuelva a la lista y elija uno."


@dataclass(frozen=True, slots=True)
class PasoDeConciliacion:
    """One row of the reconciliation: what should be equal, in USD (None: the bank does not say)."""

    nombre: str
    esperado: Dinero | None
    encontrado: Dinero
    cuadra: bool


@dataclass(frozen=True, slots=True)
class ExtractoVisto:
    """A statement and its figures."""

    id: int
    archivo_id: int
    nombre: str
    sha256: str
    formato: str
    canal: str
    cuenta: str
    desde: date | None
    hasta: date | None
    fecha_importacion: date
    importado_por: str
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    rechazadas: int
    total: Dinero
    cuadra: bool
    conciliacion: tuple[PasoDeConciliacion, ...]


@dataclass(frozen=True, slots=True)
class LineaVista:
    """One line of a statement and what became of it."""

    id: int
    numero: int
    linea_archivo: int
    referencia: str
    fecha_valor: date | None
    fecha_transaccion: date | None
    importe: Dinero | None
    ordenante: str
    comprobante_numero: str
    texto: str
    resultado: str
    motivo: str
    explicacion: str
    duplica_a: int | None


@dataclass(frozen=True, slots=True)
class Sugerencia:
    """A comprobante that may be the one paid, and why it is suggested."""

    numero: str
    empleador_id: int
    importe: Dinero
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


def extractos(*, canal: str = "", limite: int = 200) -> tuple[ExtractoVisto, ...]:
    """Return the statements, newest first."""
    filas = Extracto.objects.order_by("-id")
    if canal:
        filas = filas.filter(canal=canal.strip().upper())
    return tuple(_extracto(fila) for fila in filas[:limite])


def extracto(extracto_id: int) -> ExtractoVisto:
    """Return one statement with its reconciliation; ExtractoNoExiste when there is none."""
    fila = Extracto.objects.filter(pk=extracto_id).first()
    if fila is None:
        raise ExtractoNoExiste
    return _extracto(fila)


def lineas_de(
    extracto_id: int, *, resultado: str = "", desde: int = 0, limite: int = 100
) -> tuple[LineaVista, ...]:
    """Return lines of a statement in the order of the file, by outcome, from line `desde` on."""
    tramo = Extracto.objects.filter(pk=extracto_id).values_list("base_linea", "lineas").first()
    if tramo is None:
        return ()
    base, lineas = tramo
    filas = LineaExtracto.objects.filter(id__gt=base + desde, id__lte=base + lineas)
    if resultado:
        filas = filas.filter(resultado=resultado)
    return tuple(_linea(fila) for fila in filas.order_by("id")[:limite])


def lineas_por_aclarar(*, limite: int = 200) -> tuple[LineaVista, ...]:
    """Return what did not enter and must be asked to the bank, newest first."""
    filas = LineaExtracto.objects.filter(
        Q(resultado="DUPLICADA", motivo="MONTO_DISTINTO")
        | Q(resultado="RECHAZADA", motivo__in=["IMPORTE_ILEGIBLE", "REVERSO", "SIN_FECHA"])
    )
    return tuple(_linea(fila) for fila in filas.order_by("-id")[:limite])


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
        lineas = LineaExtracto.objects.filter(canal=canal.strip().upper())
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
    """The cited comprobante whatever its state, the employer's by RUC, those of the same amount."""
    rucs = _RUC.findall(f"{linea.texto} {linea.ordenante}")
    vivos = Comprobante.objects.filter(estado=EstadoComprobante.GENERADO)
    busquedas = [
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
            list(vivos.filter(importe=fila.importe).order_by("-id")[:_MAXIMO_SUGERENCIAS]),
        ),
    ]
    vistas: dict[str, Sugerencia] = {}
    for por_que, encontrados in busquedas:
        for c in encontrados:
            vistas.setdefault(
                c.numero,
                Sugerencia(c.numero, c.empleador_id, c.importe, c.valido_hasta, c.estado, por_que),
            )
    return tuple(vistas.values())[:_MAXIMO_SUGERENCIAS]


def _empleadores(rucs: Sequence[str]) -> list[int]:
    if not rucs:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM afiliacion_empleador WHERE ruc = ANY(%s)", [list(rucs)])
        return [fila[0] for fila in cursor.fetchall()]


def _extracto(f: Extracto) -> ExtractoVisto:
    cero = Dinero.CERO
    leido = f.total + f.total_duplicado + f.total_rechazado
    pasos = [
        PasoDeConciliacion(
            "Créditos que declara el banco", f.declarado_total, leido, f.totales_cuadran
        ),
    ]  # fmt: skip
    if f.saldo_inicial is not None and f.saldo_final is not None:
        esperado = f.saldo_final - f.saldo_inicial + f.total_debitos
        pasos.append(
            PasoDeConciliacion(
                "Diferencia entre saldos, sin débitos", esperado, leido, f.saldos_cuadran
            )
        )
    pasos.append(
        PasoDeConciliacion("Entró al libro en bancos", f.total, f.asentado, f.total == f.asentado)
    )
    if f.total_duplicado != cero:
        pasos.append(
            PasoDeConciliacion(
                "Ya había entrado (líneas duplicadas)", None, f.total_duplicado, cuadra=True
            )
        )
    return ExtractoVisto(
        f.pk, f.archivo_id, f.nombre, f.sha256, f.formato, f.canal, f.cuenta, f.desde, f.hasta,
        f.fecha_importacion, f.importado_por, f.lineas, f.aplicadas, f.credito_a_favor,
        f.por_identificar, f.duplicadas, f.rechazadas, f.total, f.cuadra, tuple(pasos),
    )  # fmt: skip


def _linea(f: LineaExtracto) -> LineaVista:
    return LineaVista(
        f.pk, f.numero, f.linea_archivo, f.referencia, f.fecha_valor, f.fecha_transaccion,
        f.importe, f.ordenante, f.comprobante_numero, f.texto, f.resultado, f.motivo,
        _explicar(f.motivo), f.duplica_a,
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
        f.pk: _Origen(_linea(f), f.extracto_id, f.canal)
        for f in LineaExtracto.objects.filter(pk__in=numeros)
    }
    for i in Ingreso.objects.filter(pk__in=set(numeros) - vistos.keys()):
        nombre = str(Ingreso.Tipo(i.tipo).label)
        linea = LineaVista(
            i.pk, 0, 0, i.referencia, i.fecha, i.fecha, i.importe, nombre, "", "", "", "", "", None
        )
        vistos[i.pk] = _Origen(linea, 0, nombre)
    return vistos


def _valor(
    f: ValorPorAplicar, hoy: date, origen: _Origen, sugerencias: tuple[Sugerencia, ...] = ()
) -> ValorVisto:
    return ValorVisto(
        f.pk, f.motivo, _explicar(f.motivo), f.importe, f.estado, f.responsable, f.recibido_el,
        (hoy - f.recibido_el).days, origen.linea, origen.extracto_id, origen.canal,
        MAQUINA_VALOR.actos_desde(f.estado), sugerencias,
    )  # fmt: skip


def _explicar(motivo: str) -> str:
    if motivo in ValorPorAplicar.Motivo.values:
        return str(ValorPorAplicar.Motivo(motivo).label)
    return MOTIVOS.get(motivo, "")
