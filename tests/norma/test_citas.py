"""Every public rule cites an instrument on file; every parameter's instrument was in force."""

import importlib
import inspect
import pkgutil
import types
from datetime import date

import pytest

from recaudo import norma
from recaudo.norma.citas import regla_de, reglas_registradas, segun
from recaudo.norma.instrumentos import (
    InstrumentoMalEscrito,
    existe_instrumento,
    instrumento_citado,
    leer_instrumento,
    todos_los_instrumentos,
)
from recaudo.norma.parametros import EstadoVerificacion, cargar_parametros

SIN_REGLAS = ("parametros", "instrumentos", "citas", "catalogos", "yaml_exacto")


def _modulos_de_reglas():
    prefijo = f"{norma.__name__}."
    for modulo in pkgutil.walk_packages(norma.__path__, prefijo):
        if modulo.name.removeprefix(prefijo).partition(".")[0] not in SIN_REGLAS:
            yield importlib.import_module(modulo.name)


def _sin_cita(modulos):
    """Name the public functions that cite nothing, or an instrument that is not on file."""
    faltas = []
    for modulo in modulos:
        for nombre, funcion in inspect.getmembers(modulo, inspect.isfunction):
            if nombre.startswith("_") or funcion.__module__ != modulo.__name__:
                continue
            regla = regla_de(inspect.unwrap(funcion))
            citas = regla.citas if regla else ()
            if not citas or not all(instrumento_citado(cita) for cita in citas):
                faltas.append(f"{modulo.__name__}.{nombre}")
    return faltas


def test_every_public_rule_cites_an_instrument_on_file():
    assert _sin_cita(_modulos_de_reglas()) == []


def test_a_rule_without_citation_or_with_an_invented_one_is_noticed():
    falso = types.ModuleType("norma_falsa")
    exec(
        compile(
            "from recaudo.norma.citas import segun\n"
            "def sin_cita(): pass\n"
            "@segun('Ley Inventada art. 1')\n"
            "def inventada(): pass\n"
            "@segun('LSS art. 73', 'Ley Inventada art. 1')\n"
            "def a_medias(): pass\n"
            "@segun('LSS art. 73')\n"
            "def correcta(): pass\n"
            "def _privada(): pass\n",
            "norma_falsa",
            "exec",
        ),
        falso.__dict__,
    )
    assert _sin_cita([falso]) == [
        "norma_falsa.a_medias",
        "norma_falsa.inventada",
        "norma_falsa.sin_cita",
    ]


def test_the_index_of_rules_is_not_empty_and_has_the_contribution():
    list(_modulos_de_reglas())
    nombres = {regla.nombre for regla in reglas_registradas()}
    assert {"calcular_aporte", "calcular_base", "calcular_fondo_reserva"} <= nombres


@pytest.mark.parametrize("citas", [(), ("",), ("LSS art. 73", " ")])
def test_a_rule_cannot_cite_nothing(citas):
    with pytest.raises(ValueError, match="at least one"):
        segun(*citas)


def test_the_longest_short_name_wins_and_half_a_name_is_not_a_citation():
    assert instrumento_citado("C.D. 501 disp. final 5.ª").id == "CD_501"
    assert instrumento_citado("LSS").id == "LSS"
    assert instrumento_citado("C.D. 501: tablas").id == "CD_501"
    assert instrumento_citado("C.D. 5012 art. 1") is None
    assert instrumento_citado("LSSX art. 1") is None


def test_every_instrument_is_well_written_and_its_short_name_is_its_own():
    instrumentos = list(todos_los_instrumentos())
    citas = [instrumento.cita for instrumento in instrumentos]
    assert len(set(citas)) == len(citas)
    for instrumento in instrumentos:
        assert instrumento.estado_verificacion in set(EstadoVerificacion)
        assert instrumento.titulo
        assert instrumento_citado(f"{instrumento.cita} art. 1") == instrumento


INSTRUMENTO = """\
id: PRUEBA
cita: "Prueba"
titulo: "De prueba"
publicacion: "Ninguna"
vigente_desde: null
vigente_hasta: null
estado_verificacion: VERIFICADO
"""


@pytest.mark.parametrize(
    ("quita", "pone", "dice"),
    [
        ('cita: "Prueba"\n', "", "missing"),
        ("id: PRUEBA", "id: OTRA", "id is"),
        ("vigente_hasta: null\n", "vigente_hasta: null\ncolor: rojo\n", "unknown keys"),
    ],
)
def test_each_fault_of_an_instrument_is_refused(tmp_path, quita, pone, dice):
    ruta = tmp_path / "PRUEBA.yaml"
    ruta.write_text(INSTRUMENTO, encoding="utf-8")
    assert leer_instrumento.__wrapped__("PRUEBA", tmp_path).cita == "Prueba"
    assert not existe_instrumento("OTRA", tmp_path)
    ruta.write_text(INSTRUMENTO.replace(quita, pone), encoding="utf-8")
    with pytest.raises(InstrumentoMalEscrito, match=dice):
        leer_instrumento.__wrapped__("PRUEBA", tmp_path)


def test_a_longer_short_name_is_preferred_to_the_one_it_starts_with(tmp_path):
    for identificador, cita in (("PRUEBA", "Ley"), ("LARGA", "Ley de Prueba")):
        texto = INSTRUMENTO.replace("PRUEBA", identificador).replace('"Prueba"', f'"{cita}"')
        (tmp_path / f"{identificador}.yaml").write_text(texto, encoding="utf-8")
    assert instrumento_citado("Ley de Prueba art. 1", tmp_path).id == "LARGA"
    assert instrumento_citado("Ley art. 1", tmp_path).id == "PRUEBA"


def test_an_instrument_that_is_not_on_file_is_a_key_error(tmp_path):
    with pytest.raises(KeyError, match="NINGUNO"):
        leer_instrumento("NINGUNO", tmp_path)


def _derogados(parametros, claves):
    """Name the values that begin after their instrument ended."""
    faltas = []
    for clave in claves:
        for valor in parametros.historia(clave):
            fin = leer_instrumento(valor.instrumento).vigente_hasta
            if fin is not None and (valor.vigencia.desde or date.min) > fin:
                faltas.append(f"{clave} {valor.vigencia.desde}")
    return faltas


def test_no_value_begins_after_its_instrument_ended():
    parametros = cargar_parametros()
    assert _derogados(parametros, parametros.claves()) == []


def test_a_value_of_an_instrument_already_ended_is_noticed(tmp_path):
    texto = (
        'nombre: "x"\nvalores:\n  - {valor: 1, unidad: U, instrumento: CD_261, articulo: null, '
        "vigente_desde: 2020-01-01, vigente_hasta: null, estado_verificacion: SECUNDARIO, "
        "verificado_en: 2026-11-20, fuente: f}\n"
    )
    (tmp_path / "x.yaml").write_text(texto, encoding="utf-8")
    assert _derogados(type(cargar_parametros())(tmp_path), ["x"]) == ["x 2020-01-01"]
