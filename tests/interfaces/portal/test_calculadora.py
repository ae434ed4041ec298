"""The public calculator: the same figures as the law's own functions, shareable, no database."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from recaudo.interfaces.portal.calculadora.calculos import CALCULOS
from recaudo.interfaces.vista.trazas import fechas_legibles, legible
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from recaudo.kernel.reasons import PasoTraza, Traza
from recaudo.norma.aportes.aporte import calcular_aporte
from recaudo.norma.parametros import cargar_parametros
from tests.interfaces.portal.conftest import leer

PREGUNTAS = {
    "aporte": {
        "periodo": "2026-09", "base": "482,00", "regimen": "PRIVADO",
        "tipo_empleador": "DOMESTICO",
    },
    "fondo-de-reserva": {"periodo": "2026-09", "base": "1.234,50"},
    "base": {"sueldo": "600", "dias": "15", "extras": "20.50"},
    "interes": {
        "capital": "1000", "vencimiento": "15/09/2026", "corte": "20/11/2026", "tasa_maxima": "9,33"
    },
    "termino": {"notificado": "28/10/2026", "dias": "8", "canton": "0101"},
    "vencimiento": {"periodo": "2026-09"},
}  # fmt: skip
RESPUESTAS = {
    "aporte": ("$ 99,29", "LSS art. 15"),  # 482.00 × 20.60 % = 99.292
    "fondo-de-reserva": ("$ 102,83", "Código del Trabajo art. 196"),  # 1234.50 × 8.33 %
    "base": ("$ 320,50", "LSS art. 15"),  # 600 × 15 / 30 + 20.50
    "interes": ("$ 24,10", "LSS art. 89"),  # 1000 × 13.33 % × 66 / 365 = 24.104
    "termino": ("miércoles 11 de noviembre de 2026", "COA art. 158"),
    "vencimiento": ("jueves 15 de octubre de 2026", "LSS art. 73"),
}


def pedir(clave: str, **cambios: str) -> object:
    datos = PREGUNTAS[clave] | cambios
    return Client().get(f"/calculadora/{clave}/?{urlencode(datos)}")


def test_the_index_offers_every_calculation(db: None) -> None:
    html = leer(Client().get("/calculadora/"))
    assert set(CALCULOS) == set(PREGUNTAS), "a new calculation needs its golden answer here"
    for clave in CALCULOS:
        assert f'href="/calculadora/{clave}/"' in html


@pytest.mark.parametrize("clave", sorted(PREGUNTAS))
def test_each_calculation_answers_with_its_figure_and_its_article(db: None, clave: str) -> None:
    vacia = leer(Client().get(f"/calculadora/{clave}/"))
    html = leer(pedir(clave))
    for parte in RESPUESTAS[clave]:
        assert parte in html
    assert "Para compartir este cálculo" in html
    assert "Para compartir este cálculo" not in vacia


def test_the_page_says_what_the_law_says_to_the_cent(db: None) -> None:
    r = calcular_aporte(
        regimen="PRIVADO", periodo=Periodo(2026, 9), base=Dinero("482.00"),
        tipo_empleador="PRIV_SOCIEDAD", parametros=cargar_parametros(),
    )  # fmt: skip
    html = leer(pedir("aporte", tipo_empleador="PRIV_SOCIEDAD"))
    for importe in (r.personal, r.patronal, r.ccc, *(v for v in r.distribucion.values() if v)):
        assert importe.formato() in html


@pytest.mark.parametrize("clave", sorted(PREGUNTAS))
def test_an_empty_question_is_asked_back(db: None, clave: str) -> None:
    html = leer(Client().get(f"/calculadora/{clave}/?x=1"), estado=422)
    assert "Hay un problema" in html


@pytest.mark.parametrize(
    ("clave", "cambio", "frase"),
    [
        ("aporte", {"base": "1.234"}, "puede leerse de dos maneras"),
        ("aporte", {"periodo": "2026-13"}, "no existe"),
        ("aporte", {"regimen": "NINGUNO"}, ""),
        ("base", {"dias": "31"}, "van de 0 a 30"),
        ("base", {"dias": "quince"}, "Escriba los días con números"),
        ("interes", {"tasa_maxima": "ciento"}, "Escriba la tasa como porcentaje"),
        ("interes", {"tasa_maxima": "", "corte": "20/11/2150"}, ""),
        ("interes", {"vencimiento": "31/02/2026"}, "febrero de 2026 tiene 28 días"),
        ("termino", {"dias": "0"}, "El término tiene 1 día o más"),
        ("termino", {"notificado": "31/12/9999"}, ""),
        ("vencimiento", {"periodo": "9999-12"}, ""),
        ("vencimiento", {"periodo": "1900-01"}, ""),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_a_sentence(
    db: None, clave: str, cambio: dict[str, str], frase: str
) -> None:
    html = leer(pedir(clave, **cambio), estado=422)
    assert "Hay un problema" in html
    assert frase in html


def test_a_calculation_that_does_not_exist_is_a_missing_page(db: None) -> None:
    leer(Client().get("/calculadora/loteria/"), estado=404)


def test_the_steps_are_written_as_ecuador_writes_them_and_never_changed() -> None:
    traza = (
        Traza()
        .mas("Total = 482.00 × 20.60 %, redondeado", "99.29", "Decisión de diseño R-BAS-20")
        .mas("Días del 2026-09-16 al 2026-11-20", 66, "LSS art. 89")
        .mas("Modo", "TASA_A_LA_LIQUIDACION", "C.D. 497 2.3.2.1 e)")
        .mas("Calendario", "469ff521f7df", "")
        .mas("Corte", date(2026, 11, 20).isoformat(), "")
    )
    pasos = legible(traza)
    assert [p["paso"] for p in pasos][:2] == [
        "Total = 482,00 × 20,60 %, redondeado", "Días del 16/09/2026 al 20/11/2026"
    ]  # fmt: skip
    assert [p["valor"] for p in pasos] == [
        "$ 99,29", "66", "Tasa a la liquidación", "20/11/2026"
    ], "the version of the calendar is for machines"  # fmt: skip
    assert [p["norma"] for p in pasos] == [
        "Criterio de cálculo de este sistema", "LSS art. 89", "C.D. 497 2.3.2.1 e)", ""
    ], "only the codes of our own rules go"  # fmt: skip


def test_in_a_sentence_only_the_dates_are_rewritten() -> None:
    frase = "Se generó el comprobante 20260000009644 por $ 1.383,90, válido hasta 2026-11-16."
    assert fechas_legibles(frase).endswith("por $ 1.383,90, válido hasta 16/11/2026.")
    assert legible([PasoTraza("Total $ 1.383,90 de 3.400", "x", "")])[0]["paso"].startswith(
        "Total $ 1.383,90"
    )


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("Régimen PRIVADO, período 2026-08: tasa total",
         "Régimen «Relación de dependencia privada», período agosto de 2026: tasa total"),
        ("Distribución a IVM: 10.96 puntos",
         "Distribución a Invalidez, vejez y muerte: 10,96 puntos"),
        ("Contribución CCC del IECE", "Contribución CCC del IECE"),
        ("Del 2026-08-01 al 2026-08-31", "Del 01/08/2026 al 31/08/2026"),
        ("Resolución 2026-13, tabla 12-2026-08", "Resolución 2026-13, tabla 12-2026-08"),
    ],
)  # fmt: skip
def test_a_step_says_codes_and_months_in_words_and_leaves_the_rest(
    escrito: str, leido: str
) -> None:
    (paso,) = legible(Traza().mas(escrito, Dinero("1.00"), "LSS art. 73"))
    assert paso["paso"] == leido
