"""Statements of the own accounts: what each declares, what became of it, what should be equal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from recaudo.domain.recaudacion.models import Extracto
from recaudo.domain.recaudacion.queries.juicio import extractos_en_falta
from recaudo.domain.recaudacion.states import MAQUINA_EXTRACTO, EstadoExtracto
from recaudo.infra.files.formatos.camt import nombre_de_formato
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

#: Why a statement is held.
RETENCIONES: Final = {
    "SIN_CUENTA": "El archivo no dice de qué cuenta es",
    "CUENTA_DESCONOCIDA": "La cuenta no está registrada",
    "OTRA_MONEDA": "La cuenta no está en dólares",
    "TOTALES_CONTRADICHOS": "Los totales que declara el banco no son los de sus líneas",
    "SALDOS_CONTRADICHOS": "Los saldos que declara el banco no son los de sus líneas",
    "CONTRADICE_AL_BANCO": "Trae dinero de días que el banco ya cerró con otro saldo",
}


@dataclass(frozen=True, slots=True)
class Salto:
    """How far a statement opens from where the one before closed, in USD, and which that is."""

    anterior_id: int
    importe: Dinero

    def formato(self) -> str:
        """Say it in words: so much more, or less."""
        mas = "más" if self.importe > Dinero.CERO else "menos"
        return f"{abs(self.importe).formato()} {mas}"


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
    contradice_a: int | None
    contradice_por: Dinero | None
    cuadra: bool
    actos: tuple[str, ...]
    conciliacion: tuple[PasoDeConciliacion, ...]

    @property
    def nombre_del_formato(self) -> str:
        """How people write its format: `camt.053`."""
        return nombre_de_formato(self.formato)


_SIN_DECLARAR = Q(declarado_total=None) & (Q(saldo_inicial=None) | Q(saldo_final=None))
#: Where a statement stands (code, words, tone, condition over `lista_de_extractos`).
SITUACIONES_DE_EXTRACTO: Final = (
    ("por_confirmar", "Por confirmar", "amarillo", Q(estado=EstadoExtracto.POR_CONFIRMAR)),
    ("retenido", "Retenido", "rojo", Q(estado=EstadoExtracto.RETENIDO)),
    (
        "no_cuadra",
        "No cuadra",
        "rojo",
        Q(estado=EstadoExtracto.CONFIRMADO)
        & (Q(cuadra=False) | Q(encadena=False) | Q(es_el_juez=True)),
    ),
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


def lista_de_extractos(*, con_cuentas: bool = True) -> QuerySet[Any]:
    """Return the statements: those to decide first, then the newest.

    `situacion` is a code of SITUACIONES_DE_EXTRACTO; `dia_desde` and `dia_hasta`, the days covered;
    `encadena`: it opens where the one before (`anterior_id`) closed (`cierre_anterior`);
    `es_el_juez`: it says the last balance of an account whose books differ (`con_cuentas`).
    """
    previo = _previos(OuterRef)
    filas: QuerySet[Any] = Extracto.objects.annotate(
        anterior_id=Subquery(previo.values("id")[:1]),
        cierre_anterior=Subquery(previo.values("saldo_final")[:1]),
    ).annotate(
        encadena=Case(
            When(saldo_inicial=None, then=Value(True)),  # noqa: FBT003 - SQL
            When(cierre_anterior=None, then=Value(True)),  # noqa: FBT003
            When(cierre_anterior=F("saldo_inicial"), then=Value(True)),  # noqa: FBT003
            default=Value(False),  # noqa: FBT003
        ),
        es_el_juez=Case(
            When(id__in=extractos_en_falta() if con_cuentas else [], then=Value(True)),  # noqa: FBT003
            default=Value(False),  # noqa: FBT003
        ),
    )
    filas = filas.annotate(
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
    pasos = _pasos(f)
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
        saldo_inicial=f.saldo_inicial, saldo_final=f.saldo_final,
        contradice_a=f.contradice_a, contradice_por=f.contradice_por,
        cuadra=f.cuadra and all(p.cuadra for p in pasos),
        actos=MAQUINA_EXTRACTO.actos_desde(f.estado), conciliacion=tuple(pasos),
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
    previo = anterior(f)
    if previo is not None and f.saldo_inicial is not None:
        pasos.append(
            PasoDeConciliacion(
                f"Saldo inicial, y el final del extracto {previo.pk}", previo.saldo_final,
                f.saldo_inicial, previo.saldo_final == f.saldo_inicial,
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


def salto(f: Extracto) -> Salto | None:
    """Return how a statement breaks the chain of balances; None when it does not."""
    previo = anterior(f)
    if previo is None or f.saldo_inicial is None or previo.saldo_final in {None, f.saldo_inicial}:
        return None
    return Salto(previo.pk, f.saldo_inicial - (previo.saldo_final or Dinero.CERO))


def salto_del_extracto(extracto_id: int) -> Salto | None:
    """Return how a statement, by its number, breaks the chain of balances; None otherwise."""
    fila = Extracto.objects.filter(pk=extracto_id).first()
    return salto(fila) if fila else None


def anterior(f: Extracto) -> Extracto | None:
    """Return the confirmed statement of the account after which this one opens (audit, D26).

    Of the cuts of its own first day, the one that closes with its opening balance; if there is
    none, the last one of an earlier day.
    """
    if f.cuenta_id is None or f.fecha_saldo is None:
        return None
    dia = f.primera_fecha or f.fecha_saldo
    return _previos(lambda campo: getattr(f, campo), dia=dia).first()


def _previos(de: Callable[[str], Any], *, dia: Any = None) -> QuerySet[Extracto]:
    """Return the statements before one, nearest first; `de` gives its fields."""
    primer_dia = Coalesce(de("primera_fecha"), de("fecha_saldo")) if dia is None else dia
    confirmados = Extracto.objects.filter(
        cuenta_id=de("cuenta_id"), estado=EstadoExtracto.CONFIRMADO, formato="camt053",
        saldo_final__isnull=False,
    )  # fmt: skip
    sigue_otro = _los_que_siguen().exclude(saldo_final=OuterRef("saldo_final"))
    previos = confirmados.exclude(pk=de("pk")).filter(
        Q(fecha_saldo__lt=primer_dia) | Q(fecha_saldo=primer_dia, saldo_final=de("saldo_inicial"))
    )
    return previos.order_by(
        "-fecha_saldo", Exists(sigue_otro), F("hasta_instante").desc(nulls_last=True), "-id"
    )


def _los_que_siguen() -> QuerySet[Extracto]:
    """Return the confirmed statements that go on from the outer one, on its day."""
    return Extracto.objects.filter(
        cuenta_id=OuterRef("cuenta_id"), estado=EstadoExtracto.CONFIRMADO, formato="camt053",
        fecha_saldo=OuterRef("fecha_saldo"), saldo_inicial=OuterRef("saldo_final"),
    )  # fmt: skip
