"""A glosa as the debtor reads it: the deadline first, then everything that explains it."""

from dataclasses import dataclass
from datetime import date

from recaudo.domain.cartera.queries import FichaGlosa
from recaudo.domain.plazos.queries import PlazoVisto
from recaudo.domain.recaudacion.queries import comprobantes_vivos_con
from recaudo.interfaces.portal.deudas import intereses_o_aviso
from recaudo.interfaces.portal.plazos import Restantes, restantes_de_termino
from recaudo.interfaces.vista.piezas import DiaDeTermino
from recaudo.interfaces.vista.trazas import fechas_legibles, legible
from recaudo.kernel.money import Dinero
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.dpa import cantones


@dataclass(frozen=True, slots=True)
class DebeHoy:
    """What is owed today, in USD; `aviso` says why the interest is missing."""

    capital: Dinero
    interes: Dinero | None
    pasos: list[dict[str, str]]
    estado_verificacion: str
    comprobante: str
    aviso: Rechazo | None

    @property
    def total(self) -> Dinero:
        """Capital and interest to today, as far as it is known."""
        return self.capital + (self.interes or Dinero.CERO)


def debe_hoy(ficha: FichaGlosa, *, hoy: date) -> DebeHoy:
    """Return what the glosa's debt amounts to on `hoy`."""
    intereses, aviso = intereses_o_aviso([ficha.obligacion], corte=hoy)
    calculado = intereses.get(ficha.obligacion.id)
    return DebeHoy(
        capital=ficha.obligacion.saldo,
        interes=calculado.interes if calculado else None,
        pasos=legible(calculado.traza) if calculado else [],
        estado_verificacion=str(calculado.estado_verificacion) if calculado else "",
        comprobante=comprobantes_vivos_con([ficha.obligacion.id]).get(ficha.obligacion.id, ""),
        aviso=aviso,
    )


@dataclass(frozen=True, slots=True)
class TerminoEnPantalla:
    """The término day by day, and the words of how it was counted."""

    visto: PlazoVisto
    restantes: Restantes
    dias: tuple[DiaDeTermino, ...]
    lugares: str


def termino_en_pantalla(visto: PlazoVisto | None, *, hoy: date) -> TerminoEnPantalla | None:
    """Return the stored término as the page shows it on `hoy`; None while it is suspended."""
    if visto is None or visto.vence is None:
        return None
    dias = tuple(
        DiaDeTermino(
            fecha=d.fecha,
            es_habil=d.numero is not None,
            razon=fechas_legibles(d.motivo),
            numero=d.numero,
            es_ultimo=d.fecha == visto.vence,
            es_hoy=d.es_hoy,
        )
        for d in visto.calendario
    )
    nombres = cantones()
    lugares = " o ".join(nombres[c].nombre if c in nombres else c for c in visto.cantones)
    quedan = restantes_de_termino(visto.vence, visto.restantes, hoy=hoy)
    return TerminoEnPantalla(visto, quedan, dias, lugares)
