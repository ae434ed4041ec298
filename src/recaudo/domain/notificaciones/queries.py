"""Reads of notices: the inbox of an employer, the list of an office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.domain.plazos.queries import PlazoVisto, plazos_de_origen
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.plazo import cantidad_de, contar_plazo
from recaudo.norma.plazos.reglas import regla_de_plazo


class LoQueAbre(NamedTuple):
    """Which deadline the reception of a matter opens, and what happens when it ends."""

    regla: str
    efecto: str


#: What each matter opens. Other matters come with the rooms that notify them.
ABRE: Final[Mapping[str, LoQueAbre]] = MappingProxyType(
    {"glosa": LoQueAbre("pagar_o_impugnar", "vencer_terminos")}
)


@dataclass(frozen=True, slots=True)
class NotificacionVista:
    """A notice as a list shows it."""

    id: int
    empleador_id: int
    provincia: str
    materia_tipo: str
    materia_id: int
    asunto: str
    documento_id: int
    canal: str
    estado: str
    depositada_el: date
    abrir_hasta: date
    recibida_el: date | None
    prueba: Mapping[str, object]
    cantones: tuple[str, ...]


def visible_to(alcance: Alcance) -> QuerySet[Notificacion]:
    """Return the notices within reach."""
    return Notificacion.objects.filter(alcance.q())


_DE_EMPLEADOR = Preparada(
    lambda empleador: Notificacion.objects.filter(empleador_id=empleador).order_by("-id")
)
_DE_MATERIA = Preparada(
    lambda tipo, materia: Notificacion.objects.filter(
        materia_tipo=tipo, materia_id=materia
    ).order_by("id")
)


_RECIBIDAS_DE = Preparada(
    lambda tipo, empleador: Notificacion.objects.filter(
        materia_tipo=tipo, empleador_id=empleador, estado=EstadoNotificacion.RECIBIDA.value
    ).order_by("id")
)


def bandeja(alcance: Alcance, *, empleador_id: int, limite: int = 100) -> list[NotificacionVista]:
    """Return the newest notices of one employer's inbox, those nobody opened first."""
    if alcance.contiene(empleador_id=empleador_id):
        filas = _DE_EMPLEADOR.filas(empleador=empleador_id, limite=limite)  # as visible_to
    else:
        suyas = visible_to(alcance).filter(empleador_id=empleador_id)
        filas = list(suyas.order_by("-id")[:limite])
    vistas = [_vista(n) for n in filas]
    return sorted(vistas, key=lambda v: v.estado == EstadoNotificacion.RECIBIDA)


def sin_abrir(alcance: Alcance, *, empleador_id: int) -> int:
    """How many notices of the employer wait to be opened."""
    filas = visible_to(alcance).filter(empleador_id=empleador_id)
    return filas.exclude(estado=EstadoNotificacion.RECIBIDA).count()


def notificaciones_de(
    alcance: Alcance, *, estado: str | None = None, provincia: str | None = None
) -> QuerySet[Notificacion]:
    """Return the office's notices, newest first, filtered; `vistas` turns a page into rows."""
    filas = visible_to(alcance)
    if estado:
        filas = filas.filter(estado=estado)
    if provincia:
        filas = filas.filter(provincia=provincia)
    return filas.order_by("-id")


def vistas(filas: Iterable[Notificacion]) -> list[NotificacionVista]:
    """Return rows for a screen."""
    return [_vista(n) for n in filas]


def notificacion(alcance: Alcance, *, notificacion_id: int) -> NotificacionVista | None:
    """Return one notice, or None when it does not exist or is out of reach."""
    fila = visible_to(alcance).filter(pk=notificacion_id).first()
    return None if fila is None else _vista(fila)


def notificacion_de_materia(materia_tipo: str, materia_id: int) -> NotificacionVista | None:
    """Return the notice of a matter; the caller has already decided who may see the matter."""
    fila = _DE_MATERIA.primera(tipo=materia_tipo, materia=materia_id)
    return None if fila is None else _vista(fila)


def terminos_de_empleador(
    materia_tipo: str, empleador_id: int, *, alcance: Alcance, hoy: date
) -> dict[int, PlazoVisto]:
    """Return the término in force of each matter of an employer; none when it is out of reach."""
    if not alcance.contiene(empleador_id=empleador_id):
        return {}
    avisos = _RECIBIDAS_DE.filas(tipo=materia_tipo, empleador=empleador_id)
    return plazos_de_origen("notificacion", [aviso.pk for aviso in avisos], hoy=hoy)


def vence_si_se_recibe(aviso: NotificacionVista, *, hoy: date) -> date:
    """Return the last day of the término that a notice would open if it were received today."""
    regla = regla_de_plazo(ABRE[aviso.materia_tipo].regla)
    contado = contar_plazo(
        unidad=regla.unidad,
        obligado=regla.obligado,
        desde=hoy,
        cantidad=cantidad_de(regla, en=hoy, parametros=cargar_parametros()),
        cantones=frozenset(aviso.cantones),
        calendario=cargar_calendario(),
    )
    return contado.vence or hoy


def estado_del_aviso(materia_tipo: str) -> Subquery:
    """Return, for the rows of a kind of matter (by their `pk`), the state of their last notice."""
    avisos = Notificacion.objects.filter(materia_tipo=materia_tipo, materia_id=OuterRef("pk"))
    return Subquery(avisos.order_by("-id").values("estado")[:1])


def _vista(n: Notificacion) -> NotificacionVista:
    return NotificacionVista(
        id=n.pk,
        empleador_id=n.empleador_id,
        provincia=n.provincia,
        materia_tipo=n.materia_tipo,
        materia_id=n.materia_id,
        asunto=n.asunto,
        documento_id=n.documento_id,
        canal=n.canal,
        estado=n.estado,
        depositada_el=n.depositada_el,
        abrir_hasta=n.abrir_hasta,
        recibida_el=n.recibida_el,
        prueba=n.prueba,
        cantones=tuple(n.cantones),
    )
