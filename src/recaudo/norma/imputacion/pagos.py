"""Imputation: which part of which debt a payment extinguishes first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, ValorVigente

ORDEN = "imputacion.orden"


class RubroDesconocido(Rechazo):
    """A debt carries an item that the order in force does not place."""

    norma = "Código Civil art. 1611"


class EstadoSinOrden(Rechazo):
    """There is no order of imputation for debts in that state."""

    norma = "Código Civil art. 1611"


class ImporteNegativo(Rechazo):
    """A payment and the items of a debt are never negative."""

    mensaje = "El pago y los rubros de la deuda no pueden ser negativos."


class ParteImputada(NamedTuple):
    """Amount in USD of the payment that goes to one item of one debt."""

    id: str | int
    rubro: str
    importe: Dinero


@dataclass(frozen=True, slots=True, kw_only=True)
class Imputacion:
    """How the payment was used; ``excedente`` is what no debt absorbed, in USD."""

    aplicaciones: tuple[ParteImputada, ...]
    excedente: Dinero
    estado_verificacion: EstadoVerificacion
    traza: Traza


class OrdenDeRubro(NamedTuple):
    """Row for SQL: the place of an item in the order of a state (1 = first)."""

    estado: str
    rubro: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Orden:
    """The items in the order in which a payment extinguishes them, for one state of the debt."""

    estado_deuda: str
    rubros: tuple[str, ...]
    norma: str
    estado_verificacion: EstadoVerificacion


@dataclass(frozen=True, slots=True, kw_only=True)
class DeudaPorRubro:
    """What is still owed of one obligation, item by item, in USD; ``orden`` is that of its state.

    Without one it takes that of the payment.
    """

    id: str | int
    vencimiento: date
    rubros: Mapping[str, Dinero]
    orden: Orden | None = None


@segun("Código Civil art. 1611")
def orden_de_imputacion(*, estado: str, en: date, parametros: Parametros) -> Orden:
    """Order in force on ``en`` for debts in ``estado`` (PLANILLA, GLOSA, TITULO)."""
    parametro = parametros.vigente(ORDEN, en=en)
    if estado not in parametro.tabla:
        msg = f"No hay orden de imputación para deudas en estado {estado}."
        raise EstadoSinOrden(msg)
    return Orden(
        estado_deuda=estado,
        rubros=tuple(parametro.tabla[estado]),
        norma=parametro.norma,
        estado_verificacion=parametro.estado_verificacion,
    )


@segun("Código Civil art. 1611")
def tabla_de_orden(en: date, parametros: Parametros) -> tuple[OrdenDeRubro, ...]:
    """Every (state, item, place) in force on ``en``, for set-based imputation."""
    parametro: ValorVigente = parametros.vigente(ORDEN, en=en)
    return tuple(
        OrdenDeRubro(estado, rubro, ordinal)
        for estado, rubros in parametro.tabla.items()
        for ordinal, rubro in enumerate(rubros, start=1)
    )


@segun("Código Civil art. 1611")
def imputar(*, importe: Dinero, deudas: Sequence[DeudaPorRubro], orden: Orden) -> Imputacion:
    """Apply ``importe`` (USD): item by item in order, and within an item the oldest debt first.

    Debts whose states have different orders share one queue: each item has the place that the
    order of its own debt gives it. Debts due the same day go in the order given.
    Raises RubroDesconocido, ImporteNegativo.
    """
    _revisar(importe, deudas, orden)
    resto = importe
    aplicaciones: list[ParteImputada] = []
    traza = Traza().mas("Pago", importe, "").mas("Orden", ", ".join(orden.rubros), orden.norma)
    for deuda, rubro, debe in _cola(deudas, orden):
        aplicado = min(resto, debe)
        if aplicado > Dinero.CERO:
            aplicaciones.append(ParteImputada(deuda.id, rubro, aplicado))
            norma = (deuda.orden or orden).norma
            traza = traza.mas(f"{rubro} de {deuda.id}", aplicado, norma)
            resto -= aplicado
    return Imputacion(
        aplicaciones=tuple(aplicaciones),
        excedente=resto,
        estado_verificacion=orden.estado_verificacion,
        traza=traza.mas("Excedente", resto, ""),
    )


def _cola(
    deudas: Sequence[DeudaPorRubro], orden: Orden
) -> Iterator[tuple[DeudaPorRubro, str, Dinero]]:
    lugares = {
        (ordinal, deuda.vencimiento, lugar, rubro): deuda
        for lugar, deuda in enumerate(deudas)
        for ordinal, rubro in enumerate((deuda.orden or orden).rubros)
    }
    for turno in sorted(lugares):
        deuda, rubro = lugares[turno], turno[-1]
        yield deuda, rubro, deuda.rubros.get(rubro, Dinero.CERO)


def _revisar(importe: Dinero, deudas: Sequence[DeudaPorRubro], orden: Orden) -> None:
    debidos = [debe for deuda in deudas for debe in deuda.rubros.values()]
    if min((importe, *debidos)) < Dinero.CERO:
        raise ImporteNegativo
    ajenos = {r for d in deudas for r in d.rubros if r not in (d.orden or orden).rubros}
    if ajenos:
        msg = (
            f"El orden de imputación no incluye: {', '.join(sorted(ajenos))}. "
            "Agregue el rubro al parámetro con su norma."
        )
        raise RubroDesconocido(msg)


@segun("Código Civil art. 1611")
def admite_abono(*, estado: str, en: date, parametros: Parametros) -> bool:
    """Whether a debt in ``estado`` takes partial payments (planillas do not, glosas do)."""
    tabla = parametros.vigente("imputacion.admite_abono", en=en).tabla
    if estado not in tabla:
        msg = f"No se sabe si admite abonos una deuda en estado {estado}."
        raise EstadoSinOrden(msg)
    return bool(tabla[estado])


@segun("C.D. 604")
def credito_paga_primero_lo_vencido(*, en: date, parametros: Parametros) -> bool:
    """Whether a credit in favour may not pay a debt not yet due while another one is overdue."""
    return parametros.vigente("imputacion.credito_primero_lo_vencido", en=en).si_o_no
