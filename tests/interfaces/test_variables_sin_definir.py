"""No page may print a variable that nobody gave it: the guard of every test of the doors."""

import pytest
from django.template import engines

from tests.interfaces.conftest import VariableSinDefinir


@pytest.mark.parametrize("bad", ["{{ nada }}", "{{ glosa.numro }}", '{{ nada|default:"0,00" }}'])
def test_a_template_that_prints_what_nobody_gave_it_fails_the_test(bad: str) -> None:
    with pytest.raises(VariableSinDefinir, match="undefined variable"):
        engines["django"].from_string(bad).render({"glosa": {"numero": "1"}})


@pytest.mark.parametrize(
    "good", ["{{ glosa.numero }}", "{% if nada %}x{% endif %}", "{{ identidad.producto }}"]
)
def test_what_was_given_what_is_only_asked_and_who_we_are_do_not(good: str) -> None:
    assert "x" not in engines["django"].from_string(good).render({"glosa": {"numero": "1"}})
