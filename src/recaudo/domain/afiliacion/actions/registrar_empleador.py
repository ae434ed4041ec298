"""Register an employer."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from recaudo.domain.afiliacion.facts import EmpleadorRegistrado
from recaudo.domain.afiliacion.models import Empleador, Sucursal
from recaudo.domain.organizacion.queries import canton as canton_por_codigo
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.ids import Ruc
from recaudo.kernel.letras import nombre_registrable
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import clave_de_orden
from recaudo.norma.catalogos import buscar_tipo_empleador

ACTO = Acto("registrar_empleador", Permiso.EMPLEADOR_REGISTRAR, EmpleadorRegistrado)

MATRIZ = "0001"


class EmpleadorYaRegistrado(Rechazo):
    """That RUC is already in the registry."""

    mensaje = "Ya hay un empleador registrado con ese RUC: abra su ficha en lugar de crear otra."


class FaltaRazonSocial(Rechazo):
    """An employer has a name."""

    mensaje = "Escriba la razón social o los apellidos y nombres del empleador."


def registrar_empleador(
    *,
    ruc: str,
    razon_social: str,
    tipo_empleador: str,
    canton: str,
    por: Actor,
    hoy: date,
    correo: str = "",
    telefono: str = "",
    direccion: str = "",
    representante: str = "",
    es_ficticio: bool = False,
) -> Empleador:
    """This act will register an employer with its matriz `0001` (LSS art. 73; R-EMP-01, R-EMP-02).

    `ruc` of 13 digits (a person without RUC: cédula and 001); `canton` is a 4-digit DPA code.
    Refuses a RUC that cannot exist, an unknown kind or canton, a RUC already registered, and names
    that no document could draw (LetraNoAdmitida, NombreSinLetras).
    """
    numero = Ruc(ruc).numero
    nombre = nombre_registrable(razon_social, que="La razón social", largo=200)
    if not nombre:
        raise FaltaRazonSocial
    tipo = buscar_tipo_empleador(tipo_empleador)
    lugar = canton_por_codigo(canton)
    with acto(ACTO, por=por, fecha=hoy, norma="LSS art. 73") as a:
        try:
            with transaction.atomic():
                empleador = Empleador.objects.create(
                    ruc=numero,
                    razon_social=nombre,
                    clave_orden=clave_de_orden(nombre)[:220],
                    tipo_empleador=tipo.id,
                    canton=lugar.codigo,
                    correo=correo,
                    telefono=telefono,
                    direccion=nombre_registrable(direccion, que="La dirección", largo=200),
                    representante=nombre_registrable(
                        representante, que="El nombre del representante", largo=160
                    ),
                    es_ficticio=es_ficticio,
                    registrado_en=Now(),
                )
        except IntegrityError as error:
            raise EmpleadorYaRegistrado from error
        _abrir_matriz(empleador, canton=lugar.codigo, provincia=lugar.provincia)
        a.declarar(
            EmpleadorRegistrado(
                empleador_id=empleador.pk,
                ruc=numero,
                razon_social=nombre,
                provincia=lugar.provincia,
            )
        )
    empleador.refresh_from_db(fields=["registrado_en"])
    return empleador


def _abrir_matriz(empleador: Empleador, *, canton: str, provincia: str) -> None:
    Sucursal.objects.create(
        empleador=empleador, codigo=MATRIZ, nombre="Matriz", canton=canton, provincia=provincia
    )
