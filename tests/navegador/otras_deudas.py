"""What the walk must find and no month of the demonstration leaves: debts of no planilla.

An employer and a person who owe costs and have a credit in favour; a payment that the bank took
back, whose notice was received; a line declared money of its own; a rate that waits for a decision.
"""

from datetime import timedelta
from typing import Any

from recaudo.domain.afiliacion.models import Empleador as FilaDeEmpleador
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.parametros.actions.registrar_tasa import registrar_tasa
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.declarar_linea_propia import declarar_linea_propia
from recaudo.domain.recaudacion.actions.importar_extracto import importar_extracto
from recaudo.domain.recaudacion.actions.registrar_cuenta_bancaria import (
    registrar_cuenta_bancaria,
)
from recaudo.domain.recaudacion.models import LineaExtracto, Pago, ValorPorAplicar
from recaudo.ensayo.demostracion.escenario import CARLA
from recaudo.ensayo.demostracion.extractos import (
    CANAL,
    CUENTA,
    Abono,
    escribir_extracto,
    saldo_del_banco,
)
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO
from recaudo.ensayo.demostracion.poblacion import cedula_ficticia, generar_poblacion
from recaudo.ensayo.demostracion.usuarios import PERSONAS, crear_usuarios
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Usuario
from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Periodo
from tests.factories.afiliacion import hacer_persona
from tests.factories.deudas import deber_costas, reversar
from tests.factories.recaudacion import TESORERA

#: Who owes as a person, and the employer that owes besides its planillas.
CEDULA = cedula_ficticia(777_001)
DE_CARLA = generar_poblacion()[CARLA].ruc
#: An account whose books differ from its bank, so that the one of the demonstration reconciles.
OTRA_CUENTA = "0027130027"
AYER = FECHA_DEMO - timedelta(days=1)


def preparar_otras_deudas() -> None:
    """Leave all of it in the connected database."""
    actores = crear_usuarios()
    empleador = FilaDeEmpleador.objects.get(ruc=DE_CARLA)
    persona = hacer_persona(identificacion=CEDULA, nombre="Mirlo Achiote Lucía Elena")
    titulares: tuple[dict[str, Any], ...] = ({"empleador": empleador}, {"persona": persona})
    for de_quien in titulares:
        deber_costas("40.00", **de_quien, hoy=FECHA_DEMO)
        _pagar(Dinero("45.00"), deber_costas("10.00", **de_quien, hoy=FECHA_DEMO), actores["bruno"])
    retirado = _pagar(
        Dinero("15.00"),
        deber_costas("15.00", empleador=empleador, hoy=FECHA_DEMO),
        actores["bruno"],
    )
    reversar(retirado.ingreso_id, fecha=FECHA_DEMO)
    _recibir_el_aviso(empleador)
    _declarar_una_linea(actores["bruno"])
    registrar_tasa(
        periodo=Periodo(2026, 12), tasa=Tasa("9.12"), fuente="Banco Central, diciembre",
        por=actores["diego"], hoy=FECHA_DEMO,
    )  # fmt: skip


def _pagar(importe: Dinero, deuda: int, por: Actor) -> Pago:
    """Pay a debt by hand with money that cites nothing."""
    _importar(f"COSTAS{deuda}", Abono(importe=importe, fecha=AYER, referencia=f"PRCOSTAS{deuda}"))
    linea = LineaExtracto.objects.get(referencia=f"PRCOSTAS{deuda}")
    valor = ValorPorAplicar.objects.get(ingreso_id=linea.pk)
    return aplicar_valor(
        valor_id=valor.pk, obligaciones=[deuda], por=por, hoy=FECHA_DEMO, razon="Lo dice su recibo"
    )


def _importar(nombre: str, abono: Abono, *, cuenta: str = CUENTA) -> None:
    saldo = saldo_del_banco() if cuenta == CUENTA else Dinero.CERO
    importar_extracto(
        contenido=escribir_extracto(
            nombre=nombre, fecha=AYER, saldo_inicial=saldo, abonos=[abono], cuenta=cuenta
        ),
        nombre=f"{nombre.lower()}.xml", formato="camt053", canal=CANAL,
        por=Actor.sistema("Operador de consola"), hoy=FECHA_DEMO,
    )  # fmt: skip


def _recibir_el_aviso(empleador: FilaDeEmpleador) -> None:
    """Have its representative acknowledge the notice of the reversal."""
    aviso = Notificacion.objects.get(empleador_id=empleador.pk, materia_tipo="pago_reversado")
    (suya,) = (persona.identificacion for persona in PERSONAS if persona.empleador == CARLA)
    carla = Usuario.objects.get(identificacion=suya)
    acusar_recibo(
        notificacion_id=aviso.pk, hoy=FECHA_DEMO, prueba={"ip": "10.0.0.1", "agente": "Navegador"},
        por=Actor(
            id=carla.pk, nombre=carla.nombre, roles=frozenset({"EMP"}),
            empleadores=frozenset({empleador.pk}),
        ),
    )  # fmt: skip


def _declarar_una_linea(por: Actor) -> None:
    """Declare money of its own a deposit that seemed to come twice; its bank does not have it."""
    registrar_cuenta_bancaria(
        numero=OTRA_CUENTA, banco="Banco de las dos veces", canal=CANAL, por=TESORERA,
        hoy=FECHA_DEMO,
    )  # fmt: skip
    for nombre in ("PROPIA1", "PROPIA2"):
        deposito = Abono(importe=Dinero("27.13"), fecha=AYER, referencia="")
        _importar(nombre, deposito, cuenta=OTRA_CUENTA)
    linea = LineaExtracto.objects.get(resultado="YA_VISTA", extracto__nombre="propia2.xml")
    declarar_linea_propia(linea_id=linea.pk, por=por, hoy=FECHA_DEMO, razon="Son dos depósitos")
