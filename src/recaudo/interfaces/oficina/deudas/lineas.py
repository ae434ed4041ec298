"""The workers of a planilla: a page of them, all of them as a file, one with its reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.contabilidad.plan_contable import FONDOS
from recaudo.domain.planillas.queries import (
    LineaVista,
    PlanillaVista,
    linea,
    lineas_de,
    planilla,
    porque,
    porque_ccc,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.deudas.deudores import deudor_de
from recaudo.interfaces.oficina.marco import Pedido, de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.vista.hojas import FORMATOS, Fila
from recaudo.interfaces.vista.piezas import Enlace, Miga
from recaudo.interfaces.vista.puertas import exige
from recaudo.interfaces.vista.trazas import legible
from recaudo.kernel.money import Dinero

POR_PAGINA = 25
POR_LECTURA = 1_000
LARGO_DE_BUSQUEDA = 80
_NOMBRES = dict(FONDOS)


@dataclass(frozen=True, slots=True)
class LineasDePlanilla:
    """What the screen shows of the workers of a planilla."""

    vista: PlanillaVista
    buscar: str
    filas: tuple[LineaVista, ...]
    cuantas: int
    pagina: Page[int]
    pasos_ccc: list[dict[str, str]]
    exportar: list[Enlace]
    fondos: list[tuple[str, Dinero]]

    @property
    def titulos(self) -> list[str]:
        """The headings of the file."""
        codigos = [codigo for codigo, _ in FONDOS]
        return ["Identificación", "Nombre", "Días", "Sueldo", "Extras", "Base", "Personal",
                "Patronal", "Total", *codigos]  # fmt: skip

    def como_valores(self) -> Iterator[Fila]:
        """Give every line that the search leaves, as values."""
        codigos = [codigo for codigo, _ in FONDOS]
        for numero in range(1, -(-self.cuantas // POR_LECTURA) + 1):
            hoja = lineas_de(self.vista, pagina=numero, por_pagina=POR_LECTURA, busca=self.buscar)
            for x in hoja.lineas:
                yield [x.identificacion, x.nombre, x.dias, x.sueldo, x.extras, x.base, x.personal,
                       x.patronal, x.total, *(x.fondos[c] for c in codigos)]  # fmt: skip


@exige(Permiso.PLANILLA_VER)
@require_safe
def ficha_de_linea(request: HttpRequest, obligacion_id: int, relacion_id: int) -> HttpResponse:
    """Ficha: one worker in one planilla: the why of each amount, and how it goes to the funds."""
    pedido = de_la_puerta(request)
    vista = o_no_existe(
        lambda: planilla(obligacion_id, alcance=pedido.alcance),
        de=request,
        que="la planilla",
        buscado=obligacion_id,
        lista="empleadores",
    )
    suya = o_no_existe(lambda: linea(vista, relacion_id))
    deudor = deudor_de(vista.empleador_id, None, pedido.actor)
    contexto = {
        "vista": vista,
        "linea": suya,
        "pasos": legible(porque(suya)),
        "fondos": por_fondo(suya.fondos),
        "deudor": deudor,
    }
    migas = (
        *deudor.migas,
        Miga(f"Planilla {vista.id}", direccion("deuda", vista.id)),
        Miga(suya.nombre),
    )
    return pagina(request, "deudas/linea.html", contexto, seccion="empleadores", migas=migas)


def lineas_de_planilla(pedido: Pedido, planilla_id: int) -> LineasDePlanilla:
    """Return the page of workers that the URL asks, of a planilla that was read within reach."""
    vista = planilla(planilla_id, alcance=pedido.alcance)
    buscar = pedido.GET.get("buscar", "").strip()[:LARGO_DE_BUSQUEDA]
    pedida = pedido.GET.get("pagina", "")
    numero = int(pedida) if pedida.isascii() and pedida.isdigit() and len(pedida) < 9 else 1
    hoja = lineas_de(vista, pagina=numero, por_pagina=POR_PAGINA, busca=buscar)
    consulta = pedido.GET.copy()
    consulta.pop("pagina", None)
    consulta.pop("formato", None)
    return LineasDePlanilla(
        vista=vista,
        buscar=buscar,
        filas=hoja.lineas,
        cuantas=hoja.total,
        pagina=Paginator(range(hoja.total), POR_PAGINA).get_page(hoja.numero),
        pasos_ccc=legible(porque_ccc(vista)),
        exportar=[
            Enlace(texto, f"?{consulta.urlencode()}&formato={formato}")
            for formato, texto in FORMATOS.items()
        ],
        fondos=por_fondo(vista.fondos),
    )


def por_fondo(fondos: Mapping[str, Dinero]) -> list[tuple[str, Dinero]]:
    """Return the name of each fund that receives something, and how much, in USD."""
    return [(_NOMBRES[codigo], importe) for codigo, importe in fondos.items() if importe]
