"""Write an appointment: one row per province, or one for the nation."""

from collections.abc import Sequence
from datetime import date

from recaudo.domain.organizacion.policy import Nombramiento
from recaudo.infra.security.models import Asignacion, Usuario


def nombrar(
    usuario: Usuario,
    rol: str,
    provincias: Sequence[str],
    *,
    desde: date,
    nombramiento: Nombramiento,
) -> None:
    """Give an office to a person from a day on; the caller checked that it may be given."""
    n = nombramiento
    Asignacion.objects.bulk_create(
        Asignacion(
            usuario=usuario,
            rol=rol,
            provincia=lugar,
            desde=desde,
            hasta=n.hasta,
            calidad=n.calidad,
            acto_documento=n.documento,
            acto_numero=n.numero,
            acto_fecha=n.fecha,
            delegante_id=n.delegante_id,
            delegacion_norma=n.norma,
        )
        for lugar in provincias or ("",)
    )
