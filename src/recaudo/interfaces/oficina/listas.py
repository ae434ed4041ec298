"""One list of the office: filters in the URL, pages, and the same rows as a file."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import django_tables2 as tables
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import RequestConfig

from recaudo.domain.afiliacion.queries import visible_to as empleadores_visibles
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import direccion, pagina
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.hojas import celda_segura
from recaudo.interfaces.vista.piezas import Enlace, Entrada, Miga
from recaudo.interfaces.vista.tablas import Tabla

TAMANOS = (25, 50, 100)
FORMATO = "formato"
_MARCA_UTF8 = "\ufeff"


class ColumnaEmpleador(tables.Column):  # type: ignore[misc]
    """The employer's name, linked to its page when it is within the actor's reach."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the name put by `con_empleador`; an employer out of reach has none."""
        kwargs.setdefault("verbose_name", "Empleador")
        kwargs.setdefault("order_by", "empleador_orden")
        kwargs.setdefault("default", "De otra provincia")
        kwargs.setdefault("linkify", lambda record: direccion("empleador", record.empleador_ruc))
        super().__init__(**kwargs)


def etiqueta(texto: str, tono: str) -> SafeString:
    """Return a tag with its tone."""
    clase = f" etiqueta--{tono}" if tono else ""
    return format_html('<strong class="govuk-tag etiqueta{}">{}</strong>', clase, texto)


def con_empleador(filas: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Add to each row RUC, name and sorting key of its employer, when the actor may see it."""
    visibles = empleadores_visibles(actor.alcance(Permiso.EMPLEADOR_VER)).filter(
        pk=OuterRef("empleador_id")
    )
    anotadas: QuerySet[Any] = filas.annotate(
        empleador_ruc=Subquery(visibles.values("ruc")[:1]),
        empleador=Subquery(visibles.values("razon_social")[:1]),
        empleador_orden=Subquery(visibles.values("clave_orden")[:1]),
    )
    return anotadas


def lista(
    request: HttpRequest,
    plantilla: str,
    *,
    filtro: Filtro,
    tabla: Tabla,
    nombre: str,
    singular: str,
    plural: str,
    seccion: str = "",
    migas: tuple[Miga, ...] = (),
    **extra: Any,
) -> HttpResponseBase:
    """Answer with the list, or with its rows as a file when the URL asks `formato=csv`."""
    if request.GET.get(FORMATO) == "csv":
        tabla.order_by = request.GET.getlist(tabla.prefixed_order_by_field) or tabla.order_by
        return archivo_csv(tabla.as_values(), nombre=nombre)
    por_pagina = _por_pagina(request)
    RequestConfig(request, paginate={"per_page": por_pagina}).configure(tabla)
    cuantos = tabla.page.paginator.count
    contexto = {
        "filtro": filtro,
        "tabla": tabla,
        "cuantos": cuantos,
        "singular": singular,
        "plural": plural,
        "exportar": [Enlace("CSV", _con(request, **{FORMATO: "csv"}))] if cuantos else [],
        "tamanos": _tamanos(request, por_pagina, cuantos),
        **extra,
    }
    return pagina(request, plantilla, contexto, seccion=seccion, migas=migas)


def archivo_csv(filas: Iterable[Iterable[object]], *, nombre: str) -> HttpResponseBase:
    """Return rows as CSV for a spreadsheet in Spanish: BOM, `;`, no cell that runs as a formula."""
    respuesta = StreamingHttpResponse(_lineas(filas), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.csv"'
    return respuesta


class _Eco:
    """What the csv writer writes to: it gives the line back instead of keeping it."""

    def write(self, linea: str) -> str:
        return linea


def _lineas(filas: Iterable[Iterable[object]]) -> Iterator[str]:
    escritor = csv.writer(_Eco(), delimiter=";")
    yield _MARCA_UTF8
    for fila in filas:
        yield str(escritor.writerow([celda_segura(valor) for valor in fila]))


def _por_pagina(request: HttpRequest) -> int:
    """Read the page size; one that is not offered is taken out of the request."""
    pedido = request.GET.get("por_pagina", "")
    if pedido.isascii() and pedido.isdigit() and int(pedido) in TAMANOS:
        return int(pedido)
    if pedido:
        limpio = request.GET.copy()
        del limpio["por_pagina"]
        request.GET = limpio  # type: ignore[assignment]
    return TAMANOS[0]


def _tamanos(request: HttpRequest, elegido: int, cuantos: int) -> list[Entrada]:
    if cuantos <= TAMANOS[0]:
        return []
    return [Entrada(str(n), _con(request, por_pagina=str(n)), n == elegido) for n in TAMANOS]


def _con(request: HttpRequest, **cambios: str) -> str:
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    for clave, valor in cambios.items():
        consulta[clave] = valor
    return f"?{consulta.urlencode()}"


__all__ = [
    "ColumnaEmpleador",
    "archivo_csv",
    "con_empleador",
    "etiqueta",
    "lista",
]
