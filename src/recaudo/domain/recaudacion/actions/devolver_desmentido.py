"""Return the proposal to undo what a notice told, with its reason."""

from datetime import date

from recaudo.domain.recaudacion.actions._desmentido import propuesta_de_otro, razon_limpia
from recaudo.domain.recaudacion.actions._recepcion import NORMA
from recaudo.domain.recaudacion.facts import DesmentidoDevuelto
from recaudo.domain.recaudacion.models import DesmentidoDeAviso
from recaudo.domain.recaudacion.states import EstadoAclaracion
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso

ACTO = Acto("devolver_desmentido", Permiso.DESMENTIDO_APROBAR, DesmentidoDevuelto)


def devolver_desmentido(
    *, desmentido_id: int, por: Actor, hoy: date, razon: str
) -> DesmentidoDeAviso:
    """This act will return a proposal to undo what a notice told: it stays in the books (S03).

    Raises DesmentidoNoExiste, DesmienteQuienPropuso, DesmentidoSinRazon, SinPermiso.
    """
    por.exigir(Permiso.DESMENTIDO_APROBAR)
    razon = razon_limpia(razon)
    with acto(ACTO, por=por, fecha=hoy, norma=NORMA) as a:
        fila = propuesta_de_otro(desmentido_id, por)
        DesmentidoDeAviso.objects.filter(pk=fila.pk).update(
            estado=EstadoAclaracion.DEVUELTA, resuelta_por=por.id, resuelta_el=hoy,
            razon_devolucion=razon,
        )  # fmt: skip
        a.declarar(DesmentidoDevuelto(fila.linea.extracto_id, fila.linea.numero, fila.pk, razon))
        fila.refresh_from_db()
    return fila
