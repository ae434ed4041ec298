"""Own bank accounts: what the bank says last beside what our books say, and registering one."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import registrar_cuenta_bancaria
from recaudo.domain.recaudacion.queries import (
    CuentaNoExiste,
    CuentaVista,
    cuenta_bancaria,
    lista_de_cuentas,
    lista_de_extractos,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.interfaces.oficina.marco import de_la_puerta, direccion, o_no_existe, pagina
from recaudo.interfaces.oficina.recaudacion.forms import FormularioDeCuenta
from recaudo.interfaces.oficina.recaudacion.tablas import TablaCuentas, nombre_de_canal
from recaudo.interfaces.vista import listas
from recaudo.interfaces.vista.actos import METODOS, Decision, Resultado, acto_de_pantalla
from recaudo.interfaces.vista.formatos import contar
from recaudo.interfaces.vista.piezas import Enlace, Fila, Miga
from recaudo.interfaces.vista.puertas import exige

NORMA = "C.D. 497 2.3.2.1"


@exige(Permiso.RECAUDACION_VER)
@require_safe
def cuentas(request: HttpRequest) -> HttpResponseBase:
    """Lista: each account with both balances, those that differ first."""
    registra = de_la_puerta(request).actor.puede(Permiso.CUENTA_BANCARIA_REGISTRAR)
    return listas.lista(
        request,
        TablaCuentas,
        lista_de_cuentas(),
        pintar=pagina,
        actos=[Enlace("Registrar una cuenta", direccion("registrar_cuenta"))] if registra else [],
        seccion="extractos",
        migas=(Miga("Extractos", direccion("extractos")), Miga("Cuentas bancarias")),
    )


@exige(Permiso.RECAUDACION_VER)
@require_safe
def ficha(request: HttpRequest, cuenta_id: int) -> HttpResponse:
    """Ficha: one account with both balances; a difference names the lines that may explain it."""
    cuenta = o_no_existe(
        lambda: _existente(cuenta_id), de=request, que="la cuenta", buscado=cuenta_id,
        lista="cuentas_bancarias",
    )  # fmt: skip
    actor = de_la_puerta(request).actor
    filas = [
        Fila("Banco", cuenta.banco),
        Fila("Canal", nombre_de_canal(cuenta.canal)),
        Fila("Último saldo del banco", f"{cuenta.fecha:%d/%m/%Y}" if cuenta.fecha else "Ninguno"),
        Fila("Dice el banco", "—" if cuenta.saldo_banco is None else cuenta.saldo_banco.formato()),
        Fila("Dice el libro", cuenta.saldo_libro.formato()),
        Fila("Diferencia", cuenta.diferencia.formato()),
    ]
    return pagina(
        request,
        "recaudacion/cuenta.html",
        {
            "cuenta": cuenta,
            "filas": filas,
            "puede_declarar": actor.puede(Permiso.LINEA_DECLARAR_PROPIA),
            "puede_reconocer": actor.puede(Permiso.LOTE_RECONOCER),
            "puede_desmentir": actor.puede(Permiso.AVISO_DESMENTIR),
        },
        seccion="extractos",
        migas=(
            Miga("Extractos", direccion("extractos")),
            Miga("Cuentas bancarias", direccion("cuentas_bancarias")),
            Miga(f"Cuenta {cuenta.numero}"),
        ),
    )


def _existente(cuenta_id: int) -> CuentaVista:
    cuenta = cuenta_bancaria(cuenta_id)
    if cuenta is None:
        raise CuentaNoExiste
    return cuenta


@exige(Permiso.CUENTA_BANCARIA_REGISTRAR)
@require_http_methods(METODOS)
def registrar(request: HttpRequest) -> HttpResponse:
    """Acto: register an own account; what was held only for lack of it is then to be confirmed."""
    pedido = de_la_puerta(request)
    numero = pedido.GET.get("numero", "")[:40]

    def hacer(datos: Mapping[str, Any]) -> Resultado:
        cuenta, nueva = registrar_cuenta_bancaria(
            numero=datos["numero"], banco=datos["banco"], canal=datos["canal"],
            por=pedido.actor, hoy=pedido.hoy,
        )  # fmt: skip
        suyos = lista_de_extractos().filter(cuenta=cuenta, situacion="por_confirmar").count()
        por_confirmar = f"{direccion('extractos')}?situacion=por_confirmar&q={cuenta.numero}"
        return Resultado(
            f"Cuenta {cuenta.numero} de {cuenta.banco} registrada"
            if nueva
            else f"La cuenta {cuenta.numero} de {cuenta.banco} ya estaba registrada así",
            direccion("cuentas_bancarias"),
            (f"Desde ahora se creen sus extractos. Por confirmar: {suyos}.",),
            (Enlace("Ver los que esperan", por_confirmar),) if suyos else (),
        )

    return acto_de_pantalla(
        request,
        titulo="Registrar una cuenta bancaria",
        form=partial(FormularioDeCuenta, hoy=pedido.hoy, initial={"numero": numero}),
        decisiones=[Decision("registrar", "Registrar la cuenta", hacer)],
        efecto=[
            "Se abre su cuenta en el libro, bajo Bancos, y sus extractos se creen desde ahora.",
            _los_que_esperan(numero),
            "Una cuenta registrada no se edita.",
        ],
        norma=NORMA,
        cancelar=direccion("cuentas_bancarias"),
        pintar=pagina,
        seccion="extractos",
        migas=(
            Miga("Extractos", direccion("extractos")),
            Miga("Cuentas bancarias", direccion("cuentas_bancarias")),
            Miga("Registrar"),
        ),
    )


def _los_que_esperan(numero: str) -> str:
    """Say how many statements are held only because nobody knows the account."""
    retenidos = lista_de_extractos().filter(situacion="retenido", retencion="CUENTA_DESCONOCIDA")
    if not numero:
        return "Lo que se retuvo solo porque no se conocía la cuenta queda por confirmar."
    cuantos = retenidos.filter(cuenta_numero=numero).count()
    return (
        f"De ella se retiene {contar(cuantos, 'extracto', 'extractos')}: si sus totales cuadran, "
        "queda por confirmar."
    )
