"""The short way of ordinary entries, and the reading without parser, say what the long way says."""

import io
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.infra.files.formatos.camt import ExtractoLeido, LectorCamt, Movimiento, corridas
from recaudo.infra.files.formatos.camt.movimientos import Movimientos
from tests.factories.recaudacion import extracto_xml

Lectura = tuple[list[Movimiento], list[ExtractoLeido]]


@dataclass(frozen=True)
class Escrita:
    """An entry as a bank writes it; None leaves the tag out. By default, an ordinary one."""

    importe: str = "1.00"
    moneda: str = "USD"
    indicador: str = "CRDT"
    reverso: str | None = None
    antes_del_estado: str = ""
    estado: str | None = "BOOK"
    con_codigo: bool = True
    contable: str | None = "2026-09-12"
    valor: str | None = "2026-09-14"
    ref: str | None = "R1"
    numero: str | None = "N1"
    detalles: int = 1
    importe_tx: str = "1.00"
    suyas: tuple[tuple[str, str], ...] = (("EndToEndId", "E1"),)
    transaccion: str | None = None
    ordenante: str | None = "ANA"
    citas: tuple[str, ...] = ("20260000000014",)
    textos: tuple[str, ...] = ("PAGO",)
    nota: str | None = None
    ademas: str = ""

    def xml(self) -> str:
        """Write it."""
        estado = "" if self.estado is None else escape(self.estado)
        if self.con_codigo:
            estado = f"{escape(self.antes_del_estado)}<Cd>{estado}</Cd>"
        return (
            f"<Ntry>{_si('NtryRef', self.numero)}"
            f'<Amt Ccy="{self.moneda}">{escape(self.importe)}</Amt>'
            f"<CdtDbtInd>{escape(self.indicador)}</CdtDbtInd>{_si('RvslInd', self.reverso)}"
            f"{'' if self.estado is None else f'<Sts>{estado}</Sts>'}"
            f"{_fecha('BookgDt', self.contable)}{_fecha('ValDt', self.valor)}"
            f"{_si('AcctSvcrRef', self.ref)}{self.ademas}"
            f"<NtryDtls>{self._detalle() * self.detalles}</NtryDtls>"
            f"{_si('AddtlNtryInf', self.nota)}</Ntry>"
        )

    def _detalle(self) -> str:
        refs = "".join(_si(nombre, texto) for nombre, texto in self.suyas)
        nombre = "" if self.ordenante is None else f"<Dbtr>{_si('Nm', self.ordenante)}</Dbtr>"
        citas = "".join(
            f"<Strd><CdtrRefInf>{_si('Ref', cita)}</CdtrRefInf></Strd>" for cita in self.citas
        )
        fecha = "" if self.transaccion is None else _si("TxDtTm", self.transaccion)
        return (
            f'<TxDtls><Refs>{refs}</Refs><Amt Ccy="{self.moneda}">{self.importe_tx}</Amt>'
            f"<RltdPties>{nombre}</RltdPties>"
            f"<RmtInf>{''.join(_si('Ustrd', t) for t in self.textos)}{citas}</RmtInf>"
            f"<RltdDts>{fecha}</RltdDts></TxDtls>"
        )


def _si(etiqueta: str, texto: str | None) -> str:
    return "" if texto is None else f"<{etiqueta}>{escape(texto)}</{etiqueta}>"


def _fecha(etiqueta: str, texto: str | None) -> str:
    if texto is None:
        return ""
    hoja = "DtTm" if "T" in texto else "Dt"
    return f"<{etiqueta}>{_si(hoja, texto)}</{etiqueta}>"


def archivo(*escritas: Escrita) -> bytes:
    entradas = "".join(f"{una.xml()}\n" for una in escritas)
    return extracto_xml().replace(b"</Stmt>", entradas.encode() + b"</Stmt>")


def leer(contenido: bytes) -> Lectura:
    lector = LectorCamt(io.BytesIO(contenido), formato="camt053")
    return list(lector), lector.extractos


def leer_con_el_parser(contenido: bytes) -> Lectura:
    """The same, where every entry goes to the parser, and none the short way."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(corridas.FuenteAligerada, "_es_llano", lambda _s, _d: False)
        parche.setattr(Movimientos, "_cobro", lambda *_: None)
        return leer(contenido)


def por_el_camino_largo(contenido: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many entries of a file went the long way."""
    largas = []
    verdadera = Movimientos._cualquiera

    def contar(self: Movimientos, *partes: Any) -> list[Movimiento]:
        largas.append(partes)
        return verdadera(self, *partes)

    monkeypatch.setattr(Movimientos, "_cualquiera", contar)
    leer(contenido)
    return len(largas)


ORDINARIA = Escrita()
ORDINARIAS = {
    "as banks write them": ORDINARIA,
    "without transactions": replace(ORDINARIA, detalles=0),
    "state without a code": replace(ORDINARIA, con_codigo=False),
    "state after a line end": replace(ORDINARIA, antes_del_estado="\n  "),
    "state not said": replace(ORDINARIA, estado=None),
    "only booking date": replace(ORDINARIA, valor=None),
    "only value date": replace(ORDINARIA, contable=None),
    "an instant with its zone": replace(ORDINARIA, contable="2026-09-13T03:30:00+00:00"),
    "date of the transaction": replace(ORDINARIA, transaccion="2026-09-10T08:00:00-05:00"),
    "amount without cents": replace(ORDINARIA, importe="7"),
    "amount with zeros": replace(ORDINARIA, importe="0001.00000"),
    "amount without whole part": replace(ORDINARIA, importe=".05"),
    "amount with its sign": replace(ORDINARIA, importe="+1.00"),
    "amount with spaces": replace(ORDINARIA, importe=" 1.00 "),
    "no reference at all": replace(ORDINARIA, ref=None, numero=None, suyas=()),
    "transaction of another amount": replace(ORDINARIA, importe_tx="0.50"),
    "only the number of the entry": replace(ORDINARIA, ref=None),
    "a reference that says there is none": replace(ORDINARIA, ref="NotProvided", numero="nonref"),
    "an empty reference": replace(ORDINARIA, ref=" ", numero=""),
    "references of the transaction": replace(
        ORDINARIA, ref=None, numero=None, suyas=(("UETR", "U"), ("TxId", " T "), ("InstrId", "I"))
    ),
    "reference of the transaction at the bank": replace(ORDINARIA, suyas=(("AcctSvcrRef", "S"),)),
    "a reference longer than its column": replace(ORDINARIA, ref="L" * 61),
    "spaces everywhere": replace(
        ORDINARIA, ref=" a  b ", ordenante=" c  d ", textos=("  e\t f\n",), citas=(" g  h\ti ",)
    ),
    "texts too long": replace(
        ORDINARIA, ordenante="o" * 141, textos=("t " * 300, "u" * 501), citas=("c" * 141, "d")
    ),
    "a text full of spaces": replace(ORDINARIA, textos=(f"uno{' ' * 500}dos",)),
    "several texts, some empty": replace(
        ORDINARIA, textos=("uno", " ", "dos"), citas=("", "1", "2"), nota="tres"
    ),
    "nothing said": replace(ORDINARIA, ordenante=None, textos=(), citas=(), suyas=()),
    "marks of COPY": replace(ORDINARIA, ref="a\\tb", textos=("\\N \\\\",), ordenante="x\ty"),
}
RARAS = {
    "debit": replace(ORDINARIA, indicador="DBIT"),
    "debit reversed": replace(ORDINARIA, indicador="DBIT", reverso="true"),
    "indicator with spaces": replace(ORDINARIA, indicador=" CRDT"),
    "no indicator": replace(ORDINARIA, indicador=""),
    "pending": replace(ORDINARIA, estado="PDNG"),
    "state with spaces": replace(ORDINARIA, estado="BOOK "),
    "another currency": replace(ORDINARIA, moneda="EUR"),
    "amount of zero": replace(ORDINARIA, importe="0.00"),
    "negative amount": replace(ORDINARIA, importe="-1.00"),
    "amount with fractions of a cent": replace(ORDINARIA, importe="1.005"),
    "amount too large": replace(ORDINARIA, importe="1" * 16),
    "no amount": replace(ORDINARIA, importe=""),
    "unreadable booking date": replace(ORDINARIA, contable="2026-02-30"),
    "unreadable value date": replace(ORDINARIA, valor="hoy"),
    "no dates": replace(ORDINARIA, contable=None, valor=None),
    "two transactions that add up": replace(ORDINARIA, importe="2.00", detalles=2),
    "two transactions that do not": replace(ORDINARIA, detalles=2),
    "reversal of a debit": replace(ORDINARIA, reverso="true"),
    "unreadable date of the transaction": replace(ORDINARIA, transaccion="ayer"),
    "date of the transaction nobody believes": replace(ORDINARIA, transaccion="1900-01-01"),
    "a date twice": replace(ORDINARIA, ademas="<ValDt><Dt>2026-09-13</Dt></ValDt>"),
    "an amount twice": replace(ORDINARIA, ademas='<Amt Ccy="USD">2.00</Amt>'),
    "a payer twice": replace(
        ORDINARIA, detalles=0, ademas="<Dbtr><Nm>ANA</Nm></Dbtr><Dbtr><Nm>EVA</Nm></Dbtr>"
    ),
}


@pytest.mark.parametrize("una", ORDINARIAS.values(), ids=ORDINARIAS.keys())
def test_an_ordinary_entry_goes_the_short_way_and_says_the_same(
    una: Escrita, monkeypatch: pytest.MonkeyPatch
) -> None:
    contenido = archivo(una, una, replace(una, importe="3.00"))
    assert leer(contenido) == leer_con_el_parser(contenido)
    assert por_el_camino_largo(contenido, monkeypatch) == 0


@pytest.mark.parametrize("una", RARAS.values(), ids=RARAS.keys())
def test_an_entry_that_is_not_ordinary_goes_the_long_way_and_says_the_same(
    una: Escrita, monkeypatch: pytest.MonkeyPatch
) -> None:
    contenido = archivo(*[ORDINARIA] * 30, una, *[ORDINARIA] * 30, una)
    assert leer(contenido) == leer_con_el_parser(contenido)
    assert por_el_camino_largo(contenido, monkeypatch) == 2


def test_what_is_ordinary_is_taken_as_it_comes() -> None:
    (_, segunda), (estado,) = leer(
        archivo(ORDINARIA, replace(ORDINARIA, importe="2.50", transaccion="2026-09-10"))
    )
    assert segunda == Movimiento(
        2, 2, 0, "R1", date(2026, 9, 12), date(2026, 9, 14), date(2026, 9, 10), 250, 250, 0,
        "20260000000014", "E1", "PAGO", "ANA", "", "", False, 0,
    )  # fmt: skip
    assert (estado.creditos, estado.total_creditos, estado.ilegibles) == (2, 350, 0)


def _a_veces(campo: str, *raras: object) -> st.SearchStrategy[object]:
    """Mostly what an ordinary entry says."""
    return st.sampled_from([getattr(ORDINARIA, campo)] * 8 * len(raras) + [*raras])


_TEXTO = st.text("a1 \t\n\\Ñ\u2028\xa0", max_size=6)
_REF = st.sampled_from(["R2", "R3", " a b ", "x" * 61, "", " ", "NONREF", "notprovided "]) | _TEXTO
_FECHAS = (
    ["2026-09-12", "20260912", "2026-02-30", " 2026-09-12", "2026-09-12 ", "2026-09-12Z", "",
     "20260912  ", "2026-09-13T03:30:00Z", " 2026-09-13T03:30:00", "2026-W37-6",
     "0001-01-01T00:00:00", "9999-12-31"]
)  # fmt: skip
_NOMBRES = st.sampled_from(["AcctSvcrRef", "TxId", "UETR", "EndToEndId", "InstrId"])
#: What the tags of every entry of a file say, and so makes them neighbours.
_FORMA = st.fixed_dictionaries(
    {
        "moneda": _a_veces("moneda", "EUR", ""),
        "con_codigo": st.booleans(),
        "detalles": st.sampled_from([0, 1, 1, 1, 2]),
        "suyas": st.lists(_NOMBRES, max_size=3, unique=True),
        "citas": st.integers(0, 2),
        "textos": st.integers(0, 2),
        "sin": st.sets(
            st.sampled_from(
                ["reverso", "estado", "contable", "valor", "ref", "numero", "transaccion", "nota"]
            ),
            max_size=3,
        ),
    }
)
_CONTENIDO = st.fixed_dictionaries(
    {
        "importe": _a_veces("importe", "0", "1.5", " 2.00", "-1", "", "1.001", "2.00"),
        "indicador": _a_veces("indicador", "DBIT", " CRDT ", "", "crdt"),
        "reverso": st.sampled_from(["", "true"]),
        "antes_del_estado": _a_veces("antes_del_estado", "\n", "BOOK", "PDNG", "\xa0"),
        "estado": _a_veces("estado", "", " BOOK", "PDNG"),
        "contable": _a_veces("contable", *_FECHAS),
        "valor": _a_veces("valor", *_FECHAS),
        "ref": _REF,
        "numero": _REF,
        "suyas": st.tuples(_REF, _REF, _REF),
        "transaccion": st.sampled_from(_FECHAS),
        "ordenante": _TEXTO,
        "citas": st.tuples(_TEXTO, _TEXTO),
        "textos": st.tuples(_TEXTO, _TEXTO),
        "nota": _TEXTO,
    }
)


def _escrita(forma: dict[str, Any], contenido: dict[str, Any]) -> Escrita:
    """An entry of that shape."""
    return Escrita(
        **{
            **contenido,
            **{campo: forma[campo] for campo in ("moneda", "con_codigo", "detalles")},
            **dict.fromkeys(forma["sin"]),
            "suyas": tuple(zip(forma["suyas"], contenido["suyas"], strict=False)),
            **{campo: contenido[campo][: forma[campo]] for campo in ("citas", "textos")},
        }
    )


@given(_FORMA, st.lists(_CONTENIDO, min_size=1, max_size=20))
def test_any_entries_say_the_same_by_both_ways(
    forma: dict[str, Any], contenidos: list[dict[str, Any]]
) -> None:
    contenido = archivo(*(_escrita(forma, uno) for uno in contenidos))
    assert leer(contenido) == leer_con_el_parser(contenido)
