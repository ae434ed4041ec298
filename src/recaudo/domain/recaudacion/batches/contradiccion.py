"""Whether what a statement brings is money that the bank denies: its balances are the judge."""

from dataclasses import dataclass

from recaudo.domain.recaudacion.queries.juicio import juicios
from recaudo.infra.carga import PasosSql
from recaudo.infra.files.formatos.camt import ExtractoLeido
from recaudo.kernel.money import Dinero


@dataclass(frozen=True, slots=True)
class Contradiccion:
    """`extracto_id`: the statement that says otherwise; `por`: books less bank, if it entered."""

    extracto_id: int
    por: Dinero


def contradiccion(pasos: PasosSql, leido: ExtractoLeido, *, cuenta_id: int) -> Contradiccion | None:
    """Return what the bank says against a statement whose entries are recognised (`e_anterior`).

    A statement that proves its own entries with balances is never contradicted here: if it does not
    open where the one before closed, one may be missing. Any other (a notice, a statement without
    balances) brings money of a day that the bank closed only if that leaves the books nearer to it,
    and of a day before the account was opened only if its opening balance has room for it.
    """
    if leido.prueba_sus_movimientos:
        return None
    cuantas, exceso, extracto_id = pasos.fila("de_antes_de_la_apertura")
    if cuantas and exceso > 0:
        return Contradiccion(extracto_id, Dinero.de_centavos(exceso))
    cuantas, suma, extracto_id = pasos.fila("en_dias_cerrados")
    if not cuantas:
        return None
    juicio, importe = juicios(cuenta_id)[cuenta_id], Dinero.de_centavos(suma)
    if juicio.acerca(importe):
        return None
    return Contradiccion(extracto_id, juicio.diferencia + importe)
