"""The tariff of a regime in a period: its dated rates, its distribution, and whether CCC is due."""

from __future__ import annotations

from datetime import date

from recaudo.kernel.money import Tasa
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes.nucleo import SEGUROS, Tarifa
from recaudo.norma.catalogos import (
    buscar_regimen,
    buscar_tipo_empleador,
    regimenes,
    tipos_empleador,
)
from recaudo.norma.citas import segun
from recaudo.norma.parametros import (
    Parametros,
    SinDatos,
    ValorVigente,
    peor_estado,
)


class TipoEmpleadorNoCorresponde(Rechazo):
    """An employer of that kind has no workers under that regime."""

    mensaje = "El tipo de empleador no corresponde al régimen de aportación."


class NaturalezaSinDefinir(Rechazo):
    """The kind of employer mixes payers of the CCC and exempt ones."""

    mensaje = "Defina si el empleador es público o privado para saber si paga la CCC."


@segun("C.D. 501", "C.D. 515", "C.D. 466", "LSS art. 72")
def tarifa_vigente(
    *,
    regimen: str,
    periodo: Periodo,
    parametros: Parametros,
    tipo_empleador: str | None = None,
    pago_oportuno: date | None = None,
    exigir_distribucion: bool = False,
) -> Tarifa:
    """Return the tariff of a regime in a period (month of the work, not of the payment).

    The row is the one in force on the last day of the period. `pago_oportuno`, the date of an
    on-time payment, only matters at the nov-2015 frontier. Without `tipo_empleador` no CCC is
    charged. Refuses (SinDatos and others) unknown rates, and, with `exigir_distribucion`, a regime
    whose distribution by seguro is not known.
    """
    return _tarifa(
        regimen,
        parametros,
        en=_fecha_de_la_tabla(periodo, pago_oportuno, parametros),
        paga_ccc=_paga_ccc(regimen, tipo_empleador),
        exigir_distribucion=exigir_distribucion,
    )


@segun("C.D. 501 disp. final 1.ª", "C.D. 501 disp. final 4.ª")
def nota_de_frontera(
    periodo: Periodo, parametros: Parametros, *, pago_oportuno: date | None
) -> str:
    """Say in Spanish which table was taken at the nov-2015 frontier; empty for other periods."""
    frontera = parametros.invariable("aportes.frontera_cd501")
    if str(periodo) not in {frontera.tabla["periodo"], frontera.tabla["tabla_del_periodo"]}:
        return ""
    usada = _fecha_de_la_tabla(periodo, pago_oportuno, parametros)
    return f"tabla vigente al {usada:%d/%m/%Y}. {frontera.nota}"


@segun("C.D. 501", "C.D. 515", "C.D. 466", "LSS art. 72")
def tarifas_del_periodo(
    periodo: Periodo, parametros: Parametros, *, exigir_distribucion: bool = True
) -> tuple[Tarifa, ...]:
    """Return every usable tariff of a period, with and without CCC where some employer pays it.

    Regimes without data for the period are left out: whoever needs one asks `tarifa_vigente` and
    gets the refusal.
    """
    tarifas: list[Tarifa] = []
    for regimen in regimenes():
        for paga_ccc in (False, True) if _algun_tipo_paga_ccc(regimen) else (False,):
            try:
                tarifa = _tarifa(
                    regimen,
                    parametros,
                    en=periodo.ultimo_dia,
                    paga_ccc=paga_ccc,
                    exigir_distribucion=exigir_distribucion,
                )
            except SinDatos:
                continue
            tarifas.append(tarifa)
    return tuple(tarifas)


def _tarifa(
    regimen: str,
    parametros: Parametros,
    *,
    en: date,
    paga_ccc: bool,
    exigir_distribucion: bool,
) -> Tarifa:
    """Assemble a tariff from the values in force on a date, checking that both tables agree."""
    tasas = parametros.vigente(f"aportes.tasas.{regimen.lower()}", en=en)
    reparto = _reparto(regimen, parametros, en=en, exigir=exigir_distribucion)
    ccc = parametros.vigente("aportes.ccc", en=en) if paga_ccc else None
    valores = [valor for valor in (tasas, reparto, ccc) if valor is not None]
    personal = _diezmilesimas(tasas, "personal")
    if personal + _diezmilesimas(tasas, "patronal") != _diezmilesimas(tasas, "total"):
        msg = f"{tasas.clave}: personal and patronal do not add up to total"
        raise ValueError(msg)
    if reparto is not None and personal != _suma_personal(reparto):
        msg = f"{reparto.clave}: personal parts do not add up to {personal}"
        raise ValueError(msg)
    return Tarifa(
        regimen=regimen,
        paga_ccc=paga_ccc,
        personal=personal,
        total=_diezmilesimas(tasas, "total"),
        ccc=ccc.tasa.a_diezmilesimas() if ccc else 0,
        seguros=_seguros(reparto) if reparto else (0,) * len(SEGUROS),
        distribuida=reparto is not None,
        estado_verificacion=peor_estado(*(valor.estado_verificacion for valor in valores)),
        citas=tuple(dict.fromkeys(valor.norma for valor in valores)),
    )


def _reparto(
    regimen: str, parametros: Parametros, *, en: date, exigir: bool
) -> ValorVigente | None:
    """Return the distribution in force, or None when it is unknown and not demanded."""
    try:
        return parametros.vigente(f"aportes.distribucion.{regimen.lower()}", en=en)
    except SinDatos:
        if exigir:
            raise
        return None


def _diezmilesimas(valor: ValorVigente, columna: str) -> int:
    return Tasa(valor.tabla[columna]).a_diezmilesimas()


def _seguros(reparto: ValorVigente) -> tuple[int, ...]:
    """Return personal + patronal of each seguro, in order."""
    if set(reparto.tabla) != set(SEGUROS):
        msg = f"{reparto.clave}: the seguros are {sorted(reparto.tabla)}"
        raise ValueError(msg)
    return tuple(
        sum(Tasa(parte).a_diezmilesimas() for parte in reparto.tabla[seguro]) for seguro in SEGUROS
    )


def _suma_personal(reparto: ValorVigente) -> int:
    return sum(Tasa(partes[0]).a_diezmilesimas() for partes in reparto.tabla.values())


def _fecha_de_la_tabla(
    periodo: Periodo, pago_oportuno: date | None, parametros: Parametros
) -> date:
    """Return the day whose tables hold for the period: its last one, save at the 2015 frontier."""
    if pago_oportuno is not None:
        frontera = parametros.invariable("aportes.frontera_cd501").tabla
        if str(periodo) == frontera["periodo"] and pago_oportuno >= frontera["pagos_desde"]:
            return Periodo.de_texto(frontera["tabla_del_periodo"]).ultimo_dia
    return periodo.ultimo_dia


def _algun_tipo_paga_ccc(regimen: str) -> bool:
    return any(tipo.paga_ccc and tipo.admite(regimen) for tipo in tipos_empleador().values())


def _paga_ccc(regimen: str, tipo_empleador: str | None) -> bool:
    """Say whether the CCC is due; refuses a kind of employer that does not fit the regime."""
    dependencia = buscar_regimen(regimen).dependencia
    if tipo_empleador is None:
        return False
    tipo = buscar_tipo_empleador(tipo_empleador)
    if not dependencia:
        return False
    if not tipo.admite(regimen):
        suyos = (buscar_regimen(r).nombre for r in (tipo.regimen, *tipo.otros_regimenes))
        msg = (
            f"Un empleador «{tipo.nombre}» no tiene trabajadores en el régimen "
            f"«{buscar_regimen(regimen).nombre}»: elija {' o '.join(f'«{r}»' for r in suyos)}."
        )
        raise TipoEmpleadorNoCorresponde(msg)
    if tipo.paga_ccc is None:
        msg = f"No se sabe si un empleador «{tipo.nombre}» paga la CCC. {tipo.nota}"
        raise NaturalezaSinDefinir(msg)
    return tipo.paga_ccc
