"""Which office may be given to whom, where, by which act, and which ones never meet."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from recaudo.domain.organizacion.models import Provincia
from recaudo.infra.security.models import Asignacion
from recaudo.infra.security.roles import ROLES, Territorio
from recaudo.infra.security.segregacion import par_prohibido
from recaudo.kernel.refusals import Rechazo


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


class NombramientoIncompleto(Rechazo):
    """An act of appointment has a document, a number and a date; a delegation, who and why."""

    norma = "COA art. 73"


class FechasDelNombramiento(Rechazo):
    """It ends after it begins."""

    mensaje = "El último día del cargo no puede ser anterior al primero. Revise las fechas."


class CargosIncompatibles(Rechazo):
    """Two offices that nobody holds at once (S04)."""

    norma = "C.D. 497 art. 3, 3.5.1 m)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nombramiento:
    """The act that appoints, and how: `hasta` is the day access ends, exclusive, or None.

    `calidad` is TITULAR, ENCARGADO or DELEGADO; a delegation has `delegante_id` (a user) and the
    `norma` that allows it (COA art. 73).
    """

    documento: str = ""
    numero: str = ""
    fecha: date | None = None
    calidad: str = "TITULAR"
    delegante_id: int | None = None
    norma: str = ""
    hasta: date | None = None


#: For an office whose act of appointment is not at hand yet.
SIN_ACTO: Final = Nombramiento()


def exigir_rol(rol: str, provincias: tuple[str, ...]) -> None:
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


def exigir_nombramiento(nombramiento: Nombramiento, *, desde: date) -> None:
    """Refuse (NombramientoIncompleto, FechasDelNombramiento) an act half told."""
    n = nombramiento
    partes = [bool(n.documento), bool(n.numero), n.fecha is not None]
    if any(partes) and not all(partes):
        msg = "El acto de nombramiento lleva tres datos: qué documento, su número y su fecha."
        raise NombramientoIncompleto(msg)
    if n.calidad not in Asignacion.Calidad.values:
        msg = f"La calidad es una de: {', '.join(Asignacion.Calidad.values)}."
        raise NombramientoIncompleto(msg)
    es_delegacion = n.calidad == Asignacion.Calidad.DELEGADO
    completa = n.delegante_id is not None and bool(n.norma) and all(partes)
    if es_delegacion and not completa:
        msg = "Una delegación dice quién delega, por qué norma y con qué acto."
        raise NombramientoIncompleto(msg)
    if not es_delegacion and (n.delegante_id is not None or n.norma):
        msg = "Solo una delegación tiene delegante y norma: quítelos, o indique DELEGADO."
        raise NombramientoIncompleto(msg)
    if n.hasta is not None and n.hasta <= desde:
        raise FechasDelNombramiento


def exigir_compatible(*, usuario_id: int, rol: str, desde: date, hasta: date | None = None) -> None:
    """Refuse (CargosIncompatibles) an office that never meets one held in those days (S04)."""
    cruzan = Asignacion.objects.filter(usuario_id=usuario_id).filter(
        Q(hasta__isnull=True) | Q(hasta__gt=desde)
    )
    if hasta is not None:
        cruzan = cruzan.filter(desde__lt=hasta)
    tenidos = cruzan.order_by("rol").values_list("rol", flat=True).distinct()
    if (par := par_prohibido(rol, tenidos)) is not None:
        msg = f"{par.razon} La persona ya tiene un cargo con el que {rol} no se junta."
        raise CargosIncompatibles(msg)
