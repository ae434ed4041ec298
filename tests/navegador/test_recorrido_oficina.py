"""The walk of the office: everybody who works there, from its home."""

from tests.navegador import escenario
from tests.navegador.recorrido import Recorrido


class TestOficina(Recorrido):
    """What only an officer sees."""

    PERSONAS = tuple(quien for quien in escenario.QUIEN if quien not in {"ana", "carla"})
    ENTRADAS = ("oficina/", "calculadora/")
    PROPIAS = ("oficina:",)
    PAGINAS = 100
    CLASES = 20

    @classmethod
    def es_propia(cls, nombre: str) -> bool:
        """Say whether it is of the office."""
        return nombre.startswith("oficina:")
