"""A count and its noun agree: `1 línea`, `2 líneas`. The one that writes it is `contar`."""

import ast

import pytest

SUSTANTIVOS = (
    "archivos", "asientos", "comprobantes", "deudas", "días", "documentos", "extractos", "glosas",
    "líneas", "notificaciones", "novedades", "obligaciones", "pagos", "personas", "planillas",
    "plazos", "trabajadores", "tramos", "valores", "violaciones",
)  # fmt: skip
#: Where the number is never one, with its reason.
NUNCA_UNO = {
    "src/recaudo/domain/cartera/documents/glosa_comun.py": "31 days of mora or more",
    "src/recaudo/norma/novedades/aceptacion.py": "a number of the law: fifteen days and more",
    "src/recaudo/norma/aportes/fondo_reserva.py": "the days of the commercial month",
    "src/recaudo/interfaces/vista/formularios.py": "the days of a month",
    "src/recaudo/interfaces/oficina/recaudacion/extractos.py": "several, one is said apart",
    "src/recaudo/domain/planillas/batches/emitir_trozo.py": "`uno de tantas líneas`",
}


def sin_concordar(texto: str) -> list[int]:
    """Return the lines where a number is followed by a plural noun, whatever the number is."""
    arbol = ast.parse(texto)
    elegidos = {
        id(frase)
        for eleccion in ast.walk(arbol)
        if isinstance(eleccion, ast.IfExp)
        for frase in ast.walk(eleccion)
    }
    return [
        frase.lineno
        for frase in ast.walk(arbol)
        if isinstance(frase, ast.JoinedStr) and id(frase) not in elegidos and _cuenta(frase)
    ]


def _cuenta(frase: ast.JoinedStr) -> bool:
    pares = zip(frase.values, frase.values[1:], strict=False)
    return any(
        isinstance(numero, ast.FormattedValue)
        and isinstance(dicho, ast.Constant)
        and str(dicho.value).startswith(" ")
        and str(dicho.value).split()[:1] != []
        and str(dicho.value).split()[0].strip(".,;:") in SUSTANTIVOS
        for numero, dicho in pares
    )


def test_every_count_agrees_with_its_noun(house: dict[str, str]) -> None:
    malos = {
        f"{donde}:{linea}"
        for donde, texto in house.items()
        if donde.endswith(".py") and donde not in NUNCA_UNO and "/medicion/" not in donde
        for linea in sin_concordar(texto)
    }
    assert malos == set()


@pytest.mark.parametrize(
    ("texto", "hay"),
    [
        ("f'{n} violaciones en {x}'", True),
        ("f'Se sellaron {n} asientos.'", True),
        ("'1 glosa' if n == 1 else f'{n} glosas'", False),
        ("f'{contar(n)} de hoy'", False),
    ],
)
def test_the_check_sees_what_does_not_agree(texto: str, *, hay: bool) -> None:
    assert bool(sin_concordar(texto)) is hay
