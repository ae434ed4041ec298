"""One list page, for any door: search and filters in the address, totals in SQL, pages, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from recaudo.infra.preparadas import Pedida
from recaudo.interfaces.vista import hojas
from recaudo.interfaces.vista.barra import Opciones, barra
from recaudo.interfaces.vista.filtros import Filtro
from recaudo.interfaces.vista.piezas import Enlace, Entrada
from recaudo.interfaces.vista.tablas import Tabla

TAMANOS = (50, 100, 200)
FORMATO = hojas.FORMATO
#: Key of the row from which a list with a window goes on to older ones.
ANTES = "antes"
DESPUES = "despues"
MAS_LARGO_DE_CLAVE = 19


#: How a door draws a page in its frame: `(request, plantilla, contexto, **marco)`, where `marco` is
#: what the frame needs (section, route, status).
Pintor = Callable[..., HttpResponse]


def lista(
    request: HttpRequest,
    tabla: type[Tabla],
    filas: QuerySet[Any] | Pedida[Any],
    *,
    pintar: Pintor,
    plantilla: str = "vista/lista.html",
    opciones: Opciones | None = None,
    excluir: Sequence[str] = (),
    actos: Sequence[Enlace] = (),
    nombre: str = "",
    contexto: Mapping[str, Any] | None = None,
    completar: Callable[[Sequence[Any]], None] | None = None,
    **marco: Any,
) -> HttpResponseBase:
    """Answer with the list, or with its rows as a file when the address asks `formato=csv|xlsx`.

    `filas` come scoped and in their order of urgency. `actos` are the acts that begin here. What is
    on the page, in its total, in the counter that led here and in the file are the same rows.
    `completar` puts on the rows of the page what SQL does not say: how many days are left.
    """
    hecha, elegidas, filtro = _pedir(request, tabla, filas, opciones, tuple(excluir))
    formato = request.GET.get(FORMATO, "")
    if formato == hojas.XLSX and elegidas.count() > hojas.MAXIMO_XLSX:
        return hojas.no_cabe(request)
    if formato in hojas.FORMATOS:
        return hojas.archivo(
            request, formato, hecha.encabezados(), hecha.valores(), nombre=nombre or hecha.archivo
        )
    por_pagina = _por_pagina(request)
    hecha.resumir(elegidas, por_pagina=por_pagina)
    en_paginas, mas_antiguos = _en_ventana(request, hecha)
    hecha.paginate(
        paginator_class=_contado(en_paginas), page=_pagina(request, hecha, por_pagina, en_paginas),
        per_page=por_pagina,
    )  # fmt: skip
    hecha.elegidos = frozenset(request.GET.getlist("elegido"))
    hecha.permisos = frozenset(getattr(getattr(request, "actor", None), "permisos", ()))
    if completar is not None:
        completar([fila.record for fila in hecha.paginated_rows])
    return pintar(
        request,
        plantilla,
        {
            "barra": barra(request, hecha, filtro, opciones),
            "tabla": hecha,
            "exportar": _archivos(request, hecha),
            "tamanos": _tamanos(request, por_pagina, hecha.cuantas),
            "actos": actos,
            "varias_url": "",
            "mas_antiguos": mas_antiguos,
            **(contexto or {}),
        },
        **marco,
    )


def _pedir(
    request: HttpRequest,
    tabla: type[Tabla],
    filas: QuerySet[Any] | Pedida[Any],
    opciones: Opciones | None,
    excluir: tuple[str, ...],
) -> tuple[Tabla, QuerySet[Any], Callable[[], Filtro]]:
    """Return the list that the address asks for, the rows it filters, and what draws its filters.

    A prepared list whose rows fit in a page is read at once when nothing is asked of it.
    """
    leidas = None
    if isinstance(filas, Pedida):
        if tabla.corta and not request.GET:
            leidas = filas.primeras(TAMANOS[0] + 1)
            leidas = leidas if len(leidas) <= TAMANOS[0] else None
        filas = filas.consulta if leidas is None else filas.plantilla
    filtro = cache(partial(tabla.filtro, request.GET, filas, opciones))
    elegidas = filtro().qs if request.GET else filas
    hecha = tabla(elegidas, exclude=excluir)
    if leidas is None:
        hecha.ordenar(request.GET.getlist(hecha.prefixed_order_by_field))
    else:
        hecha.poner(leidas)
    return hecha, elegidas, filtro


def direccion_con(request: HttpRequest, **cambios: str) -> str:
    """Return the query of this page with some parameters changed, from its first page."""
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    for clave, valor in cambios.items():
        consulta[clave] = valor
    return f"?{consulta.urlencode()}"


def _contado(cuantas: int) -> type[Paginator[Any]]:
    """Return a paginator that already knows how many rows there are."""
    return type("Contado", (Paginator,), {"count": cuantas})


def _archivos(request: HttpRequest, tabla: Tabla) -> list[Enlace]:
    if not tabla.cuantas:
        return []
    return [
        Enlace(texto, direccion_con(request, **{FORMATO: formato}))
        for formato, texto in hojas.FORMATOS.items()
        if formato != hojas.XLSX or tabla.cuantas <= hojas.MAXIMO_XLSX
    ]


def _en_ventana(request: HttpRequest, tabla: Tabla) -> tuple[int, str]:
    """Cut a list that grows for ever: how many rows its pages hold, and the address of the older.

    The key of the last row seen leads on (`antes` or `despues`), whatever the size of the table.
    """
    if not tabla.ventana:
        return tabla.cuantas, ""
    sentido, donde = (DESPUES, "pk__gt") if tabla.hacia_delante else (ANTES, "pk__lt")
    vista = request.GET.get(sentido, "")
    if vista.isascii() and vista.isdigit() and len(vista) < MAS_LARGO_DE_CLAVE:
        tabla.data.data = tabla.data.data.filter(**{donde: int(vista)})
    claves = tabla.data.data.values_list("pk", flat=True)
    cuantas = claves[: tabla.ventana].count()
    if cuantas < tabla.ventana:
        return cuantas, ""
    return cuantas, direccion_con(request, **{sentido: str(claves[tabla.ventana - 1])})


def _pagina(request: HttpRequest, tabla: Tabla, por_pagina: int, cuantas: int) -> int:
    """Read the page number; one that does not exist is the last."""
    pedida = request.GET.get(tabla.prefixed_page_field, "")
    numero = int(pedida) if pedida.isascii() and pedida.isdigit() and len(pedida) < 9 else 1
    return min(max(numero, 1), max(1, -(-cuantas // por_pagina)))


def _por_pagina(request: HttpRequest) -> int:
    """Read the page size; one that is not offered is the ordinary one."""
    pedido = request.GET.get("por_pagina", "")
    elegido = int(pedido) if pedido.isascii() and pedido.isdigit() and len(pedido) < 5 else 0
    return elegido if elegido in TAMANOS else TAMANOS[0]


def _tamanos(request: HttpRequest, elegido: int, cuantos: int) -> list[Entrada]:
    if cuantos <= TAMANOS[0]:
        return []
    return [Entrada(str(n), direccion_con(request, por_pagina=str(n)), n == elegido)
            for n in TAMANOS]  # fmt: skip
