"""Every page of the office: opens, is whole HTML, asks the database a bounded number of things."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recaudo.domain.contabilidad.models import Asiento
from recaudo.domain.contabilidad.queries import cuantos_asientos
from recaudo.domain.recaudacion.models import Extracto
from recaudo.interfaces.oficina.libro.tablas import TablaDiario
from recaudo.reports.libro import asientos as asientos_del_libro
from tests.factories.recaudacion import (
    PAGADO,
    Linea,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)
from tests.interfaces.oficina.escena import LISTAS, Escena, entrar, montar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
LIMITE_DE_CONSULTAS = 20
HOY_SIN_TASA = date(2026, 11, 20)


@pytest.fixture
def escena() -> Escena:
    return montar()


def _abrir(navegador: Client, direccion: str) -> str:
    with CaptureQueriesContext(connection) as consultas:
        respuesta = navegador.get(direccion)
    assert respuesta.status_code == 200, direccion
    assert len(consultas) <= LIMITE_DE_CONSULTAS, f"{direccion}: {len(consultas)} queries"
    return respuesta.content.decode()


def test_every_page_opens_for_the_auditor_with_valid_html_and_few_queries(escena: Escena) -> None:
    navegador = entrar("AUD")
    for direccion in (*LISTAS.values(), *escena.fichas.values()):
        texto = _abrir(navegador, direccion)
        assert errores_de_html(texto) == [], direccion
        assert "<c-" not in texto, direccion
        assert 'class="govuk-template__body oficina"' in texto, direccion


def test_the_pages_of_the_acts_open_for_who_may_act(escena: Escena) -> None:
    for rol, direccion in (
        ("UREC", "/oficina/recaudacion/extractos/importar/"),
        ("UREC", f"/oficina/recaudacion/valores/{escena.valor.pk}/?ruc={escena.quito.ruc}"),
        (
            "UREC",
            f"/oficina/recaudacion/valores/{escena.valor.pk}/aplicar/?obligacion={escena.en_glosa.pk}",
        ),
        ("UCGC", "/oficina/cartera/dias/cerrar/"),
        ("DNRC", "/oficina/tasas/registrar/"),
    ):
        assert errores_de_html(_abrir(entrar(rol), direccion)) == [], direccion


def test_a_list_asks_the_same_number_of_things_however_long_it_is(escena: Escena) -> None:
    navegador = entrar("AUD")
    cuentas = []
    for cuantas in (0, 12):
        for mes in range(1, cuantas + 1):
            hacer_deuda(escena.quito, periodo=f"2025-{mes:02d}")
        with CaptureQueriesContext(connection) as consultas:
            navegador.get(f"/oficina/empleadores/{escena.quito.ruc}/planillas/")
            navegador.get(f"/oficina/empleadores/{escena.quito.ruc}/")
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


def test_the_header_says_where_and_as_what_the_person_works(escena: Escena) -> None:
    del escena
    assert "Pichincha · Analista de Cartera" in _abrir(entrar("AC", "17"), "/oficina/")
    assert "Todo el país · Auditoría" in _abrir(entrar("AUD"), "/oficina/")


def test_home_tells_the_collector_of_the_money_nobody_could_place(escena: Escena) -> None:
    texto = _abrir(entrar("UREC"), "/oficina/")
    assert "Valores por identificar" in texto
    assert escena.valor.importe.formato() in texto
    assert "Importar un extracto" in texto


def test_home_offers_only_the_acts_of_the_role(escena: Escena) -> None:
    del escena
    texto = _abrir(entrar("AUD"), "/oficina/")
    assert "Importar un extracto" not in texto
    assert "Cerrar días" not in texto


def test_the_statement_shows_that_it_reconciles_and_where_each_line_went(escena: Escena) -> None:
    texto = _abrir(entrar("UREC"), escena.fichas["extracto"])
    assert "Créditos que declara el banco" in texto
    assert "No cuadra" not in texto
    assert "lineas/?resultado=POR_IDENTIFICAR" in texto
    assert "2201.IVM" in texto


def test_the_lines_of_one_outcome_are_only_those(escena: Escena) -> None:
    navegador = entrar("UREC")
    texto = _abrir(navegador, f"{escena.fichas['lineas']}?resultado=POR_IDENTIFICAR")
    assert "R-SUELTA" in texto
    assert escena.comprobante.numero not in texto
    assert "Quitar el filtro" in texto


def test_the_glosa_explains_its_notice_and_its_next_steps(escena: Escena) -> None:
    texto = _abrir(entrar("UCGC"), escena.fichas["glosa"])
    assert "El término todavía no corre" in texto
    assert "COA art. 164" in texto  # the step «notificar», from the table of states
    assert "Vencer" not in texto  # not possible before the notice is received


def test_the_debt_of_an_employer_is_calculated_to_today_with_its_reasons(escena: Escena) -> None:
    texto = _abrir(entrar("AUD"), escena.fichas["empleador"])
    assert "calculada al 16/10/2026" in texto
    assert "$ 218,38" in texto  # 216.00 + 216 × 12.99 % × 31 / 365
    assert "LSS art. 89" in texto


def test_without_a_rate_the_debt_shows_its_capital_and_says_which_month_is_missing(
    escena: Escena,
) -> None:
    navegador = entrar("AUD", hoy=HOY_SIN_TASA)
    texto = _abrir(navegador, escena.fichas["empleador"])
    assert "No se puede calcular" in texto
    assert "2026-11" in texto or "11/2026" in texto


def test_the_search_of_employers_does_not_mind_accents(escena: Escena) -> None:
    navegador = entrar("AUD")
    for escrito in ("condor", "CÓNDOR", escena.quito.ruc[:9]):
        assert escena.quito.razon_social in _abrir(navegador, f"/oficina/empleadores/?q={escrito}")
    sin_nadie = _abrir(navegador, "/oficina/empleadores/?q=quetzal")
    assert "No hay empleadores con ese RUC o nombre" in sin_nadie
    assert "<table" not in sin_nadie


def test_the_documents_are_the_bytes_that_were_frozen(escena: Escena) -> None:
    navegador = entrar("AUD")
    for direccion in (
        f"{escena.fichas['glosa']}glosa.pdf",
        f"{escena.fichas['comprobante']}comprobante.pdf",
    ):
        respuesta = navegador.get(direccion)
        assert respuesta["Content-Type"] == "application/pdf"
        assert respuesta.content == navegador.get(direccion).content


def test_the_ledger_says_that_it_balances_and_an_entry_names_who_wrote_it(escena: Escena) -> None:
    navegador = entrar("DNGF")
    assert "El libro cuadra" in _abrir(navegador, "/oficina/libro/")
    diario = _abrir(navegador, "/oficina/libro/diario/")
    asiento = diario.split('href="/oficina/libro/diario/0/')[1].split('"')[0]
    texto = _abrir(navegador, f"/oficina/libro/diario/0/{asiento}")
    assert "Total debe" in texto
    assert "Sellado en el sello" in texto
    del escena


def test_the_journal_is_read_by_its_key_and_every_entry_is_seen_once(
    escena: Escena, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window of two entries at a time, newest to oldest, without gap or repetition."""
    monkeypatch.setattr(TablaDiario, "ventana", 2)
    navegador = entrar("DNGF")
    vistos: list[int] = []
    pagina = "/oficina/libro/diario/"
    while pagina:
        texto = _abrir(navegador, pagina)
        vistos += [int(n) for n in re.findall(r'libro/diario/\d+/(\d+)/"', texto)]
        siguiente = re.search(r'href="(\?[^"]*antes=\d+)"', texto)
        pagina = f"/oficina/libro/diario/{unescape(siguiente[1])}" if siguiente else ""
    assert vistos == sorted(vistos, reverse=True)
    assert set(vistos) == set(Asiento.objects.values_list("pk", flat=True))
    assert len(vistos) == len(set(vistos)) == cuantos_asientos() > 4
    del escena


def test_the_file_of_the_journal_says_what_its_pages_say(escena: Escena) -> None:
    """Whole and filtered: every entry once, newest first, and both sides are those of its legs."""
    navegador = entrar("DNGF")
    concepto = Asiento.objects.order_by("pk")[0].concepto
    for consulta in ("", f"&concepto={concepto}"):
        respuesta = navegador.get(f"/oficina/libro/diario/?formato=csv{consulta}")
        texto = b"".join(respuesta.streaming_content).decode().splitlines()[1:]
        filas = [linea.split(";") for linea in texto]
        numeros = [int(fila[0].strip('"')) for fila in filas]
        asientos = asientos_del_libro()
        if consulta:
            asientos = asientos.filter(concepto=concepto)
        esperado = [(a.pk, a.debe, a.haber) for a in asientos]
        assert numeros == [numero for numero, _, _ in esperado]
        assert [fila[-2:] for fila in filas] == [
            [str(lado).replace(".", ",") for lado in lados] for _, *lados in esperado
        ]
    del escena


def test_a_statement_says_why_it_gave_nothing_to_the_funds_by_what_became_of_its_lines() -> None:
    """Nothing is said of a class of debt: its lines wait, or nobody pays with them."""
    importar(Linea(12_345, referencia="R-SOLA"))
    espera = Extracto.objects.latest("pk")
    deuda = hacer_comprobante(hacer_deuda())
    importar(pago_de(deuda))
    reparte = Extracto.objects.latest("pk")
    navegador = entrar("AUD", hoy=PAGADO)
    base = "/oficina/recaudacion/extractos/"
    texto = navegador.get(f"{base}{espera.pk}/").content.decode()
    assert "Lo que espera por identificar se reparte cuando se aplica" in texto
    assert "aportes" not in texto.split("A qué fondos llegó")[1].split("Historia")[0]
    assert "pagó una deuda al entrar" not in navegador.get(f"{base}{reparte.pk}/").content.decode()
