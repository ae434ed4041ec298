"""Comprobantes as the room's own acts and the doors see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, QuerySet, Subquery, Value, When

from recaudo.domain.obligaciones.queries import queda_alguna_viva
from recaudo.domain.recaudacion.models import Comprobante, ComprobanteDetalle
from recaudo.domain.recaudacion.states import MAQUINA, EstadoComprobante
from recaudo.infra.documents.models import Documento
from recaudo.infra.orm import DineroField
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo

#: To look for comprobantes by the beginning of their number: how long, and how many at most.
MINIMO_DE_DIGITOS, MAXIMO = 6, 20


class ComprobanteNoExiste(Rechazo):
    """There is no such comprobante, or it is not the asker's."""

    mensaje = "No existe ese comprobante. Revise el número: tiene 14 dígitos."


@dataclass(frozen=True, slots=True)
class DetalleVisto:
    """One obligation inside a comprobante."""

    obligacion_id: int
    orden: int
    interes: Dinero
    personal: Dinero
    patronal: Dinero
    ccc: Dinero
    otros: Dinero
    interes_hasta: date
    traza: Sequence[Mapping[str, str]]

    @property
    def capital(self) -> Dinero:
        """Capital frozen, in USD."""
        return self.personal + self.patronal + self.ccc + self.otros

    @property
    def total(self) -> Dinero:
        """Capital and interest, in USD."""
        return self.capital + self.interes


@dataclass(frozen=True, slots=True)
class ComprobanteResumido:
    """A comprobante as a list shows it; amounts in USD."""

    id: int
    numero: str
    empleador_id: int
    fecha_emision: date
    valido_hasta: date
    capital: Dinero
    interes: Dinero
    importe: Dinero
    abonado: Dinero
    estado: str
    documento_id: int | None
    estado_verificacion: str

    @property
    def por_pagar(self) -> Dinero:
        """What is left to pay with it, in USD: part may have entered; nothing once it is closed."""
        if self.estado != EstadoComprobante.GENERADO:
            return Dinero.CERO
        return self.importe - self.abonado

    def esta_vigente(self, hoy: date) -> bool:
        """Tell whether it can be paid today."""
        return self.estado == "generado" and hoy <= self.valido_hasta


@dataclass(frozen=True, slots=True)
class ComprobanteVisto(ComprobanteResumido):
    """A comprobante whole: what it froze of each debt, and the acts its state admits."""

    detalles: tuple[DetalleVisto, ...]
    actos: tuple[str, ...]


_DE_EMPLEADOR = Preparada(
    lambda empleador: Comprobante.objects.filter(empleador_id=empleador).order_by("-id")
)
_POR_NUMERO = Preparada(lambda numero: Comprobante.objects.filter(numero=numero))
_DETALLES_DE = Preparada(
    lambda comprobante: ComprobanteDetalle.objects.filter(comprobante_id=comprobante).order_by(
        "orden"
    )
)


def comprobantes_de(
    empleador_id: int, *, alcance: Alcance, limite: int = 200
) -> tuple[ComprobanteResumido, ...]:
    """Return the comprobantes of an employer, newest first; none when it is out of reach.

    A comprobante is of its employer, of no province: debts of several may be in one.
    """
    if not alcance.contiene(empleador_id=empleador_id):
        return ()
    filas = _DE_EMPLEADOR.filas(empleador=empleador_id, limite=limite)
    return tuple(ComprobanteResumido(**_resumen(fila)) for fila in filas)


def lista_de_comprobantes(empleador_id: int, *, alcance: Alcance) -> QuerySet[Comprobante]:
    """Return the comprobantes of an employer within reach, newest first, for a list.

    Each with `por_pagar`: what is left to pay with it, nothing once it is closed.
    """
    suyos = Comprobante.objects.filter(alcance.q(provincia=""), empleador_id=empleador_id)
    falta = When(
        estado=EstadoComprobante.GENERADO,
        then=ExpressionWrapper(F("importe") - F("abonado"), DineroField()),
    )
    por_pagar = Case(falta, default=Value(Dinero.CERO, output_field=DineroField()))
    return suyos.annotate(por_pagar=por_pagar).order_by("-id")


def comprobantes_por_numero(numero: str, *, alcance: Alcance) -> list[ComprobanteResumido]:
    """Return the comprobantes within reach whose number begins so (six digits at least)."""
    if not (numero.isascii() and numero.isdigit() and len(numero) >= MINIMO_DE_DIGITOS):
        return []
    filas = Comprobante.objects.filter(alcance.q(provincia=""), numero__startswith=numero)
    return [ComprobanteResumido(**_resumen(fila)) for fila in filas.order_by("numero")[:MAXIMO]]


def cuantos_caducan(*, antes_de: date) -> int:
    """Return how many live comprobantes are no longer valid on a day: closing it expires them."""
    vivos = Comprobante.objects.filter(estado=EstadoComprobante.GENERADO)
    return vivos.filter(valido_hasta__lt=antes_de).count()


def comprobante(numero: str, *, alcance: Alcance) -> ComprobanteVisto:
    """Return one comprobante; ComprobanteNoExiste when missing or out of reach."""
    fila = _POR_NUMERO.primera(numero=numero.strip())
    if fila is None or not alcance.contiene(empleador_id=fila.empleador_id):
        raise ComprobanteNoExiste
    detalles = tuple(
        DetalleVisto(
            d.obligacion_id, d.orden, d.interes, d.personal, d.patronal, d.ccc, d.otros,
            d.interes_hasta,
            d.traza,
        )
        for d in _DETALLES_DE.filas(comprobante=fila.pk)
    )  # fmt: skip
    actos = MAQUINA.actos_desde(fila.estado)
    return ComprobanteVisto(**_resumen(fila), detalles=detalles, actos=actos)


def comprobantes_vivos_con(obligaciones: Iterable[int]) -> dict[int, str]:
    """Return the live comprobante (its number) that holds each obligation, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.obligacion_id, c.numero FROM recaudacion_detallevivo v "
            "JOIN recaudacion_comprobante c ON c.id = v.comprobante_id "
            "WHERE v.obligacion_id = ANY(%s)",
            [list(obligaciones)],
        )
        return dict(cursor.fetchall())


#: By its number, which both have and an index finds: nothing looks for comprobantes by document.
_DE_DOCUMENTO = Preparada(
    lambda documento: Comprobante.objects.filter(
        numero=Subquery(Documento.objects.filter(pk=documento).values("numero")),
        documento_id=documento,
    )
)


def comprobante_de_documento(documento_id: int) -> ComprobanteResumido | None:
    """Return the comprobante a document is of, for the public page, which asks nobody who he is."""
    fila = _DE_DOCUMENTO.primera(documento=documento_id)
    return None if fila is None else ComprobanteResumido(**_resumen(fila))


def siguen_pendientes(comprobante_id: int) -> bool:
    """Say whether something of the debts of a comprobante is still owed, whoever paid the rest."""
    deudas = ComprobanteDetalle.objects.filter(comprobante_id=comprobante_id)
    return queda_alguna_viva(list(deudas.values_list("obligacion_id", flat=True)))


def _resumen(fila: Comprobante) -> dict[str, Any]:
    return {campo.name: getattr(fila, campo.name) for campo in fields(ComprobanteResumido)}
