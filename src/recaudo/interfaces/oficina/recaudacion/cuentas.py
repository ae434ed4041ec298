"""Own bank accounts: what the bank says last beside what our books say, and why they differ."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from recaudo.domain.recaudacion.queries import cuentas_bancarias
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import direccion, pagina
from recaudo.interfaces.vista.piezas import Miga
from recaudo.interfaces.vista.puertas import exige


@exige(Permiso.RECAUDACION_VER)
@require_safe
def cuentas(request: HttpRequest) -> HttpResponse:
    """Ficha: each account with both balances; a difference names the lines that may explain it."""
    return pagina(
        request,
        "recaudacion/cuentas.html",
        {"cuentas": cuentas_bancarias()},
        seccion="extractos",
        migas=(Miga("Extractos", direccion("extractos")), Miga("Cuentas bancarias")),
    )
