"""Rows of COPY say what the bank sent, whatever its texts hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recaudo.domain.recaudacion.batches.lineas_de_copia import COPIAR, filas_de_copia
from recaudo.infra.files.formatos.camt import Movimiento
from recaudo.kernel.numbering import numero_con_control

NUMERO = numero_con_control(2026, 1)
OTRO = numero_con_control(2026, 2)
_MARCAS = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
DIA = date(2026, 9, 12)


def movimiento(
    *,
    numero: int = 1,
    referencia: str = "R1",
    fecha: date | None = DIA,
    centavos: int | None = 100,
    citas: str = "",
    otras: str = "",
    texto: str = "",
    ordenante: str = "",
    rechazo: str = "",
    motivo: str = "",
) -> Movimiento:
    return Movimiento(
        numero, numero + 7, 0, referencia, fecha, fecha, fecha, centavos, centavos, 0, citas,
        otras, texto, ordenante, rechazo, motivo, False, 0,
    )  # fmt: skip


def columna(escrita: str) -> str | None:
    """Read a column as COPY reads it."""
    if escrita == "\\N":
        return None
    letras = iter(escrita)
    return "".join(_MARCAS[next(letras)] if letra == "\\" else letra for letra in letras)


def filas(*movimientos: Movimiento) -> list[list[str | None]]:
    texto = "".join(filas_de_copia(movimientos))
    assert "\r" not in texto
    assert texto.endswith("\n") or not movimientos
    return [[columna(una) for una in fila.split("\t")] for fila in texto.split("\n")[:-1]]


def citado(m: Movimiento) -> tuple[str | None, str | None]:
    ((*_, numero, _, _, _, motivo, _, _),) = filas(m)
    return numero, motivo


def test_an_ordinary_row_has_every_column_in_its_place() -> None:
    m = movimiento(texto=f"PAGO {NUMERO}", ordenante="ANA")
    assert "".join(filas_de_copia([m])) == (
        f"1\t8\t0\tR1\t2026-09-12\t2026-09-12\t2026-09-12\t100\t100\t0\t{NUMERO}\t"
        f"PAGO {NUMERO}\tANA\t\t\tf\t0\n"
    )
    assert COPIAR.count(",") == 16


@pytest.mark.parametrize("marca", ["\\", "\n", "\r", "\t"])
@pytest.mark.parametrize("donde", ["referencia", "texto", "ordenante"])
def test_one_mark_of_copy_in_a_text_of_many_rows_is_escaped(marca: str, donde: str) -> None:
    marcada = movimiento(**{donde: f"a{marca}b"})  # type: ignore[arg-type]
    lugar = {"referencia": 3, "texto": 11, "ordenante": 12}[donde]
    assert [f[lugar] for f in filas(movimiento(), marcada, movimiento())][1] == f"a{marca}b"
    assert len(filas(movimiento(), marcada, movimiento())) == 3


_TEXTO = st.text(st.sampled_from("\\\n\r\tNa1 \u2028\x85\x1c"), max_size=4)


@given(
    st.lists(
        st.tuples(
            st.just("R") | _TEXTO, st.just("") | _TEXTO, st.just("ANA") | _TEXTO,
            st.just(100) | st.none(), st.just(DIA) | st.none(),
        ),
        max_size=4,
    )
)  # fmt: skip
def test_copy_reads_back_what_was_written(
    datos: list[tuple[str, str, str, int | None, date | None]],
) -> None:
    movimientos = [
        movimiento(
            numero=i, referencia=referencia, texto=texto, ordenante=ordenante, centavos=centavos,
            fecha=fecha, rechazo="" if centavos and fecha else "SIN_FECHA",
        )
        for i, (referencia, texto, ordenante, centavos, fecha) in enumerate(datos, start=1)
    ]  # fmt: skip
    assert filas(*movimientos) == [
        [
            str(m.numero), str(m.linea_archivo), "0", m.referencia,
            *[m.fecha_valor and str(m.fecha_valor)] * 3,
            *[None if m.centavos is None else str(m.centavos)] * 2,
            "0", "", m.texto, m.ordenante, m.rechazo, "" if m.rechazo else "SIN_REFERENCIA", "f",
            "0",
        ]
        for m in movimientos
    ]  # fmt: skip


def test_more_rows_than_fit_in_one_text_are_all_written_in_order() -> None:
    assert [
        fila[0]
        for fila in filas(*(movimiento(numero=i, texto="\\"[i % 700 :]) for i in range(1501)))
    ] == [str(i) for i in range(1501)]


def test_what_a_line_cites_is_looked_for_in_what_it_says_and_then_in_its_references() -> None:
    assert citado(movimiento(citas=NUMERO)) == (NUMERO, "")
    assert citado(movimiento(citas="factura 7", texto=OTRO)) == (OTRO, "")
    assert citado(movimiento(otras=OTRO)) == (OTRO, "")
    assert citado(movimiento(otras=OTRO, texto=NUMERO)) == (NUMERO, "")


def test_two_numbers_that_are_right_are_not_chosen_between() -> None:
    for m in (
        movimiento(citas=NUMERO, texto=OTRO),
        movimiento(texto=f"{NUMERO} {OTRO}"),
        movimiento(texto=f"{NUMERO} {OTRO[:8]} {OTRO[8:]}"),
    ):
        assert citado(m) == ("", "VARIAS_REFERENCIAS")
    assert citado(movimiento(citas=NUMERO, texto=f"{NUMERO[:4]}-{NUMERO[4:]}")) == (NUMERO, "")


@pytest.mark.parametrize(
    "escrito",
    [
        f"PAGO {NUMERO[:8]} {NUMERO[8:]} GRACIAS",
        f"{NUMERO[:4]} {NUMERO[4:8]} {NUMERO[8:12]} {NUMERO[12:]}",
        f"{NUMERO[:4]}-{NUMERO[4:13]}-{NUMERO[13:]}",
        f"No. 00{NUMERO}",
        f"COMPROBANTE:{NUMERO[:10]} / {NUMERO[10:]}",
        " ".join(NUMERO),
        f"{NUMERO[:4]}.{NUMERO[4:]}",
    ],
)
def test_a_number_cut_spaced_hyphened_or_with_zeros_is_read(escrito: str) -> None:
    assert citado(movimiento(texto=escrito)) == (NUMERO, "")


def test_a_line_that_cites_no_comprobante_says_why() -> None:
    roto = NUMERO[:-1] + str((int(NUMERO[-1]) + 1) % 10)
    assert citado(movimiento(texto=f"{NUMERO} {NUMERO}")) == (NUMERO, "")
    assert citado(movimiento(texto=roto)) == (roto, "COMPROBANTE_INEXISTENTE")
    assert citado(movimiento(texto=f"1{NUMERO}")) == ("", "SIN_REFERENCIA")
    assert citado(movimiento(citas="a\t\\" + "b" * 40)) == (
        "a\t\\" + "b" * 37,
        "COMPROBANTE_INEXISTENTE",
    )
    assert citado(movimiento(texto=NUMERO, motivo="DETALLE_NO_CUADRA")) == ("", "DETALLE_NO_CUADRA")
    assert citado(movimiento(texto=NUMERO, motivo="FECHA_INVEROSIMIL")) == (
        NUMERO,
        "FECHA_INVEROSIMIL",
    )
    assert citado(movimiento(texto=NUMERO, rechazo="SIN_SIGNO")) == ("", "")
