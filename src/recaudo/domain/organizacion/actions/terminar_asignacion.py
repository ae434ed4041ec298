"""End an office: whoever held it has no access from that day on."""

from datetime import date
from typing import Final

from recaudo.domain.organizacion.facts import AsignacionTerminada
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Asignacion
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

LARGO_RAZON: Final = 400
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


class FinSinRazon(Rechazo):
    """Nobody loses an office without saying why."""

    mensaje = f"Escriba por qué termina el cargo, en {LARGO_RAZON} letras como máximo."


class FinMasTarde(Rechazo):
    """Ending an office never prolongs it: that is an appointment, with its own act."""

    norma = "COA art. 73"


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

    Refuses SinPermiso, FinSinRazon, AsignacionNoVigente, FinEnElPasado, and FinMasTarde when it
    ends before that day already.
    """
    por.exigir(Permiso.USUARIOS_ADMINISTRAR)
    if not es_razon(razon, hasta=LARGO_RAZON):
        raise FinSinRazon
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
        if antes is not None and hasta > antes:
            msg = (
                f"El cargo ya termina el {antes:%d/%m/%Y}: aquí solo se adelanta su fin. Para "
                "prolongarlo, asígnelo desde ese día con su documento."
            )
            raise FinMasTarde(msg)
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
