"""Each calculation: the form that asks, the rule of `norma` that answers, the words around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from recaudo.domain.parametros.queries import tasas_para_calcular
from recaudo.interfaces.portal.calculadora import forms
from recaudo.interfaces.portal.seguros import SEGUROS
from recaudo.interfaces.vista.formatos import escribir_fecha, escribir_porcentaje
from recaudo.interfaces.vista.formularios import Formulario
from recaudo.interfaces.vista.piezas import DiaDeTermino, Fila
from recaudo.interfaces.vista.trazas import fechas_legibles, legible
from recaudo.kernel.money import Dinero
from recaudo.norma.aportes.aporte import calcular_aporte
from recaudo.norma.aportes.base_imponible import calcular_base
from recaudo.norma.aportes.fondo_reserva import calcular_fondo_reserva
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import LISTA_NO_VERIFICADA, Termino, contar_termino
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla

Datos = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Resultado:
    """What a calculation answers: one figure (an amount or a date) and everything behind it."""

    titulo: str
    importe: Dinero | None = None
    fecha: date | None = None
    filas: tuple[Fila, ...] = ()
    reparto: tuple[tuple[str, Dinero], ...] = ()
    dias: tuple[DiaDeTermino, ...] = ()
    pasos: list[dict[str, str]] = field(default_factory=list)
    estado_verificacion: str = ""


def aporte(d: Datos) -> Resultado:
    """Contribution of one month (LSS art. 72)."""
    r = calcular_aporte(
        regimen=d["regimen"], periodo=d["periodo"], base=d["base"],
        tipo_empleador=d["tipo_empleador"] or None, parametros=cargar_parametros(),
    )  # fmt: skip
    return Resultado(
        "Aporte del mes",
        importe=r.total,
        filas=(
            Fila("Aporte personal", r.personal.formato()),
            Fila("Aporte patronal", r.patronal.formato()),
            *([Fila("Contribución CCC (aparte)", r.ccc.formato())] if d["tipo_empleador"] else []),
        ),
        reparto=tuple((SEGUROS.get(s, s), v) for s, v in r.distribucion.items() if v),
        pasos=legible(r.traza),
        estado_verificacion=str(r.estado_verificacion),
    )


def fondo_de_reserva(d: Datos) -> Resultado:
    """Fondo de reserva of one month (Código del Trabajo art. 196)."""
    r = calcular_fondo_reserva(base=d["base"], periodo=d["periodo"], parametros=cargar_parametros())
    return Resultado(
        "Fondo de reserva del mes", importe=r.fondo_reserva, pasos=legible(r.traza),
        estado_verificacion=str(r.estado_verificacion),
    )  # fmt: skip


def base(d: Datos) -> Resultado:
    """Base of one month (LSS art. 15)."""
    r = calcular_base(
        sueldo=d["sueldo"], dias=d["dias"], extras=d["extras"] or Dinero.CERO,
        parametros=cargar_parametros(),
    )  # fmt: skip
    filas = (Fila("Días del mes", r.dias),)
    return Resultado("Base de aportación", importe=r.base, filas=filas, pasos=legible(r.traza))


def interes(d: Datos) -> Resultado:
    """Interest on late contributions (LSS art. 89), with the rates in force at the office."""
    r = calcular_interes(
        capital=d["capital"], vencimiento=d["vencimiento"], corte=d["corte"],
        tasa_maxima=d["tasa_maxima"], parametros=cargar_parametros(),
        tasas=None if d["tasa_maxima"] is not None else tasas_para_calcular(),
    )  # fmt: skip
    return Resultado(
        "Interés por mora",
        importe=r.interes,
        filas=(
            Fila("Días de mora", r.dias),
            Fila("Tasa anual aplicada", escribir_porcentaje(r.tasa)),
            Fila("Valor más interés", (d["capital"] + r.interes).formato()),
        ),
        pasos=legible(r.traza),
        estado_verificacion=str(r.estado_verificacion),
    )


def termino(d: Datos) -> Resultado:
    """A término day by day (COA arts. 158 and 159)."""
    r = contar_termino(
        notificado=d["notificado"], dias=d["dias"], calendario=cargar_calendario(),
        cantones=frozenset({d["canton"], d["canton_oficina"]} - {""}),
    )  # fmt: skip
    numeros = {dia: n for n, dia in enumerate(r.habiles, start=1)}
    motivos = {dia.fecha: fechas_legibles(dia.motivo) for dia in r.inhabiles}
    corridos = (
        r.notificado + timedelta(days=n) for n in range(1, (r.vence - r.notificado).days + 1)
    )
    return Resultado(
        "Último día del término",
        fecha=r.vence,
        dias=tuple(
            DiaDeTermino(
                dia, dia in numeros, motivos.get(dia, ""), numeros.get(dia), dia == r.vence
            )
            for dia in corridos
        ),
        filas=(
            Fila("Notificado", escribir_fecha(r.notificado)),
            Fila("Días hábiles", r.dias),
            *_duda(r),
        ),
        pasos=legible(r.traza),
        estado_verificacion=str(r.estado_verificacion),
    )


def _duda(r: Termino) -> tuple[Fila, ...]:
    """Rows that say which local holidays are not verified and what they change."""
    if r.lista_verificada:
        return ()
    dudosos = "; ".join(
        f"{escribir_fecha(dia.fecha)}: {fechas_legibles(dia.motivo)}" for dia in r.dudosos
    )
    return (
        Fila("Feriados locales", LISTA_NO_VERIFICADA.capitalize()),
        Fila("Último día si no fueran feriado", escribir_fecha(r.vence_min)),
        Fila("Días dudosos", dudosos),
    )


def vencimiento(d: Datos) -> Resultado:
    """Last day to pay the planilla of a month (LSS art. 73)."""
    r = vencimiento_de_planilla(
        d["periodo"], cargar_calendario(), cargar_parametros(), provincia=d["provincia"] or None
    )
    sin_prorroga = Fila("Sin la prórroga", escribir_fecha(r.ordinaria))
    return Resultado(
        "Último día para pagar sin interés", fecha=r.fecha, pasos=legible(r.traza),
        filas=(sin_prorroga,) if r.prorroga else (),
        estado_verificacion=str(r.estado_verificacion),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calculo:
    """One page of the calculator."""

    clave: str
    titulo: str
    explicacion: str
    formulario: type[Formulario]
    calcular: Callable[[Datos], Resultado]


CALCULOS: Mapping[str, Calculo] = {
    c.clave: c
    for c in (
        Calculo(
            "aporte", "Aporte del mes",
            "Cuánto aportan el trabajador y el empleador, y a qué seguros.",
            forms.FormularioDeAporte, aporte,
        ),
        Calculo(
            "fondo-de-reserva", "Fondo de reserva", "Cuánto se paga de fondo de reserva en un mes.",
            forms.FormularioDeFondo, fondo_de_reserva,
        ),
        Calculo(
            "base", "Base de aportación", "Sobre qué valor se aporta, según el sueldo y los días.",
            forms.FormularioDeBase, base,
        ),
        Calculo(
            "interes", "Interés por mora", "Cuánto interés causa un valor pagado tarde.",
            forms.FormularioDeInteres, interes,
        ),
        Calculo(
            "termino", "Término en días hábiles",
            "Cuál es el último día de un término, contado día por día.",
            forms.FormularioDeTermino, termino,
        ),
        Calculo(
            "vencimiento", "Vencimiento de una planilla",
            "Hasta qué día se paga una planilla sin interés.",
            forms.FormularioDeVencimiento, vencimiento,
        ),
    )
}  # fmt: skip
