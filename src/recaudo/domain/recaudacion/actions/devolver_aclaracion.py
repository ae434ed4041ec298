"""Return a proposal about a debit, with its reason."""

from datetime import date

from recaudo.domain.recaudacion.actions._aclaracion import propuesta_por_otra_persona
from recaudo.domain.recaudacion.actions._recepcion import LARGO_RAZON, NORMA
from recaudo.domain.recaudacion.actions.proponer_aclaracion import AclaracionSinRazon
from recaudo.domain.recaudacion.facts import AclaracionDevuelta
from recaudo.domain.recaudacion.models import AclaracionDeCargo
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.text import es_razon

ACTO = Acto("devolver_aclaracion", Permiso.CARGO_APROBAR, AclaracionDevuelta)


def devolver_aclaracion(
    *, aclaracion_id: int, por: Actor, hoy: date, razon: str
) -> AclaracionDeCargo:
    """This act will return a proposal about a debit: it waits again for one (S03).

    Raises AclaracionNoExiste, ApruebaQuienPropuso, AclaracionSinRazon, SinPermiso.
    """
    por.exigir(Permiso.CARGO_APROBAR)
    razon = " ".join(razon.split())
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise AclaracionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        fila = propuesta_por_otra_persona(aclaracion_id, por)
        AclaracionDeCargo.objects.filter(pk=fila.pk).update(
            estado=EstadoAclaracion.DEVUELTA, resuelta_por=por.id, resuelta_el=hoy,
            razon_devolucion=razon,
        )  # fmt: skip
        a.declarar(AclaracionDevuelta(fila.cargo_id, fila.pk, razon))
        fila.refresh_from_db()
    return fila
