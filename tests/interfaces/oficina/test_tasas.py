"""Rates: registered, doubted, approved or returned with a reason, one or several at once."""

import re
from datetime import date

import pytest
from django.test import Client

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.models import Asignacion, Usuario
from tests.factories.cartera import poner_tasa
from tests.factories.recaudacion import hacer_deuda
from tests.interfaces.oficina.escena import HOY, entrar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
REGISTRAR = "/oficina/tasas/registrar/"
TASA = {"periodo": "10/2026", "tasa": "8,25", "fuente": "BCE, 1 de octubre",
        "estado_verificacion": "VERIFICADO"}  # fmt: skip


def _texto(respuesta: object, estado: int) -> str:
    texto = respuesta.content.decode()  # type: ignore[attr-defined]
    assert respuesta.status_code == estado, texto[-1500:]  # type: ignore[attr-defined]
    assert errores_de_html(texto) == []
    return str(texto)


def _registrada(**cambios: str) -> TasaPublicada:
    respuesta = entrar("DNRC").post(REGISTRAR, {**TASA, **cambios})
    assert respuesta.status_code == 302, respuesta.content.decode()[-1500:]
    return TasaPublicada.objects.latest("id")


def _decidir(navegador: Client, tasa: TasaPublicada, **datos: str) -> object:
    return navegador.post(f"/oficina/tasas/{tasa.pk}/decidir/", datos)


def test_one_officer_registers_a_rate_and_another_approves_it() -> None:
    tasa = _registrada()
    assert tasa.aprobada_en is None
    otra = entrar("UCGC")
    acto = f"/oficina/tasas/{tasa.pk}/decidir/"
    previsto = _texto(otra.get(acto), 200)
    assert "8,25 % anual" in previsto
    assert "Lo propuso Persona DNRC" in previsto
    respuesta = _decidir(otra, tasa, decision="aprobar")
    assert respuesta["Location"] == "/oficina/tasas/"  # type: ignore[index]
    despues = _texto(otra.get("/oficina/tasas/"), 200)
    assert "Tasa de 8,25 % aprobada: ya rige del 01/10/2026 al 31/10/2026" in despues
    tasa.refresh_from_db()
    assert tasa.aprobada_en is not None
    despues = _texto(otra.get(acto), 200)
    assert "ya está aprobada" in despues
    assert "</button>" not in despues.split("<main")[1].split("</main>")[0]


def test_a_rate_registered_wrong_is_returned_and_its_month_takes_the_right_one() -> None:
    mala = _registrada(tasa="82,5")
    otra = entrar("UCGC")
    sin_razon = _texto(_decidir(otra, mala, decision="devolver", razon=" "), 422)
    assert "Escriba la razón" in sin_razon
    respuesta = _decidir(otra, mala, decision="devolver", razon="La coma está corrida")
    assert respuesta.status_code == 302  # type: ignore[attr-defined]
    mala.refresh_from_db()
    assert (mala.aprobada_en, mala.razon_devolucion) == (None, "La coma está corrida")
    assert Hecho.objects.filter(tipo="tasa_devuelta", frase__contains="La coma").exists()
    buena = _registrada(tasa="8,25")
    _decidir(entrar("UCGC"), buena, decision="aprobar")
    ficha = _texto(otra.get(f"/oficina/tasas/{mala.pk}/"), 200)
    assert "La coma está corrida" in ficha
    assert "Se registró la tasa" in ficha  # its birth is in its history


@pytest.mark.parametrize("decision", ["aprobarla", "revisar", ""])
def test_a_decision_that_is_none_of_the_page_is_refused_in_words_and_does_nothing(
    decision: str,
) -> None:
    tasa = _registrada()
    otra = entrar("UCGC")
    datos = {"decision": decision, "razon": "Consta en el BCE"}
    varias = f"/oficina/tasas/decidir/?elegido={tasa.pk}"
    for hecha in (_decidir(otra, tasa, **datos), otra.post(varias, datos)):
        assert "No se sabe qué decidió, y no se hizo nada" in _texto(hecha, 422)
    tasa.refresh_from_db()
    assert (tasa.aprobada_en, tasa.razon_devolucion) == (None, "")


def test_a_rate_unlike_its_neighbours_is_doubted_before_registering_and_before_approving() -> None:
    for mes, tasa in (("2026-07", "8.20"), ("2026-08", "8.27"), ("2026-09", "8.24")):
        poner_tasa(mes, tasa)
    navegador = entrar("DNRC")
    assert "confirma_rareza" not in _texto(navegador.get(REGISTRAR), 200)
    dudosa = {**TASA, "tasa": "82,5"}
    texto = _texto(navegador.post(REGISTRAR, dudosa), 422)
    assert "82,50 % cambia 74,26" in texto.replace("74,260", "74,26")
    assert "la vecina es 8,24 %" in texto
    assert TasaPublicada.objects.filter(aprobada_en=None).count() == 0
    confirmada = navegador.post(REGISTRAR, {**dudosa, "confirma_rareza": "on"})
    assert confirmada.status_code == 302
    tasa = TasaPublicada.objects.latest("id")
    assert "Revise que la coma" in _texto(
        entrar("UCGC").get(f"/oficina/tasas/{tasa.pk}/decidir/"), 200
    )


@pytest.mark.parametrize(("tasa", "rara"), [("8,31", False), ("8,32", True)])
def test_the_doubt_begins_where_the_series_never_was(tasa: str, rara: bool) -> None:
    for mes, valor in (("2026-07", "8.20"), ("2026-08", "8.27"), ("2026-09", "8.24")):
        poner_tasa(mes, valor)  # the greatest change of the series is 0.07
    estado = entrar("DNRC").post(REGISTRAR, {**TASA, "tasa": tasa}).status_code
    assert estado == (422 if rara else 302)


def test_the_first_rate_of_all_has_nothing_to_be_doubted_by() -> None:
    assert _registrada(tasa="82,5").pk


def test_approving_says_how_many_debts_it_changes() -> None:
    for mes in ("2026-06", "2026-07"):
        hacer_deuda(periodo=mes)
    hacer_deuda(periodo="2026-09")  # it is not overdue on that date
    tasa = _registrada()
    texto = _texto(entrar("UCGC", hoy=HOY).get(f"/oficina/tasas/{tasa.pk}/decidir/"), 200)
    assert "cambia el interés de 3 deudas vivas" in texto or "de 2 deudas vivas" in texto
    pasada = _registrada(periodo="08/2026")  # the law liquidates at the rate of the cut
    texto = _texto(entrar("UCGC", hoy=HOY).get(f"/oficina/tasas/{pasada.pk}/decidir/"), 200)
    assert "Lo que se debe hoy no cambia" in texto
    assert "deudas vivas" not in texto
    futura = _registrada(periodo="12/2026")
    texto = _texto(entrar("UCGC", hoy=HOY).get(f"/oficina/tasas/{futura.pk}/decidir/"), 200)
    assert "cambia el interés de 0 deudas vivas" in texto


def test_several_rates_are_decided_with_one_review_and_each_says_what_happened() -> None:
    propia = Usuario.objects.create_user("9900009999", "Registra y aprueba")
    for rol in ("DNRC", "UCGC"):
        Asignacion.objects.create(usuario=propia, rol=rol, desde=date(2025, 1, 1))
    dos_gorras = Client()
    una = _registrada()
    entrar("AUD")  # sets the clock again
    dos_gorras.force_login(propia)
    dos_gorras.post(REGISTRAR, {**TASA, "periodo": "11/2026"})
    suya = TasaPublicada.objects.latest("id")
    acto = f"/oficina/tasas/decidir/?elegido={una.pk}&elegido={suya.pk}"
    revision = _texto(dos_gorras.get(acto), 200)
    assert "8,25 %, del 01/10/2026 al 31/10/2026" in revision
    assert "pida la decisión a otra persona" in revision
    respuesta = dos_gorras.post(acto, {"decision": "aprobar", "razon": ""})
    assert respuesta.status_code == 302
    hecho = _texto(dos_gorras.get(respuesta["Location"]), 200)
    assert "1 hecho, 1 sin hacer" in hecho
    assert "1 hecho, 1 sin hacer" in _texto(dos_gorras.get(respuesta["Location"]), 200)
    assert Hecho.objects.filter(tipo="tasa_aprobada").count() == 1  # reading repeats nothing
    una.refresh_from_db()
    suya.refresh_from_db()
    assert una.aprobada_en is not None
    assert suya.aprobada_en is None


def test_nothing_ticked_is_said_and_nothing_is_done() -> None:
    texto = entrar("UCGC").get("/oficina/tasas/decidir/", follow=True).content.decode()
    assert "Seleccione al menos un elemento" in texto


def test_only_who_decides_sees_the_boxes() -> None:
    _registrada()
    assert 'name="elegido"' in entrar("UCGC").get("/oficina/tasas/").content.decode()
    for rol in ("DNRC", "AUD"):
        texto = entrar(rol).get("/oficina/tasas/").content.decode()
        assert 'name="elegido"' not in texto
        assert "Decidir las elegidas" not in texto


def test_who_registered_a_rate_cannot_approve_it_even_with_both_roles() -> None:
    navegador = entrar("DNRC")
    navegador.post(REGISTRAR, TASA)
    persona = Usuario.objects.get(nombre="Persona DNRC")
    Asignacion.objects.create(usuario=persona, rol="UCGC", desde=date(2025, 1, 1))
    tasa = TasaPublicada.objects.get()
    acto = f"/oficina/tasas/{tasa.pk}/decidir/"
    assert "Usted registró esta tasa" in _texto(navegador.get(acto), 200)
    assert "Pida la aprobación a otra persona" in _texto(
        _decidir(navegador, tasa, decision="aprobar"), 422
    )
    assert TasaPublicada.objects.get().aprobada_en is None


def test_the_years_of_the_filter_are_those_of_the_rates() -> None:
    for mes in ("1999-03", "2026-08", "2026-09"):
        poner_tasa(mes, "8.20")
    texto = _texto(entrar("AUD").get("/oficina/tasas/"), 200)
    filtro = texto.split('name="anio"')[1].split("</select>")[0]
    assert re.findall(r'value="(\d+)"', filtro) == ["2026", "1999"]
