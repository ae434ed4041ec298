"""What each group of debts in arrears bears: its factor and its reasons, computed by the law."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.domain.cartera.documents.notificacion_de_glosa import NOTAS
from recaudo.domain.obligaciones.catalogo import clase_de, clases, rubro_de
from recaudo.infra.documents.trazas import celdas_de_paso
from recaudo.kernel.money import Dinero
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.catalogos.obligaciones import ClaseDeObligacion
from recaudo.norma.mora.factores import FactorMora, tabla_de_factores
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.mora.reglas import Regla, regla_de_interes
from recaudo.norma.mora.tasas import TablaTasas, TasaProvisional, TasaSinDatos
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros, peor_estado

#: The table that SQL joins: one row for each class, due date, day it is settled until and mark.
TABLA: Final = """glosa_factor (clase text, nombre text, norma text, vencimiento date, desde date,
    estado_obligacion text, numerador numeric, denominador numeric, dias integer, tasa text,
    estado text, nota text, traza jsonb, inicio jsonb, final jsonb, escrita jsonb,
    escrito_inicio jsonb, escrito_final jsonb)"""
Fila = tuple[date | int | str, ...]


@dataclass(frozen=True, slots=True)
class Grupo:
    """Debts in arrears that bear the same: class, dates, mark; in which form, of whom, how many."""

    clase: str
    vencimiento: date
    desde: date
    estado: str
    por_rubros: bool
    de_persona: bool
    cuantas: int


class ReglasDeInteresDistintas(Rechazo):
    """Two rubros of a class bear interest by different rules: its debts wait, the others go on."""

    norma = "LSS art. 89"

    def __init__(self, clase: str) -> None:
        """Name the class whose rules do not fit one glosa."""
        super().__init__(
            f"Los rubros de «{clase}» causan interés con reglas distintas y su glosa lleva una. "
            "Sus deudas esperan: quien mantiene la norma debe separar la clase en dos."
        )


def clases_con_glosa() -> list[str]:
    """Return the classes whose data says that they need a glosa (`necesita_glosa`)."""
    return sorted(clase.id for clase in clases().values() if clase.necesita_glosa)


def clases_de_la_masa() -> list[str]:
    """Return those of a planilla whose rubros are all columns: the monthly mass."""
    return sorted(
        clase.id
        for clase in clases().values()
        if clase.necesita_glosa
        and clase.materia == "planilla"
        and all(rubro_de(rubro).columna for rubro in clase.rubros)
    )


def regla_de_la_clase(clase: ClaseDeObligacion, *, corte: date) -> tuple[Regla, frozenset[str]]:
    """Return the one rule of interest of a class on a date, and the rubros that bear it.

    Refuses ReglasDeInteresDistintas: the glosa of a class with two rules that bear interest would
    need two factors.
    """
    parametros = cargar_parametros()
    de_cada_uno = {
        rubro: regla_de_interes(clase=clase, rubro=rubro, en=corte, parametros=parametros)
        for rubro in clase.rubros
    }
    causan = {rubro for rubro, regla in de_cada_uno.items() if regla is not Regla.NINGUNA}
    reglas = {de_cada_uno[rubro] for rubro in causan} or {Regla.NINGUNA}
    if len(reglas) > 1:
        raise ReglasDeInteresDistintas(clase.nombre)
    return reglas.pop(), frozenset(causan)


def factores_de_mora(
    grupos: Iterable[Grupo], corte: date, tasas: TablaTasas
) -> tuple[list[Fila], int, str]:
    """Turn each group into its factor and its reasons to `corte`; count what has no rate, and why.

    The rule is that of the class (`mora.reglas`): of one without interest, a factor of zero.
    """
    filas: dict[tuple[str, date, date, str], Fila] = {}
    sin_tasa, motivo = 0, ""
    for grupo in grupos:
        clave = (grupo.clase, grupo.vencimiento, grupo.desde, grupo.estado)
        if clave in filas:
            continue
        try:
            filas[clave] = _fila(grupo, corte, tasas)
        except (TasaSinDatos, TasaProvisional, ReglasDeInteresDistintas) as falta:
            sin_tasa, motivo = sin_tasa + grupo.cuantas, falta.mensaje
    return list(filas.values()), sin_tasa, motivo


def _fila(grupo: Grupo, corte: date, tasas: TablaTasas) -> Fila:
    """One row of `glosa_factor`. The first and last reasons carry amounts: SQL fills them in."""
    clase = clase_de(grupo.clase)
    factor, traza = _factor(grupo, clase, corte, tasas)
    inicio, *medio, final = traza.como_lista()
    estado = peor_estado(EstadoVerificacion(grupo.estado), factor.estado_verificacion)
    return (
        clase.id,
        clase.nombre,
        clase.norma,
        grupo.vencimiento,
        grupo.desde,
        grupo.estado,
        factor.numerador,
        factor.denominador,
        factor.dias,
        str(factor.tasa or ""),
        estado.value,
        NOTAS[estado.value],
        json.dumps(medio),
        json.dumps(inicio),
        json.dumps(final),
        json.dumps([celdas_de_paso(paso) for paso in medio]),
        json.dumps(celdas_de_paso(inicio)),
        json.dumps(celdas_de_paso(final)),
    )


def _factor(
    grupo: Grupo, clase: ClaseDeObligacion, corte: date, tasas: TablaTasas
) -> tuple[FactorMora, Traza]:
    regla, _ = regla_de_la_clase(clase, corte=corte)
    if regla is Regla.NINGUNA:
        cero = FactorMora(
            vencimiento=grupo.desde, numerador=0, denominador=1, dias=0, tasa=None,
            estado_verificacion=EstadoVerificacion.VERIFICADO,
        )  # fmt: skip
        return cero, (
            Traza()
            .mas("Capital que causa interés", Dinero.CERO, "")
            .mas("Sobre esta deuda no corre interés de mora", clase.nombre, clase.norma)
            .mas("Interés", Dinero.CERO, "")
        )
    parametros = cargar_parametros()
    (factor,) = tabla_de_factores(
        corte=corte, vencimientos=[grupo.desde], parametros=parametros, regla=regla, tasas=tasas
    )
    calculado = calcular_interes(
        capital=Dinero.CERO, vencimiento=grupo.desde, corte=corte, parametros=parametros,
        regla=regla, tasas=tasas,
    )  # fmt: skip
    return factor, calculado.traza
