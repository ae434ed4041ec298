"""The same form sent twice: done once, and answered twice with the thing that was done."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.recaudacion.models import Extracto
from recaudo.infra.audit.models import Hecho
from recaudo.interfaces.vista import actos
from tests.factories.recaudacion import Linea, extracto_xml, hacer_cuenta
from tests.interfaces.oficina.escena import entrar

pytestmark = pytest.mark.django_db
REGISTRAR = "/oficina/tasas/registrar/"
TASA = {"periodo": "10/2026", "tasa": "8,99", "fuente": "BCE, 1 de octubre",
        "estado_verificacion": "VERIFICADO"}  # fmt: skip


def leer_testigo(navegador: Client, direccion: str) -> str:
    html = navegador.get(direccion).content.decode()
    hallado = re.search(r'name="testigo" value="([\w-]+)"', html)
    assert hallado, f"{direccion} has a form without its token"
    return hallado[1]


def dos_veces(
    navegador: Client, direccion: str, llenar: Callable[[], dict[str, object]]
) -> tuple[str, str]:
    """Send the form of a page twice, as a double click does; return where each answer leads."""
    testigo = leer_testigo(navegador, direccion)
    respuestas = [navegador.post(direccion, {**llenar(), "testigo": testigo}) for _ in range(2)]
    assert [r.status_code for r in respuestas] == [302, 302]
    return tuple(r["Location"] for r in respuestas)  # type: ignore[return-value]


def _archivo() -> dict[str, object]:
    contenido = extracto_xml(Linea(5290, referencia="DOSVECES"))
    return {"archivo": SimpleUploadedFile("x.xml", contenido), "formato": "camt053"}


def _un_extracto(navegador: Client) -> str:
    hacer_cuenta()
    navegador.post("/oficina/recaudacion/extractos/importar/", _archivo())
    return f"/oficina/recaudacion/extractos/{Extracto.objects.get().pk}/"


def test_a_rate_is_registered_once_and_both_answers_show_it() -> None:
    navegador = entrar("DNRC")
    primera, segunda = dos_veces(navegador, REGISTRAR, lambda: dict(TASA))
    assert primera == segunda
    assert TasaPublicada.objects.count() == 1
    html = navegador.get(primera).content.decode()
    assert html.count("aviso__titulo") == 1, "said once"


def test_a_form_that_was_corrected_is_another_form() -> None:
    navegador = entrar("DNRC")
    testigo = leer_testigo(navegador, REGISTRAR)
    assert navegador.post(REGISTRAR, {**TASA, "tasa": "x", "testigo": testigo}).status_code == 422
    for mes in ("10/2026", "11/2026"):
        enviado = {**TASA, "periodo": mes, "testigo": testigo}
        assert navegador.post(REGISTRAR, enviado).status_code == 302
    assert TasaPublicada.objects.count() == 2


def test_the_token_of_another_person_opens_nothing() -> None:
    navegador = entrar("DNRC")
    testigo = leer_testigo(navegador, REGISTRAR)
    navegador.post(REGISTRAR, {**TASA, "testigo": testigo})
    otra = entrar("DNRC")
    respuesta = otra.post(REGISTRAR, {**TASA, "testigo": testigo})
    assert respuesta.status_code == 422, "it is refused as any other: that rate is registered"


def test_an_import_and_its_confirmation_are_answered_twice_and_done_once() -> None:
    hacer_cuenta()
    importar_ = "/oficina/recaudacion/extractos/importar/"
    primera, segunda = dos_veces(entrar("UREC"), importar_, _archivo)
    assert primera == segunda
    assert Extracto.objects.count() == 1
    otra = entrar("UREC")
    confirmar = f"{primera}confirmar/"
    primera, segunda = dos_veces(otra, confirmar, lambda: {"decision": "confirmar"})
    assert primera == segunda
    assert "entró al libro" in otra.get(primera).content.decode()
    assert Hecho.objects.filter(acto="confirmar_extracto", tipo="extracto_importado").count() == 1


#: Templates whose form is no act: who enters or leaves, and what is only looked at again.
SIN_TESTIGO = {
    "acceso/entrar.html", "vista/_usuario.html", "novedades/_correccion.html",
    "novedades/cargar.html", "verificacion/formulario.html", "verificacion/resultado.html",
}  # fmt: skip


def test_every_form_that_does_an_act_carries_its_token() -> None:
    raiz = Path(actos.__file__).parents[1]
    sin = {
        "/".join(p.parts[-2:])
        for p in raiz.rglob("*.html")
        if re.search(r"csrf_token|<c-formulario(?![^>]*metodo=.get)", p.read_text("utf-8"))
        and "testigo" not in p.read_text("utf-8")
    }
    assert sin == SIN_TESTIGO
