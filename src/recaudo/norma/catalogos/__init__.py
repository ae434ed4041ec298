"""Catalogues the law presupposes: contribution regimes and kinds of employer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from recaudo.kernel.refusals import Rechazo
from recaudo.norma.parametros.valores import EstadoVerificacion
from recaudo.norma.yaml_exacto import leer_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIRECTORIO = Path(__file__).parent


class RegimenDesconocido(Rechazo):
    """The regime is not in the catalogue."""

    mensaje = "El régimen de aportación no existe en el catálogo."


class TipoEmpleadorDesconocido(Rechazo):
    """The kind of employer is not in the catalogue."""

    mensaje = "El tipo de empleador no existe en el catálogo."


@dataclass(frozen=True, slots=True)
class Regimen:
    """A contribution regime; `dependencia` says whether an employer pays part of it.

    `tipo_supuesto` is the kind of employer a calculation takes when it is told none.
    """

    id: str
    nombre: str
    dependencia: bool
    tipo_supuesto: str | None = None


@dataclass(frozen=True, slots=True)
class TipoEmpleador:
    """A kind of employer; `paga_ccc` is None where the kind mixes payers and exempt ones.

    `codsec` is the sector of the real system (P, R, V, S), None where the kind mixes sectors.
    """

    id: str
    nombre: str
    codigo_iess: str | None
    codigo_seguro_social: str | None
    codsec: str | None
    regimen: str
    otros_regimenes: tuple[str, ...]
    paga_ccc: bool | None
    estado_verificacion: EstadoVerificacion
    exime_avisos: bool = False
    requiere: str = ""
    nota: str = ""

    def admite(self, regimen: str) -> bool:
        """Say whether workers of this employer may contribute under the regime."""
        return regimen == self.regimen or regimen in self.otros_regimenes


@cache
def regimenes() -> Mapping[str, Regimen]:
    """Return every contribution regime by id."""
    filas = (Regimen(**fila) for fila in leer_yaml(_DIRECTORIO / "regimenes.yaml"))
    return MappingProxyType({regimen.id: regimen for regimen in filas})


@cache
def tipos_empleador() -> Mapping[str, TipoEmpleador]:
    """Return every kind of employer by id."""
    filas = leer_yaml(_DIRECTORIO / "tipos_empleador.yaml")
    return MappingProxyType({fila["id"]: _tipo_empleador(fila) for fila in filas})


def _tipo_empleador(fila: dict[str, object]) -> TipoEmpleador:
    """Build one kind of employer from its row."""
    campos = dict(fila)
    campos["otros_regimenes"] = tuple(fila["otros_regimenes"])  # type: ignore[arg-type]
    campos["estado_verificacion"] = EstadoVerificacion(str(fila["estado_verificacion"]))
    return TipoEmpleador(**campos)  # type: ignore[arg-type]


def buscar_regimen(codigo: str) -> Regimen:
    """Return a regime by its code; RegimenDesconocido lists the ones there are."""
    regimen = regimenes().get(codigo)
    if regimen is None:
        msg = f"El régimen «{codigo}» no existe. Use uno de: {', '.join(regimenes())}."
        raise RegimenDesconocido(msg)
    return regimen


def buscar_tipo_empleador(codigo: str) -> TipoEmpleador:
    """Return a kind of employer by its code; TipoEmpleadorDesconocido lists the ones there are."""
    tipo = tipos_empleador().get(codigo)
    if tipo is None:
        msg = (
            f"El tipo de empleador «{codigo}» no existe. Use uno de: "
            f"{', '.join(tipos_empleador())}."
        )
        raise TipoEmpleadorDesconocido(msg)
    return tipo
