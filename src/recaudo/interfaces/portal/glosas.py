"""The glosas of an employer with their deadlines: the one that runs, and the one that would."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from recaudo.domain.afiliacion.queries import FichaEmpleador
from recaudo.domain.cartera.queries import GlosaVista, glosas_de
from recaudo.domain.notificaciones.queries import (
    NotificacionVista,
    bandeja,
    terminos_de_empleador,
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
        """The last day of the término that runs; none before the reception."""
        return self.termino.vence if self.termino is not None else None


def glosas_en_bandeja(request: Peticion, quien: FichaEmpleador) -> tuple[GlosaEnBandeja, ...]:
    """Return the glosas that were put in the inbox: first those that ask for something, by date."""
    alcance = lo_propio(request)
    glosas = {g.id: g for g in glosas_de(alcance, empleador_id=quien.id)}
    avisos = [n for n in bandeja(alcance, empleador_id=quien.id) if n.materia_tipo == "glosa"]
    terminos = (
        terminos_de_empleador("glosa", quien.id, alcance=alcance, hoy=request.hoy) if avisos else {}
    )
    todas = [
        _una(glosas[n.materia_id], n, terminos, quien.ruc, hoy=request.hoy)
        for n in avisos
        if n.materia_id in glosas
    ]
    return tuple(sorted(todas, key=_urgencia))


def por_obligacion(glosas: tuple[GlosaEnBandeja, ...]) -> Mapping[int, GlosaEnBandeja]:
    """Return the glosa of each debt: the one that asks for something, or the last one."""
    return {
        g.glosa.obligacion_id: g
        for g in sorted(glosas, key=lambda g: (g.esta_pendiente, g.glosa.id))
    }


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
