"""What each role of the database may do is what is said beside the models, and nothing else."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from recaudo.infra.mesas import poner_mesas
from recaudo.infra.papeles import Papel
from recaudo.infra.security.concesiones import (
    NADIE,
    Concesion,
    aplicar_concesiones,
    concesiones,
    quienes_llaman,
    sentencias,
)
from tests.papeles import como, como_en_punto, denegada

pytestmark = pytest.mark.django_db

WEB, LOTES, INFORMES, AUDITOR = Papel
_TABLAS = """
SELECT c.relname, r.rolname, a.privilege_type FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public',
       aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE c.relkind IN ('r', 'p', 'v') AND a.grantee <> c.relowner
"""
_COLUMNAS = """
SELECT c.relname, r.rolname, a.privilege_type, f.attname FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
  JOIN pg_attribute f ON f.attrelid = c.oid AND f.attnum > 0,
       aclexplode(f.attacl) a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
"""
_FUNCIONES = """
SELECT p.proname, coalesce(r.rolname, 'todos') FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public',
       aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE a.grantee <> p.proowner
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _leer(consulta: str) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        return set(cursor.fetchall())


def _de_tablas() -> set[tuple[str, ...]]:
    """Of the tables that are ours: not the partitions of an emission."""
    dichas = concesiones()
    return {f for f in _leer(_TABLAS) if f[0] in dichas}


def _esperado(que: str, quienes: str) -> set[tuple[str, ...]]:
    return {
        (tabla, papel.value, que)
        for tabla, dicha in concesiones().items()
        for papel in getattr(dicha, quienes)
    }


def test_the_catalogue_says_of_tables_what_the_models_say() -> None:
    vistas = _de_tablas()
    leen = {(t, p) for t, p, que in vistas if que == "SELECT"}
    assert {f for f in vistas if f[2] != "SELECT"} == (
        _esperado("INSERT", "agregan") | _esperado("DELETE", "borran")
    )
    assert leen == {
        (tabla, papel.value)
        for tabla, dicha in concesiones().items()
        for papel in Papel
        if papel is not INFORMES or not (dicha.es_secreta or dicha.secretas)
    }


def test_the_catalogue_says_of_columns_what_the_models_say() -> None:
    cambian = {(t, p, c) for t, p, que, c in _leer(_COLUMNAS) if que == "UPDATE"}
    assert cambian == {
        (tabla, papel.value, columna)
        for tabla, dicha in concesiones().items()
        for papel in dicha.quienes
        for columna in dicha.cambian
    }
    leen = {(t, c) for t, p, que, c in _leer(_COLUMNAS) if que == "SELECT" and p == INFORMES}
    assert {t for t, _ in leen} == {t for t, d in concesiones().items() if d.secretas}
    assert not [c for t, c in leen if c in concesiones()[t].secretas]


def test_every_table_says_what_it_grants_and_none_that_is_not_there() -> None:
    hay = _leer(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND relkind IN ('r', 'p') "
        "AND NOT (relispartition AND relname ~ '_[0-9]+$')"
    )
    assert {t for (t,) in hay} == set(concesiones())


def test_functions_are_called_by_whom_is_said() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace "
            "WHERE nspname = 'public' AND (proname LIKE 'recaudo%%' OR proname LIKE 'procras%%')"
        )
        nombres = [fila[0] for fila in cursor.fetchall()]
    assert _leer(_FUNCIONES) == {
        (nombre, papel.value) for nombre in nombres for papel in quienes_llaman(nombre)
    }


@pytest.mark.parametrize(
    "de_mas",
    [
        "GRANT DELETE ON audit_hecho TO recaudo_web",
        "GRANT UPDATE (provincia) ON obligaciones_obligacion TO recaudo_web",
        "GRANT INSERT ON audit_estadopaso TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION recaudo_nacer(text, date) TO recaudo_web",
        "GRANT SELECT (password) ON security_usuario TO recaudo_informes",
        "CREATE TABLE sin_dueno (id int)",
    ],
)
def test_twin_what_is_granted_by_hand_is_found_out(de_mas: str) -> None:
    pruebas = (
        test_the_catalogue_says_of_tables_what_the_models_say,
        test_the_catalogue_says_of_columns_what_the_models_say,
        test_every_table_says_what_it_grants_and_none_that_is_not_there,
        test_functions_are_called_by_whom_is_said,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(de_mas)
        assert any(_falla(prueba) for prueba in pruebas)
        transaction.set_rollback(True)


def _falla(prueba: object) -> bool:
    try:
        prueba()  # type: ignore[operator]
    except (AssertionError, KeyError):
        return True
    return False


def test_applying_them_again_takes_away_what_was_given_by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT DELETE ON audit_hecho TO recaudo_web")
        assert aplicar_concesiones(cursor) == list(Papel)
    test_the_catalogue_says_of_tables_what_the_models_say()


def test_a_model_that_says_nothing_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    modelos = apps.get_models(include_auto_created=True)
    ajeno = type("Otro", (), {"__module__": "recaudo.domain.x.models", "_meta": modelos[0]._meta})
    monkeypatch.setattr(apps, "get_models", lambda **_: [ajeno])
    monkeypatch.setattr("recaudo.infra.security.concesiones._DE_MODELOS", {})
    with pytest.raises(LookupError, match="nobody said"):
        sentencias([WEB], {})


def test_the_auditor_states_what_its_audit_found_and_nothing_else() -> None:
    def constar(tipo: str, acto: str) -> str:
        try:
            with transaction.atomic(), como_en_punto(AUDITOR), connection.cursor() as cursor:
                cursor.execute("SELECT recaudo_abrir_acto(%s, '2026-11-30', NULL)", [acto])
                cursor.execute(
                    "INSERT INTO audit_hecho (id, en, fecha, acto, permiso, tipo, objeto_tipo, "
                    "objeto_id, provincia, actor_nombre, rol, norma, frase, antes, despues, "
                    "documento_sha256) VALUES (%s, now(), '2026-11-30', %s, 'x', %s, 'libro', '1', "
                    "'', 'x', 'x', '', '', '{}', '{}', '')",
                    [cursor.fetchone()[0], acto, tipo],
                )
        except DatabaseError as error:
            return str(error)
        return ""

    assert constar("auditoria_ejecutada", "auditar_y_anotar") == ""
    assert "solo deja constancia" in constar("pago_registrado", "auditar_y_anotar")
    assert "solo deja constancia" in constar("auditoria_ejecutada", "registrar_pago")


# --- what the web is denied ------------------------------------------------------------------

PROHIBIDO_A_LA_WEB = (
    "UPDATE obligaciones_obligacion SET provincia = '09'",
    "UPDATE obligaciones_obligacion SET fecha_vencimiento = fecha_vencimiento + 1",
    "UPDATE recaudacion_pago SET importe = 1",
    "UPDATE documents_documento SET contenido = '{}'",
    "UPDATE audit_hecho SET frase = ''",
    "UPDATE security_asignacion SET rol = 'ADM'",
    "UPDATE security_usuario SET password = ''",
    "INSERT INTO security_asignacion (usuario_id, rol) VALUES (1, 'ADM')",
    "INSERT INTO audit_cambioestado SELECT * FROM audit_cambioestado",
    "INSERT INTO audit_estadopaso SELECT * FROM audit_estadopaso",
    "INSERT INTO audit_encurso (sesion) VALUES (1)",
    "DELETE FROM audit_hecho",
    "DELETE FROM recaudacion_comprobante",
    "DELETE FROM contabilidad_partida",
    "TRUNCATE contabilidad_partida",
    "CREATE TABLE public.mia (id int)",
    "CREATE TEMP TABLE mia (id int)",
    "CREATE SCHEMA mio",
    "CREATE FUNCTION public.mia() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE audit_hecho DISABLE TRIGGER ALL",
    "DROP TRIGGER hecho_solo_agregar ON audit_hecho",
    "SET session_replication_role = replica",
    "SELECT recaudo_nacer('x', '2026-01-01')",
    "SELECT recaudo_abrir_particion('contabilidad_asiento', 9)",
    "SELECT recaudo_adjuntar_particion('contabilidad_asiento', 9)",
    "SELECT setval('audit_hecho_id_seq', 1)",
    "CREATE ROLE otra",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY audit_hecho TO '/dev/null'",
    "SELECT lo_import('/etc/passwd')",
)


@pytest.mark.parametrize("sql", PROHIBIDO_A_LA_WEB)
def test_the_web_is_denied(sql: str) -> None:
    assert denegada(WEB, sql)


def test_the_web_reads_and_opens_acts() -> None:
    with como(WEB), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM obligaciones_obligacion")
        cursor.execute("SELECT recaudo_operacion()")


def test_reports_read_no_secret_and_the_auditor_reads_all_and_neither_writes() -> None:
    for tabla in ("security_intentodeentrada", "security_sesion", "security_formulariohecho"):
        assert denegada(INFORMES, f"SELECT * FROM {tabla}")
        assert not denegada(AUDITOR, f"SELECT * FROM {tabla}")
    assert denegada(INFORMES, "SELECT password FROM security_usuario")
    assert not denegada(INFORMES, "SELECT nombre FROM security_usuario")
    for papel in (INFORMES, AUDITOR):
        for tabla, dicha in concesiones().items():
            suya = papel is AUDITOR and tabla == "audit_hecho"  # what its audit found, no more
            assert (papel in _que_escriben(dicha)) == suya, tabla
        assert denegada(papel, "DELETE FROM security_sesion")
        assert denegada(papel, "SELECT nextval('audit_hecho_id_seq')")


def _que_escriben(dicha: Concesion) -> Iterable[Papel]:
    return {*dicha.agregan, *dicha.borran, *(dicha.quienes if dicha.cambian else NADIE)}


# --- the working tables of who may make none --------------------------------------------------


@pytest.mark.parametrize(
    "nombre", ["audit_hecho", "pg_class", "Mayuscula", "con espacio", "x;drop", "ab", "pg_temp.x"]
)
def test_a_working_table_has_no_name_of_ours(nombre: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_mesa(%s, '{a}', '{int}')", [nombre])


def test_its_columns_are_names_and_types_and_nothing_else() -> None:
    malas = "a int DEFAULT recaudo_operacion()); DROP TABLE audit_hecho; --"
    with como(WEB), connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_mesa('una_mesa', %s, '{int}')", [[malas]])
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'una_mesa'::regclass")
        assert malas[:63] in {fila[0] for fila in cursor.fetchall()}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT recaudo_mesa('una_mesa', '{a}', '{int DEFAULT 1}')")


def test_the_same_statements_of_a_batch_run_for_who_makes_no_passing_table() -> None:
    with como(WEB), connection.execute_wrapper(poner_mesas), connection.cursor() as cursor:
        cursor.execute(
            "-- what came\nCREATE TEMP TABLE m_dado ON COMMIT DROP AS "
            "SELECT n::bigint AS n, n %% 2 = 0 AS par, 'x'::char(2) AS c "
            "FROM generate_series(1, %s) n",
            [5],
        )
        assert cursor.rowcount == 5
        cursor.execute(
            "CREATE TEMP TABLE m_forma (n bigint NOT NULL, r text, d int DEFAULT 7) ON COMMIT DROP"
        )
        cursor.execute("INSERT INTO m_forma (n, r) SELECT n, c FROM m_dado WHERE par")
        cursor.execute("ANALYZE m_dado, pg_temp.m_forma")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS m_forma (n bigint) ON COMMIT DROP")
        cursor.execute("ALTER TABLE m_forma RENAME TO m_otra")
        cursor.execute("SELECT count(*), min(r), min(d) FROM m_otra")
        assert cursor.fetchone() == (2, "x", 7)
        cursor.execute("DROP TABLE IF EXISTS m_dado, pg_temp.m_otra, m_que_no_hay")
        cursor.execute("SELECT to_regclass('m_dado'), to_regclass('m_otra')")
        assert cursor.fetchone() == (None, None)
