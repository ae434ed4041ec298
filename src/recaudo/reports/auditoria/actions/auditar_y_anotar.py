"""Run the audit and leave its result in the history."""

from collections.abc import Callable
from datetime import date
from typing import Final

from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.reports.auditoria.ejecutar import Auditoria, auditar
from recaudo.reports.auditoria.facts import AuditoriaEjecutada
from recaudo.reports.auditoria.historia import marcar, ultimo_hecho_sano

ACTO: Final = Acto("auditar_y_anotar", Permiso.AUDITORIA_EJECUTAR, AuditoriaEjecutada)
NORMA: Final = "C.D. 497 DG 7.ª y 8.ª"


def auditar_y_anotar(
    *,
    incremental: bool,
    por: Actor,
    hoy: date,
    al_terminar: Callable[[str], None] = lambda _: None,
) -> Auditoria:
    """This act will run the audit and leave its result in the history, with how far it saw.

    `incremental` starts after the last fact seen by an audit that found nothing, as it was signed
    outside the database; without that mark it is a full one. Refuses
    SinPermiso (C.D. 497 DG 7.ª and 8.ª: every receivable with its entry).
    """
    por.exigir(Permiso.AUDITORIA_EJECUTAR)
    desde = ultimo_hecho_sano() if incremental else 0
    auditoria = auditar(desde_hecho=desde, al_terminar=al_terminar)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        a.declarar(
            AuditoriaEjecutada(
                auditoria.desde_hecho,
                auditoria.hasta_hecho,
                len(auditoria.resultados),
                auditoria.violaciones,
                tuple(r.id for r in auditoria.resultados if r.violaciones),
            )
        )
        if not auditoria.violaciones:
            marcar(hecho=a.hecho_id, hasta=auditoria.hasta_hecho)
    return auditoria
