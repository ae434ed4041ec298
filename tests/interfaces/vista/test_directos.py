"""Components written directly are, to the character, what their templates give."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, engines
from django.template.base import Node, Parser, Token
from django.utils.safestring import mark_safe
from django_cotton.templatetags._component import CottonComponentNode, cotton_component

from recaudo.interfaces.vista import directos
from recaudo.interfaces.vista.piezas import Entrada, Miga
from recaudo.kernel.money import Dinero

RARO = """<b>"Ñandú" & 'co'</b>"""
ENTRADAS = [Entrada(RARO, f"/a/?b={RARO}&c"), Entrada("Dos", "/dos/", es_actual=True)]
DATOS: dict[str, Any] = {
    "monto": Dinero("1234567.89"), "cero": Dinero.CERO, "numero": 1234567, "raro": RARO,
    "seguro": mark_safe("<i>a&amp;b</i>"), "vacio": "", "nada": None, "estado": "en_mora",
    "entradas": ENTRADAS, "ninguna": [], "migas": [Miga("Uno", "/u/"), Miga(RARO)],
}  # fmt: skip
VALORES = ("monto", "cero", "numero", "raro", "seguro", "vacio", "nada", "estado", "no_existe")
COMPONENTES = [
    "<c-dinero />",
    *[f'<c-dinero :valor="{v}" />' for v in ("monto", "cero", "numero")],
    '<c-dinero :valor="monto" grande />',
    '<c-dinero :valor="monto" :grande="vacio" />',
    '<c-dinero :valor="monto"></c-dinero>',
    '<c-dinero valor="{{ monto|centavos }}" />',
    *[f'<c-etiqueta-estado :estado="{v}" />' for v in ("estado", "raro", "seguro", "vacio")],
    *[f'<c-etiqueta-estado :estado="estado" :texto="{v}" />' for v in VALORES],
    *[f'<c-etiqueta-estado :estado="estado" :tono="{v}" />' for v in VALORES],
    '<c-etiqueta-estado estado="pagado" texto="Ya {{ raro }}" tono="verde" />',
    "<c-navegacion />",
    *[f'<c-navegacion :entradas="{v}" />' for v in ("entradas", "ninguna", "nada", "no_existe")],
    '<c-pestanas :entradas="entradas" />',
    *[f'<c-pestanas :entradas="entradas" :titulo="{v}" />' for v in VALORES],
    '<c-migas :migas="migas" />',
    '<c-migas :migas="nada" />',
    # Not written directly: an attribute of its own, or something inside.
    '<c-dinero :valor="monto" class="otra" />',
    '<c-etiqueta-estado :estado="estado">dentro</c-etiqueta-estado>',
]


def _dibujar(texto: str, compilar: Callable[[Parser, Token], Node]) -> tuple[str, list[Node]]:
    """Compile a text with that way of compiling components; return what it gives, and its nodes."""
    motor = engines["django"].engine
    parche = pytest.MonkeyPatch()
    for biblioteca in motor.template_builtins:
        if "cotton" in biblioteca.tags:
            parche.setitem(biblioteca.tags, "cotton", compilar)
    try:
        plantilla = motor.from_string(_cotton(texto))
        nodos = [n for n in plantilla.nodelist if type(n).__name__ != "TextNode"]
        return plantilla.render(Context(DATOS)), nodos
    finally:
        parche.undo()


def _cotton(texto: str) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return str(CottonCompiler().process(texto))


@pytest.mark.parametrize("texto", COMPONENTES)
def test_the_component_is_the_one_of_the_template(texto: str) -> None:
    directo, _ = _dibujar(texto, directos.componente)
    assert directo == _dibujar(texto, cotton_component)[0]


def test_every_component_written_directly_is_compared_and_taken() -> None:
    tomados = set()
    for texto in COMPONENTES:
        _, (nodo,) = _dibujar(texto, directos.componente)
        if isinstance(nodo, directos.Directo):
            tomados.add(nodo.nodo.component_name)
    assert tomados == set(directos.DIRECTOS)
    for texto in COMPONENTES[-2:]:
        assert isinstance(_dibujar(texto, directos.componente)[1][0], CottonComponentNode)


def test_the_comparison_notices_one_character_that_is_not_escaped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(directos, "_texto", str)
    texto = '<c-etiqueta-estado :estado="estado" :texto="raro" />'
    assert _dibujar(texto, directos.componente)[0] != _dibujar(texto, cotton_component)[0]
