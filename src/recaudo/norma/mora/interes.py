"""Interest on late contributions: maximum conventional rate plus points, simple, by days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from recaudo.kernel.money import Dinero, Tasa, dividir_redondeando
from recaudo.kernel.reasons import Traza
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.citas import segun
from recaudo.norma.mora.reglas import Regla
from recaudo.norma.mora.tasas import TablaTasas, tasas_publicadas
from recaudo.norma.mora.tramos import (
    REGLAS,
    UN_DIA,
    FuenteDeTasa,
    Modo,
    Tramo,
    tasa_de_tabla,
    tasa_indicada,
)
from recaudo.norma.parametros import EstadoVerificacion, Parametros, ValorVigente, peor_estado

POR_CIENTO = 100


class ConceptoSinInteres(Rechazo):
    """LSS 89 does not name that kind of obligation."""

    norma = "LSS art. 89"


class CapitalNegativo(Rechazo):
    """Interest runs on what is owed; a credit bears none."""

    mensaje = "El capital no puede ser negativo. Revise el valor."
    norma = "LSS art. 89"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """What the law in force at the cut-off says, before any capital: shared by scalar and set."""

    corte: date
    modo: Modo
    puntos: ValorVigente
    base_dias: ValorVigente
    fuente: FuenteDeTasa

    def tramos(self, vencimiento: date) -> tuple[Tramo, ...]:
        """Segments of days in arrears, from the day after the due date to the cut-off."""
        desde = vencimiento + UN_DIA
        return REGLAS[self.modo](desde, self.corte, self.fuente) if desde <= self.corte else ()

    def tasa_total(self, tramo: Tramo) -> Tasa:
        """Annual rate of the segment, points included."""
        return Tasa(tramo.tasa_maxima.porcentaje + self.puntos.decimal)

    def factor(self, tramos: Iterable[Tramo]) -> Fraction:
        """Exact interest of one unit of capital: sum of rate by days, over the days of the year."""
        suma = sum(
            (Fraction(self.tasa_total(tramo).porcentaje) * tramo.dias for tramo in tramos),
            start=Fraction(0),
        )
        return suma / (POR_CIENTO * self.base_dias.entero)

    def estado(self, tramos: Iterable[Tramo]) -> EstadoVerificacion:
        """Worst state of what the amount rests on."""
        return peor_estado(
            self.puntos.estado_verificacion,
            self.base_dias.estado_verificacion,
            *(tramo.estado for tramo in tramos),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interes:
    """Interest in USD to the cut-off, with its rate (annual %, points included) and its reasons.

    ``tasa`` is None when no day of arrears has passed. POR_TRAMOS shows the rate of the last
    segment; ``tramos`` holds them all.
    """

    interes: Dinero
    tasa: Tasa | None
    dias: int
    modo: Modo
    base_dias: int
    tramos: tuple[Tramo, ...]
    estado_verificacion: EstadoVerificacion
    traza: Traza


@segun("LSS art. 89")
def regimen_de_mora(
    *,
    corte: date,
    parametros: Parametros,
    concepto: str = "APORTES",
    regla: Regla | None = None,
    tasa_maxima: Tasa | None = None,
    tasas: TablaTasas | None = None,
    modo: str | None = None,
    admitir_provisional: bool = False,
) -> Regimen:
    """Gather the rules in force at the cut-off. Raises ConceptoSinInteres, SinDatos.

    ``regla`` is that of the class and rubro (`mora.reglas`); without it, LSS 89 for the kinds of
    debt that it names (``concepto``).

    ``tasa_maxima`` (annual %, without the points) is used for every day when given; otherwise
    ``tasas``, or the published series when that is not given either.
    """
    puntos = _puntos(concepto, regla, corte, parametros)
    fuente = (
        tasa_indicada(tasa_maxima)
        if tasa_maxima is not None
        else tasa_de_tabla(tasas or tasas_publicadas(), admitir_provisional=admitir_provisional)
    )
    return Regimen(
        corte=corte,
        modo=Modo(modo or parametros.vigente("mora.modo", en=corte).texto),
        puntos=puntos,
        base_dias=parametros.vigente("mora.base_dias", en=corte),
        fuente=fuente,
    )


def _puntos(
    concepto: str, regla: Regla | None, corte: date, parametros: Parametros
) -> ValorVigente:
    if regla is None:
        admitidos = parametros.vigente("mora.conceptos", en=corte).lista
        if concepto not in admitidos:
            msg = (
                f"El concepto {concepto} no causa este interés. Use uno de: {', '.join(admitidos)}."
            )
            raise ConceptoSinInteres(msg)
        regla = Regla.LSS_89
    if regla is Regla.NINGUNA:
        msg = "Sobre ese rubro no corre interés de mora."
        raise ConceptoSinInteres(msg)
    if regla is Regla.MAXIMA_CONVENCIONAL:
        return parametros.vigente("mora.puntos_rp", en=corte)
    return parametros.vigente("mora.puntos", en=corte)


@segun("LSS art. 89")
def calcular_interes(
    *,
    capital: Dinero,
    vencimiento: date,
    corte: date,
    parametros: Parametros,
    concepto: str = "APORTES",
    regla: Regla | None = None,
    tasa_maxima: Tasa | None = None,
    tasas: TablaTasas | None = None,
    modo: str | None = None,
    admitir_provisional: bool = False,
) -> Interes:
    """Interest in USD on ``capital`` from the day after ``vencimiento`` to ``corte``, both counted.

    Simple, by calendar days, rounded half up once. Raises CapitalNegativo, ConceptoSinInteres,
    TasaSinDatos (the month is not loaded), TasaProvisional (not approved), SinDatos.
    """
    if capital < Dinero.CERO:
        raise CapitalNegativo
    regimen = regimen_de_mora(
        corte=corte,
        parametros=parametros,
        concepto=concepto,
        regla=regla,
        tasa_maxima=tasa_maxima,
        tasas=tasas,
        modo=modo,
        admitir_provisional=admitir_provisional,
    )
    tramos = regimen.tramos(vencimiento)
    factor = regimen.factor(tramos)
    interes = Dinero.de_centavos(
        dividir_redondeando(capital.centavos * factor.numerator, factor.denominator)
    )
    return Interes(
        interes=interes,
        tasa=regimen.tasa_total(tramos[-1]) if tramos else None,
        dias=sum(tramo.dias for tramo in tramos),
        modo=regimen.modo,
        base_dias=regimen.base_dias.entero,
        tramos=tramos,
        estado_verificacion=regimen.estado(tramos),
        traza=_explicar(regimen, capital, vencimiento, tramos)
        .mas("Verificación de la tasa, los puntos y la base de días", regimen.estado(tramos), "")
        .mas("Interés, redondeado una vez al centavo", interes, "LSS art. 89"),
    )


def _explicar(
    regimen: Regimen, capital: Dinero, vencimiento: date, tramos: tuple[Tramo, ...]
) -> Traza:
    traza = (
        Traza()
        .mas("Capital", capital, "")
        .mas("Vencimiento", vencimiento.isoformat(), "LSS art. 73")
        .mas("Corte", regimen.corte.isoformat(), "LSS art. 89")
    )
    if not tramos:
        return traza.mas("No hay días de mora al corte", "0", "LSS art. 89")
    for tramo in tramos:
        traza = traza.mas(
            f"Días de mora del {tramo.desde.isoformat()} al {tramo.hasta.isoformat()}",
            tramo.dias,
            "LSS art. 89",
        ).mas(
            f"Tasa: máxima convencional {tramo.tasa_maxima} % + {regimen.puntos.decimal} puntos",
            f"{regimen.tasa_total(tramo)} %",
            regimen.puntos.norma,
        )
    return traza.mas("Modo de la tasa", regimen.modo, "LSS art. 89").mas(
        "Días del año", regimen.base_dias.entero, regimen.base_dias.norma
    )
