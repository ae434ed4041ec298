"""The home of the office with 25 000 open values: exact totals, by SQL, without reading them."""

import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client

from recaudo.domain.recaudacion.models import ValorPorAplicar
from tests.interfaces.oficina.escena import HOY, Escena, entrar, montar

MUCHOS = 25_000
#: Python that the home takes with one value; twenty-five thousand must fit in it too.
OCTETOS = 8_000_000
INICIO, LISTA = "/oficina/", "/oficina/recaudacion/valores/"


@pytest.fixture
def muchos(db: None) -> Escena:
    """Many more like the one of the scene, each a cent dearer and of another day."""
    escena = montar()
    tabla = ValorPorAplicar._meta.db_table
    campos = [c.column for c in ValorPorAplicar._meta.concrete_fields]
    distintos = {"id": "1000000 + n", "ingreso_id": "1000000 + n", "importe": "importe + n",
                 "recibido_el": "recibido_el - n % 90"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        cursor.execute(
            f"INSERT INTO {tabla} ({', '.join(campos)})"
            f" SELECT {', '.join(distintos.get(c, c) for c in campos)}"
            f"   FROM {tabla}, generate_series(1, {MUCHOS}) n"
        )
        cursor.execute(f"ANALYZE {tabla}")
    return escena


def test_its_totals_are_those_of_all_and_it_reads_none(muchos: Escena) -> None:
    navegador: Client = entrar("UREC")
    navegador.get(INICIO)
    tracemalloc.start()
    respuesta = navegador.get(INICIO)
    ocupado = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    tareas = {t.texto: t for t in respuesta.context["tareas"]}
    total = ValorPorAplicar.objects.filter(estado="abierto").aggregate(Sum("importe"))
    assert tareas["Valores por identificar"].cuantos == MUCHOS + 1
    assert tareas["Valores por identificar"].importe == total["importe__sum"]
    viejos = ValorPorAplicar.objects.filter(recibido_el__lt=HOY - timedelta(days=30))
    assert tareas["Valores de más de 30 días"].cuantos == viejos.count()
    assert ocupado < OCTETOS
    lista = navegador.get(LISTA, {"pagina": "99999"})
    assert len(lista.context["tabla"].paginated_rows) <= 100
    assert lista.context["tabla"].sumas["importe"] == total["importe__sum"]
