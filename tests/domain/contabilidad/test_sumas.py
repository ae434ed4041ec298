"""The sums kept of the ledger equal the ledger, whatever is posted, sealed or emitted, and when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.domain.contabilidad.actions import sellar_libro as modulo
from recaudo.domain.contabilidad.actions.asentar import asentar
from recaudo.domain.contabilidad.actions.sellar_libro import sellar_libro
from recaudo.domain.contabilidad.models import SumaDeTramo, TramoSumado
from recaudo.domain.contabilidad.plan_contable import Pata
from recaudo.domain.contabilidad.queries import (
    cuantos_asientos,
    libro_cuadra,
    saldos_por_cuenta,
)
from recaudo.infra.audit.hechos import ActoAbierto
from recaudo.kernel.money import Dinero
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.guardas import passes_without, refused
from tests.ejemplos import ejemplos
from tests.factories.afiliacion import hacer_nomina
from tests.factories.planillas import HOY, SISTEMA, emitir, en_un_acto

pytestmark = pytest.mark.django_db
CUENTAS = ("1101", "2101.IVM", "2101.SALUD", "2301")

_ENTERO = """
SELECT c.codigo, sum(p.debe)::bigint, sum(p.haber)::bigint
  FROM contabilidad_partida p JOIN contabilidad_cuenta c ON c.id = p.cuenta_id
  JOIN contabilidad_asiento a ON a.lote = p.lote AND a.id = p.asiento_id
 WHERE %(hasta)s::date IS NULL OR a.fecha <= %(hasta)s
 GROUP BY c.codigo
"""


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "TRAMO", 3)


def whole(hasta: date | None = None) -> dict[str, tuple[int, int]]:
    """Every leg added one by one: what the page used to do."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTERO, {"hasta": hasta})
        return {codigo: (debe, haber) for codigo, debe, haber in cursor.fetchall()}


def kept(hasta: date | None = None) -> dict[str, tuple[int, int]]:
    return {
        s.codigo: (s.debe.centavos, s.haber.centavos)
        for s in saldos_por_cuenta(hasta=hasta)
        if s.debe or s.haber
    }


def post(centavos: int, debe: str, haber: str) -> None:
    importe = Dinero.de_centavos(centavos)

    def trabajo(abierto: ActoAbierto) -> None:
        asentar(
            acto=abierto, concepto="PRUEBA", origen=("prueba", 1), provincia="17",
            patas=[
                Pata(cuenta=debe, debe=importe, haber=Dinero.CERO),
                Pata(cuenta=haber, debe=Dinero.CERO, haber=importe),
            ],
        )  # fmt: skip

    en_un_acto(trabajo)


pasos = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 10**9), st.sampled_from(CUENTAS), st.sampled_from(CUENTAS)),
        st.just("sellar"),
        st.just("emitir"),
    ),
    max_size=10,
)


@settings(
    max_examples=ejemplos(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pasos=pasos)
def test_the_sums_are_those_of_the_ledger_whatever_the_order(pasos: list) -> None:
    for paso in pasos:
        if paso == "sellar":
            sellar_libro(por=SISTEMA, hoy=HOY)
        elif paso == "emitir":
            nomina = hacer_nomina(1)
            emitir(ruc=nomina.empleador.ruc)
        else:
            post(*paso)
        assert kept() == whole()
    for corte in (None, HOY, HOY - timedelta(days=1)):
        assert kept(corte) == whole(corte)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contabilidad_asiento")
        assert cuantos_asientos() == cursor.fetchone()[0]
    assert libro_cuadra()
    assert not [r for r in auditar(ids=["D27"]).resultados if r.violaciones]


def test_a_mass_lot_keeps_its_sums_when_it_is_born_and_sealing_does_not_repeat_them() -> None:
    hacer_nomina(3)
    emitir()
    (tramo,) = TramoSumado.objects.all()
    assert (tramo.lote > 0, tramo.asientos) == (True, 1)
    assert kept() == whole() != {}
    sellar_libro(por=SISTEMA, hoy=HOY)
    assert TramoSumado.objects.count() == 1
    assert kept() == whole()


def test_what_was_sealed_is_not_read_again() -> None:
    """The page adds the sums and the tail: sealed legs may be a thousand million."""
    for n in range(1, 8):
        post(n, "1101", "2301")
    sellar_libro(por=SISTEMA, hoy=HOY)
    post(100, "1101", "2301")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, FORMAT TEXT) SELECT count(*) FROM contabilidad_asiento "
            "WHERE lote = 0 AND id > coalesce((SELECT max(hasta_id) "
            "FROM contabilidad_tramosumado WHERE lote = 0), 0)"
        )
        assert "rows=8" not in "".join(fila[0] for fila in cursor.fetchall())
    assert kept() == whole()
    assert SumaDeTramo.objects.count() == 2 * TramoSumado.objects.count()


def test_a_sum_one_cent_off_is_red() -> None:
    """Failing twin: D27 sees a cent, of the sum or of the ledger."""
    post(500, "1101", "2301")
    sellar_libro(por=SISTEMA, hoy=HOY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE contabilidad_sumadetramo DISABLE TRIGGER USER")
        cursor.execute("UPDATE contabilidad_sumadetramo SET haber = haber + 1 WHERE haber > 0")
    (d27,) = auditar(ids=["D27"]).resultados
    assert d27.violaciones == 1
    assert not libro_cuadra()


@pytest.mark.parametrize(
    ("trigger", "tabla", "sql"),
    [
        ("suma_solo_agregar", "contabilidad_sumadetramo", "UPDATE {} SET debe = debe + 1"),
        ("tramo_solo_agregar", "contabilidad_tramosumado", "UPDATE {} SET asientos = 0"),
    ],
)
def test_sums_are_never_edited(trigger: str, tabla: str, sql: str) -> None:
    post(500, "1101", "2301")
    sellar_libro(por=SISTEMA, hoy=HOY)
    sentencia = sql.format(tabla)
    assert refused(sentencia)
    assert passes_without(trigger, tabla, sentencia)
