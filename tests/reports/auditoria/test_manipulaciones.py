"""The tampering list: awake, the guards refuse or the audit sees; asleep, the audit names."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.infra.papeles import Papel
from recaudo.reports.auditoria.ejecutar import auditar
from tests.papeles import como_en_punto
from tests.reports.auditoria.faltas import despertar, dormir
from tests.reports.auditoria.manipulaciones import (
    MANIPULACIONES,
    PASAN,
    PASAN_A_LA_WEB,
    Manipulacion,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("libro", "cuaderno")]
CADA_UNA = pytest.mark.parametrize("una", MANIPULACIONES, ids=[m.nombre for m in MANIPULACIONES])


def preparada(una: Manipulacion, cursor: Any) -> tuple[str, str]:
    """Return its statement and the mass lot, with the names that this book has."""
    cursor.execute(
        "SELECT min(relname) FROM pg_class WHERE relname ~ '^planillas_planillalinea_[0-9]+$'"
    )
    lote = cursor.fetchone()[0].rsplit("_", 1)[1]
    cursor.execute(
        "SELECT min(conname) FROM pg_constraint WHERE contype = 'c' "
        "AND conrelid = 'recaudacion_pago'::regclass"
    )
    restriccion = cursor.fetchone()[0]
    return una.orden.replace("{lote}", lote).replace("{restriccion}", restriccion), lote


def hacer(una: Manipulacion, *, guardas: bool) -> None:
    """Do it, for real: something must change. Without `guardas`, they sleep meanwhile."""
    with connection.cursor() as cursor:
        orden, lote = preparada(una, cursor)
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


@CADA_UNA
def test_with_the_role_of_the_web_it_is_denied_refused_or_seen(una: Manipulacion) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            orden, _ = preparada(una, cursor)
            with como_en_punto(Papel.WEB):
                cursor.execute(orden)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError:
        assert not una.la_web_puede, "the page says that the database lets the web do it"
        return
    if not una.la_web_puede:  # a GRANT of who cannot grant is a warning, and nothing changes
        assert orden.startswith("GRANT")
        una = replace(una, ve="")
    hallados = rotos(una)
    assert (una.ve in hallados) if una.ve else not hallados, hallados


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
    assert {m.nombre for m in MANIPULACIONES} >= PASAN | PASAN_A_LA_WEB
