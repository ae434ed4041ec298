"""What every journey does: enter, leave, look whether the page is sound."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from recaudo.ensayo.demostracion.poblacion import Empleador
from recaudo.ensayo.demostracion.usuarios import CLAVE
from tests.navegador.comprobaciones import sin_desborde, sin_mensajes, sin_violaciones_axe
from tests.navegador.conftest import Sitio
from tests.navegador.escenario import QUIEN, TECLADO
from tests.navegador.manos import Raton, Teclado
from tests.navegador.visitante import Visitante


def manos_de(pagina: Page, vuelta: str) -> Raton:
    """Return the hands of a round: a mouse, or only the keyboard."""
    return Teclado(pagina) if vuelta == TECLADO else Raton(pagina)


def entrar(manos: Raton, sitio: Sitio, quien: str | Empleador) -> None:
    """Log in from the home page as a person of the demonstration or who represents an employer."""
    pagina = manos.pagina
    identificacion = QUIEN[quien] if isinstance(quien, str) else quien.cedula_representante
    pagina.goto(sitio / "")
    manos.pulsar(pagina.get_by_role("banner").get_by_role("link", name="Ingresar"))
    manos.escribir(pagina.get_by_label("Cédula, RUC o código de usuario"), identificacion)
    manos.escribir(pagina.get_by_label("Clave", exact=True), CLAVE)
    manos.pulsar(pagina.get_by_role("button", name="Ingresar"))
    expect(pagina.get_by_role("button", name="Cerrar sesión")).to_be_visible()


def estar_dentro(pagina: Page, sitio: Sitio, quien: str) -> None:
    """Give the browser the session of a person: how one logs in is what the journeys look at."""
    galletas = Visitante(sitio, QUIEN[quien]).para_el_navegador()
    pagina.context.add_cookies(galletas)  # type: ignore[arg-type]


def salir(manos: Raton) -> None:
    """Close the session."""
    manos.pulsar(manos.pagina.get_by_role("button", name="Cerrar sesión"))
    expect(manos.pagina.get_by_text("Cerró su sesión")).to_be_visible()


def es_sana(pagina: Page, titulo: str | re.Pattern[str]) -> None:
    """Assert that the page of that heading is there and that nothing is wrong with it."""
    expect(pagina.get_by_role("heading", level=1)).to_have_text(titulo)
    sin_desborde(pagina)
    sin_violaciones_axe(pagina)
    sin_mensajes(pagina)


def descargar(manos: Raton, enlace: str | re.Pattern[str]) -> bytes:
    """Follow the link of a document and return the bytes that the browser kept.

    The site says `inline`; where the browser would show it, it is told to keep it.
    """
    pagina = manos.pagina
    vinculo = pagina.get_by_role("link", name=enlace).first
    destino = str(vinculo.evaluate("e => e.href"))

    def guardar(route: Route) -> None:
        respuesta = route.fetch()
        route.fulfill(
            response=respuesta,
            headers=respuesta.headers | {"content-disposition": "attachment; filename=papel.pdf"},
        )

    pagina.route(destino, guardar)
    with pagina.expect_download() as espera:
        manos.pulsar(vinculo)
    pagina.unroute(destino, guardar)
    return Path(espera.value.path()).read_bytes()


def filtrar(manos: Raton, campo: str, texto: str) -> None:
    """Fill in the search of a list and apply it, with or without scripts."""
    pagina = manos.pagina
    lista = pagina.get_by_role("search", name="Buscar en esta lista")
    manos.escribir(lista.get_by_label(campo), texto)
    manos.pulsar(lista.get_by_role("button", name="Buscar"))
    pagina.wait_for_url(re.compile(r"\?"))


def importar(manos: Raton, archivo: Path) -> None:
    """Import a statement, from the home of the office to what it says of it."""
    pagina = manos.pagina
    manos.pulsar(pagina.get_by_role("button", name="Importar un extracto"))
    es_sana(pagina, "Importar un extracto")
    manos.adjuntar(archivo)
    manos.marcar(pagina.get_by_label(re.compile("^camt.053")))
    manos.pulsar(pagina.get_by_role("button", name="Importar el extracto"))


def importar_y_confirmar(manos: Raton, sitio: Sitio, archivo: Path) -> None:
    """Import a statement, and have another person confirm it: it enters the books."""
    pagina = manos.pagina
    importar(manos, archivo)
    dice(pagina, "Falta que otra persona lo confirme")
    es_sana(pagina, re.compile(archivo.name))
    ficha = pagina.url
    salir(manos)
    entrar(manos, sitio, "irene")
    pagina.goto(ficha)
    manos.pulsar(pagina.get_by_role("button", name="Confirmar o rechazar"))
    es_sana(pagina, re.compile("^Confirmar o rechazar el extracto"))
    manos.pulsar(pagina.get_by_role("button", name="Confirmar y asentar"))
    dice(pagina, "entró al libro")


def dice(pagina: Page, texto: str | re.Pattern[str]) -> None:
    """Assert that the page answers the act that was just done."""
    expect(pagina.get_by_role("status").filter(has_text=texto).first).to_be_visible()
