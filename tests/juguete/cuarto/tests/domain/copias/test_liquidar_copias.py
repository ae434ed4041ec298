"""An order is settled: its debt, its document and its notice to the lawyer."""

import pytest

from recaudo.domain.afiliacion.queries import EmpleadorDesconocido
from recaudo.domain.copias.actions.liquidar_copias import PedidoVacio
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.queries import obligaciones_de_materia
from recaudo.infra.documents.models import Documento
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import GUAYAQUIL, hacer_empleador
from tests.factories.copias import HOY, Pedido, liquidar_copias, pedir
from tests.factories.deudas import violaciones

pytestmark = pytest.mark.django_db


def test_it_bears_a_debt_a_document_and_a_notice_to_the_lawyer() -> None:
    numero = pedir(valor="12.50")
    (deuda,) = obligaciones_de_materia("copias", numero)
    assert (deuda.clase, deuda.saldo) == ("COPIAS", Dinero("12.50"))
    aviso = Notificacion.objects.get(materia_id=numero, materia_tipo="copias")
    assert (aviso.destinatario_tipo, aviso.destinatario_id, aviso.empleador_id) == (
        "ABOGADO", 1717, None,
    )  # fmt: skip
    assert Documento.objects.get(pk=aviso.documento_id).tipo == "LIQUIDACION_DE_COPIAS"
    assert violaciones() == {}


def test_nobody_settles_without_the_permission_beyond_its_province_or_for_nothing() -> None:
    pedido = Pedido(ruc=hacer_empleador().ruc, matricula=1, fojas=1, valor=Dinero("1.00"))
    with pytest.raises(SinPermiso):
        liquidar_copias(pedido=pedido, por=Actor(id=1, nombre="Iris", roles={"AUD"}), hoy=HOY)
    with pytest.raises(EmpleadorDesconocido):
        pedir(hacer_empleador(canton=GUAYAQUIL))
    with pytest.raises(PedidoVacio):
        pedir(valor="0.00")
