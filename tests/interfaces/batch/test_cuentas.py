"""`recaudo cuentas abrir`: the first accounts of an installation, from the machine's console."""

import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from recaudo.domain.afiliacion.models import Empleador, Representacion
from recaudo.infra import clock
from recaudo.infra.audit.models import Hecho
from recaudo.infra.security.models import Asignacion, Usuario
from recaudo.interfaces.batch import cuentas, lectura
from recaudo.interfaces.batch.lectura import leer_clave
from recaudo.interfaces.batch.salida import UsoIncorrecto
from recaudo.project.cli import ejecutar
from recaudo.project.quien import presencia_de
from tests.factories.afiliacion import cedula_sintetica, hacer_empleador

HOY = date(2026, 11, 20)
CEDULA = cedula_sintetica(872_001)
CLAVE = "quinde molle ortiga"
TECLEAR = (
    "from recaudo.interfaces.batch.lectura import leer_clave\n"
    "from recaudo.interfaces.batch.salida import UsoIncorrecto\n"
    "try:\n    print('largo', len(leer_clave()))\n"
    "except UsoIncorrecto as error:\n    print(error)\n"
)


def teclado(monkeypatch: pytest.MonkeyPatch, texto: str = f"{CLAVE}\n") -> None:
    """Give that text as standard input, which is no terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(texto))


@pytest.fixture
def empleador(db: None) -> Empleador:
    return hacer_empleador(razon_social="Comercial Andina S.A.")


@pytest.fixture
def abrir(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, Any, str]]:
    """Run the order with a password on its standard input: code, object printed, notices."""
    clock.fijar_fecha_simulada(HOY)

    def correr(*otras: str, clave: str = f"{CLAVE}\n", nombre: str = "Quinde Rosa") -> Any:
        teclado(monkeypatch, clave)
        datos = ["--identificacion", CEDULA, "--nombre", nombre, "--json"]
        codigo = ejecutar(["cuentas", "abrir", *datos, *otras])
        out, err = capsys.readouterr()
        assert CLAVE not in out + err
        return codigo, json.loads(out) if out else None, err

    return correr


Abrir = Callable[..., tuple[int, Any, str]]


def test_it_rehearses_unless_told_to_do_it(abrir: Abrir, empleador: Empleador) -> None:
    codigo, dicho, err = abrir("--rol", "adm", "--ruc", empleador.ruc)
    assert codigo == 0
    assert dicho == {
        "usuario": None, "identificacion": CEDULA, "rol": "ADM", "provincias": [],
        "representa": [empleador.ruc],
    }  # fmt: skip
    assert "Ensayo" in err
    assert not Usuario.objects.exists()
    assert not Representacion.objects.exists()
    assert not Hecho.objects.exists()


def test_it_opens_the_account_of_an_officer_with_the_role_in_its_provinces(abrir: Abrir) -> None:
    orden = ("--rol", "JC", "--provincia", "17", "--provincia", "04", "--ejecutar")
    codigo, dicho, err = abrir(*orden)
    usuario = Usuario.objects.get(identificacion=CEDULA)
    assert (codigo, err) == (0, "")
    assert dicho == {
        "usuario": usuario.pk, "identificacion": CEDULA, "rol": "JC", "provincias": ["04", "17"],
        "representa": [],
    }  # fmt: skip
    actor = presencia_de(usuario).actor
    assert (actor.roles, actor.territorio.provincias) == ({"JC"}, {"04", "17"})
    assert Hecho.objects.get().actor_nombre == "Orden de cuentas"


def test_who_was_opened_enters_by_the_form_and_acts_for_the_employer(
    abrir: Abrir, empleador: Empleador
) -> None:
    assert abrir("--ruc", empleador.ruc, "--ejecutar")[0] == 0
    navegador = Client()
    datos = {"identificacion": CEDULA, "clave": CLAVE}
    assert navegador.post("/entrar/", datos | {"clave": f"{CLAVE}x"}).status_code == 422
    assert navegador.post("/entrar/", datos)["Location"] == "/"
    casa = navegador.get("/")["Location"]
    assert casa == f"/empleadores/{empleador.ruc}/"
    assert "Comercial Andina S.A." in navegador.get(casa).content.decode()
    assert navegador.get(f"{casa}planillas/").status_code == 200


def test_who_was_only_rehearsed_does_not_enter(abrir: Abrir) -> None:
    assert abrir("--rol", "ADM")[0] == 0
    datos = {"identificacion": CEDULA, "clave": CLAVE}
    assert Client().post("/entrar/", datos).status_code == 422


@pytest.mark.parametrize("modo", [(), ("--ejecutar",)])
def test_running_it_again_changes_nothing_says_so_and_asks_no_password(
    modo: tuple[str, ...], abrir: Abrir, empleador: Empleador
) -> None:
    orden = ("--rol", "JC", "--provincia", "17", "--ruc", empleador.ruc)
    _, primero, _ = abrir(*orden, "--ejecutar")
    hechos = Hecho.objects.count()
    codigo, segundo, err = abrir(*orden, *modo, clave="")
    assert (codigo, segundo) == (0, primero)
    assert "no se cambió nada, ni la clave" in err
    assert "Ensayo" not in err
    assert Hecho.objects.count() == hechos
    assert Usuario.objects.get().check_password(CLAVE)


def test_running_it_again_with_other_data_is_refused_naming_what_is_registered(
    abrir: Abrir, empleador: Empleador
) -> None:
    igual = ("--rol", "JC", "--provincia", "17", "--ejecutar")
    assert abrir(*igual)[0] == 0
    distintas = [
        ((*igual, "--provincia", "04"), {}, "el rol es JC 17"),
        (("--rol", "ADM", "--ejecutar"), {}, "el rol es JC 17"),
        (("--ejecutar",), {}, "el rol es JC 17"),
        ((*igual, "--ruc", empleador.ruc), {}, "representa a ningún empleador"),
        (igual, {"nombre": "Quinde Eva"}, "el nombre registrado es Quinde Rosa"),
    ]
    for orden, datos, frase in distintas:
        codigo, dicho, _ = abrir(*orden, **datos)
        assert codigo == 1
        assert dicho["rechazo"]["codigo"] == "CUENTA_CON_OTROS_DATOS"
        assert frase in dicho["rechazo"]["mensaje"]
    assert presencia_de(Usuario.objects.get()).actor.territorio.provincias == {"17"}
    assert Hecho.objects.count() == 1
    Usuario.objects.update(is_active=False)
    assert "la cuenta está cerrada" in abrir(*igual)[1]["rechazo"]["mensaje"]


def test_twin_without_that_comparison_other_data_would_pass_for_the_same(
    abrir: Abrir, monkeypatch: pytest.MonkeyPatch
) -> None:
    abrir("--rol", "AUD", "--ejecutar")
    monkeypatch.setattr(cuentas, "_exigir_la_misma", lambda *_: None)
    assert abrir("--rol", "ADM", "--ejecutar")[0] == 0


@pytest.mark.parametrize(
    ("orden", "clave", "codigo"),
    [
        (("--rol", "JEFE"), f"{CLAVE}\n", "ROL_DESCONOCIDO"),
        (("--rol", "EMP"), f"{CLAVE}\n", "ROL_SOLO_DEL_PORTAL"),
        (("--rol", "AC"), f"{CLAVE}\n", "FALTA_PROVINCIA"),
        (("--provincia", "17"), f"{CLAVE}\n", "SOBRA_PROVINCIA"),
        ((), "corta\n", "CLAVE_DEBIL"),
        (("--ruc", "1790016919001"), f"{CLAVE}\n", "EMPLEADOR_DESCONOCIDO"),
        (("--ruc", "1790016919000"), f"{CLAVE}\n", "IDENTIFICACION_INVALIDA"),
        (("--identificacion", "1"), f"{CLAVE}\n", "IDENTIFICACION_INVALIDA"),
    ],
)
@pytest.mark.parametrize("modo", [(), ("--ejecutar",)])
def test_a_refusal_is_the_same_in_a_rehearsal_and_leaves_nothing(
    orden: tuple[str, ...], clave: str, codigo: str, modo: tuple[str, ...], abrir: Abrir
) -> None:
    salida, dicho, _ = abrir(*orden, *modo, clave=clave)
    assert (salida, dicho["rechazo"]["codigo"]) == (1, codigo)
    assert not Usuario.objects.exists()


def test_the_account_and_its_representations_are_opened_whole_or_not_at_all(
    abrir: Abrir, empleador: Empleador, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fallar(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(cuentas, "registrar_representacion", fallar)
    assert abrir("--ruc", empleador.ruc, "--rol", "AUD", "--ejecutar")[0] == 2
    assert not Usuario.objects.exists()
    assert not Asignacion.objects.exists()


def test_a_person_reads_a_table_without_the_password(
    abrir: Abrir, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    teclado(monkeypatch)
    datos = ["--identificacion", CEDULA, "--nombre", "Quinde Rosa", "--rol", "AUD", "--ejecutar"]
    assert ejecutar(["cuentas", "abrir", *datos]) == 0
    out, err = capsys.readouterr()
    assert CEDULA in out
    assert "AUD" in out
    assert CLAVE not in out + err


def test_the_password_is_never_an_argument(
    abrir: Abrir, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ejecutar(["cuentas", "abrir", "--clave", CLAVE]) == 2
    assert "No existe la opción --clave" in capsys.readouterr().err


@pytest.mark.parametrize("texto", [f"{CLAVE}\n", f"{CLAVE}\r\n", CLAVE, f"{CLAVE}\notra\n"])
def test_the_password_is_the_first_line_of_the_standard_input(
    texto: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    teclado(monkeypatch, texto)
    assert leer_clave() == CLAVE


def test_spaces_of_the_password_are_kept_because_the_form_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    teclado(monkeypatch, f" {CLAVE} \n")
    assert leer_clave() == f" {CLAVE} "


@pytest.mark.parametrize(
    ("texto", "frase"),
    [("", "Falta la clave"), ("\n", "Falta la clave"), ("quinde\x00molle\n", "teclear")],
)
def test_what_is_no_password_is_asked_back(
    texto: str, frase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    teclado(monkeypatch, texto)
    with pytest.raises(UsoIncorrecto, match=frase):
        leer_clave()


def test_a_password_in_another_encoding_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    latin = io.TextIOWrapper(io.BytesIO("ñandú molle\n".encode("latin-1")), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", latin)
    with pytest.raises(UsoIncorrecto, match="UTF-8"):
        leer_clave()


def en_una_terminal(*respuestas: str) -> str:
    """Type the answers in a real terminal as they are asked, and return all that it showed."""
    maestra, esclava = pty.openpty()
    proceso = subprocess.Popen(
        [sys.executable, "-c", TECLEAR],
        stdin=esclava, stdout=esclava, stderr=esclava, start_new_session=True,
    )  # fmt: skip
    os.close(esclava)
    visto, limite = "", time.monotonic() + 20
    pendientes = list(respuestas)
    while time.monotonic() < limite:
        try:
            trozo = os.read(maestra, 1024).decode()
        except OSError:  # the other end was closed
            break
        if not trozo:
            break
        visto += trozo
        if pendientes and visto.endswith(": "):
            os.write(maestra, f"{pendientes.pop(0)}\n".encode())
    proceso.wait(timeout=10)
    os.close(maestra)
    return visto


def test_on_a_terminal_it_is_asked_twice_and_not_shown() -> None:
    visto = en_una_terminal(CLAVE, CLAVE)
    assert visto.count("Clave (no se ve al escribirla)") == 1
    assert visto.count("La misma clave otra vez") == 1
    assert f"largo {len(CLAVE)}" in visto
    assert CLAVE not in visto


def test_on_a_terminal_two_different_ones_are_asked_back() -> None:
    visto = en_una_terminal(CLAVE, f"{CLAVE}x")
    assert "Las dos claves no son iguales" in visto
    assert CLAVE not in visto


def test_twin_read_as_a_common_line_the_terminal_would_show_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(globals(), "TECLEAR", "print('largo', len(input('Clave: ')))")
    assert CLAVE in en_una_terminal(CLAVE)


def test_leaving_without_typing_is_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def irse(_: str) -> str:
        raise EOFError

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(lectura.getpass, "getpass", irse)
    with pytest.raises(UsoIncorrecto, match="Falta la clave"):
        leer_clave()


def test_an_office_is_given_and_ended_from_the_console(
    abrir: Abrir, capsys: pytest.CaptureFixture[str]
) -> None:
    assert abrir("--ejecutar")[0] == 0
    quien = ("--identificacion", CEDULA, "--rol", "JC", "--provincia", "17")
    acto = (
        "--documento",
        "Acción de personal",
        "--numero",
        "AP-9",
        "--fecha-documento",
        "2026-11-19",
    )
    assert ejecutar(["cuentas", "asignar", *quien, *acto]) == 0
    assert not Asignacion.objects.exists(), "a rehearsal gives nothing"
    assert (
        ejecutar(["cuentas", "asignar", *quien, *acto, "--ultimo-dia", "2026-11-30", "--ejecutar"])
        == 0
    )
    dada = Asignacion.objects.get()
    assert (dada.acto_numero, dada.hasta) == ("AP-9", date(2026, 12, 1))
    assert ejecutar(["cuentas", "asignar", *quien, *acto, "--ejecutar"]) == 1
    assert "ya tiene ese cargo" in capsys.readouterr().err
    fin = ("cuentas", "terminar", *quien, "--razon", "Fin del contrato")
    assert ejecutar([*fin]) == 0
    assert Asignacion.objects.get().hasta == date(2026, 12, 1)
    assert ejecutar([*fin, "--ejecutar"]) == 0
    assert Asignacion.objects.get().hasta == HOY


def test_an_account_may_be_opened_with_its_act_of_appointment(abrir: Abrir) -> None:
    codigo, _, _ = abrir(
        "--rol", "AUD", "--documento", "Contrato", "--numero", "C-7", "--fecha-documento",
        "2026-11-01", "--ultimo-dia", "2026-12-31", "--ejecutar",
    )  # fmt: skip
    assert codigo == 0
    dada = Asignacion.objects.get()
    assert (dada.acto_documento, dada.hasta) == ("Contrato", date(2027, 1, 1))


def test_an_office_is_not_given_to_whom_has_no_account(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.fijar_fecha_simulada(HOY)
    assert ejecutar(["cuentas", "asignar", "--identificacion", CEDULA, "--rol", "AUD"]) == 1
    assert "No hay una cuenta abierta" in capsys.readouterr().err
