"""Each order enters the database as what it is: never as the owner, unless it is the owner's."""

import os
import subprocess
import sys

import pytest

from recaudo.infra.papeles import Papel
from recaudo.infra.papeles_del_servidor import poderes_de_mas
from recaudo.project.cli import EN_LA_BASE
from tests import servidor

#: What migrates, opens accounts, signs what is installed, or makes databases of its own.
DEL_DUENO = {"base", "cuentas", "demo", "medir", "caidas", "detener"}
#: It prepares as the owner, and what serves is the web (`test_servir`, `test_puerta_abierta`).
PREPARA_Y_SIRVE = {"servir"}
_QUIEN = """
import sys
from recaudo.interfaces.batch.arranque import preparar_django
from recaudo.infra.papeles import Papel
preparar_django(Papel(sys.argv[1]))
import os
from django.db import connection
with connection.cursor() as c:
    c.execute("SELECT session_user, current_user")
    print(*c.fetchone(), *sorted(v for v in os.environ if v.startswith("RECAUDO_BASE")))
"""


def test_every_order_says_what_it_is() -> None:
    dueno = {n for n, orden in EN_LA_BASE.items() if orden.papel is None}
    assert dueno == DEL_DUENO | PREPARA_Y_SIRVE
    assert {n: o.papel for n, o in EN_LA_BASE.items() if o.papel is not None} == {
        **dict.fromkeys(
            ("empleadores", "novedades", "planillas", "recaudacion", "cartera", "trabajador"),
            Papel.LOTES,
        ),
        "informe": Papel.INFORMES,
        "auditoria": Papel.AUDITOR,
    }


def quien(papel: Papel, **ambiente: str) -> subprocess.CompletedProcess[str]:
    sin = {k: v for k, v in os.environ.items() if not k.startswith("RECAUDO_BASE")}
    return subprocess.run(
        [sys.executable, "-c", _QUIEN, papel], env={**sin, **ambiente},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("papel", [Papel.LOTES, Papel.AUDITOR])
def test_who_has_the_url_of_its_role_is_it_and_knows_no_other(papel: Papel) -> None:
    dicho = quien(papel, **servidor.variables_as_roles(os.environ["DATABASE_URL"]))
    assert dicho.stdout.split() == [papel, papel], dicho.stderr


def test_without_the_url_of_its_role_it_is_the_owner_but_in_production_it_does_not_start() -> None:
    url = os.environ["DATABASE_URL"]
    assert quien(Papel.LOTES, DATABASE_URL=url).stdout.split()[0] == "recaudo"
    en_produccion = quien(Papel.LOTES, DATABASE_URL=url, RECAUDO_AMBIENTE="prod")
    assert en_produccion.returncode != 0
    assert "falta RECAUDO_BASE_LOTES" in en_produccion.stderr


@pytest.mark.django_db
def test_a_role_that_may_more_is_told_of() -> None:
    url = os.environ["DATABASE_URL"]
    assert all(poderes_de_mas(servidor.url_as(papel, url)) == [] for papel in Papel)
