"""The pure commands of `recaudo`: fixed keys and formats, exit codes, one clear line when wrong."""

import json
import resource
import subprocess
import sys
from typing import Any

import pytest

from recaudo.project.cli import ejecutar

INTERES = ("calcular", "interes", "--capital", "1000", "--vencimiento", "2026-05-31")
MODULO = (sys.executable, "-m", "recaudo.project.cli")


def _json(capsys: pytest.CaptureFixture[str], *palabras: str, codigo: int = 0) -> dict[str, Any]:
    """Run with --json: exactly one object on stdout and nothing on stderr."""
    assert ejecutar([*palabras, "--json"]) == codigo
    salida = capsys.readouterr()
    assert salida.err == ""
    assert salida.out.count("\n") == 1
    objeto = json.loads(salida.out)
    assert isinstance(objeto, dict)
    return objeto


def test_interest_answers_with_the_keys_and_formats_of_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    objeto = _json(capsys, *INTERES, "--corte", "2026-06-30", "--tasa-maxima", "9.33")
    traza = objeto.pop("traza")
    assert objeto == {
        "interes": "10.96",
        "tasa": "13.33",
        "dias": 30,
        "modo": "TASA_A_LA_LIQUIDACION",
    }
    assert all(set(paso) == {"paso", "valor", "norma"} for paso in traza)


def test_interest_takes_the_published_rate_when_none_is_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    objeto = _json(capsys, *INTERES, "--corte", "2026-06-30", "--modo", "por_tramos")
    assert (objeto["interes"], objeto["tasa"], objeto["modo"]) == ("9.85", "11.99", "POR_TRAMOS")


def test_a_missing_month_is_a_refusal_with_its_article(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rechazo = _json(capsys, *INTERES, "--corte", "2026-07-15", codigo=1)["rechazo"]
    assert rechazo["codigo"] == "TASA_SIN_DATOS"
    assert rechazo["norma"] == "LSS art. 89"
    assert "2026-07" in rechazo["mensaje"]


def test_without_json_a_refusal_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert ejecutar([*INTERES, "--corte", "2026-07-15"]) == 1
    salida = capsys.readouterr()
    assert salida.out == ""
    assert salida.err.count("\n") == 1
    assert "2026-07" in salida.err


def test_before_the_due_date_there_is_no_interest_and_no_rate(
    capsys: pytest.CaptureFixture[str],
) -> None:
    objeto = _json(capsys, *INTERES, "--corte", "2026-05-31")
    assert (objeto["interes"], objeto["tasa"], objeto["dias"]) == ("0.00", None, 0)


def test_a_term_in_a_canton_without_a_known_day_has_two_dates(
    capsys: pytest.CaptureFixture[str],
) -> None:
    palabras = ("calcular", "termino", "--notificado", "2026-03-02", "--dias", "8")
    objeto = _json(capsys, *palabras, "--canton", "0108")
    assert (objeto["vence_min"], objeto["vence_max"]) == ("2026-03-12", "2026-03-13")
    assert objeto["vence"] == objeto["vence_max"]
    assert objeto["lista_verificada"] is False
    assert [d["fecha"] for d in objeto["dudosos"]] == ["2026-03-12"]
    de_la_oficina = _json(capsys, *palabras, "--canton", "1701", "--canton-oficina", "0108")
    assert de_la_oficina == objeto, "the office's doubt is the debtor's too (COA 159)"


def test_a_term_lists_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    objeto = _json(
        capsys, "calcular", "termino", "--notificado", "2026-07-20", "--dias", "8",
        "--canton", "1701", "--canton-oficina", "0901",
    )  # fmt: skip
    assert set(objeto) == {
        "vence", "vence_min", "vence_max", "lista_verificada", "dudosos", "habiles", "inhabiles",
    }  # fmt: skip
    assert (objeto["lista_verificada"], objeto["dudosos"]) == (True, [])
    assert objeto["vence"] == "2026-07-31"
    assert len(objeto["habiles"]) == 8
    assert objeto["inhabiles"][0] == {
        "fecha": "2026-07-24",
        "motivo": "Feriado: Fundación de Guayaquil (trasladado del 2026-07-25)",
    }


def test_a_due_date_answers_with_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    objeto = _json(capsys, "calcular", "vencimiento", "--periodo", "2026-07")
    assert objeto["vence"] == "2026-08-17"
    assert set(objeto) == {"vence", "vence_ordinario", "prorroga", "traza"}
    assert (objeto["vence_ordinario"], objeto["prorroga"]) == ("2026-08-17", None)


def test_a_contribution_answers_with_the_keys_of_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    objeto = _json(
        capsys, "calcular", "aporte", "--regimen", "privado", "--periodo", "2026-06",
        "--base", "241", "--tipo-empleador", "PRIV_SOCIEDAD",
    )  # fmt: skip
    assert set(objeto) == {
        "base", "personal", "patronal", "total", "ccc", "distribucion", "estado_verificacion",
        "traza",
    }  # fmt: skip
    assert (objeto["base"], objeto["total"], objeto["ccc"]) == ("241.00", "49.65", "2.41")
    partes = [int(parte.replace(".", "")) for parte in objeto["distribucion"].values()]
    assert sum(partes) == 4965
    assert all(codigo == codigo.upper() for codigo in objeto["distribucion"])


def test_the_reserve_fund_and_the_base_answer_with_their_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fondo = _json(capsys, "calcular", "fondo-reserva", "--periodo", "2026-06", "--base", "600.00")
    assert set(fondo) == {"base", "fondo_reserva", "traza"}
    assert (fondo["base"], fondo["fondo_reserva"]) == ("600.00", "49.98")
    base = _json(capsys, "calcular", "base", "--sueldo", "600", "--dias", "15", "--extras", "20.50")
    assert set(base) == {"base", "dias", "traza"}
    assert (base["base"], base["dias"]) == ("320.50", 15)


@pytest.mark.parametrize(
    ("numero", "tipo", "valida"),
    [
        ("2050019872", "CEDULA", True),
        ("2050019873", "CEDULA", False),
        ("1760004650001", "RUC_PUBLICO", True),
        ("1790016919001", "RUC_SOCIEDAD", True),
        ("2050019872001", "RUC_NATURAL", True),
        ("12", None, False),
    ],
)
def test_an_identification_says_its_kind_and_whether_it_can_exist(
    capsys: pytest.CaptureFixture[str], numero: str, tipo: str | None, valida: bool
) -> None:
    objeto = _json(capsys, "validar", "identificacion", numero)
    assert set(objeto) == {"tipo", "valida", "motivo", "advertencias"}
    assert (objeto["tipo"], objeto["valida"]) == (tipo, valida)
    assert bool(objeto["motivo"]) != valida


def test_a_company_without_check_digit_is_a_warning_not_a_rejection(
    capsys: pytest.CaptureFixture[str],
) -> None:
    objeto = _json(capsys, "validar", "identificacion", "1793213150001")
    assert objeto["valida"] is True
    assert len(objeto["advertencias"]) == 1


MAL_ESCRITO = [
    (("calcular", "vencimiento", "--periodo", "2026-13"), "2026-13"),
    (("calcular", "vencimiento", "--periodo", "2026-13"), "los meses van de 1 a 12"),
    (("calcular", "vencimiento", "--periodo", "9999-12"), "fuera de los años"),
    (("calcular", "vencimiento"), "Falta --periodo"),
    (("calcular", "vencimiento", "--mes", "2026-06"), "No existe la opción --mes"),
    (("calcular", "vencimiento", "2026-06", "--periodo", "2026-06"), "Sobran palabras"),
    (("calcular", "raiz"), "No existe la orden raiz"),
    (("raiz",), "No existe la orden raiz"),
    (("calcular", "acuerdo"), "No existe la orden acuerdo"),
    (("calcular", "responsabilidad"), "No existe la orden responsabilidad"),
    (("validar", "identificacion"), "Falta NUMERO"),
    ((*INTERES, "--corte", "2026-02-30"), "el día 2026-02-30 no existe"),
    ((*INTERES, "--corte", "20260630"), "no es una fecha"),
    ((*INTERES, "--corte", "2026-06-30", "--tasa-maxima", "9,33"), "no es una tasa"),
    ((*INTERES, "--corte", "2026-06-30", "--tasa-maxima", "933"), "no es una tasa"),
    ((*INTERES, "--corte", "2026-06-30", "--modo", "MENSUAL"), "TASA_A_LA_LIQUIDACION, POR_TRAMOS"),
    (("calcular", "base", "--sueldo", "12,50"), "decimales con punto"),
    (("calcular", "base", "--sueldo", "-5"), "no puede ser negativo"),
    (("calcular", "base", "--sueldo", "1.005"), "no es un valor en dólares"),
    (("calcular", "base", "--sueldo", "1e3"), "no es un valor en dólares"),
    (("calcular", "base", "--sueldo", "9" * 16), "demasiado grande"),
    (("calcular", "base", "--sueldo", "NaN"), "no es un valor en dólares"),
    (("calcular", "base", "--sueldo", "\u0665"), "no es un valor en dólares"),
    (("calcular", "base", "--sueldo", "600", "--dias", "quince"), "no es un número entero"),
    (
        ("calcular", "termino", "--notificado", "2026-04-28", "--dias", "8", "--canton", "9999"),
        "No existe el cantón 9999",
    ),
    (
        ("calcular", "aporte", "--regimen", "X", "--periodo", "2026-06", "--base", "1"),
        "--regimen: «X» no existe. Use uno de: PRIVADO",
    ),
]


@pytest.mark.parametrize(("palabras", "frase"), MAL_ESCRITO)
@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_wrong_usage_is_one_spanish_line_and_exit_2(
    capsys: pytest.CaptureFixture[str],
    palabras: tuple[str, ...],
    frase: str,
    extra: tuple[str, ...],
) -> None:
    assert ejecutar([*palabras, *extra]) == 2
    salida = capsys.readouterr()
    assert salida.out == ""
    assert salida.err.count("\n") == 1
    assert frase in salida.err


def test_an_option_without_its_value_is_asked_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert ejecutar(["calcular", "vencimiento", "--periodo"]) == 2
    assert "Revise la opción --periodo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("palabras", "codigo"),
    [
        (("calcular", "base", "--sueldo", "600", "--dias", "31"), "DIAS_FUERA_DE_RANGO"),
        (
            ("calcular", "aporte", "--regimen", "PRIVADO", "--periodo", "1995-06", "--base", "1"),
            "SIN_DATOS",
        ),
        (
            ("calcular", "termino", "--notificado", "2026-04-28", "--dias", "0"),
            "DIAS_DE_TERMINO_FUERA_DE_RANGO",
        ),
        (
            ("calcular", "termino", "--notificado", "2070-12-30", "--dias", "8"),
            "FECHA_FUERA_DE_CALENDARIO",
        ),
        ((*INTERES, "--corte", "2026-06-30", "--concepto", "MULTA"), "CONCEPTO_SIN_INTERES"),
        ((*INTERES[:-1], "2015-01-15", "--corte", "2015-03-20"), "TASA_PROVISIONAL"),
        (("calcular", "vencimiento", "--periodo", "1999-01"), "SIN_DATOS"),
    ],
)
def test_a_rule_that_says_no_is_exit_1(
    capsys: pytest.CaptureFixture[str], palabras: tuple[str, ...], codigo: str
) -> None:
    rechazo = _json(capsys, *palabras, codigo=1)["rechazo"]
    assert set(rechazo) == {"codigo", "mensaje", "norma"}
    assert rechazo["codigo"] == codigo
    assert rechazo["mensaje"].endswith(".")


def test_without_json_the_answer_is_a_table_with_its_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ejecutar([*INTERES, "--corte", "2026-06-30"]) == 0
    salida = capsys.readouterr().out
    assert "$ 9,85" in salida
    assert "Por qué" in salida
    assert "LSS art. 89" in salida


def test_every_pure_command_draws_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    for palabras in (
        "calcular aporte --regimen PRIVADO --periodo 2026-06 --base 600",
        "calcular fondo-reserva --periodo 2026-06 --base 600",
        "calcular base --sueldo 600",
        "calcular termino --notificado 2026-04-28 --dias 3",
        "calcular vencimiento --periodo 2026-06",
        "validar identificacion 1790016919001",
    ):
        assert ejecutar(palabras.split()) == 0, palabras
        assert "│" in capsys.readouterr().out


def test_help_is_in_spanish_and_explains_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    for palabras in ([], ["--help"], ["calcular", "--help"], ["calcular", "termino", "--help"]):
        assert ejecutar(palabras) == 0
        ayuda = capsys.readouterr().out
        assert "Uso:" in ayuda
        for ingles in ("Usage", "Options", "Commands", "Show this", "required", "TEXT ", "default"):
            assert ingles not in ayuda
    assert "Cálculos" in _ayuda_principal(capsys)
    assert "Identificaciones" in _ayuda_principal(capsys)


def _ayuda_principal(capsys: pytest.CaptureFixture[str]) -> str:
    ejecutar(["--help"])
    return capsys.readouterr().out


def test_a_pure_command_answers_in_under_a_second_without_django() -> None:
    codigo = (
        "import sys; from recaudo.project.cli import ejecutar;"
        "ejecutar('calcular termino --notificado 2026-04-28 --dias 8 --json'.split());"
        "sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"
    )
    antes = _cpu_de_los_hijos()
    hecho = subprocess.run([sys.executable, "-c", codigo], capture_output=True, check=False)
    assert hecho.returncode == 0, "Django was imported"
    assert _cpu_de_los_hijos() - antes < 1.0  # processor time: the wall clock has neighbours


def _cpu_de_los_hijos() -> float:
    uso = resource.getrusage(resource.RUSAGE_CHILDREN)
    return uso.ru_utime + uso.ru_stime


def test_the_script_writes_utf8_whatever_the_terminal_says() -> None:
    hecho = subprocess.run(
        [*MODULO, "calcular", "vencimiento", "--periodo", "2026-07", "--json"],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PATH": ""},
    )
    assert "Período" in hecho.stdout.decode("utf-8")


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_reader_that_leaves_early_is_no_error(extra: tuple[str, ...]) -> None:
    palabras = ("calcular", "termino", "--notificado", "2026-04-28", "--dias", "9000", *extra)
    with subprocess.Popen(
        [*MODULO, *palabras], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as proceso:
        assert proceso.stdout is not None
        assert proceso.stderr is not None
        proceso.stdout.read(10)
        proceso.stdout.close()
        assert proceso.stderr.read() == b""
    assert proceso.returncode == 0
