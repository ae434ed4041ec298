"""The tampering list: awake, the guards refuse or the audit sees; asleep, the audit names."""

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.reports.auditoria.ejecutar import auditar
from tests.reports.auditoria.faltas import despertar, dormir
from tests.reports.auditoria.manipulaciones import MANIPULACIONES, PASAN, Manipulacion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro", "cuaderno")]
CADA_UNA = pytest.mark.parametrize("una", MANIPULACIONES, ids=[m.nombre for m in MANIPULACIONES])


def hacer(una: Manipulacion, *, guardas: bool) -> None:
    """Do it, for real: something must change. Without `guardas`, they sleep meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(relname) FROM pg_class WHERE relname ~ '^planillas_planillalinea_[0-9]+$'"
        )
        lote = cursor.fetchone()[0].rsplit("_", 1)[1]
        cursor.execute(
            "SELECT min(conname) FROM pg_constraint WHERE contype = 'c' "
            "AND conrelid = 'recaudacion_pago'::regclass"
        )
        orden = una.orden.replace("{lote}", lote).replace("{restriccion}", cursor.fetchone()[0])
        if not guardas:
            dormir(cursor, *(t.replace("{lote}", lote) for t in una.tablas))
        cursor.execute(orden)
        assert not una.tablas or cursor.rowcount > 0, "nothing was there to tamper with"
        if una.tablas and not guardas:
            despertar(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rotos(una: Manipulacion) -> dict[str, object]:
    """What the audit finds: the invariant that sees it, or all of them when none does."""
    ids = [una.ve] if una.ve else []
    return {r.id: r.muestra for r in auditar(ids=ids).resultados if r.violaciones}


@CADA_UNA
def test_what_the_owner_changes_behind_the_guards_is_named_by_the_audit(una: Manipulacion) -> None:
    assert bool(una.ve) is not bool(una.razon)
    hacer(una, guardas=False)
    hallados = rotos(una)
    assert (una.ve in hallados) if una.ve else not hallados, hallados


@CADA_UNA
def test_with_the_guards_awake_it_is_refused_or_it_is_said_that_it_is_not(
    una: Manipulacion,
) -> None:
    """Whoever tries it is the owner of everything: no role of the house may do more."""
    try:
        with transaction.atomic():
            hacer(una, guardas=True)
    except DatabaseError:
        assert una.se_rechaza, "the page says that the guards let it pass"
        return
    assert not una.se_rechaza, "the page says that the guards refuse it"
    # What it leaves is what the same change leaves with the guards asleep: the test above.


def test_what_nobody_sees_is_little_and_says_why() -> None:
    assert {m.nombre for m in MANIPULACIONES if not m.ve} == {
        "Deudas: el interés pagado de una deuda cancelada",
        "Comprobantes: lo abonado de uno ya pagado",
        "Pagos: la razón escrita de un valor por aplicar",
        "Banco: el nombre de quien confirmó un extracto",
        "Pruebas: el instante de la recepción",
    }
    assert all(m.razon for m in MANIPULACIONES if not m.ve)
    assert len({m.nombre for m in MANIPULACIONES}) == len(MANIPULACIONES)
    assert {m.nombre for m in MANIPULACIONES} >= PASAN
