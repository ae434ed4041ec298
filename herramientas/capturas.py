"""Take the screenshots of the README from the demonstration.

Give it the address of a demonstration being served: ``python -m herramientas.capturas
http://127.0.0.1:8000``. It writes ``docs/capturas/*.png``, each of 250 KB at most.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from herramientas.navegador import MISSING, find_browser

CARPETA = Path(__file__).resolve().parents[1] / "docs" / "capturas"
MAXIMO = 250_000
ANCHO, ALTO = 1280, 900
CON_NOMBRE = re.compile(r"¿Por qué\? El aporte de [A-ZÁÉÍÓÚÑ]")
#: File, who looks, the page, and the links to follow from there.
TOMAS = (
    ("portal", "Ana", "/", ()),
    ("portal-por-que", "Ana", "/", ("Aportes de septiembre de 2026", CON_NOMBRE)),
    ("portal-glosa", "Carla", "/notificaciones/", ("glosa", "Cómo se contó este término")),
    ("oficina", "Bruno", "/oficina/", ()),
    ("oficina-extracto", "Bruno", "/oficina/recaudacion/extractos/", ("extracto-",)),
)


def main() -> int:
    """Take every screenshot; the exit code says whether all of them are small enough."""
    parser = argparse.ArgumentParser(description="Capturas de pantalla de la demostración")
    parser.add_argument("sitio", help="dirección de la demostración, como http://127.0.0.1:8000")
    sitio = parser.parse_args().sitio.rstrip("/")
    navegador = find_browser()
    if navegador is None:
        print(MISSING)
        return 1
    CARPETA.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=navegador, args=["--no-sandbox", "--disable-gpu"]
        )
        grandes = [tomar(browser, sitio, *toma) for toma in TOMAS]
        browser.close()
    return int(any(grandes))


def tomar(browser: Browser, sitio: str, nombre: str, quien: str, *camino: Any) -> bool:
    """Write the screenshot of where a way ends; say whether it is too big."""
    ruta, enlaces = camino
    with _dentro(browser, sitio, quien) as pagina:
        pagina.goto(f"{sitio}{ruta}")
        for enlace in enlaces:
            pagina.get_by_role("main").get_by_role("link", name=enlace).first.click()
            pagina.wait_for_load_state()
        archivo = CARPETA / f"{nombre}.png"
        pagina.screenshot(path=archivo, animations="disabled")
    peso = archivo.stat().st_size
    print(f"{archivo.name}: {peso / 1000:.0f} KB")
    return peso > MAXIMO


@contextmanager
def _dentro(browser: Browser, sitio: str, quien: str) -> Iterator[Page]:
    """Give a page in which a person has entered, as the home of a demonstration says how."""
    contexto = browser.new_context(
        viewport={"width": ANCHO, "height": ALTO}, locale="es-EC",
        timezone_id="America/Guayaquil", reduced_motion="reduce",
    )  # fmt: skip
    pagina = contexto.new_page()
    pagina.goto(f"{sitio}/")
    fila = pagina.locator("#usuarios tr", has_text=quien)
    usuario, clave = fila.locator(".codigo").all_inner_texts()
    pagina.goto(f"{sitio}/entrar/")
    pagina.get_by_label("Cédula, RUC o código de usuario").fill(usuario)
    pagina.get_by_label("Clave", exact=True).fill(clave)
    pagina.get_by_role("button", name="Ingresar").click()
    pagina.get_by_role("button", name="Cerrar sesión").wait_for()
    yield pagina
    contexto.close()


if __name__ == "__main__":
    sys.exit(main())
