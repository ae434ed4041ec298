"""The notice of a reversal: a payment was undone and what it paid is owed again (R-REC-01).

The bank took the money back, or two people proved that it never came as that payment. It informs;
it opens no término and asks for nothing by itself: the debt has its own documents.
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
    """One payment undone, by its bank or not. Amounts in USD; `comprobante` may be empty."""

    ruc: str
    razon_social: str
    comprobante: str
    importe: Dinero
    a_favor: Dinero
    pagado_el: date
    reversado_el: date
    por_el_banco: bool
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
                f"{_que_paso(d)} El pago quedó deshecho: lo que cubría vuelve a deberse, en el "
                "estado en que estaba."
            ),
            ImporteDestacado(
                que="Pago reversado", sin_pedir="Pago reversado", importe=d.importe
            ),
            Ficha((
                ("Pago", pago),
                ("Fecha del pago", escrito(d.pagado_el)),
                ("Fecha del reverso", escrito(d.reversado_el)),
            )),
            _tabla(d),
            *_credito(d),
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
                _a_quien_preguntar(d),
            )),
            Parrafo("Este aviso no abre ningún término: cada deuda conserva el suyo.", menor=True),
        )),
    )  # fmt: skip


def _que_paso(d: DatosDeReverso) -> str:
    cuando = escrito(d.reversado_el)
    if d.por_el_banco:
        return f"El banco se llevó el {cuando} el dinero de un pago suyo."
    return f"El {cuando} se comprobó que el banco no había recibido el dinero de un pago suyo."


def _a_quien_preguntar(d: DatosDeReverso) -> tuple[str, str]:
    if d.por_el_banco:
        return "Preguntar a su banco", "Solo el banco sabe por qué se llevó el dinero."
    return "Mostrar que pagó", "Lleve la constancia de su banco a la Unidad de Recaudación."


def _tabla(d: DatosDeReverso) -> Tabla:
    """What is owed again; the credit that the payment left is not: it only goes out."""
    return Tabla(
        columnas=(
            Columna("Vuelve a deberse", ancha=True),
            Columna("Capital", TipoColumna.DINERO, suma=True),
            Columna("Interés", TipoColumna.DINERO, suma=True),
            Columna("Total", TipoColumna.DINERO, suma=True),
        ),
        filas=tuple(
            Fila((x.concepto, x.capital, x.interes, x.capital + x.interes)) for x in d.deudas
        ),
        rotulo_total="Total",
        cuadra_con=d.importe - d.a_favor,
    )


def _credito(d: DatosDeReverso) -> tuple[Parrafo, ...]:
    if not d.a_favor:
        return ()
    return (
        Parrafo(
            f"Ese pago dejó además {escrito(d.a_favor)} de crédito a favor, que ya no existe: con "
            "lo que vuelve a deberse suma el pago reversado."
        ),
    )
