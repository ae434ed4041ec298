"""Every address × every kind of role, with objects it reaches: reading writes no row of any table.

The read-only layer raises at the first write. A second witness, the counters of the transaction
that PostgreSQL keeps, tells the same without the layer. The only table that may change is the one
of sessions: a message shown once is no longer there.
"""

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client

from recaudo.infra.security.models import Usuario
from recaudo.infra.security.roles import Territorio
from tests.interfaces.test_fugas import (
    DE_SESION,
    Escena,
    clases,
    direcciones,
    entrar,
    escena,
    representante,
)

pytestmark = pytest.mark.django_db
__all__ = ["escena"]


def escritas() -> dict[str, int]:
    """Rows written by the transaction of this test, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname <> 'security_sesion'"
        )
        return dict(cursor.fetchall())


def leer_todo(navegador: Client, escena: Escena, abiertas: set[str]) -> Counter[str]:
    """Open every address; by HEAD, as a file and in part too the first time that one opens.

    Return what each that opened was answered with.
    """
    vistas: Counter[str] = Counter()
    for ruta, _ in direcciones():
        if ruta in DE_SESION:
            continue
        direccion = escena.guayaquil.llenar(ruta, escena.comunes)
        respuestas = [navegador.get(direccion)]
        if respuestas[0].status_code == 200 and ruta not in abiertas:
            abiertas.add(ruta)
            respuestas += [
                navegador.get(direccion, {"formato": "csv"}, headers={"Range": "bytes=0-9"}),
                navegador.head(direccion),
            ]
        for respuesta in respuestas:
            assert respuesta.status_code < 500, direccion
            b"".join(respuesta) if respuesta.streaming else None
            if "sessionid" in navegador.cookies:
                assert respuesta["Cache-Control"] == "private, no-store", direccion
            if respuesta.status_code == 200:
                vistas[respuesta["Content-Type"].split(";")[0]] += 1
    return vistas


def test_nobody_writes_by_reading(escena: Escena) -> None:
    visitantes = {"EMP": representante(escena.guayaquil.empleador), "": Client()}
    visitantes |= {rol: entrar(rol, "09") for rol in clases(Territorio.EXIGE_PROVINCIA)}
    visitantes |= {rol: entrar(rol, "") for rol in clases(Territorio.SIN_PROVINCIA)}
    antes, vistas, abiertas = escritas(), Counter[str](), set[str]()
    for quien, navegador in visitantes.items():
        vistas += leer_todo(navegador, escena, abiertas)
        assert escritas() == antes, quien
    assert vistas["application/pdf"] >= 10, "papers are among what was read"
    assert vistas["text/csv"] >= 10, "and exports"
    assert vistas["application/json"] >= 2, "and the door of programs"


def test_twin_the_second_witness_sees_a_row() -> None:
    antes = escritas()
    with transaction.atomic():
        Usuario.objects.create_user("2050000047", "Alguien")
    assert escritas() != antes
