"""Do with the unpaid copies what the norm of the date says."""

from datetime import date

from recaudo.domain.copias.facts import CopiasCerradas
from recaudo.domain.copias.models import PedidoDeCopias
from recaudo.domain.copias.states import MAQUINA, NORMA, EstadoCopia
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("cerrar_impagas", Permiso.CARTERA_CERRAR_DIA, CopiasCerradas)


def cerrar_impagas(*, fecha: date, por: Actor) -> int:
    """This act will archive or collect what was unpaid before `fecha`, as the step in force says.

    A step of the daily close: running it again changes nothing. Returns how many moved.
    """
    impagas = list(
        PedidoDeCopias.objects.select_for_update()
        .filter(estado=EstadoCopia.IMPAGA, impaga_desde__lt=fecha)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not impagas:
        return 0
    hacia = EstadoCopia(MAQUINA.paso(ACTO.nombre, EstadoCopia.IMPAGA, en=fecha).hacia)
    with acto(ACTO, por=por, fecha=fecha, norma=NORMA) as a:
        PedidoDeCopias.objects.filter(pk__in=impagas).update(estado=hacia)
        a.declarar(CopiasCerradas(fecha, len(impagas), hacia.palabra))
    return len(impagas)
