"""The API door: the law's own answers, one shape of refusal, and no status outside its contract."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.infra import clock
from recaudo.infra.documents.congelado import anular_documento
from recaudo.infra.documents.models import Documento
from recaudo.interfaces.api.urls import publicas, urlpatterns
from recaudo.interfaces.api.views import indice
from recaudo.interfaces.vista.puertas import es_publica
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.norma.aportes.aporte import calcular_aporte
from recaudo.norma.mora.interes import calcular_interes
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import contar_termino
from recaudo.norma.plazos.vencimiento import vencimiento_de_planilla
from tests.factories.documentos import PRUEBA, congelar_uno, un_acto
from tests.navegador.comprobaciones import errores_de_html

pytestmark = pytest.mark.django_db
HOY = date(2026, 10, 16)
APORTE = {"regimen": "PRIVADO", "periodo": "2026-01", "base": "482.00"}
INTERES = {"capital": "1000.00", "vencimiento": "2026-06-15", "corte": "2026-06-25"}
TERMINO = {"notificado": "2026-11-20", "dias": "8", "canton": "0901"}
VENCIMIENTO = {"periodo": "2026-09"}


@pytest.fixture
def documento(db: None) -> Documento:
    clock.fijar_fecha_simulada(HOY)
    return congelar_uno(valido_hasta=HOY)


def pedir(operacion: str, **parametros: str) -> tuple[int, Any]:
    """Ask the door and return status and body."""
    respuesta = Client().get(f"/api/v1/{operacion}", parametros)
    return respuesta.status_code, respuesta.json()


def rechazo(operacion: str, estado: int, **parametros: str) -> dict[str, str]:
    """Ask for something wrong and return its refusal, which has the one shape there is."""
    dado, cuerpo = pedir(operacion, **parametros)
    assert dado == estado, cuerpo
    assert cuerpo.keys() == {"rechazo"}
    motivo: dict[str, str] = cuerpo["rechazo"]
    assert motivo.keys() == {"codigo", "mensaje", "norma", "campo"}
    assert motivo["mensaje"].endswith(".")
    return motivo


def test_the_contribution_is_the_law_s_own_with_its_reasons() -> None:
    estado, cuerpo = pedir("calculadoras/aporte", **APORTE, tipo_empleador="PRIV_SOCIEDAD")
    ley = calcular_aporte(
        regimen="PRIVADO", periodo=Periodo(2026, 1), base=Dinero("482.00"),
        tipo_empleador="PRIV_SOCIEDAD", parametros=cargar_parametros(),
    )  # fmt: skip
    assert estado == 200
    assert (cuerpo["total"], cuerpo["personal"], cuerpo["ccc"]) == ("99.29", "45.55", "4.82")
    assert cuerpo["patronal"] == str(ley.patronal)
    assert cuerpo["distribucion"] == {s: str(v) for s, v in ley.distribucion.items()}
    assert cuerpo["traza"] == ley.traza.como_lista()
    assert cuerpo["estado_verificacion"] == ley.estado_verificacion


def test_the_interest_is_the_law_s_own() -> None:
    estado, cuerpo = pedir("calculadoras/interes", **INTERES, tasa_maxima="9.33")
    assert estado == 200
    # LSS art. 89: 1 000 × 13,33 % × 10 / 365.
    assert (cuerpo["interes"], cuerpo["dias"], cuerpo["tasa"]) == ("3.65", 10, "13.33")
    assert "LSS art. 89" in json.dumps(cuerpo["traza"], ensure_ascii=False)
    publicada = calcular_interes(
        capital=Dinero("1000.00"), vencimiento=date(2026, 6, 15), corte=date(2026, 6, 25),
        parametros=cargar_parametros(),
    )  # fmt: skip
    assert pedir("calculadoras/interes", **INTERES)[1]["interes"] == str(publicada.interes)


def test_the_termino_is_counted_day_by_day_as_the_law_does() -> None:
    estado, cuerpo = pedir("calculadoras/termino", **TERMINO)
    ley = contar_termino(
        notificado=date(2026, 11, 20), dias=8, cantones=frozenset({"0901"}),
        calendario=cargar_calendario(),
    )  # fmt: skip
    assert estado == 200
    assert cuerpo["vence"] == ley.vence.isoformat()
    assert cuerpo["habiles"] == [d.isoformat() for d in ley.habiles]
    assert len(cuerpo["inhabiles"]) == len(ley.inhabiles)
    assert cuerpo["calendario_version"] == ley.calendario_version


def test_the_due_date_is_the_law_s_own() -> None:
    estado, cuerpo = pedir("calculadoras/vencimiento", **VENCIMIENTO)
    ley = vencimiento_de_planilla(Periodo(2026, 9), cargar_calendario(), cargar_parametros())
    assert (estado, cuerpo["vence"]) == (200, ley.fecha.isoformat())
    assert cuerpo["traza"] == ley.traza.como_lista()


@pytest.mark.parametrize(
    ("operacion", "parametros", "campo"),
    [
        ("aporte", {**APORTE, "base": "482,00"}, "base"),
        ("aporte", {**APORTE, "base": "-1"}, "base"),
        ("aporte", {**APORTE, "base": "1e3"}, "base"),
        ("aporte", {**APORTE, "base": "٤٨٢"}, "base"),
        ("aporte", {**APORTE, "base": "9" * 13}, "base"),
        ("aporte", {**APORTE, "regimen": "OTRO"}, "regimen"),
        ("aporte", {**APORTE, "tipo_empleador": "OTRO"}, "tipo_empleador"),
        ("aporte", {**APORTE, "periodo": "2026-13"}, "periodo"),
        ("aporte", {**APORTE, "periodo": "0001-01"}, "periodo"),
        ("interes", {**INTERES, "corte": "2026-02-30"}, "corte"),
        ("interes", {**INTERES, "corte": "20260601"}, "corte"),
        ("interes", {**INTERES, "corte": "9999-12-31"}, "corte"),
        ("interes", {**INTERES, "tasa_maxima": "101"}, "tasa_maxima"),
        ("interes", {**INTERES, "modo": "COMPUESTO"}, "modo"),
        ("interes", {**INTERES, "concepto": "A B"}, "concepto"),
        ("termino", {**TERMINO, "dias": "1001"}, "dias"),
        ("termino", {**TERMINO, "dias": "ocho"}, "dias"),
        ("termino", {**TERMINO, "canton": "9999"}, "canton"),
        ("vencimiento", {}, "periodo"),
        ("vencimiento", {**VENCIMIENTO, "mes": "2026-09"}, "mes"),
    ],
)
def test_what_cannot_be_read_is_400_and_names_the_parameter(
    operacion: str, parametros: dict[str, str], campo: str
) -> None:
    motivo = rechazo(f"calculadoras/{operacion}", 400, **parametros)
    assert (motivo["codigo"], motivo["campo"]) == ("ENTRADA_ILEGIBLE", campo)
    assert motivo["mensaje"].startswith(f"{campo}: ")


def test_a_misspelled_parameter_is_not_ignored_in_silence() -> None:
    motivo = rechazo("calculadoras/interes", 400, **INTERES, tasa="9.33")
    assert motivo["campo"] == "tasa"
    assert "tasa_maxima" in motivo["mensaje"]


def test_the_same_parameter_twice_is_asked_back() -> None:
    respuesta = Client().get("/api/v1/calculadoras/vencimiento?periodo=2026-09&periodo=2026-10")
    assert respuesta.status_code == 400
    assert "2 veces" in respuesta.json()["rechazo"]["mensaje"]


@pytest.mark.parametrize(
    ("operacion", "parametros", "codigo"),
    [
        ("aporte", {**APORTE, "periodo": "2005-01"}, "SIN_DATOS"),
        ("aporte", {**APORTE, "regimen": "CLERO_SECULAR"}, "SIN_DATOS"),
        ("interes", {**INTERES, "corte": "2026-08-20"}, "TASA_SIN_DATOS"),
        ("interes", {**INTERES, "concepto": "REGALO"}, "CONCEPTO_SIN_INTERES"),
        ("termino", {**TERMINO, "dias": "0"}, "DIAS_DE_TERMINO_FUERA_DE_RANGO"),
        ("vencimiento", {"periodo": "1990-01"}, "SIN_DATOS"),
    ],
)
def test_what_the_law_refuses_is_422_with_its_code(
    operacion: str, parametros: dict[str, str], codigo: str
) -> None:
    motivo = rechazo(f"calculadoras/{operacion}", 422, **parametros)
    assert (motivo["codigo"], motivo["campo"]) == (codigo, "")


def test_a_document_is_told_without_telling_whose_it_is(documento: Documento) -> None:
    con_guiones = "-".join(documento.codigo[n : n + 4] for n in (0, 4, 8)).lower()
    estado, cuerpo = pedir(f"verificar/{con_guiones}")
    assert (estado, cuerpo["numero"], cuerpo["estado"]) == (200, documento.numero, "vigente")
    assert cuerpo["titular"] == "C••• Ñ••• S•••"
    assert "andú" not in json.dumps(cuerpo, ensure_ascii=False)
    assert cuerpo["sha256"] is None


def test_a_document_whose_date_passed_is_vencido(documento: Documento) -> None:
    clock.fijar_fecha_simulada(date(2026, 10, 17))
    assert pedir(f"verificar/{documento.codigo}")[1]["estado"] == "vencido"


def test_an_annulled_document_says_so_even_after_its_date(documento: Documento) -> None:
    with un_acto() as a:
        anular_documento(acto=a, documento_id=documento.pk, motivo="Prueba")
    clock.fijar_fecha_simulada(date(2026, 10, 17))
    cuerpo = pedir(f"verificar/{documento.codigo}")[1]
    assert cuerpo["estado"] == "anulado"
    assert (cuerpo["explicacion"], cuerpo["dejo_de_valer_el"]) == (PRUEBA.anulado, "2026-10-16")


@pytest.mark.parametrize("codigo", ["K7QM2XHRW9TD", "corto", "%00", "ñ" * 12, "../x"])
def test_a_code_of_nothing_is_404(codigo: str) -> None:
    if "/" in codigo:
        assert Client().get(f"/api/v1/verificar/{codigo}").status_code == 404
    else:
        assert rechazo(f"verificar/{codigo}", 404)["codigo"] == "DOCUMENTO_NO_ENCONTRADO"


def _contrato() -> dict[str, Any]:
    cuerpo: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return cuerpo


def _estados() -> Iterator[tuple[str, int]]:
    for direccion, metodos in _contrato()["paths"].items():
        assert list(metodos) == ["get"]
        yield from ((direccion, int(estado)) for estado in metodos["get"]["responses"])


def test_every_documented_status_is_reached(documento: Documento) -> None:
    buenos = {"aporte": APORTE, "interes": INTERES, "termino": TERMINO, "vencimiento": VENCIMIENTO}
    negados = {
        "aporte": {**APORTE, "periodo": "2005-01"},
        "interes": {**INTERES, "corte": "2026-08-20"},
        "termino": {**TERMINO, "dias": "0"},
        "vencimiento": {"periodo": "1990-01"},
    }
    vistos = {
        (f"/api/v1/calculadoras/{nombre}", pedir(f"calculadoras/{nombre}", **parametros)[0])
        for casos in (buenos, negados, {nombre: {} for nombre in buenos})
        for nombre, parametros in casos.items()
    }
    vistos |= {
        ("/api/v1/verificar/{codigo}", pedir(f"verificar/{codigo}")[0])
        for codigo in (documento.codigo, "nada")
    }
    assert vistos == set(_estados())


_PARAMETROS = sorted({*APORTE, *INTERES, *TERMINO, "tipo_empleador", "tasa_maxima", "modo", "otro"})
_SUELTOS = st.text(max_size=14) | st.sampled_from(
    [
        *(APORTE | INTERES | TERMINO | VENCIMIENTO).values(),
        *("PUBLICO", "TNRH", "DOMESTICO", "POR_TRAMOS", "1900-01-01", "2199-12-31", "2199-12"),
        *("0", "0.00", "999999999999.99", "1000", "100", "NaN", "1_0", "\0", "2026-06"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(
    operacion=st.sampled_from(["aporte", "interes", "termino", "vencimiento"]),
    buenos=st.booleans(),
    sueltos=st.lists(st.tuples(st.sampled_from(_PARAMETROS), _SUELTOS), max_size=5),
)
def test_no_address_gets_an_answer_outside_the_contract(
    db: None, *, operacion: str, buenos: bool, sueltos: list[tuple[str, str]]
) -> None:
    base = {"aporte": APORTE, "interes": INTERES, "termino": TERMINO, "vencimiento": VENCIMIENTO}
    parametros = (base[operacion] if buenos else {}) | dict(sueltos)
    consulta = urlencode(parametros, errors="replace")
    respuesta = Client().get(f"/api/v1/calculadoras/{operacion}?{consulta}")
    assert respuesta.status_code in {200, 400, 422}
    assert ("rechazo" in respuesta.json()) is (respuesta.status_code != 200)


@pytest.mark.parametrize(
    "consulta", ["%", "base=%ff", "a[]=1", "=", "&&", "=1", "?periodo=2026-09"]
)
def test_a_malformed_query_is_a_refusal(consulta: str) -> None:
    respuesta = Client().get(f"/api/v1/calculadoras/vencimiento?{consulta}")
    assert respuesta.status_code == 400
    assert "rechazo" in respuesta.json()


def test_only_reading_is_possible() -> None:
    assert Client().post("/api/v1/calculadoras/vencimiento").status_code == 405
    assert Client().delete("/api/v1/verificar/x").status_code == 405


def test_every_address_declares_its_door_and_the_library_s_own_pages_are_not_there() -> None:
    assert [str(p.pattern) for p in urlpatterns if not es_publica(p.callback)] == []
    assert [p.callback.__module__ for p in urlpatterns if str(p.pattern) == ""] == [
        indice.__module__
    ]
    assert "openapi-view" not in {p.name for p in urlpatterns}


def test_an_address_that_declares_no_door_would_send_a_stranger_to_the_login() -> None:
    def vista(_request: Any) -> None: ...

    sin_puerta = path("x", vista, name="x")
    assert not es_publica(sin_puerta.callback)
    publicas([sin_puerta])
    assert es_publica(sin_puerta.callback)


def test_the_contract_describes_every_parameter_and_the_one_shape_of_refusal() -> None:
    contrato = _contrato()
    for metodos in contrato["paths"].values():
        datos = metodos["get"]
        assert datos["summary"]
        for estado, respuesta in datos["responses"].items():
            esquema = respuesta["content"]["application/json"]["schema"]["$ref"]
            assert (esquema == "#/components/schemas/Rechazo") is (estado != "200")
        for p in datos["parameters"]:
            descrito = p["schema"].get("description") or p.get("description")
            assert descrito or p["name"] == "codigo"
    assert "number" not in json.dumps(contrato)


def test_the_page_lists_every_operation_in_the_look_of_the_site_with_nothing_from_outside() -> None:
    respuesta = Client().get("/api/v1/")
    html = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert errores_de_html(html) == []
    assert "<c-" not in html
    assert "https://" not in html
    for direccion in _contrato()["paths"]:
        assert f"GET {direccion}" in html
    assert "'none'" in respuesta["Content-Security-Policy"]
