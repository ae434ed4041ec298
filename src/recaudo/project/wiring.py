"""The only file that says what follows from what: facts and reactions, the close and its steps.

Read it top to bottom.
"""

from recaudo.domain.cartera import reactions as cartera
from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.actions.vencer_terminos import vencer_terminos
from recaudo.domain.cartera.documents.notificacion_de_glosa import (
    NOTIFICACION_DE_GLOSA,
    estado_de_notificacion,
)
from recaudo.domain.cartera.policy import NOTICIA_DE_GLOSA
from recaudo.domain.notificaciones.actions.vencer_sin_abrir import vencer_sin_abrir
from recaudo.domain.notificaciones.canales.casillero import CASILLERO
from recaudo.domain.notificaciones.canales.protocolo import registrar_canal
from recaudo.domain.notificaciones.facts import NotificacionesSinAbrir, NotificacionRecibida
from recaudo.domain.notificaciones.materias import registrar_materia
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.recaudacion.actions.caducar_comprobantes import caducar_comprobantes
from recaudo.domain.recaudacion.documents.comprobante import COMPROBANTE, estado_de_comprobante
from recaudo.domain.recaudacion.facts import DeudasPagadas, PagosReversados
from recaudo.infra.audit.cierre import PasoDeCierre, conectar_cierre, conectar_efecto
from recaudo.infra.audit.hechos import conectar
from recaudo.infra.documents.tipos import registrar_tipo


def conectar_reacciones() -> None:
    """Connect every pair. Same transaction; what leaves the system is a job of `infra.jobs`."""
    # Money came in: glosas of debts paid in full are cancelled; the bank took it back: they revive.
    conectar(DeudasPagadas.tipo, cartera.cancelar_glosas_al_cobrar)
    conectar(PagosReversados.tipo, cartera.revivir_glosas_al_reversar)
    # The debtor received the notice: the glosa is notified and its término runs.
    conectar(NotificacionRecibida.tipo, cartera.notificar_glosa_al_recibir)
    # Nobody opened the notice of a glosa in time: notice in person or by boletas is due.
    conectar(NotificacionesSinAbrir.tipo, cartera.mover_glosas_sin_abrir)
    # What notices may be about, and the channels by which they travel.
    registrar_materia(NOTICIA_DE_GLOSA)
    registrar_canal(CASILLERO)
    # What a business date brings when it closes, in this order and no other.
    conectar_cierre(
        PasoDeCierre("COMPROBANTE_CADUCADO", caducar_comprobantes),
        PasoDeCierre("MORA", entrar_en_mora),
        PasoDeCierre("GLOSA_EMITIDA", emitir_glosas),
        PasoDeCierre("NOTIFICACION_SIN_ABRIR", vencer_sin_abrir),
        PasoDeCierre("TERMINO_VENCIDO", vencer_plazos),
    )
    # What happens when a deadline ends, by the name given when it was opened.
    conectar_efecto("vencer_terminos", vencer_terminos)
    # The catalogue of documents: each kind, and who says what became of one.
    registrar_tipo(COMPROBANTE, estado_de_comprobante)
    registrar_tipo(NOTIFICACION_DE_GLOSA, estado_de_notificacion)
