"""What every page is tested with: a variable that nobody gave the template fails the test."""

from collections.abc import Iterator

import pytest
from django.template import engines

# The pages of errors must come out even when nothing could be given to them.
DE_TODA_PAGINA = "identidad."


class VariableSinDefinir(LookupError):
    """A template prints a variable that its view did not give it."""


class Grito(str):
    """What Django prints for an undefined variable, if it can: it asks for its name and shouts."""

    __slots__ = ()

    def __contains__(self, texto: object) -> bool:
        """Say that the name of the variable goes in."""
        return texto == "%s"

    def __mod__(self, variable: object) -> str:
        """Fail, naming the variable."""
        if str(variable).startswith(DE_TODA_PAGINA):
            return ""
        msg = f"undefined variable in a template: {variable}"
        raise VariableSinDefinir(msg)


@pytest.fixture(autouse=True)
def _no_template_prints_an_undefined_variable() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(engines["django"].engine, "string_if_invalid", Grito("sin definir"))
    yield
    patch.undo()
