"""Emissions for tests: a period, a day, a payroll with its events."""

from collections.abc import Callable
from datetime import date

from recaudo.domain.afiliacion.models import CambioSueldo, Novedad, RelacionLaboral
from recaudo.domain.planillas.actions.emitir_planillas import ResultadoEmision, emitir_planillas
from recaudo.infra.audit.hechos import ActoAbierto, acto
from recaudo.infra.security.actor import Actor
from recaudo.kernel.money import Dinero
from recaudo.kernel.period import Periodo
from tests.factories.actos import Probado, acto_de_prueba

PERIODO = Periodo(2026, 9)
HOY = date(2026, 10, 5)
SISTEMA = Actor.sistema("Prueba")


def emitir(
    *,
    periodo: Periodo = PERIODO,
    ruc: str | None = None,
    sucursal: str | None = None,
    trozos: int | None = None,
    ensayo: bool = False,
) -> ResultadoEmision:
    """Emit a period on the fifth of October 2026, with this connection only."""
    return emitir_planillas(
        periodo=periodo,
        por=SISTEMA,
        hoy=HOY,
        trabajadores=1,
        ruc=ruc,
        sucursal=sucursal,
        trozos=trozos,
        ensayo=ensayo,
    )


def en_un_acto(trabajo: Callable[[ActoAbierto], None], *, como: str = "prueba") -> None:
    """Do some work inside an act of the system, under the name of `como`, that states a fact."""

    with acto(acto_de_prueba(como=como), por=SISTEMA, fecha=HOY, norma="C.D. 497") as abierto:
        trabajo(abierto)
        abierto.declarar(Probado())


def extras(relacion: RelacionLaboral, valor: str, *, estado: str = "registrada") -> Novedad:
    """Register a variation of salary by extras (USD) in the period."""
    return _novedad(relacion, "INS", valor=Dinero(valor), estado=estado)


def dias_no_laborados(relacion: RelacionLaboral, dias: int) -> Novedad:
    """Register days not worked in the period."""
    return _novedad(relacion, "MND", dias=dias)


def cambio_de_sueldo(relacion: RelacionLaboral, *, desde: Periodo, antes: str, nuevo: str) -> None:
    """Leave a relation with a new salary since a period, and the old one in its history."""
    RelacionLaboral.objects.filter(pk=relacion.pk).update(sueldo=Dinero(nuevo), sueldo_desde=desde)
    CambioSueldo.objects.create(
        relacion=relacion,
        periodo=desde,
        sueldo_anterior=Dinero(antes),
        sueldo_nuevo=Dinero(nuevo),
        novedad_id=1,
    )


def _novedad(relacion: RelacionLaboral, tipo: str, **otros: object) -> Novedad:
    return Novedad.objects.create(
        tipo=tipo,
        empleador_id=relacion.empleador_id,
        sucursal_id=relacion.sucursal_id,
        persona_id=relacion.persona_id,
        relacion=relacion,
        periodo=PERIODO,
        fecha_hecho=PERIODO.primer_dia,
        fecha_registro=PERIODO.primer_dia,
        fecha_limite=PERIODO.ultimo_dia,
        es_tardia=False,
        origen="EMPLEADOR",
        hecho_id=1,
        **otros,
    )
