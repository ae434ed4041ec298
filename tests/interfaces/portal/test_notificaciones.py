"""The inbox: nothing is read before its reception, and the reception says what it starts."""

import re
from datetime import date

import pytest
from django.test import Client

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.models import Obligacion
from recaudo.domain.plazos.models import Plazo
from recaudo.infra import clock
from tests.factories.cartera import SISTEMA, pagar_del_todo
from tests.interfaces.portal.conftest import HOY, Caso, leer, perdida
from tests.interfaces.portal.test_comprobantes import generar
from tests.interfaces.portal.test_planillas import emitir


@pytest.fixture
def glosa(con_glosa: Notificacion) -> Glosa:
    return Glosa.objects.get(pk=con_glosa.materia_id)


def recibir(caso: Caso, aviso: Notificacion) -> str:
    respuesta = caso.navegador.post(
        f"@/notificaciones/{aviso.pk}/", headers={"user-agent": "Navegador de prueba"}
    )
    assert respuesta.status_code == 302
    return str(respuesta["Location"])


def test_an_empty_inbox_says_why(caso: Caso) -> None:
    assert "No hay notificaciones que mostrar" in leer(caso.navegador.get("@/notificaciones/"))


def test_before_the_reception_nothing_of_the_glosa_can_be_read(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    aviso = f"{caso.casa}/notificaciones/{con_glosa.pk}/"
    for cosa in (f"@/glosas/{glosa.numero}/", f"@/glosas/{glosa.numero}/pdf/"):
        assert caso.navegador.get(cosa)["Location"] == aviso
    html = leer(caso.navegador.get("@/notificaciones/"))
    assert "Sin abrir" in html
    assert glosa.capital.formato() not in html


def test_the_page_before_the_act_says_what_it_starts_and_starts_nothing(
    caso: Caso, con_glosa: Notificacion
) -> None:
    html = leer(caso.navegador.get(f"@/notificaciones/{con_glosa.pk}/"))
    for parte in ("Acusar recibo y abrir", "corre su término", "art. 164", "Rosa Prueba"):
        assert parte in html
    con_glosa.refresh_from_db()
    assert con_glosa.recibida_el is None
    assert not Plazo.objects.exists()


def test_receiving_keeps_the_proof_and_opens_the_glosa(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    assert recibir(caso, con_glosa) == f"{caso.casa}/glosas/{glosa.numero}/"
    con_glosa.refresh_from_db()
    assert con_glosa.prueba["agente"] == "Navegador de prueba"
    assert con_glosa.prueba["ip"] == "127.0.0.1"
    assert Plazo.objects.get().cantidad == 8
    assert recibir(caso, con_glosa) == f"{caso.casa}/glosas/{glosa.numero}/", (
        "again it only opens it"
    )
    assert Plazo.objects.count() == 1


def test_the_glosa_explains_its_last_day_day_by_day(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    html = leer(caso.navegador.get(recibir(caso, con_glosa)))
    assert "Vence el miércoles 2 de diciembre de 2026" in html
    assert "quedan 8 días hábiles" in html
    assert html.count("dia--habil") == 8
    assert html.count("dia--inhabil") == 4
    assert "Último día (8.º)" in html
    assert "Lista de feriados no verificada" not in html
    assert Plazo.objects.get().calendario_version in html
    assert "Quito" in html
    assert html.index("Vence el") < html.index("Qué debe hoy"), "the deadline comes first"


def test_a_doubtful_local_holiday_is_shown_and_counts_for_the_debtor(
    caso: Caso, tasas: None
) -> None:
    """Nobody knows the civic day of Santa Isabel (0108): one day more, and the page says why."""
    type(caso.empleador).objects.filter(pk=caso.empleador.pk).update(canton="0108")
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 10, 15))
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    aviso = Notificacion.objects.get(empleador_id=caso.empleador.pk)
    html = leer(caso.navegador.get(recibir(caso, aviso)))
    assert "Vence el jueves 3 de diciembre de 2026" in html
    assert "Lista de feriados no verificada" in html
    assert "Día cívico no conocido del cantón Santa Isabel" in html


def test_the_glosa_offers_to_pay_and_says_where_the_rest_is_done(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    html = leer(caso.navegador.get(recibir(caso, con_glosa)))
    assert f"{caso.casa}/comprobantes/nuevo/?obligacion={glosa.obligacion_id}" in html
    assert "no se hace en este portal en esta versión" in html
    elegir = leer(caso.navegador.get(f"@/comprobantes/nuevo/?obligacion={glosa.obligacion_id}"))
    assert f'aria-describedby="ayuda-{glosa.obligacion_id}" checked' in elegir


def test_once_the_term_is_over_it_says_so_and_what_comes_next(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    direccion = recibir(caso, con_glosa)
    clock.fijar_fecha_simulada(date(2026, 12, 3))
    html = leer(caso.navegador.get(direccion))
    assert "Venció el miércoles 2 de diciembre de 2026" in html
    assert "hace 1 día" in html
    assert "título de crédito" in html
    assert "no se hace en este portal" not in html
    clock.fijar_fecha_simulada(date(2026, 12, 2))
    assert "hoy es el último día" in leer(caso.navegador.get(direccion))


def test_a_glosa_that_was_paid_asks_for_nothing(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    direccion = recibir(caso, con_glosa)
    pagar_del_todo(Obligacion.objects.get(pk=glosa.obligacion_id), fecha=date(2026, 11, 20))
    html = leer(caso.navegador.get(direccion))
    assert "Esta glosa está pagada" in html
    assert "Pagar con un comprobante" not in html
    assert "Cómo se contó su término" not in html
    assert "02/12/2026" not in leer(caso.navegador.get("@/notificaciones/"))


#: What a page says only of a debt that is still owed.
PIDE = ("hoy, su último día", "sigue generando interés", "corre su término", "pagar o impugnar es")


def test_a_notice_of_a_glosa_already_paid_says_so_before_and_after_it_is_received(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    pagar_del_todo(Obligacion.objects.get(pk=glosa.obligacion_id), fecha=date(2026, 11, 20))
    aviso, bandeja = f"@/notificaciones/{con_glosa.pk}/", "@/notificaciones/"
    antes = {donde: leer(caso.navegador.get(donde)) for donde in (aviso, bandeja, "@/")}
    assert "Esta glosa está pagada." in antes[aviso]
    despues = leer(caso.navegador.get(recibir(caso, con_glosa)))
    assert "Esta glosa está pagada. No tiene nada más que hacer con ella." in despues
    paginas = [*antes.values(), despues, leer(caso.navegador.get(bandeja))]
    for html in paginas:
        dicho = html.partition("<main")[2].replace("Último día para pagar o impugnar", "")
        assert not [frase for frase in PIDE if frase in dicho]
        assert "02/12/2026" not in dicho


def test_the_paper_of_the_glosa_downloads_after_the_reception(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    recibir(caso, con_glosa)
    respuesta = caso.navegador.get(f"@/glosas/{glosa.numero}/pdf/")
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta.content.startswith(b"%PDF")


def test_the_notice_and_the_glosa_of_another_do_not_exist(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa, ajeno: Caso
) -> None:
    recibir(caso, con_glosa)
    missing = perdida(ajeno.navegador.get("@/notificaciones/999999/"))
    suyo = f"notificaciones/{con_glosa.pk}/"
    assert perdida(ajeno.navegador.get(f"@/{suyo}")) == missing
    missing = perdida(ajeno.navegador.get("@/glosas/17-2026-999999/"), "17-2026-999999")
    for cosa in (f"glosas/{glosa.numero}/", f"glosas/{glosa.numero}/pdf/"):
        assert perdida(ajeno.navegador.get(f"@/{cosa}"), glosa.numero) == missing
        perdida(ajeno.navegador.get(f"{caso.casa}/{cosa}"))


def test_nobody_receives_for_another(caso: Caso, con_glosa: Notificacion, ajeno: Caso) -> None:
    suya = f"{caso.casa}/notificaciones/{con_glosa.pk}/"
    leer(ajeno.navegador.post(f"@/notificaciones/{con_glosa.pk}/"), estado=404)
    leer(ajeno.navegador.post(suya), estado=404)
    assert Client().post(suya).status_code == 302
    con_glosa.refresh_from_db()
    assert con_glosa.recibida_el is None


def test_the_history_tells_the_notification_once_and_how_it_began(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    html = leer(caso.navegador.get(recibir(caso, con_glosa)))
    titulos = re.findall(r'tiempo__titulo">([^<]+)<', html)
    assert titulos == ["Notificada", "Notificación enviada", "Emitida"]


SI_HOY = "Si acusa recibo hoy, su último día"


def test_before_opening_it_every_page_says_until_when_if_it_were_opened_today(
    caso: Caso, con_glosa: Notificacion, glosa: Glosa
) -> None:
    """COA art. 158: 8 business days from Monday 23, without the holiday moved to those days."""
    for direccion in ("@/", "@/notificaciones/", f"@/notificaciones/{con_glosa.pk}/"):
        html = leer(caso.navegador.get(direccion))
        assert SI_HOY in html, direccion
        assert "miércoles 2 de diciembre de 2026" in html, direccion
    clock.fijar_fecha_simulada(date(2026, 11, 23))
    html = leer(caso.navegador.get("@/"))
    assert "jueves 3 de diciembre de 2026" in html, "one day later, one day later"
    assert not Plazo.objects.exists(), "saying it starts nothing"


def test_what_it_would_be_is_what_it_is(caso: Caso, con_glosa: Notificacion, glosa: Glosa) -> None:
    recibir(caso, con_glosa)
    assert Plazo.objects.get().vence == date(2026, 12, 2)
    for direccion in ("@/", "@/notificaciones/"):
        html = leer(caso.navegador.get(direccion))
        assert SI_HOY not in html, direccion
        assert "2 de diciembre de 2026" in html or "02/12/2026" in html, direccion
    assert "quedan 8 días hábiles" in leer(caso.navegador.get("@/"))
    clock.fijar_fecha_simulada(date(2026, 12, 3))
    assert "Su término para pagar o impugnar venció el" in leer(caso.navegador.get("@/"))


def test_planilla_glosa_and_comprobante_lead_to_each_other(caso: Caso, tasas: None) -> None:
    emitida = emitir(caso, "482.00")
    dia = date(2026, 12, 28)
    clock.fijar_fecha_simulada(dia)
    cerrar_dia(fecha=dia, por=SISTEMA, hoy=dia)
    planilla = f"{caso.casa}/planillas/{emitida.pk}/"
    html = leer(caso.navegador.get(planilla))
    assert SI_HOY in html
    aviso = Notificacion.objects.get(empleador_id=caso.empleador.pk)
    assert f'href="{caso.casa}/notificaciones/{aviso.pk}/"' in html
    suya = recibir(caso, aviso)
    assert f'href="{planilla}"' in leer(caso.navegador.get(suya))
    html = leer(caso.navegador.get(planilla))
    assert f'href="{suya}"' in html
    assert "Último día para pagar o impugnar:" in html
    comprobante = f"{caso.casa}/comprobantes/{generar(caso, emitida.pk)}/"
    assert f'href="{suya}"' in leer(caso.navegador.get(comprobante))
    for pagina in (suya, planilla):
        assert f'href="{comprobante}"' in leer(caso.navegador.get(pagina))
