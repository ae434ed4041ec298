"""Every act that the house declares, by its address."""

import importlib
import pkgutil
from types import ModuleType

from recaudo import domain, reports
from recaudo.infra.audit.hechos import Acto


def actos() -> dict[str, Acto]:
    """Return the acts of the rooms and of `reports`: address of the module → act."""
    return {
        modulo.__name__.removeprefix("recaudo."): acto
        for paquete in (domain, reports)
        for modulo in _modulos(paquete)
        for acto in vars(modulo).values()
        if isinstance(acto, Acto)
    }


def _modulos(paquete: ModuleType) -> list[ModuleType]:
    nombres = (m.name for m in pkgutil.walk_packages(paquete.__path__, f"{paquete.__name__}."))
    return [importlib.import_module(nombre) for nombre in nombres if ".migrations" not in nombre]
