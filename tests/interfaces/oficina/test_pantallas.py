"""Every screen of the office, found by its address: what each kind of page owes to who reads it."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from django.test import Client

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.recaudacion.actions.recibir_extracto import recibir_extracto
from recaudo.domain.recaudacion.models import (
    Aplicacion,
    CreditoAFavor,
    LineaExtracto,
    Pago,
    ValorPorAplicar,
)
from recaudo.interfaces.vista.renglones import cortable
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.deudas import deber_costas
from tests.factories.parametros import registrar
from tests.factories.recaudacion import (
    OPERADOR,
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_deuda,
    importar,
)
from tests.interfaces.oficina.escena import HOY, LISTAS, Escena, entrar, montar
from tests.interfaces.oficina.test_listas import _vistas
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
EXTRACTOS = "/oficina/recaudacion/extractos/"
_MENSAJES = count(10)
VALORES = "/oficina/recaudacion/valores/"
ROLES = ("UREC", "DNRC", "UCGC", "DNGF", "AUD", "DNAC", "JC", "AC")
PROVINCIAS = {"JC": ("17", "09"), "AC": ("17",)}
#: What no page of the office writes: codes of our rules, names in code, ISO dates, wrong plurals.
PROHIBIDO = re.compile(
    r"\bR-[A-Z]{2,4}-\d|\b[a-z]+_[a-z_]+\b|(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])"
    r"|(?<![\d.,])1 líneas\b"
    r"|(?<![\d.,])1 (?:días|glosas|planillas|valores|tasas|empleadores)\b|\bT\d\d:\d\d"
)


@pytest.fixture
def escena() -> Escena:
    return montar()


def _visible(html: str) -> str:
    """The text that people read in the main part of a page."""
    cuerpo = html.split("<main", 1)[1].split("</main>", 1)[0]
    sin = re.sub(r"<(script|style)\b.*?</\1>|<code\b.*?</code>", " ", cuerpo, flags=re.S)
    sin = re.sub(r'<(\w+)[^>]*class="[^"]*\bcodigo\b[^"]*"[^>]*>.*?</\1>', " ", sin, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", sin).split())


def _h1(html: str) -> str:
    (titulo,) = re.findall(r"<h1\b[^>]*>(.*?)</h1>", html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", titulo).split())


def _abrir(navegador: Client, direccion: str) -> str:
    respuesta = navegador.get(direccion)
    assert respuesta.status_code == 200, direccion
    return respuesta.content.decode()


def _actos(escena: Escena) -> Iterator[tuple[str, str]]:
    """Each page of an act, with who may open it."""
    tasa = TasaPublicada.objects.filter(aprobada_en=None).first() or registrar_otra()
    yield "UCGC", f"/oficina/tasas/{tasa.pk}/decidir/"
    yield "UCGC", f"/oficina/tasas/decidir/?elegido={tasa.pk}"
    yield "DNRC", "/oficina/tasas/registrar/"
    yield "UREC", f"{VALORES}{escena.valor.pk}/aplicar/?obligacion={escena.en_glosa.pk}"
    yield "UREC", f"{VALORES}aplicar/?elegido={escena.valor.pk}"
    yield "UCGC", "/oficina/cartera/dias/cerrar/"
    yield "UREC", f"/oficina/deudas/creditos/{con_credito()}/compensar/?obligacion={otra_deuda()}"
    yield "UREC", f"/oficina/recaudacion/debitos/{escena.cargo.pk}/proponer/"
    yield "UREC", f"/oficina/recaudacion/debitos/{escena.cargo.pk}/decidir/"
    yield from _actos_de_extracto()


def con_credito() -> int:
    """A credit in favour, once in a scene."""
    if not CreditoAFavor.objects.exists():
        pagar_a_mano(1_500, deber_costas("10.00", hoy=HOY), HOY)
    return int(CreditoAFavor.objects.get().pk)


def otra_deuda() -> int:
    """Another debt of whom has the credit."""
    dueno = Empleador.objects.get(pk=CreditoAFavor.objects.get().empleador_id)
    return deber_costas("20.00", empleador=dueno, hoy=HOY)


def _actos_de_extracto() -> Iterator[tuple[str, str]]:
    """The acts about a statement that another person received, a line of one, and an account."""
    otro = extracto_xml(Linea(100, referencia="R-OTRO"), mensaje=f"M{next(_MENSAJES)}")
    (recibido,) = recibir_extracto(
        nombre="otro.xml", formato="camt053", por=OPERADOR, hoy=HOY, contenido=otro
    ).extractos
    linea = LineaExtracto.objects.get(referencia="R-ROTA")
    yield "UREC", f"{EXTRACTOS}{recibido}/confirmar/"
    yield "UREC", f"{EXTRACTOS}{recibido}/rechazar/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/declarar/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/desmentir/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/lote/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/lote/revertir/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/desmentir/decidir/"
    yield "UREC", f"{EXTRACTOS}{recibido}/liberar/"
    yield "UREC", f"{EXTRACTOS}lineas/{linea.pk}/revertir/"
    yield "DNGF", "/oficina/recaudacion/cuentas/registrar/"


def registrar_otra() -> TasaPublicada:
    """A rate of a month that has none."""
    from recaudo.kernel.period import Periodo

    return registrar(periodo=Periodo(2026, 12))


def test_no_heading_is_a_bare_number_and_every_page_has_one(escena: Escena) -> None:
    navegador = entrar("AUD")
    for direccion in (*LISTAS.values(), *escena.fichas.values()):
        titulo = _h1(_abrir(navegador, direccion))
        assert re.search(r"[^\W\d_]{3}", titulo), (direccion, titulo)


def test_no_page_shows_a_code_an_iso_date_or_a_wrong_plural(escena: Escena) -> None:
    navegador = entrar("AUD")
    faltas = {
        direccion: hallado[0]
        for direccion in (*LISTAS.values(), *escena.fichas.values())
        if (hallado := PROHIBIDO.search(_visible(_abrir(navegador, direccion))))
    }
    assert faltas == {}


def test_the_rule_of_words_catches_what_it_says() -> None:
    for malo in (
        "Según R-REC-03 se",
        "linea_extracto 1215",
        "el 2026-10-05 y",
        "1 líneas",
        "T09:14",
    ):
        assert PROHIBIDO.search(malo), malo
    for bueno in ("21 líneas", "17-2026-000012", "BANCO-EJEMPLO", "octubre de 2026", "1 línea"):
        assert not PROHIBIDO.search(bueno), bueno


def test_every_sheet_ends_with_its_history_birth_included(escena: Escena) -> None:
    navegador = entrar("AUD")
    for nombre in ("valor", "deuda", "planilla_pagada", "comprobante", "glosa"):
        html = _abrir(navegador, escena.fichas[nombre])
        historia = html.split('<ol class="tiempo"', 1)[1].split("</ol>")[0]
        ultimo = re.findall(r'<h\d class="tiempo__titulo">(.*?)</h', historia)[-1]
        assert re.search(r"Emitida|Generado|Recibido", ultimo), (nombre, ultimo)


def test_every_act_says_before_what_will_happen_with_its_norm_and_its_way_out(
    escena: Escena,
) -> None:
    for rol, direccion in _actos(escena):
        html = _abrir(entrar(rol), direccion)
        assert errores_de_html(html) == [], direccion
        texto = _visible(html)
        assert "Qué pasará" in texto or "No se puede" in texto or "Ahora no" in texto, direccion
        assert "Norma:" in texto, direccion
        assert "Cancelar</a>" in html or "Volver" in texto, direccion


def test_an_approval_is_always_beside_its_return(escena: Escena) -> None:
    aprueban = 0
    for rol, direccion in _actos(escena):
        html = _abrir(entrar(rol), direccion)
        decisiones = re.findall(r'name="decision" value="(\w+)"', html)
        if any(d.startswith(("aprobar", "autorizar", "confirmar")) for d in decisiones):
            aprueban += 1
            assert any(d.startswith(("devolver", "rechazar")) for d in decisiones), direccion
            assert 'name="razon"' in html, direccion
            assert 'data-maxlength="300"' in html, direccion
    assert aprueban == 3


def test_the_acts_of_this_file_are_all_the_acts_of_the_office(escena: Escena) -> None:
    del escena
    dichos = {n for n, vista in _vistas() if (vista.__doc__ or "").startswith("Acto:")}
    andados = {"decidir_tasa", "decidir_tasas", "registrar_tasa", "aplicar_valor",
               "aplicar_valores", "cerrar_dia", "compensar", "confirmar_extracto",
               "rechazar_extracto", "liberar_extracto", "proponer_cargo",
               "decidir_cargo", "declarar_linea", "revertir_linea", "registrar_cuenta",
               "desmentir_aviso", "decidir_desmentido", "reconocer_lote",
               "revertir_lote"}  # fmt: skip
    assert dichos - andados == {"importar_extracto"}  # a file is sent: its page is a form


@pytest.mark.parametrize("rol", ROLES)
def test_every_counter_of_home_opens_a_list_with_exactly_those(rol: str, escena: Escena) -> None:
    """The number is clicked: the list says it, and its total is the amount of the counter."""
    registrar_otra()
    del escena
    navegador = entrar(rol, *PROVINCIAS.get(rol, ()))
    html = _abrir(navegador, "/oficina/")
    filas = re.findall(
        r'<tr><th scope="row" data-columna="Qué"><a href="([^"]+)">([^<]+)</a></th>.*?'
        r'etiqueta[^>]*>([\d.]+)</strong>.*?data-columna="Importe"[^>]*>(.*?)</td>', html, re.S,
    )  # fmt: skip
    assert len(filas) == html.count('data-columna="Qué"><a'), rol
    for url, texto, cuantos, importe in filas:
        lista = _abrir(navegador, url.replace("&amp;", "&"))
        hallado = re.search(r'lista-cuenta"><strong>([\d.]+) ', lista)
        assert hallado is not None, (rol, texto)
        assert hallado[1] == cuantos, (rol, texto)
        if monto := re.search(r"\$ [\d.,]+", importe):
            assert f'<span class="dinero">{monto[0]}</span></td>' in lista.split("<tfoot>")[1]


def test_the_counters_are_some(escena: Escena) -> None:
    del escena
    texto = _abrir(entrar("UREC"), "/oficina/")
    assert "Valores por identificar" in texto
    texto = _abrir(entrar("JC", "17", "09"), "/oficina/")
    assert "Glosas en el casillero, sin acuse" in texto


def test_nobody_sees_at_home_the_work_of_another(escena: Escena) -> None:
    del escena
    for rol in ("AUD", "DNGF", "DNRC"):
        assert 'id="tareas"' not in _abrir(entrar(rol), "/oficina/") or rol == "DNRC", rol
    assert "Valores por identificar</a></th>" not in _abrir(entrar("UCGC"), "/oficina/")
    auditora = _abrir(entrar("AUD"), "/oficina/")
    assert "Invariantes" in auditora
    assert "Libro diario" in auditora


def test_an_instant_is_written_in_the_time_of_ecuador(escena: Escena) -> None:
    del escena
    from recaudo.domain.contabilidad.models import SelloLibro

    sello = SelloLibro.objects.latest("id")
    texto = _visible(_abrir(entrar("AUD"), "/oficina/libro/sellos/"))
    from django.utils.timezone import localtime

    assert f"{localtime(sello.sellado_en):%d/%m/%Y %H:%M}" in texto


def test_a_long_text_without_blanks_may_be_cut_anywhere() -> None:
    largo = "x" * 5_000
    escrito = cortable(largo)
    assert escrito.count("<wbr>") == 5_000 // 30
    assert escrito.replace("<wbr>", "") == largo
    assert cortable("<b>" + "y" * 40).startswith("&lt;b&gt;")
    assert cortable("palabras cortas y normales") == "palabras cortas y normales"


def test_several_values_are_applied_with_one_reason_and_each_says_what_happened() -> None:
    bueno = hacer_comprobante()
    deuda = hacer_deuda()
    ruc = Empleador.objects.get(pk=bueno.empleador_id).ruc
    importar(
        Linea(bueno.importe.centavos, referencia="R1", texto=f"PAGO {ruc}"),
        Linea(77, referencia="R2", texto="NADIE SABE"),
    )
    con, sin = ValorPorAplicar.objects.order_by("-importe")
    navegador = entrar("UREC", hoy=PAGADO)
    hacia_el_acto = f'href="{VALORES}{con.pk}/aplicar/?comprobante={bueno.numero}"'
    assert hacia_el_acto in _abrir(navegador, VALORES)
    ajena = _abrir(entrar("AUD", hoy=PAGADO), VALORES)
    assert hacia_el_acto not in ajena
    assert f'href="/oficina/comprobantes/{bueno.numero}/"' in ajena, (
        "whoever only looks, looks at it"
    )
    acto = f"{VALORES}aplicar/?elegido={con.pk}&elegido={sin.pk}"
    revision = _visible(navegador.post(acto, {"decision": "revisar"}).content.decode())
    assert f"El comprobante {bueno.numero}: 1 de 1 deuda pagada" in revision
    assert "No tiene sugerencia" in revision
    sin_razon = navegador.post(acto, {"decision": "aplicar", "razon": ""})
    assert sin_razon.status_code == 422
    assert not Pago.objects.exists()
    hecho = navegador.post(acto, {"decision": "aplicar", "razon": "Oficio 12"})
    assert hecho.status_code == 302
    resultado = _visible(_abrir(navegador, hecho["Location"]))
    assert "1 hecho, 1 sin hacer" in resultado
    assert "Seguir con los valores por identificar" in resultado
    con.refresh_from_db()
    sin.refresh_from_db()
    assert (con.estado, sin.estado) == ("aplicado", "abierto")
    assert navegador.post(acto, {"decision": "aplicar", "razon": "Otra vez"}).status_code == 302
    assert Pago.objects.count() == 1
    del deuda


def test_what_the_page_foresees_is_what_the_act_does() -> None:
    """The effect said before and what was done, to the cent, with money over and exact."""
    for sobra in (0, 1, 4_321):
        comprobante = hacer_comprobante()
        importar(Linea(comprobante.importe.centavos + sobra, referencia=f"S{sobra}", texto="x"))
        valor = ValorPorAplicar.objects.latest("id")
        navegador = entrar("UREC", hoy=PAGADO)
        acto = f"{VALORES}{valor.pk}/aplicar/?comprobante={comprobante.numero}"
        previsto = _visible(navegador.post(acto, {"decision": "revisar"}).content.decode())
        navegador.post(acto, {"decision": "aplicar", "razon": "Oficio"})
        pago = Pago.objects.latest("id")
        credito = getattr(pago, "creditoafavor", None)
        escrito = f"Sobran {credito.importe.formato()}" if credito else "No sobra nada"
        assert escrito in previsto
        aplicados = Aplicacion.objects.filter(pago=pago)
        assert aplicados
        for aplicado in aplicados:
            capital = aplicado.personal + aplicado.patronal + aplicado.ccc
            assert f"{aplicado.interes.formato()} de interés y {capital.formato()}" in previsto


def test_a_wrong_ruc_and_a_wrong_comprobante_are_answered_in_one_style() -> None:
    importar(Linea(500, referencia="R1"))
    valor = ValorPorAplicar.objects.get()
    navegador = entrar("UREC", hoy=PAGADO)
    for campo, escrito in (("ruc", "1790000000001"), ("comprobante", "20260000009999")):
        html = _abrir(navegador, f"{VALORES}{valor.pk}/?{campo}={escrito}")
        assert errores_de_html(html) == []
        assert f'<a href="#{campo}">' in html
        assert f'id="{campo}-error"' in html
        assert f'value="{escrito}"' in html
        assert "<title>Error: " in html
