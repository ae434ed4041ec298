"""Home: three doors for strangers, what is pending for employers, the office for staff."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.notificaciones.queries import NotificacionVista
from recaudo.domain.recaudacion.queries import (
    ComprobanteResumido,
    CreditoVisto,
    comprobantes_de,
    creditos_con_saldo,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.portal.contexto import (
    Peticion,
    Visita,
    empleador,
    empleadores_de,
    lo_propio,
    pagina,
    pagina_publica,
)
from recaudo.interfaces.portal.deudas import TarjetasDeDeuda, deudas_de
from recaudo.interfaces.portal.glosas import GlosaEnBandeja, casillero_de
from recaudo.interfaces.vista.puertas import exige, publica
from recaudo.kernel.money import Dinero

EN_PORTADA = 12
ULTIMOS = 3


@dataclass(frozen=True, slots=True)
class Portada:
    """What an employer sees first."""

    empleador: FichaEmpleador
    deudas: TarjetasDeDeuda
    por_abrir: tuple[NotificacionVista, ...]
    glosas: tuple[GlosaEnBandeja, ...]
    comprobantes: tuple[ComprobanteResumido, ...]
    creditos: tuple[CreditoVisto, ...]

    @property
    def a_favor(self) -> Dinero:
        """What is left of its credits, in USD."""
        return sum((c.saldo for c in self.creditos), Dinero.CERO)


@dataclass(frozen=True, slots=True)
class UsuarioDemo:
    """A user of the demonstration, shown so that anybody may try it."""

    identificacion: str
    clave: str
    quien: str


@publica
@require_safe
def inicio(request: Visita) -> HttpResponse:
    """Show the home that belongs to whoever is here."""
    actor = request.actor
    if actor is None:
        demo = settings.RECAUDO_USUARIOS_DEMO if request.es_demostracion else []
        usuarios = [UsuarioDemo(*fila) for fila in demo]
        return pagina_publica(
            request, "portal/inicio/publico.html", {"usuarios": usuarios}, seccion="inicio"
        )
    return _de(cast("Peticion", request))


def _de(request: Peticion) -> HttpResponse:
    """Take a person to its employer, or let it choose; staff go to the office."""
    actor = request.actor
    if not actor.puede(Permiso.EMPLEADOR_VER_LO_PROPIO):
        return redirect("oficina:inicio") if actor.roles else _sin_empleadores(request)
    propios = empleadores_de(actor)
    if not propios:
        return _sin_empleadores(request)
    if len(propios) == 1:
        return redirect("portal:empleador", ruc=propios[0].ruc)
    texto = request.GET.get("buscar", "").strip()[:80]
    contexto = {
        "empleadores": [e for e in propios if e.coincide(texto)],
        "cuantos": len(propios),
        "buscar": texto,
        "es_de_oficina": bool(actor.roles - {"EMP"}),
    }
    return pagina(request, "portal/inicio/elegir.html", contexto, seccion="inicio")


@exige(Permiso.EMPLEADOR_VER_LO_PROPIO)
@require_safe
def de_empleador(request: Peticion, ruc: str) -> HttpResponse:
    """Show what one employer has pending."""
    portada = _portada(request, empleador(request, ruc))
    return pagina(
        request,
        "portal/inicio/empleador.html",
        {
            "portada": portada,
            "pendientes": portada.deudas.todas[:EN_PORTADA],
            "hay_mas": len(portada.deudas.todas) > EN_PORTADA,
            "hay_otros": len(request.actor.representados) > 1,
            "es_de_oficina": bool(request.actor.roles - {"EMP"}),
        },
        de=portada.empleador,
        seccion="portal:empleador",
    )


def _portada(request: Peticion, quien: FichaEmpleador) -> Portada:
    casillero = casillero_de(request, quien)
    return Portada(
        empleador=quien,
        deudas=deudas_de(quien, alcance=lo_propio(request), hoy=request.hoy),
        por_abrir=tuple(n for n in casillero.otras if n.recibida_el is None),
        glosas=tuple(g for g in casillero.glosas if g.esta_pendiente),
        comprobantes=comprobantes_de(quien.id, alcance=lo_propio(request), limite=ULTIMOS),
        creditos=tuple(
            creditos_con_saldo(alcance=lo_propio(request), empleador_id=quien.id, persona_id=None)
        ),
    )


def _sin_empleadores(request: Peticion) -> HttpResponse:
    return pagina(request, "portal/inicio/sin_empleadores.html", seccion="inicio")
