"""What nobody types and somebody sends: values as they travel, and what must never come of them."""

import os
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.roles import ROLES, Territorio
from tests.interfaces.test_fugas import DIA, HOY, Escena, direcciones, representante

PUERTAS: Final = ("extraño", "empleador", "oficina")
#: Other values and other places are tried with another.
SEMILLA: Final = os.environ.get("RECAUDO_SEMILLA", "497")

#: As they travel in an address or in a form, each of another family.
CRUDOS: Final = {
    "nulo": "a%00b", "mando": "%01%0d%0aX:%20y%1b", "no_utf8": "%ff%fe", "media_letra": "%ed%a0%80",
    "largo_de_mas": "%c0%80", "a_medias": "%e2%82", "suelto": "%", "mal_cifrado": "%zz%u0000",
    "derecha": "%e2%80%ae%e2%80%8f1", "invisible": "%e2%80%8b%ef%bb%bf",
}  # fmt: skip
#: As texts.
TEXTOS: Final = {
    "vacio": "", "hueco": " \t\u00a0", "d18": "9" * 18, "d19": "9" * 19, "entero": str(2**63),
    "d20": "1" + "0" * 19, "d4301": "9" * 4301, "negativo": "-1", "cero": "0", "menos_cero": "-0",
    "exponente": "1e9999", "nan": "NaN", "snan": "sNaN", "infinito": "Infinity",
    "ancho": "\uff11\uff12",
    "arabigo": "٣", "superior": "²", "decimal": "1" * 40 + "." + "9" * 40, "hexa": "0x1F",
    "guion_bajo": "1_0", "largo": "a" * 100_000, "no_existe": "31-02-2026",
    "febrero": "31/02/2026", "ceros": "0000-00-00", "fin": "9999-12-31", "fin_aqui": "31/12/9999",
    "principio": "01/01/0001", "diez_mil": "10000-01-01", "mes_13": "2026-13",
    "mes_cero": "2026-00", "mes_ultimo": "9999-12", "mes_primero": "0001-01", "verdad": "true",
    "lista": "[1,2]", "objeto": '{"a":{"$gt":""}}', "sube": "../../../etc/passwd",
    "formula": "=cmd|' /C calc'!A1", "html": "<script>alert(1)</script>", "comillas": "'\"`;--",
    "plantilla": "{{7*7}}{% x %}%s%(a)s{0.__class__}", "comodin": "%_\\", "emoji": "😀" * 50,
    "combinado": "e" + "\u0301" * 500, "cargo": "c9999999999999999999", "letra_sola": "c",
    "ruc": "1790000000001", "menos": "-", "orden": "-no_hay", "orden_doble": "--id", "punto": ".",
    "dirige": "//[mal", "puerto": "http://localhost:99999999/",
}  # fmt: skip
VALORES: Final = CRUDOS | {nombre: quote(texto, safe="") for nombre, texto in TEXTOS.items()}
#: No answer takes longer, whatever was sent.
SEGUNDOS: Final = 5.0
_HUECO: Final = re.compile(r"<(?:\w+:)?\w+>")


class Quebrado(AssertionError):
    """The site broke, or took too long."""


@contextmanager
def juzgar(que: str) -> Iterator[list[Any]]:
    """Judge the answer put in the list: no 5xx, read whole, within its time."""
    respuestas: list[Any] = []
    desde = time.perf_counter()
    try:
        yield respuestas
    except Exception as error:
        roto = f"{que[:300]}: {type(error).__name__}: {str(error)[:200]}"
        raise Quebrado(roto) from error
    for respuesta in respuestas:
        if respuesta.streaming:
            b"".join(respuesta)
        if respuesta.status_code >= 500:
            roto = f"{que[:300]}: {respuesta.status_code}"
            raise Quebrado(roto)
    if (tarda := time.perf_counter() - desde) > SEGUNDOS:
        lento = f"{que[:300]}: {tarda:.1f} s"
        raise Quebrado(lento)


@contextmanager
def deshecho() -> Iterator[None]:
    """Undo what was done inside, whatever it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def con_huecos(ruta: str, llena: str, valor: str) -> Iterator[str]:
    """Yield the address with that value in each of its holes, the others filled as they should."""
    partes, buenas = ruta.split("/"), llena.strip("/").split("/")
    for lugar, parte in enumerate(partes):
        if _HUECO.search(parte):
            cambiadas = [*buenas]
            cambiadas[lugar] = valor
            yield "/" + "/".join(cambiadas) + ("/" if ruta.endswith("/") else "")


class _Formularios(HTMLParser):
    """The forms of a page: method, where to, and fields with what they would send."""

    def __init__(self) -> None:
        super().__init__()
        self.hechos: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        dado = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.hechos.append({"metodo": dado.get("method", "get").lower(),
                                "a": dado.get("action", ""),
                                "archivos": "multipart" in dado.get("enctype", ""),
                                "campos": [], "de_archivo": []})  # fmt: skip
        elif not self.hechos or not dado.get("name"):
            return
        elif dado.get("type") == "file":
            self.hechos[-1]["de_archivo"].append(dado["name"])
        elif tag in {"input", "button", "textarea", "select"}:
            self.hechos[-1]["campos"].append((dado["name"], dado.get("value", "")))


def formularios(html: str) -> list[dict[str, Any]]:
    """Return the forms of a page."""
    lector = _Formularios()
    lector.feed(html)
    return lector.hechos


def enviar(navegador: Client, direccion: str, campos: Sequence[tuple[str, str]]) -> Any:
    """Send a form whose values are written already as they travel."""
    cuerpo = "&".join(f"{quote(c, safe='')}={v}" for c, v in campos)
    return navegador.generic(
        "POST", direccion, cuerpo.encode("ascii"), "application/x-www-form-urlencoded"
    )


def elegir(azar: random.Random, cuantos: int) -> list[tuple[str, str]]:
    """Return some of the values with their names, as the seed says."""
    return azar.sample(sorted(VALORES.items()), cuantos)


def probar(faltas: list[str], que: str, pedir: Callable[[], Any]) -> None:
    """Ask, undo what it did, and note what broke."""
    try:
        with deshecho(), juzgar(que) as respuestas:
            respuestas.append(pedir())
    except Quebrado as quebrado:
        faltas.append(str(quebrado))


def exigir_nada(faltas: list[str]) -> None:
    """Fail with everything that broke, and the seed that repeats it."""
    if faltas:
        pytest.fail(f"RECAUDO_SEMILLA={SEMILLA}\n" + "\n".join(faltas), pytrace=False)


def todos_los_roles() -> Client:
    """Log in somebody who holds every role of the office, those of a province in Pichincha."""
    usuario = Usuario.objects.create_user("9900000017", "Persona de Todo")
    for rol in ROLES.values():
        if not rol.es_externo:
            provincia = "17" if rol.territorio is Territorio.EXIGE_PROVINCIA else ""
            Asignacion.objects.create(
                usuario=usuario, rol=rol.codigo, provincia=provincia, desde=HOY - DIA
            )
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


def visitante(quien: str, escena: Escena) -> tuple[Client, dict[str, str]]:
    """Return a browser of that door, and each route of the door with its address filled."""
    navegador = {"extraño": Client, "oficina": todos_los_roles,
                 "empleador": lambda: representante(escena.quito.empleador)}[quien]()  # fmt: skip
    return navegador, {
        ruta: escena.quito.llenar(ruta, escena.comunes)
        for ruta, _ in direcciones()
        if puerta_de(ruta) == quien and ruta != "salir/"
    }


def puerta_de(ruta: str) -> str:
    """Return who opens that route."""
    if ruta.startswith(("oficina/", "sesiones/")):
        return "oficina"
    return "empleador" if ruta.startswith("empleadores/") else "extraño"
