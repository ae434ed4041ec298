"""Hold a glosa as notified: its notice was received with proof."""

from datetime import date

from recaudo.domain.cartera.facts import GlosaNotificada
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.cartera.states import MAQUINA, EstadoGlosa
from recaudo.infra.audit.hechos import Acto, ActoAbierto, acto

ACTO = Acto("notificar_glosa", None, GlosaNotificada)


def notificar_glosa(
    *, glosa_id: int, recibida_el: date, vence: date, causa: ActoAbierto
) -> Glosa | None:
    """This act will move a glosa to `notificada`: from then its término runs (COA art. 164).

    It happens inside the act that proved the reception, `causa`, also when the notice was opened
    late. A glosa already paid stays as it is (None): the reception is kept and its término too.
    """
    glosa = Glosa.objects.select_for_update().get(pk=glosa_id)
    if glosa.estado not in MAQUINA.desde_de(ACTO.nombre):
        return None
    with acto(ACTO, por=causa.por, fecha=causa.fecha, norma="COA art. 164") as a:
        Glosa.objects.filter(pk=glosa.pk).update(estado=EstadoGlosa.NOTIFICADA)
        a.declarar(
            GlosaNotificada(
                glosa_id=glosa.pk,
                numero=glosa.numero,
                empleador_id=glosa.empleador_id,
                provincia=glosa.provincia,
                recibida_el=recibida_el,
                vence=vence,
            )
        )
    return glosa
