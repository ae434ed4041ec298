"""The walk of the portal: a stranger and two employers, from its home."""

from tests.navegador.recorrido import EXTRANO, Recorrido


class TestPortal(Recorrido):
    """Everything that is not of the office."""

    PERSONAS = (EXTRANO, "ana", "carla")
    ENTRADAS = ("", "calculadora/")
    PROPIAS = ("portal:", "entrar")
    PAGINAS = 50
    CLASES = 20

    @classmethod
    def es_propia(cls, nombre: str) -> bool:
        """Say whether it is not of the office."""
        return not nombre.startswith("oficina:")
