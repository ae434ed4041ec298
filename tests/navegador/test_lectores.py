"""The readers of the walk see what they must in a page, and nothing in what is well said."""

import pytest

from tests.navegador.contenido import faltas_de_contenido
from tests.navegador.visitante import Respuesta, anclas_rotas, esqueleto, vinculos_de


@pytest.mark.parametrize(
    ("dicho", "regla"),
    [
        ("Norma: R-COM-02.", "código de una regla nuestra"),
        ("dias_no_laborados", "nombre de programa"),
        ("AFILIADO_NO_ACTIVO", "clave en mayúsculas"),
        ("Válido hasta 2026-11-16.", "fecha sin traducir"),
        ("Período 2026-11", "mes sin traducir"),
        ("Recibido 10:42 UTC", "hora de otro lugar"),
        ("Según cartera-coactiva.md", "archivo de nuestras normas"),
        ("Glosa cancelada", "cancelar quiere decir pagar"),
        ("2 filas", "se dice línea"),
        ("1 líneas", "una sola, en plural"),
        ("12 planilla", "varias, en singular"),
        ("None", "valor vacío de programa"),
        ("8.25 %", "decimal sin traducir"),
    ],
)
def test_the_eye_for_words_sees_each_thing(dicho: str, regla: str) -> None:
    assert [f.partition(":")[0] for f in faltas_de_contenido(f"<p>{dicho}</p>")] == [regla]


@pytest.mark.parametrize(
    "dicho",
    [
        "extracto-2026-10-08.xml", "Glosa 17-2026-000123", "1 línea, 2 líneas, 1 mes, 21 planillas",
        "2101.GASTOS_ADM", "$ 1.234,50 y 8,25 %", "1 más", "Calle 1 de Mayo",
    ],
)  # fmt: skip
def test_the_eye_for_words_lets_pass_what_is_well_said(dicho: str) -> None:
    assert faltas_de_contenido(f"<p>{dicho}</p>") == []


def test_the_reader_of_links_sees_what_is_broken() -> None:
    html = (
        "<body><a href='/planillas/?orden=total#tabla'>x</a><img src='/static/x.png'>"
        "<main><a href='#aqui'>a</a><a href='#no-esta'>b</a><p id='aqui' class='suave'>c</p></main>"
        "<footer class='pie'></footer>"
    )
    leida = Respuesta("http://sitio.example/inicio/", 200, "text/html", html.encode(), "")

    assert anclas_rotas(leida) == ["#no-esta"]
    assert {v.url for v in vinculos_de(leida)} == {
        "http://sitio.example/planillas/?orden=total",
        "http://sitio.example/static/x.png",
        "http://sitio.example/inicio/",
    }
    assert esqueleto(leida) == {"main.", "a.", "p.suave"}


def test_the_reader_of_links_ticks_the_first_box_of_a_form_that_only_asks() -> None:
    html = (
        "<main><input type='checkbox' name='elegido' value='3' form='lote'>"
        "<input type='checkbox' name='elegido' value='4' form='lote'>"
        "<form method='get' id='lote' action='/decidir/'></form>"
        "<form method='get' action='/revisar/'><input type='checkbox' name='que' value='a'></form>"
        "<form method='post' action='/hacer/'><input type='checkbox' name='x' value='y'></form>"
    )
    leida = Respuesta("http://sitio.example/lista/", 200, "text/html", html.encode(), "")
    assert {v.url for v in vinculos_de(leida)} == {
        "http://sitio.example/decidir/?elegido=3",
        "http://sitio.example/revisar/?que=a",
    }
