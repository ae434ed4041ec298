"""Planillas: the list, and one with its lines and their reasons."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from recaudo.domain.obligaciones.queries import obligaciones_de
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import Peticion, empleador_actual, pagina
from recaudo.interfaces.portal.planillas.tablas import (
    FilaPlanilla,
    FiltroPlanillas,
    TablaPlanillas,
)
from recaudo.interfaces.vista.filtros import Filas
from recaudo.interfaces.vista.puertas import exige

SECCION = "portal:planillas"


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def lista(request: Peticion) -> HttpResponse:
    """List the planillas of the employer, newest first, filtered by the address."""
    quien = empleador_actual(request)
    codigos = {s.id: s.codigo for s in quien.sucursales}
    todas = [
        FilaPlanilla.de(o, codigos.get(o.sucursal_id, ""))
        for o in reversed(obligaciones_de(quien.id))
    ]
    filtro = FiltroPlanillas(request.GET or None, Filas(todas))
    tabla = TablaPlanillas(filtro.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(tabla)
    contexto = {"filtro": filtro, "tabla": tabla, "cuantos": len(filtro.qs), "hay": bool(todas)}
    return pagina(request, "portal/planillas/lista.html", contexto, de=quien, seccion=SECCION)


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def ficha(request: Peticion, planilla_id: int) -> HttpResponse:
    """Show one planilla."""
    raise NotImplementedError
