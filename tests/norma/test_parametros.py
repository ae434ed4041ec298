"""The loader of parameters: what it reads, what it refuses, and what it never guesses."""

import itertools
from datetime import date
from decimal import Decimal

import pytest

from recaudo.kernel.money import Dinero, Tasa
from recaudo.kernel.period import Vigencia
from recaudo.norma.parametros import (
    EstadoVerificacion,
    ParametroMalEscrito,
    Parametros,
    SinDatos,
    cargar_parametros,
    peor_estado,
)

BUENO = """\
nombre: "Ejemplo"
unidad: PORCENTAJE
instrumento: LSS
articulo: "art. 73"
estado_verificacion: VERIFICADO
verificado_en: 2026-11-20
fuente: "texto del artículo"
valores:
  - {valor: 9.45, vigente_desde: 2020-01-01, vigente_hasta: 2020-12-31}
  - {valor: 9.50, vigente_desde: 2021-01-01, vigente_hasta: null, nota: "reforma"}
"""


def _con(tmp_path, texto, clave="ejemplo"):
    ruta = tmp_path / f"{clave.replace('.', '/')}.yaml"
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_text(texto, encoding="utf-8")
    return Parametros(tmp_path)


def test_a_well_written_file_gives_the_value_of_each_date(tmp_path):
    parametros = _con(tmp_path, BUENO)
    ultimo_dia = parametros.vigente("ejemplo", en=date(2020, 12, 31))
    primer_dia = parametros.vigente("ejemplo", en=date(2021, 1, 1))
    assert (ultimo_dia.tasa, primer_dia.tasa) == (Tasa("9.45"), Tasa("9.50"))
    assert ultimo_dia.vigencia == Vigencia(date(2020, 1, 1), date(2021, 1, 1))
    assert ultimo_dia.norma == "LSS art. 73"
    assert primer_dia.nota == "reforma"
    assert isinstance(ultimo_dia.valor, Decimal)


@pytest.mark.parametrize(
    ("quita", "pone", "dice"),
    [
        ("vigente_desde: 2021-01-01", "vigente_desde: 2020-12-31", "overlaps"),
        ("vigente_hasta: 2020-12-31", "vigente_hasta: null", "overlaps"),
        ("instrumento: LSS", "instrumento: LEY_INVENTADA", "unknown instrument"),
        ("instrumento: LSS\n", "", "missing"),
        ('articulo: "art. 73"\n', "", "missing"),
        ("unidad: PORCENTAJE\n", "", "missing"),
        ("verificado_en: 2026-11-20\n", "", "missing"),
        ('fuente: "texto del artículo"\n', "", "missing"),
        ("estado_verificacion: VERIFICADO\n", "", "missing"),
        (", vigente_hasta: null", "", "missing"),
        ("estado_verificacion: VERIFICADO", "estado_verificacion: SEGURO", "SEGURO"),
        ("estado_verificacion: VERIFICADO", "estado_verificacion: SIN_DATOS", "SIN_DATOS"),
        ("valor: 9.45", "valor: null", "SIN_DATOS"),
        ("valor: 9.45", "valor: 9.45, color: rojo", "unknown keys"),
        ("vigente_desde: 2020-01-01", "vigente_desde: 2021-06-01", "empty range"),
        ("verificado_en: 2026-11-20", "verificado_en: ayer", "verificado_en"),
        ('fuente: "texto del artículo"', 'fuente: ""', "fuente"),
        ('nombre: "Ejemplo"\n', "", "nombre"),
        ("unidad: PORCENTAJE\n", "unidad: PORCENTAJE\nunidad: OTRA\n", "repeated key"),
    ],
)
def test_each_fault_of_a_file_is_refused_while_the_same_file_without_it_loads(
    tmp_path, quita, pone, dice
):
    assert _con(tmp_path, BUENO, "bueno").historia("bueno")
    assert quita in BUENO
    with pytest.raises(ValueError, match=dice):
        _con(tmp_path, BUENO.replace(quita, pone), "malo").historia("malo")


def test_a_file_without_values_is_refused(tmp_path):
    vacio = BUENO[: BUENO.index("valores:")] + "valores: []\n"
    with pytest.raises(ParametroMalEscrito, match="without values"):
        _con(tmp_path, vacio).historia("ejemplo")


def test_a_date_outside_every_value_is_refused_naming_the_parameter(tmp_path):
    with pytest.raises(SinDatos) as rechazo:
        _con(tmp_path, BUENO).vigente("ejemplo", en=date(2019, 12, 31))
    assert rechazo.value.codigo == "SIN_DATOS"
    assert "«Ejemplo»" in rechazo.value.mensaje
    assert "31/12/2019" in rechazo.value.mensaje
    assert "ejemplo" in rechazo.value.mensaje


def test_an_unknown_key_is_refused_naming_it(tmp_path):
    parametros = _con(tmp_path, BUENO)
    assert parametros.existe("ejemplo")
    assert not parametros.existe("otra.cosa")
    with pytest.raises(SinDatos, match=r"otra\.cosa"):
        parametros.vigente("otra.cosa", en=date(2026, 1, 1))


def test_a_value_known_to_be_unknown_refuses_with_its_note_and_its_norm(tmp_path):
    texto = BUENO.replace(
        "- {valor: 9.45,", '- {valor: null, estado_verificacion: SIN_DATOS, nota: "No hallada",'
    )
    parametros = _con(tmp_path, texto)
    with pytest.raises(SinDatos, match="No hallada") as rechazo:
        parametros.vigente("ejemplo", en=date(2020, 6, 1))
    assert rechazo.value.norma == "LSS art. 73"
    assert parametros.vigente("ejemplo", en=date(2021, 6, 1)).tasa == Tasa("9.50")


def test_only_a_parameter_that_never_changed_can_be_asked_without_a_date(tmp_path):
    una_vez = BUENO[: BUENO.rindex("  - {valor")]
    assert _con(tmp_path, una_vez, "fijo").invariable("fijo").tasa == Tasa("9.45")
    with pytest.raises(ValueError, match="ask for it with a date"):
        _con(tmp_path, BUENO).invariable("ejemplo")


def test_a_profile_replaces_one_parameter_and_leaves_the_rest(tmp_path):
    _con(tmp_path, BUENO, "uno")
    _con(tmp_path, BUENO, "dos")
    _con(tmp_path, BUENO.replace("9.50", "0.00"), "perfiles.OTRO.uno")
    en = date(2026, 1, 1)
    normal, otro = Parametros(tmp_path), Parametros(tmp_path, perfil="OTRO")
    assert (normal.vigente("uno", en=en).tasa, otro.vigente("uno", en=en).tasa) == (
        Tasa("9.50"),
        Tasa("0.00"),
    )
    assert otro.vigente("dos", en=en).tasa == Tasa("9.50")
    assert normal.claves() == otro.claves() == ("dos", "uno")
    with pytest.raises(ParametroMalEscrito, match="unknown profile"):
        Parametros(tmp_path, perfil="NINGUNO")


def test_published_values_can_replace_a_parameter_without_touching_the_file(tmp_path):
    parametros = _con(tmp_path, BUENO)
    viejo = parametros.historia("ejemplo")
    otros = parametros.con("ejemplo", viejo[1:])
    assert len(otros.historia("ejemplo")) == 1
    assert len(parametros.historia("ejemplo")) == 2
    with pytest.raises(ParametroMalEscrito, match="overlaps"):
        parametros.con("ejemplo", (*viejo, viejo[0]))


def test_tables_are_read_only_all_the_way_down(tmp_path):
    texto = BUENO.replace("valor: 9.50", "valor: {IVM: [6.64, 4.32], sub: {a: 1}}")
    tabla = _con(tmp_path, texto).vigente("ejemplo", en=date(2026, 1, 1)).tabla
    assert tabla["IVM"] == (Decimal("6.64"), Decimal("4.32"))
    for intento in (tabla, tabla["sub"]):
        with pytest.raises(TypeError):
            intento["a"] = 2


def test_a_value_is_read_only_as_what_it_is(tmp_path):
    def valor(texto):
        return _con(tmp_path, BUENO.replace("valor: 9.50", f"valor: {texto}")).vigente(
            "ejemplo", en=date(2026, 1, 1)
        )

    assert valor("482.00").dinero == Dinero(482)
    assert valor("30").entero == 30
    assert valor("literal").texto == "literal"
    assert valor("true").si_o_no is True
    assert valor("[1, 2]").lista == (1, 2)
    for texto, como in (
        ("true", "decimal"),
        ("true", "entero"),
        ("9.5", "entero"),
        ("[1]", "decimal"),
        ("1", "texto"),
        ("1", "si_o_no"),
        ("1", "tabla"),
        ("uno", "lista"),
    ):
        with pytest.raises(TypeError):
            getattr(valor(texto), como)


def test_a_result_is_as_sure_as_its_worst_ingredient():
    e = EstadoVerificacion
    assert peor_estado(e.VERIFICADO, e.SECUNDARIO) is e.SECUNDARIO
    assert peor_estado(e.RECONSTRUIDO, e.PROVISIONAL, e.SECUNDARIO) is e.RECONSTRUIDO
    assert peor_estado(e.VERIFICADO) is e.VERIFICADO


# What ships with the project


@pytest.mark.parametrize("clave", cargar_parametros().claves())
def test_every_parameter_we_ship_loads_and_names_its_source(clave):
    parametros = cargar_parametros()
    assert parametros.historia(clave)
    assert parametros.nombre(clave) != clave


def test_every_profile_we_ship_replaces_parameters_that_exist():
    base = cargar_parametros()
    perfil = cargar_parametros("PORTAL_2026")
    clave = "aportes.jornada.salud_tiempo_parcial"
    assert perfil.historia(clave) != base.historia(clave)


def _regimenes_con_reparto():
    return [c for c in cargar_parametros().claves() if c.startswith("aportes.distribucion.")]


@pytest.mark.parametrize("clave", _regimenes_con_reparto())
def test_every_distribution_closes_to_the_global_rate_personal_and_patronal(clave):
    parametros = cargar_parametros()
    filas = [
        fila
        for fila in parametros.historia(clave)
        if fila.estado_verificacion is not EstadoVerificacion.SIN_DATOS
    ]
    for fila in filas:
        en = fila.vigencia.desde or date(2026, 1, 1)
        tasas = parametros.vigente(clave.replace("distribucion", "tasas"), en=en).tabla
        for indice, columna in enumerate(("personal", "patronal")):
            assert sum(partes[indice] for partes in fila.tabla.values()) == tasas[columna], en


def test_the_four_complete_groups_have_a_distribution_without_gaps_since_the_cd_501():
    parametros = cargar_parametros()
    for grupo in ("privado", "bancario_municipal", "publico", "srd_voluntario"):
        filas = [
            fila
            for fila in parametros.historia(f"aportes.distribucion.{grupo}")
            if fila.vigencia.desde and fila.vigencia.desde >= date(2015, 11, 13)
        ]
        assert len(filas) == 7
        assert filas[-1].vigencia.hasta is None
        for una, otra in itertools.pairwise(filas):
            assert una.vigencia.hasta == otra.vigencia.desde
