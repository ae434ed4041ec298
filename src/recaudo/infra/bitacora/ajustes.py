"""The setting LOGGING, for the settings to import: it reads nothing of them."""

from collections.abc import Sequence
from typing import Any

from recaudo.infra.bitacora.destino import DestinoIlegible, destino_de


def registros(
    *, en_lineas: bool, bitacora: str, en_consola: bool, secretos: Sequence[str]
) -> dict[str, Any]:
    """Return how the processes log: failures on the console, security where `bitacora` says.

    `en_lineas`: one line of JSON each, where pages are served; a person at a terminal reads words.
    An address that is not understood sends nothing (the checks of production tell it).
    """
    try:
        se_entiende = bool(bitacora and destino_de(bitacora))
    except DestinoIlegible:
        se_entiende = False
    envios = ["seguridad"] if se_entiende else ["seguridad_consola"] if en_consola else ["nada"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "linea": {"()": "recaudo.infra.bitacora.formato.UnaLinea", "secretos": [*secretos]},
            "palabras": {"format": "%(message)s"},
        },
        "handlers": {
            "consola": {
                "class": "logging.StreamHandler",
                "formatter": "linea" if en_lineas else "palabras",
            },
            "seguridad_consola": {"class": "logging.StreamHandler", "formatter": "palabras"},
            "nada": {"class": "logging.NullHandler"},
        }
        | ({"seguridad": _envio(bitacora)} if se_entiende else {}),
        "root": {"handlers": ["consola"], "level": "WARNING"},
        "loggers": {"recaudo.seguridad": {"handlers": envios, "level": "INFO", "propagate": False}},
    }


def _envio(direccion: str) -> dict[str, Any]:
    return {
        "()": "recaudo.infra.bitacora.envio.EnvioSinEspera",
        "direccion": direccion,
        "formatter": "palabras",
    }
