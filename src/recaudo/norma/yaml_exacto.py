"""Reading YAML without floats: decimal numbers arrive as `Decimal`, dates as `date`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # pragma: no cover - PyYAML without its C library
    from yaml import SafeLoader as _Base  # type: ignore[assignment]


class _CargadorExacto(_Base):
    """Safe loader that never builds a float and refuses repeated keys."""


def _decimal(cargador: _CargadorExacto, nodo: yaml.ScalarNode) -> Decimal:
    return Decimal(str(nodo.value))


def _mapa_sin_repetidos(cargador: _CargadorExacto, nodo: yaml.MappingNode) -> dict[Any, Any]:
    mapa: dict[Any, Any] = {}
    for nodo_clave, nodo_valor in nodo.value:
        clave = cargador.construct_object(nodo_clave, deep=True)
        if clave in mapa:
            msg = f"repeated key {clave!r} at {nodo_clave.start_mark}"
            raise ValueError(msg)
        mapa[clave] = cargador.construct_object(nodo_valor, deep=True)
    return mapa


_CargadorExacto.add_constructor("tag:yaml.org,2002:float", _decimal)
_CargadorExacto.add_constructor("tag:yaml.org,2002:map", _mapa_sin_repetidos)


def leer_yaml(ruta: Path) -> Any:
    """Return the content of a YAML file; decimals are exact, repeated keys are ValueError."""
    with ruta.open("rb") as archivo:
        return yaml.load(archivo, Loader=_CargadorExacto)  # noqa: S506 - a safe loader subclass
