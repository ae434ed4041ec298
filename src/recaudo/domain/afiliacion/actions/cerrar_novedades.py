"""Close a month to events."""

from datetime import date

from recaudo.domain.afiliacion.facts import PeriodoDeNovedadesCerrado
from recaudo.domain.afiliacion.models import CierreNovedades
from recaudo.domain.afiliacion.policy import esperar_cargas_de
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.period import Periodo

ACTO = Acto("cerrar_novedades", Permiso.PLANILLAS_EMITIR, PeriodoDeNovedadesCerrado)


def cerrar_novedades(*, periodo: Periodo, por: Actor, hoy: date) -> CierreNovedades:
    """This act will stop receiving events of a month whose planillas are being emitted (R-NOV-14).

    Waits for the uploads in course, so that what they enter is read by the emission. Idempotent:
    closing again returns the first closing.
    """
    existente = CierreNovedades.objects.filter(periodo=periodo).first()
    if existente is not None:
        return existente
    with acto(ACTO, por=por, fecha=hoy, norma="Práctica del IESS R-NOV-14") as a:
        esperar_cargas_de(periodo)
        cierre, _ = CierreNovedades.objects.get_or_create(
            periodo=periodo, defaults={"cerrado_en": hoy, "hecho_id": a.hecho_id}
        )
        a.declarar(PeriodoDeNovedadesCerrado(periodo=periodo))
    return cierre
