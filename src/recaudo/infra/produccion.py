"""What production needs before it starts, told at once. It reads the environment, not Django."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from recaudo.infra.bitacora.destino import DestinoIlegible, destino_de
from recaudo.infra.papeles import Papel, variable_de
from recaudo.infra.security.origen_de_red import ProxiesIlegibles, leer_proxies

AMBIENTE: Final = "RECAUDO_AMBIENTE"
#: Every variable with a URL of the database: the owner's first.
BASES: Final = ("DATABASE_URL", *(variable_de(papel) for papel in Papel))
SIN_TLS: Final = "RECAUDO_BASE_SIN_TLS"
LARGO_DE_SECRETO: Final = 50
_SIGNOS_DISTINTOS: Final = 10
_CON_TLS: Final = frozenset({"require", "verify-ca", "verify-full"})
_CONOCIDOS: Final = ("solo-para-las-pruebas", "django-insecure", "changeme", "secreto")


class ProduccionIncompleta(Exception):
    """RAISED when production lacks something: its text says all that is missing, in Spanish."""


def exigir_produccion(ambiente: Mapping[str, str], papel: Papel | None = None) -> None:
    """Refuse to start a production that is not whole: ProduccionIncompleta. Elsewhere, nothing.

    `papel` is the role that the process will be: it needs its own URL of the database.
    """
    if ambiente.get(AMBIENTE) != "prod":
        return
    faltas = faltas_de_produccion(ambiente, papel)
    if faltas:
        mensaje = f"Producción no arranca: {'; '.join(faltas)}. Vea docs/operacion/produccion.md."
        raise ProduccionIncompleta(mensaje)


def faltas_de_produccion(ambiente: Mapping[str, str], papel: Papel | None = None) -> list[str]:
    """Return everything that is missing or wrong for production, in the order of the guide."""
    return [
        *_de_la_direccion(ambiente),
        *_de_los_proxies(ambiente),
        *_de_los_secretos(ambiente),
        *_de_la_base(ambiente, papel),
        *_de_los_papeles(ambiente),
        *_de_lo_demas(ambiente),
    ]


def _de_la_direccion(ambiente: Mapping[str, str]) -> Iterator[str]:
    publica = urlsplit(ambiente.get("RECAUDO_URL_PUBLICA", ""))
    servidor = publica.hostname or ""
    if not servidor:
        yield "falta RECAUDO_URL_PUBLICA (https://…, la que imprimen los documentos)"
    elif publica.scheme != "https" or publica.path.strip("/") or publica.query:
        yield "RECAUDO_URL_PUBLICA debe ser https, sin ruta"
    elif _es_de_esta_maquina(servidor):
        yield "RECAUDO_URL_PUBLICA es de esta máquina: nadie de fuera llega a ella"
    hosts = [h.strip() for h in ambiente.get("RECAUDO_HOSTS", "").split(",") if h.strip()]
    if not hosts:
        yield "falta RECAUDO_HOSTS (los nombres del sitio, con comas)"
    elif "*" in hosts:
        yield "RECAUDO_HOSTS no puede ser «*»"
    elif servidor and not any(_es_del(servidor, h) for h in hosts):
        yield f"RECAUDO_HOSTS no tiene a {servidor}, el de RECAUDO_URL_PUBLICA"


def _es_del(servidor: str, host: str) -> bool:
    """Whether a name is one of the hosts; `.iess.example` is any of that domain."""
    if host.startswith("."):
        return servidor == host[1:] or servidor.endswith(host)
    return servidor == host


def _es_de_esta_maquina(servidor: str) -> bool:
    try:
        leida = ip_address(servidor)
    except ValueError:
        return servidor == "localhost" or servidor.endswith(".localhost")
    return leida.is_loopback or leida.is_unspecified


def _de_los_proxies(ambiente: Mapping[str, str]) -> Iterator[str]:
    dicho = ambiente.get("RECAUDO_PROXIES", "").strip()
    if not dicho:
        yield "falta RECAUDO_PROXIES (direcciones de los proxies, con comas, o «ninguno»)"
        return
    try:
        leer_proxies(dicho)
    except ProxiesIlegibles as error:
        yield f"RECAUDO_PROXIES: {error}"


def _de_los_secretos(ambiente: Mapping[str, str]) -> Iterator[str]:
    secreto = ambiente.get("RECAUDO_SECRETO", "")
    if not secreto:
        yield f"falta RECAUDO_SECRETO (al menos {LARGO_DE_SECRETO} signos al azar)"
    elif _es_debil(secreto):
        yield f"RECAUDO_SECRETO es débil: al menos {LARGO_DE_SECRETO} signos al azar, solo suyo"
    sellos = [s for s in ambiente.get("RECAUDO_SELLOS", "").split(",") if s]
    if any(_es_debil(s) for s in sellos):
        yield f"RECAUDO_SELLOS tiene una clave débil: al menos {LARGO_DE_SECRETO} signos al azar"


def _es_debil(secreto: str) -> bool:
    return (
        len(secreto) < LARGO_DE_SECRETO
        or len(set(secreto)) < _SIGNOS_DISTINTOS
        or any(conocido in secreto.lower() for conocido in _CONOCIDOS)
    )


def _de_la_base(ambiente: Mapping[str, str], papel: Papel | None) -> Iterator[str]:
    suya = variable_de(papel) if papel else "DATABASE_URL"
    if not ambiente.get(suya):
        quien = f"el papel {papel}" if papel else "la base propia es solo de la demostración"
        yield f"falta {suya} ({quien})"
    sin_tls = ambiente.get(SIN_TLS, "").lower() == "si"
    for nombre in BASES:
        if not ambiente.get(nombre):
            continue
        partes = _partes(ambiente[nombre])
        if partes is None:
            yield f"{nombre} no se entiende"
        elif not sin_tls and not _va_cifrada(partes):
            yield (
                f"{nombre} no pide TLS: agregue sslmode=verify-full, o diga {SIN_TLS}=si si la red "
                "hasta la base es solo suya"
            )


def _va_cifrada(partes: Mapping[str, str]) -> bool:
    """Whether a connection is encrypted, or goes by a socket of the machine."""
    return partes.get("host", "").startswith("/") or partes.get("sslmode") in _CON_TLS


def _de_los_papeles(ambiente: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the roles of the database: each process has its own."""
    usuarios: dict[str, str] = {}
    for nombre in BASES:
        usuario = (_partes(ambiente.get(nombre, "")) or {}).get("user")
        if usuario is None:
            continue
        if usuario in usuarios:
            yield f"{nombre} usa el mismo papel de la base que {usuarios[usuario]}: {usuario}"
        usuarios.setdefault(usuario, nombre)


def _partes(direccion: str) -> dict[str, str] | None:
    try:
        return {k: str(v) for k, v in conninfo_to_dict(direccion).items()}
    except ProgrammingError:
        return None


def _de_lo_demas(ambiente: Mapping[str, str]) -> Iterator[str]:
    if ambiente.get("RECAUDO_BITACORA"):
        try:
            destino_de(ambiente["RECAUDO_BITACORA"])
        except DestinoIlegible as error:
            yield f"RECAUDO_BITACORA: {error}"
    if ambiente.get("RECAUDO_USUARIOS_DEMO"):
        yield "RECAUDO_USUARIOS_DEMO es solo de la demostración"
