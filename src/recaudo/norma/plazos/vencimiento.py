"""Last day to pay a planilla without interest, with the extension of its territory if any."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.plazos.calendario import Calendario

SOLO_NACIONAL: Final[frozenset[str]] = frozenset()
NACIONAL: Final = "NACIONAL"
SECTORES: Final[Mapping[str, str]] = MappingProxyType(
    {"P": "PUBLICO", "R": "PRIVADO", "V": "VOLUNTARIO"}
)
LOS_DE_UN_TIPO_MIXTO: Final = frozenset({"PUBLICO", "PRIVADO"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prorroga:
    """The payment of one period, extended in a territory; `provincia` is empty for the country.

    `alcanza` says which payers: PUBLICO, PRIVADO, VOLUNTARIO, INDEPENDIENTE.
    """

    periodo: Periodo
    ambito: str
    provincia: str
    fecha: date
    alcanza: frozenset[str]
    estado_verificacion: EstadoVerificacion
    norma: str
    fuente: str

    def como_dict(self) -> dict[str, str]:
        """Plain values for JSON: where, until when, and how sure the source is."""
        return {
            "fecha": self.fecha.isoformat(),
            "ambito": self.ambito,
            "provincia": self.provincia,
            "norma": self.norma,
            "estado_verificacion": self.estado_verificacion.value,
        }

    def rige(self, periodo: Periodo, provincia: str | None, codsec: str | None) -> bool:
        """Whether it reaches the planilla of that period, province and sector."""
        quienes = LOS_DE_UN_TIPO_MIXTO if codsec is None else frozenset({SECTORES.get(codsec, "")})
        return (
            periodo == self.periodo
            and (self.ambito == NACIONAL or provincia == self.provincia)
            and quienes <= self.alcanza
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vencimiento:
    """The due date of a period and the reasons for it; `ordinaria` is the one of the law."""

    fecha: date
    ordinaria: date
    prorroga: Prorroga | None
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("LSS art. 73", "Práctica del IESS prórroga de pago por territorio")
def vencimiento_de_planilla(
    periodo: Periodo,
    calendario: Calendario,
    parametros: Parametros,
    *,
    provincia: str | None = None,
    codsec: str | None = None,
) -> Vencimiento:
    """Day 15 of the month after ``periodo``, or the next business day (national holidays only).

    The day is the parameter ``planilla.dia_de_vencimiento``. An extension granted for that period
    (``planilla.prorrogas``) in the country or in ``provincia`` (two DPA digits, of the sucursal)
    **is** the due date; of several the latest. ``codsec`` is the sector of the employer (P, R, V);
    without it, the extension must reach public and private.
    """
    mes = periodo.siguiente()
    parametro = parametros.vigente("planilla.dia_de_vencimiento", en=mes.primer_dia)
    nominal = mes.primer_dia.replace(day=parametro.entero)
    habil = calendario.primer_dia_habil(nominal, SOLO_NACIONAL)
    traza = Traza().mas("Período", str(periodo), "LSS art. 73")
    traza = traza.mas("Día fijado por la ley", nominal.isoformat(), "LSS art. 73")
    if habil != nominal:
        motivo = calendario.motivo_inhabil(nominal, SOLO_NACIONAL) or ""
        traza = traza.mas(f"Pasa al siguiente día hábil ({motivo})", habil.isoformat(), "")
    concedidas = [p for p in prorrogas(parametros) if p.rige(periodo, provincia, codsec)]
    prorroga = max(concedidas, key=lambda p: p.fecha, default=None)
    fecha = habil if prorroga is None else prorroga.fecha
    estados = [
        parametro.estado_verificacion,
        calendario.estado_entre(nominal, habil, SOLO_NACIONAL),
    ]
    if prorroga is not None:
        donde = "el país" if prorroga.ambito == NACIONAL else f"la provincia {prorroga.provincia}"
        traza = traza.mas(f"Prórroga para {donde}", fecha.isoformat(), prorroga.norma)
        estados.append(prorroga.estado_verificacion)
    return Vencimiento(
        fecha=fecha,
        ordinaria=habil,
        prorroga=prorroga,
        estado_verificacion=peor_estado(*estados),
        traza=traza.mas("Último día para pagar sin interés", fecha.isoformat(), "LSS art. 73"),
    )


@segun("Práctica del IESS prórroga de pago por territorio")
def prorrogas(parametros: Parametros) -> tuple[Prorroga, ...]:
    """Every extension of payment on file, as granted."""
    valor = parametros.invariable("planilla.prorrogas")
    return tuple(_prorroga(fila, valor.norma) for fila in valor.lista)


def _prorroga(fila: Mapping[str, Any], norma: str) -> Prorroga:
    return Prorroga(
        periodo=Periodo.de_texto(fila["periodo"]),
        ambito=fila["ambito"],
        provincia=fila["provincia"],
        fecha=fila["fecha"],
        alcanza=frozenset(fila["alcanza"]),
        estado_verificacion=EstadoVerificacion(fila["estado"]),
        norma=norma,
        fuente=fila["fuente"],
    )
