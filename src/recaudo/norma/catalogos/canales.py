"""Catalogue of the channels of collection: by which bank or network money comes, by dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from recaudo.norma.parametros.valores import EstadoVerificacion
from recaudo.norma.yaml_exacto import leer_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class CanalDeRecaudacion:
    """A channel, in force in [desde, hasta)."""

    id: str
    nombre: str
    desde: date
    hasta: date | None
    estado_verificacion: EstadoVerificacion


@cache
def canales_de_recaudacion() -> Mapping[str, CanalDeRecaudacion]:
    """Return every channel there has been, by id."""
    filas = leer_yaml(Path(__file__).with_name("canales.yaml"))
    return MappingProxyType(
        {
            f["id"]: CanalDeRecaudacion(
                **{**f, "estado_verificacion": EstadoVerificacion(f["estado_verificacion"])}
            )
            for f in filas
        }
    )


def canales_vigentes(en: date) -> tuple[CanalDeRecaudacion, ...]:
    """Return the channels in force on a day, in the order of the catalogue."""
    return tuple(
        c
        for c in canales_de_recaudacion().values()
        if c.desde <= en and (c.hasta is None or en < c.hasta)
    )
