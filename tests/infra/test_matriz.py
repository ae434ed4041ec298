"""The matrix is the rulebook's, cell by cell; a permission comes from a cell or from a reason."""

from collections.abc import Iterator

import pytest

from recaudo.infra.security.actor import Actor
from recaudo.infra.security.matriz import COLUMNAS, MATRIZ, NADA, Ambito, Celda, leer_celda
from recaudo.infra.security.origen import (
    LECTURA,
    LEER,
    ORIGEN,
    DeLaMatriz,
    FueraDeLaMatriz,
    fila_de,
    lectura_de,
    otorgados_a,
)
from recaudo.infra.security.permisos import Permiso
from recaudo.infra.security.roles import PERMISOS_DEL_SISTEMA, ROLES, Territorio
from tests.servidor import ROOT

P = Permiso
#: The rulebook's table as it is published there, section 8.3.
PUBLICADA = (ROOT / "tests/datos/matriz_8_3.md").read_text(encoding="utf-8").splitlines()
LETRA = {
    Ambito.PROVINCIAL: "p",
    Ambito.NACIONAL: "n",
    Ambito.CAUSAS: "c",
    Ambito.PROPIO: "o",
}


def columnas(linea: str) -> list[str]:
    return [celda.strip().replace("*", "") for celda in linea.strip("|\n ").split("|")]


def escribir(celda: Celda) -> str:
    """Write a cell back as the rulebook does, its letters in the alphabet."""
    if celda == NADA:
        return "–"
    letras = ",".join(sorted(celda.letras))
    alcance = f" {LETRA[celda.alcance]}" if celda.alcance else ""
    return f"{letras}{alcance} {celda.nota}".strip()


def ordenada(texto: str) -> str:
    letras, _, resto = texto.partition(" ")
    return f"{','.join(sorted(letras.split(',')))} {resto}".strip()


def publicadas() -> Iterator[tuple[int, str, str, str]]:
    """Every cell of the table: its row, the action, the role and its text; two for a shared one."""
    roles = columnas(PUBLICADA[0])[1:]
    for n, linea in enumerate(PUBLICADA[2:]):
        accion, *celdas = columnas(linea)
        assert len(celdas) == len(roles) == 21, accion
        for rol, celda in zip(roles, celdas, strict=True):
            de_cada_uno = celda.split(" / ")
            for i, uno in enumerate(rol.split("/")):
                yield n, accion, uno, ordenada(de_cada_uno[min(i, len(de_cada_uno) - 1)])


def test_every_cell_is_the_one_of_the_rulebook() -> None:
    filas = list(MATRIZ.values())
    distintas = [
        f"{accion} · {rol}: {escrita}, publicada {publicada}"
        for n, accion, rol, publicada in publicadas()
        if (escrita := escribir(filas[n].celdas[rol])) != publicada
    ]
    assert distintas == []
    assert len(filas) == len(PUBLICADA) - 2 == 29
    assert list(COLUMNAS) == columnas(PUBLICADA[0])[1:]


def test_the_comparison_would_notice_one_letter_and_one_reach() -> None:
    celda = MATRIZ["emitir_glosa"].celdas["JC"]
    assert escribir(celda) == "A p"
    assert escribir(Celda(celda.letras | {"X"}, celda.alcance)) != "A p"
    assert escribir(Celda(celda.letras, Ambito.NACIONAL)) != "A p"


@pytest.mark.parametrize("mala", ["", "Z", "A q", "A  p", "a p", "A,p", "-", "Ap", "A p/n"])
def test_what_is_not_a_cell_is_not_read(mala: str) -> None:
    with pytest.raises(ValueError, match="not a cell"):
        leer_celda(mala)


def test_every_column_is_a_role_with_its_nature() -> None:
    de_la_tabla = {rol for columna in COLUMNAS for rol in columna.split("/")}
    assert de_la_tabla | {"PER", "ADM"} == set(ROLES)
    for rol in ROLES.values():
        con_provincia = {c.alcance for f in MATRIZ.values() if (c := f.celdas.get(rol.codigo))}
        if Ambito.PROVINCIAL in con_provincia or Ambito.CAUSAS in con_provincia:
            assert rol.territorio is not Territorio.SIN_PROVINCIA, rol.codigo


def test_every_permission_has_an_origin_and_no_origin_is_idle() -> None:
    assert set(ORIGEN) == set(Permiso)
    for permiso, origen in ORIGEN.items():
        if isinstance(origen, DeLaMatriz):
            assert origen.fila in MATRIZ, permiso
            assert set(origen.letras) <= set(LEER), permiso
        else:
            assert isinstance(origen, FueraDeLaMatriz)
            assert origen.razon.strip(), permiso
            assert not origen.cerca_de or origen.cerca_de in MATRIZ, permiso
            assert set(origen.roles) <= set(ROLES), permiso
        assert [r for r in ROLES.values() if permiso in r.alcances], f"nobody holds {permiso}"


def test_a_permission_reaches_as_far_as_its_cell_says() -> None:
    """Cell by cell: who holds it, and for which reach."""
    for permiso, origen in ORIGEN.items():
        if not isinstance(origen, DeLaMatriz):
            continue
        for rol in ROLES.values():
            celda = MATRIZ[origen.fila].celdas.get(rol.codigo, NADA)
            debido = bool(celda.letras & set(origen.letras)) and rol.codigo != "EMP"
            assert (permiso in rol.alcances) is debido, (permiso, rol.codigo)
            if debido:
                assert rol.alcances[permiso] is (celda.alcance or rol.ambito)


def test_a_provincial_office_with_a_national_cell_reaches_the_nation_in_that_row_only() -> None:
    """JC registers challenges from any province (A n), and approves glosas of its own (A p)."""
    assert MATRIZ["recibir_impugnacion"].celdas["JC"] == leer_celda("A n")
    jefe = Actor(id=1, nombre="Jefa", roles={"JC"}, provincias=frozenset({"17"}))
    assert jefe.alcance(P.GLOSA_EMITIR).provincias == {"17"}
    assert not jefe.alcance(P.GLOSA_EMITIR).nacion


def test_whoever_works_by_cases_reaches_no_province() -> None:
    for rol in ("SAE", "SAI", "DEP", "PER"):
        abogado = Actor(id=1, nombre="Abogado", roles={rol}, provincias=frozenset({"17"}))
        for permiso in Permiso:
            assert not abogado.alcance(permiso).provincias, (rol, permiso)
            assert not abogado.alcance(permiso).nacion, (rol, permiso)


def test_the_debtor_holds_the_portal_and_nothing_of_the_office() -> None:
    assert {p for p, _ in otorgados_a("EMP")} == {
        P.EMPLEADOR_VER_LO_PROPIO, P.NOVEDADES_CARGAR, P.COMPROBANTE_GENERAR,
        P.COMPROBANTE_ANULAR, P.NOTIFICACION_ACUSAR_RECIBO,
    }  # fmt: skip
    assert set(ROLES["EMP"].alcances.values()) == {Ambito.PROPIO}


def _con(fila: str, letras: str) -> set[str]:
    return {r for r, c in MATRIZ[fila].celdas.items() if c.letras & set(letras)}


def test_segregation_written_in_the_matrix() -> None:
    """§8.3 [diseño], and S04: what never meets in one office."""
    abogados = {"SAE", "SAI"}
    cartera, coactiva, finanzas = {"JC", "AC"}, {"JCO", *abogados, "CIT", "DEP"}, {"DNGF"}
    assert not abogados & _con("anular", "CVAX"), "a lawyer never annuls"
    assert not abogados & _con("distribuir_recaudado", LEER), "nor registers payments"
    assert not cartera & _con("sortear", "CVAX"), "Cartera never draws"
    assert not coactiva & _con("anular", "AX"), "Coactiva never annuls glosas"
    for fila in ("emitir_glosa", "notificar_glosa", "emitir_titulo", "anular", "sortear"):
        assert not finanzas & _con(fila, "CVAX"), f"Finanzas changes no process: {fila}"
    for fila in ("emitir_glosa", "emitir_titulo", "acuerdo_sobre_banda", "providencia"):
        assert not _con(fila, "C") & _con(fila, "A"), f"who drafts never signs: {fila}"


def test_who_manages_users_moves_no_money_and_an_auditor_changes_nothing() -> None:
    assert set(ROLES["ADM"].alcances) == {P.USUARIOS_ADMINISTRAR}
    de_lectura = {p for p in Permiso if p.value.endswith((".ver", ".ver_lo_propio"))}
    assert set(ROLES["AUD"].alcances) - de_lectura == {P.AUDITORIA_EJECUTAR}
    assert all(
        c.letras <= {"L"} for f in MATRIZ.values() for r, c in f.celdas.items() if r == "AUD"
    )


def test_a_row_of_the_matrix_without_acts_is_offered_to_nobody() -> None:
    con_actos = {fila_de(p) for p in Permiso} - {""}
    pendientes = set(MATRIZ) - con_actos
    assert "sortear" in pendientes
    assert {fila_de(p) for r in ROLES.values() for p in r.alcances} & pendientes == set()


def test_the_system_holds_permissions_that_exist_and_approves_nothing_of_a_person() -> None:
    assert not PERMISOS_DEL_SISTEMA & {P.TASA_APROBAR, P.VALOR_APLICAR, P.COMPROBANTE_GENERAR}


def test_every_row_with_acts_says_what_reads_its_history() -> None:
    assert set(LECTURA) == {fila_de(p) for p in Permiso} - {""}
    for permiso in Permiso:
        assert lectura_de(permiso) in Permiso
    assert lectura_de(P.COMPROBANTE_GENERAR) is P.RECAUDACION_VER
    assert lectura_de(P.NOTIFICACION_ACUSAR_RECIBO) is P.CARTERA_VER
