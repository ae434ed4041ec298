"""The permission matrix of the rulebook (cartera, section 8.3): who may do what, and how far.

It is data, cell by cell, and its test reads the rulebook's own table. A cell is letters (C create
or propose, V review, A approve or sign, X execute, L read) with the reach that the rulebook writes
(p own province, n all provinces, c own cases, o own data) and its note, or nothing. Rows whose act
does not exist yet stay here, and nothing offers them; `origen.py` ties each permission to its row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Ambito(StrEnum):
    """How far a role or a cell reaches."""

    NACIONAL = "nacional"
    PROVINCIAL = "provincial"
    CAUSAS = "sus causas"
    PROPIO = "lo propio"


@dataclass(frozen=True, slots=True)
class Celda:
    """What one role may do of one action; `alcance` is None when the rulebook writes none."""

    letras: frozenset[str] = frozenset()
    alcance: Ambito | None = None
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Fila:
    """One action of the matrix, in the words of the office, with its 21 cells by column."""

    clave: str
    accion: str
    celdas: Mapping[str, Celda]


COLUMNAS: Final = (
    "DG", "DNRC", "UREC", "UCGC", "DNAC", "DNGF", "DP", "JAC", "JC", "AC", "JCO", "SAE", "SAI",
    "CIT", "DEP", "PAT", "CPPC/CNA", "SEG", "VEN", "EMP", "AUD",
)  # fmt: skip
#: The two instances share a column; «A p / A n» is the cell of each.
INSTANCIAS: Final = ("CPPC", "CNA")
NADA: Final = Celda()
_ALCANCES: Final = {
    "p": Ambito.PROVINCIAL,
    "n": Ambito.NACIONAL,
    "c": Ambito.CAUSAS,
    "o": Ambito.PROPIO,
}
_CELDA: Final = re.compile(
    r"(?P<letras>[CVAXL](,[CVAXL])*)( (?P<alcance>[pnco])(?= |$))?( (?P<nota>\(.+\)|[a-z]{2,} .+))?"
)


def leer_celda(texto: str) -> Celda:
    """Return a cell as the rulebook writes it; ValueError for any other shape."""
    if texto == "–":
        return NADA
    partes = _CELDA.fullmatch(texto)
    if partes is None:
        mensaje = f"not a cell of the matrix: {texto}"
        raise ValueError(mensaje)
    alcance = partes["alcance"]
    return Celda(
        frozenset(partes["letras"].split(",")),
        _ALCANCES[alcance] if alcance else None,
        partes["nota"] or "",
    )


def _fila(clave: str, accion: str, texto: str) -> Fila:
    celdas: dict[str, Celda] = {}
    for columna, celda in zip(COLUMNAS, texto.split("|"), strict=True):
        roles = INSTANCIAS if columna == "CPPC/CNA" else (columna,)
        cada_una = celda.strip().split(" / ")
        for n, rol in enumerate(roles):
            celdas[rol] = leer_celda(cada_una[n if len(cada_una) > 1 else 0])
    return Fila(clave, accion, celdas)


_FILAS: Final = (
    _fila(
        "parametros_de_depuracion", "Fijar procedimientos y parámetros de depuración",
        "L|A n|–|C n|–|–|L p|X p|X p|–|X p|–|–|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "proponer_normas", "Proponer normas",
        "A|C n|C n|C n|C|–|–|–|–|–|–|–|–|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "emitir_planilla", "Emitir la planilla, su cuenta por cobrar y su distribución",
        "–|L|L|L|A n|L|L p|L p|L p|L p|–|–|–|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "distribuir_recaudado", "Distribuir lo recaudado a los fondos",
        "–|L|A n|L|–|L|–|–|–|–|–|–|–|–|–|–|–|L|–|–|L",
    ),
    _fila(
        "asentar_cambios", "Asentar los cambios de estado en el libro",
        "–|L|L|C n (report)|–|A n|–|–|–|–|–|–|–|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "emitir_glosa", "Emitir la glosa de aportes y fondos",
        "–|L|–|L n|–|–|L p|V p|A p|C p|–|–|–|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "glosa_de_rp", "Aprobar la responsabilidad patronal y su glosa",
        "–|L|–|L n|–|L|L p|–|L p|L p|–|–|–|–|–|–|–|C,A|–|L o|L",
    ),
    _fila(
        "notificar_glosa", "Notificar la glosa",
        "–|L|–|L n|–|–|L p|–|A p|X p|–|–|–|X p|–|–|–|–|X p|L o|L",
    ),
    _fila(
        "recibir_impugnacion", "Recibir y registrar la impugnación",
        "–|–|–|L n|–|–|L p|–|A n|X n|–|–|–|–|–|–|L|–|X n|C o|L",
    ),
    _fila(
        "informe_de_impugnacion", "Informe técnico de la impugnación",
        "–|–|–|L|–|–|L p|A p|A p|C p|A p|–|C c|–|–|–|L|A|–|–|L",
    ),
    _fila(
        "resolver_impugnacion", "Resolver la impugnación",
        "–|–|–|L|–|–|–|–|L|L|L|–|–|–|–|L|A p / A n|–|–|L o|L",
    ),
    _fila(
        "acuerdo_en_banda", "Acuerdo de pagos parciales dentro de la banda automática",
        "–|–|–|L n|–|–|L p|–|L p|X p|–|–|–|–|–|–|–|–|C|C o|L",
    ),
    _fila(
        "acuerdo_sobre_banda", "Acuerdo de pagos parciales sobre la banda",
        "–|–|–|L n|–|–|A p|–|V p|C p|–|–|–|–|–|–|–|–|C|C o|L",
    ),
    _fila(
        "purga", "Purga de mora o consolidación",
        "A above limit|L|–|L n|–|L|A p|–|V p|C p|L p|–|–|–|–|–|–|–|–|C o|L",
    ),
    _fila(
        "calificar_garantia", "Calificar la garantía",
        "–|–|–|L n|–|–|A p|–|C,V p|C p|X p (monitor/execute)|–|–|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "emitir_titulo", "Emitir el título de crédito",
        "–|L|–|L n|–|–|V p (orden de cobro A)|–|A p|C p|L p|–|–|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "anular", "Anular la glosa o el título",
        "–|L n|–|V n|–|L|A p|V p|C p|C p|V p|–|–|–|–|–|A by acuerdo|A (RP)|–|C o|L",
    ),
    _fila(
        "sortear", "Sortear a los secretarios abogados",
        "–|L n|–|L n|–|–|L p|–|–|–|A,X p|L c|L c|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "reasignar", "Volver a sortear, reasignar o ampliar 90 días",
        "–|L n|–|L n|–|–|A p|–|–|–|C p|C c|C c|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "providencia", "Providencia, orden de pago inmediato y medidas",
        "–|–|–|L n|–|–|A p|–|–|–|V p|C c (co-sign)|C c (co-sign)|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "citar", "Citación",
        "–|–|–|L n|–|–|L p|–|–|–|V p|L c|L c|X c|–|–|–|–|–|L o|L",
    ),
    _fila(
        "embargo", "Acta de embargo, bienes y bodega",
        "–|L n|–|L n|–|–|A p|–|X p (admin. of goods)|–|V p|C c|C c|–|X c|–|–|–|–|L o|L",
    ),
    _fila(
        "dinero_retenido", "Registrar el dinero retenido",
        "–|L n|–|V n|–|L|L p|–|X p|X p|X p|C c|C c|–|–|–|–|–|–|L o|L",
    ),
    _fila(
        "remate", "Avalúo y remate",
        "–|–|–|L n|–|–|A p|–|–|–|V p|C c|C c|–|L c|–|–|–|–|C (offer)|L",
    ),
    _fila(
        "pagar_costas", "Pagar honorarios y costas",
        "–|L n|–|L n|–|X|A p (spend)|–|–|–|V,C p|C c (claim)|–|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "insolvencia", "Remitir a insolvencia y llevar el juicio",
        "–|L|–|L n|–|–|A p|–|–|–|C p|C c|C c|–|–|X p|–|–|–|–|L",
    ),
    _fila(
        "deprecatorio", "Deprecatorio",
        "–|L n|–|L n|–|–|A p|–|–|–|X p (send/receive)|C c|C c|X|X|–|–|–|–|–|L",
    ),
    _fila(
        "elegir_abogados", "Elegir y evaluar a los abogados",
        "–|A n|–|C n (accreditation)|–|–|–|–|–|–|C p|–|–|–|–|–|–|–|–|–|L",
    ),
    _fila(
        "depurar_usuarios", "Depurar la lista de usuarios del sistema",
        "–|–|–|–|–|–|A p|C p (3.5.1 m)|C p|–|C p|–|–|–|–|–|–|–|–|–|L",
    ),
)  # fmt: skip
MATRIZ: Final[Mapping[str, Fila]] = {fila.clave: fila for fila in _FILAS}
