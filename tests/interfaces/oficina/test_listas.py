"""Every list of the office, found by its address: what is filtered, summed, shown and exported."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from recaudo.interfaces.vista.hojas import PELIGROSOS, archivo, celda, celda_segura, sin_marcas
from recaudo.interfaces.vista.tablas import Tabla
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import hacer_empleador
from tests.factories.recaudacion import PAGADO
from tests.interfaces.oficina.escena import LISTAS, Escena, entrar, montar

VALORES = "/oficina/recaudacion/valores/"
NO_SON_LISTAS = {"inicio", "libro"}
HOJA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def escena() -> Escena:
    return montar()


def _listas(escena: Escena) -> dict[str, str]:
    """The address of every list of the office that is of the kit."""
    suyas = {n: escena.fichas[n] for n in ("deudas", "comprobantes", "glosas_suyas", "lineas")}
    return {n: url for n, url in (LISTAS | suyas).items() if n not in NO_SON_LISTAS}


def _cuerpo(navegador: Client, direccion: str) -> bytes:
    respuesta = navegador.get(direccion)
    assert respuesta.status_code == 200, direccion
    assert "attachment" in respuesta["Content-Disposition"]
    cuerpo = b"".join(respuesta)  # type: ignore[arg-type]
    for cerrar in respuesta.__dict__["_resource_closers"]:
        cerrar()  # not `close`: it would end the test's own connection too
    return cuerpo


def _csv(navegador: Client, direccion: str) -> list[list[str]]:
    texto = _cuerpo(navegador, direccion).decode()
    assert texto.startswith("\ufeff")
    return list(csv.reader(io.StringIO(texto[1:]), delimiter=";"))


def _xlsx(navegador: Client, direccion: str) -> list[list[tuple[str, str]]]:
    """Rows of the sheet, each cell with its type (`texto`, `numero`, `nada`) and its value."""
    with ZipFile(io.BytesIO(_cuerpo(navegador, direccion))) as libro:
        assert libro.testzip() is None
        hoja = fromstring(libro.read("xl/worksheets/sheet1.xml"))
        fromstring(libro.read("xl/styles.xml"))
    return [[_de_celda(c) for c in fila] for fila in hoja.iter(f"{HOJA}row")]


def _de_celda(c: object) -> tuple[str, str]:
    texto, valor = c.find(f"{HOJA}is/{HOJA}t"), c.find(f"{HOJA}v")  # type: ignore[attr-defined]
    if texto is not None:
        return ("texto", texto.text or "")
    return ("numero", valor.text) if valor is not None else ("nada", "")


def _con(direccion: str, consulta: str) -> str:
    return f"{direccion}{'&' if '?' in direccion else '?'}{consulta}"


@pytest.mark.django_db
def test_every_list_has_its_search_its_files_and_a_row_header(escena: Escena) -> None:
    navegador = entrar("AUD")
    for nombre, url in _listas(escena).items():
        texto = navegador.get(url).content.decode()
        assert '<th scope="row"' in texto, nombre
        for formato in ("csv", "xlsx"):
            assert f"formato={formato}" in texto, nombre
        if nombre != "dias":  # a day is found by its dates
            assert 'type="search" name="q"' in texto, nombre


@pytest.mark.django_db
def test_no_file_holds_what_is_only_for_the_screen(escena: Escena) -> None:
    navegador = entrar("AUD")
    for nombre, url in _listas(escena).items():
        titulos, *filas = _csv(navegador, _con(url, "formato=csv"))
        assert filas, nombre
        assert {len(fila) for fila in filas} == {len(titulos)}, nombre
        hoja = _xlsx(navegador, _con(url, "formato=xlsx"))
        assert [v for _, v in hoja[0]] == titulos, nombre
        assert len(hoja) == 1 + len(filas), nombre
        for celdas in ([c for fila in filas for c in fila], [v for f in hoja for _, v in f]):
            assert not [c for c in celdas if "<" in c or ">" in c or "&" in c], nombre


@pytest.mark.django_db
def test_both_files_sum_what_the_screen_says(escena: Escena) -> None:
    navegador = entrar("AUD")
    sumadas = 0
    for nombre, url in _listas(escena).items():
        texto = navegador.get(url).content.decode()
        totales = dict(re.findall(
            r'data-columna="(?:Total: )?([^"]+)"><span class="dinero">([^<]+)<',
            texto[texto.find("<tfoot>"):]))  # fmt: skip
        titulos, *filas = _csv(navegador, _con(url, "formato=csv"))
        hoja = _xlsx(navegador, _con(url, "formato=xlsx"))[1:]
        for columna, escrito in totales.items():
            lugar = titulos.index(columna)
            del_csv = sum(Decimal(fila[lugar].replace(",", ".") or 0) for fila in filas)
            del_xlsx = sum(Decimal(fila[lugar][1] or 0) for fila in hoja)
            assert Dinero(del_csv).formato() == escrito, (nombre, columna)
            assert del_xlsx == del_csv, (nombre, columna)
            sumadas += 1
    assert sumadas >= 8


@pytest.mark.django_db
def test_identifications_and_months_are_texts_in_both_files(escena: Escena) -> None:
    navegador = entrar("AUD")
    (empleadores,) = [url for n, url in _listas(escena).items() if n == "empleadores"]
    crudo = _cuerpo(navegador, _con(empleadores, "formato=csv")).decode()
    assert f'"{escena.quito.ruc}"' in crudo
    hoja = _xlsx(navegador, _con(empleadores, "formato=xlsx"))
    assert ("texto", escena.quito.ruc) in {fila[0] for fila in hoja[1:]}
    planillas = _xlsx(navegador, _con(escena.fichas["deudas"], "formato=xlsx"))
    periodos = {fila[2] for fila in planillas[1:]}
    assert periodos == {("texto", "julio de 2026"), ("texto", "agosto de 2026")}


@pytest.mark.django_db
def test_the_glosas_carry_the_ruc_of_the_employer_only_in_the_file(escena: Escena) -> None:
    navegador = entrar("AUD")
    titulos, *filas = _csv(navegador, "/oficina/cartera/glosas/?formato=csv")
    assert escena.quito.ruc in {fila[titulos.index("RUC")] for fila in filas}
    assert '<th scope="col">RUC' not in navegador.get("/oficina/cartera/glosas/").content.decode()


@pytest.mark.django_db
def test_every_search_finds_by_its_numbers_whatever_blanks_and_hyphens(escena: Escena) -> None:
    navegador = entrar("AUD")
    ruc, glosa = escena.quito.ruc, escena.glosa.numero
    partido = f"{ruc[:3]} {ruc[3:10]}-{ruc[10:]}"
    for url, busca, hallado in (
        ("/oficina/empleadores/", partido, ruc),
        ("/oficina/empleadores/", "ñandu y CONDOR", ruc),
        ("/oficina/cartera/glosas/", glosa.replace("-", ""), glosa),
        ("/oficina/cartera/glosas/", glosa.replace("-", " "), glosa),
        ("/oficina/cartera/glosas/", partido, glosa),
        ("/oficina/cartera/glosas/", "condor", glosa),
    ):
        texto = navegador.get(url, {"q": busca}).content.decode()
        assert hallado in texto.split("<tbody>")[-1], (url, busca)
        assert escena.guayaquil.razon_social not in texto.split("<tbody>")[-1], (url, busca)


@pytest.mark.django_db
def test_the_file_has_exactly_the_rows_that_the_filters_leave_whatever_the_page() -> None:
    for n in range(60):
        hacer_empleador(razon_social=f"{'ALFA' if n % 2 else 'BETA'} {n}")
    navegador = entrar("AUD", hoy=PAGADO)
    filtrado = "/oficina/empleadores/?q=alfa&por_pagina=50&pagina=2"
    assert "<strong>30 empleadores</strong>" in navegador.get(filtrado).content.decode()
    titulos, *filas = _csv(navegador, f"{filtrado}&formato=csv")
    assert titulos[0] == "RUC"
    assert {fila[1].split()[0] for fila in filas} == {"ALFA"}
    assert len(filas) == 30


@pytest.mark.django_db
def test_fifty_rows_a_page_and_no_other_size_than_those_offered() -> None:
    for n in range(60):
        hacer_empleador(razon_social=f"Empleador {n}")
    navegador = entrar("AUD", hoy=PAGADO)
    for consulta, filas in (("", 50), ("por_pagina=100000", 50), ("por_pagina=-1", 50),
                            ("por_pagina=x", 50), ("por_pagina=100", 60), ("pagina=2", 10),
                            ("pagina=99", 10), ("pagina=0", 50)):  # fmt: skip
        texto = navegador.get(f"/oficina/empleadores/?{consulta}").content.decode()
        assert texto.count('data-columna="RUC"') == filas, consulta


@pytest.mark.django_db
def test_rows_that_tie_keep_their_place_from_page_to_page() -> None:
    for _ in range(60):
        hacer_empleador(razon_social="El mismo nombre")
    navegador = entrar("AUD", hoy=PAGADO)
    vistos = [
        ruc
        for pagina in (1, 2)
        for ruc in re.findall(
            r">(\d{13})</a></th>",
            navegador.get(f"/oficina/empleadores/?orden=canton&pagina={pagina}").content.decode(),
        )
    ]
    assert len(vistos) == len(set(vistos)) == 60


@pytest.mark.django_db
def test_filters_show_as_chips_and_the_order_survives_them(escena: Escena) -> None:
    direccion = "/oficina/cartera/glosas/?estado=en_espera_de_notificacion&orden=-capital"
    texto = entrar("AUD").get(direccion).content.decode()
    assert "Quitar el filtro </span>Estado: En espera de notificación" in texto
    assert '<option value="-capital" selected>' in texto
    assert 'aria-sort="descending"' in texto
    del escena


@pytest.mark.django_db
def test_a_wrong_filter_says_so_and_hides_nothing() -> None:
    texto = entrar("AUD", hoy=PAGADO).get("/oficina/cartera/glosas/?desde=31/02/2026")
    assert texto.status_code == 200
    assert "govuk-error-message" in texto.content.decode()


@pytest.mark.django_db
def test_an_empty_list_says_why_instead_of_showing_an_empty_table() -> None:
    texto = entrar("UREC", hoy=PAGADO).get(VALORES).content.decode()
    assert "Todo el dinero recibido tiene dueño" in texto
    assert "<table" not in texto
    assert "Descargar" not in texto


@pytest.mark.django_db
def test_a_name_that_a_spreadsheet_would_run_leaves_the_house_harmless() -> None:
    hacer_empleador(razon_social="=HYPERLINK(A1)", ruc="2090000010001")
    navegador = entrar("AUD", hoy=PAGADO)
    filas = _csv(navegador, "/oficina/empleadores/?q=hyperlink&formato=csv")
    assert [fila[1] for fila in filas[1:]] == ["'=HYPERLINK(A1)"]


@pytest.mark.django_db
def test_every_filter_of_every_list_runs_in_sql(escena: Escena) -> None:
    """Each choice of each filter is asked once: none fails, and none shows more than without it."""
    navegador = entrar("AUD")
    probadas = 0
    for nombre, url in _listas(escena).items():
        todas = _cuantas(navegador, url)
        texto = navegador.get(url).content.decode()
        for campo, opciones in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', texto, re.S):
            for valor in re.findall(r'value="([^"]+)"', opciones)[:30]:
                assert _cuantas(navegador, _con(url, f"{campo}={valor}")) <= todas, (nombre, valor)
                probadas += 1
    assert probadas > 40


def _cuantas(navegador: Client, url: str) -> int:
    hallado = re.search(r"<strong>([\d.]+) ", navegador.get(url).content.decode())
    assert hallado is not None, url
    return int(hallado[1].replace(".", ""))


def _subclases(clase: type[Tabla]) -> Iterator[type[Tabla]]:
    for hija in clase.__subclasses__():
        yield hija
        yield from _subclases(hija)


def test_every_table_of_the_office_gives_its_words_and_exports_by_its_columns() -> None:
    """A `render_x` on a table would be drawn for the screen and never for the file."""
    assert list(_vistas())  # the doors are loaded
    suyas = [t for t in _subclases(Tabla) if ".oficina." in t.__module__]
    for tabla in suyas:
        assert not [n for n in vars(tabla) if n.startswith(("render_", "value_"))], tabla
        for atributo in ("titulo", "singular", "plural", "archivo", "vacio_titulo"):
            assert getattr(tabla, atributo) != getattr(Tabla, atributo), (tabla, atributo)
        assert not tabla.clave or tabla.clave in tabla.base_columns, tabla
    assert len(suyas) >= 8


def test_the_patterns_of_this_file_reach_every_list_of_the_office() -> None:
    """A new list must be walked here: one whose docstring says so and is in no list fails."""
    dichas = {nombre for nombre, vista in _vistas() if (vista.__doc__ or "").startswith("Lista:")}
    andadas = {"extractos", "aclarar", "lineas", "cargos", "cuentas_bancarias",
               "valores", "empleadores", "glosas", "dias", "tasas", "diario", "sellos",
               "comprobantes_de_empleador", "glosas_de_empleador",
               "deudas_de_empleador"}  # fmt: skip
    de_otro_archivo = {"creditos_de_empleador", "creditos_de_persona", "persona"}  # test_deudas.py
    assert dichas == andadas | de_otro_archivo


def _vistas() -> Iterator[tuple[str, object]]:
    pendientes: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while pendientes:
        uno = pendientes.pop()
        if isinstance(uno, URLResolver):
            pendientes += uno.url_patterns
        elif uno.callback.__module__.startswith("recaudo.interfaces.oficina"):
            yield str(uno.name), uno.callback


@given(st.text(max_size=12))
def test_no_text_begins_as_a_formula(texto: str) -> None:
    segura = celda_segura(texto)
    assert not segura.startswith(PELIGROSOS)
    assert segura.endswith(texto)


@given(st.text(max_size=12), st.integers(-(10**12), 10**12), st.dates())
def test_a_line_of_a_file_is_read_back_as_its_values(texto: str, centavos: int, dia: date) -> None:
    importe = Dinero.de_centavos(centavos)
    linea = ";".join([celda(texto), celda(importe), celda(dia), celda(7), celda(None)])
    (leida,) = csv.reader(io.StringIO(linea, newline=""), delimiter=";")
    assert leida[0].removeprefix("'") == sin_marcas(texto).removeprefix("'")
    assert Dinero(leida[1].replace(",", ".")) == importe
    assert leida[2:] == [f"{dia:%d/%m/%Y}", "7", ""]


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(-(10**9), 10**9)), max_size=5))
def test_a_workbook_keeps_every_text_and_every_cent(filas: list[tuple[str, int]]) -> None:
    valores = [(texto, Dinero.de_centavos(n)) for texto, n in filas]
    respuesta = archivo(
        RequestFactory().get("/"), "xlsx", ["Texto", "Importe"], valores, nombre="x"
    )
    cuerpo = b"".join(respuesta)  # type: ignore[arg-type]
    for cerrar in respuesta.__dict__["_resource_closers"]:
        cerrar()  # not `close`: it would end the test's own connection too
    with ZipFile(io.BytesIO(cuerpo)) as libro:
        hoja = fromstring(libro.read("xl/worksheets/sheet1.xml"))
    leidas = [[_de_celda(c) for c in fila] for fila in hoja.iter(f"{HOJA}row")][1:]
    assert [Dinero(fila[1][1]) for fila in leidas] == [importe for _, importe in valores]
    assert [fila[0][0] for fila in leidas] == ["texto"] * len(filas)


def test_negative_amounts_stay_numbers() -> None:
    assert celda(Dinero("-12.50")) == "-12,50"
    assert celda("-12.50") == '"\'-12.50"'
    assert celda(None) == ""


@pytest.mark.django_db
def test_a_book_of_more_rows_than_its_sheet_is_refused_in_words_before_any_is_written(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    navegador = entrar("AUD")
    monkeypatch.setattr("recaudo.interfaces.vista.hojas.MAXIMO_XLSX", 0)
    monkeypatch.setattr("recaudo.interfaces.vista.hojas._libro", None)
    respuesta = navegador.get(f"{VALORES}?orden=-importe&formato=xlsx")
    assert (respuesta.status_code, respuesta["Location"]) == (302, f"{VALORES}?orden=-importe")
    assert "Descárguela en CSV" in navegador.get(respuesta["Location"]).content.decode()
    assert len(_csv(navegador, f"{VALORES}?formato=csv")) > 1


@pytest.mark.parametrize("marca", ["\u202e", "\u2066", "\u200b", "\ufeff"])
def test_marks_that_nobody_sees_do_not_leave_the_house(marca: str) -> None:
    assert celda(f"PAGO{marca}10/2026") == '"PAGO10/2026"'
    assert celda(f"{marca}=SUMA(A1)") == '"\'=SUMA(A1)"'


@pytest.mark.parametrize("caben", [0, 10_000])
@pytest.mark.django_db
def test_no_book_of_any_page_loses_rows_in_silence(
    caben: int, escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only of a list: the balance of the ledger is written by the same hand."""
    monkeypatch.setattr("recaudo.interfaces.vista.hojas.MAXIMO_XLSX", caben)
    respuesta = entrar("AUD").get("/oficina/libro/?formato=xlsx")
    if caben:
        assert respuesta["Content-Disposition"].endswith('.xlsx"')
    else:
        assert (respuesta.status_code, "formato" in respuesta["Location"]) == (302, False)
