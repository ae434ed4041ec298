"""How far the dates of a bank's messages may be from each other, and how long a debit may wait."""

from datetime import date

from recaudo.norma.citas import segun
from recaudo.norma.parametros import Parametros


@segun("Decisión de diseño: fechas inverosímiles de un extracto")
def dias_de_margen(*, en: date, parametros: Parametros) -> int:
    """Days that a transaction may be from its booking in the bank, on a day.

    The parameter is ``extracto.dias_de_margen``; farther, a person looks at the line.
    """
    return parametros.vigente("extracto.dias_de_margen", en=en).entero


@segun("Decisión de diseño: identidad de un movimiento bancario")
def dias_entre_mensajes(*, en: date, parametros: Parametros) -> int:
    """Days that a notice and the statement of one entry may differ in their booking date.

    The parameter is ``extracto.dias_entre_mensajes``.
    """
    return parametros.vigente("extracto.dias_entre_mensajes", en=en).entero


@segun("Decisión de diseño: débitos bancarios por aclarar")
def dias_para_aclarar(*, en: date, parametros: Parametros) -> int:
    """Days that a debit of the bank may wait for someone to say what it was.

    The parameter is ``extracto.dias_para_aclarar``; after them the audit shows it.
    """
    return parametros.vigente("extracto.dias_para_aclarar", en=en).entero
