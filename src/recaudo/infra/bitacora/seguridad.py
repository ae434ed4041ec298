"""The log of security: who entered, who was refused, what was opened. One line each.

An account is told by its number once it has entered; what somebody typed is never written (it may
be a password in the wrong box): only `marca`, the same for the same account.
"""

import hashlib
import hmac
import logging
from datetime import UTC
from typing import Any, Final, Literal

from django.conf import settings

from recaudo.infra import clock
from recaudo.infra.bitacora.formato import en_una_linea, tapar
from recaudo.infra.bitacora.pedido import codigo_de, pedido_en_curso

REGISTRO: Final = "recaudo.seguridad"
_registro = logging.getLogger(REGISTRO)

Evento = Literal[
    "entrada", "entrada_fallida", "entrada_demorada", "salida", "sesiones_terminadas",
    "aparatos_olvidados", "permiso_negado", "origen_negado", "cuenta_abierta", "rol_dado",
    "rol_terminado", "representacion_dada", "proxies_mal_puestos",
]  # fmt: skip


def anotar(evento: Evento, *, usuario: int | None = None, **datos: object) -> None:
    """Write that something happened, now, with the code of the request in course."""
    linea: dict[str, object] = {
        "en": clock.ahora().astimezone(UTC).isoformat(timespec="milliseconds"),
        "evento": evento,
        "usuario": usuario,
    }
    pedido: Any = pedido_en_curso()
    if pedido is not None:
        linea |= {"codigo": codigo_de(pedido), "metodo": pedido.method,
                  "direccion": tapar(pedido.path)}  # fmt: skip
    _registro.info(en_una_linea(linea | datos))


def marca_de(cuenta: str) -> str:
    """Return the mark of what was typed as an account: equal for equals, and nothing is read in it.

    It depends on the key of the installation.
    """
    clave = f"cuenta:{settings.SECRET_KEY}".encode()
    return hmac.new(clave, cuenta.encode(), hashlib.sha256).hexdigest()[:32]
