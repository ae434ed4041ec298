"""The content of the printable planilla (R-PLA-04): everything the paper says, as text."""

from dataclasses import dataclass

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.planillas.queries import LineaVista, PlanillaVista


@dataclass(frozen=True, slots=True)
class LineaImpresa:
    """One worker, as it is printed."""

    identificacion: str
    nombre: str
    dias: int
    sueldo: str
    extras: str
    base: str
    personal: str
    patronal: str
    total: str


@dataclass(frozen=True, slots=True)
class ContenidoPlanilla:
    """A whole planilla, as it is printed; amounts as Ecuador writes them."""

    numero: int
    periodo: str
    ruc: str
    razon_social: str
    sucursal: str
    fecha_emision: str
    fecha_vencimiento: str
    trabajadores: int
    masa_salarial: str
    personal: str
    patronal: str
    ccc: str
    total: str
    fondos: tuple[tuple[str, str], ...]
    lineas: tuple[LineaImpresa, ...]
    normas: tuple[str, ...]
    estado_verificacion: str


def contenido_planilla(
    vista: PlanillaVista,
    lineas: tuple[LineaVista, ...],
    *,
    ruc: str,
    razon_social: str,
    sucursal: str,
) -> ContenidoPlanilla:
    """Build the content of the document of a planilla (C.D. 497 DG 8.ª)."""
    nombres = dict(FONDOS)
    return ContenidoPlanilla(
        numero=vista.id,
        periodo=str(vista.periodo),
        ruc=ruc,
        razon_social=razon_social,
        sucursal=sucursal,
        fecha_emision=f"{vista.obligacion.fecha_emision:%d/%m/%Y}",
        fecha_vencimiento=f"{vista.obligacion.fecha_vencimiento:%d/%m/%Y}",
        trabajadores=vista.trabajadores,
        masa_salarial=vista.masa_salarial.formato(),
        personal=vista.personal.formato(),
        patronal=vista.patronal.formato(),
        ccc=vista.ccc.formato(),
        total=vista.total.formato(),
        fondos=tuple((nombres[f], importe.formato()) for f, importe in vista.fondos.items()),
        lineas=tuple(_impresa(linea) for linea in lineas),
        normas=vista.citas,
        estado_verificacion=vista.obligacion.estado_verificacion,
    )


def _impresa(linea: LineaVista) -> LineaImpresa:
    return LineaImpresa(
        identificacion=linea.identificacion,
        nombre=linea.nombre,
        dias=linea.dias,
        sueldo=linea.sueldo.formato(),
        extras=linea.extras.formato(),
        base=linea.base.formato(),
        personal=linea.personal.formato(),
        patronal=linea.patronal.formato(),
        total=linea.total.formato(),
    )
