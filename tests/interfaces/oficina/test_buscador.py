"""The finder: any number or name, however it is typed, within what the person may see."""

import pytest
from django.test import Client

from recaudo.infra.documents.models import Documento
from tests.factories.afiliacion import GUAYAQUIL, hacer_empleador, hacer_nomina
from tests.interfaces.oficina.escena import LISTAS, Escena, entrar, montar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def escena() -> Escena:
    return montar()


def _partido(numero: str) -> str:
    limpio = numero.replace("-", "")
    return f" {limpio[:3]} {limpio[3:8]}-{limpio[8:]} "


def test_a_number_that_is_one_thing_opens_it_whatever_blanks_and_hyphens(escena: Escena) -> None:
    navegador = entrar("AUD")
    for numero, destino in (
        (escena.comprobante.numero, escena.fichas["comprobante"]),
        (f"000{escena.comprobante.numero}", escena.fichas["comprobante"]),
        (escena.glosa.numero, escena.fichas["glosa"]),
        (escena.quito.ruc, escena.fichas["empleador"]),
        ("condor", escena.fichas["empleador"]),
        ("R-SUELTA", f"{escena.fichas['lineas']}?q=R-SUELTA"),
    ):
        escritos = (numero,) if not numero[0].isdigit() else (numero, _partido(numero))
        for escrito in escritos:
            respuesta = navegador.get("/oficina/buscar/", {"q": escrito})
            assert respuesta.status_code == 302, (escrito, respuesta.content.decode()[-2000:])
            assert respuesta["Location"] == destino, escrito


def test_a_planilla_is_found_by_its_number(escena: Escena) -> None:
    texto = entrar("AUD").get("/oficina/buscar/", {"q": str(escena.pagada.pk)}, follow=True)
    assert escena.fichas["planilla_pagada"] in texto.content.decode() or (
        texto.redirect_chain[-1][0] == escena.fichas["planilla_pagada"]
    )


def test_a_worker_is_found_by_the_cedula(escena: Escena) -> None:
    nomina = hacer_nomina(1, empleador=hacer_empleador(canton=GUAYAQUIL))
    cedula = nomina.empleador.relacionlaboral_set.get().persona.identificacion
    respuesta = entrar("AUD").get("/oficina/buscar/", {"q": _partido(cedula)}, follow=True)
    assert nomina.empleador.ruc in respuesta.content.decode()
    ajena = entrar("AC", "17").get("/oficina/buscar/", {"q": cedula}).content.decode()
    assert nomina.empleador.ruc not in ajena
    del escena


def test_a_document_is_found_by_its_verification_code(escena: Escena) -> None:
    codigo = Documento.objects.get(pk=escena.glosa.documento_id).codigo
    for escrito in (codigo, f"{codigo[:4]}-{codigo[4:8]} {codigo[8:].lower()}"):
        respuesta = entrar("AUD").get("/oficina/buscar/", {"q": escrito})
        assert respuesta["Location"] == f"/verificar/{codigo}/"


def test_several_things_are_shown_in_groups(escena: Escena) -> None:
    hacer_empleador(razon_social="Cóndor de los Andes")
    texto = entrar("AUD").get("/oficina/buscar/", {"q": "condor"}).content.decode()
    assert '<h2 class="govuk-heading-m">Empleadores</h2>' in texto
    assert escena.quito.razon_social in texto
    assert errores_de_html(texto) == []


def test_nobody_finds_what_is_out_of_reach(escena: Escena) -> None:
    navegador = entrar("AC", "17")
    for numero in (escena.glosa_de_guayaquil.numero, escena.guayaquil.ruc, "astilleros"):
        texto = navegador.get("/oficina/buscar/", {"q": numero}).content.decode()
        assert "No encontramos" in texto, numero
        assert escena.guayaquil.razon_social not in texto


@pytest.mark.parametrize("escrito", ["zzz", "99999999999999", "%00", "<b>x</b>", "x" * 5000, "  "])
def test_a_miss_says_what_was_looked_for_where_and_what_to_try(escrito: str) -> None:
    texto = entrar("AUD").get("/oficina/buscar/", {"q": escrito}).content.decode()
    assert errores_de_html(texto) == []
    assert ("Qué puede intentar" in texto) == bool(escrito.strip())
    assert "<b>x</b>" not in texto


def test_every_page_of_the_office_has_the_finder(escena: Escena) -> None:
    navegador = entrar("AUD")
    for direccion in (*LISTAS.values(), *escena.fichas.values(), "/oficina/buscar/"):
        texto = navegador.get(direccion).content.decode()
        assert 'id="buscador"' in texto, direccion


@pytest.mark.parametrize(
    ("direccion", "que"),
    [
        ("empleadores/1790000000001/", "el empleador con RUC 1790000000001"),
        ("comprobantes/20260000009999/", "el comprobante 20260000009999"),
        ("cartera/glosas/17-2026-999999/", "la glosa 17-2026-999999"),
        ("deudas/999999/", "la deuda 999999"),
        ("recaudacion/valores/999999/", "el valor 999999"),
        ("tasas/999999/", "la tasa 999999"),
        ("libro/diario/0/999999/", "el asiento 999999"),
    ],
)
def test_a_number_that_is_not_there_says_so_in_one_style(direccion: str, que: str) -> None:
    navegador: Client = entrar("AUD")
    respuesta = navegador.get(f"/oficina/{direccion}")
    texto = respuesta.content.decode()
    assert respuesta.status_code == 404
    assert f"<title>No encontramos {que}" in texto
    assert "Buscarlo en toda la oficina" in texto
    assert 'class="govuk-template__body oficina"' in texto
    assert errores_de_html(texto) == []
