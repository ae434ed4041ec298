"""The only file that says "when this fact happens, call that reaction". Read it top to bottom."""

from recaudo.domain.cartera import reactions as cartera
from recaudo.domain.cartera.documents.notificacion_de_glosa import TIPO as NOTIFICACION_DE_GLOSA
from recaudo.domain.cartera.queries import novedades_de_documento as novedades_de_glosa
from recaudo.domain.notificaciones.facts import NotificacionRecibida
from recaudo.domain.recaudacion.documents.comprobante import TIPO as COMPROBANTE
from recaudo.domain.recaudacion.facts import ExtractoImportado, ValorAplicado
from recaudo.domain.recaudacion.queries import novedades_de_documento as novedades_de_comprobante
from recaudo.infra.audit.hechos import conectar
from recaudo.infra.documents.verificacion import conectar_novedades


def conectar_reacciones() -> None:
    """Connect every pair. Same transaction; what leaves the system is a job of `infra.jobs`."""
    # Money came in: glosas of debts paid in full are cancelled.
    conectar(ExtractoImportado.tipo, cartera.cancelar_glosas_al_cobrar)
    conectar(ValorAplicado.tipo, cartera.cancelar_glosas_al_cobrar)
    # The debtor received the notice: the glosa is notified and its término runs.
    conectar(NotificacionRecibida.tipo, cartera.notificar_glosa_al_recibir)
    # What the public verification page tells of a document since it was issued.
    conectar_novedades(COMPROBANTE, novedades_de_comprobante)
    conectar_novedades(NOTIFICACION_DE_GLOSA, novedades_de_glosa)
