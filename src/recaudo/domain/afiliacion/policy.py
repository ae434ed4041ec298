"""Who may act for which employer, and which months receive events."""

from datetime import date

from django.db import connection

from recaudo.domain.afiliacion.models import CierreNovedades, Empleador
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.alcance import Alcance
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.period import Periodo
from recaudo.norma.novedades.plazos_de_aviso import periodos_por_fecha
from recaudo.norma.parametros import Parametros

#: First key of the advisory locks that order uploads and the closing of a month.
_CANDADO_DE_PERIODO = 73_001


def alcanza_a(alcance: Alcance, empleador: Empleador) -> bool:
    """Say whether an employer is within reach: one's own, of one's province, or any.

    It is of a province by its domicile or by any of its sucursales there.
    """
    if alcance.contiene(provincia=empleador.canton[:2], empleador_id=empleador.pk):
        return True
    lugares = empleador.sucursales.values_list("provincia", flat=True)
    return alcance.contiene(provincia=lugares)


def exigir_novedades_de(actor: Actor, empleador: Empleador) -> None:
    """Refuse (SinPermiso) whoever may not report for that employer (LSS art. 73: the employer).

    Whoever represents it, or staff with the permission and within reach.
    """
    actor.exigir(Permiso.NOVEDADES_CARGAR)
    if not alcanza_a(actor.alcance(Permiso.NOVEDADES_CARGAR), empleador):
        raise SinPermiso


def periodos_abiertos(*, hoy: date, parametros: Parametros) -> tuple[Periodo, ...]:
    """Return the months that receive events on `hoy`, oldest first.

    The month of `hoy`, and the month before until it is emitted: by the calendar
    (`novedades.dia_de_cierre`, PROVISIONAL: no text read says it) or because the emission closed
    it. Holds until the end of the transaction: a month being read stays open meanwhile.
    """
    por_fecha = periodos_por_fecha(hoy=hoy, parametros=parametros)
    for periodo in por_fecha:
        _candado(periodo, "pg_advisory_xact_lock_shared")
    cerrados = set(
        CierreNovedades.objects.filter(periodo__in=por_fecha).values_list("periodo", flat=True)
    )
    return tuple(periodo for periodo in por_fecha if periodo not in cerrados)


def esperar_cargas_de(periodo: Periodo) -> None:
    """Wait for the uploads of a month in course, and hold new ones until the transaction ends."""
    _candado(periodo, "pg_advisory_xact_lock")


def _candado(periodo: Periodo, funcion: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {funcion}(%s, %s)",
            [_CANDADO_DE_PERIODO, periodo.anio * 100 + periodo.mes],
        )
