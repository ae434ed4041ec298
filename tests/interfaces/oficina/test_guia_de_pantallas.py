"""The screen of the guide, taken from its page: it is short, and it runs."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from recaudo.infra.security.permisos import Permiso
from tests.factories.parametros import APRUEBA, HOY, registrar
from tests.navegador.comprobaciones import errores_de_html

GUIA = Path(__file__).parents[3] / "docs" / "guias" / "agregar-una-pantalla.md"
MAXIMO_DE_LINEAS = 190


def _codigo() -> str:
    bloques = re.findall(r"```python\n(.*?)```", GUIA.read_text(encoding="utf-8"), re.S)
    assert len(bloques) == 3
    return "\n".join(bloques)


@pytest.fixture
def ejemplo() -> ModuleType:
    modulo = ModuleType("ejemplo_de_la_guia")
    exec(compile(_codigo(), str(GUIA), "exec"), modulo.__dict__)
    return modulo


def _pedir(metodo: str, permiso: Permiso, datos: dict[str, str] | None = None) -> Any:
    pedido: Any = getattr(RequestFactory(), metodo)("/oficina/tasas/", datos or {})
    pedido.actor, pedido.hoy, pedido.es_demostracion = APRUEBA, HOY, False
    pedido.alcance = APRUEBA.alcance(permiso)
    pedido.session = {}
    pedido._messages = FallbackStorage(pedido)
    return pedido


def test_a_list_a_sheet_and_an_act_fit_in_190_lines() -> None:
    assert len(_codigo().splitlines()) <= MAXIMO_DE_LINEAS


@pytest.mark.django_db
def test_the_list_of_the_guide_shows_filters_and_exports(ejemplo: ModuleType) -> None:
    registrar()
    texto = ejemplo.lista(_pedir("get", Permiso.RECAUDACION_VER)).content.decode()
    assert errores_de_html(texto) == []
    assert "<strong>1 tasa</strong>" in texto
    pedido = _pedir("get", Permiso.RECAUDACION_VER, {"situacion": "vigente"})
    assert "No hay tasas con esos filtros" in ejemplo.lista(pedido).content.decode()
    pedido = _pedir("get", Permiso.RECAUDACION_VER, {"formato": "csv"})
    assert "7,99" in b"".join(ejemplo.lista(pedido)).decode()


@pytest.mark.django_db
def test_the_sheet_of_the_guide_tells_its_birth(ejemplo: ModuleType) -> None:
    tasa = registrar()
    texto = ejemplo.ficha(_pedir("get", Permiso.RECAUDACION_VER), tasa.pk).content.decode()
    assert errores_de_html(texto) == []
    assert "7,99 %" in texto
    assert "Se registró la tasa" in texto


@pytest.mark.django_db
def test_the_act_of_the_guide_says_before_asks_the_reason_and_does_it_once(
    ejemplo: ModuleType,
) -> None:
    tasa = registrar()
    texto = ejemplo.devolver(_pedir("get", Permiso.TASA_APROBAR), tasa.pk).content.decode()
    assert errores_de_html(texto) == []
    assert "Del 01/10/2026 al 31/10/2026 se podrá registrar otra" in texto
    assert ejemplo.devolver(_pedir("post", Permiso.TASA_APROBAR), tasa.pk).status_code == 422
    datos = {"decision": "devolver", "razon": "La coma está corrida"}
    pedido = _pedir("post", Permiso.TASA_APROBAR, datos)
    assert ejemplo.devolver(pedido, tasa.pk).status_code == 302
    tasa.refresh_from_db()
    assert tasa.razon_devolucion == "La coma está corrida"
    otra_vez = ejemplo.devolver(_pedir("post", Permiso.TASA_APROBAR, datos), tasa.pk)
    assert otra_vez.status_code == 422
    assert "Esta tasa ya se decidió" in otra_vez.content.decode()
