"""One payment touches one glosa, by the ids of its fact; and the reversal revives that one."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from recaudo.domain.afiliacion.models import Empleador
from recaudo.domain.cartera.actions.cancelar_glosas import PAGADAS
from recaudo.domain.cartera.actions.emitir_glosas import emitir_glosas
from recaudo.domain.cartera.actions.entrar_en_mora import entrar_en_mora
from recaudo.domain.cartera.models import Glosa
from recaudo.domain.notificaciones.actions.acusar_recibo import acusar_recibo
from recaudo.domain.notificaciones.models import Notificacion
from recaudo.domain.obligaciones.queries import obligacion
from recaudo.domain.plazos.actions.vencer_plazos import vencer_plazos
from recaudo.domain.recaudacion.actions.aplicar_valor import aplicar_valor
from recaudo.domain.recaudacion.models import Pago, ValorPorAplicar
from recaudo.infra.audit.models import CambioEstado, Hecho
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.reports.auditoria.ejecutar import auditar
from tests.factories.cartera import PRUEBA, SISTEMA, empleador_con_usuario, poner_tasa
from tests.factories.deudas import reversar
from tests.factories.recaudacion import BRUNO, Linea, hacer_deuda, importar

pytestmark = pytest.mark.django_db
DIA_31 = date(2026, 10, 16)


def glosadas(cuantas: int) -> list[int]:
    """So many debts in glosa; their ids."""
    poner_tasa("2026-10", "8.99")
    deudas = [hacer_deuda().pk for _ in range(cuantas)]
    entrar_en_mora(fecha=DIA_31, por=SISTEMA)
    emitir_glosas(fecha=DIA_31, por=SISTEMA)
    return deudas


def pagar(deuda: int) -> Pago:
    importar(Linea(21_838, "", f"P{deuda}", fecha=DIA_31), hoy=DIA_31)
    valor = ValorPorAplicar.objects.get(estado="abierto")
    return aplicar_valor(
        valor_id=valor.pk, obligaciones=[deuda], por=BRUNO, hoy=DIA_31, razon="Prueba"
    )


def test_a_payment_cancels_its_glosa_and_its_reversal_revives_it_where_it_was() -> None:
    una, otra = glosadas(2)
    pago = pagar(una)
    assert Glosa.objects.get(obligacion_id=una).estado == "cancelada"
    assert Glosa.objects.get(obligacion_id=otra).estado == "en_espera_de_notificacion"
    reversar(pago.ingreso_id, fecha=date(2026, 10, 20))
    assert str(obligacion(una, alcance=TODA_LA_NACION).estado) == "en_glosa"
    glosa = Glosa.objects.get(obligacion_id=una)
    assert glosa.estado == "en_espera_de_notificacion"
    ultimo = CambioEstado.objects.filter(maquina="glosa", objeto_id=glosa.pk).latest("id")
    assert (ultimo.acto, ultimo.desde) == ("revivir_glosas", "cancelada")
    assert Hecho.objects.get(tipo="glosas_revividas").causa_id is not None


def test_what_happened_to_its_notice_while_it_was_paid_happens_to_it_when_it_lives_again() -> None:
    (una,) = glosadas(1)
    pago = pagar(una)
    aviso = Notificacion.objects.get()
    duena = empleador_con_usuario(Empleador.objects.get(pk=aviso.empleador_id))
    acusar_recibo(notificacion_id=aviso.pk, por=duena, hoy=date(2026, 10, 19), prueba=PRUEBA)
    assert Glosa.objects.get().estado == "cancelada"
    reversar(pago.ingreso_id, fecha=date(2026, 10, 20))
    assert Glosa.objects.get().estado == "notificada"


def test_the_days_that_passed_while_it_was_paid_are_not_given_again() -> None:
    (una,) = glosadas(1)
    aviso = Notificacion.objects.get()
    duena = empleador_con_usuario(Empleador.objects.get(pk=aviso.empleador_id))
    plazo = acusar_recibo(
        notificacion_id=aviso.pk, por=duena, hoy=date(2026, 10, 19), prueba=PRUEBA
    )
    pago = pagar(una)
    despues = plazo.ultimo_dia + timedelta(days=1)
    assert vencer_plazos(fecha=despues, por=SISTEMA) == 0
    reversar(pago.ingreso_id, fecha=despues)
    pasajes = CambioEstado.objects.filter(maquina="glosa").order_by("id")
    assert [(c.acto, c.hacia) for c in pasajes][-2:] == [
        ("revivir_glosas", "notificada"),
        ("vencer_terminos", "notificada_vencida"),
    ]
    rotos = {r.id for r in auditar(ids=["P01", "P02", "P19"]).resultados if r.violaciones}
    assert rotos == set()


def test_a_glosa_that_the_payment_did_not_cancel_is_not_touched() -> None:
    una, otra = glosadas(2)
    pagar(otra)
    pago = pagar(una)
    reversar(pago.ingreso_id, fecha=DIA_31)
    assert Glosa.objects.get(obligacion_id=otra).estado == "cancelada"


def test_one_payment_reads_one_glosa_and_never_scans_them_all() -> None:
    """EXPLAIN of the reaction's own statement, with many glosas and one debt paid."""
    una = glosadas(3)[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cartera_glosa DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO cartera_glosa (numero, obligacion_id, empleador_id, provincia, "
            "fecha_emision, capital, interes, traza_interes, estado, estado_verificacion, hecho_id)"
            " SELECT 'N' || n, 1000000 + n, 1, '17', '2026-10-16', 1, 0, '[]', "
            "'en_espera_de_notificacion', 'VERIFICADO', 1 FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE cartera_glosa")
        cursor.execute("CREATE TEMP TABLE t_una ON COMMIT DROP AS SELECT %s::bigint AS "
                       "obligacion_id", [una])  # fmt: skip
        cursor.execute("ANALYZE t_una")
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + PAGADAS.format(tabla="t_una"))
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    leidas = [n for n in _nodos(plan[0]["Plan"]) if n.get("Relation Name") == "cartera_glosa"]
    assert leidas, plan
    assert all(n["Node Type"] != "Seq Scan" for n in leidas), leidas
    assert sum(n["Actual Rows"] * n["Actual Loops"] for n in leidas) <= 1


def _nodos(plan: dict) -> list[dict]:  # type: ignore[type-arg]
    return [plan, *(n for hijo in plan.get("Plans", ()) for n in _nodos(hijo))]
