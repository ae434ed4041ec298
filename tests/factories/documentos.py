"""A kind of document that exists only in tests, and documents of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.infra.documents.bloques import (
    Bloques,
    ImporteDestacado,
    Parrafo,
    Parte,
    Plazo,
    Seccion,
)
from recaudo.infra.documents.congelado import DocumentoAnulado, congelar
from recaudo.infra.documents.models import Documento
from recaudo.infra.documents.tipos import (
    Numeracion,
    QuienFirma,
    TipoDeDocumento,
    registrar_tipo,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from tests.factories.actos import acto_de_prueba
from tests.factories.cartera import SISTEMA

HOY = date(2026, 10, 16)
PRUEBA = TipoDeDocumento(
    codigo="PRUEBA",
    titulo="Documento de prueba",
    unidad="Unidad de pruebas",
    serie="PRUEBA",
    numeracion=Numeracion.POR_PROVINCIA,
    firma=QuienFirma.NADIE,
    cargo="",
    norma="Prueba",
    conservacion="ninguna",
    anulado="Este papel no vale.",
)


@dataclass(frozen=True)
class HechoDePrueba:
    """A fact that tells nothing, to be able to end an act."""

    tipo: ClassVar[str] = "HechoDePrueba"
    objeto_tipo: ClassVar[str] = "prueba"
    objeto_id: int = 1

    def frase(self) -> str:
        return "Prueba."


ACTO = acto_de_prueba(Permiso.GLOSA_EMITIR, HechoDePrueba, DocumentoAnulado)


@contextmanager
def un_acto() -> Iterator[ActoAbierto]:
    with acto(ACTO, por=SISTEMA, fecha=HOY, norma="Prueba") as a:
        yield a
        a.declarar(HechoDePrueba())


def bloques_de_prueba(texto: str = "Nada.", importe: str = "10.50") -> Bloques:
    """A short document that asks for its amount."""
    return (
        Seccion("Quién", (Parte("Empleador", "Comercial Ñandú S.A.", "RUC", "1790000000001"),)),
        Seccion("Cuánto", (
            Parrafo(texto),
            ImporteDestacado(que="Total a pagar", sin_pedir="Valor", importe=Dinero(importe)),
        )),
        Seccion("Qué debe hacer", (Plazo(texto="Pague hasta el 20/10/2026."),), pide=True),
    )  # fmt: skip


def congelar_uno(**otros: Any) -> Documento:
    """Freeze an ordinary document in an act of its own."""
    registrar_tipo(PRUEBA)
    datos: dict[str, Any] = {
        "tipo": PRUEBA,
        "provincia": "17",
        "empleador_id": 7,
        "titular": "Comercial Ñandú S.A.",
        "bloques": bloques_de_prueba(),
    }
    with un_acto() as a:
        return congelar(acto=a, **{**datos, **otros})
