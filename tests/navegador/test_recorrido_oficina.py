"""The walk of the office: everybody who works there, from its home."""

from typing import ClassVar

from tests.navegador import escenario, otras_deudas
from tests.navegador.recorrido import Recorrido


class TestOficina(Recorrido):
    """What only an officer sees."""

    PERSONAS = tuple(quien for quien in escenario.QUIEN if quien not in {"ana", "carla"})
    ENTRADAS = (
        "oficina/", "calculadora/", f"oficina/empleadores/{otras_deudas.DE_CARLA}/",
        f"oficina/deudas/personas/{otras_deudas.CEDULA}/",
    )  # fmt: skip
    ANTES: ClassVar = {"irene": ("oficina/recaudacion/debitos/?situacion=propuesto",)}
    PROPIAS = ("oficina:",)
    PAGINAS = 100
    CLASES = 20

    @classmethod
    def es_propia(cls, nombre: str) -> bool:
        """Say whether it is of the office."""
        return nombre.startswith("oficina:")
