"""Annul a comprobante nobody paid. Its state is *anulado*; *cancelado* means paid (R-COM-01)."""

from datetime import date

from recaudo.domain.recaudacion.facts import ComprobanteAnulado
from recaudo.domain.recaudacion.models import Comprobante
from recaudo.domain.recaudacion.policy import puede_anular
from recaudo.domain.recaudacion.queries import ComprobanteNoExiste
from recaudo.domain.recaudacion.states import MAQUINA, EstadoComprobante
from recaudo.infra.audit.hechos import Acto, acto
from recaudo.infra.documents.congelado import DocumentoAnulado, anular_documento
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.permisos import Permiso
from recaudo.kernel.refusals import Rechazo
from recaudo.kernel.text import es_razon

ACTO = Acto("anular_comprobante", Permiso.COMPROBANTE_ANULAR, ComprobanteAnulado, DocumentoAnulado)

LARGO_RAZON = 300


class ComprobanteNoAnulable(Rechazo):
    """Only a comprobante that can still be paid is annulled."""

    norma = "R-ANU-02"


class AnulacionSinRazon(Rechazo):
    """An annulment says why."""

    mensaje = "Escriba por qué anula el comprobante, en 300 letras como máximo."


def anular_comprobante(*, numero: str, por: Actor, hoy: date, razon: str) -> Comprobante:
    """This act will annul a comprobante in state generado and free its obligations (R-ANU-02).

    Raises ComprobanteNoExiste (missing or another's), ComprobanteNoAnulable, AnulacionSinRazon.
    """
    por.exigir(Permiso.COMPROBANTE_ANULAR)
    if not es_razon(razon.strip(), hasta=LARGO_RAZON):
        raise AnulacionSinRazon
    with acto(ACTO, por=por, fecha=hoy, norma="R-ANU-02") as a:
        fila = (
            Comprobante.objects.select_for_update(of=("self",))
            .filter(numero=numero.strip())
            .first()
        )
        if fila is None or not puede_anular(por, fila.empleador_id):
            raise ComprobanteNoExiste
        if ACTO.nombre not in MAQUINA.actos_desde(fila.estado):
            msg = f"El comprobante {fila.numero} está {fila.estado}: ya no se puede anular."
            raise ComprobanteNoAnulable(msg)
        Comprobante.objects.filter(pk=fila.pk).update(estado=EstadoComprobante.ANULADO)
        provincia = ""
        if fila.documento_id is not None:
            provincia = Documento.objects.values_list("provincia", flat=True).get(
                pk=fila.documento_id
            )
        a.declarar(
            ComprobanteAnulado(fila.pk, fila.numero, fila.empleador_id, provincia, razon.strip())
        )
        if fila.documento_id is not None:
            anular_documento(acto=a, documento_id=fila.documento_id, motivo=razon.strip())
        fila.refresh_from_db()
    return fila
