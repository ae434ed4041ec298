"""Where a request comes from: its address, its place and its network; whom of its words to believe.

A request says in `X-Forwarded-For` where it came from. Only the proxies of the installation are
believed, each for the one before it; what anybody else writes there is as if it were not.
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Red = IPv4Network | IPv6Network
SIN_DIRECCION: Final = "local"
NINGUNO: Final = "ninguno"
#: How much of an address is one place, and how much one network, in bits: of IPv4 and of IPv6.
#: A home is given a /64 at least, and whoever rents a /48 has 65 536 of them.
_LUGAR: Final = (24, 64)
_RED: Final = (24, 48)
_MENOR: Final = (8, 16)


class ProxiesIlegibles(ValueError):
    """RAISED when the list of proxies cannot be understood or trusts everybody."""


def leer_proxies(texto: str) -> tuple[Red, ...]:
    """Return the networks of the trusted proxies: `10.1.0.4,10.2.0.0/24`; `ninguno` is none.

    Refuses, with ProxiesIlegibles, what is not a network, and one so large that visitors are in it.
    """
    partes = [p.strip() for p in texto.split(",") if p.strip() and p.strip() != NINGUNO]
    redes = []
    for parte in partes:
        try:
            red = ip_network(parte, strict=False)
        except ValueError as error:
            mensaje = f"«{parte}» no es la dirección ni la red de un proxy"
            raise ProxiesIlegibles(mensaje) from error
        if red.prefixlen < _MENOR[red.version == 6]:
            mensaje = f"«{parte}» abarca demasiado: dé la dirección de cada proxy"
            raise ProxiesIlegibles(mensaje)
        redes.append(red)
    return tuple(redes)


def _direccion(texto: str) -> IPv4Address | IPv6Address | None:
    """Return an address, of IPv4 when it is one inside another; None when it is not one."""
    limpio = texto.strip().strip('"')
    if limpio.startswith("["):
        limpio = limpio[1:].partition("]")[0]
    elif limpio.count(":") == 1:
        limpio = limpio.partition(":")[0]
    try:
        leida = ip_address(limpio.partition("%")[0])
    except ValueError:
        return None
    mapeada = leida.ipv4_mapped if isinstance(leida, IPv6Address) else None
    return mapeada or leida


def es_de_un_proxy(texto: str, proxies: tuple[Red, ...]) -> bool:
    """Whether an address is that of a trusted proxy."""
    leida = _direccion(texto)
    return leida is not None and any(leida in red for red in proxies)


def origen_de(meta: Mapping[str, str], *, proxies: tuple[Red, ...]) -> str:
    """Return the address of a visitor: the first, from the right, that no proxy of ours is.

    `proxies` are the trusted ones. What is left of it was written by the visitor. Without an
    address that can be read, `local`.
    """
    vecino = _direccion(meta.get("REMOTE_ADDR") or "")
    if vecino is None:
        return SIN_DIRECCION
    cadena = [p for p in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if p.strip()]
    while cadena and es_de_un_proxy(str(vecino), proxies):
        anterior = _direccion(cadena.pop())
        if anterior is None:
            break
        vecino = anterior
    return str(vecino)


def lugar_de(origen: str) -> str:
    """Return the place of an address: its /24, or its /64 of IPv6."""
    return _recortar(origen, _LUGAR)


def red_de(origen: str) -> str:
    """Return the network whose failures are counted together: a /24, or a /48 of IPv6."""
    return _recortar(origen, _RED)


def _recortar(origen: str, bits: tuple[int, int]) -> str:
    leida = _direccion(origen)
    if leida is None:
        return SIN_DIRECCION
    return str(ip_network((leida, bits[leida.version == 6]), strict=False))
