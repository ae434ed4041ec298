"""Reads of provinces and cantons, and of the accounts of who works there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from recaudo.domain.organizacion.models import Canton, Provincia
from recaudo.infra.security.models import Usuario
from recaudo.kernel.refusals import Rechazo


class CantonDesconocido(Rechazo):
    """No canton has that code."""

    norma = "INEC, División Político Administrativa"


@dataclass(frozen=True, slots=True)
class FichaCanton:
    """A canton and its province."""

    codigo: str
    nombre: str
    provincia: str
    provincia_nombre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FichaCuenta:
    """An account: whose, and the roles held on a day as pairs (role, province or empty)."""

    usuario_id: int
    identificacion: str
    nombre: str
    esta_activa: bool
    asignaciones: frozenset[tuple[str, str]]


def cuenta_de(identificacion: str, *, en: date) -> FichaCuenta | None:
    """Return the account of an identification with the roles it holds on `en`; None without one."""
    usuario = Usuario.objects.filter(identificacion=identificacion).first()
    if usuario is None:
        return None
    vigentes = usuario.asignaciones.filter(Q(hasta__isnull=True) | Q(hasta__gt=en), desde__lte=en)
    return FichaCuenta(
        usuario_id=usuario.pk,
        identificacion=usuario.identificacion,
        nombre=usuario.nombre,
        esta_activa=usuario.is_active,
        asignaciones=frozenset(vigentes.values_list("rol", "provincia")),
    )


def provincias() -> list[Provincia]:
    """Return the 24 provinces in Spanish alphabetical order."""
    return list(Provincia.objects.order_by("clave_orden"))


def cantones(*, provincia: str | None = None) -> list[FichaCanton]:
    """Return the cantons, all or of one province (2-digit code), in Spanish alphabetical order."""
    consulta = Canton.objects.select_related("provincia").order_by("clave_orden", "codigo")
    if provincia is not None:
        consulta = consulta.filter(provincia_id=provincia)
    return [_ficha(canton) for canton in consulta]


def canton(codigo: str) -> FichaCanton:
    """Return the canton with that 4-digit code; CantonDesconocido otherwise."""
    hallado = Canton.objects.select_related("provincia").filter(codigo=codigo).first()
    if hallado is None:
        msg = (
            f"No existe el cantón {codigo}. Escriba los 4 dígitos del código del INEC, por "
            "ejemplo 1701 (Quito)."
        )
        raise CantonDesconocido(msg)
    return _ficha(hallado)


def _ficha(canton: Canton) -> FichaCanton:
    return FichaCanton(
        codigo=canton.codigo,
        nombre=canton.nombre,
        provincia=canton.provincia_id,
        provincia_nombre=canton.provincia.nombre,
    )
