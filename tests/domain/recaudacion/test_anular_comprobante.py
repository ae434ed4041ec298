"""Only its owner annuls a comprobante, only before it is paid (R-ANU-02); never *cancelado*."""

import pytest

from recaudo.domain.recaudacion.actions.anular_comprobante import (
    AnulacionSinRazon,
    ComprobanteNoAnulable,
    anular_comprobante,
)
from recaudo.domain.recaudacion.queries import ComprobanteNoExiste
from recaudo.infra.audit.models import Hecho
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import SinPermiso
from tests.factories.recaudacion import (
    BRUNO,
    CARLA,
    GENERADO,
    ana_de,
    hacer_comprobante,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db


def test_annulling_frees_the_debt_and_annuls_the_paper() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    anular_comprobante(numero=c.numero, por=ana_de(deuda), hoy=GENERADO, razon="Me equivoqué")
    c.refresh_from_db()
    assert c.estado == "anulado"
    assert Documento.objects.get(pk=c.documento_id).estado == "anulado"
    assert hacer_comprobante(deuda).numero != c.numero


def test_the_history_says_who_was_freed_and_why() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    anular_comprobante(numero=c.numero, por=ana_de(deuda), hoy=GENERADO, razon="Me equivoqué")
    hecho = Hecho.objects.get(tipo="comprobante_anulado")
    assert hecho.frase == f"Se anuló el comprobante {c.numero}. Razón: Me equivoqué"


def test_a_paid_comprobante_is_not_annulled() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    importar(pago_de(c))
    with pytest.raises(ComprobanteNoAnulable, match="depositado"):
        anular_comprobante(numero=c.numero, por=ana_de(deuda), hoy=GENERADO, razon="x")


@pytest.mark.alcance("comprobante")
def test_it_asks_for_a_reason_and_for_its_owner() -> None:
    deuda = hacer_deuda()
    c = hacer_comprobante(deuda)
    for quien, razon, rechazo in (
        (ana_de(deuda), " ", AnulacionSinRazon),
        (ana_de(deuda), "x" * 301, AnulacionSinRazon),
        (CARLA, "x", ComprobanteNoExiste),
        (BRUNO, "x", SinPermiso),
    ):
        with pytest.raises(rechazo):
            anular_comprobante(numero=c.numero, por=quien, hoy=GENERADO, razon=razon)
