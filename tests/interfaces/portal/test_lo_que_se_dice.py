"""What the portal says of everybody's acts and of any debt: offices, not officers; each its words.

Walked by links from the home of an employer: pages, lists, files, papers, public pages.
"""

import re
from datetime import date

import pytest

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.confirmar_extracto import confirmar_extracto
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import Comprobante, Pago, ValorPorAplicar
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor
from recaudo.interfaces.vista.documentos import marca_de
from tests.factories.deudas import deber_costas, reversar
from tests.factories.recaudacion import Linea, extracto_xml, hacer_cuenta, importar
from tests.interfaces.portal.conftest import HOY, Caso, leer
from tests.interfaces.portal.test_comprobantes import con_lo_elegido, generar
from tests.interfaces.portal.test_notificaciones import recibir
from tests.interfaces.portal.visita import todo_lo_que_ve
from tests.navegador.contenido import REGLAS, faltas_de_contenido

NOMBRE = "Zoila Reservada"
RECIBE = Actor(id=70, nombre=f"{NOMBRE} Uno", roles=frozenset({"UREC"}))
CONFIRMA = Actor(id=71, nombre=f"{NOMBRE} Dos", roles=frozenset({"UREC"}))
CIERRA = Actor(id=72, nombre=f"{NOMBRE} Tres", roles=frozenset({"UCGC"}))


def _pagar(numero: str, centavos: int) -> None:
    """Pay a comprobante by a statement that one officer receives and another confirms."""
    hacer_cuenta()
    contenido = extracto_xml(Linea(centavos, numero, "CITA", fecha=HOY))
    (recibido,) = recibir_extracto(
        contenido=contenido, nombre="suyo.xml", formato="camt053", por=RECIBE, hoy=HOY
    ).extractos
    confirmar_extracto(extracto_id=recibido, por=CONFIRMA, hoy=HOY)


def test_no_officer_is_named_anywhere_and_every_page_speaks_in_words(
    caso: Caso, tasas: None
) -> None:
    """Paid by a statement, reversed, paid by hand, closed, in glosa: each act has its officer."""
    caso.deuda(periodo="2026-09", emitida=date(2026, 10, 1), vence=date(2026, 10, 15))
    cerrar_dia(fecha=HOY, por=CIERRA, hoy=HOY)
    recibir(caso, Notificacion.objects.get())
    primero = generar(caso, caso.deuda(periodo="2026-10", vence=date(2026, 12, 15)).pk)
    _pagar(primero, 21_600)
    reversar(Pago.objects.get().ingreso_id, fecha=HOY)
    segundo = generar(caso, caso.deuda(periodo="2026-11", vence=date(2026, 12, 15)).pk)
    importar(Linea(21_600, "", "SUELTO", fecha=HOY), hoy=HOY)
    suelto = ValorPorAplicar.objects.order_by("-id")[0]
    aplicar_valor(
        valor_id=suelto.pk, comprobante_numero=segundo, por=RECIBE, hoy=HOY, razon="Lo pidió"
    )
    assert Hecho.objects.filter(actor_nombre__contains=NOMBRE).count() >= 4, "they did act"

    dicho = todo_lo_que_ve(caso)

    assert len(dicho) > 20
    assert {d for d, texto in dicho.items() if NOMBRE in texto} == set()
    de_pago = dicho[f"{caso.casa}/comprobantes/{segundo}/"]
    assert "Unidad de Recaudación" in de_pago
    assert "Rosa Prueba" in de_pago, "its own people are named"
    paginas = {d: texto for d, texto in dicho.items() if "<main" in texto}
    assert {d: f for d, texto in paginas.items() if (f := faltas_de_contenido(texto))} == {}
    propio = REGLAS["código de una regla nuestra"]
    assert {d for d, texto in dicho.items() if d not in paginas and propio.search(texto)} == set()
    titulos = {d: re.findall(r"<h1\b[^>]*>(.*?)</h1>", texto, re.S) for d, texto in paginas.items()}
    assert {d for d, (titulo,) in titulos.items() if not re.search(r"[^\W\d_]{3}", titulo)} == set()


@pytest.fixture
def costas(caso: Caso) -> int:
    """Costs of a case: a debt of no planilla, no month, no interest."""
    return deber_costas("40.00", empleador=caso.empleador)


def test_a_debt_of_another_class_is_told_in_its_own_words_everywhere(
    caso: Caso, costas: int
) -> None:
    titulo = f"Costas y gastos de cobranza N.º {costas}"
    assert titulo in leer(caso.navegador.get(con_lo_elegido(costas)))
    numero = generar(caso, costas)
    codigo = Documento.objects.get(numero=numero).codigo

    dicho = todo_lo_que_ve(caso, f"/verificar/{codigo}/")

    sin_menu = {d: _sin_marco(texto) for d, texto in dicho.items()}
    assert {d for d, texto in sin_menu.items() if "portes" in texto} == set()
    assert {d for d, texto in sin_menu.items() if "<main" in texto and "—</a>" in texto} == set()
    papel = dicho[f"{caso.casa}/comprobantes/{numero}/pdf/"]
    assert "Costas y gastos de cobranza: C.D. 321." in papel
    assert "Interés de mora:" not in papel, "costs bear none"
    assert "ya no se puede pagar con él" in papel
    for direccion in (f"{caso.casa}/", f"{caso.casa}/obligaciones/{costas}/",
                      f"{caso.casa}/comprobantes/{numero}/"):  # fmt: skip
        assert titulo in dicho[direccion], direccion
    assert "$ 40,00" in dicho[f"{caso.casa}/comprobantes/{numero}/"].partition("Lo que incluye")[2]


def _sin_marco(texto: str) -> str:
    """Only what a page itself says; a file or a paper, whole."""
    return texto.partition("<main")[2].partition("</main")[0] or texto


def test_the_debt_of_another_has_no_page_and_that_of_a_planilla_has_its_own(
    caso: Caso, ajeno: Caso, costas: int
) -> None:
    leer(ajeno.navegador.get(f"@/obligaciones/{costas}/"), estado=404)
    leer(caso.navegador.get("@/obligaciones/999999999/"), estado=404)
    planilla = caso.deuda(vence=date(2026, 12, 15))
    assert (
        caso.navegador.get(f"@/obligaciones/{planilla.pk}/")["Location"]
        == f"{caso.casa}/planillas/{planilla.pk}/"
    )


def test_every_page_prints_whose_it_is_when_and_its_code(caso: Caso, costas: int) -> None:
    numero = generar(caso, costas)
    codigo = Documento.objects.get(numero=numero).codigo
    agrupado = f"{codigo[:4]}-{codigo[4:8]}-{codigo[8:]}"
    for direccion, texto in todo_lo_que_ve(caso).items():
        if "<main" in texto and direccion.startswith(caso.casa):
            cabeza = texto.partition('class="impresion"')[2].partition("</div>\n")[0]
            assert caso.empleador.ruc in texto.partition('class="impresion"')[2], direccion
            assert "20/11/2026" in cabeza or "20/11/2026" in texto, direccion
    ficha = leer(caso.navegador.get(f"@/comprobantes/{numero}/"))
    assert agrupado in ficha.partition('class="impresion"')[2].partition("<main")[0]
    assert "impresion__marca" not in ficha


def test_what_is_worth_nothing_prints_its_mark(caso: Caso, costas: int) -> None:
    numero = generar(caso, costas)
    caso.navegador.post(f"@/comprobantes/{numero}/anular/", {"razon": "Me equivoqué"})
    assert 'impresion__marca" aria-hidden="true">ANULADO<' in leer(
        caso.navegador.get(f"@/comprobantes/{numero}/")
    )
    otro = generar(caso, costas)
    clock.fijar_fecha_simulada(Comprobante.objects.get(numero=otro).valido_hasta.replace(year=2027))
    assert ">CADUCADO<" in leer(caso.navegador.get(f"@/comprobantes/{otro}/"))
    assert marca_de("pagado") == marca_de("generado") == ""
