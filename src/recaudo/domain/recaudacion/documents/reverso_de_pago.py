"""The notice of a reversal: the bank took the money back and what it paid is owed again (R-REC-01).

It informs; it opens no término and asks for nothing by itself: the debt has its own documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from recaudo.infra.documents.blancos import escrito
from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Ficha,
    Fila,
    ImporteDestacado,
    Instrucciones,
    Norma,
    Parrafo,
    Parte,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.infra.documents.tipos import Numeracion, QuienFirma, TipoDeDocumento
from recaudo.kernel.money import Dinero

REVERSO_DE_PAGO: Final = TipoDeDocumento(
    codigo="REVERSO_DE_PAGO",
    titulo="Reverso de pago",
    unidad="Unidad de Recaudación",
    serie="REVERSO",
    numeracion=Numeracion.POR_PROVINCIA,
    firma=QuienFirma.NADIE,
    cargo="",
    norma="R-REC-01",
    conservacion="sin norma hallada: no se destruye",
    anulado="El aviso de reverso fue anulado.",
)


@dataclass(frozen=True, slots=True)
class DeudaQueRevive:
    """What the undone payment had paid of one debt, in USD."""

    concepto: str
    capital: Dinero
    interes: Dinero


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosDeReverso:
    """One payment that the bank undid. `importe`, `a_favor` in USD; `comprobante` may be empty."""

    ruc: str
    razon_social: str
    comprobante: str
    importe: Dinero
    a_favor: Dinero
    pagado_el: date
    reversado_el: date
    deudas: Sequence[DeudaQueRevive]


def bloques_de_reverso(d: DatosDeReverso) -> Bloques:
    """Return the blocks of the notice. Pure; what each debt owes again is what that payment paid.

    Raises TotalNoCuadra when debts and credit in favour do not add up to the payment.
    """
    pago = f"comprobante {d.comprobante}" if d.comprobante else "aplicado sin comprobante"
    return (
        Seccion("Quién pagó", (Parte("Empleador", d.razon_social, "RUC", d.ruc),)),
        Seccion("Qué pasó y cuánto", (
            Parrafo(
                f"El banco se llevó el {escrito(d.reversado_el)} el dinero de un pago suyo. El "
                "pago quedó deshecho: lo que cubría vuelve a deberse, en el estado en que estaba."
            ),
            ImporteDestacado(
                que="Pago reversado", sin_pedir="Pago reversado", importe=d.importe
            ),
            Ficha((
                ("Pago", pago),
                ("Fecha del pago", escrito(d.pagado_el)),
                ("Fecha del reverso en el banco", escrito(d.reversado_el)),
            )),
            _tabla(d),
        )),
        Seccion("Norma", (
            Norma(
                "El interés de mora que corresponda se calcula como si ese pago no se hubiera "
                "hecho, por la norma de cada deuda.",
                "PROVISIONAL",
                "La regla del reverso es una decisión de esta institución mientras ninguna norma "
                "la fije.",
            ),
        )),
        Seccion("Qué puede hacer", (
            Instrucciones((
                ("Pagar", "Genere otro comprobante en el portal: el interés se calcula de nuevo."),
                ("Preguntar a su banco", "Solo el banco sabe por qué se llevó el dinero."),
            )),
            Parrafo("Este aviso no abre ningún término: cada deuda conserva el suyo.", menor=True),
        )),
    )  # fmt: skip


def _tabla(d: DatosDeReverso) -> Tabla:
    filas = [Fila((x.concepto, x.capital, x.interes, x.capital + x.interes)) for x in d.deudas]
    if d.a_favor:
        quitado = "Crédito a favor que dejó el pago y ya no existe"
        filas.append(Fila((quitado, Dinero.CERO, Dinero.CERO, d.a_favor)))
    return Tabla(
        columnas=(
            Columna("Vuelve a deberse", ancha=True),
            Columna("Capital", TipoColumna.DINERO),
            Columna("Interés", TipoColumna.DINERO),
            Columna("Total", TipoColumna.DINERO, suma=True),
        ),
        filas=tuple(filas),
        rotulo_total="Total",
        cuadra_con=d.importe,
    )
