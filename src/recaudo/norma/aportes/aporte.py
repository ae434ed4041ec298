"""The monthly contribution of one person: personal, patronal, total, CCC and its distribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes.nucleo import SEGUROS, AporteCentavos, Tarifa, aporte_en_centavos
from recaudo.norma.aportes.tarifa import nota_de_frontera, tarifa_vigente
from recaudo.norma.catalogos import buscar_regimen
from recaudo.norma.citas import segun
from recaudo.norma.parametros import EstadoVerificacion, Parametros


class BaseNegativa(Rechazo):
    """A contribution base cannot be below zero."""

    mensaje = "La base de aportación no puede ser negativa: revise los valores de la novedad."


@dataclass(frozen=True, slots=True)
class Aporte:
    """One contribution, in USD, with its reasons; `distribucion` is empty when it is not known."""

    base: Dinero
    personal: Dinero
    patronal: Dinero
    total: Dinero
    ccc: Dinero
    distribucion: dict[str, Dinero]
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("LSS art. 72", "C.D. 501", "C.D. 515", "Decisión de diseño R-BAS-20, R-BAS-21")
def calcular_aporte(
    *,
    regimen: str,
    periodo: Periodo,
    base: Dinero,
    parametros: Parametros,
    tipo_empleador: str | None = None,
    pago_oportuno: date | None = None,
    exigir_distribucion: bool = False,
) -> Aporte:
    """Compute the contribution of one base in USD for a period and regime.

    The total is rounded once on the total rate; the personal part on its own rate; the patronal
    part is the rest (R-BAS-20); the funds share the total by largest remainder (R-BAS-21). The CCC
    is that of `tipo_empleador`; without one, of the kind the catalogue supposes for the regime,
    and the trace says it was supposed. Refuses negative bases, unknown regimes and rates
    without data.
    """
    if base < Dinero.CERO:
        raise BaseNegativa
    supuesto = buscar_regimen(regimen).tipo_supuesto if tipo_empleador is None else None
    tarifa = tarifa_vigente(
        regimen=regimen,
        periodo=periodo,
        parametros=parametros,
        tipo_empleador=tipo_empleador or supuesto,
        pago_oportuno=pago_oportuno,
        exigir_distribucion=exigir_distribucion,
    )
    centavos = aporte_en_centavos(base.centavos, tarifa)
    quien = tipo_empleador or (f"{supuesto}, que se supone" if supuesto else None)
    traza = _explicar(base, periodo, tarifa, centavos, quien)
    if frontera := nota_de_frontera(periodo, parametros, pago_oportuno=pago_oportuno):
        traza = traza.mas("Frontera de noviembre de 2015", frontera, "C.D. 501 disp. final 1.ª")
    return Aporte(
        base=base,
        personal=Dinero.de_centavos(centavos.personal),
        patronal=Dinero.de_centavos(centavos.patronal),
        total=Dinero.de_centavos(centavos.total),
        ccc=Dinero.de_centavos(centavos.ccc),
        distribucion=_distribucion(tarifa, centavos),
        estado_verificacion=tarifa.estado_verificacion,
        traza=traza,
    )


def _distribucion(tarifa: Tarifa, centavos: AporteCentavos) -> dict[str, Dinero]:
    if not tarifa.distribuida:
        return {}
    return {
        seguro: Dinero.de_centavos(parte)
        for seguro, parte in zip(SEGUROS, centavos.seguros, strict=True)
    }


def _explicar(
    base: Dinero,
    periodo: Periodo,
    tarifa: Tarifa,
    centavos: AporteCentavos,
    tipo_empleador: str | None,
) -> Traza:
    """Write the steps a worker, an officer or a judge can follow with a pencil."""
    norma = tarifa.citas[0]
    tasa = Tasa.de_diezmilesimas
    traza = (
        Traza()
        .mas("Base de aportación", base, "LSS art. 15")
        .mas(
            f"Régimen {tarifa.regimen}, período {periodo}: tasa total",
            f"{tasa(tarifa.total)} %",
            norma,
        )
        .mas(
            f"Total = {base} × {tasa(tarifa.total)} %, redondeado una sola vez",
            Dinero.de_centavos(centavos.total),
            "Decisión de diseño R-BAS-20",
        )
        .mas(
            f"Aporte personal = {base} × {tasa(tarifa.personal)} %",
            Dinero.de_centavos(centavos.personal),
            norma,
        )
        .mas(
            "Aporte patronal = total − personal",
            Dinero.de_centavos(centavos.patronal),
            "Decisión de diseño R-BAS-20",
        )
    )
    return _explicar_ccc(
        _explicar_reparto(traza, tarifa, centavos), tarifa, centavos, tipo_empleador
    )


def _explicar_reparto(traza: Traza, tarifa: Tarifa, centavos: AporteCentavos) -> Traza:
    if not tarifa.distribuida:
        return traza.mas(
            "Distribución por seguro", "SIN_DATOS: falta la tabla de este régimen", "LSS art. 72"
        )
    norma = tarifa.citas[min(1, len(tarifa.citas) - 1)]
    for seguro, puntos, parte in zip(SEGUROS, tarifa.seguros, centavos.seguros, strict=True):
        if puntos:
            paso = f"Distribución a {seguro}: {Tasa.de_diezmilesimas(puntos)} puntos"
            traza = traza.mas(paso, Dinero.de_centavos(parte), norma)
    return traza


def _explicar_ccc(
    traza: Traza, tarifa: Tarifa, centavos: AporteCentavos, tipo_empleador: str | None
) -> Traza:
    if tarifa.paga_ccc:
        paso = f"Contribución CCC de {tipo_empleador}: {Tasa.de_diezmilesimas(tarifa.ccc)} %"
        return traza.mas(paso, Dinero.de_centavos(centavos.ccc), tarifa.citas[-1])
    motivo = f"{tipo_empleador} no la paga" if tipo_empleador else "sin tipo de empleador indicado"
    return traza.mas(f"Contribución CCC: {motivo}", Dinero.CERO, "Leyes del IECE y del SECAP")
