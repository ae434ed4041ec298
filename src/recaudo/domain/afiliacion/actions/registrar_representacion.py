"""Register who may act for an employer."""

from datetime import date
from typing import Final

from django.db.models import Q

from recaudo.domain.afiliacion.facts import RepresentacionRegistrada
from recaudo.domain.afiliacion.models import Empleador, Representacion
from recaudo.domain.afiliacion.policy import alcanza_a
from recaudo.domain.afiliacion.queries import EmpleadorDesconocido
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("registrar_representacion", Permiso.EMPLEADOR_REGISTRAR, RepresentacionRegistrada)

CALIDADES: Final = ("TITULAR", "TERCERO")


class UsuarioDesconocido(Rechazo):
    """Nobody acts without an account that is open."""

    mensaje = "La persona no tiene una cuenta activa: ábrala antes de registrar a quién representa."


class CalidadDesconocida(Rechazo):
    """One acts as the holder, or as an authorised third party."""

    mensaje = "La calidad es TITULAR (representante) o TERCERO (tercero autorizado)."


class YaLoRepresenta(Rechazo):
    """The representation is already in force, or will be."""

    mensaje = "La persona ya representa a ese empleador: no hace falta registrarlo de nuevo."


def registrar_representacion(
    *,
    usuario_id: int,
    empleador_id: int,
    desde: date,
    por: Actor,
    hoy: date,
    calidad: str = "TITULAR",
) -> Representacion:
    """This act will let a user act for an employer from `desde` on (clave patronal, R-EMP-05).

    `calidad`: TITULAR, or TERCERO (authorised third party). Refuses an unknown user or one whose
    account is closed, an employer that is unknown or out of reach (both answer the same), and
    whoever represents it on `desde` or later.
    """
    por.exigir(Permiso.EMPLEADOR_REGISTRAR)
    if calidad not in CALIDADES:
        raise CalidadDesconocida
    usuario = Usuario.objects.filter(pk=usuario_id, is_active=True).first()
    if usuario is None:
        raise UsuarioDesconocido
    norma = "IESS, requisitos de la clave patronal (R-EMP-05)"
    with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
        # Locked so that two officers at once do not register the same person twice.
        empleadores = Empleador.objects.select_for_update(no_key=True)
        empleador = empleadores.filter(pk=empleador_id).first()
        if empleador is None or not alcanza_a(por.alcance(Permiso.EMPLEADOR_REGISTRAR), empleador):
            raise EmpleadorDesconocido
        suyas = Representacion.objects.filter(usuario=usuario, empleador=empleador)
        if suyas.filter(Q(hasta__isnull=True) | Q(hasta__gt=desde)).exists():
            raise YaLoRepresenta
        representacion = Representacion.objects.create(
            usuario=usuario, empleador=empleador, calidad=calidad, desde=desde
        )
        a.declarar(
            RepresentacionRegistrada(
                representacion_id=representacion.pk,
                empleador_id=empleador.pk,
                usuario_id=usuario.pk,
                nombre=usuario.nombre,
                identificacion=usuario.identificacion,
                calidad=calidad,
                desde=desde,
            )
        )
    return representacion
