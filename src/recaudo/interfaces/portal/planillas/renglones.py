"""The lines of a planilla as rows of its page."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from recaudo.domain.planillas.queries import LineaVista
from recaudo.interfaces.vista.renglones import armar, cortable

_RENGLON = (
    '<tr><th scope="row" data-columna="Trabajador">{nombre}</th>'
    '<td data-columna="Cédula"><span class="sin-corte">{cedula}</span></td>'
    '<td class="numero" data-columna="Días">{dias}</td>'
    '<td class="numero" data-columna="Base">{base}</td>'
    '<td class="numero" data-columna="Personal">{personal}</td>'
    '<td class="numero" data-columna="Patronal">{patronal}</td>'
    '<td class="numero" data-columna="Total">{total}</td>'
    '<td data-columna="Detalle"><a class="govuk-link sin-corte" href="{url}">¿Por qué?'
    '<span class="govuk-visually-hidden"> El aporte de {de_quien}</span></a></td></tr>\n'
)


def filas_de_lineas(lineas: Iterable[LineaVista], *, base: str) -> SafeString:
    """Return one row for each worker, with the way to the why of its amounts.

    `base` is the address of the planilla.
    """
    return SafeString("".join(_fila(x, f"{base}lineas/{x.relacion_id}/") for x in lineas))


def _fila(x: LineaVista, url: str) -> SafeString:
    return armar(
        _RENGLON,
        nombre=cortable(x.nombre) or "Sin nombre registrado",
        cedula=x.identificacion,
        dias=x.dias,
        base=x.base.formato(),
        personal=x.personal.formato(),
        patronal=x.patronal.formato(),
        total=x.total.formato(),
        url=url,
        de_quien=x.nombre or x.identificacion,
    )
