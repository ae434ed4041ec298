"""Orders of copies for tests."""

from datetime import date, timedelta

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.copias.actions.liquidar_copias import Pedido, liquidar_copias
from recaudo.domain.copias.actions.retirar_copias import retirar_copias
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.notificaciones.actions.registrar_recepcion import registrar_recepcion
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.queries import obligaciones_de_materia
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import hacer_empleador
from tests.factories.recaudacion import BRUNO, Linea, importar

AMPARO = Actor(
    id=70, nombre="Amparo Analista", roles=frozenset({"AC"}), provincias=frozenset({"17"})
)
MAQUINA = Actor.sistema("Cierre")
HOY = date(2026, 9, 10)


def pedir(empleador: Empleador | None = None, *, valor: str = "12.50", hoy: date = HOY) -> int:
    """Settle an order of an employer of Quito (USD) and return its number."""
    ruc = (empleador or hacer_empleador()).ruc
    pedido = Pedido(ruc=ruc, matricula=1717, fojas=25, valor=Dinero(valor))
    return liquidar_copias(pedido=pedido, por=AMPARO, hoy=hoy)


def entregar_en_mostrador(numero: int, *, hoy: date = HOY, firma: str = "J. Paz") -> date:
    """Register that the lawyer signed for it; return the last day to pay."""
    aviso = Notificacion.objects.get(materia_tipo="copias", materia_id=numero)
    plazo = registrar_recepcion(
        notificacion_id=aviso.pk, recibida=hoy, prueba={"firma": firma}, por=AMPARO, hoy=hoy
    )
    assert plazo is not None
    return plazo.ultimo_dia


def cerrar_hasta(fecha: date) -> None:
    """Close every day up to a date."""
    cerrar_dia(fecha=fecha, por=MAQUINA, hoy=fecha)


def dejar_vencer(numero: int, *, hoy: date = HOY) -> date:
    """Let the término of an order end unpaid; return the day whose close noted it."""
    siguiente = entregar_en_mostrador(numero, hoy=hoy) + timedelta(days=1)
    cerrar_hasta(siguiente)
    return siguiente


def pagar(numero: int) -> None:
    """Pay an order by hand, on the day of `HOY`."""
    (deuda,) = obligaciones_de_materia("copias", numero)
    importar(Linea(deuda.saldo.centavos, "", f"SUELTO{numero}", fecha=HOY), hoy=HOY)
    valor = ValorPorAplicar.objects.get(estado="abierto")
    aplicar_valor(valor_id=valor.pk, obligaciones=[deuda.id], por=BRUNO, hoy=HOY, razon="Llamó")


def retirar(numero: int, por: Actor = AMPARO) -> None:
    """Hand over a paid order at the counter."""
    retirar_copias(pedido_id=numero, por=por, hoy=HOY)


def estado_de(numero: int) -> str:
    """Return where an order stands."""
    return str(PedidoDeCopias.objects.get(pk=numero).estado)
