"""What reading, importing, receiving and confirming a statement hold does not grow with it.

The whole figure, with a file of 500 MB, is printed by `recaudo medir memoria --escala 1`.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import registrar_cuenta_bancaria
from recaudo.domain.recaudacion.queries import lista_de_extractos
from recaudo.ensayo.medicion.extracto import (
    CANAL,
    COLA,
    CUENTA,
    EMITIDO,
    cabeza_del_extracto,
    entrada_del_extracto,
)
from recaudo.ensayo.medicion.memoria import confirmar, gastar, importar, leer, recibir
from recaudo.infra.security.actor import Actor

CHICO, GRANDE = 500, 8_000
HOLGURA_MB = 8


def escribir(carpeta: Path, mensaje: str, lineas: int) -> Path:
    """Write payments of 4 KB that no compression shortens much: few lines, many bytes."""
    archivo = carpeta / f"{mensaje}-{lineas}.xml"
    with archivo.open("w", encoding="utf-8") as sale:
        sale.write(cabeza_del_extracto(mensaje, lineas, lineas * 100))
        for n in range(lineas):
            sale.write(entrada_del_extracto(f"{mensaje}{n}", 100, secrets.token_urlsafe(2_500)))
        sale.write(COLA)
    return archivo


@pytest.mark.django_db(transaction=True)
def test_the_memory_of_a_statement_does_not_grow_with_its_size(tmp_path: Path) -> None:
    registrar_cuenta_bancaria(
        numero=CUENTA, banco="Banco", canal=CANAL, por=Actor.sistema("Prueba"), hoy=EMITIDO
    )
    picos: dict[int, dict[str, int]] = {}
    for lineas in (CHICO, GRANDE):
        uno, otro = escribir(tmp_path, "A", lineas), escribir(tmp_path, "B", lineas)
        trabajos: dict[str, Callable[[], None]] = {
            "entero": lambda uno=uno: bytearray(uno.read_bytes()),  # twin: it does grow
            "leer": lambda uno=uno: leer(uno),
            "importar": lambda uno=uno: importar(uno),
            "recibir": lambda otro=otro: recibir(otro),
            "confirmar": confirmar,
        }  # type: ignore[dict-item]
        picos[lineas] = {que: gastar(trabajo).mb for que, trabajo in trabajos.items()}
    assert set(lista_de_extractos().values_list("estado", flat=True)) == {"confirmado"}
    crece = {que: picos[GRANDE][que] - picos[CHICO][que] for que in picos[CHICO]}
    assert crece.pop("entero") > 4 * HOLGURA_MB
    assert max(crece.values()) < HOLGURA_MB, crece
