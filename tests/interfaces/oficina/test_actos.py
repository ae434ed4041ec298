"""The acts of the office: one act per POST, redirect after, consequences and refusals in words."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.cartera.models import DiaCerrado
from recaudo.domain.contabilidad.queries import libro_cuadra
from recaudo.domain.parametros.models import TasaPublicada
from recaudo.domain.recaudacion.models import CreditoAFavor, Extracto, Pago, ValorPorAplicar
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cargos import un_cargo
from tests.factories.deudas import deber_costas, violaciones
from tests.factories.recaudacion import (
    PAGADO,
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
    importar,
    pago_de,
)
from tests.interfaces.oficina.escena import entrar
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
IMPORTAR = "/oficina/recaudacion/extractos/importar/"
CERRAR = "/oficina/cartera/dias/cerrar/"
REGISTRAR = "/oficina/tasas/registrar/"
TASA = {"periodo": "10/2026", "tasa": "8,99", "fuente": "BCE, 1 de octubre",
        "estado_verificacion": "VERIFICADO"}  # fmt: skip


def _texto(respuesta: HttpResponse, estado: int) -> str:
    texto = respuesta.content.decode()
    assert respuesta.status_code == estado, texto[-1500:]
    assert errores_de_html(texto) == []
    return texto


REVISAR = {"decision": "revisar"}


def _revisar(navegador: Client, acto: str) -> str:
    """Ask what the act would do; reading its page offers only that, and says none of it."""
    leida = _texto(navegador.get(acto), 200)
    assert re.findall(r'name="decision" value="(\w+)"', leida) == ["revisar"]
    assert 'name="razon"' not in leida
    return _texto(navegador.post(acto, REVISAR), 200)


def _subir(navegador: Client, contenido: bytes, **otros: str) -> HttpResponse:
    archivo = SimpleUploadedFile("extracto.xml", contenido, content_type="text/xml")
    datos = {"archivo": archivo, "formato": "camt053", **otros}
    return navegador.post(IMPORTAR, datos)  # type: ignore[return-value]


def _valor(navegador: Client, importe: int, texto: str = "") -> str:
    """Import one line that cites nothing; return the address of the value it leaves."""
    importado = importar(Linea(importe, referencia=f"R{importe}", texto=texto))
    listado = navegador.get("/oficina/recaudacion/valores/").content.decode()
    assert importado.por_identificar == 1
    return (
        "/oficina/recaudacion/valores/"
        + listado.split('href="/oficina/recaudacion/valores/')[-1].split('"')[0]
    )


def test_a_statement_uploaded_by_one_person_is_confirmed_by_another() -> None:
    hacer_cuenta()
    comprobante = hacer_comprobante()
    navegador = entrar("UREC", hoy=PAGADO)
    respuesta = _subir(navegador, extracto_xml(pago_de(comprobante)))
    extracto = Extracto.objects.get()
    ficha = f"/oficina/recaudacion/extractos/{extracto.pk}/"
    assert (respuesta.status_code, respuesta["Location"]) == (302, ficha)
    texto = _texto(navegador.get(ficha), 200)
    assert "Falta que otra persona lo confirme" in texto
    assert "Lo importó usted" in texto
    assert "Ahora no se puede hacer" in _texto(navegador.get(f"{ficha}confirmar/"), 200)
    otra = entrar("UREC", hoy=PAGADO)
    previsto = _texto(otra.get(f"{ficha}confirmar/"), 200)
    assert "$ 216,00" in previsto
    assert otra.post(f"{ficha}confirmar/", {"decision": "prever"}).status_code == 302
    previsto = _texto(otra.get(f"{ficha}confirmar/"), 200)
    assert "Aplicadas: 1 línea, $ 216,00." in previsto
    assert not Pago.objects.exists(), "foreseen, not done"
    hecho = otra.post(f"{ficha}confirmar/", {"decision": "confirmar"})
    assert (hecho.status_code, hecho["Location"]) == (302, ficha)
    assert "entró al libro" in _texto(otra.get(ficha), 200)
    comprobante.refresh_from_db()
    assert comprobante.estado == "depositado"


def test_the_same_file_again_changes_nothing() -> None:
    navegador = entrar("UREC", hoy=PAGADO)
    contenido = extracto_xml(Linea(1000, referencia="R1"))
    primera = _subir(navegador, contenido)
    segunda = _subir(navegador, contenido)
    assert primera["Location"] == segunda["Location"]
    assert Extracto.objects.count() == 1


def test_a_held_statement_says_why_and_is_rejected_with_a_reason() -> None:
    navegador = entrar("UREC", hoy=PAGADO)
    ficha = _subir(navegador, extracto_xml(Linea(1000, referencia="R1")))["Location"]
    assert "La cuenta no está registrada" in _texto(navegador.get(ficha), 200)
    assert "Escriba la razón" in _texto(navegador.post(f"{ficha}rechazar/"), 422)
    assert navegador.post(f"{ficha}rechazar/", {"razon": "No es nuestra"}).status_code == 302
    assert "No es nuestra" in _texto(navegador.get(ficha), 200)


def test_a_line_believed_seen_is_declared_money_of_its_own() -> None:
    importar(Linea(5000))
    importar(contenido=extracto_xml(Linea(5000), mensaje="M2"))
    navegador = entrar("UREC", hoy=PAGADO)
    listado = _texto(navegador.get("/oficina/recaudacion/extractos/por-aclarar/"), 200)
    acto = listado.split('declarar/"')[0].split('href="')[-1] + "declarar/"
    assert "Se cree repetida" in _texto(navegador.get(acto), 200)
    assert navegador.post(acto, {"razon": "Dos depósitos iguales"}).status_code == 302
    assert "No hay líneas por aclarar" in _texto(
        navegador.get("/oficina/recaudacion/extractos/por-aclarar/"), 200
    )
    cuentas = _texto(navegador.get("/oficina/recaudacion/cuentas/"), 200)
    assert "Sin saldo del banco" in cuentas


def test_a_debit_is_explained_by_one_person_and_approved_by_another() -> None:
    linea = un_cargo()
    ficha = f"/oficina/recaudacion/debitos/{linea.pk}/"
    uno, otro = entrar("UREC", hoy=PAGADO), entrar("UREC", hoy=PAGADO)
    assert "Comisión o gasto del banco" in _texto(uno.get(f"{ficha}proponer/"), 200)
    datos = {"que": "COMISION", "razon": "Nota de débito 1"}
    assert uno.post(f"{ficha}proponer/", datos).status_code == 302
    assert "otra persona" in _texto(uno.get(f"{ficha}decidir/"), 200)
    assert uno.post(f"{ficha}decidir/", {"decision": "aprobar"}).status_code == 422
    assert "suben $ 7,77, como gasto" in _texto(otro.get(f"{ficha}decidir/"), 200)
    assert otro.post(f"{ficha}decidir/", {"decision": "aprobar"}).status_code == 302
    listado = _texto(otro.get("/oficina/recaudacion/debitos/"), 200)
    assert "No hay débitos por aclarar" in listado
    assert "Se aclaró" in _texto(otro.get(ficha), 200)


def test_an_account_takes_its_channel_from_the_list() -> None:
    navegador = entrar("DNGF", hoy=PAGADO)
    acto = "/oficina/recaudacion/cuentas/registrar/"
    assert '<option value="JEP">Cooperativa JEP</option>' in _texto(navegador.get(acto), 200)
    datos = {"numero": "77", "banco": "Cooperativa JEP", "canal": "INVENTADO"}
    assert "una opción de la lista" in _texto(navegador.post(acto, datos), 422)
    assert navegador.post(acto, {**datos, "canal": "JEP"}).status_code == 302


def test_a_statement_wrongly_held_is_judged_again_by_another_person() -> None:
    navegador, otra = entrar("UREC", hoy=PAGADO), entrar("UREC", hoy=PAGADO)
    ficha = _subir(navegador, extracto_xml(Linea(1000, referencia="R1")))["Location"]
    assert "Lo importó usted" in _texto(navegador.get(f"{ficha}liberar/"), 200)
    assert "Sigue retenido" in _texto(otra.post(f"{ficha}liberar/", {"razon": "Ya está"}), 422)


def test_a_file_that_is_no_statement_comes_back_with_its_reason_and_nothing_enters() -> None:
    navegador = entrar("UREC", hoy=PAGADO)
    texto = _texto(_subir(navegador, b"<html>no</html>"), 422)
    assert "Hay un problema" in texto
    assert "<title>Error: Importar un extracto" in texto
    assert not Extracto.objects.exists()


def test_a_value_is_applied_to_the_debts_the_officer_chose_and_leaves_its_reason() -> None:
    empleador = hacer_empleador()
    deuda = hacer_deuda(empleador)
    navegador = entrar("UREC", hoy=PAGADO)
    valor = _valor(navegador, 22000, f"PAGO {empleador.ruc}")
    ofrecidas = _texto(navegador.get(f"{valor}?ruc={empleador.ruc}"), 200)
    assert f'name="obligacion" value="{deuda.pk}"' in ofrecidas
    acto = f"{valor}aplicar/?obligacion={deuda.pk}"
    previsto = _revisar(navegador, acto)
    assert "Sobran $ 4,00" in previsto
    assert "quedará pagada" in previsto
    assert not Pago.objects.exists()
    hecho = navegador.post(acto, {"razon": "Lo confirmó por oficio"})
    assert (hecho.status_code, hecho["Location"]) == (302, valor)
    despues = _texto(navegador.get(valor), 200)
    assert "Crédito a favor: $ 4,00." in despues
    assert "Lo confirmó por oficio" in despues
    assert "Aplicarlo a otro" not in despues
    deuda.refresh_from_db()
    assert deuda.estado == "cancelada"
    assert CreditoAFavor.objects.get().importe == Dinero("4.00")
    assert libro_cuadra()


def test_who_comes_second_to_a_value_is_told_that_it_is_resolved_already() -> None:
    empleador = hacer_empleador()
    deuda = hacer_deuda(empleador)
    una, otra = entrar("UREC", hoy=PAGADO), entrar("UREC", hoy=PAGADO)
    valor = _valor(una, 22000, f"PAGO {empleador.ruc}")
    acto = f"{valor}aplicar/?obligacion={deuda.pk}"
    for navegador in (una, otra):
        _revisar(navegador, acto)
    assert una.post(acto, {"razon": "Lo confirmó por oficio"}).status_code == 302
    segunda = otra.post(acto, {"razon": "También lo confirmó"}, follow=True)
    assert "Ese valor ya está resuelto" in segunda.content.decode()
    assert Pago.objects.count() == 1


def test_of_chosen_debts_the_review_says_which_is_paid_and_receives_nothing() -> None:
    empleador = hacer_empleador()
    pagada, debida = (deber_costas("10.00", empleador=empleador) for _ in range(2))
    navegador = entrar("UREC", hoy=PAGADO)
    for importe, deudas, ya in (1_000, [pagada], False), (1_001, [pagada, debida], True):
        valor = _valor(navegador, importe, f"PAGO {empleador.ruc}")
        acto = f"{valor}aplicar/?" + "&".join(f"obligacion={d}" for d in deudas)
        revision = _revisar(navegador, acto)
        assert ("ya está pagada y no recibe nada" in revision) is ya
        navegador.post(acto, {"razon": "Lo confirmó por oficio"})
    assert [a.obligacion_id for a in Pago.objects.latest("id").aplicaciones.all()] == [debida]
    assert violaciones() == {}


def test_a_value_is_applied_to_a_suggested_comprobante() -> None:
    comprobante = hacer_comprobante()
    navegador = entrar("UREC", hoy=PAGADO)
    valor = _valor(navegador, comprobante.importe.centavos)
    texto = _texto(navegador.get(valor), 200)
    assert "Tiene el mismo importe" in texto
    acto = f"{valor}aplicar/?comprobante={comprobante.numero}"
    previsto = _revisar(navegador, acto)
    assert "No sobra nada" in previsto
    assert f"El comprobante {comprobante.numero} quedará depositado" in previsto
    assert navegador.post(acto, {"razon": "Mismo importe y fecha"}).status_code == 302
    comprobante.refresh_from_db()
    assert comprobante.estado == "depositado"
    # Once applied, the act is over: the same POST again goes back and pays nothing more.
    assert navegador.post(acto, {"razon": "Otra vez"})["Location"] == valor
    assert Pago.objects.count() == 1


def test_no_value_is_applied_without_a_reason() -> None:
    deuda = hacer_deuda()
    navegador = entrar("UREC", hoy=PAGADO)
    valor = _valor(navegador, 21600)
    texto = _texto(navegador.post(f"{valor}aplicar/?obligacion={deuda.pk}", {"razon": " "}), 422)
    assert "Escriba la razón de la decisión" in texto
    assert not Pago.objects.exists()


def test_a_planilla_that_the_value_does_not_cover_is_refused_in_the_words_of_the_norm() -> None:
    deuda = hacer_deuda()
    navegador = entrar("UREC", hoy=PAGADO)
    acto = f"{_valor(navegador, 5000)}aplicar/?obligacion={deuda.pk}"
    previsto = _revisar(navegador, acto)
    assert "le faltarían $ 166,00" in previsto
    assert "Aplicar el valor</button>" not in previsto
    texto = _texto(navegador.post(acto, {"razon": "Abono"}), 422)
    assert "no admite abonos" in texto
    assert not Pago.objects.exists()


@pytest.mark.parametrize(
    "consulta", ["", "?comprobante=20260000009999", "?obligacion=999999", "?comprobante=x"]
)
def test_an_application_without_a_real_destination_goes_back_and_says_why(consulta: str) -> None:
    navegador = entrar("UREC", hoy=PAGADO)
    valor = _valor(navegador, 5000)
    respuesta = navegador.get(f"{valor}aplicar/{consulta}", follow=True)
    assert respuesta.redirect_chain == [(valor, 302)]
    assert "aviso--error" in respuesta.content.decode()


def test_days_are_closed_after_saying_what_will_happen_and_being_understood() -> None:
    hacer_deuda()
    navegador = entrar("UCGC", hoy=date(2026, 9, 16))
    assert "hasta hoy, 1 deuda" in _texto(navegador.get(CERRAR), 200)
    sin_marcar = _texto(navegador.post(CERRAR, {"fecha": "16/09/2026"}), 422)
    assert "Marque que entiende" in sin_marcar
    assert not DiaCerrado.objects.exists()
    hecho = navegador.post(CERRAR, {"fecha": "16/09/2026", "confirma": "on"})
    assert hecho["Location"] == "/oficina/cartera/dias/"
    texto = _texto(navegador.get(hecho["Location"]), 200)
    assert "Se cerraron 16 días." in texto
    assert "Entraron en mora: 1." in texto


def test_a_day_that_has_not_come_is_not_closed() -> None:
    navegador = entrar("UCGC", hoy=date(2026, 9, 16))
    texto = _texto(navegador.post(CERRAR, {"fecha": "17/09/2026", "confirma": "on"}), 422)
    assert "un día futuro no se cierra" in texto
    assert not DiaCerrado.objects.exists()


@pytest.mark.parametrize(
    ("campo", "escrito", "frase"),
    [
        ("periodo", "13/2026", "Error:"),
        ("periodo", "", "Ingrese el mes"),
        ("hasta", "09/2026", "El último mes no puede ser anterior al primero"),
        ("tasa", "ocho", "Escriba la tasa como porcentaje"),
        ("tasa", "100", "mayor que 0 y menor que 100"),
        ("tasa", "NaN", "Escriba la tasa como porcentaje"),
        ("estado_verificacion", "DEMO", "Elija una de las opciones"),
    ],
)
def test_a_wrong_rate_comes_back_with_its_sentence(campo: str, escrito: str, frase: str) -> None:
    texto = _texto(entrar("DNRC").post(REGISTRAR, {**TASA, campo: escrito}), 422)
    assert frase in texto
    assert not TasaPublicada.objects.exists()


def test_a_month_that_has_a_rate_takes_no_other() -> None:
    navegador = entrar("DNRC")
    navegador.post(REGISTRAR, TASA)
    texto = _texto(navegador.post(REGISTRAR, {**TASA, "tasa": "9"}), 422)
    assert "Ya hay una tasa registrada para parte de esas fechas" in texto
    assert TasaPublicada.objects.count() == 1


def test_what_the_act_refuses_the_review_refuses_before() -> None:
    """Two employers, debts already paid: one validation, told before there is a button."""
    una, otra = hacer_deuda(), hacer_deuda()
    comprobante = hacer_comprobante(hacer_deuda())
    importar(pago_de(comprobante))
    navegador = entrar("UREC", hoy=PAGADO)
    valor = _valor(navegador, 50000)
    for consulta, frase in (
        (f"obligacion={una.pk}&obligacion={otra.pk}", "son de deudores distintos"),
        (f"comprobante={comprobante.numero}", "ya están pagadas"),
    ):
        acto = f"{valor}aplicar/?{consulta}"
        revision = _revisar(navegador, acto)
        assert frase in revision
        assert "Aplicar el valor</button>" not in revision
        assert frase in _texto(navegador.post(acto, {"razon": "Igual"}), 422)
    assert Pago.objects.count() == 1


def test_a_line_that_cites_another_employer_is_confirmed_and_said() -> None:
    ajeno, deuda = hacer_comprobante(), hacer_deuda()
    dia = date(2026, 9, 9)  # before the comprobante existed: it waits
    importar(Linea(22000, ajeno.numero, "A1", texto="PAGA OTRO", fecha=dia))
    valor = ValorPorAplicar.objects.get().pk
    navegador = entrar("UREC", hoy=PAGADO)
    acto = f"/oficina/recaudacion/valores/{valor}/aplicar/?obligacion={deuda.pk}"
    revision = _revisar(navegador, acto)
    suyo = Empleador.objects.get(pk=ajeno.empleador_id)
    assert f"La línea cita el comprobante {ajeno.numero}, de {suyo.razon_social}" in revision
    assert "El banco dice del pagador: «PAGA OTRO»" in revision
    assert "Confirme que vio a quién cita" in _texto(navegador.post(acto, {"razon": "x"}), 422)
    assert not Pago.objects.exists()
    hecho = navegador.post(acto, {"razon": "Lo probó con el depósito", "confirma": "on"})
    assert hecho.status_code == 302
    assert Pago.objects.get().empleador_id == deuda.empleador_id


def test_a_batch_shows_what_each_value_will_do_and_one_reason_applies_those_left_ticked() -> None:
    uno, dos, tres = (hacer_comprobante() for _ in range(3))
    dia = date(2026, 9, 9)  # before the comprobantes existed: each waits, and cites its own
    importar(*(pago_de(c, fecha=dia) for c in (uno, dos, tres)))
    valores = list(ValorPorAplicar.objects.order_by("id"))
    assert {v.motivo for v in valores} == {"ANTES_DEL_COMPROBANTE"}
    navegador = entrar("UREC", hoy=PAGADO)
    lote = "/oficina/recaudacion/valores/aplicar/?" + "&".join(f"elegido={v.pk}" for v in valores)
    assert "3 valores tienen sugerencia, de 3, por $ 648,00" in _texto(navegador.get(lote), 200)
    revision = _revisar(navegador, lote)
    assert "Se pueden aplicar 3 valores de 3, por $ 648,00" in revision
    assert f"El comprobante {uno.numero}: 1 de 1 deuda pagada" in revision
    assert not Pago.objects.exists()
    quitada = {**REVISAR, "con_marcas": "1", "incluye": [str(v.pk) for v in valores[:2]]}
    menos = _texto(navegador.post(lote, quitada), 200)
    assert "Se pueden aplicar 2 valores de 2, por $ 432,00" in menos
    marcas = re.findall(r'name="incluye" value="(\d+)"( checked)?', menos)
    assert marcas == [(str(v.pk), " checked" if v in valores[:2] else "") for v in valores]
    datos = {
        "con_marcas": "1", "razon": "Cita su comprobante",
        "incluye": [str(v.pk) for v in valores[:2]],
    }  # fmt: skip
    resultado = _texto(navegador.get(navegador.post(lote, datos)["Location"]), 200)
    assert "2 hechos" in resultado
    assert [v.estado for v in ValorPorAplicar.objects.order_by("id")] == [
        "aplicado", "aplicado", "abierto",
    ]  # fmt: skip
