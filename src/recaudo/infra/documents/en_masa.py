"""Turn the model of a document (blocks with blanks) into one SQL expression of `jsonb`.

The fixed words are literals, written once in the statement; the blanks are columns of the table of
the mass act, under the alias `t`. What it gives for a row is, byte for byte, what `contenido_de`
gives for the same values: a test compares both.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from psycopg import sql

from recaudo.infra.documents.blancos import MARCA, MESES, Blanco, Clase, Si, Suma
from recaudo.infra.documents.canonico import simplificar
from recaudo.kernel.money import Dinero

_MESES: Final = "(ARRAY[{}])".format(", ".join(f"'{mes}'" for mes in MESES))
_CRUDO: Final = {
    Clase.TEXTO: "{}",
    Clase.NUMERO: "{}",
    Clase.DINERO: "recaudo_dolares({})",
    Clase.FECHA: "{}::text",
    Clase.TASA: "{}",
}
_ESCRITO: Final = {
    Clase.TEXTO: "{}",
    Clase.NUMERO: "{}::text",
    Clase.DINERO: "recaudo_dolares_escritos({})",
    Clase.FECHA: "to_char({}, 'DD/MM/YYYY')",
    Clase.MES: _MESES + "[{0} % 100] || ' de ' || {0} / 100",
    Clase.TASA: "replace({}, '.', ',')",
}


def expresion(modelo: Any) -> sql.Composable:
    """Return the SQL of the whole content of a row, of type jsonb."""
    return sql.SQL("({})::jsonb").format(_pegar(_piezas(modelo)))


def diferencias(
    pendientes: Sequence[tuple[Suma, Any, Blanco | None]],
) -> sql.Composable | None:
    """Return the SQL condition that some table of a row does not add up; None when all are known.

    Amounts are compared in cents, before anything is written.
    """
    if not pendientes:
        return None
    return sql.SQL(" OR ").join(
        sql.SQL("({} AND ({}) IS DISTINCT FROM ({}))").format(
            sql.SQL("TRUE") if cuando is None else _columna(cuando, "{}"),
            _centavos(suma),
            _centavos(debe),
        )
        for suma, debe, cuando in pendientes
    )


def _columna(blanco: Blanco, plantilla: str) -> sql.Composable:
    return sql.SQL(plantilla).format(sql.Identifier("t", blanco.columna))


def _piezas(valor: Any) -> list[str | sql.Composable]:
    """The JSON text of `valor` as literal pieces and expressions of type text."""
    if isinstance(valor, Blanco):
        return [_json(_columna(valor, _CRUDO[valor.clase]))]
    if isinstance(valor, Suma):
        return [_json(sql.SQL("recaudo_dolares({})").format(_centavos(valor)))]
    if isinstance(valor, str):
        return _de_texto(valor)
    if isinstance(valor, dict):
        return _de_objeto(valor)
    if isinstance(valor, list):
        return _de_lista(valor)
    return [json.dumps(simplificar(valor), ensure_ascii=False)]


def _de_objeto(objeto: dict[str, Any]) -> list[str | sql.Composable]:
    piezas: list[str | sql.Composable] = ["{"]
    for n, (clave, valor) in enumerate(objeto.items()):
        piezas.append(f"{', ' if n else ''}{json.dumps(clave, ensure_ascii=False)}: ")
        if isinstance(valor, Blanco) and valor.clase is Clase.FILAS:
            piezas.append(_columna(valor, "{}::text"))
        else:
            piezas += _piezas(valor)
    return [*piezas, "}"]


def _de_lista(lista: list[Any]) -> list[str | sql.Composable]:
    """A list whose conditional elements leave no comma behind."""
    if not any(isinstance(v, Si) for v in lista):
        piezas: list[str | sql.Composable] = ["["]
        for n, valor in enumerate(lista):
            piezas += [", "] if n else []
            piezas += _piezas(valor)
        return [*piezas, "]"]
    elementos = [
        sql.SQL("CASE WHEN {} THEN {} END").format(
            _columna(v.condicion, "{}"), _pegar(_piezas(v.contenido))
        )
        if isinstance(v, Si)
        else _pegar(_piezas(v))
        for v in lista
    ]
    return ["[", sql.SQL("concat_ws(', ', {})").format(sql.SQL(", ").join(elementos)), "]"]


def _de_texto(texto: str) -> list[str | sql.Composable]:
    """A sentence: literal when it has no blank, else its parts joined and escaped by SQL."""
    partes = MARCA.split(texto)
    if len(partes) == 1:
        return [json.dumps(simplificar(texto), ensure_ascii=False)]
    trozos: list[sql.Composable] = []
    for n in range(0, len(partes), 3):
        if partes[n]:
            trozos.append(sql.Literal(partes[n]))
        if n + 2 < len(partes):
            blanco = Blanco(partes[n + 2], Clase(partes[n + 1]))
            trozos.append(sql.SQL("({})").format(_columna(blanco, _ESCRITO[blanco.clase])))
    return [_json(sql.SQL(" || ").join(trozos))]


def _json(expresion_de_valor: sql.Composable) -> sql.Composable:
    return sql.SQL("to_json({})::text").format(expresion_de_valor)


def _pegar(piezas: list[str | sql.Composable]) -> sql.Composable:
    """Join neighbouring literals, then everything with `||`."""
    juntas: list[str | sql.Composable] = []
    for pieza in piezas:
        if isinstance(pieza, str) and juntas and isinstance(juntas[-1], str):
            juntas[-1] += pieza
        else:
            juntas.append(pieza)
    return sql.SQL(" || ").join(sql.Literal(p) if isinstance(p, str) else p for p in juntas)


def _centavos(valor: Any) -> sql.Composable:
    """The amount of a blank, a sum or a constant, in cents."""
    if isinstance(valor, Suma):
        return sql.SQL(" + ").join(_termino(v, condicion) for v, condicion in valor.terminos)
    if isinstance(valor, Dinero):
        return sql.Literal(valor.centavos)
    return _columna(valor, "{}")


def _termino(valor: Any, condicion: Blanco | None) -> sql.Composable:
    if condicion is None:
        return _centavos(valor)
    return sql.SQL("CASE WHEN {} THEN {} ELSE 0 END").format(
        _columna(condicion, "{}"), _centavos(valor)
    )


__all__ = ["diferencias", "expresion"]
