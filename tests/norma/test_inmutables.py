"""What the kernel and the law say never changes once it is said: every value is frozen."""

import pkgutil
from dataclasses import is_dataclass
from importlib import import_module

import pytest

import recaudo.kernel
import recaudo.norma

MIENTRAS_SE_CUENTA = {"recaudo.norma.plazos.plazo._Tramos", "recaudo.norma.plazos.termino._Cuenta"}


def valores() -> dict[str, type]:
    """Every dataclass of the kernel and of the law, by its address."""
    return {
        f"{modulo.name}.{nombre}": clase
        for piso in (recaudo.kernel, recaudo.norma)
        for modulo in pkgutil.walk_packages(piso.__path__, f"{piso.__name__}.")
        for nombre, clase in vars(import_module(modulo.name)).items()
        if isinstance(clase, type) and is_dataclass(clase) and clase.__module__ == modulo.name
    }


@pytest.mark.parametrize("cual", sorted(valores()))
def test_it_is_frozen(cual: str) -> None:
    """But for what a computation keeps while it computes, which nobody else sees."""
    frozen = valores()[cual].__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert frozen is (cual not in MIENTRAS_SE_CUENTA)
