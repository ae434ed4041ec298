"""What every command shares: one object, one line, one exit code, commands loaded when called."""

import importlib.machinery
import json
import sys
from types import ModuleType

import pytest
import typer

from recaudo.interfaces.batch import salida
from recaudo.interfaces.batch.programa import Programa
from recaudo.kernel.refusals import Rechazo
from recaudo.project import cli
from recaudo.project.cli import EnLaBase, ejecutar


class ObligacionDePrueba(Rechazo):
    mensaje = "La obligación ya está pagada."
    norma = "LSS art. 73"


def _orden_que_falla(error: BaseException) -> Programa:
    app = Programa(no_args_is_help=False)

    @app.command()
    def fallar(*, json: bool = False) -> None:
        """Falla."""
        raise error

    return app


@pytest.fixture
def con_orden(monkeypatch: pytest.MonkeyPatch) -> object:
    """Register a fake database command called `prueba` whose module raises what it is given."""

    def registrar(error: BaseException) -> None:
        modulo = ModuleType("recaudo.interfaces.batch.prueba")
        modulo.app = _orden_que_falla(error)  # type: ignore[attr-defined]
        modulo.__spec__ = importlib.machinery.ModuleSpec(modulo.__name__, None)
        monkeypatch.setitem(sys.modules, modulo.__name__, modulo)
        orden = EnLaBase("prueba", "Trabajo", "Orden de prueba.", django=False)
        monkeypatch.setitem(cli.EN_LA_BASE, "prueba", orden)

    return registrar


def test_a_command_of_the_database_is_listed_without_being_imported(
    capsys: pytest.CaptureFixture[str], con_orden: object
) -> None:
    con_orden(RuntimeError("must not run"))  # type: ignore[operator]
    assert ejecutar(["--help"]) == 0
    ayuda = capsys.readouterr().out
    assert "prueba" in ayuda
    assert "Orden de prueba." in ayuda
    assert "Trabajo" in ayuda


def test_a_command_whose_module_is_missing_is_not_offered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cli.EN_LA_BASE, "fantasma", EnLaBase("fantasma", "Trabajo", "No está."))
    ejecutar(["--help"])
    assert "fantasma" not in capsys.readouterr().out
    assert ejecutar(["fantasma"]) == 2
    assert "No existe la orden fantasma" in capsys.readouterr().err


def test_a_refusal_in_a_database_command_is_exit_1(
    capsys: pytest.CaptureFixture[str], con_orden: object
) -> None:
    con_orden(ObligacionDePrueba())  # type: ignore[operator]
    assert ejecutar(["prueba"]) == 1
    assert capsys.readouterr().err == "La obligación ya está pagada. (LSS art. 73)\n"
    assert ejecutar(["prueba", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "rechazo": {
            "codigo": "OBLIGACION_DE_PRUEBA",
            "mensaje": "La obligación ya está pagada.",
            "norma": "LSS art. 73",
        }
    }


@pytest.mark.parametrize(
    ("error", "frase"),
    [
        (ValueError("secret detail"), "La orden no pudo terminar. Código "),
        (PermissionError(13, "denied", "datos.csv"), "No hay permiso"),
        (FileNotFoundError(2, "missing", "datos.csv"), "Archivo: datos.csv."),
    ],
)
def test_an_unexpected_error_is_one_line_with_a_code_and_no_traceback(
    capsys: pytest.CaptureFixture[str], con_orden: object, error: Exception, frase: str
) -> None:
    con_orden(error)  # type: ignore[operator]
    assert ejecutar(["prueba"]) == 2
    primera = capsys.readouterr()
    assert primera.out == ""
    assert primera.err.count("\n") == 1
    assert frase in primera.err
    assert "RECAUDO_DEPURAR=1" in primera.err
    assert "secret detail" not in primera.err
    ejecutar(["prueba"])
    assert capsys.readouterr().err == primera.err  # the code is the same every time


def test_the_whole_trace_is_logged_only_when_asked(
    capsys: pytest.CaptureFixture[str],
    con_orden: object,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    con_orden(ValueError("secret detail"))  # type: ignore[operator]
    ejecutar(["prueba"])
    assert "secret detail" not in caplog.text
    monkeypatch.setenv("RECAUDO_DEPURAR", "1")
    ejecutar(["prueba"])
    assert "secret detail" in caplog.text


def test_an_interruption_ends_with_its_own_code(
    capsys: pytest.CaptureFixture[str], con_orden: object
) -> None:
    con_orden(KeyboardInterrupt())  # type: ignore[operator]
    assert ejecutar(["prueba"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_json_never_takes_a_value_that_is_not_plain() -> None:
    with pytest.raises(TypeError, match="plain values"):
        salida.emitir_json({"interes": object()})


def test_the_decorator_ends_a_command_with_its_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    @salida.responde_errores
    def orden(*, json: bool) -> None:
        raise ObligacionDePrueba

    with pytest.raises(typer.Exit) as fin:
        orden(json=True)
    assert fin.value.exit_code == 1
    assert "OBLIGACION_DE_PRUEBA" in capsys.readouterr().out


def test_progress_writes_nothing_when_nobody_is_looking(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with salida.progreso("Trabajando", total=3) as avanzar:
        avanzar(3)
    salida.avisar_ensayo(ejecutar=True)
    assert capsys.readouterr() == ("", "")


def test_a_dry_run_says_so_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    salida.avisar_ensayo(ejecutar=False)
    dicho = capsys.readouterr()
    assert dicho.out == ""
    assert "--ejecutar" in dicho.err
