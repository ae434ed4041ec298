"""The code of each request, before anything may fail, and what the log of security is told."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from recaudo.domain.afiliacion.facts import RepresentacionRegistrada
from recaudo.domain.organizacion.facts import AsignacionTerminada, CuentaAbierta, RolAsignado
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.infra.bitacora.pedido import CABECERA, codigo_de, empezar_pedido
from recaudo.infra.bitacora.seguridad import Evento, anotar

_DESDE: Final = 400

#: The facts that the log of security tells when they are kept, and how it calls them.
DE_SEGURIDAD: Final[Mapping[str, Evento]] = {
    CuentaAbierta.tipo: "cuenta_abierta",
    RolAsignado.tipo: "rol_dado",
    AsignacionTerminada.tipo: "rol_terminado",
    RepresentacionRegistrada.tipo: "representacion_dada",
}


class CodigoDelPedido:
    """Middleware, the first: whatever is refused or fails has a code, which is in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its code, and tell it in the answer when something went wrong."""
        empezar_pedido(request)
        try:
            request.get_host()
        except DisallowedHost:  # the next layer refuses it
            anotar("origen_negado", motivo="host")
        respuesta = self.get_response(request)
        if respuesta.status_code >= _DESDE:
            respuesta[CABECERA] = codigo_de(request)
        return respuesta


def contar_el_hecho(hecho: Any, acto: ActoAbierto) -> None:
    """Reaction: once the act is kept, tell the log whose account it was, and as what."""
    del acto
    rol = getattr(hecho, "rol", "EMP")
    transaction.on_commit(
        lambda: anotar(DE_SEGURIDAD[hecho.tipo], usuario=hecho.usuario_id, rol=rol)
    )
