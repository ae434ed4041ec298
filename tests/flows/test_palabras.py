"""Every page that the people of the demonstration reach speaks in words: no code, no key."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from recaudo.ensayo.demostracion.usuarios import PERSONAS
from recaudo.infra.security.models import Usuario
from recaudo.infra.solo_lectura import permitir_escribir
from tests.factories.demostracion import libro_aparte

#: Pages are the same whatever the version of PostgreSQL.
pytestmark = [pytest.mark.servidor, pytest.mark.una_version]
CRUDOS = {
    "code": re.compile(r"(?<![\w.])[A-Z]{2,}(?:_[A-Z]+)+\b"),
    "ISO date": re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-]|\.\w)"),
    "ISO month": re.compile(r"(?<![\w/.-])(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?![\w-]|\.\w)"),
    "parameter": re.compile(r"(?<![\w/@.-])[a-z_]{3,}(?:\.[a-z_]{3,}){1,4}(?![\w/@])"),
    "hash": re.compile(r"(?<!\w)(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}(?!\w)"),
    "decimal point": re.compile(r"\d\.\d+ ?%|\$ ?\d+\.\d\d(?!\d)"),
    "format": re.compile(r"camt05\d"),
    #: A debt, a payment or a fact is told by what it is and when; its number goes after «N.º».
    "key": re.compile(
        r"\b(?:[Dd]eudas?|[Oo]bligaci(?:ón|ones)|[Pp]agos?|[Hh]echos?) \d{1,9}(?![\d/]|[.,]\d)"
    ),
}
#: What is there to be verified or typed as it is; names of files; what somebody wrote as a source.
_APARTE = re.compile(
    r"<(?:code|script|option|textarea)\b.*?</(?:code|script|option|textarea)>"
    r'|<span class="codigo">.*?</span>|<td data-columna="(?:Fuente|Huella|Sello)[^>]*>.*?</td>',
    re.DOTALL,
)
_ARCHIVO = re.compile(r"[\w-]+\.(?:txt|xml|pdf|csv|ods)\b|\S+@\S+|\S*/\S*\.\S*")
_POR_CLASE = 2


def crudos(pagina: str) -> list[tuple[str, str]]:
    """Return the codes that the content of a page shows, with their kind."""
    contenido = pagina.partition("<main")[2].partition("</main")[0]
    texto = html.unescape(re.sub(r"<[^>]+>", " ", _APARTE.sub(" ", contenido)))
    texto = _ARCHIVO.sub(" ", texto)
    return [(clase, hallado[0]) for clase, p in CRUDOS.items() for hallado in p.finditer(texto)]


def _paginas(navegador: Client) -> Iterator[tuple[str, str]]:
    """Walk from the homes, a few pages of each kind, and give each with its address."""
    cola, vistas, de_su_clase = ["/", "/oficina/", "/calculadora/", "/verificar/"], set(), Counter()
    while cola:
        direccion = cola.pop(0)
        clase = re.sub(r"\d+", "N", urlsplit(direccion).path)
        if direccion in vistas or de_su_clase[clase] >= _POR_CLASE:
            continue
        vistas.add(direccion)
        de_su_clase[clase] += 1
        respuesta: Any = navegador.get(direccion, follow=True)
        if "html" not in respuesta.get("Content-Type", "") or respuesta.status_code != 200:
            continue
        pagina = respuesta.content.decode()
        yield direccion, pagina
        enlaces = (html.unescape(e) for e in re.findall(r'href="([^"#]+)', pagina))
        cola += [
            sigue
            for sigue in (urljoin(direccion, e) for e in enlaces)
            if sigue.startswith("/") and not re.search(r"pdf|formato=|/static|/api/|salir", sigue)
        ]


def test_no_page_of_the_demonstration_shows_a_code(django_db_blocker: Any) -> None:
    malas: dict[tuple[str, str], str] = {}
    cuantas = 0
    with django_db_blocker.unblock(), libro_aparte("palabras"):
        for persona in (None, *PERSONAS):
            navegador = Client()
            if persona is not None:
                permitir_escribir()
                quien = Usuario.objects.get(identificacion=persona.identificacion)
                navegador.force_login(quien)
            for direccion, pagina in _paginas(navegador):
                cuantas += 1
                for hallado in crudos(pagina):
                    malas.setdefault(hallado, direccion)
        permitir_escribir()
    assert cuantas > 100
    assert malas == {}


@pytest.mark.parametrize(
    ("dicho", "clase"),
    [
        ("Un empleador PRIV_SOCIEDAD", "code"), ("desde 2026-09-01", "ISO date"),
        ("el período 2026-10", "ISO month"), ("cargue aportes.tasas.privado", "parameter"),
        ("calendario 2563e4244a96", "hash"), ("82.50 %", "decimal point"),
        ("Formato camt053", "format"), ("Deuda 664.", "key"), ("deshace el pago 12", "key"),
    ],
)  # fmt: skip
def test_the_walk_sees_each_kind(dicho: str, clase: str) -> None:
    assert [c for c, _ in crudos(f"<main><p>{dicho}</p></main>")] == [clase]


def test_what_is_there_to_be_verified_is_no_code() -> None:
    sano = (
        '<span class="codigo">2563e4244a96</span> 2101.GASTOS_ADM extracto-2026-10-08.xml '
        "octubre de 2026, pago 12/10/2026, Costas N.º 664, 82,50 %, camt.053, "
        "nomina@ejemplo.invalid"
    )
    assert crudos(f"<main>{sano}</main>") == []
