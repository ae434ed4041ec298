"""What the law says about one period, as the small tables that the emission joins."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from recaudo.domain.planillas.models import Tarifa as TarifaGuardada
from recaudo.infra.carga import copiar, tabla_temporal
from recaudo.infra.orm import PeriodoField
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.aportes import COLUMNAS, Tarifa, calcular_base, tabla_de_residuos, tarifa_vigente
from recaudo.norma.aportes.base_imponible import dias_del_periodo
from recaudo.norma.aportes.nucleo import UNIDAD
from recaudo.norma.catalogos import buscar_tipo_empleador, tipos_empleador
from recaudo.norma.catalogos.dpa import cantones
from recaudo.norma.parametros import EstadoVerificacion, Parametros, peor_estado
from recaudo.norma.parametros.cargador import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.vencimiento import Vencimiento, vencimiento_de_planilla


@dataclass(frozen=True)
class LeyDelPeriodo:
    """The law of one period, ready to be joined; `bloqueos`: why a kind of employer has none.

    `vencimientos` by province and kind of employer: an extension may reach one and not another.
    """

    periodo: Periodo
    parametros: Parametros
    vencimientos: Mapping[tuple[str, str], Vencimiento]
    tarifas: Mapping[str, Tarifa]
    estados: Mapping[str, str]
    bloqueos: Mapping[str, str]
    dias: tuple[int, ...]
    partes: tuple[int, ...]
    mes: int

    @property
    def valores(self) -> dict[str, Any]:
        """The values that the statements share."""
        return {
            "periodo": PeriodoField().get_prep_value(self.periodo),
            "primero": self.periodo.primer_dia,
            "siguiente": self.periodo.siguiente().primer_dia,
            "unidad": UNIDAD,
            "mes": self.mes,
            "ancho": self.periodo.ultimo_dia.day + 1,
            "dias": _arreglo(self.dias),
            "partes": _arreglo(self.partes),
        }


@lru_cache(maxsize=16)
def _arreglo(numeros: tuple[int, ...]) -> str:
    """Return the numbers as the text of an array, which is what travels, written once."""
    return f"{{{','.join(map(str, numeros))}}}"


@lru_cache(maxsize=4)
def ley_del_periodo(periodo: Periodo) -> LeyDelPeriodo:
    """Ask `norma` everything that the emission of a period needs (LSS arts. 15, 72, 73).

    A kind of employer whose rates, distribution or CCC are not known is left out, with the reason;
    a period without due date or without days is refused whole. Kept: the law of a process is fixed.
    """
    parametros = cargar_parametros()
    tarifas: dict[str, Tarifa] = {}
    estados: dict[str, str] = {}
    bloqueos: dict[str, str] = {}
    for tipo in tipos_empleador().values():
        try:
            tarifa = tarifa_vigente(
                regimen=tipo.regimen,
                periodo=periodo,
                parametros=parametros,
                tipo_empleador=tipo.id,
                exigir_distribucion=True,
            )
        except Rechazo as rechazo:
            bloqueos[tipo.id] = rechazo.mensaje
            continue
        tarifas[tipo.id] = tarifa
        estados[tipo.id] = peor_estado(tarifa.estado_verificacion, tipo.estado_verificacion).value
    mes = parametros.invariable("aportes.dias_mes").entero
    return LeyDelPeriodo(
        periodo=periodo,
        parametros=parametros,
        vencimientos=_vencimientos(periodo, parametros, tarifas),
        tarifas=tarifas,
        estados=estados,
        bloqueos=bloqueos,
        dias=_tabla_de_dias(periodo, parametros),
        partes=_tabla_de_partes(parametros, mes),
        mes=mes,
    )


def _vencimientos(
    periodo: Periodo, parametros: Parametros, tipos: Iterable[str]
) -> dict[tuple[str, str], Vencimiento]:
    """Return the due date of the period for each province and kind of employer (LSS art. 73)."""
    calendario = cargar_calendario()
    provincias = sorted({canton.codigo_provincia for canton in cantones().values()})
    sectores = {tipo: buscar_tipo_empleador(tipo).codsec for tipo in tipos}

    @cache
    def vencimiento(provincia: str, codsec: str | None) -> Vencimiento:
        return vencimiento_de_planilla(
            periodo, calendario, parametros, provincia=provincia, codsec=codsec
        )

    return {
        (provincia, tipo): vencimiento(provincia, codsec)
        for provincia in provincias
        for tipo, codsec in sectores.items()
    }


def _tabla_de_dias(periodo: Periodo, parametros: Parametros) -> tuple[int, ...]:
    """Return the days for each entry day and, within it, each exit day; 0 = not in the month.

    An exit before the entry cannot be: it counts no day.
    """
    posibles = range(periodo.ultimo_dia.day + 1)
    return tuple(
        0
        if 0 < sale < entra
        else dias_del_periodo(
            periodo=periodo,
            parametros=parametros,
            entrada=_dia(periodo, entra),
            salida=_dia(periodo, sale),
        )
        for entra in posibles
        for sale in posibles
    )


def _dia(periodo: Periodo, dia: int) -> date | None:
    return periodo.primer_dia.replace(day=dia) if dia else None


def _tabla_de_partes(parametros: Parametros, mes: int) -> tuple[int, ...]:
    """Return, by days and by leftover cents, what the law makes of those cents."""
    return tuple(
        calcular_base(
            sueldo=Dinero.de_centavos(resto), dias=dias, parametros=parametros
        ).base.centavos
        for dias in range(mes + 1)
        for resto in range(mes)
    )


def guardar_tarifas(ley: LeyDelPeriodo, tipos: Iterable[str]) -> dict[str, int]:
    """Store the tariff of each kind of employer with its residues, once; return their ids.

    Kinds without a tariff in the period are left out.
    """
    ids: dict[str, int] = {}
    for tipo in sorted(ley.tarifas.keys() & set(tipos)):
        tarifa = ley.tarifas[tipo]
        clave = _clave(tarifa)
        guardada, nueva = TarifaGuardada.objects.get_or_create(
            clave=clave,
            defaults={
                "regimen": tarifa.regimen,
                "paga_ccc": tarifa.paga_ccc,
                "tasas": dict(zip(COLUMNAS, tarifa.tasas, strict=True)),
                "estado_verificacion": tarifa.estado_verificacion.value,
                "citas": list(tarifa.citas),
            },
        )
        if nueva:
            _copiar_residuos(guardada.pk, tarifa)
        ids[tipo] = guardada.pk
    return ids


def _clave(tarifa: Tarifa) -> str:
    """Name a tariff by everything it says: rates, regime, doubt and citations."""
    contenido = [
        tarifa.regimen,
        tarifa.paga_ccc,
        tarifa.tasas,
        tarifa.estado_verificacion.value,
        tarifa.citas,
    ]
    return sha256(json.dumps(contenido, ensure_ascii=True).encode()).hexdigest()[:16]


def _copiar_residuos(tarifa_id: int, tarifa: Tarifa) -> None:
    columnas = ("tarifa_id", "residuo", *COLUMNAS)
    with connection.cursor() as cursor:
        copiar(
            cursor,
            "planillas_tarifaresiduo",
            columnas,
            ((tarifa_id, *fila) for fila in _residuos(tarifa)),
        )
        cursor.execute("ANALYZE planillas_tarifaresiduo")


@lru_cache(maxsize=16)
def _residuos(tarifa: Tarifa) -> list[tuple[int, ...]]:
    return tabla_de_residuos(tarifa)


#: The tariffs of the period by kind of employer, as the statements of the emission read them.
_TARIFA = (
    "emision_tarifa (tipo_empleador text PRIMARY KEY, tarifa_id bigint, "
    f"estado_verificacion text, {', '.join(f'{c} bigint' for c in COLUMNAS)})"
)


def cargar_tarifas(cursor: CursorWrapper, ley: LeyDelPeriodo, tarifas: Mapping[str, int]) -> None:
    """Put the rates in the transaction; `tarifas` are the ids of `guardar_tarifas`."""
    tabla_temporal(
        cursor,
        _TARIFA,
        [(tipo, tarifas[tipo], ley.estados[tipo], *ley.tarifas[tipo].tasas) for tipo in tarifas],
    )


def vencimientos_de(ley: LeyDelPeriodo, tipos: Iterable[str]) -> dict[str, list[Any]]:
    """Return, as columns, the last day without interest of each province and kind of employer.

    With the extension of a territory if one was granted, and how sure the planilla is: the worst of
    its rate and its date. One statement reads it, so it travels with it and is no table.
    """
    elegidos = frozenset(tipos)
    filas = [
        (
            provincia,
            tipo,
            vencimiento.fecha,
            peor_estado(
                EstadoVerificacion(ley.estados[tipo]), vencimiento.estado_verificacion
            ).value,
        )
        for (provincia, tipo), vencimiento in ley.vencimientos.items()
        if tipo in elegidos
    ]
    nombres = ("v_provincia", "v_tipo", "v_vence", "v_estado")
    return {nombre: [fila[n] for fila in filas] for n, nombre in enumerate(nombres)}
