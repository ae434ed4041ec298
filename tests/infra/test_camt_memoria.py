"""A file of statements fills no memory: what the reader would keep is refused while it is read."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, count, repeat

import pytest

from recaudo.infra.files.formatos.camt import ExtractoIlegible, LectorCamt, lector, memoria

ABRE = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>1</Id>"
)
CIERRA = "</Stmt></BkToCstmrStmt></Document>"
ENTRADA = (
    '<Ntry><Amt Ccy="USD">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    "<BookgDt><Dt>2026-10-08</Dt></BookgDt><NtryDtls></NtryDtls></Ntry>\n"
)
TAMANO = 1 << 19
#: The parser reads all of it: no runs are taken out.
CRUDO = f"<!-- not plain -->{ABRE}{ENTRADA}"
VEINTE = " ".join(f'a{n}="1"' for n in range(20))


class Manantial(io.RawIOBase):
    """A file of half a MB that is never whole in memory; it knows how much of it was read."""

    def __init__(self, abre: str, piezas: Iterable[str]) -> None:
        self._piezas = chain([abre], piezas)
        self._junto = b""
        self.leido = 0

    def read(self, _tamano: int = -1, /) -> bytes:
        while (
            len(self._junto) < 1 << 14 and self.leido < TAMANO and (otra := next(self._piezas, ""))
        ):
            self._junto += otra.encode()
        trozo, self._junto = self._junto[: 1 << 14], self._junto[1 << 14 :]
        self.leido += len(trozo)
        return trozo if self.leido < TAMANO else b""


@pytest.fixture
def chico(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same limits for small files."""
    for nombre, valor in {
        "LIMITE_NODOS": 5_000, "_NODOS_ENTRE": 1_000, "LIMITE_BYTES": 1 << 17,
        "_BYTES_ENTRE": 1 << 14, "LIMITE_ATRIBUTOS": 2_000, "LIMITE_NOMBRES": 1 << 14,
        "LIMITE_INSTRUCCIONES": 100,
    }.items():  # fmt: skip
        monkeypatch.setattr(memoria, nombre, valor)
    monkeypatch.setattr(lector, "LIMITE_EXTRACTOS", 500)


@dataclass(frozen=True)
class Hostil:
    """A file that would fill the memory: what it repeats, which limit sees it, what it is told."""

    limite: str
    dice: str
    piezas: Callable[[], Iterable[str]]
    abre: str = CRUDO

    def leer(self) -> tuple[str, int]:
        """Read it; return the refusal and how much was read."""
        fuente = Manantial(self.abre, self.piezas())
        with pytest.raises(ExtractoIlegible) as dicho:
            list(LectorCamt(fuente, formato="camt053"))  # type: ignore[arg-type]
        return dicho.value.mensaje, fuente.leido


FUERA, MOVIMIENTO, NOMBRES = "fuera de los movimientos", "trae un movimiento de más", "más nombres"
LARGO = "x" * 4000
#: By what would stay: elements, texts, attributes, statements, names.
HOSTILES = {
    "elementos": Hostil("LIMITE_NODOS", FUERA, lambda: repeat("<Otro>1</Otro>")),
    "saldos": Hostil("LIMITE_NODOS", FUERA, lambda: repeat("<Bal><Amt>1.00</Amt></Bal>")),
    "elementos entre movimientos": Hostil(
        "LIMITE_NODOS", FUERA, lambda: repeat(f"{'<Otro/>' * 20}{ENTRADA}")
    ),
    "elementos entre extractos": Hostil(
        "LIMITE_NODOS", FUERA, lambda: repeat(f"</Stmt>{'<Otro/>' * 400}<Stmt>{ENTRADA}")
    ),
    "atributos entre movimientos": Hostil(
        "LIMITE_NODOS", FUERA, lambda: repeat(f"<Otro {VEINTE}/>{ENTRADA}")
    ),
    "un lote": Hostil(
        "LIMITE_NODOS", MOVIMIENTO,
        lambda: repeat("<NtryDtls><TxDtls><Amt>1.00</Amt></TxDtls></NtryDtls>"), f"{CRUDO}<Ntry>",
    ),
    "un movimiento de textos": Hostil(
        "LIMITE_BYTES", MOVIMIENTO, lambda: repeat(f"<Ustrd>{LARGO}</Ustrd>"),
        f"{CRUDO}<Ntry><NtryDtls>",
    ),
    "textos": Hostil("LIMITE_BYTES", FUERA, lambda: repeat(f"<Otro>{LARGO}</Otro>")),
    "textos entre movimientos": Hostil(
        "LIMITE_BYTES", FUERA, lambda: repeat(f"<Otro>{LARGO}</Otro>{ENTRADA}")
    ),
    "textos entre extractos": Hostil(
        "LIMITE_BYTES", FUERA, lambda: repeat(f"</Stmt>{LARGO * 10}<Stmt>{ENTRADA}")
    ),
    "valores de atributos": Hostil(
        "LIMITE_BYTES", FUERA, lambda: repeat(f'<Otro a="{LARGO}"/>{ENTRADA}')
    ),
    "espacios de nombres": Hostil(
        "LIMITE_BYTES", FUERA, lambda: repeat(f'<Otro xmlns:x="{LARGO}"/>{ENTRADA}')
    ),
    "entidades": Hostil(
        "LIMITE_NODOS", FUERA, lambda: repeat('<!ENTITY a "1">'),
        f"<!DOCTYPE Document [<!-- {ENTRADA} -->",
    ),
    "un elemento de muchos atributos": Hostil(
        "LIMITE_ATRIBUTOS", FUERA, lambda: (f'a{n}=">" ' for n in count()), f"{CRUDO}<Otro "
    ),
    "extractos": Hostil("LIMITE_EXTRACTOS", "estados de cuenta", lambda: repeat("</Stmt><Stmt>")),
    "nombres en los movimientos": Hostil(
        "LIMITE_NOMBRES", NOMBRES, lambda: (f"<Ntry><a{n}/></Ntry>" for n in count()), CRUDO
    ),
    "atributos en los movimientos": Hostil(
        "LIMITE_NOMBRES", NOMBRES, lambda: (f'<Ntry a{n}="1"/>' for n in count()), CRUDO
    ),
    "espacios en los movimientos": Hostil(
        "LIMITE_NOMBRES", NOMBRES, lambda: (f'<Ntry xmlns:a="u{n}"/>' for n in count()), CRUDO
    ),
    "nombres en los extractos": Hostil(
        "LIMITE_NOMBRES", NOMBRES,
        lambda: (f"{''.join(f'<a{n}_{k}/>' for k in range(20))}</Stmt><Stmt>" for n in count()),
    ),
    "instrucciones": Hostil(
        "LIMITE_INSTRUCCIONES", NOMBRES, lambda: (f"<?a{n} ?>" for n in count())
    ),
}  # fmt: skip
CADA_UNO = pytest.mark.parametrize("hostil", HOSTILES.values(), ids=HOSTILES)


@CADA_UNO
@pytest.mark.usefixtures("chico")
def test_what_would_stay_in_memory_is_refused_before_the_file_was_read(hostil: Hostil) -> None:
    dicho, leido = hostil.leer()
    assert hostil.dice in dicho
    assert "No se importó nada" in dicho
    assert leido < TAMANO // 2


@CADA_UNO
@pytest.mark.usefixtures("chico")
def test_twin_without_its_limit_each_is_read_to_its_end(
    hostil: Hostil, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memoria, hostil.limite, 1 << 40)
    for otro in ("LIMITE_NODOS", "LIMITE_BYTES", "LIMITE_NOMBRES"):  # who else would see it
        monkeypatch.setattr(memoria, otro, 1 << 40)
    monkeypatch.setattr(lector, "LIMITE_EXTRACTOS", 1 << 40)
    dicho, leido = hostil.leer()
    assert hostil.dice not in dicho
    assert leido >= TAMANO


def test_a_tree_too_deep_is_no_statement() -> None:
    hondo = Hostil("", "no es XML bien formado", lambda: repeat("<Document>"), "")
    assert hondo.dice in hondo.leer()[0]


@pytest.mark.parametrize("llano", [True, False])
@pytest.mark.parametrize("de_a", [1, 7, 1 << 16])
def test_entries_are_forgotten_however_many_and_whatever_the_pieces_of_the_file(
    monkeypatch: pytest.MonkeyPatch, de_a: int, *, llano: bool
) -> None:
    monkeypatch.setattr(memoria, "LIMITE_BYTES", 1 << 17)
    monkeypatch.setattr(memoria, "_BYTES_ENTRE", 1 << 14)
    monkeypatch.setattr(memoria, "LIMITE_NODOS", 7000)  # of 24 000; a block has 3 000
    monkeypatch.setattr(memoria, "_NODOS_ENTRE", 500)
    cabeza = ABRE if llano else f"<!-- not plain -->{ABRE}"
    datos = f"{cabeza}{ENTRADA * 3000}{CIERRA}".encode()

    class Goteo(io.BytesIO):
        def read(self, _tamano: int | None = -1, /) -> bytes:
            return super().read(de_a)

    assert len(list(LectorCamt(Goteo(datos), formato="camt053"))) == 3000
