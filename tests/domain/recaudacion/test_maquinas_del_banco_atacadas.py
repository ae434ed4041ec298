"""Statements and what people propose about the bank: raced, killed and tampered with.

Two people decide the same thing at once: one does it, the other reads why not. Who dies in the
middle leaves nothing. What is changed behind the guards is named by the audit.
"""

import pytest
from django.db import DatabaseError, connection

from recaudo.infra.audit.models import Hecho
from recaudo.kernel.refusals import Rechazo
from recaudo.reports.auditoria.ejecutar import auditar
from tests.domain.encuentros import en_el_mismo_paso
from tests.domain.escondidas import poner_estado
from tests.domain.muertes import morir_tras_cambiar
from tests.domain.recaudacion.test_actos_del_banco_atacados import ATAQUES, TERCERA
from tests.domain.recaudacion.test_aprobar_desmentido import rojos

EXTRACTO, ACLARACION, DESMENTIDO = (
    "recaudacion_extracto", "recaudacion_aclaraciondecargo", "recaudacion_desmentidodeaviso",
)  # fmt: skip
DECISIONES = pytest.mark.parametrize(
    ("acto", "tabla"),
    [
        ("confirmar_extracto", EXTRACTO),
        ("aprobar_aclaracion", ACLARACION),
        ("aprobar_desmentido", DESMENTIDO),
    ],
)


def estados(tabla: str) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, estado FROM {tabla}")
        return dict(cursor.fetchall())


def deciden_dos(acto: str, tabla: str, *, con_candados: bool = True) -> list[object]:
    ataque = ATAQUES[acto]
    hacer = ataque.preparar()
    return en_el_mismo_paso(
        lambda: hacer(ataque.quien), lambda: hacer(TERCERA),
        escriben=tabla, con_candados=con_candados,
    )  # fmt: skip


@pytest.mark.carrera("extracto", "aclaracion_de_cargo", "desmentido_de_aviso")
@pytest.mark.django_db(transaction=True)
@DECISIONES
def test_of_two_who_decide_at_once_one_does_it_and_the_other_reads_why_not(
    acto: str, tabla: str
) -> None:
    (hecho, freno) = sorted(deciden_dos(acto, tabla), key=lambda f: f != 1)
    assert hecho == 1
    assert isinstance(freno, type)
    assert issubclass(freno, Rechazo)
    assert Hecho.objects.filter(acto=acto).count() == 1
    assert rojos() <= {"D26"}


@pytest.mark.gemela("extracto", "aclaracion_de_cargo", "desmentido_de_aviso")
@pytest.mark.django_db(transaction=True)
@DECISIONES
def test_twin_without_their_locks_nobody_tells_the_second_why_not(acto: str, tabla: str) -> None:
    """Only the last guard of the database is left to stop it, which is no sentence for anybody."""
    assert deciden_dos(acto, tabla, con_candados=False) == [1, DatabaseError]


@pytest.mark.caida("extracto", "aclaracion_de_cargo", "desmentido_de_aviso")
@pytest.mark.django_db(transaction=True)
@DECISIONES
def test_who_dies_in_the_middle_leaves_nothing_and_it_is_decided_again(
    acto: str, tabla: str
) -> None:
    ataque = ATAQUES[acto]
    hacer = ataque.preparar()
    antes = estados(tabla)
    morir_tras_cambiar(tabla, lambda: hacer(ataque.quien))
    assert estados(tabla) == antes
    assert not Hecho.objects.filter(acto=acto).exists()
    hacer(ataque.quien)
    assert estados(tabla) != antes
    assert rojos() <= {"D26"}


@pytest.mark.manipulacion("desmentido_de_aviso")
@pytest.mark.django_db
def test_a_proposal_approved_behind_the_guards_is_named() -> None:
    ATAQUES["aprobar_desmentido"].preparar()
    ((fila, _),) = estados(DESMENTIDO).items()
    poner_estado(DESMENTIDO, fila, "devuelta")
    (hallado,) = auditar(ids=["P02"]).resultados
    assert [(m["maquina"], m["id"]) for m in hallado.muestra] == [("desmentido_de_aviso", fila)]
