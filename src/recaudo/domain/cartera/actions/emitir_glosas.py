"""Emit the glosas whose day came: numbers, amounts, documents, notices, ledger, in one go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from recaudo.domain.cartera.batches.factores_de_glosa import Fila, Grupo, factores_de_mora
from recaudo.domain.cartera.batches.glosas_nuevas import escribir_glosas, grupos_en_mora
from recaudo.domain.cartera.facts import GlosasEmitidas, GlosasSinTasa
from recaudo.domain.parametros.queries import tabla_de_tasas
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from recaudo.norma.glosas.plazos_de_glosa import fecha_de_glosa
from recaudo.norma.parametros import cargar_parametros

ACTO = Acto("emitir_glosas", Permiso.GLOSA_EMITIR, GlosasEmitidas, GlosasSinTasa)


@dataclass(frozen=True, slots=True)
class ResultadoGlosas:
    """How many were emitted and how many wait for a rate; amounts in USD."""

    emitidas: int
    sin_tasa: int
    capital: Dinero
    interes: Dinero

    def eventos(self) -> dict[str, int]:
        """Return what the daily close counts."""
        return {"GLOSA_EMITIDA": self.emitidas, "GLOSA_SIN_TASA": self.sin_tasa}


def emitir_glosas(*, fecha: date, por: Actor) -> ResultadoGlosas:
    """This act will emit a glosa for each debt whose N-th day of arrears came (C.D. 516 art. 129).

    Of every class whose data says so (`necesita_glosa`), of an employer or of a person. N is the
    norm's (`glosa.dias_para_glosar`). Capital is what is still owed; interest is computed to
    `fecha` by the rule of the class, at the rate of the approved table (LSS 89). A debt whose month
    has no approved rate is NOT assessed: it is counted in `sin_tasa` and the next close tries
    again. Each glosa takes a number without gaps in its province and year, freezes its document,
    goes to the inbox, moves the debt to `en_glosa` and the ledger to the account of each rubro in
    glosa. Running it again changes nothing.
    """
    with connection.cursor() as cursor:
        parametros = cargar_parametros()
        llegaron = [
            grupo
            for grupo in grupos_en_mora(cursor, antes_de=fecha)
            if fecha_de_glosa(grupo.vencimiento, parametros) <= fecha
        ]
        if not llegaron:
            return ResultadoGlosas(0, 0, Dinero.CERO, Dinero.CERO)
        filas, sin_tasa, motivo = factores_de_mora(llegaron, fecha, tabla_de_tasas())
        if sin_tasa:
            with acto(ACTO, por=por, fecha=fecha, norma="LSS art. 89") as a:
                a.declarar(GlosasSinTasa(fecha, sin_tasa, motivo))
        if not filas:
            return ResultadoGlosas(0, sin_tasa, Dinero.CERO, Dinero.CERO)
        with acto(ACTO, por=por, fecha=fecha, norma="C.D. 516 art. 129") as a:
            cuantas, capital, interes = escribir_glosas(
                cursor, a, filas, _con_factor(llegaron, filas)
            )
            a.declarar(GlosasEmitidas(fecha, cuantas, capital, interes))
    return ResultadoGlosas(cuantas, sin_tasa, capital, interes)


def _con_factor(grupos: Iterable[Grupo], filas: Iterable[Fila]) -> list[Grupo]:
    """Return the groups whose rate is there: those of a month without rate wait."""
    con = {(fila[0], fila[3], fila[4], fila[5]) for fila in filas}
    return [g for g in grupos if (g.clase, g.vencimiento, g.desde, g.estado) in con]
