"""However a bank cuts, repeats or shuffles its files, the books end the same (T04, D06, D10)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from recaudo.domain.contabilidad.queries import libro_cuadra, saldos_por_cuenta
from tests.ejemplos import ejemplos
from tests.factories.recaudacion import (
    Linea,
    extracto_xml,
    hacer_comprobante,
    hacer_cuenta,
    hacer_deuda,
    importar,
    pago_de,
)

pytestmark = pytest.mark.django_db


def estado_de_los_libros() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, estado, saldo_personal FROM obligaciones_obligacion ORDER BY id")
        deudas = cursor.fetchall()
        cursor.execute("SELECT id, estado FROM recaudacion_comprobante ORDER BY id")
        comprobantes = cursor.fetchall()
        cursor.execute(
            "SELECT referencia, fecha_contable, resultado, importe FROM recaudacion_lineaextracto "
            "WHERE resultado NOT IN ('YA_VISTA', 'RECHAZADA') ORDER BY 1, 2"
        )
        lineas = cursor.fetchall()
    assert libro_cuadra()
    return {
        "saldos": {s.codigo: s.saldo for s in saldos_por_cuenta()},
        "deudas": deudas,
        "comprobantes": comprobantes,
        "lineas": lineas,
    }


def importar_archivos(archivos: Sequence[Sequence[Linea]]) -> dict[str, object]:
    """Import the files one after another, look at the books, and undo everything."""
    with transaction.atomic():
        for i, lineas in enumerate(archivos):
            r = importar(contenido=extracto_xml(*lineas, mensaje=f"M{i}"))
            clases = (r.aplicadas, r.credito_a_favor, r.por_identificar, r.duplicadas, r.rechazadas)
            assert (sum(clases), r.cuadra) == (r.lineas, True)
        libros = estado_de_los_libros()
        transaction.set_rollback(True)
    return libros


def todas_las_lineas() -> list[Linea]:
    """Exact, over, under, unknown, late and without citation, one of each, plus two exact more."""
    c = [hacer_comprobante(hacer_deuda()) for _ in range(6)]
    return [
        pago_de(c[0]), pago_de(c[1]), pago_de(c[2]), pago_de(c[3], de_mas=77),
        pago_de(c[4], de_mas=-77), pago_de(c[5], fecha=date(2026, 9, 16)),
        Linea(123, "20260000000000", "NADIE"), Linea(456, "", "SUELTA"),
    ]  # fmt: skip


def test_permutations_splits_and_overlaps_of_the_files_give_the_same_books() -> None:
    hacer_cuenta()
    lineas = todas_las_lineas()
    esperado = importar_archivos([lineas])

    @settings(max_examples=ejemplos(25), deadline=None)
    @given(st.data())
    def comprobar(data: st.DataObject) -> None:
        orden = data.draw(st.permutations(lineas))
        cortes = sorted(data.draw(st.sets(st.integers(1, len(orden) - 1), max_size=3)))
        limites = [0, *cortes, len(orden)]
        archivos = [orden[a:b] for a, b in pairwise(limites)]
        # An overlap tells again what another file told; twice in one file would be two movements.
        donde = data.draw(st.integers(0, len(archivos) - 1))
        repetidas = data.draw(st.lists(st.sampled_from(orden), max_size=4, unique_by=repr))
        solapan = [linea for linea in repetidas if linea not in archivos[donde]]
        archivos[donde] = [*archivos[donde], *solapan]
        assert importar_archivos(archivos) == esperado

    comprobar()
