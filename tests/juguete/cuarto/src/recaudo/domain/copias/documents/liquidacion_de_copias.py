"""The liquidación of copies: what they cost and what to do."""

from typing import Final

from recaudo.infra.documents.bloques import (
    Bloques,
    Columna,
    Fila,
    ImporteDestacado,
    Norma,
    Parte,
    Plazo,
    Seccion,
    Tabla,
    TipoColumna,
)
from recaudo.infra.documents.tipos import Numeracion, QuienFirma, TipoDeDocumento
from recaudo.kernel.money import Dinero

LIQUIDACION_DE_COPIAS: Final = TipoDeDocumento(
    codigo="LIQUIDACION_DE_COPIAS",
    titulo="Liquidación de copias certificadas",
    unidad="Gestión de Cartera",
    serie="COPIAS",
    numeracion=Numeracion.POR_PROVINCIA,
    firma=QuienFirma.INSTITUCION,
    cargo="Unidad provincial de Gestión de Cartera",
    norma="Diseño: cuarto de ejemplo",
    conservacion="sin norma hallada: no se destruye",
    anulado="La liquidación fue anulada: no tiene que pagarla.",
)


def bloques_de_liquidacion(*, ruc: str, razon_social: str, fojas: int, valor: Dinero) -> Bloques:
    """Return the blocks; `valor` in USD. Pure."""
    return (
        Seccion("Quién paga", (Parte("Empleador", razon_social, "RUC", ruc),)),
        Seccion("Cuánto", (
            ImporteDestacado(que="Total a pagar", sin_pedir="Valor liquidado", importe=valor),
            Tabla(
                (Columna("Concepto", ancha=True), Columna("Valor", TipoColumna.DINERO, suma=True)),
                (Fila((f"Copias certificadas de {fojas} fojas", valor)),),
                rotulo_total="Total",
                cuadra_con=valor,
            ),
        )),
        Seccion("Norma", (Norma(LIQUIDACION_DE_COPIAS.norma, "PROVISIONAL"),)),
        Seccion("Qué debe hacer", (
            Plazo(texto="Pague dentro del término que se cuenta desde su notificación."),
        ), pide=True),
    )  # fmt: skip
