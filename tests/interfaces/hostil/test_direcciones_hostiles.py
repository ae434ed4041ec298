"""Every route × what it reads × hostile values: nothing breaks, and reading writes nothing."""

import random
import re
from functools import partial
from typing import Final

import pytest
from django.test import Client

from tests.interfaces.hostil.valores import (
    PUERTAS,
    SEMILLA,
    VALORES,
    Quebrado,
    con_huecos,
    elegir,
    exigir_nada,
    juzgar,
    probar,
    visitante,
)
from tests.interfaces.test_fugas import Escena, escena
from tests.interfaces.test_nada_escribe import escritas

pytestmark = pytest.mark.django_db
__all__ = ["escena"]
_NOMBRE: Final = re.compile(r'\bname="([^"]+)"')
#: What the addresses read and no form of the page writes.
DE_LISTA: Final = (
    "orden", "pagina", "por_pagina", "q", "buscar", "formato", "elegido", "antes", "despues", "ver",
    "resultado", "next", "comprobante", "obligacion", "codigo", "x[]",
)  # fmt: skip
POR_HUECO: Final = 5


def nombres(navegador: Client, direccion: str) -> list[str]:
    """Return what an address reads: the fields of its page, and what every list reads."""
    respuesta = navegador.get(direccion)
    html = "" if respuesta.streaming else respuesta.content.decode("utf-8", "replace")
    return sorted({*_NOMBRE.findall(html), *DE_LISTA} - {"csrfmiddlewaretoken"})


@pytest.mark.parametrize("quien", PUERTAS)
def test_no_path_and_no_question_breaks_a_page(escena: Escena, quien: str) -> None:
    navegador, rutas = visitante(quien, escena)
    azar, faltas = random.Random(f"{SEMILLA} {quien}"), list[str]()
    antes, cuantas = escritas(), 0
    for ruta, llena in rutas.items():
        preguntas = [(nombre, *elegir(azar, 1)[0]) for nombre in nombres(navegador, llena)]
        for nombre, clave, valor in preguntas:
            uno = f"{nombre}={valor}"
            consulta = azar.choice([uno, f"{uno}&{uno}", f"{nombre}[]={valor}&{uno}"])
            pedir = partial(navegador.generic, "GET", llena, QUERY_STRING=consulta)
            probar(faltas, f"GET {ruta}?{nombre} [{clave}]", pedir)
        for clave, valor in elegir(azar, POR_HUECO):
            for direccion in con_huecos(ruta, llena, valor):
                pedir = partial(navegador.generic, "GET", direccion)
                probar(faltas, f"GET {ruta} [{clave}]", pedir)
                cuantas += 1
        cuantas += len(preguntas)
    assert escritas() == antes
    assert cuantas > 150, "it walks"
    exigir_nada(faltas)


#: Where a list of each kind is, with the names that are read as numbers, dates and orders.
LISTAS: Final = {
    "oficina/recaudacion/valores/": ("orden", "pagina", "por_pagina", "desde", "antes", "elegido"),
    "oficina/libro/diario/": ("orden", "pagina", "por_pagina", "desde", "antes", "despues"),
    "oficina/cartera/glosas/": ("orden", "por_pagina", "vence_hasta", "q"),
    "oficina/libro/": ("fecha", "corte", "formato"),
}


def test_what_a_list_reads_as_a_number_a_date_or_an_order_takes_every_value(escena: Escena) -> None:
    navegador, rutas = visitante("oficina", escena)
    faltas = list[str]()
    for ruta, leidos in LISTAS.items():
        for clave, valor in VALORES.items():
            consulta = "&".join(f"{nombre}={valor}" for nombre in leidos)
            pedir = partial(navegador.generic, "GET", rutas[ruta], QUERY_STRING=consulta)
            probar(faltas, f"GET {ruta} [{clave}]", pedir)
    exigir_nada(faltas)


def test_twin_the_judge_sees_what_breaks_and_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Quebrado, match="ValueError"), juzgar("x"):
        raise ValueError
    monkeypatch.setattr("tests.interfaces.hostil.valores.SEGUNDOS", 0.0)
    with pytest.raises(Quebrado, match=r"\d s$"), juzgar("x"):
        pass
