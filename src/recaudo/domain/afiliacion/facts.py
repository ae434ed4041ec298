"""The facts this room states."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from recaudo.kernel.period import Periodo
from recaudo.kernel.text import contar
from recaudo.norma.novedades.avisos import TipoNovedad


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpleadorRegistrado:
    """An employer entered the registry."""

    tipo: ClassVar[str] = "empleador_registrado"
    objeto_tipo: ClassVar[str] = "empleador"
    empleador_id: int
    ruc: str
    razon_social: str
    provincia: str

    @property
    def objeto_id(self) -> int:
        """The employer."""
        return self.empleador_id

    def frase(self) -> str:
        """Tell it."""
        return f"Se registró el empleador {self.razon_social}, RUC {self.ruc}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SucursalRegistrada:
    """An employer has one more sucursal."""

    tipo: ClassVar[str] = "sucursal_registrada"
    objeto_tipo: ClassVar[str] = "sucursal"
    sucursal_id: int
    empleador_id: int
    codigo: str
    canton: str
    provincia: str

    @property
    def objeto_id(self) -> int:
        """The sucursal."""
        return self.sucursal_id

    def frase(self) -> str:
        """Tell it."""
        return f"Se registró la sucursal {self.codigo} en el cantón {self.canton}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NovedadRegistrada:
    """One event was entered by hand."""

    tipo: ClassVar[str] = "novedad_registrada"
    objeto_tipo: ClassVar[str] = "novedad"
    novedad_id: int
    empleador_id: int
    nombre: str
    identificacion: str
    periodo: Periodo
    es_tardia: bool

    @property
    def objeto_id(self) -> int:
        """The event."""
        return self.novedad_id

    def frase(self) -> str:
        """Tell it."""
        plazo = " fuera de plazo" if self.es_tardia else ""
        mes = self.periodo.en_palabras
        return f"Se registró{plazo}: {self.nombre} de {self.identificacion}, {mes}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivoDeNovedadesProcesado:
    """A batch file was processed; its rows tell what became of each line."""

    tipo: ClassVar[str] = "archivo_de_novedades_procesado"
    objeto_tipo: ClassVar[str] = "archivo_novedades"
    archivo_novedades_id: int
    empleador_id: int
    nombre: str
    sha256: str
    tipo_novedad: str
    periodo: Periodo
    aceptadas: int
    rechazadas: int

    @property
    def objeto_id(self) -> int:
        """The processed file."""
        return self.archivo_novedades_id

    def frase(self) -> str:
        """Tell it."""
        return (
            f"Se procesó el archivo {self.nombre} ({_nombre_de_tipo(self.tipo_novedad)}, "
            f"{self.periodo.en_palabras}): "
            f"líneas aceptadas {self.aceptadas}, devueltas {self.rechazadas}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivoDeNovedadesRechazado:
    """A whole batch file was refused: nothing of it was kept but this reason."""

    tipo: ClassVar[str] = "archivo_de_novedades_rechazado"
    objeto_tipo: ClassVar[str] = "empleador"
    empleador_id: int
    nombre: str
    sha256: str
    codigo: str
    mensaje: str

    @property
    def objeto_id(self) -> int:
        """The employer who sent it."""
        return self.empleador_id

    def frase(self) -> str:
        """Tell it."""
        return f"No se recibió el archivo {self.nombre}: {self.mensaje}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodoDeNovedadesCerrado:
    """A month stopped receiving events."""

    tipo: ClassVar[str] = "periodo_de_novedades_cerrado"
    objeto_tipo: ClassVar[str] = "periodo"
    periodo: Periodo

    @property
    def objeto_id(self) -> str:
        """The month."""
        return str(self.periodo)

    def frase(self) -> str:
        """Tell it."""
        return f"{self.periodo.en_palabras.capitalize()} dejó de recibir novedades."


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivosRevisadosOlvidados:
    """Files that were looked at and never registered were deleted: nothing of them is left."""

    tipo: ClassVar[str] = "archivos_revisados_olvidados"
    objeto_tipo: ClassVar[str] = "dia"
    fecha: date
    cuantos: int

    @property
    def objeto_id(self) -> str:
        """The business date."""
        return self.fecha.isoformat()

    def frase(self) -> str:
        """Tell it."""
        cuantos = contar(self.cuantos, "archivo", "archivos")
        return f"Se borró lo que se revisó y no se registró a tiempo: {cuantos} de novedades."


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentacionRegistrada:
    """A person may act for an employer."""

    tipo: ClassVar[str] = "representacion_registrada"
    objeto_tipo: ClassVar[str] = "representacion"
    representacion_id: int
    empleador_id: int
    usuario_id: int
    nombre: str
    identificacion: str
    calidad: str
    desde: date

    @property
    def objeto_id(self) -> int:
        """The representation."""
        return self.representacion_id

    def frase(self) -> str:
        """Tell it."""
        como = "titular" if self.calidad == "TITULAR" else "tercero autorizado"
        return (
            f"{self.nombre}, {self.identificacion}, puede actuar por el empleador como {como} "
            f"desde el {self.desde:%d/%m/%Y}."
        )


def _nombre_de_tipo(codigo: str) -> str:
    """Return how a type of event is called; one that is not in the catalogue, by its code."""
    return TipoNovedad(codigo).nombre if codigo in set(TipoNovedad) else codigo
