"""Any debt of anybody in the office: its sheet, its debtor's credits, the act that uses one."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.obligaciones.queries import obligacion, obligaciones_de_persona
from recaudo.domain.recaudacion.models import CreditoAFavor, Ingreso, Pago, ValorPorAplicar
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.money import Dinero
from tests.domain.recaudacion.test_reversar_pagos import pagar_a_mano
from tests.factories.afiliacion import hacer_empleador, hacer_persona
from tests.factories.cartera import SISTEMA, poner_tasa
from tests.factories.deudas import deber, deber_aportes, deber_costas, violaciones
from tests.factories.recaudacion import PAGADO, Linea, hacer_comprobante, hacer_deuda, importar
from tests.interfaces.oficina.escena import entrar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
DEUDAS = "/oficina/deudas/"


def abrir(navegador: Client, url: str, estado: int = 200) -> str:
    respuesta: HttpResponse = navegador.get(url)  # type: ignore[assignment]
    texto = respuesta.content.decode()
    assert respuesta.status_code == estado, (url, texto[-800:])
    assert errores_de_html(texto) == [], url
    return texto


def visible(html: str) -> str:
    cuerpo = html.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", cuerpo).replace("&nbsp;", " ").split())


def revisar(navegador: Client, acto: str) -> str:
    """Ask an act page what it would do, without doing it."""
    assert "Compensar</button>" not in abrir(navegador, acto), "reading it only offers to see"
    antes = Pago.objects.count()
    html = navegador.post(acto, {"decision": "revisar"}).content.decode()
    assert errores_de_html(html) == []
    assert Pago.objects.count() == antes
    return html


def con_credito(centavos: int = 8_000, **de_quien: object) -> int:
    """A debtor with a credit: it paid costs of 10.00 with `centavos` more."""
    deuda = deber_costas("10.00", **de_quien)  # type: ignore[arg-type]
    pagar_a_mano(1_000 + centavos, deuda, PAGADO)
    return int(CreditoAFavor.objects.latest("id").pk)


def test_the_sheet_tells_amounts_interest_with_its_article_payments_dates_and_history() -> None:
    poner_tasa("2026-09", "8.00")
    persona = hacer_persona()
    deuda = deber(
        {("RESPONSABILIDAD_PATRONAL", "SALUD"): "700.00",
         ("RESPONSABILIDAD_PATRONAL", "RIESGOS"): "300.00"},
        clase="RESPONSABILIDAD_PATRONAL", persona=persona, vence=date(2026, 9, 2),
        materia=("resolucion_rp", 77),
    )  # fmt: skip
    texto = visible(abrir(entrar("AUD", hoy=PAGADO), f"{DEUDAS}{deuda}/"))
    for dice in (
        f"Responsabilidad patronal N.º {deuda}", persona.nombre, persona.identificacion,
        "Resolución de responsabilidad patronal N.º 77", "$ 1.000,00", "$ 2,19", "$ 1.002,19",
        "C.D. 677 DG 12.ª", "Riesgos del trabajo, Seguro de salud",
        "Último día para pagar sin mora", "Se glosa al cierre del", "C.D. 516 art. 129",
        "Todavía no se ha pagado nada", "Emitida",
        "Responsabilidad patronal por cobrar en planilla",
    ):  # fmt: skip
        assert dice in texto, dice


def test_a_month_without_rate_says_where_it_is_registered() -> None:
    deuda = deber_aportes(empleador=hacer_empleador(), vence=date(2026, 9, 2))
    texto = visible(abrir(entrar("AUD", hoy=PAGADO), f"{DEUDAS}{deuda}/"))
    assert "«Tasas», botón «Registrar una tasa»" in texto


def test_payments_are_told_and_the_undone_one_says_by_which() -> None:
    from tests.factories.deudas import reversar

    deuda = deber_costas("10.00")
    pago = pagar_a_mano(1_000, deuda, PAGADO)
    reversar(pago.ingreso_id, fecha=PAGADO)
    texto = visible(abrir(entrar("AUD", hoy=PAGADO), f"{DEUDAS}{deuda}/"))
    assert f"deshace el pago del {pago.fecha_pago:%d/%m/%Y}" in texto
    assert "· deshecho" in texto


def test_the_act_computes_before_what_it_does_and_asks_the_reason() -> None:
    empleador = hacer_empleador()
    credito = con_credito(8_000, empleador=empleador)
    otra = deber_costas("50.00", empleador=empleador)
    navegador = entrar("UREC", hoy=PAGADO)
    ficha = abrir(navegador, f"{DEUDAS}creditos/{credito}/")
    assert f'name="obligacion" value="{otra}"' in ficha
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={otra}"
    texto = visible(revisar(navegador, acto))
    assert "Se usan $ 50,00 del crédito" in texto
    assert "quedan $ 30,00" in texto
    assert "quedará pagada" in texto
    sin_razon = navegador.post(acto, {"decision": "compensar"})
    assert sin_razon.status_code == 422
    assert not Ingreso.objects.exists()
    hecho = navegador.post(acto, {"decision": "compensar", "razon": "Lo pide el deudor"})
    assert hecho.status_code == 302
    assert CreditoAFavor.objects.get(pk=credito).saldo == Dinero("30.00")
    assert not obligacion(otra, alcance=TODA_LA_NACION).esta_viva
    despues = visible(abrir(navegador, hecho["Location"]))
    assert "Se compensaron $ 50,00 con el crédito" in despues
    assert "Lo pide el deudor" in despues, "the history of the credit tells it"
    assert Hecho.objects.get(tipo="credito_compensado").rol == "UREC"
    assert violaciones() == {}


def test_what_it_says_before_is_what_it_does_with_interest_and_a_partial_payment() -> None:
    """An agreement's instalment in arrears takes partial payments: interest first."""
    for mes in ("2026-09", "2026-10"):
        poner_tasa(mes, "8.00")
    empleador = hacer_empleador()
    credito = con_credito(2_000, empleador=empleador)
    cuota = deber(
        {("CUOTA_CAPITAL", "IVM"): "100.00"}, clase="CUOTA_DE_ACUERDO", empleador=empleador,
        vence=date(2026, 9, 5), materia=("acuerdo", 3),
    )  # fmt: skip
    hoy = date(2026, 10, 5)
    navegador = entrar("UREC", hoy=hoy)
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={cuota}"
    texto = visible(revisar(navegador, acto))
    # 100 x 0.12 x 30/365 = 0.986…
    assert "($ 0,99 de interés y $ 19,01 de capital) y seguirá debiendo $ 80,99" in texto
    navegador.post(acto, {"decision": "compensar", "razon": "x"})
    aplicado = Pago.objects.latest("id").aplicaciones.get()
    assert (aplicado.interes, aplicado.otros) == (Dinero("0.99"), Dinero("19.01"))
    assert violaciones() == {}


def test_the_page_refuses_in_the_words_of_the_act() -> None:
    empleador = hacer_empleador()
    credito = con_credito(5_000, empleador=empleador)
    vencida = deber_costas(
        "70.00", empleador=empleador
    )  # more than the credit, in título: takes it
    futura = deber({("COSTAS", "COSTAS"): "5.00"}, empleador=empleador, vence=date(2026, 12, 31))
    planilla = hacer_deuda(empleador)
    hoy = date(2026, 10, 2)
    poner_tasa("2026-10", "8.00")
    navegador = entrar("UREC", hoy=hoy)
    acto = f"{DEUDAS}creditos/{credito}/compensar/"
    primero = visible(revisar(navegador, f"{acto}?obligacion={futura}"))
    assert "Un crédito paga primero lo vencido" in primero
    entera = visible(revisar(navegador, f"{acto}?obligacion={planilla.pk}"))
    assert "no admite abonos" in entera
    assert "Compensar</button>" not in revisar(navegador, f"{acto}?obligacion={futura}")
    forzado = navegador.post(f"{acto}?obligacion={futura}", {"decision": "compensar", "razon": "x"})
    assert forzado.status_code == 422
    assert not Ingreso.objects.exists()
    juntas = visible(revisar(navegador, f"{acto}?obligacion={vencida}&obligacion={planilla.pk}"))
    assert "no admite abonos" in juntas


def test_what_was_paid_later_is_imputed_again_as_the_review_said() -> None:
    """The money of today goes first: what was paid with a later date is no longer all owed."""
    empleador = hacer_empleador()
    credito = con_credito(8_000, empleador=empleador)
    costas = deber_costas("50.00", empleador=empleador)
    posterior = pagar_a_mano(3_000, costas, date(2026, 9, 15))
    navegador = entrar("UREC", hoy=PAGADO)
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={costas}"
    texto = visible(revisar(navegador, acto))
    assert "Se usan $ 50,00 del crédito" in texto
    assert "quedan $ 30,00" in texto
    assert "Hay 1 pago de fecha posterior" in texto
    assert "$ 30,00 que ya no se deben quedan a favor" in texto
    assert navegador.post(acto, {"decision": "compensar", "razon": "x"}).status_code == 302
    assert CreditoAFavor.objects.get(pk=credito).saldo == Dinero("30.00")
    nuevo = CreditoAFavor.objects.latest("id")
    assert (nuevo.pago.fecha_pago, nuevo.saldo) == (posterior.fecha_pago, Dinero("30.00"))
    assert violaciones() == {}


def test_a_debt_in_a_live_comprobante_waits() -> None:
    empleador = hacer_empleador()
    credito = con_credito(50_000, empleador=empleador)
    planilla = hacer_deuda(empleador)
    numero = hacer_comprobante(planilla).numero
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={planilla.pk}"
    texto = visible(revisar(entrar("UREC", hoy=PAGADO), acto))
    assert f"comprobante vigente {numero}" in texto


def test_a_person_is_found_by_its_cedula_and_pays_by_the_same_core() -> None:
    persona = hacer_persona()
    credito = con_credito(4_000, persona=persona)
    deuda = deber_costas("25.00", persona=persona)
    navegador = entrar("UREC", hoy=PAGADO)
    hallada = navegador.get(f"/oficina/buscar/?q={persona.identificacion}")
    suya = f"{DEUDAS}personas/{persona.identificacion}/"
    assert hallada["Location"] == suya
    assert "Costas y gastos de cobranza" in visible(abrir(navegador, suya))
    creditos = abrir(navegador, f"{suya}creditos/")
    assert f"{DEUDAS}creditos/{credito}/" in creditos
    ficha = abrir(navegador, f"{DEUDAS}{deuda}/")
    enlace = re.search(r'href="([^"]+compensar[^"]+)"', ficha)
    assert enlace is not None, "its sheet leads to the act"
    navegador.post(enlace[1].replace("&amp;", "&"), {"decision": "compensar", "razon": "x"})
    assert obligaciones_de_persona(persona.pk, alcance=TODA_LA_NACION, solo_vivas=True) == []
    assert violaciones() == {}


def test_money_that_waits_is_applied_to_a_person_by_its_cedula() -> None:
    persona = hacer_persona()
    deuda = deber_costas("25.00", persona=persona)
    importar(Linea(2_500, "", "SUELTO"))
    valor = ValorPorAplicar.objects.get()
    navegador = entrar("UREC", hoy=PAGADO)
    url = f"/oficina/recaudacion/valores/{valor.pk}/"
    nadie = visible(abrir(navegador, f"{url}?ruc=0102030405"))
    assert "Ninguna persona con esa cédula" in nadie
    ficha = abrir(navegador, f"{url}?ruc={persona.identificacion}")
    assert f'value="{deuda}"' in ficha
    assert f"{persona.nombre}: obligaciones con saldo" in visible(ficha)
    acto = f"{url}aplicar/?obligacion={deuda}"
    assert persona.identificacion in visible(abrir(navegador, acto))
    navegador.post(acto, {"decision": "aplicar", "razon": "Trae su cédula"})
    assert not obligacion(deuda, alcance=TODA_LA_NACION).esta_viva


def test_each_list_gives_in_its_files_what_it_shows() -> None:
    persona, empleador = hacer_persona(), hacer_empleador()
    for quien in ({"persona": persona}, {"empleador": empleador}):
        con_credito(4_000, **quien)
        deber_costas("25.00", **quien)
    navegador = entrar("AUD", hoy=PAGADO)
    suya = f"{DEUDAS}personas/{persona.identificacion}/"
    for url, filas, total in (
        (suya, 2, "35,00"), (f"{suya}creditos/", 1, "40,00"),
        (f"/oficina/empleadores/{empleador.ruc}/creditos/", 1, "40,00"),
        (f"/oficina/empleadores/{empleador.ruc}/deudas/", 2, "35,00"),
    ):  # fmt: skip
        pagina = abrir(navegador, url)
        assert f"$ {total}</span></td>" in pagina.split("<tfoot>")[1], url
        assert '<th scope="row"' in pagina
        for formato in ("csv", "xlsx"):
            assert f"formato={formato}" in pagina
        csv = b"".join(navegador.get(f"{url}?formato=csv")).decode()  # type: ignore[arg-type]
        assert len(csv.strip().splitlines()) == 1 + filas, csv
        assert "<" not in csv
        assert "No hay" in visible(abrir(navegador, f"{url}?q=999999"))


def test_who_sees_what() -> None:
    persona, empleador = hacer_persona(), hacer_empleador()
    credito = con_credito(persona=persona)
    suya, del_empleador = deber_costas(persona=persona), deber_costas(empleador=empleador)
    paginas = [
        f"{DEUDAS}{suya}/", f"{DEUDAS}{del_empleador}/",
        f"{DEUDAS}personas/{persona.identificacion}/",
    ]  # fmt: skip
    de_creditos = [f"{DEUDAS}creditos/{credito}/",
                   f"{DEUDAS}personas/{persona.identificacion}/creditos/"]  # fmt: skip
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={suya}"
    ven = {
        (rol, provincia): tuple(
            entrar(rol, *provincia, hoy=PAGADO).get(url).status_code
            for url in (*paginas, *de_creditos, acto)
        )
        for rol, provincia in (("AC", ("17",)), ("AC", ("09",)), ("AUD", ()), ("UREC", ()))
    }
    assert ven == {
        ("AC", ("17",)): (200, 200, 200, 404, 404, 404),
        ("AC", ("09",)): (404, 404, 404, 404, 404, 404),
        ("AUD", ()): (200, 200, 200, 200, 200, 404),
        ("UREC", ()): (200, 200, 200, 200, 200, 200),
    }
    assert entrar("AC", "09", hoy=PAGADO).get(
        f"/oficina/buscar/?q={persona.identificacion}"
    ).status_code == 200  # fmt: skip


def test_a_credit_pays_no_debt_of_another_and_an_invented_number_is_nothing() -> None:
    credito = con_credito(empleador=hacer_empleador())
    ajena = deber_costas(empleador=hacer_empleador())
    navegador = entrar("UREC", hoy=PAGADO)
    acto = f"{DEUDAS}creditos/{credito}/compensar/"
    for malo in (str(ajena), "999999", "1 OR 1", "-1", "9" * 30):
        assert navegador.get(f"{acto}?obligacion={malo}").status_code == 404, malo
        assert navegador.post(f"{acto}?obligacion={malo}", {"razon": "x"}).status_code == 404
    assert navegador.get(acto).status_code == 302


def test_the_glosa_of_a_person_names_it_in_the_list_in_its_page_and_in_its_debt() -> None:
    persona = hacer_persona()
    deuda = deber(
        {("MULTA", "GASTOS_ADM"): "40.00"}, clase="MULTA", persona=persona,
        vence=date(2026, 8, 5), materia=("resolucion_de_multa", 4),
    )  # fmt: skip
    entrar_en_mora(fecha=PAGADO, por=SISTEMA)
    emitir_glosas(fecha=PAGADO, por=SISTEMA)
    navegador = entrar("AC", "17", hoy=PAGADO)
    lista = abrir(navegador, "/oficina/cartera/glosas/")
    assert f"{DEUDAS}personas/{persona.identificacion}/" in lista
    assert persona.nombre in visible(lista)
    numero = Glosa.objects.get(persona_id=persona.pk).numero
    glosa = visible(abrir(navegador, f"/oficina/cartera/glosas/{numero}/"))
    assert persona.nombre in glosa
    assert persona.identificacion in glosa
    assert "Por notificar por otro canal" in glosa
    assert "El destinatario no tiene casillero electrónico." in glosa
    casa = abrir(navegador, "/oficina/")
    assert "Glosas por notificar por otro canal" in visible(casa)
    suya = abrir(navegador, "/oficina/cartera/glosas/?estado=no_notificada_electronicamente")
    assert numero in suya
    assert "Glosas por notificar" not in visible(abrir(entrar("AC", "09", hoy=PAGADO), "/oficina/"))
    hoja = visible(abrir(navegador, f"{DEUDAS}{deuda}/"))
    assert f"Glosa {numero}" in hoja
    assert "En glosa" in hoja
    assert entrar("AC", "09", hoy=PAGADO).get(f"{DEUDAS}{deuda}/").status_code == 404


def test_no_employer_reaches_the_debt_of_a_person_and_a_person_no_debt_of_anybody() -> None:
    persona = hacer_persona()
    deber_costas(persona=persona)
    for actor in (
        Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({persona.pk})),
        Actor(id=2, nombre="Nadie", roles=frozenset({"EMP"})),
    ):
        for permiso in Permiso:
            alcance = actor.alcance(permiso)
            assert obligaciones_de_persona(persona.pk, alcance=alcance) == []


def test_the_reason_of_using_a_credit_is_asked_as_obligatory() -> None:
    empleador = hacer_empleador()
    credito = con_credito(8_000, empleador=empleador)
    otra = deber_costas("50.00", empleador=empleador)
    acto = f"{DEUDAS}creditos/{credito}/compensar/?obligacion={otra}"
    html = revisar(entrar("UREC", hoy=PAGADO), acto)
    assert "Quién lo pidió o por qué" in html
    assert "(opcional)" not in html
