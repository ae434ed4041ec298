"""Whom to believe about where a request comes from."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from recaudo.infra.security.origen_de_red import (
    SIN_DIRECCION,
    ProxiesIlegibles,
    leer_proxies,
    lugar_de,
    origen_de,
    red_de,
)
from recaudo.project import proxies
from recaudo.project.proxies import SoloDeNuestrosProxies

NUESTROS = leer_proxies("10.0.0.5, 10.9.0.0/24,fd00::1")


@pytest.mark.parametrize(
    ("vecino", "dicho", "origen"),
    [
        ("203.0.113.9", "1.1.1.1", "203.0.113.9"),  # nobody we know: what it says is nothing
        ("10.0.0.5", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # the last that our proxy saw
        ("10.0.0.5", "1.1.1.1, 198.51.100.7, 10.9.0.20", "198.51.100.7"),  # two of ours
        ("10.0.0.5", "10.9.0.20", "10.9.0.20"),
        ("10.0.0.5", "198.51.100.7, basura", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("::ffff:10.0.0.5", "198.51.100.7:4312", "198.51.100.7"),
        ("fd00::1", '"[2001:db8::7]:99"', "2001:db8::7"),
        ("", "198.51.100.7", SIN_DIRECCION),
    ],
)
def test_the_origin_is_the_first_that_is_not_ours_from_the_right(
    vecino: str, dicho: str, origen: str
) -> None:
    meta = {"REMOTE_ADDR": vecino, "HTTP_X_FORWARDED_FOR": dicho}
    assert origen_de(meta, proxies=NUESTROS) == origen


@given(st.text(max_size=80), st.ip_addresses())
def test_nothing_that_a_visitor_writes_moves_her_address(dicho: str, visto: object) -> None:
    meta = {"REMOTE_ADDR": "10.0.0.5", "HTTP_X_FORWARDED_FOR": f"{dicho},203.0.113.9"}
    assert origen_de(meta, proxies=NUESTROS) == "203.0.113.9"
    sin_proxy = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": f"{dicho},{visto}"}
    assert origen_de(sin_proxy, proxies=NUESTROS) == "203.0.113.9"


@pytest.mark.parametrize(
    ("origen", "lugar", "red"),
    [
        ("198.51.100.7", "198.51.100.0/24", "198.51.100.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:198.51.100.7", "198.51.100.0/24", "198.51.100.0/24"),
        ("local", SIN_DIRECCION, SIN_DIRECCION),
    ],
)
def test_a_place_and_a_network(origen: str, lugar: str, red: str) -> None:
    assert (lugar_de(origen), red_de(origen)) == (lugar, red)


@pytest.mark.parametrize("mala", ["1", "proxy.example", "0.0.0.0/0", "::/0", "10.0.0.5/7"])
def test_a_list_that_is_not_understood_or_trusts_everybody_is_refused(mala: str) -> None:
    with pytest.raises(ProxiesIlegibles, match="«"):
        leer_proxies(f"10.0.0.5,{mala}")
    assert leer_proxies("ninguno") == leer_proxies("") == ()


def pedir(vecino: str, **cabeceras: str) -> tuple[HttpRequest, list[str]]:
    vistos: list[HttpRequest] = []

    def vista(pedido: HttpRequest) -> HttpResponse:
        vistos.append(pedido)
        return HttpResponse()

    capa = SoloDeNuestrosProxies(vista)
    for _ in range(2):
        capa(RequestFactory(REMOTE_ADDR=vecino).get("/", headers=cabeceras))
    return vistos[-1], sorted(capa.dichas)


@pytest.mark.parametrize(
    ("vecino", "dice", "falla"),
    [
        ("10.0.0.5", True, []),
        ("10.0.0.5", False, [proxies.NO_DICE]),
        ("10.77.0.1", True, [proxies.DETRAS_DE_UNO]),
        ("127.0.0.1", True, [proxies.DETRAS_DE_UNO]),
        ("127.0.0.1", False, []),  # whoever watches its health
        ("10.77.0.1", False, [proxies.NADIE_DELANTE]),
        ("203.0.113.9", False, [proxies.NADIE_DELANTE]),
    ],
)
def test_a_wrong_list_of_proxies_is_told_once(
    vecino: str, dice: bool, falla: list[str], settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECAUDO_PROXIES = NUESTROS  # type: ignore[attr-defined]
    dicho = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"} if dice else {}
    pedido, dichas = pedir(vecino, **dicho)
    assert dichas == falla
    suyos = [r for r in caplog.records if r.name == "recaudo.proxies"]
    assert len(suyos) == len(falla)
    es_nuestro = vecino == "10.0.0.5"
    assert ("HTTP_X_FORWARDED_PROTO" in pedido.META) is (dice and es_nuestro)
    assert ("HTTP_X_FORWARDED_FOR" in pedido.META) is (dice and es_nuestro)
    esperado = "198.51.100.7" if dice and es_nuestro else vecino
    assert pedido.origen == esperado  # type: ignore[attr-defined]


def test_without_proxies_only_one_that_is_there_is_told_of(settings: object) -> None:
    settings.RECAUDO_PROXIES = ()  # type: ignore[attr-defined]
    assert pedir("203.0.113.9")[1] == []
    assert pedir("203.0.113.9", **{"X-Forwarded-For": "1.1.1.1"})[1] == [], "a visitor forges it"
    assert pedir("127.0.0.1", **{"X-Forwarded-For": "1.1.1.1"})[1] == [proxies.DETRAS_DE_UNO]
