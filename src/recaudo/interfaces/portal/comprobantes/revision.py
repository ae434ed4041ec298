"""What a comprobante would freeze if it were generated now: nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.obligaciones.catalogo import clase_de
from recaudo.domain.obligaciones.queries import DeudaALaFecha, deuda_exigible_a
from recaudo.interfaces.portal.deudas import TarjetaDeDeuda
from recaudo.interfaces.vista.formatos import contar, escribir_cita, escribir_fecha
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.comprobante import ValidezDeComprobante, validez_de_comprobante


@dataclass(frozen=True, slots=True)
class LineaRevisada:
    """One debt with its interest to the last day of validity, in USD."""

    deuda: TarjetaDeDeuda
    interes: DeudaALaFecha

    @property
    def total(self) -> Dinero:
        """Capital and interest."""
        return self.interes.total

    @property
    def pasos(self) -> list[dict[str, str]]:
        """The reasons of its interest."""
        return legible(self.interes.traza)


@dataclass(frozen=True, slots=True)
class Revision:
    """The comprobante that would be generated."""

    lineas: tuple[LineaRevisada, ...]
    validez: ValidezDeComprobante

    @property
    def capital(self) -> Dinero:
        """Capital, in USD."""
        return sum((x.deuda.obligacion.saldo for x in self.lineas), Dinero.CERO)

    @property
    def interes(self) -> Dinero:
        """Interest to the last day of validity, in USD."""
        return sum((x.interes.interes or Dinero.CERO for x in self.lineas), Dinero.CERO)

    @property
    def total(self) -> Dinero:
        """What would be paid, in USD."""
        return self.capital + self.interes


def efecto_de_generar(revision: Revision) -> tuple[str, ...]:
    """Return what would happen if it were generated now."""
    hasta = escribir_fecha(revision.validez.hasta)
    cuantas = contar(len(revision.lineas), "obligación", "obligaciones")
    por_que = (
        "incluye interés por mora, que cambia cada día"
        if revision.interes
        else "es el primer vencimiento de lo que eligió"
    )
    return (
        f"Pagará {revision.total.formato()} por {cuantas}.",
        f"Podrá pagarlo hasta el {hasta}: {por_que}.",
        "Mientras esté vigente, eso no entra en otro comprobante. Puede anularlo antes de pagar.",
    )


def norma_de(revision: Revision) -> str:
    """Return by which norm each kind of debt is owed and its interest runs."""
    clases = [clase_de(x.deuda.obligacion.clase) for x in revision.lineas]
    propias = [escribir_cita(clase.norma) for clase in clases]
    del_interes = [norma for x in revision.lineas for norma in x.interes.normas_del_interes]
    return ", ".join(dict.fromkeys(filter(None, [*propias, *del_interes])))


def revisar(elegidas: Sequence[TarjetaDeDeuda], *, hoy: date) -> Revision:
    """Return what those debts cost until the comprobante expires (LSS art. 89).

    Raises TasaSinDatos or TasaProvisional when a rate it needs is not in force.
    """
    validez = validez_de_comprobante(
        generado=hoy,
        vencimientos=[d.obligacion.fecha_vencimiento for d in elegidas],
        parametros=cargar_parametros(),
    )
    intereses = deuda_exigible_a([d.obligacion for d in elegidas], corte=validez.hasta)
    return Revision(tuple(LineaRevisada(d, intereses[d.id]) for d in elegidas), validez)
