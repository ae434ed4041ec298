"""Loading of the parameters: one YAML file per parameter, read only when it is asked for.

A file `aportes/ccc.yaml` is the parameter `aportes.ccc`. It has `nombre` and a list `valores`;
any other key of a value may be written once at the top of the file and holds for all of them.
Dates in the files are inclusive on both sides; inside they become half-open ranges. A profile
(`perfiles/NOMBRE/...`) replaces whole parameters to reproduce another reading of the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from recaudo.kernel.period import Vigencia
from recaudo.kernel.refusals import Rechazo
from recaudo.norma.instrumentos import existe_instrumento, leer_instrumento
from recaudo.norma.parametros.valores import EstadoVerificacion, ValorVigente
from recaudo.norma.yaml_exacto import leer_yaml

_DIRECTORIO = Path(__file__).parent
_PERFILES = "perfiles"
_OBLIGATORIAS = frozenset(
    {
        "valor",
        "vigente_desde",
        "vigente_hasta",
        "unidad",
        "instrumento",
        "articulo",
        "estado_verificacion",
        "verificado_en",
        "fuente",
    }
)
_CONOCIDAS = _OBLIGATORIAS | {"nota"}


class ParametroMalEscrito(ValueError):
    """A parameter file is wrong: an error of whoever wrote it, found when the file is read."""


class SinDatos(Rechazo):
    """The law has a value for that date but the project does not know it: no amount comes out."""

    mensaje = "Falta un valor de la norma: cárguelo antes de calcular."

    @classmethod
    def de(
        cls, clave: str, en: date, *, nombre: str = "", nota: str = "", norma: str = ""
    ) -> SinDatos:
        """Name the missing parameter, the date, and what to load."""
        detalle = f" {nota.rstrip('.')}." if nota else ""
        return cls(
            f"No hay dato de «{nombre or clave}» vigente al {en:%d/%m/%Y}: "
            f"cargue el parámetro {clave} con su norma y su fecha.{detalle}",
            norma=norma,
        )


class Parametros:
    """The parameters of the law; reading one opens one file, once."""

    def __init__(
        self,
        directorio: Path = _DIRECTORIO,
        *,
        perfil: str = "",
        reemplazos: Mapping[str, tuple[ValorVigente, ...]] | None = None,
    ) -> None:
        """Prepare the reading of a directory, without opening any file yet."""
        self._directorio = directorio
        self._perfil = perfil
        self._historias: dict[str, tuple[ValorVigente, ...]] = dict(reemplazos or {})
        self._reemplazos = MappingProxyType(dict(reemplazos or {}))
        self._nombres: dict[str, str] = {}
        if perfil and not (directorio / _PERFILES / perfil).is_dir():
            msg = f"unknown profile: {perfil}"
            raise ParametroMalEscrito(msg)

    def vigente(self, clave: str, *, en: date) -> ValorVigente:
        """Return the value in force on a date; SinDatos when there is none or it is not known."""
        for valor in self.historia(clave):
            if valor.vigencia.contiene(en):
                if valor.estado_verificacion is EstadoVerificacion.SIN_DATOS:
                    raise SinDatos.de(
                        clave, en, nombre=self.nombre(clave), nota=valor.nota, norma=valor.norma
                    )
                return valor
        raise SinDatos.de(clave, en, nombre=self.nombre(clave))

    def invariable(self, clave: str) -> ValorVigente:
        """Return the only value of a parameter that never changed; ValueError when it did.

        For rules that can be asked without a date: the day it gets a second value they fail.
        """
        historia = self.historia(clave)
        if len(historia) != 1:
            msg = f"{clave} has {len(historia)} values: ask for it with a date"
            raise ValueError(msg)
        return historia[0]

    def historia(self, clave: str) -> tuple[ValorVigente, ...]:
        """Return every dated value of a parameter, oldest first; SinDatos for an unknown key."""
        if clave not in self._historias:
            self._historias[clave] = self._leer(clave)
        return self._historias[clave]

    def existe(self, clave: str) -> bool:
        """Say whether the parameter has a file or a replacement, whatever its dates."""
        return clave in self._historias or self._ruta(clave) is not None

    def nombre(self, clave: str) -> str:
        """Return the Spanish name of a parameter, or its key."""
        return self._nombres.get(clave, clave)

    def claves(self) -> tuple[str, ...]:
        """Return the keys of every parameter on file, ordered."""
        rutas = (r.relative_to(self._directorio) for r in self._directorio.rglob("*.yaml"))
        claves = {".".join(r.with_suffix("").parts) for r in rutas if r.parts[0] != _PERFILES}
        return tuple(sorted(claves | self._reemplazos.keys()))

    def con(self, clave: str, valores: Iterable[ValorVigente]) -> Parametros:
        """Return parameters where one key has other values: published tables, tests, studies."""
        nuevos = _ordenar(clave, valores)
        return Parametros(
            self._directorio, perfil=self._perfil, reemplazos={**self._reemplazos, clave: nuevos}
        )

    def _ruta(self, clave: str) -> Path | None:
        relativa = Path(*clave.split(".")).with_suffix(".yaml")
        carpetas = [self._directorio]
        if self._perfil:
            carpetas.insert(0, self._directorio / _PERFILES / self._perfil)
        return next((c / relativa for c in carpetas if (c / relativa).is_file()), None)

    def _leer(self, clave: str) -> tuple[ValorVigente, ...]:
        ruta = self._ruta(clave)
        if ruta is None:
            msg = f"No existe el parámetro {clave}: cárguelo con su norma y su fecha."
            raise SinDatos(msg)
        contenido = leer_yaml(ruta)
        if not isinstance(contenido, dict) or not {"nombre", "valores"} <= contenido.keys():
            msg = f"{clave}: needs `nombre` and `valores`"
            raise ParametroMalEscrito(msg)
        comunes = {k: v for k, v in contenido.items() if k not in {"nombre", "valores"}}
        self._nombres[clave] = str(contenido["nombre"])
        filas = contenido["valores"]
        return _ordenar(clave, (_valor(clave, {**comunes, **fila}) for fila in filas))


def _ordenar(clave: str, valores: Iterable[ValorVigente]) -> tuple[ValorVigente, ...]:
    """Sort by start and refuse overlaps and empty lists."""
    orden = tuple(sorted(valores, key=lambda v: v.vigencia.desde or date.min))
    if not orden:
        msg = f"{clave}: without values"
        raise ParametroMalEscrito(msg)
    for uno, otro in pairwise(orden):
        if uno.vigencia.se_cruza(otro.vigencia):
            msg = f"{clave}: {uno.vigencia} overlaps {otro.vigencia}"
            raise ParametroMalEscrito(msg)
    return orden


def _valor(clave: str, fila: dict[str, Any]) -> ValorVigente:
    """Build one dated value, refusing missing or unknown keys, states and instruments."""
    if faltan := _OBLIGATORIAS - fila.keys():
        msg = f"{clave}: missing {sorted(faltan)}"
        raise ParametroMalEscrito(msg)
    if sobran := fila.keys() - _CONOCIDAS:
        msg = f"{clave}: unknown keys {sorted(sobran)}"
        raise ParametroMalEscrito(msg)
    instrumento = str(fila["instrumento"])
    if not existe_instrumento(instrumento):
        msg = f"{clave}: unknown instrument {instrumento!r}"
        raise ParametroMalEscrito(msg)
    try:
        estado = EstadoVerificacion(fila["estado_verificacion"])
        vigencia = Vigencia.de_fechas_inclusivas(fila["vigente_desde"], fila["vigente_hasta"])
    except (ValueError, TypeError) as error:
        msg = f"{clave}: {error}"
        raise ParametroMalEscrito(msg) from error
    if (fila["valor"] is None) != (estado is EstadoVerificacion.SIN_DATOS):
        msg = f"{clave}: a value is null exactly when it is SIN_DATOS"
        raise ParametroMalEscrito(msg)
    if not isinstance(fila["verificado_en"], date) or not fila["fuente"]:
        msg = f"{clave}: needs `verificado_en` as a date, and `fuente`"
        raise ParametroMalEscrito(msg)
    return ValorVigente(
        clave=clave,
        valor=_congelar(fila["valor"]),
        vigencia=vigencia,
        unidad=str(fila["unidad"]),
        instrumento=instrumento,
        cita=leer_instrumento(instrumento).cita,
        articulo=str(fila["articulo"] or ""),
        estado_verificacion=estado,
        verificado_en=fila["verificado_en"],
        fuente=str(fila["fuente"]),
        nota=str(fila.get("nota") or ""),
    )


def _congelar(valor: Any) -> Any:
    """Make tables and lists read-only, all the way down."""
    if isinstance(valor, dict):
        return MappingProxyType({clave: _congelar(uno) for clave, uno in valor.items()})
    if isinstance(valor, list):
        return tuple(_congelar(uno) for uno in valor)
    return valor


@cache
def cargar_parametros(perfil: str = "") -> Parametros:
    """Return the parameters shipped with the project, optionally under a profile.

    Cached: files are parsed at most once per process, and only those that are used.
    """
    return Parametros(perfil=perfil)
