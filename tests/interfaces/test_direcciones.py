"""Every address of every door, with what none of ours can be: missing, never broken."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.architecture.test_urls import EN_PERSONA, PUERTAS, _navegador

#: As they travel: NUL, other controls, a byte that is not UTF-8, half a character, huge numbers.
IMPOSIBLES = {
    "nulo": "X%00", "solo_nulo": "%00", "salto": "a%0Ab", "borrado": "%7F", "no_utf8": "%ff",
    "media_letra": "%ed%a0%80", "enorme": "9" * 40, "cinco_mil": "9" * 5000,
    "mas_que_un_entero": "9223372036854775808", "hueco": "%20", "comillas": "%27%22%3Cx",
    "puntos": "..%2f..", "emoji": "%F0%9F%98%80", "largo": "a" * 3000, "negativo": "-1",
    "arabigos": "%D9%A1%D9%A2",
}  # fmt: skip


def direcciones(valor: str) -> Iterator[str]:
    """Yield each address that holds something, with that in each of its holes."""
    for ruta in PUERTAS:
        partes = ruta.split("/")
        if any("<" in p for p in partes):
            yield "/" + "/".join(valor if "<" in p else p for p in partes)


@pytest.mark.parametrize("quien", EN_PERSONA)
@pytest.mark.parametrize("valor", IMPOSIBLES.values(), ids=IMPOSIBLES)
def test_no_address_breaks_whatever_is_written_in_it(db: None, quien: str, valor: str) -> None:
    navegador = _navegador(quien)
    todas = list(direcciones(valor))
    assert len(todas) > 40
    for direccion in todas:
        respuesta = navegador.generic("GET", direccion)
        assert respuesta.status_code in {302, 404, 400, 405}, direccion[:120]
        if quien == "NADIE" and "%00" in direccion:
            assert respuesta.status_code == 404, direccion


@pytest.mark.parametrize("quien", EN_PERSONA)
@pytest.mark.parametrize("valor", ["%00", "%ff", "%ed%a0%80", "9" * 400, "-1", "%27", "²"])
def test_no_question_breaks_a_page(db: None, quien: str, valor: str) -> None:
    navegador = _navegador(quien)
    nombres = (
        "buscar", "q", "pagina", "por_pagina", "orden", "estado", "anio", "periodo", "texto",
        "obligacion", "ver", "provincia", "codigo", "next", "numero", "desde", "hasta",
    )  # fmt: skip
    consulta = "&".join(f"{nombre}={valor}" for nombre in nombres)
    for ruta in PUERTAS:
        if "<" not in ruta:
            respuesta = navegador.generic("GET", f"/{ruta}", QUERY_STRING=consulta)
            assert respuesta.status_code in {200, 302, 400, 404, 405, 422}, ruta


def test_a_program_is_answered_in_the_shape_of_its_contract(db: None) -> None:
    for direccion in ("/api/v1/nada/", "/api/v1/verificar/X%00", "/api/v1/verificar/" + "9" * 60):
        respuesta = Client().get(direccion)
        assert respuesta.status_code == 404
        assert set(respuesta.json()["rechazo"]) == {"codigo", "mensaje", "norma", "campo"}
    respuesta = Client().get("/api/v1/calculadoras/aporte?periodo=%00")
    assert (respuesta.status_code, list(respuesta.json())) == (400, ["rechazo"])
