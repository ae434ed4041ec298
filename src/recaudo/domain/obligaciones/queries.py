"""Reads of the spine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, QuerySet, Value, When

from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.obligaciones.states import VIVAS, EstadoObligacion
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo


class ObligacionNoExiste(Rechazo):
    """There is no such debt."""

    mensaje = "No existe esa obligación."


@dataclass(frozen=True, slots=True)
class ObligacionVista:
    """One debt as the other rooms see it; amounts in USD."""

    id: int
    empleador_id: int
    sucursal_id: int
    provincia: str
    clase: str
    periodo: Periodo
    version: int
    lote: int
    fecha_emision: date
    fecha_vencimiento: date
    capital_personal: Dinero
    capital_patronal: Dinero
    capital_ccc: Dinero
    saldo_personal: Dinero
    saldo_patronal: Dinero
    saldo_ccc: Dinero
    estado: EstadoObligacion
    estado_verificacion: str

    @property
    def capital(self) -> Dinero:
        """What was emitted."""
        return self.capital_personal + self.capital_patronal + self.capital_ccc

    @property
    def saldo(self) -> Dinero:
        """What is still owed of the capital, without interest."""
        return self.saldo_personal + self.saldo_patronal + self.saldo_ccc

    @property
    def esta_viva(self) -> bool:
        """Say whether money is owed."""
        return self.estado in VIVAS


UN_DIA = timedelta(days=1)
LARGO_DE_ID = 19
_ORDEN = ("periodo", "sucursal_id", "id")
_NOMBRES_DE_VIVAS = [str(estado) for estado in VIVAS]
_TODAS_DE = Preparada(
    lambda empleador: Obligacion.objects.filter(empleador_id=empleador).order_by(*_ORDEN)
)
_VIVAS_DE = Preparada(
    lambda empleador, vivas: Obligacion.objects.filter(
        empleador_id=empleador, estado=vivas.alguno
    ).order_by(*_ORDEN)
)
_UNA = Preparada(lambda obligacion: Obligacion.objects.filter(pk=obligacion))


def obligaciones_de(empleador_id: int, *, solo_vivas: bool = False) -> list[ObligacionVista]:
    """Return the debts of an employer, oldest period first."""
    filas = (
        _VIVAS_DE.filas(empleador=empleador_id, vivas=_NOMBRES_DE_VIVAS)
        if solo_vivas
        else _TODAS_DE.filas(empleador=empleador_id)
    )
    return [_vista(fila) for fila in filas]


def lista_de_obligaciones(empleador_id: int, *, alcance: Alcance) -> QuerySet[Obligacion]:
    """Return the debts of an employer within reach, with `capital` and `saldo`: the owed first."""
    viva = Case(When(estado__in=_NOMBRES_DE_VIVAS, then=Value(0)), default=Value(1))
    return (
        Obligacion.objects.filter(alcance.q(), empleador_id=empleador_id)
        .annotate(
            capital=F("capital_personal") + F("capital_patronal") + F("capital_ccc"),
            saldo=F("saldo_personal") + F("saldo_patronal") + F("saldo_ccc"),
        )
        .order_by(
            viva, Case(When(estado__in=_NOMBRES_DE_VIVAS, then=F("fecha_vencimiento"))), "-periodo"
        )
    )


def obligaciones_por_numero(numero: str, *, alcance: Alcance) -> list[ObligacionVista]:
    """Return the debt of that number when it is within reach: one, or none."""
    if not (numero.isascii() and numero.isdigit() and len(numero) < LARGO_DE_ID):
        return []
    return [_vista(fila) for fila in Obligacion.objects.filter(alcance.q(), pk=int(numero))]


def cuantas_entran_en_mora(*, antes_de: date) -> int:
    """Return how many planillas without arrears are overdue on a day: closing it puts them in."""
    emitidas = Obligacion.objects.filter(estado=EstadoObligacion.EMITIDA)
    return emitidas.filter(fecha_vencimiento__lt=antes_de).count()


def cuantas_devengan(*, desde: date, hasta: date, hoy: date) -> int:
    """Return how many living debts bear interest on some day of [desde, hasta) up to `hoy`."""
    if desde > hoy:
        return 0
    tope = min(hasta - UN_DIA, hoy)
    return Obligacion.objects.filter(
        estado__in=_NOMBRES_DE_VIVAS, fecha_vencimiento__lt=tope
    ).count()


def obligacion(obligacion_id: int) -> ObligacionVista:
    """Return one debt; ObligacionNoExiste when there is none."""
    fila = _UNA.primera(obligacion=obligacion_id)
    if fila is None:
        raise ObligacionNoExiste
    return _vista(fila)


def bloquear(ids: Iterable[int]) -> list[ObligacionVista]:
    """Lock debts for the rest of the transaction, in ascending order, and return them in it.

    ObligacionNoExiste when one is missing.
    """
    pedidas = sorted(set(ids))
    filas = list(
        Obligacion.objects.filter(pk__in=pedidas).order_by("pk").select_for_update(no_key=True)
    )
    if len(filas) != len(pedidas):
        raise ObligacionNoExiste
    return [_vista(fila) for fila in filas]


def _vista(fila: Obligacion) -> ObligacionVista:
    return ObligacionVista(
        id=fila.pk,
        empleador_id=fila.empleador_id,
        sucursal_id=fila.sucursal_id,
        provincia=fila.provincia,
        clase=fila.clase,
        periodo=fila.periodo,
        version=fila.version,
        lote=fila.lote,
        fecha_emision=fila.fecha_emision,
        fecha_vencimiento=fila.fecha_vencimiento,
        capital_personal=fila.capital_personal,
        capital_patronal=fila.capital_patronal,
        capital_ccc=fila.capital_ccc,
        saldo_personal=fila.saldo_personal,
        saldo_patronal=fila.saldo_patronal,
        saldo_ccc=fila.saldo_ccc,
        estado=EstadoObligacion(fila.estado),
        estado_verificacion=fila.estado_verificacion,
    )
