"""Open the account of a person who may log in."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from recaudo.domain.organizacion.facts import CuentaAbierta
from recaudo.domain.organizacion.models import Provincia
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.entrada import LARGO_CLAVE
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import ROLES, Territorio
from recaudo.kernel.ids import Cedula
from recaudo.kernel.letras import nombre_registrable
from recaudo.kernel.refusals import Rechazo

ACTO = Acto("abrir_cuenta", Permiso.USUARIOS_ADMINISTRAR, CuentaAbierta)

LARGO_NOMBRE: Final = 160


class NombreDeLaCuenta(Rechazo):
    """A person has a name."""

    mensaje = f"Escriba los apellidos y nombres de la persona, hasta {LARGO_NOMBRE} caracteres."


class CuentaYaAbierta(Rechazo):
    """One person, one account."""

    mensaje = "La persona ya tiene una cuenta con esa cédula: no se abre otra."


class RolDesconocido(Rechazo):
    """No office has that code."""


class RolSoloDelPortal(Rechazo):
    """The employer's role is not given: it comes with the representation."""

    mensaje = (
        "EMP no es un rol de oficina: lo tiene quien representa a un empleador. Deje el rol vacío "
        "y registre la representación."
    )


class FaltaProvincia(Rechazo):
    """A provincial role reaches some province."""


class SobraProvincia(Rechazo):
    """A national role, or none, has no province."""


class ProvinciaDesconocida(Rechazo):
    """No province has that code."""

    norma = "INEC, División Político Administrativa"


class ClaveDebil(Rechazo):
    """The password is too easy to guess, or does not fit in the form that asks for it."""


def abrir_cuenta(
    *,
    identificacion: str,
    nombre: str,
    clave: str,
    por: Actor,
    hoy: date,
    rol: str = "",
    provincias: Sequence[str] = (),
) -> Usuario:
    """This act will let a natural person log in (C.D. 497 art. 3, 3.5.1 m): who has access).

    `identificacion` is a cédula: one person has one account, or four eyes could be two of one
    person. `rol` is the code of an office, held from `hoy` on, or empty; `provincias` are 2-digit
    codes, only for a provincial role. The password is kept hashed and told to nobody. Refuses
    what cannot be (each reason has its class above), a cédula that already has an account, and a
    name that no document could draw (LetraNoAdmitida, NombreSinLetras).
    """
    por.exigir(Permiso.USUARIOS_ADMINISTRAR)
    numero = Cedula(identificacion).numero
    llamada = nombre_registrable(nombre)
    if not 0 < len(llamada) <= LARGO_NOMBRE:
        raise NombreDeLaCuenta
    lugares = tuple(sorted(set(provincias)))
    _exigir_rol(rol, lugares)
    _exigir_clave(clave, Usuario(identificacion=numero, nombre=llamada))
    norma = "C.D. 497 art. 3, 3.5.1 m)"
    with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
        try:
            with transaction.atomic():
                usuario = Usuario.objects.create_user(numero, llamada, clave)
        except IntegrityError as error:
            raise CuentaYaAbierta from error
        if rol:
            Asignacion.objects.bulk_create(
                Asignacion(usuario=usuario, rol=rol, provincia=lugar, desde=hoy)
                for lugar in lugares or ("",)
            )
        a.declarar(
            CuentaAbierta(
                usuario_id=usuario.pk,
                identificacion=numero,
                nombre=llamada,
                rol=rol,
                provincias=lugares,
                desde=hoy,
            )
        )
    return usuario


def _exigir_rol(rol: str, provincias: tuple[str, ...]) -> None:
    """Refuse a role that no officer may hold, or not in those provinces."""
    if rol == "EMP":
        raise RolSoloDelPortal
    if rol and rol not in ROLES:
        de_oficina = ", ".join(codigo for codigo in ROLES if codigo != "EMP")
        msg = f"No existe el rol {rol}. Use uno de: {de_oficina}."
        raise RolDesconocido(msg)
    territorio = ROLES[rol].territorio if rol else Territorio.SIN_PROVINCIA
    if territorio is Territorio.EXIGE_PROVINCIA and not provincias:
        msg = f"El rol {rol} es provincial: indique en qué provincias, por ejemplo 17 (Pichincha)."
        raise FaltaProvincia(msg)
    if provincias and territorio is Territorio.SIN_PROVINCIA:
        cual = f"El rol {rol} es nacional" if rol else "Sin rol de oficina no hay provincias"
        msg = f"{cual}: quite las provincias."
        raise SobraProvincia(msg)
    conocidas = Provincia.objects.filter(codigo__in=provincias).values_list("codigo", flat=True)
    desconocidas = sorted(set(provincias) - set(conocidas))
    if desconocidas:
        msg = (
            f"No existe la provincia {', '.join(desconocidas)}. Escriba los 2 dígitos del código "
            "del INEC, por ejemplo 17 (Pichincha)."
        )
        raise ProvinciaDesconocida(msg)


def _exigir_clave(clave: str, usuario: Usuario) -> None:
    """Refuse a password that the settings' validators find weak, or that the form cannot take."""
    if len(clave) > LARGO_CLAVE:
        msg = f"La clave tiene más de {LARGO_CLAVE} caracteres: use una más corta."
        raise ClaveDebil(msg)
    try:
        validate_password(clave, usuario)
    except ValidationError as error:
        raise ClaveDebil(" ".join(error.messages)) from error
