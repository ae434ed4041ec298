"""Comprobantes at the keyboard: choose, review, generate once, download, annul; never another's."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from recaudo.domain.recaudacion.models import Comprobante
from recaudo.infra.audit.models import Hecho
from tests.interfaces.portal.conftest import Caso, leer, perdida


@pytest.fixture
def vencida(caso: Caso, tasas: None) -> int:
    return int(caso.deuda(vence=date(2026, 11, 16), periodo="2026-10").pk)


@pytest.fixture
def al_dia(caso: Caso, tasas: None) -> int:
    return int(caso.deuda(vence=date(2026, 12, 15), periodo="2026-11").pk)


def con_lo_elegido(*obligaciones: int) -> str:
    """Return the address that reviews those debts and, by POST, generates their comprobante."""
    return f"@/comprobantes/nuevo/revisar/?{'&'.join(f'obligacion={n}' for n in obligaciones)}"


def generar(caso: Caso, *obligaciones: int) -> str:
    """Generate a comprobante through the page and return its number."""
    respuesta = caso.navegador.post(con_lo_elegido(*obligaciones))
    assert respuesta.status_code == 302, respuesta.content[:1500]
    return str(respuesta["Location"].split("/")[4])


def test_each_debt_is_offered_with_its_total_and_its_cents_for_the_running_total(
    caso: Caso, vencida: int, al_dia: int
) -> None:
    html = leer(caso.navegador.get("@/comprobantes/nuevo/"))
    assert f'value="{al_dia}" data-centavos="21600"' in html
    assert "Incluye $ 0,32 de interés" in html  # 216.00 × 13.33 % × 4 / 365 = 0.3155…
    assert f'value="{vencida}" data-centavos="21632"' in html


def test_choosing_nothing_is_told_at_the_top_and_beside_the_boxes(caso: Caso, vencida: int) -> None:
    html = leer(caso.navegador.get("@/comprobantes/nuevo/revisar/"), estado=422)
    assert "<title>Error: " in html
    assert html.count("Seleccione al menos una obligación") == 2
    assert 'href="#id_obligacion_0"' in html


def test_the_review_shows_the_interest_to_the_last_valid_day_and_writes_nothing(
    caso: Caso, vencida: int, al_dia: int
) -> None:
    antes = Hecho.objects.count()
    html = leer(
        caso.navegador.get(
            f"@/comprobantes/nuevo/revisar/?obligacion={vencida}&obligacion={al_dia}"
        )
    )
    assert "$ 432,32" in html
    assert "viernes 20 de noviembre de 2026" in html
    assert "Ver por qué" in html
    assert "LSS art. 89" in html
    assert (Hecho.objects.count(), Comprobante.objects.count()) == (antes, 0)


def test_what_was_reviewed_is_what_is_generated(caso: Caso, vencida: int, al_dia: int) -> None:
    numero = generar(caso, vencida, al_dia)
    fila = Comprobante.objects.get(numero=numero)
    assert (fila.importe.formato(), fila.valido_hasta) == ("$ 432,32", date(2026, 11, 20))
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/listo/"))
    assert numero in html
    assert "hoy es el último día" in html
    leer(caso.navegador.get(f"@/comprobantes/{numero}/listo/"))
    assert Comprobante.objects.count() == 1, "reloading the last page repeats nothing"


def test_sending_the_same_choice_twice_makes_one_comprobante_and_shows_the_way(
    caso: Caso, vencida: int
) -> None:
    numero = generar(caso, vencida)
    otra = caso.navegador.post(con_lo_elegido(vencida))
    html = leer(otra, estado=422)
    assert numero in html
    assert "Qué puede hacer" in html
    assert Comprobante.objects.count() == 1
    html = leer(caso.navegador.get("@/comprobantes/nuevo/"))
    assert "Ya están en un comprobante vigente" in html
    assert "No hay valores por pagar" in html


def test_without_the_rate_nothing_is_generated_and_the_lack_is_named(caso: Caso) -> None:
    deuda = caso.deuda(vence=date(2026, 11, 16), periodo="2026-10")
    html = leer(caso.navegador.get("@/comprobantes/nuevo/"))
    assert "Falta sumar el interés" in html
    respuesta = caso.navegador.get(f"@/comprobantes/nuevo/revisar/?obligacion={deuda.pk}")
    html = leer(respuesta, estado=422)
    assert "No se generó el comprobante" in html
    assert not Comprobante.objects.exists()


def test_the_debt_of_another_cannot_be_paid_from_here(caso: Caso, ajeno: Caso) -> None:
    deuda = ajeno.deuda(vence=date(2026, 12, 15))
    html = leer(caso.navegador.post(con_lo_elegido(deuda.pk)), estado=422)
    assert "No existe esa obligación" in html
    leer(caso.navegador.get(f"@/comprobantes/nuevo/revisar/?obligacion={deuda.pk}"), estado=422)


@pytest.mark.parametrize("cosa", ["", "listo/", "pdf/", "anular/"])
def test_the_comprobante_of_another_does_not_exist(
    caso: Caso, ajeno: Caso, tasas: None, cosa: str
) -> None:
    suyo = generar(ajeno, ajeno.deuda(vence=date(2026, 12, 15)).pk)
    falso = "20269999999999"
    missing = perdida(caso.navegador.get(f"@/comprobantes/{falso}/{cosa}"), falso)
    html = perdida(caso.navegador.get(f"@/comprobantes/{suyo}/{cosa}"), suyo)
    assert html == missing
    assert (
        f"Buscamos entre los comprobantes de Comercial Andina S.A. (RUC {caso.empleador.ruc})"
        in html
    )
    perdida(ajeno.navegador.get(f"{caso.casa}/comprobantes/{suyo}/{cosa}"))


def test_the_paper_is_a_pdf_with_the_number_and_always_the_same_bytes(
    caso: Caso, al_dia: int
) -> None:
    numero = generar(caso, al_dia)
    respuesta = caso.navegador.get(f"@/comprobantes/{numero}/pdf/")
    assert respuesta["Content-Type"] == "application/pdf"
    assert numero in PdfReader(BytesIO(respuesta.content)).pages[0].extract_text()
    assert caso.navegador.get(f"@/comprobantes/{numero}/pdf/").content == respuesta.content


def test_the_card_tells_what_it_froze_and_why(caso: Caso, vencida: int) -> None:
    numero = generar(caso, vencida)
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    assert "Generado" in html
    assert "$ 0,32" in html
    assert "Tasa: máxima convencional 9,33 % + 4 puntos" in html
    assert "Se generó el comprobante" in html
    assert "/verificar/" in html


def test_a_comprobante_whose_day_passed_says_caducado_before_the_nightly_close(
    caso: Caso, vencida: int
) -> None:
    from recaudo.infra import clock

    numero = generar(caso, vencida)
    clock.fijar_fecha_simulada(date(2026, 11, 21))
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    assert "Este comprobante caducó" in html
    assert "Caducado" in leer(caso.navegador.get("@/comprobantes/"))


def test_annulling_asks_why_says_its_effect_and_frees_the_debts(caso: Caso, al_dia: int) -> None:
    numero = generar(caso, al_dia)
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/anular/"))
    assert "Esto no se puede deshacer" in html
    assert "ancelar" not in html, "in this office cancelado means paid"
    html = leer(caso.navegador.post(f"@/comprobantes/{numero}/anular/", {"razon": " "}), estado=422)
    assert "Escriba por qué anula el comprobante" in html
    assert Comprobante.objects.get(numero=numero).estado == "generado"
    caso.navegador.post(f"@/comprobantes/{numero}/anular/", {"razon": "Elegí de más"})
    assert Comprobante.objects.get(numero=numero).estado == "anulado"
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    assert "Este comprobante está anulado" in html
    assert "Elegí de más" in html
    assert f"Anuló el comprobante {numero}." in html
    assert "1 obligación sigue por pagar, $ 216,00 de capital." in html
    assert "Generar otro comprobante con lo mismo" in html
    assert f"@/comprobantes/{numero}/anular/" not in html
    generar(caso, al_dia)


def test_what_was_annulled_is_not_annulled_again(caso: Caso, al_dia: int) -> None:
    numero = generar(caso, al_dia)
    for _ in range(2):
        respuesta = caso.navegador.post(f"@/comprobantes/{numero}/anular/", {"razon": "Otra"})
    html = leer(respuesta, estado=422)
    assert "ya no se puede anular" in html
    assert "ya no se puede anular" in leer(caso.navegador.get(f"@/comprobantes/{numero}/anular/"))


def test_the_pages_ask_the_database_the_same_however_much_there_is(
    caso: Caso, tasas: None, django_assert_max_num_queries: Any
) -> None:
    deudas = [
        caso.deuda(periodo=f"2026-{n:02d}", emitida=date(2026, 10, 1), vence=date(2026, 11, n + 5))
        for n in range(1, 11)
    ]
    numeros = [generar(caso, d.pk) for d in deudas[:4]]
    with django_assert_max_num_queries(14):
        caso.navegador.get("@/comprobantes/nuevo/")
    with django_assert_max_num_queries(12):
        caso.navegador.get("@/comprobantes/")
    with django_assert_max_num_queries(18):
        caso.navegador.get(f"@/comprobantes/{numeros[0]}/")


def test_the_history_tells_the_birth_and_the_money_though_they_are_of_the_same_day(
    caso: Caso, al_dia: int
) -> None:
    from recaudo.domain.recaudacion.facts import DeudasPagadas
    from recaudo.infra.audit.hechos import acto
    from recaudo.infra.security.permisos import Permiso
    from recaudo.kernel.money import Dinero
    from tests.factories.actos import acto_de_prueba
    from tests.factories.cartera import SISTEMA

    numero = generar(caso, al_dia)
    cobro = acto_de_prueba(Permiso.EXTRACTO_IMPORTAR, DeudasPagadas, como="importar_extracto")
    with acto(cobro, por=SISTEMA, fecha=date(2026, 11, 20), norma="X") as a:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE pagadas_de_prueba (obligacion_id bigint)")
        Comprobante.objects.filter(numero=numero).update(estado="pagado")
        a.declarar(DeudasPagadas(1, 1, Dinero("1.00"), (al_dia,), "pagadas_de_prueba"))
    html = leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    assert re.findall(r'tiempo__titulo">([^<]+)<', html) == ["Pagado", "Comprobante generado"]


def test_the_page_asks_for_money_only_while_it_can_be_paid(caso: Caso, al_dia: int) -> None:
    from recaudo.infra import clock

    numero = generar(caso, al_dia)
    pagina = f"@/comprobantes/{numero}/"
    assert "Total a pagar" in leer(caso.navegador.get(pagina))
    clock.fijar_fecha_simulada(date(2027, 1, 5))
    assert "Total a pagar" not in leer(caso.navegador.get(pagina))
    clock.fijar_fecha_simulada(date(2026, 11, 20))
    caso.navegador.post(f"{pagina}anular/", {"razon": "x" * 300})
    html = leer(caso.navegador.get(pagina))
    assert "Total a pagar" not in html
    assert "Este comprobante está anulado" in html
    muy_larga = caso.navegador.post(f"@/comprobantes/{numero}/anular/", {"razon": "x" * 5000})
    assert muy_larga.status_code == 422
