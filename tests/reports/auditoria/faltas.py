"""One planted fault for each invariant: SQL that goes behind the guards, in the test's transaction.

Triggers are put to sleep and constraints dropped first: the audit is what remains when those fail.
"""

import zlib
from collections.abc import Callable
from datetime import date, timedelta
from json import dumps, loads
from typing import Any

from recaudo.domain.cartera.facts import DiaDeCarteraCerrado
from recaudo.domain.obligaciones.queries import obligaciones_de
from recaudo.domain.recaudacion.actions.generar_comprobante import generar_comprobante
from recaudo.ensayo.demostracion.fechas import FECHA_DEMO
from recaudo.infra.firmas import libreta
from recaudo.infra.security.actor import Actor
from recaudo.infra.security.alcance import TODA_LA_NACION

Plantar = Callable[[Any], None]
#: Faults that must take a constraint or a step out of the way, which S12 sees too.
QUITAN_UNA_REGLA = frozenset({"D04", "D11", "D16", "P01/fecha", "P19", "P23", "S14/salto"})
#: What a fault breaks by its nature besides: wrong in the country is wrong in a province; a thing
#: that is there twice has a number and no fact of its own.
DE_PASO = {
    "D06": "D04", "D16": "D33", "D28": "D24", "P23": "D34", "S01/despues": "S16", "S04": "S16",
}  # fmt: skip
#: By invariant, and a letter when it has more than one fault.
FALTAS: dict[str, Plantar] = {}


def falta(clave: str) -> Callable[[Plantar], Plantar]:
    """Name the invariant that a fault breaks."""

    def anotar(plantar: Plantar) -> Plantar:
        FALTAS[clave] = plantar
        return plantar

    return anotar


def dormir(cursor: Any, *tablas: str) -> None:
    """Put to sleep the triggers of tables and of their partitions."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(
        "SELECT c.relname FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid "
        "LEFT JOIN pg_class m ON m.oid = i.inhparent "
        "WHERE c.relkind IN ('r', 'p') AND (c.relname = ANY(%s) OR m.relname = ANY(%s))",
        [list(tablas), list(tablas)],
    )
    for (tabla,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{tabla}" DISABLE TRIGGER USER')


def despertar(cursor: Any) -> None:
    """Wake every trigger that was put to sleep: who tampers leaves no guard asleep behind."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'D'")
    for (tabla,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")


def uno(cursor: Any, consulta: str, *valores: object) -> Any:
    """Return the first column of the first row, which must be there."""
    cursor.execute(consulta, valores)
    fila = cursor.fetchone()
    assert fila is not None, consulta
    return fila[0]


def cuenta(cursor: Any, codigo: str) -> int:
    return int(uno(cursor, "SELECT id FROM contabilidad_cuenta WHERE codigo = %s", codigo))


def asiento(cursor: Any, *, tipo: str, origen: int) -> int:
    """Insert an entry without legs, after the sealed ones, as a load of the owner may."""
    cursor.execute("SELECT recaudo_nacer('falta', %s)", [FECHA_DEMO])
    return int(
        uno(
            cursor,
            "INSERT INTO contabilidad_asiento (lote, fecha, concepto, origen_tipo, origen_id, "
            "provincia, hecho_id) SELECT 0, %s, 'falta', %s, %s, '17', max(id) FROM audit_hecho "
            "RETURNING id",
            FECHA_DEMO,
            tipo,
            origen,
        )
    )


def partida(
    cursor: Any, numero: int, linea: int, codigo: str, *, debe: int = 0, haber: int = 0,
    obligacion: int | None = None,
) -> None:  # fmt: skip
    cursor.execute(
        "INSERT INTO contabilidad_partida (lote, asiento_id, linea, cuenta_id, debe, haber, "
        "obligacion_id) VALUES (0, %s, %s, %s, %s, %s, %s)",
        [numero, linea, cuenta(cursor, codigo), debe, haber, obligacion],
    )


def viva(cursor: Any) -> int:
    """A debt nobody has paid anything of."""
    return int(
        uno(
            cursor,
            "SELECT id FROM obligaciones_obligacion WHERE estado = 'en_mora' "
            "AND saldo_personal = capital_personal ORDER BY id LIMIT 1",
        )
    )


@falta("D01")
def two_entries_whose_errors_cancel_each_other(cursor: Any) -> None:
    dormir(cursor, "contabilidad_asiento", "contabilidad_partida")
    for debe, haber in ((100, 90), (90, 100)):
        numero = asiento(cursor, tipo="falta", origen=1)
        partida(cursor, numero, 1, "2201.SALUD", debe=debe)
        partida(cursor, numero, 2, "2201.IVM", haber=haber)


@falta("D02")
def a_leg_without_entry(cursor: Any) -> None:
    dormir(cursor, "contabilidad_asiento", "contabilidad_partida")
    partida(cursor, 999_999_999, 1, "2201.SALUD", debe=100)


@falta("D03")
def a_cent_of_a_debt_posted_on_another(cursor: Any) -> None:
    """The same account: what all of them owe is right, and what each one owes is not."""
    cursor.execute("SELECT min(id), max(id) FROM obligaciones_obligacion WHERE estado = 'en_glosa'")
    una, otra = cursor.fetchone()
    assert una != otra
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, "1202", debe=1, obligacion=una)
    partida(cursor, numero, 2, "1202", haber=1, obligacion=otra)


@falta("D28")
def a_cent_of_a_debt_in_planilla_posted_as_in_glosa(cursor: Any) -> None:
    """What the debt owes is right; the accounting state in which the ledger holds it is not."""
    una = viva(cursor)
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, "1202", debe=1, obligacion=una)
    partida(cursor, numero, 2, "1201", haber=1, obligacion=una)


@falta("D28/fondo")
def a_cent_of_one_fund_posted_as_of_another(cursor: Any) -> None:
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, "2101.IVM", debe=1)
    partida(cursor, numero, 2, "2101.SALUD", haber=1)


def a_cent_less_in_a_balance(cursor: Any) -> None:
    """Breaks D03 (that debt) and D28 (its account)."""
    dormir(cursor, "obligaciones_obligacion")
    cursor.execute(
        "UPDATE obligaciones_obligacion SET saldo_personal = saldo_personal - 1 WHERE id = %s",
        [viva(cursor)],
    )


@falta("D04")
def a_negative_part_hidden_in_a_right_total(cursor: Any) -> None:
    dormir(cursor, "obligaciones_obligacion")
    cursor.execute(
        "ALTER TABLE obligaciones_obligacion DROP CONSTRAINT obligacion_saldo_entre_cero_y_capital"
    )
    cursor.execute(
        "UPDATE obligaciones_obligacion SET saldo_personal = -1, "
        "saldo_patronal = saldo_patronal + saldo_personal + 1 WHERE id = %s",
        [viva(cursor)],
    )


@falta("D05")
def a_planilla_born_twice_in_the_ledger(cursor: Any) -> None:
    obligacion = viva(cursor)
    numero = asiento(cursor, tipo="planilla", origen=obligacion)
    partida(cursor, numero, 1, "1201", debe=100, obligacion=obligacion)
    partida(cursor, numero, 2, "1201", haber=100, obligacion=obligacion)


@falta("D06")
def a_credit_that_no_payment_gave(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO recaudacion_creditoafavor (pago_id, empleador_id, importe, saldo) "
        "SELECT p.id, p.empleador_id, 1, 1 FROM recaudacion_pago p "
        "LEFT JOIN recaudacion_creditoafavor c ON c.pago_id = p.id WHERE c.id IS NULL LIMIT 1"
    )


@falta("D07")
def a_statement_that_declares_a_cent_more(cursor: Any) -> None:
    dormir(cursor, "recaudacion_extracto")
    cursor.execute(
        "UPDATE recaudacion_extracto SET declarado_total = declarado_total + 1 "
        "WHERE id = (SELECT min(id) FROM recaudacion_extracto)"
    )


@falta("D08")
def a_value_that_nobody_answers_for(cursor: Any) -> None:
    dormir(cursor, "recaudacion_valorporaplicar")
    cursor.execute(
        "UPDATE recaudacion_valorporaplicar SET responsable = '' "
        "WHERE id = (SELECT min(id) FROM recaudacion_valorporaplicar WHERE estado = 'abierto')"
    )


@falta("D10")
def a_statement_whose_bytes_are_others(cursor: Any) -> None:
    dormir(cursor, "recaudacion_extracto")
    cursor.execute(
        "UPDATE recaudacion_extracto SET sha256 = repeat('0', 64) "
        "WHERE id = (SELECT min(id) FROM recaudacion_extracto)"
    )


@falta("D11")
def an_entry_of_an_account_twice(cursor: Any) -> None:
    dormir(cursor, "recaudacion_lineaextracto")
    cursor.execute("DROP INDEX movimiento_una_vez_para_siempre")
    cursor.execute(
        "WITH iguales AS (SELECT id, fecha_contable, referencia, "
        "                        row_number() OVER (ORDER BY id) AS n "
        "                   FROM recaudacion_lineaextracto WHERE entrada = 8740) "
        "UPDATE recaudacion_lineaextracto l "
        "   SET fecha_contable = a.fecha_contable, referencia = a.referencia "
        "  FROM iguales a, iguales b WHERE a.n = 1 AND b.n = 2 AND l.id = b.id"
    )
    assert cursor.rowcount == 1


@falta("D26")
def a_cent_in_the_ledger_that_the_bank_does_not_have(cursor: Any) -> None:
    codigo = uno(
        cursor,
        "SELECT c.codigo FROM contabilidad_cuenta c "
        "JOIN recaudacion_cuentabancaria b ON b.cuenta_contable_id = c.id",
    )
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, codigo, debe=1)
    partida(cursor, numero, 2, "5101", haber=1)


@falta("D12")
def a_sealed_entry_that_says_another_concept(cursor: Any) -> None:
    dormir(cursor, "contabilidad_asiento")
    cursor.execute(
        "UPDATE contabilidad_asiento SET concepto = 'OTRO' WHERE (lote, id) = "
        "(SELECT lote, hasta_id FROM contabilidad_sellolibro ORDER BY id DESC LIMIT 1)"
    )
    assert cursor.rowcount == 1


@falta("D16")
def a_debt_in_two_payable_comprobantes(cursor: Any) -> None:
    obligacion = viva(cursor)
    empleador = uno(
        cursor, "SELECT empleador_id FROM obligaciones_obligacion WHERE id = %s", obligacion
    )
    quien = Actor(id=1, nombre="Ana", roles=frozenset({"EMP"}), empleadores=frozenset({empleador}))
    assert obligacion in {o.id for o in obligaciones_de(empleador, alcance=TODA_LA_NACION)}
    bueno = generar_comprobante(
        empleador_id=empleador, obligaciones=[obligacion], por=quien, hoy=FECHA_DEMO
    )
    dormir(cursor, "recaudacion_comprobante")
    cursor.execute("DROP INDEX detalle_en_un_solo_comprobante_vivo")
    copiado = copiar(cursor, "recaudacion_comprobante", bueno.pk, numero="20260000000000")
    detalle = uno(
        cursor, "SELECT id FROM recaudacion_comprobantedetalle WHERE comprobante_id = %s", bueno.pk
    )
    copiar(cursor, "recaudacion_comprobantedetalle", detalle, comprobante_id=copiado)


def copiar(cursor: Any, tabla: str, original: int, **cambios: object) -> int:
    """Insert a copy of a row with some columns changed and a key of its own."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [tabla],
    )
    columnas = [fila[0] for fila in cursor.fetchall()]
    valores = ", ".join("%s" if c in cambios else f'"{c}"' for c in columnas)
    nombres = ", ".join(f'"{c}"' for c in columnas)
    return int(
        uno(
            cursor,
            f"INSERT INTO {tabla} ({nombres}) SELECT {valores} FROM {tabla} WHERE id = %s "
            "RETURNING id",
            *(cambios[c] for c in columnas if c in cambios),
            original,
        )
    )


@falta("D19")
def a_cent_that_paid_capital_before_the_interest(cursor: Any) -> None:
    numero = asiento(cursor, tipo="falta", origen=1)  # the ledger agrees with the payment
    partida(cursor, numero, 1, "2101.IVM", debe=1)
    partida(cursor, numero, 2, "2201.IVM", haber=1)
    dormir(cursor, "recaudacion_aplicacion")
    cursor.execute(
        "UPDATE recaudacion_aplicacion SET interes = interes - 1, personal = personal + 1, "
        "ivm = ivm + 1 WHERE (pago_id, obligacion_id) = "
        "(SELECT a.pago_id, a.obligacion_id FROM recaudacion_aplicacion a "
        "JOIN obligaciones_obligacion o ON o.id = a.obligacion_id "
        "WHERE a.interes > 0 AND o.estado = 'cancelada' ORDER BY 1, 2 LIMIT 1)"
    )


@falta("D20")
def a_cent_of_interest_that_the_law_does_not_give(cursor: Any) -> None:
    dormir(cursor, "recaudacion_comprobantedetalle")
    cursor.execute(
        "UPDATE recaudacion_comprobantedetalle SET interes = interes + 1 WHERE id = "
        "(SELECT min(d.id) FROM recaudacion_comprobantedetalle d JOIN recaudacion_comprobante c "
        " ON c.id = d.comprobante_id WHERE c.estado = 'caducado')"
    )


@falta("D21")
def a_rate_without_source(cursor: Any) -> None:
    dormir(cursor, "parametros_tasapublicada")
    cursor.execute("UPDATE parametros_tasapublicada SET fuente = ' ' WHERE desde = '2026-10-01'")


@falta("D22")
def a_cent_of_interest_paid_that_no_payment_paid(cursor: Any) -> None:
    dormir(cursor, "obligaciones_obligacion")
    cursor.execute(
        "UPDATE obligaciones_obligacion SET interes_abonado = interes_abonado + 1 WHERE id = "
        "(SELECT min(a.obligacion_id) FROM recaudacion_aplicacion a JOIN obligaciones_obligacion o "
        " ON o.id = a.obligacion_id WHERE o.estado = 'en_glosa')"
    )


@falta("D31")
def a_payment_imputed_behind_another_of_a_later_date(cursor: Any) -> None:
    """What a stranger left: money applied by hand after a payment of a later date."""
    dormir(cursor, "recaudacion_pago", "recaudacion_aplicacion")
    cursor.execute(
        "WITH tarde AS (SELECT p.*, a.obligacion_id FROM recaudacion_pago p "
        "JOIN recaudacion_aplicacion a ON a.pago_id = p.id "
        "JOIN obligaciones_obligacion o ON o.id = a.obligacion_id "
        "WHERE o.estado = 'cancelada' AND p.fecha_pago <= o.fecha_vencimiento "
        "ORDER BY p.id LIMIT 1), antes AS (INSERT INTO recaudacion_pago (ingreso_id, empleador_id, "
        "persona_id, importe, fecha_pago, aplicado_en, hecho_id) SELECT 999999999, empleador_id, "
        "persona_id, 1, fecha_pago - 1, now(), hecho_id FROM tarde RETURNING id) "
        "INSERT INTO recaudacion_aplicacion (pago_id, obligacion_id, interes, interes_liquidado, "
        "interes_hasta, personal, patronal, ccc, ivm, lod, salud, riesgos, cesantia, desempleo, "
        "ssc, gastos_adm, otros) SELECT antes.id, obligacion_id, 0, 0, fecha_pago - 1, 0, 0, 0, 0, "
        "0, 0, 0, 0, 0, 0, 0, 0 FROM antes, tarde"
    )
    assert cursor.rowcount == 1


@falta("P01")
def a_passage_that_the_table_does_not_have(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO audit_cambioestado (maquina, objeto_id, desde, hacia, acto, hecho_id, en) "
        "SELECT 'glosa', 999999999, 'cancelada', 'notificada', acto, id, now() FROM audit_hecho "
        "ORDER BY id DESC LIMIT 1"
    )


@falta("P01/acto")
def a_passage_of_the_table_by_an_act_that_does_not_make_it(cursor: Any) -> None:
    dormir(cursor, "audit_cambioestado")
    cursor.execute(
        "UPDATE audit_cambioestado SET acto = 'abrir_cuenta' WHERE maquina = 'glosa' "
        "AND id = (SELECT min(id) FROM audit_cambioestado WHERE maquina = 'glosa')"
    )


@falta("P01/fecha")
def a_passage_before_its_step_was_in_force(cursor: Any) -> None:
    dormir(cursor, "audit_estadopaso")
    cursor.execute(
        "UPDATE audit_estadopaso SET desde_fecha = '2026-11-01' "
        "WHERE maquina = 'glosa' AND acto = 'vencer_terminos'"
    )


@falta("S04")
def an_administrator_of_users_who_also_applies_money(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO security_asignacion (usuario_id, rol, provincia, desde, calidad, "
        "acto_documento, acto_numero, delegacion_norma) "
        "SELECT usuario_id, 'ADM', '', desde, 'TITULAR', '', '', '' FROM security_asignacion "
        "WHERE rol = 'UREC' LIMIT 1"
    )


@falta("S07")
def a_fact_caused_by_another_that_does_not_exist(cursor: Any) -> None:
    dormir(cursor, "audit_hecho")
    cursor.execute(
        "UPDATE audit_hecho SET causa_id = -1 WHERE tipo = 'glosas_emitidas' "
        "AND id = (SELECT min(id) FROM audit_hecho WHERE tipo = 'glosas_emitidas')"
    )


@falta("P02")
def a_state_changed_behind_the_trigger(cursor: Any) -> None:
    dormir(cursor, "cartera_glosa")
    cursor.execute(
        "UPDATE cartera_glosa SET estado = 'no_notificada_electronicamente' WHERE id = "
        "(SELECT min(id) FROM cartera_glosa WHERE estado = 'en_espera_de_notificacion')"
    )


def termino_en_curso(cursor: Any) -> tuple[int, list[date], list[dict[str, str]]]:
    """The término that ends last: its key, its business days, the others."""
    cursor.execute("SELECT id, habiles, inhabiles FROM plazos_plazo ORDER BY vence DESC LIMIT 1")
    clave, habiles, inhabiles = cursor.fetchone()
    return clave, [date.fromisoformat(d) for d in loads(habiles)], loads(inhabiles)


@falta("P03")
def a_last_day_moved_to_the_next_one(cursor: Any) -> None:
    dormir(cursor, "plazos_plazo")
    clave, habiles, inhabiles = termino_en_curso(cursor)
    ultimo = habiles[-1]
    inhabiles.append({"fecha": ultimo.isoformat(), "motivo": "Feriado que no existe"})
    habiles[-1] = ultimo + timedelta(days=1)
    cursor.execute(
        "UPDATE plazos_plazo SET vence = %s, vence_min = %s, vence_max = %s, habiles = %s, "
        "inhabiles = %s WHERE id = %s",
        [
            habiles[-1],
            habiles[-1],
            habiles[-1],
            dumps([d.isoformat() for d in habiles]),
            dumps(inhabiles),
            clave,
        ],
    )
    cursor.execute(
        "UPDATE plazos_plazopendiente SET vence = %s WHERE plazo_id = %s", [habiles[-1], clave]
    )


def a_doubt_about_the_last_day_hidden(cursor: Any) -> None:
    """The office would act, and the debtor would be late, before the doubtful day is over."""
    dormir(cursor, "plazos_plazo")
    clave, habiles, _ = termino_en_curso(cursor)
    cursor.execute(
        "UPDATE plazos_plazo SET vence_min = %s, dudosos = %s WHERE id = %s",
        [habiles[-2], dumps([{"fecha": habiles[-2].isoformat(), "motivo": "Duda"}]), clave],
    )


@falta("P17")
def a_deadline_replaced_by_a_shorter_one(cursor: Any) -> None:
    dormir(cursor, "plazos_plazo", "plazos_plazopendiente")
    clave, habiles, inhabiles = termino_en_curso(cursor)
    quedan = habiles[:-1]
    copia = copiar(
        cursor, "plazos_plazo", clave, cantidad=len(quedan), vence=quedan[-1],
        vence_min=quedan[-1], vence_max=quedan[-1], motivo="Falta",
        habiles=dumps([d.isoformat() for d in quedan]), reemplaza_a_id=clave,
        inhabiles=dumps([d for d in inhabiles if d["fecha"] < quedan[-1].isoformat()]),
    )  # fmt: skip
    cursor.execute(
        "UPDATE plazos_plazopendiente SET plazo_id = %s, vence = %s WHERE plazo_id = %s",
        [copia, quedan[-1], clave],
    )


@falta("P19/corre")
def a_deadline_that_nobody_looks_at_any_more(cursor: Any) -> None:
    clave, _, _ = termino_en_curso(cursor)
    cursor.execute("DELETE FROM plazos_plazopendiente WHERE plazo_id = %s", [clave])


@falta("P18")
def a_termino_that_forgot_the_canton_of_the_debtor(cursor: Any) -> None:
    dormir(cursor, "plazos_plazo")
    cursor.execute(
        'UPDATE plazos_plazo SET cantones = \'["1701"]\' WHERE cantones @> \'["1701", "1709"]\''
    )
    assert cursor.rowcount == 1


@falta("P18/persona")
def a_termino_of_a_person_that_forgot_the_canton_of_the_office(cursor: Any) -> None:
    dormir(cursor, "plazos_plazo", "cartera_glosa", "obligaciones_obligacion",
           "notificaciones_notificacion")  # fmt: skip
    cursor.execute("SELECT min(materia_id) FROM plazos_plazo WHERE materia_tipo = 'glosa'")
    (glosa,) = cursor.fetchone()
    cursor.execute(
        "UPDATE cartera_glosa SET empleador_id = NULL, persona_id = 1 WHERE id = %s", [glosa]
    )
    cursor.execute(
        "UPDATE plazos_plazo SET cantones = '[]' WHERE materia_tipo = 'glosa' AND materia_id = %s",
        [glosa],
    )


@falta("D27")
def a_sum_of_the_ledger_one_cent_off(cursor: Any) -> None:
    dormir(cursor, "contabilidad_sumadetramo")
    cursor.execute(
        "UPDATE contabilidad_sumadetramo SET debe = debe + 1 WHERE id = "
        "(SELECT min(s.id) FROM contabilidad_sumadetramo s JOIN contabilidad_cuenta c "
        " ON c.id = s.cuenta_id WHERE c.codigo LIKE '2201.%')"
    )
    assert cursor.rowcount == 1


@falta("M01")
def a_debt_in_arrears_before_its_extended_date(cursor: Any) -> None:
    dormir(cursor, "obligaciones_obligacion")
    cursor.execute(
        "UPDATE obligaciones_obligacion SET fecha_vencimiento = (SELECT max(fecha) FROM "
        "cartera_diacerrado) WHERE id = (SELECT min(o.id) FROM obligaciones_obligacion o "
        "WHERE o.estado = 'en_mora' AND NOT EXISTS "
        "(SELECT 1 FROM recaudacion_comprobantedetalle d WHERE d.obligacion_id = o.id))"
    )
    assert cursor.rowcount == 1


@falta("P19")
def a_deadline_that_acted_twice(cursor: Any) -> None:
    dormir(cursor, "plazos_eventodeplazo")
    cursor.execute(
        "ALTER TABLE plazos_eventodeplazo DROP CONSTRAINT plazos_eventodeplazo_plazo_id_key"
    )
    copiar(cursor, "plazos_eventodeplazo", uno(cursor, "SELECT min(id) FROM plazos_eventodeplazo"))


@falta("P23")
def a_notice_received_twice(cursor: Any) -> None:
    cursor.execute(
        "ALTER TABLE notificaciones_notificacion DROP CONSTRAINT notificacion_intento_unico"
    )
    cursor.execute("DROP INDEX notificacion_una_surte_efecto")
    dormir(cursor, "notificaciones_notificacion")
    una = uno(cursor, "SELECT min(id) FROM notificaciones_notificacion WHERE estado = 'recibida'")
    otra = copiar(cursor, "notificaciones_notificacion", una)
    cursor.execute(
        "INSERT INTO audit_cambioestado (maquina, objeto_id, desde, hacia, acto, hecho_id, en) "
        "SELECT maquina, %s, desde, hacia, acto, hecho_id, en FROM audit_cambioestado "
        "WHERE maquina = 'notificacion' AND objeto_id = %s ORDER BY id",
        [otra, una],
    )


@falta("D29")
def d29_un_debito_sale_sin_acto(cursor: Any) -> None:
    """Money leaves the account of debits to clear up and no act says what it was."""
    dormir(cursor, "contabilidad_asiento", "contabilidad_partida")
    numero = asiento(cursor, tipo="linea_extracto", origen=0)
    partida(cursor, numero, 1, "5101", debe=100)
    partida(cursor, numero, 2, "1109", haber=100)


@falta("D30")
def d30_un_debito_olvidado(cursor: Any) -> None:
    """A debit of years ago of which nobody said what it was."""
    dormir(cursor, "recaudacion_lineaextracto")
    olvidado = uno(
        cursor,
        "SELECT min(l.id) FROM recaudacion_lineaextracto l WHERE l.resultado = 'CARGO' AND "
        "NOT EXISTS (SELECT 1 FROM recaudacion_aclaraciondecargo a WHERE a.cargo_id = l.id)",
    )
    assert olvidado is not None
    cursor.execute(
        "UPDATE recaudacion_lineaextracto SET fecha_contable = DATE '2020-01-02' WHERE id = %s",
        [olvidado],
    )


@falta("S12")
def s12_una_guarda_que_ya_no_dice_nada(cursor: Any) -> None:
    """The trigger is there and awake; the function that it calls lets everything pass."""
    cursor.execute(
        "CREATE OR REPLACE FUNCTION recaudo_obligacion_fija() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$"
    )


@falta("S15")
def s15_las_politicas_de_fila_apagadas(cursor: Any) -> None:
    cursor.execute("SET LOCAL row_security = off")


@falta("S01")
def s01_quien_actuo_no_tenia_ese_cargo(cursor: Any) -> None:
    dormir(cursor, "audit_hecho")
    cursor.execute(
        "UPDATE audit_hecho SET rol = 'DNGF' WHERE id = "
        "(SELECT min(id) FROM audit_hecho WHERE rol = 'UREC' AND actor_id IS NOT NULL)"
    )
    assert cursor.rowcount == 1


@falta("S01/despues")
def s01_el_cargo_empezo_despues(cursor: Any) -> None:
    cursor.execute(
        "UPDATE security_asignacion SET desde = '2030-01-01', hasta = NULL WHERE id = "
        "(SELECT min(a.id) FROM security_asignacion a JOIN audit_hecho h "
        " ON h.actor_id = a.usuario_id AND h.rol = a.rol)"
    )
    assert cursor.rowcount == 1


@falta("S02")
def s02_quien_actuo_no_lo_representaba(cursor: Any) -> None:
    cursor.execute(
        "UPDATE afiliacion_representacion SET desde = '2030-01-01' WHERE id = "
        "(SELECT min(r.id) FROM afiliacion_representacion r JOIN audit_hecho h "
        " ON h.actor_id = r.usuario_id AND h.rol = 'EMP')"
    )
    assert cursor.rowcount == 1


@falta("S06")
def s06_la_base_de_antes(_cursor: Any) -> None:
    libreta.anotar("marca", {"hecho": 999_999_999, "hasta": 999_999_998})


@falta("S10")
def s10_un_documento_que_dice_otra_cosa(cursor: Any) -> None:
    dormir(cursor, "documents_documento")
    cursor.execute(
        "UPDATE documents_documento SET contenido = contenido || '{\"otro\": 1}' "
        "WHERE id = (SELECT min(id) FROM documents_documento)"
    )
    assert cursor.rowcount == 1


_PRIMERA = "FROM files_piezadearchivo ORDER BY archivo_id, orden LIMIT 1"
_ESA = f"WHERE (archivo_id, orden) = (SELECT archivo_id, orden {_PRIMERA})"


@falta("S10/archivo")
def s10_un_archivo_con_otros_bytes(cursor: Any) -> None:
    contenido = uno(cursor, f"SELECT contenido {_PRIMERA}")
    otro = zlib.compress(zlib.decompress(bytes(contenido)) + b"x")
    cursor.execute(f"UPDATE files_piezadearchivo SET contenido = %s {_ESA}", [otro])


@falta("S10/roto")
def s10_un_archivo_que_no_se_abre(cursor: Any) -> None:
    cursor.execute(f"UPDATE files_piezadearchivo SET contenido = '\\x00' {_ESA}")


@falta("S10/corto")
def s10_un_archivo_sin_una_pieza(cursor: Any) -> None:
    cursor.execute(f"DELETE FROM files_piezadearchivo {_ESA}")
    assert cursor.rowcount == 1


@falta("S10/largo")
def s10_un_archivo_con_una_pieza_de_mas(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO files_piezadearchivo SELECT archivo_id, orden + 1, 'x' "
        "FROM files_piezadearchivo ORDER BY archivo_id, orden DESC LIMIT 1"
    )


@falta("S14")
def s14_un_dia_que_cerro_un_hecho_que_no_cierra(cursor: Any) -> None:
    dormir(cursor, "cartera_diacerrado")
    cursor.execute(
        "UPDATE cartera_diacerrado SET hecho_id = hecho_id - 1 WHERE fecha = "
        "(SELECT fecha FROM cartera_diacerrado ORDER BY fecha OFFSET 3 LIMIT 1)"
    )
    assert cursor.rowcount == 1


@falta("S14/salto")
def s14_un_dia_que_nadie_cerro(cursor: Any) -> None:
    """The last closed day but one is gone and the last one says that it followed the one before."""
    dormir(cursor, "cartera_diacerrado")
    cursor.execute("ALTER TABLE cartera_diacerrado DROP CONSTRAINT dia_cerrado_contiguo")
    ultima, previa, antes = dias(cursor)
    cursor.execute("DELETE FROM cartera_diacerrado WHERE fecha IN (%s, %s)", [ultima, previa])
    cursor.execute(
        "INSERT INTO cartera_diacerrado (fecha, cerrado_el, anterior, eventos, cerrado_en, "
        "hecho_id) SELECT %s, %s, %s, '{}', h.en, h.id FROM audit_hecho h "
        "WHERE h.tipo = %s AND h.fecha = %s",
        [ultima, ultima, antes, DiaDeCarteraCerrado.tipo, ultima],
    )
    assert cursor.rowcount == 1


def dias(cursor: Any) -> list[date]:
    """The three last closed days, the last one first."""
    cursor.execute("SELECT fecha FROM cartera_diacerrado ORDER BY fecha DESC LIMIT 3")
    return [fila[0] for fila in cursor.fetchall()]


@falta("D14")
def d14_un_asiento_en_un_dia_cerrado(cursor: Any) -> None:
    dormir(cursor, "contabilidad_asiento", "contabilidad_partida")
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, "2201.SALUD", debe=100)
    partida(cursor, numero, 2, "2201.IVM", haber=100)
    cursor.execute(
        "UPDATE contabilidad_asiento SET fecha = (SELECT min(fecha) FROM cartera_diacerrado) "
        "WHERE lote = 0 AND id = %s",
        [numero],
    )


@falta("D24")
def d24_dos_deudas_de_dos_provincias_que_se_compensan(cursor: Any) -> None:
    """The nation's account is right and so is each debt; the accounts of two provinces are not."""
    cursor.execute(
        "SELECT a.id, b.id FROM obligaciones_obligacion a JOIN obligaciones_obligacion b "
        "ON a.provincia < b.provincia WHERE a.estado = 'en_mora' AND b.estado = 'en_glosa' LIMIT 1"
    )
    una, otra = cursor.fetchone()
    numero = asiento(cursor, tipo="falta", origen=1)
    partida(cursor, numero, 1, "1202", debe=1, obligacion=una)
    partida(cursor, numero, 2, "1201", haber=1, obligacion=una)
    partida(cursor, numero, 3, "1201", debe=1, obligacion=otra)
    partida(cursor, numero, 4, "1202", haber=1, obligacion=otra)


@falta("D32")
def d32_una_deuda_de_otro_dueno(cursor: Any) -> None:
    """What a stranger could not see in any sum: the trace of a comprobante tells another thing."""
    dormir(cursor, "recaudacion_comprobantedetalle")
    cursor.execute(
        "UPDATE recaudacion_comprobantedetalle SET traza = '[]' WHERE id = "
        "(SELECT min(id) FROM recaudacion_comprobantedetalle WHERE traza <> '[]')"
    )
    assert cursor.rowcount == 1


@falta("D33")
def d33_una_serie_que_salta_un_numero(cursor: Any) -> None:
    cursor.execute(
        "UPDATE documents_numeracion SET ultimo = ultimo + 1 WHERE id = "
        "(SELECT min(id) FROM documents_numeracion)"
    )


@falta("D34")
def d34_un_sueldo_que_nadie_aviso(cursor: Any) -> None:
    cursor.execute(
        "UPDATE afiliacion_relacionlaboral SET sueldo = sueldo + 1 WHERE id = "
        "(SELECT min(id) FROM afiliacion_relacionlaboral)"
    )


@falta("D34/constancia")
def d34_otra_constancia(cursor: Any) -> None:
    dormir(cursor, "notificaciones_notificacion")
    cursor.execute(
        'UPDATE notificaciones_notificacion SET prueba = prueba || \'{"quien": "Otro"}\' '
        "WHERE id = (SELECT min(id) FROM notificaciones_notificacion WHERE estado = 'recibida')"
    )
    assert cursor.rowcount == 1


@falta("D34/cargo")
def d34_un_cargo_que_nadie_termino(cursor: Any) -> None:
    cursor.execute(
        "UPDATE security_asignacion SET hasta = '2035-01-01' WHERE id = "
        "(SELECT min(id) FROM security_asignacion WHERE hasta IS NULL)"
    )
    assert cursor.rowcount == 1


@falta("S16")
def s16_un_cargo_que_nadie_dio(cursor: Any) -> None:
    cursor.execute(
        "INSERT INTO security_asignacion (usuario_id, rol, provincia, desde, calidad, "
        "acto_documento, acto_numero, delegacion_norma) SELECT min(usuario_id), 'DG', '', "
        "'2020-01-01', 'TITULAR', '', '', '' FROM security_asignacion"
    )


@falta("D04/credito")
def d04_un_credito_ya_usado_que_nadie_uso(cursor: Any) -> None:
    cursor.execute("UPDATE recaudacion_creditoafavor SET saldo = saldo - 1 WHERE saldo > 1")
    assert cursor.rowcount > 0


@falta("D22/sin pagos")
def d22_interes_pagado_de_una_deuda_que_nadie_pago(cursor: Any) -> None:
    dormir(cursor, "obligaciones_obligacion")
    cursor.execute(
        "UPDATE obligaciones_obligacion SET interes_abonado = 1 WHERE id = %s", [viva(cursor)]
    )
