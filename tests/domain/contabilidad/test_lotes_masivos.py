"""Who emits owns no table: a mass lot, as the role of batches, and what each step refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from recaudo.domain.cartera.actions.cerrar_dia import cerrar_dia
from recaudo.domain.contabilidad.batches.particion_masiva import (
    abrir_particion,
    adjuntar_particion,
    indexar_particion,
    llenar_particion,
)
from recaudo.infra.papeles import Papel
from tests.factories.planillas import HOY, SISTEMA, en_un_acto
from tests.papeles import como_en_punto

pytestmark = pytest.mark.django_db
LOTE = 77
BIEN = (
    "SELECT 900100, l::smallint, c.id, CASE l WHEN 1 THEN 5 ELSE 0 END, "
    "CASE l WHEN 1 THEN 0 ELSE 5 END, NULL::bigint FROM generate_series(1, 2) l, "
    "contabilidad_cuenta c WHERE c.codigo = '1101'"
)
DESCUADRADO = (
    "INSERT INTO contabilidad_partida_77 SELECT 77, 900100, 3, id, 9, 0 "
    "FROM contabilidad_cuenta LIMIT 1"
)


_UNIR = (
    "ALTER TABLE contabilidad_asiento ATTACH PARTITION contabilidad_asiento_77 FOR VALUES IN (77)"
)


def lote(hacer: Callable[[CursorWrapper], None]) -> str:
    """Open and fill a lot as the role of batches, do that, and return why it was refused."""

    def trabajo(abierto: Any) -> None:
        with connection.cursor() as cursor, como_en_punto(Papel.LOTES):
            abrir_particion(cursor, LOTE)
            llenar_particion(
                cursor, LOTE, hecho_id=abierto.hecho_id, fecha=HOY, partidas=BIEN,
                asientos="SELECT 900100::bigint, 'PRUEBA', 'prueba', 1::bigint, '17'",
            )  # fmt: skip
            hacer(cursor)

    try:
        with transaction.atomic():
            en_un_acto(trabajo)
    except DatabaseError as error:
        return str(error)
    return ""


def test_step_by_step_it_enters_and_nothing_of_it_is_left_to_who_wrote_it() -> None:
    def entero(cursor: CursorWrapper) -> None:
        indexar_particion(cursor, LOTE)
        adjuntar_particion(cursor, LOTE)

    assert lote(entero) == ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user, has_table_privilege('recaudo_lotes', "
            "'contabilidad_partida_77', 'INSERT') FROM pg_tables "
            "WHERE tablename = 'contabilidad_partida_77'"
        )
        assert cursor.fetchone() == (True, False)


@pytest.mark.parametrize(
    ("orden", "dicho"),
    [
        ("SELECT recaudo_cerrar_lote_del_libro(77)", "no está listo"),
        ("SELECT recaudo_adjuntar_particion('contabilidad_asiento', 77)", "permission denied"),
        ("SELECT recaudo_conceder_particion('audit_hecho', 'GRANT ALL ON %s TO %I')", "permission"),
        ("ALTER TABLE contabilidad_partida_77 ADD COLUMN mia int", "must be owner"),
        (_UNIR, "must be owner"),
        ("UPDATE contabilidad_partida_77 SET debe = 9", "permission denied"),
        ("SELECT recaudo_dejar_particion('contabilidad_asiento', 77)", "no se deja"),
        ("SELECT recaudo_abrir_particion('audit_hecho', 78)", "se divide por lotes"),
        ("SELECT recaudo_abrir_particion('contabilidad_asiento', 0)", "se divide por lotes"),
    ],
)  # fmt: skip
def test_there_is_no_short_way(orden: str, dicho: str) -> None:
    assert dicho in lote(lambda cursor: cursor.execute(orden))


def test_what_is_verified_is_what_stays() -> None:
    """After its keys nobody writes in it; what was wrong before does not enter."""

    def despues(cursor: CursorWrapper) -> None:
        indexar_particion(cursor, LOTE)
        cursor.execute(DESCUADRADO)

    def antes(cursor: CursorWrapper) -> None:
        cursor.execute(DESCUADRADO)
        indexar_particion(cursor, LOTE)
        adjuntar_particion(cursor, LOTE)

    assert "permission denied" in lote(despues)
    assert "no cuadra" in lote(antes)


@pytest.mark.parametrize(
    "columna", ["hecho_id = hecho_id + 1", "fecha = fecha + 1", "operacion = 1"]
)
def test_twin_an_entry_of_another_act_date_or_operation_does_not_enter(columna: str) -> None:
    def ajeno(cursor: CursorWrapper) -> None:
        cursor.execute("RESET ROLE")  # the owner alone may change it
        cursor.execute(f"UPDATE contabilidad_asiento_77 SET {columna}")
        indexar_particion(cursor, LOTE)
        adjuntar_particion(cursor, LOTE)

    assert "asiento" in lote(ajeno)


def test_a_lot_is_opened_inside_an_act_and_on_an_open_day() -> None:
    with (
        pytest.raises(DatabaseError, match="dentro de un acto"),
        transaction.atomic(),
        connection.cursor() as cursor,
        como_en_punto(Papel.LOTES),
    ):
        abrir_particion(cursor, LOTE)
    cerrar_dia(fecha=HOY, por=SISTEMA, hoy=HOY.replace(day=HOY.day + 1))
    assert "ya está cerrado" in lote(lambda _: None)
