"""Reads of notices: the inbox of an employer, the list of an office."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from recaudo.domain.notificaciones.canales.protocolo import canal_de, canales_que_se_abren
from recaudo.domain.notificaciones.materias import materia_de
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.notificaciones.states import EstadoNotificacion
from recaudo.domain.plazos.queries import PlazoVisto, plazos_de_origen, ultimo_dia_del_origen
from recaudo.infra.preparadas import Preparada
from recaudo.infra.security.alcance import Alcance
from recaudo.norma.parametros import Parametros, cargar_parametros
from recaudo.norma.plazos.calendario import Calendario, cargar_calendario
from recaudo.norma.plazos.plazo import cantidad_de, contar_plazo
from recaudo.norma.plazos.reglas import ReglaDePlazo


@dataclass(frozen=True, slots=True)
class NotificacionVista:
    """A notice as a list shows it."""

    id: int
    destinatario_tipo: str
    destinatario_id: int
    empleador_id: int | None
    provincia: str
    materia_tipo: str
    materia_id: int
    asunto: str
    documento_id: int
    canal: str
    intento: int
    estado: str
    depositada_el: date
    abrir_hasta: date | None
    recibida_el: date | None
    surtira_el: date | None
    surte_efecto: bool
    motivo_fallo: str
    prueba: Mapping[str, object]
    cantones: tuple[str, ...]
    hecho_id: int

    @property
    def nombre_del_canal(self) -> str:
        """How a person calls the channel."""
        return canal_de(self.canal).nombre

    @property
    def quien_acuso(self) -> str:
        """Who of the addressee acknowledged it; empty when an officer registered its reception."""
        propio = canal_de(self.canal).acusa_el_destinatario
        return str(self.prueba.get("quien", "")) if propio else ""


def visible_to(alcance: Alcance) -> QuerySet[Notificacion]:
    """Return the notices within reach."""
    return Notificacion.objects.filter(alcance.q())


_TERMINADAS = (
    EstadoNotificacion.RECIBIDA,
    EstadoNotificacion.POR_SURTIR,
    EstadoNotificacion.FALLIDA,
)
_DE_EMPLEADOR = Preparada(
    lambda empleador: Notificacion.objects.filter(empleador_id=empleador).order_by("-id")
)
_DE_MATERIA = Preparada(
    lambda tipo, materia: Notificacion.objects.filter(
        materia_tipo=tipo, materia_id=materia
    ).order_by("-surte_efecto", "-id")
)

_DE_MATERIAS = Preparada(
    lambda tipo, materias: Notificacion.objects.filter(
        materia_tipo=tipo, materia_id=materias.alguno
    ).order_by("surte_efecto", "id")
)
_POR_ID = Preparada(lambda aviso: Notificacion.objects.filter(pk=aviso))


def bandeja(alcance: Alcance, *, empleador_id: int, limite: int = 100) -> list[NotificacionVista]:
    """Return the newest notices of one employer's inbox, those nobody opened first.

    What travels by a channel that he does not open himself is there once it was received.
    """
    if alcance.contiene(empleador_id=empleador_id):
        filas = _DE_EMPLEADOR.filas(empleador=empleador_id, limite=limite)  # as visible_to
    else:
        suyas = visible_to(alcance).filter(empleador_id=empleador_id)
        filas = list(suyas.order_by("-id")[:limite])
    vistas = [_vista(n) for n in filas if _esta_en_el_casillero(n)]
    return sorted(vistas, key=lambda v: v.estado == EstadoNotificacion.RECIBIDA)


def aviso_de_cada_una(
    alcance: Alcance, *, materia_tipo: str, materia_ids: Collection[int]
) -> dict[int, NotificacionVista]:
    """Return of each matter the notice that its inbox shows: the one in effect, else the last."""
    filas = _DE_MATERIAS.filas(tipo=materia_tipo, materias=list(materia_ids))
    return {
        n.materia_id: _vista(n)
        for n in filas
        if _esta_en_el_casillero(n)
        and alcance.contiene(provincia=n.provincia, empleador_id=n.empleador_id)
    }


def sin_abrir(alcance: Alcance, *, empleador_id: int) -> int:
    """How many notices of the employer wait to be opened."""
    filas = visible_to(alcance).filter(empleador_id=empleador_id, canal__in=canales_que_se_abren())
    return filas.exclude(estado__in=_TERMINADAS).count()


def vistas(filas: Iterable[Notificacion]) -> list[NotificacionVista]:
    """Return rows for a screen."""
    return [_vista(n) for n in filas]


def notificacion(alcance: Alcance, *, notificacion_id: int) -> NotificacionVista | None:
    """Return one notice, or None when it does not exist or is out of reach."""
    fila = _POR_ID.primera(aviso=notificacion_id)
    if fila is None or not alcance.contiene(
        provincia=fila.provincia, empleador_id=fila.empleador_id
    ):
        return None
    return _vista(fila)


def intentos_de(materia_tipo: str, materia_id: int) -> list[NotificacionVista]:
    """Return every attempt to notify a matter, the oldest first.

    The caller has already decided who may see the matter.
    """
    filas = _DE_MATERIA.filas(tipo=materia_tipo, materia=materia_id)
    return [_vista(n) for n in sorted(filas, key=lambda n: n.pk)]


def el_que_cuenta(intentos: Sequence[NotificacionVista]) -> NotificacionVista | None:
    """Return, of the attempts to notify a matter, the one that took effect, else the last."""
    surtio = (aviso for aviso in intentos if aviso.surte_efecto)
    return next(surtio, intentos[-1] if intentos else None)


def terminos_de_avisos(avisos: Iterable[NotificacionVista], *, hoy: date) -> dict[int, PlazoVisto]:
    """Return the término in force that each received notice opened, by its matter.

    The caller read the notices within its reach; they are of one kind of matter.
    """
    recibidos = [aviso.id for aviso in avisos if aviso.recibida_el is not None]
    return plazos_de_origen("notificacion", recibidos, hoy=hoy)


def vence_si_se_recibe(aviso: NotificacionVista, *, hoy: date) -> date | None:
    """Return the last day of the deadline that a notice would open if it were received today.

    None when a notice of that matter opens none.
    """
    abre = materia_de(aviso.materia_tipo).abre
    if abre is None:
        return None
    return _vence(
        abre.regla, hoy, frozenset(aviso.cantones), cargar_parametros(), cargar_calendario()
    )


@lru_cache(maxsize=1024)
def _vence(
    regla: ReglaDePlazo,
    hoy: date,
    cantones: frozenset[str],
    parametros: Parametros,
    calendario: Calendario,
) -> date | None:
    """The law of a day and a place, whoever asks: each visit of an inbox asks the same again."""
    return contar_plazo(
        unidad=regla.unidad,
        obligado=regla.obligado,
        desde=hoy,
        cantidad=cantidad_de(regla, en=hoy, parametros=parametros),
        cantones=cantones,
        calendario=calendario,
    ).vence


def lista_de_avisos(empleador_id: int, *, alcance: Alcance, hoy: date) -> QuerySet[Notificacion]:
    """Return the inbox of an employer for a list, the most urgent first, with `vence` of each.

    First those not opened, the oldest at the head; then those whose término runs, by its last day;
    then the rest, newest first.
    """
    vence = ultimo_dia_del_origen("notificacion")
    turno = Case(
        When(recibida_el__isnull=True, then=Value(0)),
        When(vence__gte=hoy, then=Value(1)),
        default=Value(2),
    )
    corre = Case(When(vence__gte=hoy, then=F("vence")))
    filas = visible_to(alcance).filter(_en_el_casillero(), empleador_id=empleador_id)
    return filas.annotate(vence=vence).order_by(turno, corre.asc(nulls_last=True), "-id")


def con_aviso(materia_tipo: str) -> Exists:
    """Return, for the rows of a kind of matter (by their `pk`), whether an inbox shows them."""
    return Exists(
        Notificacion.objects.filter(
            _en_el_casillero(), materia_tipo=materia_tipo, materia_id=OuterRef("pk")
        )
    )


def _en_el_casillero() -> Q:
    """As `_esta_en_el_casillero`, for SQL."""
    return Q(recibida_el__isnull=False) | Q(canal__in=canales_que_se_abren())


def estado_del_aviso(materia_tipo: str) -> Subquery:
    """Return, for the rows of a kind of matter (by their `pk`), the state of their notice.

    The one that took effect, else the last attempt.
    """
    avisos = Notificacion.objects.filter(materia_tipo=materia_tipo, materia_id=OuterRef("pk"))
    return Subquery(avisos.order_by("-surte_efecto", "-id").values("estado")[:1])


def _esta_en_el_casillero(n: Notificacion) -> bool:
    """Whether an inbox shows it: he opens that channel himself, or it was received already."""
    return n.recibida_el is not None or n.canal in canales_que_se_abren()


def _vista(n: Notificacion) -> NotificacionVista:
    return NotificacionVista(
        id=n.pk,
        destinatario_tipo=n.destinatario_tipo,
        destinatario_id=n.destinatario_id,
        empleador_id=n.empleador_id,
        provincia=n.provincia,
        materia_tipo=n.materia_tipo,
        materia_id=n.materia_id,
        asunto=n.asunto,
        documento_id=n.documento_id,
        canal=n.canal,
        intento=n.intento,
        estado=n.estado,
        depositada_el=n.depositada_el,
        abrir_hasta=n.abrir_hasta,
        recibida_el=n.recibida_el,
        surtira_el=n.surtira_el,
        surte_efecto=n.surte_efecto,
        motivo_fallo=n.motivo_fallo,
        prueba=n.prueba,
        cantones=tuple(n.cantones),
        hecho_id=n.hecho_id,
    )
