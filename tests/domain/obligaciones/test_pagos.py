"""Take money off debts, move their states, lock them: by sets."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recaudo.domain.obligaciones.batches.aplicar_pagos import (
    PagoExcedeSaldo,
    aplicar_pagos,
    restar_pagos,
)
from recaudo.domain.obligaciones.batches.cambiar_estado import (
    EN_MORA,
    cambiar_estado,
    entrar_en_mora,
)
from recaudo.domain.obligaciones.queries import (
    ObligacionNoExiste,
    bloquear,
    obligacion,
    obligaciones_de,
)
from recaudo.domain.obligaciones.states import EstadoObligacion
from recaudo.infra.audit.models import CambioEstado
from recaudo.infra.security.alcance import TODA_LA_NACION
from recaudo.kernel.money import Dinero
from tests.factories.afiliacion import hacer_empleador
from tests.factories.cartera import hacer_obligacion
from tests.factories.planillas import en_un_acto

pytestmark = pytest.mark.django_db
Pago = tuple[int, int, int, int]


def pay(*pagos: Pago) -> int:
    """Apply payments (obligación, personal, patronal, CCC in cents) inside an act."""
    aplicadas: list[int] = []

    def trabajo(_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pagos_de_prueba")
            cursor.execute(
                "CREATE TEMP TABLE pagos_de_prueba (obligacion_id bigint, personal bigint, "
                "patronal bigint, ccc bigint, otros bigint DEFAULT 0) ON COMMIT DROP"
            )
            cursor.executemany("INSERT INTO pagos_de_prueba VALUES (%s, %s, %s, %s)", pagos)
            aplicadas.append(aplicar_pagos(cursor, "pagos_de_prueba"))

    en_un_acto(trabajo, como="importar_extracto")
    return aplicadas[0]


def test_a_debt_paid_in_parts_is_paid_when_nothing_is_left() -> None:
    deuda = hacer_obligacion()  # 94.50 + 111.50 + 10.00
    assert pay((deuda.pk, 9450, 100, 0)) == 1
    vista = obligacion(deuda.pk, alcance=TODA_LA_NACION)
    assert (vista.saldo, vista.estado) == (Dinero("120.50"), EstadoObligacion.EMITIDA)
    pay((deuda.pk, 0, 11050, 900), (deuda.pk, 0, 0, 100))
    vista = obligacion(deuda.pk, alcance=TODA_LA_NACION)
    assert (vista.saldo, vista.estado, vista.esta_viva) == (
        Dinero.CERO,
        EstadoObligacion.CANCELADA,
        False,
    )
    assert CambioEstado.objects.get(objeto_id=deuda.pk).hacia == "cancelada"


@pytest.mark.parametrize("pago", [(9451, 0, 0), (0, 11151, 0), (0, 0, 1001), (-1, 0, 0)])
def test_a_payment_larger_than_what_is_left_is_refused_and_nothing_is_applied(
    pago: tuple[int, int, int],
) -> None:
    buena, mala = hacer_obligacion(), hacer_obligacion()
    with pytest.raises(PagoExcedeSaldo, match=str(mala.pk)), transaction.atomic():
        pay((buena.pk, 1, 1, 1), (mala.pk, *pago))
    assert obligacion(buena.pk, alcance=TODA_LA_NACION).saldo == Dinero("216.00")


def test_what_is_not_owed_takes_no_payment() -> None:
    deuda = hacer_obligacion()
    pay((deuda.pk, 9450, 11150, 1000))
    for numero in (deuda.pk, 999_999):
        with pytest.raises(PagoExcedeSaldo), transaction.atomic():
            pay((numero, 0, 0, 0))


def test_what_was_locked_before_is_still_looked_at_when_it_is_paid() -> None:
    """Twice the same debt, one that is not owed and one that owes less: nothing enters."""
    buena, pagada = hacer_obligacion(), hacer_obligacion()
    pay((pagada.pk, 9450, 11150, 1000))
    una = f"SELECT {buena.pk}::bigint AS obligacion_id, 1 AS personal, 1 AS patronal, 1 AS ccc, "
    una += "0 AS otros, NULL::date AS interes_hasta, 0 AS interes_abonado"

    def tomar(pagos: str) -> None:
        with connection.cursor() as cursor:
            assert restar_pagos(cursor, pagos) == 1

    for mala in (
        una,
        una.replace("1 AS personal", "9450 AS personal"),
        una.replace("1 AS ccc", "-1 AS ccc"),
        f"SELECT {pagada.pk}, 0, 0, 0, 0, NULL, 0",
        "SELECT 999999, 0, 0, 0, 0, NULL, 0",
    ):
        with pytest.raises(PagoExcedeSaldo, match="1 pago no cabe"), transaction.atomic():
            en_un_acto(lambda _, mala=mala: tomar(f"{una} UNION ALL {mala}"))  # type: ignore[misc]
        assert obligacion(buena.pk, alcance=TODA_LA_NACION).saldo == Dinero("216.00")
    en_un_acto(lambda _: tomar(una))
    assert obligacion(buena.pk, alcance=TODA_LA_NACION).saldo == Dinero("215.97")


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(*[st.integers(0, 3000)] * 3), max_size=8))
def test_what_is_left_is_what_was_emitted_less_what_was_applied(
    pagos: list[tuple[int, int, int]],
) -> None:
    with transaction.atomic():
        deuda = hacer_obligacion()
        total = [0, 0, 0]
        for pago in pagos:
            if all(t + p <= c for t, p, c in zip(total, pago, (9450, 11150, 1000), strict=True)):
                total = [t + p for t, p in zip(total, pago, strict=True)]
                pay((deuda.pk, *pago))
        vista = obligacion(deuda.pk, alcance=TODA_LA_NACION)
        assert vista.saldo == vista.capital - Dinero.de_centavos(sum(total))
        transaction.set_rollback(True)


def test_only_what_fell_due_before_the_day_enters_arrears() -> None:
    # LSS 73: the due date itself is on time.
    vencida = hacer_obligacion(vence=date(2026, 9, 14))
    al_dia = hacer_obligacion(vence=date(2026, 9, 15))
    encontradas: list[list[int]] = []

    def trabajo(_: object) -> None:
        with connection.cursor() as cursor:
            assert entrar_en_mora(cursor, date(2026, 9, 15)) == 1
            cursor.execute(f"SELECT obligacion_id FROM {EN_MORA}")
            encontradas.append([fila[0] for fila in cursor.fetchall()])
            assert entrar_en_mora(cursor, date(2026, 9, 15)) == 0

    en_un_acto(trabajo, como="entrar_en_mora")
    assert encontradas == [[vencida.pk]]
    assert obligacion(vencida.pk, alcance=TODA_LA_NACION).estado is EstadoObligacion.EN_MORA
    assert obligacion(al_dia.pk, alcance=TODA_LA_NACION).estado is EstadoObligacion.EMITIDA


def test_changing_to_the_state_it_has_moves_nothing() -> None:
    deuda = hacer_obligacion()

    def trabajo(_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE estas ON COMMIT DROP AS SELECT {deuda.pk} AS obligacion_id"
            )
            assert cambiar_estado(cursor, "estas", EstadoObligacion.EN_MORA) == 1
            assert cambiar_estado(cursor, "estas", EstadoObligacion.EN_MORA) == 0

    en_un_acto(trabajo, como="entrar_en_mora")


def test_the_debts_of_an_employer_come_oldest_first_and_the_paid_ones_can_be_left_out() -> None:
    empleador = hacer_empleador()
    nueva = hacer_obligacion(empleador=empleador, periodo="2026-08")
    vieja = hacer_obligacion(empleador=empleador, periodo="2026-07")
    hacer_obligacion()
    assert [o.id for o in obligaciones_de(empleador.pk, alcance=TODA_LA_NACION)] == [
        vieja.pk,
        nueva.pk,
    ]
    pay((vieja.pk, 9450, 11150, 1000))
    assert [
        o.id for o in obligaciones_de(empleador.pk, alcance=TODA_LA_NACION, solo_vivas=True)
    ] == [nueva.pk]


def test_debts_are_locked_in_ascending_order_and_all_of_them_exist() -> None:
    uno, dos = hacer_obligacion(), hacer_obligacion()
    assert [o.id for o in bloquear([dos.pk, uno.pk, dos.pk])] == [uno.pk, dos.pk]
    with pytest.raises(ObligacionNoExiste):
        bloquear([uno.pk, 999_999])
