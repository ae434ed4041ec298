"""The toy channels and matters of `tests.factories.notificaciones`, for one test at a time."""

from collections.abc import Iterator

import pytest

from recaudo.domain.notificaciones import materias, policy
from recaudo.domain.notificaciones.canales import protocolo
from tests.factories.notificaciones import CITACION, OFICIO, PROVIDENCIA, Boletas, Prensa


@pytest.fixture(autouse=True)
def _toys() -> Iterator[None]:
    canales, conocidas = dict(protocolo._CANALES), dict(materias._MATERIAS)
    for canal in (Boletas(), Prensa()):
        protocolo.registrar_canal(canal)
    for materia in (PROVIDENCIA, CITACION, OFICIO):
        materias.registrar_materia(materia)
    responden = dict(policy._RESPONDE)
    yield
    registros = (
        (protocolo._CANALES, canales), (materias._MATERIAS, conocidas),
        (policy._RESPONDE, responden),
    )  # fmt: skip
    for ahora, antes in registros:
        ahora.clear()  # type: ignore[attr-defined]
        ahora.update(antes)  # type: ignore[attr-defined]
