"""What was declared money of its own leaves the books by another person, with what it paid."""

import pytest

from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.actions.declarar_linea_propia import (
    YaSeRevirtio,
    declarar_linea_propia,
)
from recaudo.domain.recaudacion.actions.revertir_declaracion import (
    NoEstaDeclarada,
    ReversionSinRazon,
    RevierteQuienDeclaro,
    revertir_declaracion,
)
from recaudo.domain.recaudacion.models import LineaExtracto, ValorPorAplicar
from recaudo.domain.recaudacion.queries import LineaNoExiste, cuentas_bancarias
from recaudo.infra.security.actor import Actor, SinPermiso
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.recaudacion.test_banco_propiedades import INVARIANTES
from tests.domain.recaudacion.test_declarar_linea_propia import UNA, con_saldos, declarada
from tests.factories.recaudacion import BRUNO, CARLA, PAGADO, hacer_comprobante, hacer_deuda

pytestmark = pytest.mark.django_db
IRENE = Actor(id=52, nombre="Irene Confirma", roles=frozenset({"UREC"}))


def test_another_person_reverts_it_and_the_books_are_the_banks_again() -> None:
    linea = declarada()
    con_saldos(UNA, clave="M3")
    assert [str(c.diferencia) for c in cuentas_bancarias()] == ["50.00"]
    hecha = revertir_declaracion(linea_id=linea.pk, por=IRENE, hoy=PAGADO, razon="Era la misma")
    assert (hecha.resultado, hecha.motivo, hecha.ocurrencia) == ("YA_VISTA", "IGUAL", 0)
    assert ValorPorAplicar.objects.get(ingreso_id=linea.pk).estado == "reversado"
    assert [c.cuadra for c in cuentas_bancarias()] == [True]
    assert not {r.id for r in auditar(ids=INVARIANTES).resultados if r.violaciones}
    with pytest.raises(YaSeRevirtio):
        declarar_linea_propia(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="Otra vez")


def test_what_was_paid_with_it_is_owed_again() -> None:
    linea = declarada()
    deuda = hacer_deuda(personal="50.00", patronal="0.00", ccc="0.00")
    valor = ValorPorAplicar.objects.get(ingreso_id=linea.pk)
    aplicar_valor(
        valor_id=valor.pk, comprobante_numero=hacer_comprobante(deuda).numero, por=BRUNO,
        hoy=PAGADO, razon="Es suyo",
    )  # fmt: skip
    deuda.refresh_from_db()
    assert deuda.estado == "cancelada"
    revertir_declaracion(linea_id=linea.pk, por=IRENE, hoy=PAGADO, razon="Era la misma")
    deuda.refresh_from_db()
    assert deuda.estado != "cancelada"
    assert not {r.id for r in auditar(ids=INVARIANTES).resultados if r.violaciones}


def test_reverting_is_refused_to_who_declared_without_reason_or_of_another_line() -> None:
    linea = declarada()
    with pytest.raises(RevierteQuienDeclaro):
        revertir_declaracion(linea_id=linea.pk, por=BRUNO, hoy=PAGADO, razon="x")
    with pytest.raises(ReversionSinRazon):
        revertir_declaracion(linea_id=linea.pk, por=IRENE, hoy=PAGADO, razon="  ")
    with pytest.raises(SinPermiso):
        revertir_declaracion(linea_id=linea.pk, por=CARLA, hoy=PAGADO, razon="x")
    otra = LineaExtracto.objects.get(ocurrencia=1)
    with pytest.raises(NoEstaDeclarada):
        revertir_declaracion(linea_id=otra.pk, por=IRENE, hoy=PAGADO, razon="x")
    with pytest.raises(LineaNoExiste):
        revertir_declaracion(linea_id=linea.pk + 99, por=IRENE, hoy=PAGADO, razon="x")
    revertir_declaracion(linea_id=linea.pk, por=IRENE, hoy=PAGADO, razon="x")
    with pytest.raises(NoEstaDeclarada):
        revertir_declaracion(linea_id=linea.pk, por=IRENE, hoy=PAGADO, razon="x")
