"""How a person does things: with a mouse, or with nothing but the keyboard.

The keyboard looks at the focus at each stop: it must be where it can be seen, marked by at least
2 px that stand out 3:1 from what is around them (WCAG 2.4.7, 2.4.11, 1.4.11).
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import FileChooser, Locator, Page, expect

_MUCHOS = 150
_ESPERAS = 100
#: Whether the focus is on what was sought, or on the link that skips to where that is.
_DONDE = """e => e === document.activeElement ? 'ahí'
    : document.activeElement?.matches('.govuk-skip-link') && e.closest('main') ? 'salto' : ''"""
_FOCO = (Path(__file__).parent / "foco.js").read_text(encoding="utf-8")


def foco(pagina: Page) -> dict[str, Any] | None:
    """Return what has the focus and whether it is seen and marked; None at the edge of the page."""
    hallado: dict[str, Any] | None = pagina.evaluate(_FOCO)
    return hallado


def foco_visible(pagina: Page) -> str:
    """Assert that a person sees where the focus is; return the element that has it."""
    hallado = foco(pagina)
    if hallado is None:
        return ""
    assert hallado["seVe"], f"el foco está donde no se ve: {hallado['quien']}"
    assert hallado["marcado"], f"el foco no se distingue: {hallado['quien']}"
    return str(hallado["quien"])


class Raton:
    """Hands that point and click."""

    def __init__(self, pagina: Page) -> None:
        """Act on `pagina`."""
        self.pagina = pagina

    def pulsar(self, que: Locator) -> None:
        """Follow a link, press a button, open a detail."""
        que.click()

    def escribir(self, campo: Locator, texto: str) -> None:
        """Write `texto` in a field."""
        campo.fill(texto)

    def marcar(self, casilla: Locator) -> None:
        """Tick a box or choose an option."""
        casilla.check()

    def adjuntar(self, archivo: Path) -> None:
        """Give a file to the only field of files of the page."""
        self.pagina.locator("input[type=file]").set_input_files(archivo)


class Teclado(Raton):
    """Hands with no mouse: Tab, Enter, Space and what is typed."""

    def __init__(self, pagina: Page) -> None:
        """Act on `pagina`, from now on ready for the choosers of files that it opens."""
        super().__init__(pagina)
        self._selectores: list[FileChooser] = []
        pagina.on("filechooser", self._abierto)

    def pulsar(self, que: Locator) -> None:
        """Reach it with Tab and press Enter."""
        self._llegar(que)
        self.pagina.keyboard.press("Enter")

    def escribir(self, campo: Locator, texto: str) -> None:
        """Reach the field with Tab and type."""
        self._llegar(campo)
        self.pagina.keyboard.press("Control+A")
        self.pagina.keyboard.type(texto)
        expect(campo).to_have_value(texto)

    def marcar(self, casilla: Locator) -> None:
        """Reach it with Tab and press Space."""
        self._llegar(casilla)
        self.pagina.keyboard.press("Space")
        expect(casilla).to_be_checked()

    def adjuntar(self, archivo: Path) -> None:
        """Reach the button that opens the system's own chooser, and choose there."""
        boton = self.pagina.get_by_role("button", name="Elegir archivo")
        self._llegar(boton)
        self.pagina.keyboard.press("Enter")
        for _ in range(_ESPERAS):
            if self._selectores:
                break
            self.pagina.wait_for_timeout(100)
        self._selectores.pop().set_files(archivo)
        expect(boton).to_contain_text(archivo.name)

    def _abierto(self, selector: FileChooser) -> None:
        self._selectores.append(selector)

    def _llegar(self, que: Locator) -> None:
        """Go forward with Tab until `que` has the focus; on the way, skip to the content."""
        expect(que).to_be_attached()
        buscado = que.element_handle()
        if buscado.evaluate("e => e === document.activeElement"):
            return
        for _ in range(_MUCHOS):
            self.pagina.keyboard.press("Tab")
            foco_visible(self.pagina)
            donde = buscado.evaluate(_DONDE)
            if donde == "ahí":
                return
            if donde == "salto":
                self.pagina.keyboard.press("Enter")
                expect(self.pagina.get_by_role("main")).to_be_focused()
        message = f"el teclado no llega a {que}"
        raise AssertionError(message)
