"""Hand over at the counter the copies that were paid."""

from datetime import date

from recaudo.domain.copias.facts import CopiasRetiradas
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.queries import CopiasNoExisten, lista_de_copias
from recaudo.domain.copias.states import MAQUINA, NORMA, EstadoCopia
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("retirar_copias", Permiso.COPIAS_LIQUIDAR, CopiasRetiradas)


class CopiasNoSeRetiran(Rechazo):
    """They are not paid, or somebody took them before."""

    mensaje = "Esas copias no están pagadas o ya se retiraron: su ficha dice qué pasó y cuándo."


def retirar_copias(*, pedido_id: int, por: Actor, hoy: date) -> None:
    """This act will note that the copies were handed over at the counter, once.

    Of two who hand over the same at once, the second waits for the first and reads why not.
    Refuses SinPermiso, CopiasNoExisten (out of reach too), CopiasNoSeRetiran.
    """
    por.exigir(Permiso.COPIAS_LIQUIDAR)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        alcance = por.alcance(Permiso.COPIAS_LIQUIDAR)
        fila = lista_de_copias(alcance=alcance).select_for_update().filter(pk=pedido_id).first()
        if fila is None:
            raise CopiasNoExisten
        if ACTO.nombre not in MAQUINA.actos_desde(fila.estado):
            raise CopiasNoSeRetiran
        PedidoDeCopias.objects.filter(pk=fila.pk).update(estado=EstadoCopia.RETIRADA)
        a.declarar(CopiasRetiradas(fila.pk, fila.provincia))
