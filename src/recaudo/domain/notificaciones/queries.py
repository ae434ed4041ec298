"""Reads of notices and términos: the inbox of an employer, the list of an office, the days left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from recaudo.domain.notificaciones.models import Notificacion, Termino
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.norma.glosas.plazos_de_glosa import termino_de_glosa
from recaudo.norma.parametros import cargar_parametros
from recaudo.norma.plazos.calendario import cargar_calendario
from recaudo.norma.plazos.termino import Termino as TerminoContado


class ReglaDeTermino(NamedTuple):
    """Which término a matter opens: its name, its article and the rule that counts it."""

    nombre: str
    norma: str
    contar: Callable[..., TerminoContado]


#: What each matter opens. Other matters come with the rooms that notify them.
REGLAS: Final[Mapping[str, ReglaDeTermino]] = MappingProxyType(
    {"glosa": ReglaDeTermino("pagar_o_impugnar", "C.D. 516 art. 129", termino_de_glosa)}
)


@dataclass(frozen=True, slots=True)
class DiaDelTermino:
    """One calendar day from the notification to the last day: `numero` when it counts."""

    fecha: date
    numero: int | None
    motivo: str
    es_hoy: bool
    es_dudoso: bool = False


@dataclass(frozen=True, slots=True)
class TerminoVisto:
    """A término as a screen shows it, day by day. `restantes` counts today while it counts.

    `vence` is the last day of whoever owes; the office acts by `vence_min`. They differ when a
    local holiday of those places is not verified (`lista_verificada` is then False).
    """

    materia_tipo: str
    materia_id: int
    regla: str
    notificado_el: date
    dias: int
    vence: date
    vence_min: date
    restantes: int
    esta_vencido: bool
    calendario: tuple[DiaDelTermino, ...]
    calendario_version: str
    cantones: tuple[str, ...]
    norma: str
    estado_verificacion: str

    @property
    def lista_verificada(self) -> bool:
        """Whether no doubtful local holiday changes the last day."""
        return self.vence_min == self.vence

    @property
    def dudosos(self) -> tuple[DiaDelTermino, ...]:
        """The days that may be local holidays and make the difference."""
        return tuple(dia for dia in self.calendario if dia.es_dudoso)


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
_TERMINOS_DE = Preparada(
    lambda tipo, materia: Termino.objects.filter(materia_tipo=tipo, materia_id=materia).order_by(
        "-id"
    )
)


_TERMINOS_DE_EMPLEADOR = Preparada(
    lambda tipo, empleador: Termino.objects.filter(
        materia_tipo=tipo, notificacion__empleador_id=empleador
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


def termino_de(materia_tipo: str, materia_id: int, *, hoy: date) -> TerminoVisto | None:
    """Return the término in force of a matter, day by day as seen on `hoy`, or None."""
    fila = _TERMINOS_DE.primera(tipo=materia_tipo, materia=materia_id)
    return None if fila is None else _termino(fila, hoy)


def terminos_de_empleador(
    materia_tipo: str, empleador_id: int, *, alcance: Alcance, hoy: date
) -> dict[int, TerminoVisto]:
    """Return the término in force of each matter of an employer; none when it is out of reach."""
    if not alcance.contiene(empleador_id=empleador_id):
        return {}
    filas = _TERMINOS_DE_EMPLEADOR.filas(tipo=materia_tipo, empleador=empleador_id)
    return {
        fila.materia_id: _termino(fila, hoy) for fila in filas
    }  # the last of each is the newest


def vence_si_se_recibe(aviso: NotificacionVista, *, hoy: date) -> date:
    """Return the last day of the término that a notice would open if it were received today."""
    return (
        REGLAS[aviso.materia_tipo]
        .contar(
            notificado=hoy,
            cantones=frozenset(aviso.cantones),
            calendario=cargar_calendario(),
            parametros=cargar_parametros(),
        )
        .vence
    )


def estado_del_aviso(materia_tipo: str) -> Subquery:
    """Return, for the rows of a kind of matter (by their `pk`), the state of their last notice."""
    avisos = Notificacion.objects.filter(materia_tipo=materia_tipo, materia_id=OuterRef("pk"))
    return Subquery(avisos.order_by("-id").values("estado")[:1])


def ultimo_dia_del_termino(materia_tipo: str) -> Subquery:
    """Return, for the rows of a kind of matter (by their `pk`), the last day of their término."""
    terminos = Termino.objects.filter(materia_tipo=materia_tipo, materia_id=OuterRef("pk"))
    return Subquery(terminos.order_by("-id").values("vence")[:1])


def terminos_vencidos(materia_tipo: str, *, antes_de: date) -> QuerySet[Termino]:
    """Return the términos of a kind of matter whose last day is before `antes_de`."""
    return Termino.objects.filter(materia_tipo=materia_tipo, vence__lt=antes_de)


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


def _termino(t: Termino, hoy: date) -> TerminoVisto:
    habiles = [date.fromisoformat(dia) for dia in t.habiles]
    numeros = {dia: n for n, dia in enumerate(habiles, start=1)}
    motivos = {date.fromisoformat(d["fecha"]): d["motivo"] for d in t.inhabiles}
    dudosos = {date.fromisoformat(d["fecha"]) for d in t.dudosos}
    return TerminoVisto(
        materia_tipo=t.materia_tipo,
        materia_id=t.materia_id,
        regla=t.regla,
        notificado_el=t.notificado_el,
        dias=t.dias,
        vence=t.vence,
        vence_min=t.vence_min,
        restantes=sum(1 for dia in habiles if dia >= hoy),
        esta_vencido=hoy > t.vence,
        calendario=tuple(
            DiaDelTermino(dia, numeros.get(dia), motivos.get(dia, ""), dia == hoy, dia in dudosos)
            for dia in sorted({*numeros, *motivos})
        ),
        calendario_version=t.calendario_version,
        cantones=tuple(t.cantones),
        norma=t.norma,
        estado_verificacion=t.estado_verificacion,
    )
