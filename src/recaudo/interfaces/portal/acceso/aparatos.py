"""A browser in words a person knows it by: «Firefox en Windows»."""

from typing import Final

_NAVEGADORES: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SISTEMAS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
DESCONOCIDO: Final = "Navegador desconocido"


def decir_aparato(agente: str) -> str:
    """Return what a `User-Agent` says, in words; what is not known is not guessed."""
    navegador = next((nombre for marca, nombre in _NAVEGADORES if marca in agente), DESCONOCIDO)
    sistema = next((nombre for marca, nombre in _SISTEMAS if marca in agente), "")
    return f"{navegador} en {sistema}" if sistema else navegador
