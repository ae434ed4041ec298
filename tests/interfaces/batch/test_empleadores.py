"""`recaudo empleadores registrar`: the registry of an installation, from the machine's console."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from recaudo.domain.afiliacion.models import Empleador, Sucursal
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.project.cli import ejecutar
from tests.factories.afiliacion import ruc_de_sociedad

RUC = ruc_de_sociedad(8723)
DATOS = {
    "--ruc": RUC,
    "--razon-social": "Comercial  Andina S.A.",
    "--tipo": "PRIV_SOCIEDAD",
    "--canton": "1701",
    "--correo": "andina@ejemplo.invalid",
}
Orden = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def registrar(db: None, capsys: pytest.CaptureFixture[str]) -> Orden:
    """Run the order with the data of one employer, some of them changed; code, object, notices."""
    clock.fijar_fecha_simulada(date(2026, 11, 20))

    def correr(*otras: str, **cambios: str) -> tuple[int, Any, str]:
        datos = {**DATOS, **{f"--{n.replace('_', '-')}": v for n, v in cambios.items()}}
        codigo = ejecutar(
            ["empleadores", "registrar", "--json", *otras]
            + [texto for par in datos.items() for texto in par]
        )
        out, err = capsys.readouterr()
        return codigo, json.loads(out) if out else None, err

    return correr


def test_without_the_word_it_only_rehearses(registrar: Orden) -> None:
    codigo, dicho, aviso = registrar()
    assert (codigo, dicho["razon_social"]) == (0, "Comercial Andina S.A.")
    assert "--ejecutar" in aviso
    assert not Empleador.objects.exists()


def test_with_it_the_employer_has_its_matriz_and_its_fact(registrar: Orden) -> None:
    codigo, dicho, _ = registrar("--ejecutar")
    assert codigo == 0
    assert dicho == {
        "ruc": RUC,
        "razon_social": "Comercial Andina S.A.",
        "tipo_empleador": "PRIV_SOCIEDAD",
        "sucursales": [{"codigo": "0001", "canton": "1701"}],
    }
    empleador = Empleador.objects.get(ruc=RUC)
    assert empleador.correo == "andina@ejemplo.invalid"
    assert Sucursal.objects.get().empleador == empleador
    hecho = Hecho.objects.get(tipo="empleador_registrado")
    assert (hecho.actor_nombre, hecho.norma) == ("Orden de empleadores", "LSS art. 73")


def test_twice_with_the_same_data_changes_nothing(registrar: Orden) -> None:
    registrar("--ejecutar")
    antes = Hecho.objects.count()
    codigo, dicho, aviso = registrar("--ejecutar")
    assert (codigo, dicho["ruc"]) == (0, RUC)
    assert "no se cambió nada" in aviso
    assert (Empleador.objects.count(), Hecho.objects.count()) == (1, antes)


def test_with_other_data_it_is_refused_and_says_what_is_registered(registrar: Orden) -> None:
    registrar("--ejecutar")
    codigo, dicho, _ = registrar("--ejecutar", canton="0901", tipo="DOMESTICO")
    assert codigo == 1
    rechazo = dicho["rechazo"]
    assert rechazo["codigo"] == "EMPLEADOR_CON_OTROS_DATOS"
    assert "tipo empleador: PRIV_SOCIEDAD; canton: 1701" in rechazo["mensaje"]
    assert Empleador.objects.get().canton == "1701"


@pytest.mark.parametrize(
    ("cambio", "codigo_del_rechazo"),
    [
        ({"ruc": "123"}, "IDENTIFICACION_INVALIDA"),
        ({"tipo": "MARCIANO"}, "TIPO"),
        ({"canton": "9999"}, "CANTON"),
        ({"razon_social": "  "}, "FALTA_RAZON_SOCIAL"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_remains(
    registrar: Orden, cambio: dict[str, str], codigo_del_rechazo: str
) -> None:
    codigo, dicho, _ = registrar("--ejecutar", **cambio)
    assert codigo == 1
    assert codigo_del_rechazo in dicho["rechazo"]["codigo"]
    assert dicho["rechazo"]["mensaje"]
    assert not Empleador.objects.exists()
