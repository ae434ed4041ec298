"""A statement or a batch file that somebody spoilt gives a result or a sentence, soon, and no more.

What becomes of it inside the books is told in each room (`test_extractos_mutados`,
`test_novedades_mutadas`).
"""

import io
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recaudo.infra.files.formatos.camt import LectorCamt, corridas
from recaudo.infra.files.formatos.iess_batch import LARGO_LINEA, leer_archivo
from recaudo.kernel.refusals import Rechazo
from tests.factories.mutantes import frase, mutantes, se_entiende

CASOS = sorted((Path(__file__).parents[2] / "datos" / "casos_extractos").glob("*.xml"))
NOVEDADES = (
    b"1790016919001;0001;2026;10;MSU;1710034065;1234.50\r\n"
    b"1790016919001;0001;2026;10;MSU;0912345675;600\r\n"
    b"1790016919001;0001;2026;10;ENT;1710034065;20261001;20261002;1;R;2;06;VENDEDOR;"
    b"0101011112039;600.00;P\r\n"
    b"1790016919001;0001;2026;10;SAL;1710034065;20261001;V;00000000\r\n"
    b"1790016919001;0001;2026;10;MND;1710034065;20261001;15\r\n"
    b"1790016919001;0001;2026;10;INS;1710034065;10.00;O\r\n"
)
SEGUNDOS, MB = 0.5, 60


def intentar(leer: Callable[[bytes], Any], datos: bytes) -> Any:
    """Read it: what it says, or the sentence that refuses it. Soon."""
    antes = time.process_time()
    try:
        dicho = leer(datos)
    except Rechazo as rechazo:
        dicho = frase(rechazo)
    assert time.process_time() - antes < SEGUNDOS
    return dicho


def pico_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("caso", CASOS, ids=[c.stem for c in CASOS])
def test_a_spoilt_statement_is_read_or_refused_and_both_ways_of_reading_agree(
    caso: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs of entries are read without the parser: whatever the file, that changes nothing."""

    def leer(datos: bytes) -> Any:
        lector = LectorCamt(io.BytesIO(datos), formato=formato)
        return list(lector), lector.extractos

    bueno = caso.read_bytes()
    formato = "camt054" if b"camt.054" in bueno else "camt053"
    antes, veces = pico_mb(), []
    for _ in range(2):
        todos = mutantes(bueno, semilla=caso.stem, cuantos=60)
        veces.append([intentar(leer, datos) for datos in todos])
        monkeypatch.setattr(corridas.FuenteAligerada, "_es_llano", lambda *_: False)
    assert pico_mb() - antes < MB
    sueltas, seguidas = veces
    assert any(isinstance(dicho, str) for dicho in sueltas)
    assert any(isinstance(dicho, tuple) for dicho in sueltas)
    for una, otra in zip(sueltas, seguidas, strict=True):
        assert una == otra or (isinstance(una, str) and isinstance(otra, str))


@pytest.mark.parametrize(
    "raro", [b"<x:a/>", b'<a xmlns="u}v"/>', b'<a xmlns="{u"/>', b"<x:Document/>"]
)
def test_a_name_that_no_standard_has_is_passed_over_or_refused(raro: bytes) -> None:
    bueno = CASOS[0].read_bytes().split(b"?>", 1)[1]
    lector = LectorCamt(io.BytesIO(b"<s>" + raro + bueno + b"</s>"), formato="camt053")
    intentar(lambda _: list(lector), b"")


def test_a_statement_cut_anywhere_is_no_statement() -> None:
    bueno = CASOS[0].read_bytes().rstrip()
    for hasta in range(len(bueno)):
        with pytest.raises(Rechazo):
            list(LectorCamt(io.BytesIO(bueno[:hasta]), formato="camt053"))


def test_a_spoilt_batch_file_gives_each_of_its_lines_one_outcome() -> None:
    antes, dichos = pico_mb(), 0
    for datos in mutantes(NOVEDADES, semilla="novedades", cuantos=1_500):
        leido = intentar(leer_archivo, datos)
        if isinstance(leido, str):
            continue
        for linea in leido.lineas:
            assert (linea.aviso is None) is not (linea.rechazo is None)
            assert linea.rechazo is None or se_entiende(linea.rechazo.mensaje)
            assert "\x00" not in linea.texto
            assert len(linea.texto) <= LARGO_LINEA
            dichos += linea.rechazo is not None
    assert dichos > 500
    assert pico_mb() - antes < MB
