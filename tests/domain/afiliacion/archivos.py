"""Lines and files in the layout of the portal, for tests."""

from datetime import date

from recaudo.domain.afiliacion.actions.cargar_archivo_novedades import (
    ResultadoArchivo,
    cargar_archivo_novedades,
)
from recaudo.domain.afiliacion.models import Empleador
from tests.factories.afiliacion import actor_empleador

#: A Tuesday in the middle of a month without holidays near: every window is open.
HOY = date(2026, 6, 16)
ACTIVIDAD = "0101011112039"


def linea(empleador: Empleador, tipo: str, cedula: str, *resto: str, **cambios: str) -> str:
    """Build a line; `cambios` replace common fields (ruc, sucursal, anio, mes)."""
    comunes = {"ruc": empleador.ruc, "sucursal": "0001", "anio": "2026", "mes": "06"} | cambios
    return ";".join([*comunes.values(), tipo, cedula, *resto])


def entrada(
    empleador: Empleador,
    cedula: str,
    fecha: str = "20260610",
    sueldo: str = "600.00",
    cargo: str = "VENDEDOR",
    **cambios: str,
) -> str:
    """Build an entry."""
    resto = (fecha, "20260616", "1", "R", "2", "06", cargo, ACTIVIDAD, sueldo, "P")
    return linea(empleador, "ENT", cedula, *resto, **cambios)


def archivo(*lineas: str, fin: str = "\r\n") -> bytes:
    """Join lines as the portal's generators do."""
    return "".join(f"{una}{fin}" for una in lineas).encode("latin-1")


def enviar(
    empleador: Empleador,
    *lineas: str,
    hoy: date = HOY,
    nombre: str = "novedades.txt",
    ensayo: bool = False,
) -> ResultadoArchivo:
    """Send lines as the employer's own representative."""
    return cargar_archivo_novedades(
        contenido=archivo(*lineas),
        nombre=nombre,
        empleador_id=empleador.pk,
        por=actor_empleador(empleador),
        hoy=hoy,
        ensayo=ensayo,
    )


def codigos(resultado: ResultadoArchivo) -> list[tuple[str, str]]:
    """Return (state, code) of each line."""
    return [(fila.estado, fila.codigo) for fila in resultado.filas]
