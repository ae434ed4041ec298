"""Production starts whole or not at all, and says everything that it lacks at once."""

import json
import os
import subprocess
import sys
from typing import Final

import pytest

from recaudo.infra.produccion import (
    ProduccionIncompleta,
    exigir_produccion,
    faltas_de_produccion,
)

BUENA: Final = {
    "RECAUDO_AMBIENTE": "prod",
    "RECAUDO_URL_PUBLICA": "https://recaudo.example",
    "RECAUDO_HOSTS": "recaudo.example",
    "RECAUDO_PROXIES": "10.0.0.5",
    "RECAUDO_SECRETO": "kV3-9sLq_Zr7Tn2xWc8Ym4Bd6Hf1Gj5Pk0Ra-Ue3Io7Qs9Xz4Lv",
    "DATABASE_URL": "postgresql://recaudo:x@base.example/recaudo?sslmode=verify-full",
}  # fmt: skip


def test_one_that_is_whole_starts() -> None:
    assert faltas_de_produccion(BUENA) == []
    exigir_produccion(BUENA)
    exigir_produccion({"RECAUDO_AMBIENTE": "dev"})


@pytest.mark.parametrize(
    ("cambio", "dicho"),
    [
        ({"RECAUDO_URL_PUBLICA": ""}, "falta RECAUDO_URL_PUBLICA"),
        ({"RECAUDO_URL_PUBLICA": "http://recaudo.example"}, "debe ser https"),
        ({"RECAUDO_URL_PUBLICA": "https://127.0.0.1", "RECAUDO_HOSTS": "127.0.0.1"}, "es de esta"),
        ({"RECAUDO_HOSTS": ""}, "falta RECAUDO_HOSTS"),
        ({"RECAUDO_HOSTS": "*"}, "no puede ser"),
        ({"RECAUDO_HOSTS": "otro.example"}, "no tiene a recaudo.example"),
        ({"RECAUDO_PROXIES": ""}, "falta RECAUDO_PROXIES"),
        ({"RECAUDO_PROXIES": "1"}, "RECAUDO_PROXIES: «1» no es"),
        ({"RECAUDO_SECRETO": ""}, "falta RECAUDO_SECRETO"),
        ({"RECAUDO_SECRETO": "corto"}, "RECAUDO_SECRETO es débil"),
        ({"RECAUDO_SECRETO": "a" * 80}, "RECAUDO_SECRETO es débil"),
        ({"RECAUDO_SELLOS": "corta"}, "RECAUDO_SELLOS tiene una clave débil"),
        ({"DATABASE_URL": ""}, "falta DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://r@base.example/r"}, "no pide TLS"),
        ({"DATABASE_URL": "postgresql://r@base.example/r?sslmode=prefer"}, "no pide TLS"),
        ({"DATABASE_URL": "basura"}, "no se entiende"),
        (
            {"RECAUDO_BASE_WEB": "postgresql://recaudo@base.example/r?sslmode=require"},
            "RECAUDO_BASE_WEB usa el mismo papel de la base que DATABASE_URL: recaudo",
        ),
        ({"RECAUDO_BITACORA": "servidor:514"}, "RECAUDO_BITACORA: no se entiende"),
        ({"RECAUDO_USUARIOS_DEMO": "[]"}, "solo de la demostración"),
    ],
)
def test_each_thing_that_is_missing_or_wrong_is_told(cambio: dict[str, str], dicho: str) -> None:
    (falta,) = faltas_de_produccion({**BUENA, **cambio})
    assert dicho in falta


@pytest.mark.parametrize(
    "base", ["postgresql:///recaudo?host=/run/postgresql", "postgresql://r@base.example/r"]
)
def test_a_socket_of_the_machine_or_an_explicit_no_need_no_tls(base: str) -> None:
    sin_tls = {} if "/run/" in base else {"RECAUDO_BASE_SIN_TLS": "si"}
    assert faltas_de_produccion({**BUENA, "DATABASE_URL": base, **sin_tls}) == []


def test_without_proxies_it_is_said() -> None:
    assert faltas_de_produccion({**BUENA, "RECAUDO_PROXIES": "ninguno"}) == []


def correr(*orden: str, **cambio: str) -> subprocess.CompletedProcess[str]:
    limpio = {
        k: v for k, v in os.environ.items() if not k.startswith(("RECAUDO_", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, *orden], env={**limpio, **cambio}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("orden", "base"),
    [
        (("servir",), "RECAUDO_BASE_WEB"),
        (("trabajador",), "RECAUDO_BASE_LOTES"),
        (("auditoria",), "RECAUDO_BASE_AUDITOR"),
        (("base", "preparar"), "DATABASE_URL"),
    ],
)
def test_the_command_says_all_that_is_missing_in_one_line_and_ends_with_2(
    orden: tuple[str, ...], base: str
) -> None:
    salida = correr("-m", "recaudo.project.cli", *orden, RECAUDO_AMBIENTE="prod")
    assert salida.returncode == 2, salida.stderr
    (linea,) = salida.stderr.splitlines()
    for nombre in ("URL_PUBLICA", "HOSTS", "PROXIES", "SECRETO"):
        assert f"falta RECAUDO_{nombre}" in linea
    assert f"falta {base} (" in linea
    assert salida.stdout == ""


def test_whoever_serves_without_the_command_is_refused_too() -> None:
    salida = correr("-c", "import recaudo.project.settings", RECAUDO_AMBIENTE="prod")
    assert ProduccionIncompleta.__name__ in salida.stderr


def test_the_deployment_checks_of_the_framework_are_clean_and_documents_say_the_address() -> None:
    guion = (
        "import django, json; django.setup()\n"
        "from django.core.checks import run_checks\n"
        "from django.conf import settings as s\n"
        "from recaudo.infra.documents.dibujo import direccion_de_verificacion as d\n"
        "print(json.dumps({'faltas': [str(x) for x in run_checks(include_deployment_checks=True)],"
        " 'direccion': d('ABC'), 'galletas': [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.GALLETA_DE_APARATO], 'seguras': [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE]}))"
    )
    salida = correr("-c", guion, DJANGO_SETTINGS_MODULE="recaudo.project.settings", **BUENA)
    assert salida.returncode == 0, salida.stderr
    dicho = json.loads(salida.stdout)
    assert dicho["faltas"] == []
    assert dicho["direccion"] == "https://recaudo.example/verificar/ABC/"
    assert all(galleta.startswith("__Host-") for galleta in dicho["galletas"])
    assert dicho["seguras"] == [True, True]
