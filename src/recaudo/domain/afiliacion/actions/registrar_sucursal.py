"""Register a sucursal of an employer."""

import re
from datetime import date

from django.db import IntegrityError, transaction

from recaudo.domain.afiliacion.facts import SucursalRegistrada
from recaudo.domain.afiliacion.models import Empleador, Sucursal
from recaudo.domain.afiliacion.policy import alcanza_a
from recaudo.domain.organizacion.queries import canton as canton_por_codigo
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.letras import nombre_registrable
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("registrar_sucursal", Permiso.EMPLEADOR_REGISTRAR, SucursalRegistrada)

_CODIGO = re.compile(r"\d{4}", re.ASCII)


class CodigoDeSucursal(Rechazo):
    """A sucursal has four digits, 0001 and up."""

    mensaje = "El código de la sucursal tiene 4 dígitos, de 0001 a 9999."


class SucursalYaRegistrada(Rechazo):
    """The employer already has that sucursal."""

    mensaje = "El empleador ya tiene una sucursal con ese código: use el siguiente número."


def registrar_sucursal(
    *, empleador_id: int, codigo: str, canton: str, por: Actor, hoy: date, nombre: str = ""
) -> Sucursal:
    """This act will add a planilla-bearing unit to an employer (R-EMP-02; LSS art. 73).

    `canton`: 4-digit DPA code, the place whose holidays count. Refuses a repeated
    code, and a name that no document could draw (LetraNoAdmitida, NombreSinLetras).
    """
    por.exigir(Permiso.EMPLEADOR_REGISTRAR)
    empleador = Empleador.objects.filter(pk=empleador_id).first()
    if empleador is None or not alcanza_a(por.alcance(Permiso.EMPLEADOR_REGISTRAR), empleador):
        raise SinPermiso
    if _CODIGO.fullmatch(codigo) is None or codigo == "0000":
        raise CodigoDeSucursal
    lugar = canton_por_codigo(canton)
    with acto(ACTO, por=por, fecha=hoy, norma="LSS art. 73") as a:
        try:
            with transaction.atomic():
                sucursal = Sucursal.objects.create(
                    empleador=empleador,
                    codigo=codigo,
                    nombre=nombre_registrable(nombre, que="El nombre de la sucursal", largo=120),
                    canton=lugar.codigo,
                    provincia=lugar.provincia,
                )
        except IntegrityError as error:
            raise SucursalYaRegistrada from error
        a.declarar(
            SucursalRegistrada(
                sucursal_id=sucursal.pk,
                empleador_id=empleador.pk,
                codigo=codigo,
                canton=lugar.codigo,
                provincia=lugar.provincia,
            )
        )
    return sucursal
