"""Give an office to a person who has an account."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from recaudo.domain.organizacion.batches.nombrar import nombrar
from recaudo.domain.organizacion.facts import RolAsignado
from recaudo.domain.organizacion.policy import (
    Nombramiento,
    RolDesconocido,
    exigir_compatible,
    exigir_nombramiento,
    exigir_rol,
)
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.segregacion import exigir_otra_persona
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("asignar_rol", Permiso.USUARIOS_ADMINISTRAR, RolAsignado)


class CuentaDesconocida(Rechazo):
    """There is no open account of that person."""

    mensaje = "No hay una cuenta abierta de esa persona. Ábrala primero."


class YaTieneElRol(Rechazo):
    """The same office, in the same place, in part of those days."""

    mensaje = "La persona ya tiene ese cargo allí en parte de esas fechas: nada cambió."


class UnoMismo(SinPermiso):
    """Nobody gives an office to oneself."""

    codigo = "UNO_MISMO"
    mensaje = "Nadie se asigna un cargo a sí mismo. Pídalo a otra persona que administre usuarios."


def asignar_rol(
    *,
    usuario_id: int,
    rol: str,
    provincias: Sequence[str] = (),
    desde: date,
    nombramiento: Nombramiento,
    por: Actor,
    hoy: date,
) -> None:
    """This act will give an office from `desde` on, by an act of appointment (COA art. 73).

    `provincias` are 2-digit codes, only for a provincial role. Access begins and ends with the
    dates. Refuses SinPermiso, UnoMismo, CuentaDesconocida, YaTieneElRol and what `policy` says of
    roles, appointments and offices that never meet (S04).
    """
    por.exigir(Permiso.USUARIOS_ADMINISTRAR)
    exigir_otra_persona(de=usuario_id, por=por, rechazo=UnoMismo)
    if not rol:
        msg = "Indique qué rol se asigna."
        raise RolDesconocido(msg)
    lugares = tuple(sorted(set(provincias)))
    exigir_rol(rol, lugares)
    exigir_nombramiento(nombramiento, desde=desde)
    norma = "C.D. 497 art. 3, 3.5.1 m); COA art. 73"
    with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
        # Locked so that two officers at once do not give two offices that never meet.
        usuario = (
            Usuario.objects.select_for_update(no_key=True)
            .filter(pk=usuario_id, is_active=True)
            .first()
        )
        if usuario is None:
            raise CuentaDesconocida
        exigir_compatible(usuario_id=usuario_id, rol=rol, desde=desde, hasta=nombramiento.hasta)
        try:
            with transaction.atomic():
                nombrar(usuario, rol, lugares, desde=desde, nombramiento=nombramiento)
        except IntegrityError as error:
            raise YaTieneElRol from error
        a.declarar(
            RolAsignado(
                usuario_id=usuario.pk,
                nombre=usuario.nombre,
                rol=rol,
                provincias=lugares,
                desde=desde,
                hasta=nombramiento.hasta,
                calidad=nombramiento.calidad,
                acto=" ".join(filter(None, (nombramiento.documento, nombramiento.numero))),
            )
        )
