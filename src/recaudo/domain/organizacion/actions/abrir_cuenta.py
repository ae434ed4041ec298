"""Open the account of a person who may log in."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from recaudo.domain.organizacion.batches.nombrar import nombrar
from recaudo.domain.organizacion.facts import CuentaAbierta
from recaudo.domain.organizacion.policy import (
    SIN_ACTO,
    Nombramiento,
    exigir_nombramiento,
    exigir_rol,
)
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.entrada import LARGO_CLAVE
from recaudo.infra.security.models import Usuario
from recaudo.infra.security.permisos import Permiso
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
    nombramiento: Nombramiento = SIN_ACTO,
) -> Usuario:
    """This act will let a natural person log in (C.D. 497 art. 3, 3.5.1 m): who has access).

    `identificacion` is a cédula: one person has one account, or four eyes could be two of one
    person. `rol` is the code of an office, held from `hoy` on, or empty; `provincias` are 2-digit
    codes, only for a provincial role; `nombramiento`, its act of appointment. The password is kept
    hashed and told to nobody. Refuses what cannot be (each reason has its class here or in
    `policy`), a cédula that already has an account, and a name that no document could draw
    (LetraNoAdmitida, NombreSinLetras).
    """
    por.exigir(Permiso.USUARIOS_ADMINISTRAR)
    numero = Cedula(identificacion).numero
    llamada = nombre_registrable(nombre)
    if not 0 < len(llamada) <= LARGO_NOMBRE:
        raise NombreDeLaCuenta
    lugares = tuple(sorted(set(provincias)))
    exigir_rol(rol, lugares)
    exigir_nombramiento(nombramiento, desde=hoy)
    _exigir_clave(clave, Usuario(identificacion=numero, nombre=llamada))
    norma = "C.D. 497 art. 3, 3.5.1 m)"
    with acto(ACTO, por=por, fecha=hoy, norma=norma) as a:
        try:
            with transaction.atomic():
                usuario = Usuario.objects.create_user(numero, llamada, clave)
        except IntegrityError as error:
            raise CuentaYaAbierta from error
        if rol:
            nombrar(usuario, rol, lugares, desde=hoy, nombramiento=nombramiento)
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


def _exigir_clave(clave: str, usuario: Usuario) -> None:
    """Refuse a password that the settings' validators find weak, or that the form cannot take."""
    if len(clave) > LARGO_CLAVE:
        msg = f"La clave tiene más de {LARGO_CLAVE} caracteres: use una más corta."
        raise ClaveDebil(msg)
    try:
        validate_password(clave, usuario)
    except ValidationError as error:
        raise ClaveDebil(" ".join(error.messages)) from error
