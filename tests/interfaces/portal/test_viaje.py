"""The whole way of an employer, as a person walks it: only links and forms of the pages."""

import re
from datetime import date
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.recaudacion.models import Comprobante
from recaudo.infra import clock
from tests.factories.cartera import SISTEMA
from tests.interfaces.portal.conftest import CLAVE, HOY, Caso, Navegador, leer
from tests.interfaces.portal.test_comprobantes import generar
from tests.interfaces.portal.test_planillas import emitir

_ESCRIBE = re.compile(r'^\s*(INSERT|UPDATE|DELETE)\b(?!.*"?security_sesion"?)', re.I | re.S)


class Persona:
    """Somebody who follows links and fills in forms; knows no address by heart but the first."""

    def __init__(self) -> None:
        self.navegador = Navegador(headers={"user-agent": "Navegador de prueba"})
        self.html = ""
        self.direccion = ""

    def ir(self, direccion: str) -> str:
        self.html = leer(self.navegador.get(direccion, follow=True))
        return self.html

    def seguir(self, texto: str) -> str:
        """Follow the first link with that text."""
        for enlace in self._todos("a"):
            if texto in "".join(enlace.itertext()):
                return self.ir(str(enlace.get("href")))
        raise AssertionError(texto)

    def enviar(self, boton: str, **datos: Any) -> str:
        """Fill in and send the form that has that button; hidden fields go as they came."""
        for form in self._todos("form"):
            if any(boton in "".join(b.itertext()) for b in form.iter("button")):
                ocultos: dict[str, Any] = {}
                for campo in form.iter("input"):
                    if campo.get("type") == "hidden":
                        ocultos.setdefault(str(campo.get("name")), []).append(campo.get("value"))
                accion = form.get("action") or self.direccion
                metodo = getattr(self.navegador, form.get("method") or "get")
                respuesta = metodo(accion, {**ocultos, **datos}, follow=True)
                self.html = leer(respuesta)
                pedido = respuesta.request
                consulta = pedido["QUERY_STRING"]
                self.direccion = pedido["PATH_INFO"] + (f"?{consulta}" if consulta else "")
                return self.html
        raise AssertionError(boton)

    def _todos(self, nombre: str) -> list[Any]:
        arbol = html5lib.parse(self.html, namespaceHTMLElements=False)
        return list(arbol.iter(nombre))


def test_an_employer_goes_from_the_door_to_the_pdf_and_its_verification(
    caso: Caso, tasas: None
) -> None:
    planilla = emitir(caso, "482.00", "600.00")
    yo = Persona()
    yo.ir("/")
    yo.seguir("Empleadores")
    html = yo.enviar("Ingresar", identificacion="2050000013", clave=CLAVE)
    assert "Aportes de octubre de 2026" in html
    yo.seguir("Aportes de octubre de 2026")
    assert "LSS art." in yo.seguir("¿Por qué?")
    yo.seguir("Volver a la planilla")
    html = yo.seguir("Pagar con un comprobante")
    assert f'value="{planilla.pk}"' in html
    assert "checked" in html
    html = yo.enviar("Continuar", obligacion=[planilla.pk])
    total = re.findall(r"dinero--grande[^>]*>(\$ [\d.,]+)<", html)[0]
    html = yo.enviar("Generar comprobante")
    assert "Comprobante generado" in html
    assert total in html, "what was reviewed is what was generated"
    yo.seguir("Ver el comprobante")
    numero = Comprobante.objects.get().numero
    pdf = yo.navegador.get(f"{caso.casa}/comprobantes/{numero}/pdf/").content
    assert pdf.startswith(b"%PDF")
    codigo = re.findall(r'href="(/verificar/\w+/)"', yo.html)[0]
    otra = Persona()
    assert "Vigente" in otra.ir(codigo)


def test_an_employer_opens_a_glosa_sees_its_last_day_explained_and_pays(
    caso: Caso, tasas: None
) -> None:
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 10, 15))
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    yo = Persona()
    yo.navegador.casa = caso.casa
    yo.ir("/entrar/")
    yo.enviar("Ingresar", identificacion="2050000013", clave=CLAVE)
    yo.seguir("Notificación de glosa")
    aviso = re.findall(rf'href="({caso.casa}/notificaciones/\d+/)"', yo.ir("@/notificaciones/"))[0]
    yo.ir(aviso)
    yo.direccion = aviso
    html = yo.enviar("Acusar recibo y abrir")
    assert "Vence el miércoles 2 de diciembre de 2026" in html
    assert "Último día (8.º)" in html
    yo.seguir("Pagar con un comprobante")
    obligacion = Comprobante.objects.none() or re.findall(r'value="(\d+)" data-centavos', yo.html)
    yo.enviar("Continuar", obligacion=obligacion)
    assert "Comprobante generado" in yo.enviar("Generar comprobante")
    assert "Ya está en el" in yo.ir(yo.navegador.get(aviso)["Location"])


def test_looking_writes_nothing(caso: Caso, tasas: None) -> None:
    """Every page a person can look at, with something in it: no statement that writes.

    The paper is the exception: its bytes are drawn and kept the first time somebody asks.
    """
    planilla = emitir(caso, "482.00")
    caso.deuda(periodo="2026-08", emitida=date(2026, 9, 1), vence=date(2026, 9, 15))
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    linea = f"@/planillas/{planilla.pk}/lineas/"
    relacion = re.findall(
        rf"{linea[1:]}(\d+)/", leer(caso.navegador.get(f"@/planillas/{planilla.pk}/"))
    )[0]
    generar(caso, planilla.pk)
    comprobante = f"@/comprobantes/{Comprobante.objects.get().numero}/"
    aviso = re.findall(r'"(/[^"]+/notificaciones/\d+/)"', leer(caso.navegador.get("@/")))[0]
    glosa = caso.navegador.post(aviso, headers={"user-agent": "x"})["Location"]
    caso.navegador.get(f"{comprobante}pdf/")
    paginas = [
        "/", "@/", "@/planillas/", f"@/planillas/{planilla.pk}/", f"{linea}{relacion}/",
        f"@/planillas/{planilla.pk}/?formato=csv", "@/comprobantes/", "@/comprobantes/nuevo/",
        "@/comprobantes/nuevo/revisar/", comprobante, f"{comprobante}listo/", f"{comprobante}pdf/",
        f"{comprobante}anular/", "@/novedades/", "@/novedades/cargar/", "@/notificaciones/", aviso,
        glosa, "/calculadora/", "/calculadora/vencimiento/?periodo=2026-09", "/verificar/",
    ]  # fmt: skip
    for direccion in paginas:
        with CaptureQueriesContext(
            connection,
        ) as vistas:
            assert caso.navegador.get(direccion).status_code in {200, 302, 422}, direccion
        escritas = [q["sql"] for q in vistas.captured_queries if _ESCRIBE.match(q["sql"])]
        assert escritas == [], direccion


@pytest.mark.parametrize("sentencia", ["INSERT INTO x", "  update x", "DELETE FROM y"])
def test_the_eye_that_watches_for_writing_sees_it(sentencia: str) -> None:
    assert _ESCRIBE.match(sentencia)
    assert not _ESCRIBE.match("SELECT 1 -- INSERT")
    assert not _ESCRIBE.match('UPDATE "security_sesion" SET x')


def test_the_close_of_the_day_shows_in_the_portal(caso: Caso, tasas: None) -> None:
    emitir(caso, "482.00")
    assert ">Emitida</strong>" in leer(caso.navegador.get("@/planillas/"))
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY)
    assert ">En mora</strong>" in leer(caso.navegador.get("@/planillas/"))
    clock.fijar_fecha_simulada(None)
    assert "Demostración" not in leer(caso.navegador.get("@/planillas/"))
