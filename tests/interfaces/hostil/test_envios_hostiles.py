"""Every form, every kind of body and every header that we read × hostile values: nothing breaks."""

import random
from functools import partial
from typing import Final
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from tests.interfaces.hostil.valores import (
    PUERTAS,
    SEMILLA,
    elegir,
    enviar,
    exigir_nada,
    formularios,
    probar,
    visitante,
)
from tests.interfaces.test_fugas import Escena, escena

pytestmark = pytest.mark.django_db
__all__ = ["escena"]
POR_CAMPO: Final = 6
_PARTES: Final = "multipart/form-data; boundary=X"
_LETRAS: Final = "application/x-www-form-urlencoded"


def _parte(cabeza: bytes, dicho: bytes = b"hola") -> bytes:
    disposicion = b"Content-Disposition: form-data; " + cabeza
    return b"--X\r\n" + disposicion + b"\r\n\r\n" + dicho + b"\r\n--X--\r\n"


#: Names that are no way of writing text, ways that can write half a character, and others.
LETRAS: Final = (
    "base64", "hex", "rot13", "zlib", "undefined", "idna", "punycode", "unicode_escape", "utf-7",
    "raw_unicode_escape", "utf-16", "cp037", "no-hay", "",
)  # fmt: skip
NOMBRES: Final = (
    b'filename="a\x00b.txt"', b"filename*=UTF-8''a%00b.txt", b"filename*=base64''YQ.txt",
    b"filename*=no-hay''a.txt", b"filename*='", b"filename*=unicode_escape''%5Cud800.txt",
    b'filename="../../x.txt"', b'filename="' + b"a" * 5000 + b'.txt"', b'filename="\xff.txt"',
    b'filename=".txt"', b'filename="\xe2\x80\xaetxt.exe.txt"', b'filename="=1+1.txt"',
    b'filename="a&#0;&#xD800;.txt"', b'filename="&#1114112;.txt"', b'filename="a\x01b.txt"',
)  # fmt: skip
_EN_BASE64: Final = b'name="archivo"; filename="a.txt"\r\nContent-Transfer-Encoding: base64'
CUERPOS: Final = {
    **{f"letras {c}": (f"{_PARTES}; charset={c}", _parte(b'name="codigo"', b"\\ud800\\x00+2AA-"))
       for c in LETRAS},
    **{f"letras {c} sin partes": (f"{_LETRAS}; charset={c}", b"codigo=a") for c in LETRAS[:4]},
    **{f"nombre {n[:40]!r}": (_PARTES, _parte(b'name="archivo"; ' + n)) for n in NOMBRES},
    "sin partes": (_PARTES, b""), "cortado": (_PARTES, b"--X\r\nContent-Disp"),
    "sin lindero": ("multipart/form-data", b"x"),
    "lindero vacío": ("multipart/form-data; boundary=", b"x"),
    "lindero largo": ("multipart/form-data; boundary=" + "a" * 500, b"x"),
    "base64": (_PARTES, _parte(_EN_BASE64, b"!!A!=")),
    "campo nulo": (_PARTES, _parte(b'name="a\x00"')),
    "muchos": (_LETRAS, b"a=1&" * 3000),
    "muchos archivos": (_PARTES, _parte(b'name="archivo"; filename="a.txt"')[:-7] * 300),
    "json": ("application/json", b'{"a": NaN' + b"[" * 100_000),
    "octetos": (_LETRAS, bytes(range(256)) * 20),
}  # fmt: skip
#: Headers that we, or what we stand on, read. NUL is the server's to refuse, but in a cookie.
CABECERAS: Final = {
    "HTTP_REFERER": ("http://[mal", "a" * 9000, "http://localhost:99999999/", "é\xff", "//["),
    "HTTP_USER_AGENT": ("", "a" * 9000, "\xff\xfe", "\x1b[31m", "\x80"),
    "HTTP_HOST": ("", "[", "a:b", "x" * 300, "testserver:99999999", "\xf1"),
    "HTTP_X_FORWARDED_FOR": ("1" * 5000, "::ffff:1.2.3.4%eth0", "a,b", "10.0.0.1, " * 1000),
    "HTTP_X_FORWARDED_PROTO": ("https,http", "\xff"),
    "HTTP_RANGE": ("bytes=" + "9" * 5000 + "-", "bytes=-", "bytes=0-0,1-1", "x", "bytes=\xb2-"),
    "HTTP_IF_MODIFIED_SINCE": ("x" * 300, "Thu, 31 Feb 2026 99:99:99 GMT",
                               "Sun, 06 Nov 99999999999999 08:49:37 GMT"),
    "HTTP_IF_NONE_MATCH": ('W/"', "*,*"),
    "HTTP_ACCEPT_LANGUAGE": ("a" * 9000, "es;q=1e999", "-" * 600),
    "HTTP_ACCEPT": ("*/*;q=NaN", "a" * 9000),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=" + "9" * 5000,),
    "HTTP_HX_CURRENT_URL": ("http://[mal", "%ff", "http://localhost:99999999/"),
    "HTTP_X_REQUEST_ID": ("a" * 9000, "=1+1"),
    "HTTP_ORIGIN": ("http://[mal", "null"), "HTTP_X_CSRFTOKEN": ("\xf1",),
    "CONTENT_TYPE": ("text/plain; charset=base64", "multipart/form-data", ";;=", "a" * 9000),
    "CONTENT_LENGTH": ("-1", "x", "9" * 5000, "\xb2"),
}  # fmt: skip
GALLETAS: Final = ('"\\000"', "%00", '"\\377\\012"', "a" * 9000, "[[", "\xff", "", "=;=;,")
DE_PORTADA: Final = {
    "extraño": ("", "entrar/", "api/v1/openapi.json", "verificar/<str:codigo>/"),
    "empleador": ("empleadores/<str:ruc>/", "empleadores/<str:ruc>/planillas/",
                  "empleadores/<str:ruc>/notificaciones/<int:notificacion_id>/"),
    "oficina": ("oficina/", "oficina/recaudacion/valores/"),
}  # fmt: skip


@pytest.mark.parametrize("quien", PUERTAS)
def test_no_field_of_a_form_breaks(escena: Escena, quien: str) -> None:
    navegador, rutas = visitante(quien, escena)
    azar, faltas, vistos = random.Random(f"{SEMILLA} {quien}"), list[str](), set[str]()
    for ruta, llena in rutas.items():
        respuesta = navegador.get(llena)
        html = "" if respuesta.streaming else respuesta.content.decode("utf-8", "replace")
        for formulario in formularios(html):
            destino = formulario["a"] or llena
            if formulario["metodo"] != "post" or destino == "/salir/":
                continue
            vistos.add(destino)
            campos = [(c, quote(v)) for c, v in formulario["campos"] if c != "csrfmiddlewaretoken"]
            for lugar, (campo, _) in enumerate(campos):
                for clave, valor in elegir(azar, POR_CAMPO):
                    dichos = [*campos[:lugar], (campo, valor), *campos[lugar + 1 :]]
                    que = f"POST {ruta} {campo} [{clave}]"
                    probar(faltas, que, partial(enviar, navegador, destino, dichos))
            for clave, valor in elegir(azar, POR_CAMPO):
                dichos = [(c, valor) for c, _ in campos] * 2
                probar(
                    faltas, f"POST {ruta} [{clave}]", partial(enviar, navegador, destino, dichos)
                )
    assert vistos, "there are forms"
    exigir_nada(faltas)


@pytest.mark.parametrize("quien", PUERTAS)
def test_no_body_breaks(escena: Escena, quien: str) -> None:
    navegador, rutas = visitante(quien, escena)
    faltas, reciben = list[str](), 0
    for ruta, llena in rutas.items():
        if navegador.options(llena).status_code == 405 and "POST" not in navegador.put(llena).get(
            "Allow", "POST"
        ):
            continue
        reciben += 1
        for clave, (tipo, cuerpo) in CUERPOS.items():
            pedir = partial(navegador.generic, "POST", llena, cuerpo, tipo)
            probar(faltas, f"POST {ruta} {clave}", pedir)
    assert reciben, "some take what is sent"
    exigir_nada(faltas)


@pytest.mark.parametrize("quien", PUERTAS)
def test_no_header_and_no_cookie_breaks(escena: Escena, quien: str) -> None:
    navegador, rutas = visitante(quien, escena)
    faltas = list[str]()
    for ruta in DE_PORTADA[quien]:
        for nombre, valores in CABECERAS.items():
            for valor in valores:
                for metodo in ("GET", "POST"):
                    pedir = partial(navegador.generic, metodo, rutas[ruta], **{nombre: valor})
                    probar(faltas, f"{metodo} {ruta} {nombre}={valor[:40]!r}", pedir)
        for nombre in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages",
                       "empleador", settings.GALLETA_DE_APARATO):  # fmt: skip
            for valor in GALLETAS:
                probar(faltas, f"GET {ruta} {nombre}={valor[:40]}",
                       partial(_con_galleta, navegador, rutas[ruta], nombre, valor))  # fmt: skip
    exigir_nada(faltas)


def _con_galleta(navegador: Client, direccion: str, nombre: str, valor: str) -> object:
    """Ask with the cookies of the browser and that one, written as it travels."""
    otras = [f"{k}={m.value}" for k, m in navegador.cookies.items() if k != nombre]
    ajeno = Client()
    return ajeno.get(direccion, headers={"cookie": "; ".join([*otras, f"{nombre}={valor}"])})
