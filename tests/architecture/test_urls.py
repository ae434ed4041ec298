"""Every address of the site with every role, against one table: who may open what.

An address that is not in the table fails here: its door is decided by a person, in writing.
"""

import runpy
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES, Territorio
from recaudo.interfaces.vista.puertas import es_publica, exige, permiso_de, publica
from recaudo.project.umbral import PrivadoPorDefecto

PUBLICA, SESION = "publica", "con sesión"
P = Permiso
PUERTAS: dict[str, str | Permiso] = {
    # home, entering, leaving
    "": PUBLICA,
    "entrar/": PUBLICA,
    "salir/": PUBLICA,
    # where one is inside
    "sesiones/": SESION,
    "sesiones/otras/cerrar/": SESION,
    "sesiones/<int:sesion_id>/cerrar/": SESION,
    # without login
    "calculadora/": PUBLICA,
    "calculadora/<slug:clave>/": PUBLICA,
    "verificar/": PUBLICA,
    "verificar/archivo/": PUBLICA,
    "verificar/<str:codigo>/": PUBLICA,
    "accesibilidad/": PUBLICA,
    "privacidad/": PUBLICA,
    "vista/galeria/": PUBLICA,
    "vista/galeria/oficina/": PUBLICA,
    "vista/galeria/lista/": PUBLICA,
    "vista/galeria/confirmacion/": PUBLICA,
    # employers
    "empleadores/<str:ruc>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/planillas/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/planillas/<int:planilla_id>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/planillas/<int:planilla_id>/lineas/<int:relacion_id>/": (
        P.EMPLEADOR_VER_LO_PROPIO
    ),
    "empleadores/<str:ruc>/obligaciones/<int:obligacion_id>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/comprobantes/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/comprobantes/nuevo/": P.COMPROBANTE_GENERAR,
    "empleadores/<str:ruc>/comprobantes/nuevo/revisar/": P.COMPROBANTE_GENERAR,
    "empleadores/<str:ruc>/comprobantes/<str:numero>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/comprobantes/<str:numero>/listo/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/comprobantes/<str:numero>/pdf/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/comprobantes/<str:numero>/anular/": P.COMPROBANTE_ANULAR,
    "empleadores/<str:ruc>/novedades/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/novedades/cargar/": P.NOVEDADES_CARGAR,
    "empleadores/<str:ruc>/novedades/revision/<str:vale>/": P.NOVEDADES_CARGAR,
    "empleadores/<str:ruc>/novedades/revision/<str:vale>/corregir/": P.NOVEDADES_CARGAR,
    "empleadores/<str:ruc>/novedades/revision/<str:vale>/fallas/": P.NOVEDADES_CARGAR,
    "empleadores/<str:ruc>/novedades/<int:archivo_id>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/novedades/<int:archivo_id>/continuar/": P.NOVEDADES_CARGAR,
    "empleadores/<str:ruc>/novedades/<int:archivo_id>/devueltas/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/novedades/<int:archivo_id>/resultado/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/notificaciones/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/notificaciones/<int:notificacion_id>/": P.NOTIFICACION_ACUSAR_RECIBO,
    "empleadores/<str:ruc>/notificaciones/<int:notificacion_id>/aviso/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/notificaciones/<int:notificacion_id>/pdf/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/glosas/<str:numero>/": P.EMPLEADOR_VER_LO_PROPIO,
    "empleadores/<str:ruc>/glosas/<str:numero>/pdf/": P.EMPLEADOR_VER_LO_PROPIO,
    # office
    "oficina/": SESION,
    "oficina/buscar/": P.EMPLEADOR_VER,
    "oficina/recaudacion/extractos/": P.RECAUDACION_VER,
    "oficina/recaudacion/extractos/importar/": P.EXTRACTO_IMPORTAR,
    "oficina/recaudacion/extractos/por-aclarar/": P.RECAUDACION_VER,
    "oficina/recaudacion/extractos/<int:extracto_id>/": P.RECAUDACION_VER,
    "oficina/recaudacion/extractos/<int:extracto_id>/lineas/": P.RECAUDACION_VER,
    "oficina/recaudacion/extractos/<int:extracto_id>/confirmar/": P.EXTRACTO_CONFIRMAR,
    "oficina/recaudacion/extractos/<int:extracto_id>/rechazar/": P.EXTRACTO_CONFIRMAR,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/declarar/": P.LINEA_DECLARAR_PROPIA,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/revertir/": P.LINEA_DECLARAR_PROPIA,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/lote/": P.LOTE_RECONOCER,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/lote/revertir/": P.LOTE_RECONOCER,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/desmentir/": P.AVISO_DESMENTIR,
    "oficina/recaudacion/extractos/lineas/<int:linea_id>/desmentir/decidir/": P.DESMENTIDO_APROBAR,
    "oficina/recaudacion/debitos/": P.RECAUDACION_VER,
    "oficina/recaudacion/debitos/<int:cargo_id>/": P.RECAUDACION_VER,
    "oficina/recaudacion/debitos/<int:cargo_id>/proponer/": P.CARGO_ACLARAR,
    "oficina/recaudacion/debitos/<int:cargo_id>/decidir/": P.CARGO_APROBAR,
    "oficina/recaudacion/cuentas/": P.RECAUDACION_VER,
    "oficina/recaudacion/cuentas/<int:cuenta_id>/": P.RECAUDACION_VER,
    "oficina/recaudacion/extractos/<int:extracto_id>/liberar/": P.EXTRACTO_CONFIRMAR,
    "oficina/recaudacion/cuentas/registrar/": P.CUENTA_BANCARIA_REGISTRAR,
    "oficina/recaudacion/valores/": P.RECAUDACION_VER,
    "oficina/recaudacion/valores/aplicar/": P.VALOR_APLICAR,
    "oficina/recaudacion/valores/<int:valor_id>/": P.RECAUDACION_VER,
    "oficina/recaudacion/valores/<int:valor_id>/aplicar/": P.VALOR_APLICAR,
    "oficina/empleadores/": P.EMPLEADOR_VER,
    "oficina/empleadores/<str:ruc>/": P.EMPLEADOR_VER,
    "oficina/empleadores/<str:ruc>/deudas/": P.PLANILLA_VER,
    "oficina/empleadores/<str:ruc>/creditos/": P.RECAUDACION_VER,
    "oficina/empleadores/<str:ruc>/comprobantes/": P.RECAUDACION_VER,
    "oficina/deudas/<int:obligacion_id>/": P.PLANILLA_VER,
    "oficina/deudas/<int:obligacion_id>/lineas/<int:relacion_id>/": P.PLANILLA_VER,
    "oficina/deudas/personas/<str:identificacion>/": P.PLANILLA_VER,
    "oficina/deudas/personas/<str:identificacion>/creditos/": P.RECAUDACION_VER,
    "oficina/deudas/creditos/<int:credito_id>/": P.RECAUDACION_VER,
    "oficina/deudas/creditos/<int:credito_id>/compensar/": P.CREDITO_COMPENSAR,
    "oficina/empleadores/<str:ruc>/glosas/": P.CARTERA_VER,
    "oficina/empleadores/<str:ruc>/historia/": P.EMPLEADOR_VER,
    "oficina/comprobantes/<str:numero>/": P.RECAUDACION_VER,
    "oficina/comprobantes/<str:numero>/comprobante.pdf": P.RECAUDACION_VER,
    "oficina/libro/": P.LIBRO_VER,
    "oficina/libro/diario/": P.LIBRO_VER,
    "oficina/libro/diario/<int:lote>/<int:asiento_id>/": P.LIBRO_VER,
    "oficina/libro/sellos/": P.LIBRO_VER,
    "oficina/cartera/glosas/": P.CARTERA_VER,
    "oficina/cartera/glosas/<str:numero>/": P.CARTERA_VER,
    "oficina/cartera/glosas/<str:numero>/glosa.pdf": P.CARTERA_VER,
    "oficina/cartera/dias/": P.CARTERA_VER,
    "oficina/cartera/dias/cerrar/": P.CARTERA_CERRAR_DIA,
    "oficina/tasas/": P.RECAUDACION_VER,
    "oficina/tasas/registrar/": P.TASA_REGISTRAR,
    "oficina/tasas/<int:tasa_id>/": P.RECAUDACION_VER,
    "oficina/tasas/<int:tasa_id>/decidir/": P.TASA_APROBAR,
    "oficina/tasas/decidir/": P.TASA_APROBAR,
    # machines: public reads, and nothing else
    "api/v1/": PUBLICA,
    "api/v1/openapi.json": PUBLICA,
    "api/v1/calculadoras/aporte": PUBLICA,
    "api/v1/calculadoras/interes": PUBLICA,
    "api/v1/calculadoras/termino": PUBLICA,
    "api/v1/calculadoras/vencimiento": PUBLICA,
    "api/v1/verificar/<codigo>": PUBLICA,
}
#: A room may bring the table of its own addresses, beside the tests of its screens.
for _tabla in sorted((Path(__file__).parents[1] / "interfaces").glob("*/*/puertas.py")):
    PUERTAS |= runpy.run_path(str(_tabla))["PUERTAS"]
Vista = Callable[..., HttpResponse]
QUIENES = ["NADIE", *ROLES]


def _recorrer(patrones: list[Any], prefijo: str = "") -> Iterator[tuple[str, Vista]]:
    for patron in patrones:
        ruta = prefijo + str(patron.pattern)
        if isinstance(patron, URLResolver):
            yield from _recorrer(patron.url_patterns, ruta)
        elif isinstance(patron, URLPattern):
            yield ruta, patron.callback


def direcciones() -> dict[str, Vista]:
    return dict(_recorrer(get_resolver().url_patterns))


def actor(quien: str) -> Actor | None:
    return None if quien == "NADIE" else Actor(id=1, nombre=quien, roles=frozenset({quien}))


def llamar_a_la_puerta(vista: Vista, quien: str) -> str:
    """Return what the middleware answers: `entra`, `a ingresar` or `no existe`."""
    peticion: Any = RequestFactory().get("/x/")
    peticion.actor = actor(quien)
    puerta = PrivadoPorDefecto(lambda _: HttpResponse())
    try:
        respuesta = puerta.process_view(peticion, vista, (), {})
    except Http404:
        return "no existe"
    return "entra" if respuesta is None else "a ingresar"


def lo_debido(puerta: str | Permiso, quien: str) -> str:
    if puerta == PUBLICA:
        return "entra"
    actuante = actor(quien)
    if actuante is None:
        return "a ingresar"
    return "entra" if puerta == SESION or puerta in actuante.permisos else "no existe"


def test_the_table_has_every_address_and_no_other() -> None:
    reales = set(direcciones())
    assert reales - set(PUERTAS) == set(), "decide who may open these and add them to PUERTAS"
    assert set(PUERTAS) - reales == set(), "these no longer exist: take them off PUERTAS"


def test_every_address_opens_to_whom_the_table_says_and_to_nobody_else() -> None:
    fallos = [
        f"{ruta} · {quien}: {dado}, debe ser {debido}"
        for ruta, vista in direcciones().items()
        for quien in QUIENES
        if ruta in PUERTAS
        and (dado := llamar_a_la_puerta(vista, quien))
        != (debido := lo_debido(PUERTAS[ruta], quien))
    ]
    assert fallos == []


def test_a_view_that_declares_nothing_opens_to_nobody() -> None:
    def olvidada(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert not es_publica(olvidada)
    with pytest.raises(LookupError):
        permiso_de(olvidada)
    respuestas = {quien: llamar_a_la_puerta(olvidada, quien) for quien in QUIENES}
    assert set(respuestas.values()) == {"a ingresar", "no existe"}


def test_the_walk_would_notice_a_door_left_open_or_shut() -> None:
    @publica
    def abierta(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @exige(P.LIBRO_SELLAR)
    def cerrada(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert llamar_a_la_puerta(abierta, "NADIE") != lo_debido(P.LIBRO_VER, "NADIE")
    assert llamar_a_la_puerta(cerrada, "AUD") != lo_debido(P.LIBRO_VER, "AUD")


def _direccion_de_prueba(ruta: str) -> str:
    for hueco, valor in (
        ("<slug:clave>", "no-hay"), ("<str:codigo>", "no-hay"), ("<str:numero>", "no-hay"),
    ):  # fmt: skip
        ruta = ruta.replace(hueco, valor)
    partes = ("999999" if p.startswith("<int:") else p for p in ruta.split("/"))
    return "/" + "/".join("no-hay" if p.startswith("<") else p for p in partes)


#: One of each kind: the walk above asks the door for all of them.
EN_PERSONA = ["NADIE", "EMP", "UREC", "AC", "ADM"]


@pytest.mark.parametrize("quien", EN_PERSONA)
def test_the_served_site_answers_each_role_without_breaking(db: None, quien: str) -> None:
    """What the table forbids is, byte by byte, a page that does not exist; nothing is a 500."""
    navegador = _navegador(quien)
    perdida = navegador.get("/esta-pagina-no-existe/").content
    for ruta, puerta in PUERTAS.items():
        respuesta = navegador.get(_direccion_de_prueba(ruta))
        assert respuesta.status_code in {200, 302, 400, 404, 405, 422}, ruta
        debido = lo_debido(puerta, quien)
        if debido == "no existe":
            assert (respuesta.status_code, respuesta.content) == (404, perdida), ruta
        if debido == "a ingresar":
            assert respuesta["Location"].startswith("/entrar/?next="), ruta


def _navegador(quien: str) -> Client:
    from recaudo.infra.security.models import Asignacion, Usuario
    from tests.factories.afiliacion import hacer_empleador
    from tests.interfaces.portal.conftest import representar

    navegador = Client(raise_request_exception=True)
    if quien == "NADIE":
        return navegador
    usuario = Usuario.objects.create_user("2050000099", quien)
    if quien == "EMP":
        representar(usuario, hacer_empleador())
    else:
        provincia = "17" if ROLES[quien].territorio is Territorio.EXIGE_PROVINCIA else ""
        Asignacion.objects.create(
            usuario=usuario, rol=quien, provincia=provincia, desde=date(2020, 1, 1)
        )
    navegador.force_login(usuario)
    return navegador
