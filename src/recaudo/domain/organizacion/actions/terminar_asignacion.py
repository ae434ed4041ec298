"""End an office: whoever held it has no access from that day on."""

from datetime import date

from recaudo.domain.organizacion.facts import AsignacionTerminada
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Asignacion
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("terminar_asignacion", Permiso.USUARIOS_ADMINISTRAR, AsignacionTerminada)


class AsignacionNoVigente(Rechazo):
    """The person does not hold that office there, or it ended already."""

    mensaje = "La persona no tiene ese cargo allí, o ya terminó. Revise el rol y la provincia."


class FinEnElPasado(Rechazo):
    """What was done with the office stays done: it does not end before today."""

    mensaje = (
        "El cargo no puede terminar antes de hoy ni antes de empezar: indique hoy o una fecha "
        "posterior. Lo actuado con él queda."
    )


def terminar_asignacion(
    *,
    usuario_id: int,
    rol: str,
    provincia: str = "",
    hasta: date,
    razon: str,
    por: Actor,
    hoy: date,
) -> None:
    """This act will end an office on `hasta`, exclusive: that day it opens nothing (R-ACC-1).

    One given by mistake ends the day it began: it is then without effect.

    Refuses SinPermiso, AsignacionNoVigente and FinEnElPasado.
    """
    por.exigir(Permiso.USUARIOS_ADMINISTRAR)
    norma = "C.D. 497 art. 3, 3.5.1 m); COA art. 73"
    with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
        abiertas = Asignacion.objects.select_for_update(no_key=True, of=("self",))
        suya = (
            abiertas.filter(usuario_id=usuario_id, rol=rol, provincia=provincia)
            .exclude(hasta__lte=hoy)
            .order_by("desde")
            .first()
        )
        if suya is None:
            raise AsignacionNoVigente
        if hasta < hoy or hasta < suya.desde:
            raise FinEnElPasado
        antes = suya.hasta
        suya.hasta = hasta
        suya.save(update_fields=["hasta"])
        a.declarar(
            AsignacionTerminada(
                usuario_id=usuario_id,
                rol=rol,
                provincia=provincia,
                hasta=hasta,
                razon=razon.strip(),
            ),
            antes={"hasta": antes},
        )
