"""Reads of deadlines: the one in force of a matter, day by day, and those that end soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import OuterRef, Subquery

from recaudo.domain.plazos.models import Plazo
from recaudo.infra.preparadas import Preparada
from recaudo.norma.plazos.reglas import ReglaDesconocida, Unidad, regla_de_plazo

_UN_DIA: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiaDelPlazo:
    """One calendar day from the notification to the last day: `numero` when it counts."""

    fecha: date
    numero: int | None
    motivo: str
    es_hoy: bool
    es_dudoso: bool = False


@dataclass(frozen=True, slots=True)
class PlazoVisto:
    """A deadline as a screen shows it, day by day. `restantes` counts today while it counts.

    `vence` is the last day of whoever owes; the office acts by `vence_min`. They differ when a
    local holiday of those places is not verified (`lista_verificada` is then False).
    """

    materia_tipo: str
    materia_id: int
    parte: tuple[str, int]
    regla: str
    titulo: str
    desde: date
    cantidad: int
    unidad: str
    vence: date | None
    vence_min: date | None
    restantes: int
    esta_vencido: bool
    calendario: tuple[DiaDelPlazo, ...]
    calendario_version: str
    cantones: tuple[str, ...]
    norma: str
    estado_verificacion: str
    motivo: str

    @property
    def esta_suspendido(self) -> bool:
        """Whether it stands still: it has no last day until it goes on."""
        return self.vence is None

    @property
    def lista_verificada(self) -> bool:
        """Whether no doubtful local holiday changes the last day."""
        return self.vence_min == self.vence

    @property
    def dudosos(self) -> tuple[DiaDelPlazo, ...]:
        """The days that may be local holidays and make the difference."""
        return tuple(dia for dia in self.calendario if dia.es_dudoso)


#: The row that an act returns to whoever opened it.
PlazoGuardado = Plazo
_DE_MATERIA = Preparada(
    lambda tipo, materia: Plazo.objects.filter(
        materia_tipo=tipo, materia_id=materia, plazo__isnull=True
    ).order_by("-id")
)

_DE_ORIGENES = Preparada(
    lambda tipo, origenes: Plazo.objects.filter(
        origen_tipo=tipo, origen_id=origenes.alguno, plazo__isnull=True
    ).order_by("id")
)


def plazo_de(
    materia_tipo: str,
    materia_id: int,
    *,
    hoy: date,
    regla: str = "",
    parte: tuple[str, int] | None = None,
) -> PlazoVisto | None:
    """Return the deadline in force of a matter as seen on `hoy`, or None.

    Of a rule, if given; of a party (kind and id), where each has its own. The caller has already
    decided who may see the matter. One that ended is still shown.
    """
    filas = _DE_MATERIA.filas(tipo=materia_tipo, materia=materia_id)
    suya = next(
        (
            fila
            for fila in filas
            if regla in ("", fila.regla) and parte in (None, (fila.parte_tipo, fila.parte_id))
        ),
        None,
    )
    return None if suya is None else _visto(suya, hoy)


def plazos_de_origen(
    origen_tipo: str, origen_ids: Sequence[int], *, hoy: date
) -> dict[int, PlazoVisto]:
    """Return the deadline in force that each origin opened, by its matter; the caller may see."""
    if not origen_ids:
        return {}
    filas = _DE_ORIGENES.filas(tipo=origen_tipo, origenes=list(origen_ids))
    return {fila.materia_id: _visto(fila, hoy) for fila in filas}


def ultimo_dia_del_plazo(materia_tipo: str) -> Subquery:
    """Return, for the rows of a kind of matter (by their `pk`), the last day of their deadline."""
    plazos = Plazo.objects.filter(materia_tipo=materia_tipo, materia_id=OuterRef("pk"))
    return Subquery(plazos.order_by("-id").values("vence")[:1])


def ultimo_dia_del_origen(origen_tipo: str) -> Subquery:
    """Return, for rows from which deadlines run (by their `pk`), the last day of theirs."""
    plazos = Plazo.objects.filter(origen_tipo=origen_tipo, origen_id=OuterRef("pk"))
    return Subquery(plazos.order_by("-id").values("vence")[:1])


def plazo_abierto_por(origen_tipo: str, origen_id: int) -> PlazoGuardado | None:
    """Return the deadline that an origin opened, the first if it was replaced; None: it did not."""
    return Plazo.objects.filter(
        origen_tipo=origen_tipo, origen_id=origen_id, reemplaza_a__isnull=True
    ).first()


def historia_de_plazo(materia_tipo: str, materia_id: int, *, hoy: date) -> Sequence[PlazoVisto]:
    """Return every deadline that a matter had, newest first: what each replaced is kept."""
    filas = Plazo.objects.filter(materia_tipo=materia_tipo, materia_id=materia_id)
    return [_visto(fila, hoy) for fila in filas.order_by("-id")]


def _visto(p: Plazo, hoy: date) -> PlazoVisto:
    habiles = [date.fromisoformat(dia) for dia in p.habiles]
    numeros = {dia: n for n, dia in enumerate(habiles, start=1)}
    motivos = {date.fromisoformat(d["fecha"]): d["motivo"] for d in p.inhabiles}
    dudosos = {date.fromisoformat(d["fecha"]) for d in p.dudosos}
    return PlazoVisto(
        materia_tipo=p.materia_tipo,
        materia_id=p.materia_id,
        parte=(p.parte_tipo, p.parte_id),
        regla=p.regla,
        titulo=_titulo(p.regla),
        desde=p.desde,
        cantidad=p.cantidad,
        unidad=p.unidad,
        vence=p.vence,
        vence_min=p.vence_min,
        restantes=_restantes(p, habiles, hoy),
        esta_vencido=p.vence is not None and hoy > p.vence,
        calendario=tuple(
            DiaDelPlazo(dia, numeros.get(dia), motivos.get(dia, ""), dia == hoy, dia in dudosos)
            for dia in sorted({*numeros, *motivos})
        ),
        calendario_version=p.calendario_version,
        cantones=tuple(p.cantones),
        norma=p.norma,
        estado_verificacion=p.estado_verificacion,
        motivo=p.motivo,
    )


def _restantes(p: Plazo, habiles: Sequence[date], hoy: date) -> int:
    """Days left, today included while it counts: business days of a término, else calendar days."""
    if p.unidad == Unidad.HABILES:
        return sum(1 for dia in habiles if dia >= hoy)
    if p.vence is None:
        return 0
    return max(0, (p.vence - max(hoy, p.desde + _UN_DIA)).days + 1)


def _titulo(regla: str) -> str:
    """The words of a rule of `norma`; of another, its name."""
    try:
        return regla_de_plazo(regla).titulo
    except ReglaDesconocida:
        return regla.replace("_", " ")
