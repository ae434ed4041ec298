"""The IESS batch layout: what is read, what comes back, and that nothing ever raises (§9.5)."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recaudo.infra.files.envoltorios import comprimido_en
from recaudo.infra.files.formatos.iess_batch import (
    COMUNES,
    LAYOUTS,
    LineaLeida,
    leer_archivo,
    lineas_de_resultado,
)
from recaudo.infra.files.formatos.texto_plano import BLANCOS
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.avisos import TipoNovedad

RUC = "1790016919001"
CEDULA = "2050019872"
COMUN = f"{RUC};0001;2026;06"
ENT = f"{COMUN};ENT;{CEDULA};20260601;20260610;1;R;2;06;VENDEDOR;0101011112039;600.00;P"
SAL = f"{COMUN};SAL;{CEDULA};20260630;V;00000000"
MSU = f"{COMUN};MSU;{CEDULA};520.00"
INS = f"{COMUN};INS;{CEDULA};85.50;O"
MND = f"{COMUN};MND;{CEDULA};20260610;05"
PUBLICADO = json.loads((Path(__file__).parent / "iess_batch_formatos.json").read_text("utf-8"))


def leer(texto: str | bytes) -> LineaLeida:
    cruda = texto if isinstance(texto, bytes) else texto.encode("utf-8")
    (linea,) = leer_archivo(cruda).lineas
    return linea


def codigo(texto: str | bytes) -> str:
    linea = leer(texto)
    assert linea.aviso is None
    assert linea.rechazo is not None
    return linea.rechazo.codigo


def valor(texto: str) -> Dinero | None:
    aviso = leer(texto).aviso
    assert aviso is not None, leer(texto).rechazo
    return aviso.valor


@pytest.mark.parametrize("tipo", ["ENT", "SAL", "MSU", "INS"])
def test_the_layouts_are_those_of_the_published_formats(tipo: str) -> None:
    publicados = [campo["campo"] for campo in PUBLICADO["tipos"][tipo]["campos"]]
    propios = [*COMUNES, *(campo.nombre for campo in LAYOUTS[TipoNovedad(tipo)])]
    assert propios == publicados


@pytest.mark.parametrize("texto", PUBLICADO["ejemplos_sinteticos"])
def test_the_published_samples_are_read(texto: str) -> None:
    linea = leer(texto)
    # the RUC of the samples is synthetic: a cédula of the series 205 followed by 001
    assert linea.rechazo is None
    assert linea.advertencias == ()


def test_each_type_gives_its_values() -> None:
    ent = leer(ENT).aviso
    assert ent is not None
    assert ent.contrato is not None
    assert (ent.sucursal, ent.identificacion, ent.periodo) == ("0001", CEDULA, Periodo(2026, 6))
    assert (ent.fecha, ent.valor) == (date(2026, 6, 1), Dinero("600.00"))
    assert (ent.contrato.cargo, ent.contrato.origen_pago) == ("VENDEDOR", "P")
    sal = leer(SAL).aviso
    assert sal is not None
    assert (sal.fecha, sal.causa, sal.fallecimiento) == (date(2026, 6, 30), "V", None)
    ins = leer(INS).aviso
    assert ins is not None
    assert (ins.valor, ins.causa) == (Dinero("85.50"), "O")
    mnd = leer(MND).aviso
    assert mnd is not None
    assert (mnd.fecha, mnd.dias) == (date(2026, 6, 10), 5)
    assert valor(MSU) == Dinero("520.00")


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("1234.5", "1234.50"),
        ("1234.50", "1234.50"),
        ("00000001234.50", "1234.50"),
        ("       1234.50", "1234.50"),
        ("1234", "1234.00"),
        ("99999999999.99", "99999999999.99"),
    ],
)
def test_amounts_padded_with_zeros_or_blanks_are_read(escrito: str, leido: str) -> None:
    assert valor(MSU.replace("520.00", escrito)) == Dinero(leido)


@pytest.mark.parametrize(
    ("escrito", "esperado"),
    [
        ("1234,50", "IMPORTE_CON_COMA"),
        ("1.234,50", "IMPORTE_CON_COMA"),
        ("-520.00", "IMPORTE_NEGATIVO"),
        ("000000001234.50", "IMPORTE_MUY_LARGO"),
        ("", "IMPORTE_ILEGIBLE"),
        ("520.", "IMPORTE_ILEGIBLE"),
        ("520.001", "IMPORTE_ILEGIBLE"),
        ("5e2", "IMPORTE_ILEGIBLE"),
        ("NaN", "IMPORTE_ILEGIBLE"),
        ("$520.00", "IMPORTE_ILEGIBLE"),
    ],
)
def test_an_amount_that_would_have_to_be_guessed_comes_back(escrito: str, esperado: str) -> None:
    assert codigo(MSU.replace("520.00", escrito)) == esperado


def test_a_trailing_separator_is_accepted_with_a_warning() -> None:
    linea = leer(f"{MSU};")
    assert linea.aviso is not None
    assert [aviso.codigo for aviso in linea.advertencias] == ["SEPARADOR_FINAL"]


def test_lower_case_types_and_letters_are_understood() -> None:
    linea = leer(INS.lower())
    assert linea.aviso is not None
    assert (linea.tipo, linea.aviso.causa) == ("INS", "O")


@pytest.mark.parametrize("fin", ["\r\n", "\n"])
def test_lines_end_in_crlf_or_lf_and_blank_ones_at_the_end_do_not_count(fin: str) -> None:
    leido = leer_archivo(f"{MSU}{fin}{MSU}{fin}{fin}\x1a".encode())
    assert [linea.numero for linea in leido.lineas] == [1, 2]
    assert all(linea.aviso for linea in leido.lineas)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        (f"{MSU};O", "NUMERO_DE_CAMPOS"),  # one generator adds the cause of INS to MSU
        (f"{MSU};;", "NUMERO_DE_CAMPOS"),
        (MSU.rsplit(";", 1)[0], "NUMERO_DE_CAMPOS"),
        (RUC, "NUMERO_DE_CAMPOS"),
        (MSU.replace(RUC, "1790016919000"), "RUC_INCORRECTO"),
        (MSU.replace(RUC, "179001691900"), "RUC_INCORRECTO"),
        (MSU.replace(";0001;", ";1;"), "SUCURSAL_ILEGIBLE"),
        (MSU.replace(";2026;06;", ";2026;6;"), "PERIODO_ILEGIBLE"),
        (MSU.replace(";2026;06;", ";2026;13;"), "PERIODO_ILEGIBLE"),
        (MSU.replace(";2026;06;", ";0026;06;"), "PERIODO_ILEGIBLE"),
        (MSU.replace("MSU", "ZZZ"), "TIPO_DESCONOCIDO"),
        (MSU.replace("MSU", "PFM"), "TIPO_NO_ADMITIDO"),
        (MSU.replace(CEDULA, "205001987"), "CEDULA_INCORRECTA"),
        (SAL.replace("20260630", "20260631"), "FECHA_IMPOSIBLE"),
        (SAL.replace("20260630", "20260229"), "FECHA_IMPOSIBLE"),
        (SAL.replace("20260630", "00000000"), "FECHA_IMPOSIBLE"),
        (SAL.replace("20260630", "2026-06-30"), "FECHA_ILEGIBLE"),
        (SAL.replace(";V;", ";X;"), "CAUSA_DESCONOCIDA"),
        (SAL.replace(";V;", ";;"), "CAUSA_DESCONOCIDA"),
        (SAL.replace("00000000", ""), "FECHA_DE_FALLECIMIENTO"),
        (INS.replace(";O", ";C"), "CAUSA_DESCONOCIDA"),
        (ENT.replace(";1;R;", ";2;R;"), "JORNADA_DESCONOCIDA"),
        (ENT.replace(";1;R;", ";1;Q;"), "SEGURO_DESCONOCIDO"),
        (ENT.replace(";2;06;", ";;06;"), "TIPO_EMPLEADOR_ILEGIBLE"),
        (ENT.replace(";06;VEND", ";6;VEND"), "RELACION_ILEGIBLE"),
        (ENT.replace("VENDEDOR", "V" * 65), "CARGO_MUY_LARGO"),
        (ENT.replace("0101011112039", "01"), "ACTIVIDAD_ILEGIBLE"),
        (ENT[:-1] + "Z", "ORIGEN_DESCONOCIDO"),
        (MND[:-2] + "5.5", "DIAS_ILEGIBLES"),
        (ENT.replace("VENDEDOR", "DISEÑADOR"), "CARACTER_NO_ASCII"),
        (ENT.replace("VENDEDOR", "DISEÑADOR").encode("latin-1"), "CARACTER_NO_ASCII"),
        (";" * 1001, "LINEA_MUY_LARGA"),
        (MSU.encode() + b"\x00", "CARACTER_NO_ASCII"),
        (MSU.replace("520.00", "٥٢٠"), "CARACTER_NO_ASCII"),
    ],
)
def test_a_line_that_breaks_the_layout_comes_back_with_its_code(
    texto: str | bytes, esperado: str
) -> None:
    assert codigo(texto) == esperado


def test_cause_x_of_the_official_sample_is_refused_saying_why() -> None:
    linea = leer(INS.replace(";O", ";X"))
    assert linea.rechazo is not None
    assert linea.rechazo.codigo == "CAUSA_DESCONOCIDA"
    assert "ejemplo" in linea.rechazo.mensaje
    assert "escriba O" in linea.rechazo.mensaje


#: What programs leave in a file without anybody seeing it: none of it changes what the lines say.
DISFRACES = {
    "marca de UTF-8": "\ufeff{0}\r\n{1}\r\n".encode(),
    "UTF-16 con marca": "{0}\r\n{1}\r\n".encode("utf-16"),
    "UTF-16 del otro lado": "\ufeff{0}\r\n{1}\r\n".encode("utf-16-be"),
    "UTF-16 sin marca": "{0}\r\n{1}\r\n".encode("utf-16-le"),
    "UTF-16 sin marca, del otro lado": "{0}\r\n{1}\r\n".encode("utf-16-be"),
    "UTF-32": "{0}\r\n{1}\r\n".encode("utf-32"),
    "LF": b"{0}\n{1}\n",
    "CR": b"{0}\r{1}\r",
    "sin fin en la última": b"{0}\r\n{1}",
    "fin de archivo de DOS": b"{0}\r\n{1}\r\n\x1a",
    "líneas vacías": b"\r\n{0}\r\n\r\n \t\r\n{1}\r\n\r\n",
    "blancos al final": b"{0}   \r\n{1}\t\r\n",
    "blancos al comienzo": b"  {0}\r\n\t{1}\r\n",
    "espacio duro": "{0}\u00a0\r\n\u00a0{1}\r\n".encode(),
    "espacio duro de Windows": b"{0}\xa0\r\n{1}\xa0\r\n",
    "marcas sin ancho": "\u200b{0}\u200b\r\n\ufeff{1}\r\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("disfraz", DISFRACES.values(), ids=DISFRACES)
def test_what_a_program_adds_to_a_file_changes_nothing_of_what_it_says(disfraz: bytes) -> None:
    ancho = disfraz.count(b"\x00") > len(disfraz) // 3
    codigo_ancho = {
        4: "utf-32-le",
        2: "utf-16-be" if disfraz[:1] in {b"\x00", b"\xfe"} else "utf-16-le",
    }

    def poner(texto: str) -> bytes:
        if not ancho:
            return texto.encode()
        return texto.encode(codigo_ancho[4 if disfraz.startswith(b"\xff\xfe\x00\x00") else 2])

    contenido = disfraz.replace(poner("{0}"), poner(MSU)).replace(poner("{1}"), poner(ENT))
    lineas = leer_archivo(contenido).lineas
    assert [linea.rechazo for linea in lineas] == [None, None]
    limpias = leer_archivo(f"{MSU}\n{ENT}\n".encode()).lineas
    assert [linea.aviso for linea in lineas] == [linea.aviso for linea in limpias]


def test_blanks_around_a_field_go_and_a_tab_inside_is_a_blank() -> None:
    ancha = " ; ".join(ENT.split(";")).replace("VENDEDOR", "VENDEDOR\tDE\u00a0CALLE")
    linea = leer(ancha)
    assert linea.aviso is not None
    assert linea.aviso.contrato is not None
    assert linea.aviso.contrato.cargo == "VENDEDOR DE CALLE"


def test_a_blank_line_in_the_middle_does_not_count_and_the_next_keeps_its_number() -> None:
    lineas = leer_archivo(f"{MSU}\n\n{MSU}\n".encode()).lineas
    assert [linea.numero for linea in lineas] == [1, 3]
    assert all(linea.aviso for linea in lineas)


def test_a_number_that_is_not_a_cedula_is_told_apart_so_that_a_foreigner_can_be_known() -> None:
    linea = leer(MSU.replace(CEDULA, "9950019872"))
    assert linea.aviso is not None
    assert "extranjero" in linea.aviso.motivo_cedula
    assert leer(MSU).aviso.motivo_cedula == ""  # type: ignore[union-attr]


def test_an_old_check_digit_of_a_company_does_not_reject_its_ruc() -> None:
    assert leer(MSU.replace(RUC, "0993381661001")).aviso is not None


def test_the_file_says_which_types_and_employers_it_mixes() -> None:
    otro = INS.replace(RUC, "0990017514001")
    leido = leer_archivo(f"{MSU}\n{otro}\n{MSU}".encode())
    assert leido.tipos == ("MSU", "INS")
    assert leido.rucs == (RUC, "0990017514001")


def test_the_result_file_keeps_the_line_and_never_adds_fields() -> None:
    filas = iter([(MSU, "RECHAZADA", "COD", "Diga; esto."), (INS, "ACEPTADA", "", "")])
    assert lineas_de_resultado(filas) == (
        f"{MSU};RECHAZADA;COD;Diga, esto.\r\n{INS};ACEPTADA;;\r\n".encode()
    )


_PEDAZOS = st.one_of(
    st.sampled_from([RUC, "0001", "2026", "06", "ent", "SAL", "MSU", "INS", "MND", CEDULA, "O"]),
    st.sampled_from(["20260601", "00000000", "520.00", "-1", "1,5", "", "Ñ", "\x00", "9" * 40]),
    st.text(max_size=12),
)
_LINEAS = st.one_of(
    st.lists(_PEDAZOS, max_size=18).map(lambda campos: ";".join(campos).encode("utf-8", "replace")),
    st.binary(max_size=80),
    st.sampled_from([ENT, SAL, MSU, INS, MND]).map(str.encode),
)


@given(st.lists(_LINEAS, max_size=12), st.sampled_from([b"\r\n", b"\n"]))
def test_whatever_the_bytes_every_line_gets_exactly_one_outcome(
    lineas: list[bytes], fin: bytes
) -> None:
    contenido = fin.join(lineas)
    assume(comprimido_en(contenido) is None)  # refused whole
    leido = leer_archivo(contenido)
    numeros = [linea.numero for linea in leido.lineas]
    assert numeros == sorted(set(numeros))
    assert len(leido.lineas) <= len(contenido) // 2 + 1
    for linea in leido.lineas:
        assert (linea.aviso is None) != (linea.rechazo is None)
        assert "\x00" not in linea.texto
        if linea.rechazo is not None:
            assert len(linea.rechazo.codigo) <= 40
            assert len(linea.rechazo.mensaje) <= 300


@given(
    st.sampled_from([ENT, SAL, MSU, INS, MND]),
    st.integers(min_value=0, max_value=200),
    st.characters(max_codepoint=0x2FF, exclude_categories=["Cs"]),
)
def test_one_changed_character_never_raises_and_never_changes_the_amount_silently(
    texto: str, lugar: int, letra: str
) -> None:
    lugar %= len(texto)
    cambiado = texto[:lugar] + letra + texto[lugar + 1 :]
    for linea in leer_archivo(cambiado.encode("utf-8")).lineas:
        if linea.aviso is not None and linea.aviso.valor is not None:
            importe = next(
                campo
                for campo in reversed(linea.texto.split(";"))
                if "." in campo or len(campo) > 2
            )
            assert linea.aviso.valor == Dinero(importe.translate(BLANCOS).strip())  # what is seen
