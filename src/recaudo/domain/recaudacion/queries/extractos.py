"""Statements of the own accounts: what each declares, what became of it, what should be equal."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.states import MAQUINA_EXTRACTO, EstadoExtracto
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

#: Why a statement is held.
RETENCIONES: Final = {
    "SIN_CUENTA": "El archivo no dice de qué cuenta es",
    "CUENTA_DESCONOCIDA": "La cuenta no está registrada",
    "OTRA_MONEDA": "La cuenta no está en dólares",
    "TOTALES_CONTRADICHOS": "Los totales que declara el banco no son los de sus líneas",
    "SALDOS_CONTRADICHOS": "Los saldos que declara el banco no son los de sus líneas",
}


class ExtractoNoExiste(Rechazo):
    """There is no such statement."""

    mensaje = "No existe ese extracto. Vuelva a la lista y elija uno."


@dataclass(frozen=True, slots=True)
class PasoDeConciliacion:
    """One row of the reconciliation: what should be equal, in USD (None: the bank does not say)."""

    nombre: str
    esperado: Dinero | None
    encontrado: Dinero | None
    cuadra: bool


@dataclass(frozen=True, slots=True)
class ExtractoVisto:
    """A statement and its figures."""

    id: int
    archivo_id: int
    nombre: str
    sha256: str
    orden: int
    formato: str
    cuenta_id: int | None
    canal: str
    cuenta: str
    banco: str
    desde: date | None
    hasta: date | None
    estado: str
    retencion: str
    por_que_se_retiene: str
    recibido_el: date
    recibido_por: str
    recibido_por_id: int | None
    fecha_importacion: date
    importado_por: str
    razon: str
    lineas: int
    aplicadas: int
    credito_a_favor: int
    por_identificar: int
    duplicadas: int
    cargos: int
    rechazadas: int
    detalladas: int
    total: Dinero
    total_creditos: Dinero
    total_debitos: Dinero
    saldo_inicial: Dinero | None
    saldo_final: Dinero | None
    cuadra: bool
    actos: tuple[str, ...]
    conciliacion: tuple[PasoDeConciliacion, ...]


_SIN_DECLARAR = Q(declarado_total=None) & (Q(saldo_inicial=None) | Q(saldo_final=None))
#: Where a statement stands (code, words, tone, condition over `lista_de_extractos`).
SITUACIONES_DE_EXTRACTO: Final = (
    ("por_confirmar", "Por confirmar", "amarillo", Q(estado=EstadoExtracto.POR_CONFIRMAR)),
    ("retenido", "Retenido", "rojo", Q(estado=EstadoExtracto.RETENIDO)),
    ("no_cuadra", "No cuadra", "rojo", Q(estado=EstadoExtracto.CONFIRMADO, cuadra=False)),
    (
        "sin_declarar",
        "El banco no declara totales",
        "amarillo",
        Q(estado=EstadoExtracto.CONFIRMADO, cuadra=True) & _SIN_DECLARAR,
    ),
    (
        "cuadra",
        "Cuadra",
        "verde",
        Q(estado=EstadoExtracto.CONFIRMADO, cuadra=True) & ~_SIN_DECLARAR,
    ),
    ("rechazado", "Rechazado", "", Q(estado=EstadoExtracto.RECHAZADO)),
)
_POR_DECIDIR = (EstadoExtracto.POR_CONFIRMAR, EstadoExtracto.RETENIDO)


def lista_de_extractos() -> QuerySet[Any]:
    """Return the statements: those to decide first, then the newest.

    `situacion` is a code of SITUACIONES_DE_EXTRACTO; `dia_desde` and `dia_hasta`, the days covered.
    """
    filas: QuerySet[Any] = Extracto.objects.annotate(
        situacion=Case(
            *(When(donde, then=Value(codigo)) for codigo, _, _, donde in SITUACIONES_DE_EXTRACTO),
            default=Value(""),
        ),
        dia_desde=Coalesce("desde", "primera_fecha"),
        dia_hasta=Coalesce("hasta", "ultima_fecha"),
        urgencia=Case(When(estado__in=_POR_DECIDIR, then=Value(0)), default=Value(1)),
    )
    return filas.order_by("urgencia", F("id").desc())


def extracto(extracto_id: int) -> ExtractoVisto:
    """Return one statement with its reconciliation; ExtractoNoExiste when there is none."""
    fila = Extracto.objects.select_related("cuenta").filter(pk=extracto_id).first()
    if fila is None:
        raise ExtractoNoExiste
    return _extracto(fila)


def _extracto(f: Extracto) -> ExtractoVisto:
    return ExtractoVisto(
        id=f.pk, archivo_id=f.archivo_id, nombre=f.nombre, sha256=f.sha256, orden=f.orden,
        formato=f.formato, cuenta_id=f.cuenta_id, canal=f.canal, cuenta=f.cuenta_numero,
        banco=f.cuenta.banco if f.cuenta else "", desde=f.desde or f.primera_fecha,
        hasta=f.hasta or f.ultima_fecha, estado=f.estado, retencion=f.retencion,
        por_que_se_retiene=RETENCIONES.get(f.retencion, ""), recibido_el=f.recibido_el,
        recibido_por=f.recibido_por, recibido_por_id=f.recibido_por_id,
        fecha_importacion=f.fecha_importacion, importado_por=f.importado_por, razon=f.razon,
        lineas=f.lineas, aplicadas=f.aplicadas, credito_a_favor=f.credito_a_favor,
        por_identificar=f.por_identificar, duplicadas=f.duplicadas, cargos=f.cargos,
        rechazadas=f.rechazadas, detalladas=f.detalladas, total=f.total,
        total_creditos=f.total_creditos, total_debitos=f.total_debitos,
        saldo_inicial=f.saldo_inicial, saldo_final=f.saldo_final, cuadra=f.cuadra,
        actos=MAQUINA_EXTRACTO.actos_desde(f.estado), conciliacion=tuple(_pasos(f)),
    )  # fmt: skip


def _pasos(f: Extracto) -> list[PasoDeConciliacion]:
    """Return what should be equal in a statement; what the bank does not declare says so."""
    pasos = [
        PasoDeConciliacion(
            "Créditos que declara el banco", f.declarado_total, f.total_creditos,
            f.totales_cuadran,
        ),
    ]  # fmt: skip
    esperado = None
    if f.saldo_inicial is not None and f.saldo_final is not None:
        esperado = f.saldo_final - f.saldo_inicial
    pasos.append(
        PasoDeConciliacion(
            "Saldo final menos saldo inicial", esperado, f.total_creditos - f.total_debitos,
            f.saldos_cuadran,
        )
    )  # fmt: skip
    anterior = _anterior(f)
    if anterior is not None and f.saldo_inicial is not None:
        pasos.append(
            PasoDeConciliacion(
                f"Saldo inicial, y el final del extracto {anterior.pk}", anterior.saldo_final,
                f.saldo_inicial, anterior.saldo_final == f.saldo_inicial,
            )
        )  # fmt: skip
    if f.estado == EstadoExtracto.CONFIRMADO:
        leido = f.total + f.total_duplicado + f.total_rechazado
        pasos.append(
            PasoDeConciliacion(
                "Cada crédito leído tiene un destino", f.total_creditos, leido,
                f.total_creditos == leido,
            )
        )  # fmt: skip
    return pasos


def _anterior(f: Extracto) -> Extracto | None:
    """Return the confirmed statement of the account after which this one opens (audit, D26).

    Of the cuts of its own first day, the one that closes with its opening balance; if there is
    none, the last one of an earlier day.
    """
    if f.cuenta_id is None or f.fecha_saldo is None:
        return None
    dia = f.primera_fecha or f.fecha_saldo
    confirmados = Extracto.objects.filter(
        cuenta_id=f.cuenta_id, estado=EstadoExtracto.CONFIRMADO, saldo_final__isnull=False
    )
    sigue_otro = confirmados.filter(
        fecha_saldo=OuterRef("fecha_saldo"), saldo_inicial=OuterRef("saldo_final")
    ).exclude(saldo_final=OuterRef("saldo_final"))
    previos = confirmados.exclude(pk=f.pk).filter(
        Q(fecha_saldo__lt=dia) | Q(fecha_saldo=dia, saldo_final=f.saldo_inicial)
    )
    return previos.order_by(
        "-fecha_saldo", Exists(sigue_otro), F("hasta_instante").desc(nulls_last=True), "-id"
    ).first()
