"""Note that who asked for the copies was notified of what they cost."""

from datetime import date

from recaudo.domain.copias.facts import CopiasAvisadas
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.states import MAQUINA, EstadoCopia
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("avisar_copias", None, CopiasAvisadas)


def avisar_copias(*, pedido_id: int, vence: date, causa: ActoAbierto) -> None:
    """This act will move the order to `avisada`: its término runs until `vence` (COA art. 165).

    One that was paid before stays as it is.
    """
    fila = PedidoDeCopias.objects.select_for_update().get(pk=pedido_id)
    if fila.estado not in MAQUINA.desde_de(ACTO.nombre):
        return
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 165") as a:
        fila.estado = EstadoCopia.AVISADA
        fila.save(update_fields=["estado"])
        a.declarar(CopiasAvisadas(fila.pk, vence))
