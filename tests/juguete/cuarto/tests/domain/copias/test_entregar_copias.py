"""The copies are paid by a statement and by hand, from any state, with the audit at zero."""

import pytest

from recaudo.domain.obligaciones.queries import obligaciones_de_materia
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.domain.recaudacion.models import ValorPorAplicar
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import actor_empleador, hacer_empleador
from tests.factories.copias import HOY, dejar_vencer, entregar_en_mostrador, estado_de, pedir
from tests.factories.deudas import violaciones
from tests.factories.recaudacion import BRUNO, Linea, importar, pago_de

pytestmark = pytest.mark.django_db


def test_they_are_paid_by_a_statement() -> None:
    empleador = hacer_empleador()
    numero = pedir(empleador, valor="12.50")
    entregar_en_mostrador(numero)
    (deuda,) = obligaciones_de_materia("copias", numero)
    comprobante = generar_comprobante(
        empleador_id=empleador.pk, obligaciones=[deuda.id], por=actor_empleador(empleador), hoy=HOY
    )
    assert (comprobante.capital, comprobante.interes) == (Dinero("12.50"), Dinero.CERO)
    importar(pago_de(comprobante, fecha=HOY))
    assert estado_de(numero) == "entregable"
    assert violaciones() == {}


def test_they_are_paid_by_hand_after_the_termino_and_a_cent_less_does_not_pay() -> None:
    numero = pedir(valor="12.50")
    tarde = dejar_vencer(numero)
    (deuda,) = obligaciones_de_materia("copias", numero)
    for centavos, debe in ((1249, "impaga"), (1, "entregable")):
        importar(Linea(centavos, "", f"SUELTO{centavos}", fecha=tarde), hoy=tarde)
        valor = ValorPorAplicar.objects.get(estado="abierto")
        aplicar_valor(
            valor_id=valor.pk, obligaciones=[deuda.id], por=BRUNO, hoy=tarde, razon="Llamó"
        )
        assert estado_de(numero) == debe
    assert violaciones() == {}
