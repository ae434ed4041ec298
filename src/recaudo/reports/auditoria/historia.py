"""How far earlier audits saw."""

from recaudo.infra.audit.models import Hecho
from recaudo.reports.auditoria.facts import AuditoriaEjecutada


def ultimo_hecho_sano() -> int:
    """Return the last fact covered by an audit that found nothing; 0 when there is none."""
    previa = (
        Hecho.objects.filter(tipo=AuditoriaEjecutada.tipo, despues__violaciones=0)
        .order_by("-id")
        .first()
    )
    return 0 if previa is None else int(previa.despues["hasta_hecho"])
