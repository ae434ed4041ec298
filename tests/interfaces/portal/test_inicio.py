"""Home: what each one finds on arriving."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.recaudacion.actions.compensar import compensar
from recaudo.domain.recaudacion.models import CreditoAFavor
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.interfaces.portal.inicio.views import EN_PORTADA
from tests.factories.deudas import deber_costas
from tests.factories.recaudacion import BRUNO, Linea, importar
from tests.interfaces.oficina.escena import entrar
from tests.interfaces.portal.conftest import HOY, Caso, leer
from tests.interfaces.portal.test_comprobantes import generar


def test_a_stranger_finds_three_doors(db: None) -> None:
    html = leer(Client().get("/"))
    for puerta in ("/entrar/", "/calculadora/", "/verificar/"):
        assert f'href="{puerta}"' in html
    assert "Demostración" not in html


def test_a_demonstration_shows_its_users_and_a_real_site_never_does(
    db: None, settings: Any, request: pytest.FixtureRequest
) -> None:
    settings.RECAUDO_USUARIOS_DEMO = [["2050000013", "clave-visible", "Empleador"]]
    assert "clave-visible" not in leer(Client().get("/"))
    request.getfixturevalue("hoy")
    assert "clave-visible" in leer(Client().get("/"))


def test_what_is_pending_comes_first_the_one_due_first(caso: Caso, tasas: None) -> None:
    caso.deuda(periodo="2026-10", emitida=date(2026, 11, 1), vence=date(2026, 11, 25))
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 11, 16))
    html = leer(caso.navegador.get("@/"))
    assert html.index("Aportes de septiembre de 2026") < html.index("Aportes de octubre de 2026")
    assert "Venció el lunes 16 de noviembre de 2026" in html
    assert "hace 4 días" in html
    assert "Vence el miércoles 25 de noviembre de 2026" in html
    assert "quedan 4 días hábiles" in html
    assert "$ 216,00" in html
    assert "de interés al 20/11/2026" in html


def test_without_the_rate_of_the_month_the_capital_is_shown_and_the_lack_is_named(
    caso: Caso,
) -> None:
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 11, 16))
    html = leer(caso.navegador.get("@/"))
    assert "No se puede calcular el interés de hoy" in html
    assert "Más el interés, que no se puede calcular hoy" in html


def test_an_employer_who_owes_nothing_is_told_so_with_the_date(caso: Caso) -> None:
    assert "No tiene obligaciones pendientes al 20/11/2026" in leer(caso.navegador.get("@/"))


def test_a_notice_that_waits_is_announced(caso: Caso, con_glosa: Notificacion) -> None:
    html = leer(caso.navegador.get("@/"))
    assert "Sin abrir" in html
    assert "Si acusa recibo hoy, su último día para pagar o impugnar es el" in html
    assert "miércoles 2 de diciembre de 2026" in html
    assert f'href="{caso.casa}/notificaciones/{con_glosa.pk}/"' in html


def test_a_debt_that_does_not_fit_in_home_is_one_step_away_whatever_its_class(
    caso: Caso, tasas: None
) -> None:
    """The list of planillas has no costs nor fines: what is owed is all in the page to choose."""
    for n in range(EN_PORTADA):
        caso.deuda(
            periodo=f"2025-{n + 1:02d}", emitida=date(2026, 1, 1), vence=date(2026, 1, n + 2)
        )
    costas = deber_costas("35.00", empleador=caso.empleador)
    portada = leer(caso.navegador.get("@/"))
    assert f"/obligaciones/{costas}/" not in portada, "it is the last one due"
    elegir = f"{caso.casa}/comprobantes/nuevo/"
    assert f'<a class="govuk-link" href="{elegir}">Ver todo lo que debe</a>' in portada
    assert f'value="{costas}"' in leer(caso.navegador.get(elegir))


def test_staff_go_to_the_office(hoy: date) -> None:
    marta = Usuario.objects.create_user("2050000039", "Marta", "x")
    Asignacion.objects.create(usuario=marta, rol="UREC", desde=date(2020, 1, 1))
    navegador = Client()
    navegador.force_login(marta)
    assert navegador.get("/")["Location"] == "/oficina/"


def test_who_represents_nobody_today_is_told_what_to_do(hoy: date) -> None:
    navegador = Client()
    navegador.force_login(Usuario.objects.create_user("2050000047", "Luis", "x"))
    assert "Hoy no representa a ningún empleador" in leer(navegador.get("/"))


def test_home_asks_the_database_the_same_however_many_debts_there_are(
    caso: Caso, tasas: None, django_assert_max_num_queries: Any
) -> None:
    for n in range(1, 11):
        caso.deuda(periodo=f"2026-{n:02d}", emitida=date(2026, 10, 1), vence=date(2026, 11, n + 5))
    with django_assert_max_num_queries(18):
        caso.navegador.get("@/")


def test_what_is_in_its_favour_is_told_with_where_it_comes_from_here_and_in_the_office(
    caso: Caso, ajeno: Caso, tasas: None
) -> None:
    assert "A su favor" not in leer(caso.navegador.get("@/"))
    numero = generar(caso, caso.deuda(vence=date(2026, 12, 15)).pk)
    importar(Linea(22_100, numero, "DE-MAS", fecha=HOY), hoy=HOY)
    de_su_pago = "de su pago del viernes 20 de noviembre de 2026, con el comprobante"
    portada = leer(caso.navegador.get("@/")).replace("\xa0", " ")
    assert "A su favor: $ 5,00" in portada
    assert f"$ 5,00: sobraron {de_su_pago}" in portada
    assert "A su favor" not in leer(ajeno.navegador.get("@/"))
    ficha = f"/oficina/empleadores/{caso.empleador.ruc}/"
    credito = CreditoAFavor.objects.get()
    oficina = leer(entrar("UREC", hoy=HOY).get(ficha)).replace("\xa0", " ")
    assert f">Crédito {credito.pk}</a>: $ 5,00, de lo que sobró del pago del viernes 20" in oficina
    assert f'href="{ficha}creditos/"' in oficina
    assert "A su favor" not in leer(entrar("AC", "17", hoy=HOY).get(ficha))
    costas = deber_costas("2.00", empleador=caso.empleador)
    compensar(credito_id=credito.pk, obligaciones=[costas], por=BRUNO, hoy=HOY, razon="Prueba")
    despues = leer(caso.navegador.get("@/")).replace("\xa0", " ")
    assert f"$ 3,00: quedan de los $ 5,00 que sobraron {de_su_pago}" in despues
