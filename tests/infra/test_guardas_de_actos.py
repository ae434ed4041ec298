"""What a client of the database says, writes or shadows changes no guard; each with its twin."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from recaudo.infra.audit.hechos import acto
from recaudo.infra.security.actor import Actor
from tests.domain.guardas import passes_without, refused
from tests.factories.actos import Probado, acto_de_prueba, nace_por
from tests.factories.cartera import hacer_obligacion

pytestmark = pytest.mark.django_db

HOY = "2026-09-01"
OBLIGACION = "obligaciones_obligacion"
_ASIENTO = (
    "INSERT INTO contabilidad_asiento (lote, id, fecha, concepto, origen_tipo, origen_id, "
    "provincia, hecho_id) VALUES (0, 900001, '2026-09-01', 'PRUEBA', 'prueba', 1, '17', {hecho});"
)
_PARTIDA = (
    "INSERT INTO contabilidad_partida (lote, asiento_id, linea, cuenta_id, debe, haber) "
    "SELECT 0, 900001, {linea}, id, {debe}, {haber} FROM contabilidad_cuenta "
    "WHERE codigo = '1101';"
)
_CUADRADAS = _PARTIDA.format(linea=1, debe=5, haber=0) + _PARTIDA.format(linea=2, debe=0, haber=5)
_NACER = f"SELECT recaudo_nacer('prueba', '{HOY}');"
_YA = "SET CONSTRAINTS ALL IMMEDIATE;"
_AL_FINAL = "SET CONSTRAINTS ALL DEFERRED;"
_HECHO = (
    "INSERT INTO audit_hecho (id, en, fecha, acto, permiso, tipo, objeto_tipo, objeto_id, "
    "provincia, actor_nombre, actor_id, rol, norma, frase, antes, despues, documento_sha256) "
    "VALUES ({id}, {en}, '{fecha}', '{acto}', 'p', 't', 'o', '1', '', 'n', {actor}, 'r', 'x', 'f', "
    "'{{}}', '{{}}', '');"
)


def _hecho(
    *,
    id: str = "(recaudo_en_curso()).hecho",
    en: str = "clock_timestamp()",
    fecha: str = HOY,
    acto: str = "prueba",
    actor: str = "7",
) -> str:
    return _HECHO.format(id=id, en=en, fecha=fecha, acto=acto, actor=actor)


def _abierto(que: str = "prueba", cuando: str = HOY, quien: str = "7") -> str:
    return f"SELECT recaudo_abrir_acto('{que}', '{cuando}', {quien});"


# --- what the session says ------------------------------------------------------------


@pytest.mark.parametrize("nombre", ["hecho", "acto", "fecha", "actor"])
def test_a_setting_opens_no_act(nombre: str) -> None:
    fila = hacer_obligacion()
    ajustes = "".join(
        f"SELECT set_config('recaudo.{clave}', '{valor}', true);"
        for clave, valor in {
            "hecho": "1", "acto": "entrar_en_mora", "fecha": HOY, "actor": "1",
            "libro_por_revisar": "1", nombre: "1" if nombre in {"hecho", "actor"} else HOY,
        }.items()
    )  # fmt: skip
    cambio = f"UPDATE {OBLIGACION} SET estado = 'en_mora' WHERE id = {fila.pk}"
    assert refused(ajustes + cambio)
    with nace_por("entrar_en_mora"):
        assert not refused(cambio)


def test_a_setting_does_not_pass_an_entry_that_does_not_balance() -> None:
    callado = "SELECT set_config('recaudo.libro_por_revisar', pg_current_xact_id()::text, true);"
    coja = _AL_FINAL + _NACER + callado + _ASIENTO.format(hecho=0)
    assert refused(coja + _PARTIDA.format(linea=1, debe=5, haber=0) + callado + _YA)
    assert not refused(coja + _CUADRADAS + callado + _YA)


def test_bringing_the_checks_forward_does_not_let_a_leg_in_later() -> None:
    """The entry balances, it is looked at, and then it gets one more leg."""
    antes = _AL_FINAL + _NACER + _ASIENTO.format(hecho=0) + _CUADRADAS + _YA + _AL_FINAL
    tarde = antes + _PARTIDA.format(linea=3, debe=1, haber=0) + _YA
    assert refused(tarde)
    assert passes_without("asiento_cuadra", "contabilidad_porrevisar", tarde)
    assert not refused(antes + _YA)


# --- what the session shadows ------------------------------------------------------------

_SOMBRA = (
    "CREATE TEMP TABLE audit_estadopaso AS SELECT * FROM public.audit_estadopaso;"
    "UPDATE pg_temp.audit_estadopaso SET hacia = 'inventado' "
    "WHERE maquina = 'obligacion' AND acto = 'entrar_en_mora' AND desde = 'emitida';"
)


def test_a_temporary_table_does_not_shadow_the_steps() -> None:
    """A real step goes on being one: the path of the guard says where it looks."""
    fila = hacer_obligacion()
    cambio = f"UPDATE {OBLIGACION} SET estado = 'en_mora' WHERE id = {fila.pk}"
    with nace_por("entrar_en_mora"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER FUNCTION recaudo_guardar_estado() RESET search_path")
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
            assert refused(_SOMBRA + cambio), "without its path the guard looks at the shadow"
            transaction.set_rollback(True)
        assert not refused(_SOMBRA + cambio)


def test_each_guard_that_reads_a_table_says_where_it_looks_for_it() -> None:
    """Temporary tables last: otherwise whoever can make one answers what the guard asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosecdef, coalesce(p.proconfig, '{}') FROM pg_proc p "
            "JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE p.proname LIKE 'recaudo\\_%%' AND n.nspname = 'public' "
            "  AND (p.prorettype = 'trigger'::regtype OR p.prosecdef) "
            "  AND p.prosrc ~* '(?<!distinct )\\m(FROM|INTO|UPDATE|JOIN)\\M\\s+[a-z_%%]'"
        )
        funciones = cursor.fetchall()
    camino = "search_path=pg_catalog, public, pg_temp"
    assert len(funciones) > 20, "the guards were not found"
    assert [f for f, define, como in funciones if not define or camino not in como] == []


# --- an act and its fact ------------------------------------------------------------


def test_an_act_that_leaves_no_fact_leaves_nothing() -> None:
    assert refused(_abierto() + _YA)
    assert passes_without("acto_consta", "audit_encurso", _abierto() + _YA)
    assert not refused(_abierto() + _hecho() + _YA)


@pytest.mark.parametrize(
    "mal",
    [
        _hecho(acto="otro"),
        _hecho(fecha="2026-09-02"),
        _hecho(actor="8"),
        _hecho(actor="NULL"),
        _hecho(id="(recaudo_en_curso()).hecho - 1"),
        _hecho(en="transaction_timestamp() - interval '1 second'"),
        _hecho(en="clock_timestamp() + interval '1 minute'"),
    ],
)
def test_a_fact_is_of_the_act_that_states_it(mal: str) -> None:
    assert refused(_abierto() + mal)
    assert passes_without("hecho_de_su_acto", "audit_hecho", _abierto() + mal)


def test_a_fact_outside_any_act_is_refused() -> None:
    suelto = _hecho(id="nextval('audit_hecho_id_seq')")
    assert refused(suelto)
    assert passes_without("hecho_de_su_acto", "audit_hecho", suelto)


def test_an_entry_is_of_an_act_in_course_on_its_date() -> None:
    ajeno = _AL_FINAL + _abierto() + _ASIENTO.format(hecho=1)
    assert refused(ajeno)
    otro_dia = _AL_FINAL + _abierto(cuando="2026-09-02") + _ASIENTO
    assert refused(otro_dia.format(hecho="(recaudo_en_curso()).hecho"))
    suyo = _AL_FINAL + _abierto() + _ASIENTO.format(hecho="(recaudo_en_curso()).hecho")
    assert not refused(suyo + _CUADRADAS + _hecho())


def test_a_savepoint_that_is_undone_undoes_the_act_that_was_opened_in_it() -> None:
    afuera, adentro = acto_de_prueba(), acto_de_prueba(como="adentro")
    quien, el_dia = Actor.sistema("Prueba"), date(2026, 9, 1)
    with acto(afuera, por=quien, fecha=el_dia, norma="C.D. 516 art. 129") as a:
        with suppress(ZeroDivisionError), acto(adentro, por=quien, fecha=el_dia, norma="x"):
            assert _en_curso() == "adentro"
            raise ZeroDivisionError
        assert _en_curso() == "prueba"
        a.declarar(Probado())
    assert _en_curso() is None


def _en_curso() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT acto FROM recaudo_en_curso()")
        fila = cursor.fetchone()
    return None if fila is None else fila[0]


@pytest.mark.parametrize("cual", ["transaccion = '1'", "servidor = servidor - interval '1 day'"])
def test_what_another_transaction_or_another_server_left_is_not_believed(cual: str) -> None:
    """A backup brings rows back, and the numbers of sessions and transactions begin again."""
    with nace_por("prueba"):
        assert _en_curso() == "prueba"
        with connection.cursor() as cursor:
            cursor.execute("SELECT recaudo_operacion()")
            (antes,) = cursor.fetchone()
            cursor.execute(f"UPDATE audit_encurso SET {cual} WHERE sesion = pg_backend_pid()")
            assert _en_curso() is None
            cursor.execute("SELECT recaudo_operacion()")
            assert cursor.fetchone() != (antes,)


def test_only_the_owner_makes_rows_be_born_without_a_fact() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege('public', 'recaudo_nacer(text, date)', 'EXECUTE')"
        )
        assert cursor.fetchone() == (False,)


def test_an_act_without_name_or_date_is_refused() -> None:
    for llamada in ("recaudo_abrir_acto('', '2026-09-01', 1)", "recaudo_abrir_acto('a', NULL, 1)"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {llamada}")
