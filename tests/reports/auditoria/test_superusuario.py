"""Who puts every trigger to sleep in its own session leaves no trace among what is installed."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from recaudo.reports.auditoria.ejecutar import auditar
from tests import servidor
from tests.factories.demostracion import libro_aparte


def test_a_superuser_whose_session_sleeps_every_trigger_is_seen_by_what_was_sealed(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    clave = servidor.data_directory() / "clave-administrador"
    with django_db_blocker.unblock(), libro_aparte("replica") as url:
        datos = conninfo_to_dict(url) | {"user": "postgres", "password": clave.read_text()}
        with psycopg.connect(make_conninfo("", **datos)) as superusuario:
            superusuario.execute("SET session_replication_role = replica")
            superusuario.execute("UPDATE recaudacion_pago SET fecha_pago = fecha_pago - 1")
        hallados = {r.id for r in auditar().resultados if r.violaciones}
    assert "D32" in hallados
    assert "S12" not in hallados
