"""The glosas of an employer with their deadlines: the one that runs, and the one that would."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.cartera.queries import GlosaVista, glosas_de, glosas_de_obligaciones
from recaudo.domain.notificaciones.queries import (
    NotificacionVista,
    aviso_de_cada_una,
    bandeja,
    terminos_de_avisos,
    vence_si_se_recibe,
)
from recaudo.domain.plazos.queries import PlazoVisto
from recaudo.interfaces.portal.contexto import Peticion, lo_propio
from recaudo.interfaces.portal.plazos import Restantes, restantes_de_termino


@dataclass(frozen=True, slots=True)
class GlosaEnBandeja:
    """A glosa that was put in the inbox, as far as its reader has opened it.

    Before the reception only its subject may be told, and until when one could pay or challenge it
    if it were received today (`vence_si_hoy`); afterwards, the término that runs.
    """

    glosa: GlosaVista
    aviso: NotificacionVista
    termino: PlazoVisto | None
    vence_si_hoy: date | None
    restantes: Restantes | None
    url: str

    @property
    def esta_abierta(self) -> bool:
        """Say whether its reader received it."""
        return self.aviso.recibida_el is not None

    @property
    def esta_pendiente(self) -> bool:
        """Say whether it still asks for something."""
        return self.glosa.esta_viva

    @property
    def vence(self) -> date | None:
        """The last day of the término that runs; none before the reception, nor once settled."""
        return self.termino.vence if self.termino is not None and self.esta_pendiente else None


@dataclass(frozen=True, slots=True)
class Casillero:
    """An inbox: its glosas, the urgent first, each once; and the notices of anything else."""

    glosas: tuple[GlosaEnBandeja, ...]
    otras: tuple[NotificacionVista, ...]


def casillero_de(request: Peticion, quien: FichaEmpleador) -> Casillero:
    """Return the inbox of an employer in one reading; its glosas only when it has some."""
    alcance = lo_propio(request)
    avisos = bandeja(alcance, empleador_id=quien.id)
    otras = tuple(n for n in avisos if n.materia_tipo != "glosa")
    por_antiguedad = sorted(avisos, key=lambda n: (n.surte_efecto, n.id))
    de_glosa = {n.materia_id: n for n in por_antiguedad if n.materia_tipo == "glosa"}
    glosas = glosas_de(alcance, empleador_id=quien.id) if de_glosa else []
    return Casillero(_con_su_aviso(glosas, de_glosa, quien.ruc, hoy=request.hoy), otras)


def glosa_de_cada_deuda(
    request: Peticion, quien: FichaEmpleador, obligaciones: Collection[int]
) -> Mapping[int, GlosaEnBandeja]:
    """Return the glosa of each of those debts: the one that asks for something, or the last one.

    One question when none has any, as almost always.
    """
    alcance = lo_propio(request)
    glosas = glosas_de_obligaciones(alcance, empleador_id=quien.id, obligaciones=obligaciones)
    if not glosas:
        return {}
    avisos = aviso_de_cada_una(
        alcance, materia_tipo="glosa", materia_ids=[glosa.id for glosa in glosas]
    )
    vistas = _con_su_aviso(glosas, avisos, quien.ruc, hoy=request.hoy)
    return {
        g.glosa.obligacion_id: g
        for g in sorted(vistas, key=lambda g: (g.esta_pendiente, g.glosa.id))
    }


def _con_su_aviso(
    glosas: Sequence[GlosaVista], avisos: Mapping[int, NotificacionVista], ruc: str, *, hoy: date
) -> tuple[GlosaEnBandeja, ...]:
    terminos = terminos_de_avisos(avisos.values(), hoy=hoy)
    todas = [_una(g, avisos[g.id], terminos, ruc, hoy=hoy) for g in glosas if g.id in avisos]
    return tuple(sorted(todas, key=_urgencia))


def _una(
    glosa: GlosaVista,
    aviso: NotificacionVista,
    terminos: Mapping[int, PlazoVisto],
    ruc: str,
    *,
    hoy: date,
) -> GlosaEnBandeja:
    termino = terminos.get(glosa.id)
    espera = aviso.recibida_el is None and glosa.esta_viva
    cual = (
        ("portal:recibir", aviso.id)
        if aviso.recibida_el is None
        else ("portal:glosa", glosa.numero)
    )
    return GlosaEnBandeja(
        glosa=glosa,
        aviso=aviso,
        termino=termino,
        vence_si_hoy=vence_si_se_recibe(aviso, hoy=hoy) if espera else None,
        restantes=(
            restantes_de_termino(termino.vence, termino.restantes, hoy=hoy)
            if termino and termino.vence
            else None
        ),
        url=reverse(cual[0], args=[ruc, cual[1]]),
    )


def _urgencia(g: GlosaEnBandeja) -> tuple[bool, date, int]:
    return not g.esta_pendiente, g.vence or g.vence_si_hoy or date.max, -g.glosa.id
