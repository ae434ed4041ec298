"""What an employer owes today: capital, interest to a date, until when, in which comprobante."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.obligaciones.queries import (
    DeudaALaFecha,
    ObligacionVista,
    deuda_a,
    obligaciones_de,
)
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.infra.security.alcance import Alcance
from recaudo.interfaces.portal.plazos import Restantes, restantes
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo


@dataclass(frozen=True, slots=True)
class TarjetaDeDeuda:
    """One debt as the portal shows it; USD. `interes` is None when its rate is missing."""

    obligacion: ObligacionVista
    sucursal: str
    restantes: Restantes
    interes: Dinero | None
    traza: Traza
    verificacion_interes: str
    corte: date
    comprobante: str
    url: str

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
class TarjetasDeDeuda:
    """The live debts of an employer, first the one due first; `aviso`: why interest is missing."""

    todas: tuple[TarjetaDeDeuda, ...]
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
    def libres(self) -> tuple[TarjetaDeDeuda, ...]:
        """Those that no live comprobante holds."""
        return tuple(d for d in self.todas if not d.comprobante)

    @property
    def ocupadas(self) -> tuple[TarjetaDeDeuda, ...]:
        """Those that a live comprobante holds."""
        return tuple(d for d in self.todas if d.comprobante)


def deudas_de(empleador: FichaEmpleador, *, alcance: Alcance, hoy: date) -> TarjetasDeDeuda:
    """Return what the employer owes on `hoy`, interest included, first the one due first."""
    vivas = sorted(
        obligaciones_de(empleador.id, alcance=alcance, solo_vivas=True),
        key=lambda o: (o.fecha_vencimiento, o.id),
    )
    consolidada = deuda_a(vivas, corte=hoy)
    ocupadas = comprobantes_vivos_con([o.id for o in vivas])
    codigos = {s.id: s.codigo for s in empleador.sucursales}
    return TarjetasDeDeuda(
        tuple(
            _deuda(
                d,
                sucursal=codigos.get(d.obligacion.sucursal_id or 0, ""),
                comprobante=ocupadas.get(d.obligacion.id, ""),
                ruc=empleador.ruc,
            )
            for d in consolidada.lineas
        ),
        consolidada.impedimento,
    )


def intereses_o_aviso(
    obligaciones: Sequence[ObligacionVista], *, corte: date
) -> tuple[Mapping[int, DeudaALaFecha], Rechazo | None]:
    """Return each debt on `corte` whose interest is known, and the refusal of the rate missing."""
    consolidada = deuda_a(obligaciones, corte=corte)
    conocidas = {d.obligacion.id: d for d in consolidada.lineas if d.interes is not None}
    return conocidas, consolidada.impedimento


def direccion_de_deuda(ruc: str, obligacion: ObligacionVista) -> str:
    """Return the page of a debt: that of its planilla, line by line, or its own."""
    pagina = "portal:planilla" if obligacion.es_planilla else "portal:obligacion"
    return reverse(pagina, args=[ruc, obligacion.id])


def _deuda(d: DeudaALaFecha, *, sucursal: str, comprobante: str, ruc: str) -> TarjetaDeDeuda:
    return TarjetaDeDeuda(
        obligacion=d.obligacion,
        sucursal=sucursal,
        restantes=restantes(d.obligacion.fecha_vencimiento, hoy=d.corte),
        interes=d.interes,
        traza=d.traza,
        verificacion_interes=str(d.estado_verificacion) if d.interes is not None else "",
        corte=d.corte,
        comprobante=comprobante,
        url=direccion_de_deuda(ruc, d.obligacion),
    )
