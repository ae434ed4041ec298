"""Whom a request came through: only the proxies of the installation are believed.

What anybody else says in `X-Forwarded-…` is taken away before any layer reads it. A wrong list of
proxies makes everybody come from one address, and then everybody waits for the guesses of each:
it is told in the log as soon as it shows, once in each process.
"""

import logging
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from recaudo.infra.bitacora.seguridad import anotar
from recaudo.infra.security.origen_de_red import es_de_un_proxy, origen_de

_DICHO_POR_OTROS: Final = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP", "HTTP_FORWARDED",
)  # fmt: skip
#: Private networks (RFC 1918, RFC 6598, RFC 4193), the machine itself and its link.
_DE_DENTRO: Final = tuple(
    ip_network(red)
    for red in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
                "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
)  # fmt: skip
_registro = logging.getLogger("recaudo.proxies")

DETRAS_DE_UNO: Final = (
    "Las peticiones pasan por un proxy que no está en RECAUDO_PROXIES (%s): todos los visitantes "
    "parecen uno. Agregue su dirección."
)
NO_DICE: Final = (
    "El proxy %s no dice de quién viene cada petición (X-Forwarded-For): todos los visitantes "
    "parecen uno. Configúrelo."
)
NADIE_DELANTE: Final = (
    "RECAUDO_PROXIES nombra proxies, y llegan peticiones que no pasan por ellos (%s). Cierre ese "
    "camino o corrija la lista."
)


class SoloDeNuestrosProxies:
    """Middleware: `request.origen` is the address of the visitor, as our proxies saw it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer, and begin with nothing told."""
        self.get_response = get_response
        self.dichas: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out where the request comes from, and forget what is not to be believed."""
        meta, proxies = request.META, settings.RECAUDO_PROXIES
        vecino = meta.get("REMOTE_ADDR") or ""
        es_nuestro = es_de_un_proxy(vecino, proxies)
        self._avisar(falla_de(meta, es_nuestro=es_nuestro, hay=bool(proxies)), vecino)
        if not es_nuestro:
            for cabecera in _DICHO_POR_OTROS:
                meta.pop(cabecera, None)
        cast("Any", request).origen = origen_de(meta, proxies=proxies)
        return self.get_response(request)

    def _avisar(self, falla: str, vecino: str) -> None:
        if falla and falla not in self.dichas:
            self.dichas.add(falla)
            _registro.warning(falla, vecino)
            anotar("proxies_mal_puestos", vecino=vecino)


def falla_de(meta: dict[str, str], *, es_nuestro: bool, hay: bool) -> str:
    """Return what a request shows of a wrong list of proxies; nothing when it shows none.

    A visitor of the open network who writes the header only forges it.
    """
    dice = bool(meta.get("HTTP_X_FORWARDED_FOR"))
    vecino = meta.get("REMOTE_ADDR") or ""
    if es_nuestro:
        return "" if dice or _es_propia(vecino) else NO_DICE
    if dice and _es_de_dentro(vecino):
        return DETRAS_DE_UNO
    return NADIE_DELANTE if hay and not _es_propia(vecino) else ""


def _es_de_dentro(texto: str) -> bool:
    """Whether it is of a network that no visitor of the open one comes from."""
    try:
        leida = ip_address(texto)
    except ValueError:
        return True
    return any(leida in red for red in _DE_DENTRO)


def _es_propia(texto: str) -> bool:
    """Whether it is this machine itself: whoever watches its health comes without a proxy."""
    try:
        return ip_address(texto).is_loopback
    except ValueError:
        return True
