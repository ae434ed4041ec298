"""What an employer owes today: capital, interest to a date, until when, in which comprobante."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.obligaciones.queries import ObligacionVista, obligaciones_de
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.domain.recaudacion.queries import (
    InteresALaFecha,
    comprobantes_vivos_con,
    interes_a_la_fecha,
)
from recaudo.interfaces.portal.plazos import Restantes, restantes
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.mora.tasas import TablaTasas
from recaudo.norma.parametros import cargar_parametros

#: What is not overdue bears no interest at any rate: the page does not ask for the table.
SIN_MORA_NO_HAY_TASA = TablaTasas(())


@dataclass(frozen=True, slots=True)
class Deuda:
    """One debt as the portal shows it; USD. `interes` is None when its rate is missing."""

    obligacion: ObligacionVista
    sucursal: str
    restantes: Restantes
    interes: Dinero | None
    traza: Traza
    verificacion_interes: str
    corte: date
    comprobante: str

    @property
    def id(self) -> int:
        """Identifier of the obligación, the same as its planilla's."""
        return self.obligacion.id

    @property
    def total(self) -> Dinero:
        """Capital still owed plus interest, as far as it is known."""
        return self.obligacion.saldo + (self.interes or Dinero.CERO)

    @property
    def esta_vencida(self) -> bool:
        """Say whether its last day has passed."""
        return self.corte > self.obligacion.fecha_vencimiento

    @property
    def tono(self) -> str:
        """Return the tone of its card: `peligro` overdue, `aviso` five days or fewer."""
        if self.esta_vencida:
            return "peligro"
        return "aviso" if self.restantes.cuantos <= 5 else ""


@dataclass(frozen=True, slots=True)
class Deudas:
    """The live debts of an employer, first the one due first; `aviso`: why interest is missing."""

    todas: tuple[Deuda, ...]
    aviso: Rechazo | None

    @property
    def total(self) -> Dinero:
        """Everything owed, in USD."""
        return sum((d.total for d in self.todas), Dinero.CERO)

    @property
    def vencidas(self) -> int:
        """How many are overdue."""
        return sum(1 for d in self.todas if d.esta_vencida)

    @property
    def libres(self) -> tuple[Deuda, ...]:
        """Those that no live comprobante holds."""
        return tuple(d for d in self.todas if not d.comprobante)

    @property
    def ocupadas(self) -> tuple[Deuda, ...]:
        """Those that a live comprobante holds."""
        return tuple(d for d in self.todas if d.comprobante)


def deudas_de(empleador: FichaEmpleador, *, hoy: date) -> Deudas:
    """Return what the employer owes on `hoy`, interest included, first the one due first."""
    vivas = sorted(
        obligaciones_de(empleador.id, solo_vivas=True), key=lambda o: (o.fecha_vencimiento, o.id)
    )
    intereses, aviso = intereses_o_aviso(vivas, corte=hoy)
    ocupadas = comprobantes_vivos_con([o.id for o in vivas])
    codigos = {s.id: s.codigo for s in empleador.sucursales}
    return Deudas(
        tuple(
            _deuda(
                o,
                intereses.get(o.id),
                hoy=hoy,
                sucursal=codigos.get(o.sucursal_id, ""),
                comprobante=ocupadas.get(o.id, ""),
            )
            for o in vivas
        ),
        aviso,
    )


def intereses_o_aviso(
    obligaciones: Sequence[ObligacionVista], *, corte: date
) -> tuple[Mapping[int, InteresALaFecha], Rechazo | None]:
    """Return the interest of each debt on `corte`, or the refusal of the rate that is missing."""
    if not obligaciones:
        return {}, None
    hay_mora = any(corte > o.fecha_vencimiento for o in obligaciones)
    try:
        calculados = interes_a_la_fecha(
            obligaciones,
            corte=corte,
            tasas=tabla_de_tasas() if hay_mora else SIN_MORA_NO_HAY_TASA,
            parametros=cargar_parametros(),
        )
    except Rechazo as falta:
        return {}, falta
    return calculados, None


def _deuda(
    obligacion: ObligacionVista,
    interes: InteresALaFecha | None,
    *,
    hoy: date,
    sucursal: str,
    comprobante: str,
) -> Deuda:
    sin_mora = Dinero.CERO if hoy <= obligacion.fecha_vencimiento else None
    return Deuda(
        obligacion=obligacion,
        sucursal=sucursal,
        restantes=restantes(obligacion.fecha_vencimiento, hoy=hoy),
        interes=interes.interes if interes else sin_mora,
        traza=interes.traza if interes else Traza(),
        verificacion_interes=str(interes.estado_verificacion) if interes else "",
        corte=hoy,
        comprobante=comprobante,
    )
